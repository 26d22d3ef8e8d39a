"""The figures of the dashboard."""

from datetime import date, datetime
from typing import Literal

from pydantic import Field

from agent.contract.analysis import Sentiment
from agent.contract.base import Value
from agent.contract.desk import ConversationOutcome
from agent.contract.stored import Outcome


class Times(Value):
    """How long something took."""

    count: int
    average_s: float | None
    """None where nothing was counted, as the others."""
    median_s: float | None
    p90_s: float | None


class Waiting(Value):
    """Customers who have spoken last, just now."""

    customers: int
    longest_s: float | None
    """Of those of whom the moment is known."""
    conversation_id: int | None
    """Who waits longest."""
    since: datetime | None


class Answers(Value):
    """How fast our side answered in these days. Groups are left out."""

    first: Times
    """Of each conversation, the first answer of each day."""
    all: Times
    """From the first message that was not answered yet to the next of ours."""
    unknown: int
    """Answers left out: the page did not show a moment, or who wrote a message in between."""


class Conversion(Value):
    """What came of the conversations that were decided in these days."""

    outcomes: dict[ConversationOutcome, int]
    rate: float | None
    """Won ones among those that were won, lost or resolved; None where none was."""


class SuggestionFigures(Value):
    """Cards shown in these days, and what became of them: each card counts once in each line that fits."""

    cards: int
    suggestions: dict[Outcome, int]
    """By what became of each suggestion in the end."""
    picked: int
    """Cards of which a suggestion was chosen."""
    inserted: int
    """Of those, the text reached the box."""
    sent: int
    """It was sent as it was."""
    edited: int
    """It was changed, then sent."""
    ignored: int
    """Something else was sent."""
    rates: dict[str, float]
    """``picked``, ``inserted``, ``sent``, ``edited``, ``ignored`` and ``used`` (sent or edited), among the cards.
    Empty where none was shown."""


class Latency(Value):
    """How long it took from a customer's message on the page to the painted card."""

    count: int
    """Cards of which the page has told it."""
    p50_ms: float | None
    """The smallest time that at least half of them did not exceed; None where nothing was counted, as the other."""
    p95_ms: float | None
    """The smallest time that at least 95 % did not exceed."""


class HourLatency(Latency):
    """The same, of the cards that were shown in an hour of the day, over all days."""

    hour: int = Field(ge=0, le=23)


class Hour(Value):
    """An hour of the day, over all days."""

    hour: int = Field(ge=0, le=23)
    messages_in: int
    messages_out: int


class Dashboard(Value):
    """Everything in one answer."""

    first: date
    last: date
    zone: str = Field(examples=["America/Sao_Paulo"])
    """In which the days and hours are counted."""
    zone_of: Literal["page", "machine"]
    """``page``: as WhatsApp Web in this profile showed its clock last; ``machine``: this computer's."""
    at: datetime
    """When these figures were counted; UTC."""
    messages_in: int
    messages_out: int
    messages_unknown: int
    """First seen in these days, but of unknown direction or moment: counted nowhere else."""
    customers: int
    """Who wrote in these days."""
    new_customers: int
    """Of whom the first chat was stored in these days."""
    answers: Answers
    waiting: Waiting
    conversion: Conversion
    suggestions: SuggestionFigures
    sentiments: dict[Sentiment, int]
    """Of the customers' messages of these days that were understood."""
    intents: dict[str, int]
    """The same, the most frequent first; as people have corrected them."""
    hours: tuple[Hour, ...]
    latency: Latency
    """Of the cards that were shown in these days."""
    latency_hours: tuple[HourLatency, ...]
