"""What the analysis says of a message."""

from enum import StrEnum

from agent.contract.base import Value


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


class SuggestedResponse(Value):
    """A reply that was found for a message, best first."""

    text: str
    source: str
    """Title of the canned reply, as the business wrote it."""
    score: float
    """0 to 1."""


class Analysis(Value):
    """One message, analysed."""

    sentiment_score: float
    """-1 (angry) to 1 (delighted)."""
    sentiment: Sentiment
    intent: str
    confidence_scores: dict[str, float]
    """``sentiment`` and ``intent``: the probability of the label above; 0 to 1."""
    suggested_responses: tuple[SuggestedResponse, ...]
    model_version: str
