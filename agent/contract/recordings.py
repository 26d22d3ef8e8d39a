"""Recording a session: what is asked for, and how it stands."""

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import Field, StrictBool

from agent.contract.base import Value
from agent.contract.numbers import WHOLE


class RecordingWanted(Value):
    """How to record."""

    keep_minutes: Annotated[int, Field(ge=1, le=240), *WHOLE] | None = Field(
        default=None, description="Keep only so many minutes before the end; without it all is kept."
    )
    page: StrictBool = Field(default=True, description="Record the page, too, not only what was read of it.")


class RecordingState(Value):
    """Whether a session is being recorded."""

    state: Literal["idle", "recording", "finishing"]
    """``finishing``: it has ended, and its file is being made."""
    name: str | None = None
    """Of the file that is being recorded, or was last."""
    started_at: datetime | None = None
    seconds: float = 0.0
    """How long it has been going."""
    messages: int = 0
    last_error: str | None = None
    """Why the last one did not become a file."""


class RecordingFile(Value):
    """One file of the profile."""

    name: str
    bytes: int
    date: date
    seconds: float
    messages: int
    page: bool
    """It holds the page's layer."""
