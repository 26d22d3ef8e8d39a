"""The tables. ``migrations/`` creates them; a test compares the two."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, MetaData, String, Text, UniqueConstraint, false
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from agent.contract.analysis import Sentiment, SuggestionKind
from agent.contract.learning import ProposalState, RankingState
from agent.contract.rows import Change, Delivery, Direction, Kind
from agent.contract.stored import Edit, MessageState, Outcome
from agent.storage.columns import BigId, UtcDateTime, word


class Base(DeclarativeBase):
    """Names every constraint by one rule, so that a migration can drop it on any database."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy reads it as a plain class attribute
        datetime: UtcDateTime(),
        dict[str, object]: JSON(),
        dict[str, float]: JSON(),
        list[dict[str, object]]: JSON(),
        list[list[object]]: JSON(),
        list[str]: JSON(),
        Kind: word(Kind),
        Direction: word(Direction),
        Delivery: word(Delivery),
        Change: word(Change),
        MessageState: word(MessageState),
        Sentiment: word(Sentiment),
        Outcome: word(Outcome),
        SuggestionKind: word(SuggestionKind),
        Edit: word(Edit),
        ProposalState: word(ProposalState),
        RankingState: word(RankingState),
    }


class User(Base):
    """An attendant or administrator who may sign in. The password is kept as an argon2 hash only."""

    __tablename__ = "users"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    name: Mapped[str] = mapped_column(String(100), unique=True)
    role: Mapped[str] = mapped_column(String(20))
    password_hash: Mapped[str | None] = mapped_column(String(255))
    created_at: Mapped[datetime]
    disabled_at: Mapped[datetime | None]


class Customer(Base):
    """The person on the other side of a conversation that is not a group."""

    __tablename__ = "customers"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    phone: Mapped[str | None] = mapped_column(String(20), index=True)
    """Canonical form of ``agent.storage.phone``."""
    created_at: Mapped[datetime]


class Conversation(Base):
    """One chat of one profile. Its title is not unique: two contacts may have one name."""

    __tablename__ = "conversations"
    __table_args__ = (Index(None, "session", "title"), Index(None, "session", "phone"))

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    session: Mapped[str] = mapped_column(Text)
    title: Mapped[str] = mapped_column(Text)
    is_group: Mapped[bool]
    phone: Mapped[str | None] = mapped_column(String(20))
    """Canonical form of ``agent.storage.phone``; never for a group."""
    customer_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("customers.id"), index=True)
    created_at: Mapped[datetime]


class Message(Base):
    """One message row of the page, in the best state in which it was ever read."""

    __tablename__ = "messages"
    __table_args__ = (
        UniqueConstraint("session", "wa_id"),
        Index(None, "conversation_id", "position"),
        Index(None, "session", "state"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    session: Mapped[str] = mapped_column(Text)
    wa_id: Mapped[str] = mapped_column(Text)
    conversation_id: Mapped[int] = mapped_column(BigId, ForeignKey("conversations.id"))
    position: Mapped[int] = mapped_column(BigId)
    """Order inside the conversation, with gaps, negative for older history: see ``agent.storage.placing``."""
    kind: Mapped[Kind]
    direction: Mapped[Direction]
    author: Mapped[str | None] = mapped_column(Text)
    text: Mapped[str | None] = mapped_column(Text)
    folded: Mapped[str | None] = mapped_column(Text)
    """The words of ``text`` as the search knows them; None for system rows, which nobody wrote."""
    truncated: Mapped[bool]
    page_time: Mapped[str | None] = mapped_column(Text)
    """The page's wall clock as it was read, ``HH:MM``."""
    page_date: Mapped[str | None] = mapped_column(Text)
    zone: Mapped[str | None] = mapped_column(Text)
    """IANA name of the time zone in which the page wrote them; None where it was not told."""
    sent_at: Mapped[datetime | None]
    """The moment that the three make, to the minute; None where one of them is missing."""
    reactions: Mapped[list[str]] = mapped_column(server_default="[]")
    status: Mapped[Delivery | None]
    quoted_author: Mapped[str | None] = mapped_column(Text)
    quoted_text: Mapped[str | None] = mapped_column(Text)
    edited: Mapped[bool]
    forwarded: Mapped[bool]
    origin: Mapped[Change]
    state: Mapped[MessageState]
    first_seen: Mapped[datetime]
    updated_at: Mapped[datetime]


class MergedCustomer(Base):
    """A person has said that a customer is another one too. The line of the customer stays: see ``joining``."""

    __tablename__ = "merged_customers"

    customer_id: Mapped[int] = mapped_column(BigId, ForeignKey("customers.id"), primary_key=True, autoincrement=False)
    into_id: Mapped[int] = mapped_column(BigId, ForeignKey("customers.id"), index=True)
    at: Mapped[datetime]


class JoinedConversation(Base):
    """A person has said that a conversation is another one: its messages are there, its title and number lead there."""

    __tablename__ = "joined_conversations"

    conversation_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("conversations.id"), primary_key=True, autoincrement=False
    )
    into_id: Mapped[int] = mapped_column(BigId, ForeignKey("conversations.id"), index=True)
    at: Mapped[datetime]


class MovedMessage(Base):
    """In which conversation a message was when a person joined that to another one; to be able to take it back."""

    __tablename__ = "moved_messages"

    message_id: Mapped[int] = mapped_column(BigId, ForeignKey("messages.id"), primary_key=True, autoincrement=False)
    conversation_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("conversations.id"), primary_key=True, autoincrement=False, index=True
    )


