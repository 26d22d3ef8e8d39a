"""What the attendant works with beside the suggestions: replies, texts, the customer, the queue, cautions, habits."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from agent.contract.analysis import Sentiment
from agent.contract.base import Value
from agent.contract.cares import CareCode
from agent.contract.customers import LastIntent, Note
from agent.contract.desk import ConversationOutcome, ConversationStatus
from agent.contract.rows import Kind


class ShelfReply(Value):
    """A canned reply, as the list behind ``/`` shows it."""

    id: str
    title: str
    shortcut: str | None = None
    """With its slash."""
    text: str
    """With its variables as ``{name}``."""
    intents: tuple[str, ...] = ()
    uses: int = 0


class Task(StrEnum):
    """What the local model is to do with a text or with the conversation."""

    SHORTER = "shorter"
    FORMAL = "formal"
    FRIENDLIER = "friendlier"
    CORRECT = "correct"
    TRANSLATE_OUT = "translate_out"
    """The attendant's text into the customer's language."""
    TRANSLATE_IN = "translate_in"
    """The customer's message into the attendant's language."""
    SUMMARY = "summary"
    """The conversation, with what is open."""
    WAITING = "waiting"
    """What the customer still waits for."""


OVER_THE_TEXT = frozenset({Task.SHORTER, Task.FORMAL, Task.FRIENDLIER, Task.CORRECT, Task.TRANSLATE_OUT})
"""Tasks whose result may take the place of the text that they were asked for."""

Language = Literal["pt", "en", "es"]

LONGEST_REWRITTEN = 2_000
"""Characters of a text that the model may be given to put otherwise."""


class Unanswered(Value):
    """A message of the customer after which nobody of the company has written."""

    kind: Kind
    text: str | None
    at: datetime | None
    """UTC; None: not known."""


class MoodPoint(Value):
    """How the customer sounded in one message."""

    at: datetime
    score: float
    """-1 to 1."""


class CustomerView(Value):
    """The open chat's customer, as the card shows it. Of a group only where the conversation stands."""

    customer_id: int | None
    """None for a group."""
    conversation_id: int
    title: str = ""
    """The chat's: what they are called where nobody has given them another name."""
    customer: str
    """Their name."""
    phone: str | None = None
    tags: tuple[str, ...] = ()
    fields: dict[str, str] = Field(default_factory=dict)
    notes: tuple[Note, ...] = ()
    """The newest first."""
    written_by: str = ""
    """As whom the person at the counter writes notes: only their own are theirs to change."""
    status: ConversationStatus
    outcome: ConversationOutcome
    follow_up_at: datetime | None = None
    first_contact: datetime | None = None
    last_contact: datetime | None = None
    mood: tuple[MoodPoint, ...] = ()
    """Of their last messages that were understood, oldest first."""
    intents: tuple[LastIntent, ...] = ()
    """The newest first."""
    messages: int = 0


class NameEdit(Value):
    """Another name; None: the chat's title again."""

    what: Literal["name"] = "name"
    customer: str | None


class TagEdit(Value):
    """A tag is put on or taken off."""

    what: Literal["tag"] = "tag"
    tag: str
    on: bool


class NoteEdit(Value):
    """A note is written (no id), changed, or taken away (no text)."""

    what: Literal["note"] = "note"
    note_id: int | None = None
    text: str | None


class FieldEdit(Value):
    """A field of the company's own; None takes it away."""

    what: Literal["field"] = "field"
    field: str
    value: str | None


class DeskEdit(Value):
    """Where the conversation stands. Exactly what is named in ``changes`` is changed."""

    what: Literal["desk"] = "desk"
    changes: tuple[Literal["status", "outcome", "follow_up"], ...]
    status: ConversationStatus | None = None
    outcome: ConversationOutcome | None = None
    follow_up_at: datetime | None = None
    """With a time zone; None: no reminder."""


CustomerEdit = Annotated[NameEdit | TagEdit | NoteEdit | FieldEdit | DeskEdit, Field(discriminator="what")]


class QueueLine(Value):
    """A chat that waits, from the chat list alone."""

    title: str
    twin: int = 0
    unread: int | None = 0
    """None: marked as unread by hand."""
    text: str | None = None
    """The last words, as far as the list shows them; long ones are cut."""
    waits_since: datetime | None = None
    """UTC; None: not known."""
    at_least: bool = False
    """Nobody saw it begin, and it may have begun before ``waits_since``."""
    waited_s: float | None = None
    """Seconds of business time that had passed when this was told; None: not known."""
    sentiment: Sentiment | None = None
    intent: str | None = None
    is_group: bool | None = None


class Reminder(Value):
    """A conversation to come back to: its time has come."""

    conversation_id: int
    title: str
    at: datetime


class Care(Value):
    """A caution. It says what was seen, and never what somebody means by it."""

    code: CareCode
    wa_id: str | None = None
    """The message of the page; None for a suggestion."""
    shown: str | None = None
    """What it is about, shortened and masked."""


Place = Literal["right", "left", "bar"]
Theme = Literal["page", "light", "dark", "contrast"]


class Preferences(Value):
    """How one person likes the card. The agent keeps it: in the page's own storage the page could read it."""

    place: Place = "right"
    theme: Theme = "page"
    scale: int = Field(default=100, ge=100, le=200)
    """Percent."""
    language: Literal["page", "pt-BR", "en", "es"] = "page"
    minimised: bool = False
    slash: bool = True
    """``/`` opens the canned replies."""
    tour_seen: bool = False
    shortcuts: dict[str, str] = Field(default_factory=dict)
    """Other keys than the usual ones, by action, as ``Alt+1``; empty: none."""
