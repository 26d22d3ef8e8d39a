"""What was said, what was understood of it, and which replies were suggested."""

from datetime import datetime
from enum import StrEnum

from agent.contract.analysis import Sentiment, SuggestionKind
from agent.contract.base import Value
from agent.contract.rows import Change, Delivery, Direction, Kind, Quote
from agent.contract.stored import Edit, MessageState, Outcome


class Understood(Value):
    """What the analysis says of a message."""

    sentiment: Sentiment
    sentiment_score: float
    """-1 to 1."""
    intent: str
    """As a person has corrected it, if one has."""
    unsure: bool
    corrected: bool
    mood_score: float | None
    confidence_scores: dict[str, float]
    model_version: str
    analysed_at: datetime


class ShownSuggestion(Value):
    """One suggestion of a card, and what became of it."""

    slot: int
    text: str | None
    """None while a draft that was picked is still being written."""
    source: str | None
    tier: int | None
    """0 retrieved, 1 drafted by the model."""
    kind: SuggestionKind | None
    score: float | None
    outcome: Outcome
    distance: int | None
    """Edits in characters between the suggestion and what was sent."""
    edit: Edit | None
    code: str | None
    updated_at: datetime


class ShownCard(Value):
    """A card that was shown for a message."""

    offer_id: str
    message_id: int
    conversation_id: int
    shown_at: datetime
    attendant: str | None
    """Who sat there."""
    intent: str | None
    answer_id: int | None
    """The message of ours that answered it."""
    answered_at: datetime | None
    suggestions: tuple[ShownSuggestion, ...]


class MessageCard(Value):
    """One message with everything that is known of it."""

    id: int
    wa_id: str
    """The id that the page, or the other system, knows it by."""
    session: str
    conversation_id: int
    chat_title: str
    customer_id: int | None
    """Who the conversation is with; None in a group."""
    direction: Direction
    kind: Kind
    author: str | None
    text: str | None
    sent_at: datetime | None
    """UTC, to the minute; None where the page did not show it."""
    first_seen: datetime
    status: Delivery | None
    quoted: Quote | None
    edited: bool
    forwarded: bool
    truncated: bool
    reactions: tuple[str, ...]
    origin: Change
    state: MessageState
    analysis: Understood | None
    cards: tuple[ShownCard, ...]


class MessagePage(Value):
    """Messages of a conversation, the newest first."""

    items: tuple[MessageCard, ...]
    cursor: str | None
    """For the ones before these; None when there is none."""


class ConversationFormat(StrEnum):
    """As what file a conversation is given."""

    CSV = "csv"
    TXT = "txt"


class CardQuery(Value):
    """Which cards are wanted; None: all."""

    conversation_id: int | None = None
    outcome: Outcome | None = None
    """With a suggestion of which this became."""
    attendant: str | None = None
    since: datetime | None = None
    before: datetime | None = None
    limit: int = 50
    cursor: str | None = None


class CardPage(Value):
    """Cards, the one shown last first."""

    items: tuple[ShownCard, ...]
    cursor: str | None
