"""The figures of some days, as they are reported: counts and times only, with no word of a customer.

None is what nobody knows. 0 is what was counted and is none.
"""

from datetime import date, datetime
from enum import StrEnum
from typing import Literal

from pydantic import Field

from agent.contract.analysis import Sentiment
from agent.contract.base import Value
from agent.contract.metrics import Answers, Hour, SuggestionFigures, Times


class ReportPeriod(StrEnum):
    """Which days belong together."""

    DAY = "day"
    WEEK = "week"
    """Monday to Sunday."""
    MONTH = "month"
    RANGE = "range"
    """From any day to any other."""


class ReportFormat(StrEnum):
    """As what file."""

    PDF = "pdf"
    CSV = "csv"
    XLSX = "xlsx"


ReportLanguage = Literal["pt-BR", "en", "es"]


class Volume(Value):
    """How much was written."""

    messages_in: int
    messages_out: int
    messages_unknown: int
    """First seen in these days, but of unknown direction or moment: counted nowhere else."""
    conversations: int
    """In which somebody wrote."""
    customers: int
    """Who wrote."""
    new_customers: int
    """Of whom the first chat was stored in these days."""
    unanswered: int
    """Conversations, groups left out, in which the customer wrote last; a closing thank-you counts too."""


class OnTime(Value):
    """First answers within the target of the settings: so many seconds of opening time."""

    target_s: float
    answers: int
    """First answers of which the time is known."""
    within: int
    share: float | None
    """None where there was no such answer."""


class Results(Value):
    """What came of the conversations."""

    won: int
    """Decided in these days, as the next two."""
    lost: int
    resolved: int
    undecided: int
    """Conversations of these days that nobody has decided until now."""
    rate: float | None
    """Won ones among those that were decided; None where none was."""


class ReportedDay(Value):
    """One day. Days that have not begun are left out."""

    day: date
    messages_in: int | None
    messages_out: int | None
    conversations: int | None
    first: Times | None
    """First answers."""
    on_time: float | None
    """Share of them within the target."""
    cards: int | None
    """Cards with suggestions that were shown."""
    used: int | None
    """Cards of which a suggestion was sent, as it was or edited."""


class ReportedAttendant(Value):
    """What was one attendant's."""

    attendant: str | None = Field(examples=["ana"])
    """None: nobody's."""
    volume: Volume | None
    """Of the conversations that are assigned to them now; None: there is no such user."""
    first: Times | None
    on_time: OnTime | None
    results: Results | None
    cards: int | None
    """Cards that were shown where they sat; None: no card ever named them."""
    used: int | None


class Report(Value):
    """Everything in one value: no renderer counts anything."""

    company: str = Field(examples=["Loja da Ana"])
    """The business's name, or the profile's."""
    attendant: str | None
    """Whose figures these are; None: of the whole company."""
    period: ReportPeriod
    first: date
    last: date
    is_over: bool
    """False: the last day has not ended."""
    zone: str = Field(examples=["America/Sao_Paulo"])
    """In which the days and hours are counted."""
    zone_of: Literal["page", "machine"]
    """``page``: as WhatsApp Web in this profile showed its clock last; ``machine``: this computer's."""
    at: datetime
    """When it was counted; UTC."""
    volume: Volume | None
    answers: Answers | None
    """Groups are left out."""
    on_time: OnTime | None
    results: Results | None
    sentiments: dict[Sentiment, int] | None
    """Of the customers' messages of these days that were understood."""
    intents: dict[str, int] | None
    """The same, the most frequent first; as people have corrected them."""
    intent_titles: dict[str, str] = Field(default_factory=dict, examples=[{"troca_de_oleo": "Troca de óleo"}])
    """What the company calls its own intents, by name."""
    copilot: SuggestionFigures | None
    """Cards with suggestions, and what became of them."""
    hours: tuple[Hour, ...] | None
    days: tuple[ReportedDay, ...]
    attendants: tuple[ReportedAttendant, ...]
    """Of a report of the whole company: everybody who had something, by name; what is nobody's comes last."""


class ReportAttendants(Value):
    """Of whom there can be a report, and up to when."""

    attendants: tuple[str, ...]
    """By name: users, and who sat where a card was shown."""
    today: date
    """Where the company is: the last day that a report can begin on."""
