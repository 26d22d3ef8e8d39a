"""Everything that is stored about a person, as it is given to them. ``format`` counts up when a field changes."""

from datetime import datetime
from typing import Literal

from pydantic import Field

from agent.contract.analysis import Sentiment, SuggestionKind
from agent.contract.base import Value
from agent.contract.desk import ConversationOutcome, ConversationStatus
from agent.contract.privacy import Access, Consent
from agent.contract.rows import Delivery, Direction, Kind
from agent.contract.stored import Outcome


class ExportedLine(Value):
    """A line of the person in the list of customers; several where a person has merged them."""

    customer_id: int
    customer: str
    phone: str | None
    created_at: datetime
    anonymised_at: datetime | None


class ExportedSuggestion(Value):
    """A reply that was offered to the attendant for a message."""

    shown_at: datetime
    text: str | None
    source: str | None
    kind: SuggestionKind | None
    outcome: Outcome


class ExportedAnalysis(Value):
    """What the program understood of a message."""

    sentiment: Sentiment
    sentiment_score: float
    intent: str
    confidence_scores: dict[str, float]
    model_version: str
    analysed_at: datetime


class ExportedMessage(Value):
    """One message, with everything that hangs on it."""

    message_id: int
    wa_id: str
    direction: Direction
    kind: Kind
    author: str | None
    text: str | None
    date: str | None
    time: str | None
    zone: str | None
    sent_at: datetime | None
    first_seen: datetime
    status: Delivery | None
    edited: bool
    forwarded: bool
    reactions: tuple[str, ...]
    quoted_author: str | None
    quoted_text: str | None
    analysis: ExportedAnalysis | None = None
    corrected_intent: str | None = None
    """What a person says that the message really wanted."""
    suggestions: tuple[ExportedSuggestion, ...] = ()


class ExportedChat(Value):
    """One chat of the person, or what they wrote in a group."""

    conversation_id: int
    session: str
    title: str
    phone: str | None
    is_group: bool
    """In a group: only what this person wrote there."""
    created_at: datetime
    joined_into: int | None = None
    """A person has put its messages into that chat."""
    status: ConversationStatus | None = None
    outcome: ConversationOutcome | None = None
    assigned_to: int | None = None
    follow_up_at: datetime | None = None
    decided_at: datetime | None = None
    """When it became won, lost or resolved."""
    stage: str | None = None
    """The company's own stage in which it stands, by its name."""
    messages: tuple[ExportedMessage, ...]


class ExportedNote(Value):
    """What an attendant wrote down about the person."""

    text: str
    written_by: str
    at: datetime
    updated_at: datetime


class ExportedListed(Value):
    """A row of the chat list."""

    session: str
    title: str
    last_author: str | None
    last_text: str | None
    last_date: str | None
    unread: int | None
    sentiment: Sentiment | None
    intent: str | None
    seen_at: datetime


class ExportedReply(Value):
    """A reply that was learned, among other things, from what was written to this person."""

    text: str
    title: str
    state: str
    made_at: datetime


class ExportedEvent(Value):
    """A line of the event log."""

    number: int
    at: datetime
    kind: str
    message_id: int | None
    data: dict[str, object] = Field(default_factory=dict)
    """Ids, labels and numbers."""


class ExportedBackup(Value):
    """A copy of the database that was made while the person was stored in it."""

    file: str
    made_at: datetime


class Export(Value):
    """Everything about one person."""

    format: Literal[1] = 1
    made_at: datetime
    profile: str
    masked: bool
    """Whether numbers of documents, cards and the like were masked."""
    person: int
    lines: tuple[ExportedLine, ...]
    chats: tuple[ExportedChat, ...]
    listed: tuple[ExportedListed, ...]
    notes: tuple[ExportedNote, ...]
    tags: tuple[str, ...]
    extra: dict[str, str]
    """The company's own fields."""
    consents: tuple[Consent, ...]
    learned: tuple[ExportedReply, ...]
    events: tuple[ExportedEvent, ...]
    accesses: tuple[Access, ...]
    """Who read or changed the person's data."""
    backups: tuple[ExportedBackup, ...]
    recordings: tuple[str, ...] = Field(
        default=(),
        description="Recordings with real names and texts (`--keep-text`), by name: the person may be in them.",
    )
    attachments: tuple[str, ...] = Field(
        default=(), description="None are kept: of pictures, voice notes and files, only the row that shows them is."
    )
