"""The lines of the frame layer: what the core was told from outside, each with its second.

``start`` begins (and begins again after a cut), ``frame`` is what the page said, ``lost`` that something it said was
lost, ``offered`` which card was shown, ``inserted`` how putting a text into the box went.
"""

from typing import Any, Literal

from pydantic import Field, ValidationError

from agent.contract.base import Value
from agent.contract.commands import InsertCode
from agent.contract.frames import AnyFrame
from agent.errors import BadInput

MOST_S = 50 * 366 * 24 * 3600.0
"""An exported chat may hold years."""
_LAST_MS = 2.5e14
"""So that every moment of a recording is one that a calendar has."""


class _Line(Value):
    t: float = Field(ge=0, le=MOST_S)
    """Seconds since the recording began."""


class StartLine(_Line):
    """The first line."""

    k: Literal["start"] = "start"
    at_ms: float = Field(ge=0, le=_LAST_MS)
    """When ``t`` is 0: milliseconds since the Unix epoch."""
    limit: int = Field(default=3, ge=1, le=3)
    """How many suggestions a card has."""
    zone: str | None = None


class FrameLine(_Line):
    """The page said something."""

    k: Literal["frame"] = "frame"
    v: AnyFrame


class LostLine(_Line):
    """Something that the page said was lost."""

    k: Literal["lost"] = "lost"


class Shown(Value):
    """One suggestion of a card."""

    slot: int
    reply: str
    """Id of the reply; empty for a draft."""
    text: str


class OfferedLine(_Line):
    """A card was shown. Names the offer that later frames speak of."""

    k: Literal["offered"] = "offered"
    offer: str
    of: str
    """Message id."""
    shown: tuple[Shown, ...]


class InsertedLine(_Line):
    """The page put a text into its box, or did not."""

    k: Literal["inserted"] = "inserted"
    code: InsertCode


Line = StartLine | FrameLine | LostLine | OfferedLine | InsertedLine


def to_json(line: Line) -> dict[str, Any]:
    """As it is written."""
    return {
        "t": round(line.t, 3),
        "k": line.k,
        **line.model_dump(mode="json", exclude={"t", "k"}, exclude_defaults=True),
    }


def from_json(raw: dict[str, Any]) -> Line:
    """As it was written.

    Raises:
        BadInput: it is no line of ours.
    """
    try:
        model = _MODELS[raw["k"]]
        return model.model_validate(raw)
    except (KeyError, TypeError, ValidationError) as error:
        raise BadInput(
            "The frame layer of the recording holds a line that is none of ours.",
            "Record anew; a file of an older version is brought up to date when it is opened.",
        ) from error


_MODELS: dict[object, type[StartLine | FrameLine | LostLine | OfferedLine | InsertedLine]] = {
    "start": StartLine,
    "frame": FrameLine,
    "lost": LostLine,
    "offered": OfferedLine,
    "inserted": InsertedLine,
}
