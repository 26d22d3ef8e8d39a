"""What a replay did, as values that can be written down and compared: the golden result is a list of them."""

from typing import Any, Literal, NamedTuple

from pydantic import Field, TypeAdapter, ValidationError

from agent.contract.analysis import Analysis
from agent.contract.base import Value
from agent.errors import BadInput

FactKind = Literal["row", "event", "understood", "suggestions", "told", "mark", "state", "life", "measured", "asked"]

TITLES: dict[str, str] = {
    "row": "a stored row",
    "event": "an event of the log",
    "understood": "what a message was understood as",
    "suggestions": "the suggestions of a card",
    "told": "a command to the page",
    "mark": "what became of a suggestion",
    "state": "the session's state",
    "life": "the verdict on the capture",
    "measured": "a latency",
    "asked": "an errand",
    "answer": "a recorded answer of the analysis",
    "page": "what is read of the page",
}


class Fact(Value):
    """One thing that was done."""

    k: FactKind
    t: float
    """Seconds of the recording."""
    key: str
    """What it is about: a message id, a kind of event."""
    what: dict[str, Any]


class Answer(Value):
    """What the analysis made of one question; the texts of its replies are not kept."""

    k: Literal["answer"] = "answer"
    q: str
    """Names the question: a hash of it."""
    text: str
    """Names the text alone: where the question has changed, and the text has not."""
    v: Analysis


GoldenLine = Fact | Answer


def to_json(line: GoldenLine) -> dict[str, Any]:
    """As it is written."""
    return line.model_dump(mode="json", exclude_defaults=isinstance(line, Answer)) | {"k": line.k}


_SUGGESTIONS = TypeAdapter(list[dict[str, Any]])


def from_json(raw: dict[str, Any]) -> GoldenLine:
    """As it was written.

    Raises:
        BadInput: it is no line of ours.
    """
    try:
        return Answer.model_validate(raw) if raw.get("k") == "answer" else Fact.model_validate(raw)
    except ValidationError as error:
        raise _none_of_ours() from error


def comparable(line: GoldenLine) -> GoldenLine:
    """The same line, if what a comparison looks into has its form.

    Raises:
        BadInput: it has another one.
    """
    try:
        _SUGGESTIONS.validate_python(line.what.get("suggestions") or [] if isinstance(line, Fact) else [])
    except ValidationError as error:
        raise _none_of_ours() from error
    return line


def _none_of_ours() -> BadInput:
    return BadInput(
        "The golden result of the recording holds a line that is none of ours.",
        "Renew it with `replay --accept --reason ...`, or record anew.",
    )


class Difference(Value):
    """One thing that is not as it was."""

    kind: str
    """A key of ``TITLES``."""
    where: str = Field(description="Second and key.")
    expected: str | None
    """None: it was not there."""
    found: str | None
    """None: it did not happen."""
    cause: str = ""
    """What differs, in a few words."""


class Pair(NamedTuple):
    """Two pictures (PNG) of one moment of a page."""

    expected: bytes
    """What the golden result has is outlined."""
    found: bytes
    """What is read now is outlined."""
