"""What the store gives back."""

from datetime import datetime
from enum import StrEnum

from agent.contract.analysis import Analysis, SuggestionKind
from agent.contract.base import Value
from agent.contract.rows import Change, Direction, Kind, OpenChat, RowChange


class MessageState(StrEnum):
    """How far a message has come; a column of its row, so that a crash loses nothing."""

    RECEIVED = "received"
    VALIDATING = "validating"
    PROCESSING = "processing"
    AI_ANALYSIS = "ai_analysis"
    STORING = "storing"
    NOTIFYING = "notifying"
    COMPLETE = "complete"
    ERROR = "error"


UNFINISHED: frozenset[MessageState] = frozenset(MessageState) - {MessageState.COMPLETE, MessageState.ERROR}


class RowBatch(Value):
    """Changed rows of one opening of one chat, to be stored in one transaction."""

    session: str
    """Name of the profile that read them."""
    chat: OpenChat
    changes: tuple[RowChange, ...]
    window: tuple[str, ...]
    zone: str | None = None
    """IANA name of the time zone of the rows' clock times; None when the page did not tell it."""


class StoredMessage(Value):
    """One message as it stands in the database."""

    id: int
    wa_id: str
    conversation_id: int
    chat_title: str
    direction: Direction
    kind: Kind
    author: str | None
    text: str | None
    state: MessageState
    origin: Change
    """Baseline, new or history: how it was first read."""
    first_seen: datetime
    """UTC."""
    sent_at: datetime | None = None
    """UTC, to the minute; None where the page did not show the day, the time or its zone."""


class SavedBatch(Value):
    """What a batch did to the database."""

    conversation_id: int
    inserted: tuple[StoredMessage, ...]
    updated: tuple[StoredMessage, ...]
    """Known messages of which more than the reactions changed."""
    ids: dict[str, int]
    """Database id of every row of the batch, known before or not, by its ``wa_id``."""


class StoredEvent(Value):
    """One line of the numbered event log."""

    number: int
    """Counts up by one; never reused."""
    at: datetime
    """UTC."""
    kind: str
    """``message.captured``, ``.edited``, ``.deleted``, ``.status``, ``.reacted``, ``analysis.stored`` ..."""
    conversation_id: int | None
    message_id: int | None
    data: dict[str, object]
    """Ids, labels and numbers; never the text of a message."""


class Outcome(StrEnum):
    """What became of a suggestion."""

    SHOWN = "shown"
    PICKED = "picked"
    INSERTED = "inserted"
    FAILED = "failed"
    DISMISSED = "dismissed"
    SENT = "sent"
    """The person sent it as it was."""
    EDITED = "edited"
    """The person changed it, then sent."""
    IGNORED = "ignored"
    """The person sent something else."""


class Edit(StrEnum):
    """How a person changed a suggestion before they sent it."""

    ADDED_BEFORE = "added_before"
    ADDED_AFTER = "added_after"
    ADDED = "added"
    """Before and after, or in the middle."""
    SHORTENED = "shortened"
    NUMBERS = "numbers"
    """Only numbers were changed."""
    REWORDED = "reworded"


class OfferRecord(Value):
    """A card as it was shown."""

    offer_id: str
    message_id: int
    conversation_id: int
    suggestions: tuple["SuggestionRecord", ...]
    attendant: str = ""
    """Who sat there."""
    intent: str = ""
    """What the message was taken to want when the card was made; a later analysis does not change it."""
    certainty: float = 0.0
    """Probability of that intent."""
    considered: tuple[tuple[str, float], ...] = ()
    """Reply ids that the search weighed and their scores before anything learned, best first."""


class SuggestionRecord(Value):
    """One suggestion of a card."""

    slot: int
    text: str
    source: str
    tier: int
    """0 retrieved, 1 drafted by the model."""
    score: float | None
    reply_id: str = ""
    """Empty for a draft."""
    kind: SuggestionKind | None = None
    """None for a draft."""


class Counts(Value):
    """Totals for the health route and the demo's report."""

    conversations: int
    messages_in: int
    messages_out: int
    unfinished: int
    analyses: int
    suggestions: dict[Outcome, int]
    last_event: int


class AnalysedMessage(Value):
    """A message and its analysis, stored together."""

    message_id: int
    analysis: Analysis
