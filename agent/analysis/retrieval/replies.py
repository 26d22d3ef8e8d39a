"""The business's replies file: its facts, its rules for drafts, and its canned replies."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Self

import yaml
from pydantic import Field, StringConstraints, ValidationError, field_validator, model_validator

from agent.contract.analysis import INTENTS
from agent.contract.base import Value
from agent.errors import BadInput

DEFAULT_FILE = Path(__file__).parent / "replies.default.yaml"

CUSTOMER, GREETING, ORDER = "nome", "saudacao", "pedido"
"""Variables that are filled for each message; all others are facts of ``business``."""

_VARIABLE = re.compile(r"\{(\w+)\}")
_NAMELESS = re.compile(r"\s*,?\s*\{nome\}")
_OPENING = re.compile(r"^[\s,;:.-]+")
_TITLES = frozenset(
    {"dona", "seu", "sr", "sr.", "sra", "sra.", "dr", "dr.", "dra", "dra.", "prof", "prof.", "tia", "tio"}
)
_SEVERAL = frozenset({"turma", "grupo", "família", "familia", "clientes", "equipe", "loja", "condomínio"})

_NAME = re.compile(r"[^\W\d_](?:[^\W\d_]|['’-])+")

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class Reply(Value):
    """One canned reply."""

    id: Words
    title: Words
    """Shown to the attendant as the source."""
    shortcut: str | None = None
    intents: tuple[str, ...] = ()
    text: Words
    """May hold variables: ``{nome}``, ``{saudacao}``, ``{pedido}`` and the names of the business's facts."""
    examples: tuple[Words, ...] = ()
    """How customers ask for it."""

    @field_validator("intents")
    @classmethod
    def _known(cls, intents: tuple[str, ...]) -> tuple[str, ...]:
        unknown = set(intents) - set(INTENTS)
        if unknown:
            raise ValueError(f"unknown intent {', '.join(sorted(unknown))}; known are {', '.join(INTENTS)}")
        return intents


class LearnedReply(Reply):
    """A reply that was sent before and that the supervisor approved; no file holds one."""

    sent_by: str = ""
    """Empty where nobody had signed in."""
    sent_on: date


class ReplyBook(Value):
    """Everything of one replies file."""

    business: dict[str, str] = Field(default_factory=dict)
    rules: tuple[Words, ...] = ()
    replies: tuple[Reply, ...]

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        seen: set[str] = set()
        for reply in self.replies:
            if reply.id in seen:
                raise ValueError(f"two replies have the id {reply.id}")
            seen.add(reply.id)
            unknown = set(variables_of(reply.text)) - set(self.variables)
            if unknown:
                raise ValueError(
                    f"reply {reply.id} uses {{{'}, {'.join(sorted(unknown))}}}, which business does not have"
                )
        return self

    @property
    def variables(self) -> tuple[str, ...]:
        """All that a text may use."""
        return (CUSTOMER, GREETING, ORDER, *self.business)

    def fill(self, reply: Reply, now: datetime, customer: str | None = None, order: str | None = None) -> str:
        """The reply's text with its variables filled; see ``fill_text``."""
        return self.fill_text(reply.text, now, customer, order)

    def fill_text(self, text: str, now: datetime, customer: str | None = None, order: str | None = None) -> str:
        """A text with every variable filled; a customer without a known name is not named.

        Args:
            text: Of one of ``replies``, or of a learned one.
            now: Local time, for the greeting.
            customer: The chat's title; used only when it looks like a person's name.
            order: The order's number; where it is not known, ``{pedido}`` stays for the attendant to fill.
        """
        name = first_name(customer)
        if not name:
            text = _OPENING.sub("", _NAMELESS.sub("", text))
        known: Mapping[str, str] = {**self.business, GREETING: greeting(now), CUSTOMER: name or ""}
        if order is not None:
            known = {**known, ORDER: order}
        text = _VARIABLE.sub(lambda found: known.get(found[1], found[0]), text).strip()
        return text[:1].upper() + text[1:]


def variables_of(text: str) -> tuple[str, ...]:
    """The variables that a text uses, each once."""
    return tuple(dict.fromkeys(_VARIABLE.findall(text)))


def left_open(text: str) -> tuple[str, ...]:
    """The variables that a filled text still holds, each once."""
    return variables_of(text)


def greeting(now: datetime) -> str:
    """Bom dia from 5, Boa tarde from 12, Boa noite from 18."""
    return "Bom dia" if 5 <= now.hour < 12 else "Boa tarde" if 12 <= now.hour < 18 else "Boa noite"


def first_name(title: str | None) -> str | None:
    """How a chat's title is greeted: its first word when that can be a name, "Dona Conceição" with her title.

    A number, a symbol or a word for several people ("Turma da Costura") is no name.
    """
    words = (title or "").split()
    taken = words[:2] if words and words[0].casefold() in _TITLES else words[:1]
    if not taken or taken[-1].casefold() in _TITLES | _SEVERAL:
        return None
    if not all(_NAME.fullmatch(word.rstrip(".")) for word in taken):
        return None
    return " ".join(word.capitalize() if word.isupper() or word.islower() else word for word in taken)


def load_replies(path: Path) -> ReplyBook:
    """Read a replies file; where there is none, the neutral one that comes with Balcão.

    Raises:
        BadInput: the file cannot be read or used; the text names the file, the line and the field.
    """
    source = path if path.is_file() else DEFAULT_FILE
    try:
        return parse_replies(source.read_text("utf-8"), str(source))
    except UnicodeDecodeError as error:
        raise BadInput(f"{source} is not UTF-8 text (byte {error.start}).", "Save it as UTF-8.") from error


def parse_replies(text: str, source: str) -> ReplyBook:
    """What a replies file holds. ``source``: its name in errors.

    Raises:
        BadInput: it cannot be used; the text names the line and the field.
    """
    try:
        tree = yaml.compose(text, Loader=yaml.SafeLoader)
        return ReplyBook.model_validate(yaml.safe_load(text))
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise BadInput(
            f"{source}, line {line}: {error.problem}.", "Correct the line; texts with : or # need quotes."
        ) from error
    except yaml.YAMLError as error:
        raise BadInput(f"{source} is not YAML: {str(error).splitlines()[0]}.", "Correct the file.") from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"])) or "the whole file"
        why = str(first["msg"]).removeprefix("Value error, ")
        raise BadInput(f"{source}, line {_line(tree, first['loc'])}, {where}: {why}.", "Correct this field.") from error


def _line(node: yaml.Node | None, path: Sequence[int | str]) -> int:
    """The line (from 1) of the innermost part of ``path`` that is in the file."""
    line = node.start_mark.line + 1 if node else 1
    for step in path:
        if isinstance(node, yaml.MappingNode):
            node = next((value for key, value in node.value if key.value == str(step)), None)
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            node = node.value[step]
        else:
            node = None
        if node is None:
            break
        line = node.start_mark.line + 1
    return line