class ListedChat(Base):
    """One row of the chat list: what is known of a chat that nobody has opened."""

    __tablename__ = "listed_chats"
    __table_args__ = (UniqueConstraint("session", "title", "twin"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    session: Mapped[str] = mapped_column(Text)
    title: Mapped[str] = mapped_column(Text)
    twin: Mapped[int]
    """0, and counting up for further chats of the same title, in the order of the list."""
    unread: Mapped[int | None]
    """None: marked as unread by hand."""
    last_text: Mapped[str | None] = mapped_column(Text)
    last_author: Mapped[str | None] = mapped_column(Text)
    last_direction: Mapped[Direction]
    last_time: Mapped[str | None] = mapped_column(Text)
    """As the list shows it."""
    last_clock: Mapped[str | None] = mapped_column(Text)
    last_date: Mapped[str | None] = mapped_column(Text)
    """ISO date of the last message, where the list tells it."""
    waits: Mapped[bool]
    waits_since: Mapped[datetime | None]
    """When the customer began to wait, at the latest; None where only a day is known."""
    sentiment: Mapped[Sentiment | None]
    sentiment_score: Mapped[float | None]
    intent: Mapped[str | None] = mapped_column(Text)
    seen_at: Mapped[datetime]


class AiAnalysis(Base):
    """What the analysis says of a message: the last one, if it was analysed again."""

    __tablename__ = "ai_analysis"

    message_id: Mapped[int] = mapped_column(BigId, ForeignKey("messages.id"), primary_key=True, autoincrement=False)
    sentiment: Mapped[Sentiment]
    sentiment_score: Mapped[float]
    intent: Mapped[str] = mapped_column(Text, index=True)
    unsure: Mapped[bool] = mapped_column(server_default=false())
    mood_score: Mapped[float | None]
    confidence_scores: Mapped[dict[str, float]]
    suggested_responses: Mapped[list[dict[str, object]]]
    model_version: Mapped[str] = mapped_column(Text)
    analysed_at: Mapped[datetime]


class Offer(Base):
    """A card that was shown for a message."""

    __tablename__ = "offers"

    id: Mapped[str] = mapped_column(Text, primary_key=True)
    message_id: Mapped[int] = mapped_column(BigId, ForeignKey("messages.id"), index=True)
    conversation_id: Mapped[int] = mapped_column(BigId, ForeignKey("conversations.id"), index=True)
    shown_at: Mapped[datetime]
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
    updated_at: Mapped[datetime]


class EventLine(Base):
    """The numbered event log. Lines are only ever added, in the transaction of what they tell."""

    __tablename__ = "events"
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012 - without it SQLite would reuse the last number

    number: Mapped[int] = mapped_column(BigId, primary_key=True)
    at: Mapped[datetime]
    kind: Mapped[str] = mapped_column(String(60))
    conversation_id: Mapped[int | None] = mapped_column(BigId)
    message_id: Mapped[int | None] = mapped_column(BigId)
    data: Mapped[dict[str, object]]


class CorrectedIntent(Base):
    """What a person says that a message really wanted; the last word, if there were several."""

    __tablename__ = "corrections"

    message_id: Mapped[int] = mapped_column(BigId, ForeignKey("messages.id"), primary_key=True, autoincrement=False)
    intent: Mapped[str] = mapped_column(Text)
    was: Mapped[str | None] = mapped_column(Text)
    """What the analysis had said."""
    corrected_at: Mapped[datetime]


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


class SystemLog(Base):
    """What happened to the program itself, for the dashboard: never the text of a message."""

    __tablename__ = "system_logs"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    level: Mapped[str] = mapped_column(String(20))
    session: Mapped[str | None] = mapped_column(Text)
    event: Mapped[str] = mapped_column(Text)
    data: Mapped[dict[str, object]]
