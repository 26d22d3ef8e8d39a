"""The business's canned replies as the API reads and writes them."""

from typing import Annotated, Any

from pydantic import AfterValidator, Field, StringConstraints

from agent.contract.analysis import INTENTS
from agent.contract.base import Value
from agent.contract.written import Written

MAX_REPLIES = 1000
MAX_TEXT = 4000

# Control characters, line separators and byte order marks are left out: nobody can see them, and the message box, the
# file and the terminal each make something else of them.
UNSEEN = r"\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff"
_LINE = rf"^[^\s{UNSEEN}]([^{UNSEEN}]*[^\s{UNSEEN}])?$"
_LINES = rf"^[^\s{UNSEEN}](([^{UNSEEN}]|\n)*[^\s{UNSEEN}])?$"


def _known(intent: str) -> str:
    if intent not in INTENTS:
        raise ValueError("no intent")
    return intent


def _enumerated(schema: dict[str, Any]) -> None:
    schema["enum"] = list(INTENTS)


ReplyId = Annotated[str, StringConstraints(min_length=1, max_length=64, pattern=r"^[a-z0-9][a-z0-9._-]*$")]
Line = Annotated[str, StringConstraints(min_length=1, max_length=120, pattern=_LINE)]
Text = Annotated[str, StringConstraints(min_length=1, max_length=MAX_TEXT, pattern=_LINES)]
Example = Annotated[str, StringConstraints(min_length=1, max_length=300, pattern=_LINE)]
Shortcut = Annotated[str, StringConstraints(min_length=2, max_length=31, pattern=r"^/[a-z0-9_-]+$")]
Intent = Annotated[str, AfterValidator(_known), Field(json_schema_extra=_enumerated)]


class ReplyChange(Value):
    """What a canned reply is to hold; what is left out is empty."""

    title: Line = Field(examples=["Prazo de entrega"], description="Shown to the attendant as the source.")
    shortcut: Shortcut | None = Field(default=None, examples=["/prazo"])
    intents: tuple[Intent, ...] = Field(default=(), max_length=len(INTENTS), examples=[["delivery"]])
    text: Text = Field(
        examples=["{saudacao}, {nome}! A entrega leva até 5 dias úteis."],
        description="May hold variables: {nome}, {saudacao}, {pedido} and the names of the business's facts.",
    )
    examples: tuple[Example, ...] = Field(
        default=(), max_length=50, examples=[["quanto tempo demora?"]], description="How customers ask for it."
    )


class NewReply(ReplyChange):
    """A canned reply to be added."""

    id: ReplyId | None = Field(default=None, examples=["prazo"], description="Made of the title where it is left out.")


class CannedReply(Value):
    """One canned reply, as it stands in the file."""

    id: str = Field(examples=["prazo"])
    title: str = Field(examples=["Prazo de entrega"])
    shortcut: str | None = Field(examples=["/prazo"])
    intents: tuple[str, ...] = Field(examples=[["delivery"]])
    text: str = Field(examples=["{saudacao}, {nome}! A entrega leva até 5 dias úteis."])
    examples: tuple[str, ...]
    variables: tuple[str, ...] = Field(examples=[["saudacao", "nome"]], description="Those that the text uses.")


class ReplyShelf(Value):
    """A page of the canned replies, in the file's order, with what their variables may be."""

    items: tuple[CannedReply, ...]
    cursor: str | None = Field(default=None, description="For the next page; null when this is the last one.")
    business: dict[str, str] = Field(examples=[{"hours": "segunda a sexta, 9h às 18h"}])
    variables: tuple[str, ...] = Field(description="All names that a text may use in braces.")
    default: bool = Field(description="true: the business has no file yet, and these are the neutral ones.")


class PreviewRequest(Value):
    """A text that is to be seen as a customer would."""

    text: Text = Field(examples=["{saudacao}, {nome}! Nosso horário: {hours}."])
    customer: Annotated[Written, StringConstraints(max_length=100)] | None = Field(default=None, examples=["Ana Souza"])
    order: Annotated[Written, StringConstraints(max_length=40)] | None = Field(default=None, examples=["12345"])


class ReplyPreview(Value):
    """The text with its variables filled."""

    text: str = Field(examples=["Boa tarde, Ana! Nosso horário: segunda a sexta, 9h às 18h."])
    missing: tuple[str, ...] = Field(description="Known variables that could not be filled: the attendant fills them.")
    unknown: tuple[str, ...] = Field(description="Variables that the business does not have.")
