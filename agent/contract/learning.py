"""What is learned from use: what was shown, what became of it, and what that taught."""

from datetime import datetime
from enum import StrEnum

from pydantic import Field

from agent.contract.analysis import Sentiment
from agent.contract.base import Value
from agent.contract.metrics import Latency
from agent.contract.replies import Intent, Line, Shortcut, Text
from agent.contract.stored import Edit, Outcome


class Considered(Value):
    """A reply that the search weighed for a message."""

    reply_id: str
    score: float
    """The chance that it is right, 0 to 1, before anything that was learned."""


class Shown(Value):
    """A suggestion that stood in a card."""

    reply_id: str
    text: str
    score: float
    """Before anything that was learned."""
    outcome: Outcome
    distance: int | None = None
    edit: Edit | None = None
    judged: str | None = None
    """Why the person said that it was no good: the ``reason`` of a ``JudgedFrame``."""


class Choice(Value):
    """One card that was answered: what was asked, what was shown, and what the person sent."""

    offer_id: str
    at: datetime
    """When it was answered; UTC."""
    attendant: str
    intent: str
    certainty: float
    """Probability of the intent, 0 to 1."""
    asked: str
    """The customer's words, as they wrote them: to be masked before anything is learned from them."""
    people: tuple[str, ...]
    """Names by which the customer is known: to be masked."""
    customer_id: int
    """The conversation: two wordings of one customer count once."""
    shown: tuple[Shown, ...]
    considered: tuple[Considered, ...]
    """Best first; at least those that were shown."""
    mood_after: Sentiment | None = None
    """How the customer's next message sounded; None while there is none."""

    @property
    def chosen(self) -> str | None:
        """The reply that was sent, as it was or edited; None when the person sent something else."""
        return next((s.reply_id for s in self.shown if s.outcome in (Outcome.SENT, Outcome.EDITED)), None)


class SentText(Value):
    """A text that our side sent."""

    message_id: int
    conversation_id: int
    at: datetime
    attendant: str
    text: str
    people: tuple[str, ...]
    intent: str
    """Of the message that it answered; empty where that is not known."""


class Correction(Value):
    """A message and the intent that a person gave it."""

    message_id: int
    text: str
    people: tuple[str, ...]
    intent: str
    was: str
    """What the analysis had said."""


class ProposalState(StrEnum):
    """What the supervisor made of a proposed reply."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    REJECTED = "rejected"


class ProposedReply(Value):
    """A text that was sent again and again, without what is personal, as a reply that could be offered."""

    text: str
    title: str
    shortcut: str
    intent: str
    sent_by: str
    """The attendant who sent it last."""
    sent_at: datetime
    messages: tuple[int, ...]
    """Our messages that it rests on."""
    customers: int


class Proposal(Value):
    """A proposed reply as it is stored."""

    id: int
    state: ProposalState
    text: str
    title: str
    shortcut: str
    intent: str
    sent_by: str
    sent_at: datetime
    times: int
    customers: int


class RankingState(StrEnum):
    """Which part a ranking plays."""

    ACTIVE = "active"
    SHADOW = "shadow"
    RETIRED = "retired"


class RankingVersion(Value):
    """One set of parameters by which choices become an order."""

    id: int
    name: str
    parameters: dict[str, object]
    state: RankingState
    since: datetime


class ShadowTotals(Value):
    """How a ranking did that was not shown."""

    cards: int
    agreed: int
    """Its first reply was the one that was shown first."""
    answered: int
    """Cards of which one reply was sent."""
    hits: int
    """Its first reply was the one that was sent."""
    shown_hits: int
    """The reply that was shown first was the one that was sent."""


class Score(Value):
    """How well an order foretold what was sent."""

    cards: int
    top1: float
    """Share of the cards whose first reply was sent."""
    mrr: float
    """Mean of 1 / place of the reply that was sent."""


class Evaluation(Value):
    """One evaluation against what was really sent."""

    at: datetime
    first: datetime
    last: datetime
    scores: dict[str, Score]
    """``none`` (nothing learned), ``active``, and ``shadow`` where there is one."""


class EvaluatedWeek(Evaluation):
    """The same, with how long the cards of that time took."""

    latency: Latency


class ProposalChange(Value):
    """Other words for a proposed reply; what is left out stays as it is proposed."""

    text: Text | None = Field(default=None, description="May hold {nome} and {pedido}.")
    title: Line | None = None
    shortcut: Shortcut | None = None
    intent: Intent | None = None


class Learned(Value):
    """What was learned from use so far, and how much better it foretells what is sent."""

    enabled: bool
    answered: int = Field(description="Cards that were answered.")
    picked: int = Field(description="Of those, a suggestion was sent.")
    judged: dict[str, int] = Field(description="How often a suggestion was called no good, by the reason.")
    corrections: int
    proposals: int = Field(description="That wait for a decision.")
    approved: int
    ranking: RankingVersion | None = Field(description="null: the built-in one.")
    shadow: RankingVersion | None = Field(description="The one that runs beside it, unseen.")
    shadow_totals: ShadowTotals | None
    candidates: tuple[str, ...] = Field(description="Rankings that may be tried in shadow.")
    evaluations: tuple[EvaluatedWeek, ...] = Field(description="The newest first, one a week.")
