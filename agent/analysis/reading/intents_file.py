"""The file ``profiles/<name>/intents.yaml``: a business's own intents, in its own words."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml
from pydantic import Field, ValidationError

from agent.contract.analysis import INTENTS
from agent.contract.base import Value
from agent.errors import BadInput


@dataclass(frozen=True)
class Labelled:
    """One example."""

    text: str
    label: str


class OwnIntent(Value):
    """One intent of the business."""

    title: str = ""
    """As shown to people; the name where it is empty."""
    examples: tuple[str, ...] = Field(min_length=1)


class OwnIntents(Value):
    """``intents.yaml``."""

    intents: dict[str, OwnIntent] = Field(default_factory=dict)
    """By name; a built-in intent's name adds examples to that one."""

    def examples(self) -> list[Labelled]:
        """All examples, in the order of the file."""
        return [Labelled(text, name) for name, intent in self.intents.items() for text in intent.examples]

    def titles(self) -> dict[str, str]:
        """What the business calls its own intents, and built-in ones that it has given another title."""
        named = {name: intent.title or name for name, intent in self.intents.items()}
        return {name: title for name, title in named.items() if title != name or name not in INTENTS}


def read_own_intents(path: Path) -> OwnIntents:
    """Read ``intents.yaml``; empty where there is none.

    Raises:
        BadInput: the file is no YAML, or not of that form; the text names line or place.
    """
    try:
        text = path.read_text("utf-8-sig")
    except FileNotFoundError:
        return OwnIntents()
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"{path} cannot be read ({error}).", "Save it as text in UTF-8.") from error
    return parse_own_intents(text, str(path))


def parse_own_intents(text: str, name: str) -> OwnIntents:
    """The text of an ``intents.yaml``; ``name`` is what an error calls it.

    Raises:
        BadInput: it is no YAML, or not of that form; the text names line or place.
    """
    form = "intents: {name: {title: ..., examples: [...]}}"
    try:
        raw = yaml.safe_load(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f", line {mark.line + 1}" if mark else ""
        raise BadInput(
            f"{name}{where}: {getattr(error, 'problem', None) or 'this is no YAML'}.",
            f"Correct the line; put texts with : or # in quotes. The form is {form}.",
        ) from error
    try:
        return OwnIntents.model_validate(raw or {})
    except ValidationError as error:
        first = error.errors()[0]
        place = [str(part) for part in first["loc"]]
        raise BadInput(
            f"{name}, line {_line_of(text, place)}: {'.'.join(place) or 'the file'}: {first['msg']}.",
            f"The form is {form}.",
        ) from error


def _line_of(text: str, place: Sequence[str]) -> int:
    """The line of the last key of ``place`` that the file has, counted from 1."""
    node, line = yaml.compose(text, Loader=yaml.SafeLoader), 1
    for part in place:
        if isinstance(node, yaml.MappingNode):
            found = next(((key, value) for key, value in node.value if key.value == part), None)
            if found is None:
                break
            line, node = found[0].start_mark.line + 1, found[1]
        elif isinstance(node, yaml.SequenceNode) and part.isdigit() and int(part) < len(node.value):
            node = node.value[int(part)]
            line = node.start_mark.line + 1
    return line
