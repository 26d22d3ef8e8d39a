"""Recording a session: what is asked for, and how it stands."""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, StrictBool

from agent.contract.base import Value
from agent.contract.numbers import WHOLE

KEEPS_TEXT = "keeps-text"
"""A file of this name marks the folder of a recording that is being made with real names and texts."""


class RecordingWanted(Value):
    """How to record."""

    keep_minutes: Annotated[int, Field(ge=1, le=240), *WHOLE] | None = Field(
        default=None, description="Keep only so many minutes before the end; without it all is kept."
    )
    page: StrictBool = Field(default=True, description="Record the page, too, not only what was read of it.")


class RecordingFailure(StrEnum):
    """Why a recording did not become a file. Whoever shows it has words for each."""

    UNWRITABLE = "unwritable"
    """The disk is full, or may not be written to. What was written is left: the command ``recover`` makes a file."""
    UNFINISHED = "unfinished"
    """All was written, and making the file failed; likewise."""
    DAMAGED = "damaged"
    """Something unforeseen; likewise."""


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
    keeps_text: bool = False
    """Names and texts are recorded as they are: somebody at the agent's machine has typed the consent."""
    failure: RecordingFailure | None = None
    """Why the last one did not become a file."""
    last_error: str | None = None
    """The same in a sentence, for the log."""


class RecordingFile(Value):
    """One file of the profile."""

    name: str
    bytes: int
    date: date
    seconds: float
    messages: int
    page: bool
    """It holds the page's layer."""
    frames: bool
    """It holds what the page's script sent."""
    written_at: datetime
    """When the file was written, UTC."""
    origin: str
    """``page``: seen on a page; ``demo``: on the stand-in; ``chat``: an exported chat."""
    keeps_text: bool
    """Texts and names are the real ones."""


class RecordingPart(Value):
    """One layer of a recording."""

    name: str
    bytes: int
    """Unpacked."""
    lines: int


class RecordingRenewal(Value):
    """Somebody accepted what a replay did as right."""

    day: date
    reason: str
    program: str


class MarkKind(StrEnum):
    """What happened at a moment of a recording."""

    IN = "in"
    """A customer wrote."""
    OUT = "out"
    """The company wrote."""
    NOTE = "note"
    """A line of WhatsApp's own."""
    CHANGED = "changed"
    """A message was edited or deleted; ``code`` is the event's kind."""
    CARD = "card"
    """Suggestions were shown."""
    OUTCOME = "outcome"
    """Something became of a suggestion; ``code`` says what."""
    CHAT = "chat"
    """A conversation was opened."""
    SCREEN = "screen"
    """The page shows another screen; ``code`` says which."""
    LIFE = "life"
    """Capture became live, degraded or blind; ``code`` says which."""
    FAULT = "fault"
    """The page's script caught an error of its own, or something it said was lost; ``code`` says where."""


class RecordingMark(Value):
    """One thing that happened. Names and texts are the recording's: pseudonyms, unless it keeps the texts."""

    at_s: float
    """Seconds since the first thing happened."""
    kind: MarkKind
    title: str | None = None
    """Of the conversation."""
    text: str | None = None
    """Of the message, cut where it is long."""
    message_kind: str | None = None
    """What a message is that has no text: ``image``, ``voice`` ..."""
    before: bool = False
    """The message was there already when its conversation was opened."""
    intent: str | None = None
    sentiment: str | None = None
    replies: tuple[str, ...] = ()
    """Of a card: its suggestions, in order."""
    code: str | None = None


class RecordingDetails(Value):
    """What one recording holds, and what happened in it."""

    file: RecordingFile
    program: str
    """Version of Balcão that made it."""
    zone: str | None
    page_generation: str | None
    """Which markup of WhatsApp Web the page layer holds."""
    parts: tuple[RecordingPart, ...]
    history: tuple[RecordingRenewal, ...]
    seconds: float
    """From the first thing that happened to the end."""
    page_from_s: float | None
    """When the page can be seen first; None: it holds no page."""
    marks: tuple[RecordingMark, ...]
    """In the order of time."""
    left_out: int
    """Marks behind the last one that is listed."""
