"""What the analysis says of a message."""

from datetime import date
from enum import StrEnum

from agent.contract.base import Value
from agent.contract.cares import CareCode


class Sentiment(StrEnum):
    """The customer's mood in one message."""

    NEGATIVE = "negative"
    NEUTRAL = "neutral"
    POSITIVE = "positive"


INTENTS: tuple[str, ...] = (
    "greeting",
    "price",
    "product_question",
    "purchase",
    "stock",
    "order_status",
    "delivery",
    "complaint",
    "technical_support",
    "payment",
    "boleto_pix",
    "cancellation",
    "exchange_refund",
    "scheduling",
    "store_info",
    "account_data",
    "thanks",
    "goodbye",
    "human_request",
    "small_talk",
    "spam_scam",
    "other",
)
"""The built-in intents. ``other`` also stands for "unsure"."""


class Turn(Value):
    """One message of a conversation, as the analysis sees it."""

    out: bool
    """True: we wrote it."""
    text: str


class Question(Value):
    """One message that is to be understood."""

    text: str
    customer: str | None = None
    """Title of a chat with one person, for replies that greet by name; None in groups."""
    context: tuple[Turn, ...] = ()
    """What was said before it, oldest first; empty where it is not known."""


class SuggestionKind(StrEnum):
    """Where a reply comes from."""

    CANNED = "canned"
    """The business's own replies file."""
    LEARNED = "learned"
    """A reply that was sent before and that the supervisor approved."""
    PASSAGE = "passage"
    """A passage of the knowledge base."""
    DRAFT = "draft"
    """The model wrote it: in a card only, it is never retrieved."""


class IntentChoice(Value):
    """An intent that a person may say a message had."""

    name: str
    title: str | None = None
    """In the business's own words; None for a built-in intent, which the overlay has words for."""


class SuggestedResponse(Value):
    """A reply that was found for a message, best first."""

    text: str
    source: str
    """Title of the reply or passage, as the business wrote it."""
    score: float
    """0 to 1."""
    kind: SuggestionKind = SuggestionKind.CANNED
    reply_id: str = ""
    """What learning counts by: the same reply has the same id whatever its variables were filled with."""
    missing: tuple[str, ...] = ()
    """Variables that could not be filled and still stand in the text as ``{name}``."""
    sent_by: str = ""
    """Who sent a learned reply; empty where nobody had signed in."""
    sent_on: date | None = None
    """The day on which a learned reply was sent; None for all others."""
    cares: tuple[CareCode, ...] = ()
    """Why to look twice before it goes out."""


class Analysis(Value):
    """One message, analysed."""

    sentiment_score: float
    """-1 (angry) to 1 (delighted)."""
    sentiment: Sentiment
    intent: str
    """One of ``INTENTS``, or of the business's own."""
    unsure: bool = False
    """The intent is the likeliest one, but not likely enough to be told."""
    intent_choices: tuple[IntentChoice, ...] = ()
    """What else it may be, likeliest first: all of the business's own intents, and at least the likeliest three."""
    mood_score: float | None = None
    """-1 to 1: the conversation's mood so far, this message included; None where only one message was seen."""
    confidence_scores: dict[str, float]
    """``sentiment`` and ``intent``: the probability of the label above; 0 to 1."""
    suggested_responses: tuple[SuggestedResponse, ...]
    considered: tuple[tuple[str, float], ...] = ()
    """Ids of the replies that the search weighed and their scores before anything learned, best first: what another
    order would have had to choose from. Kept with the card, not with the analysis."""
    model_version: str
