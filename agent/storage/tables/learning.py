"""Cards, what became of them, and what was learned from that."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from agent.contract.analysis import SuggestionKind
from agent.contract.learning import ProposalState, RankingState
from agent.contract.stored import Edit, Outcome
from agent.storage.columns import BigId
from agent.storage.tables.base import Base


class Offer(Base):
    """A card that was shown for a message."""

    __tablename__ = "offers"

    id: Mapped[str] = mapped_column(Text, primary_key=True)
    message_id: Mapped[int] = mapped_column(BigId, ForeignKey("messages.id"), index=True)
    conversation_id: Mapped[int] = mapped_column(BigId, ForeignKey("conversations.id"), index=True)
    shown_at: Mapped[datetime] = mapped_column(index=True)
    painted_ms: Mapped[float | None]
    """From the message's row on the page to the painted card; None where the page did not tell it."""
    attendant: Mapped[str | None] = mapped_column(Text)
    intent: Mapped[str | None] = mapped_column(Text)
    """As it was understood when the card was made: a later analysis of the message does not change it."""
    certainty: Mapped[float | None]
    considered: Mapped[list[list[object]] | None]
    """Pairs of a reply's id and its score before anything learned, best first."""
    answer_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("messages.id"), index=True)
    """What our side sent instead of, or after, a pick; what the customer said next follows it in the conversation."""
    answered_at: Mapped[datetime | None] = mapped_column(index=True)


class Suggestion(Base):
    """One slot of a card and what became of it."""

    __tablename__ = "suggestions"

    offer_id: Mapped[str] = mapped_column(Text, ForeignKey("offers.id"), primary_key=True)
    slot: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    text: Mapped[str | None] = mapped_column(Text)
    """None while a person has already chosen a draft whose last words are not written yet."""
    source: Mapped[str | None] = mapped_column(Text)
    tier: Mapped[int | None]
    score: Mapped[float | None]
    outcome: Mapped[Outcome] = mapped_column(index=True)
    distance: Mapped[int | None]
    """Edits in characters between the suggestion and what the person sent."""
    code: Mapped[str | None] = mapped_column(Text)
    reply_id: Mapped[str | None] = mapped_column(Text)
    kind: Mapped[SuggestionKind | None]
    edit: Mapped[Edit | None]
    """How the person changed it."""
    judged: Mapped[str | None] = mapped_column(String(20))
    """Why the person said that it was no good."""
    updated_at: Mapped[datetime]


class ProposalLine(Base):
    """A text that was sent again and again, masked, for the supervisor to approve as a reply."""

    __tablename__ = "proposals"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    state: Mapped[ProposalState] = mapped_column(index=True)
    text: Mapped[str] = mapped_column(Text)
    title: Mapped[str] = mapped_column(Text)
    shortcut: Mapped[str] = mapped_column(Text)
    intent: Mapped[str] = mapped_column(Text)
    sent_by: Mapped[str] = mapped_column(Text)
    sent_at: Mapped[datetime]
    made_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]


class Evidence(Base):
    """A sent message that a proposal rests on: when the last one is erased, the proposal goes with it."""

    __tablename__ = "proposal_messages"

    proposal_id: Mapped[int] = mapped_column(BigId, ForeignKey("proposals.id"), primary_key=True, autoincrement=False)
    message_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("messages.id"), primary_key=True, autoincrement=False, index=True
    )


class RankingLine(Base):
    """Parameters by which choices become an order. What was learned is in the choices themselves."""

    __tablename__ = "rankings"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    parameters: Mapped[dict[str, object]]
    state: Mapped[RankingState]
    made_at: Mapped[datetime]
    since: Mapped[datetime]
    """When it took its present state."""
    before_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("rankings.id"))
    """Which one was active before it: where a roll-back leads."""


class ShadowChoice(Base):
    """What a ranking that is not shown would have put first."""

    __tablename__ = "shadow_choices"

    offer_id: Mapped[str] = mapped_column(Text, ForeignKey("offers.id"), primary_key=True)
    ranking_id: Mapped[int] = mapped_column(BigId, ForeignKey("rankings.id"), primary_key=True, autoincrement=False)
    reply_id: Mapped[str] = mapped_column(Text)


class EvaluationLine(Base):
    """How well each order foretold what was sent in some days. Totals only: nothing of anyone."""

    __tablename__ = "evaluations"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    at: Mapped[datetime]
    first: Mapped[datetime]
    last: Mapped[datetime]
    scores: Mapped[dict[str, object]]
