"""Conversations, their messages, and what was understood of them."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from agent.contract.analysis import Sentiment
from agent.contract.rows import Change, Delivery, Direction, Kind
from agent.contract.stored import MessageState
from agent.storage.columns import BigId
from agent.storage.tables.base import Base


class Customer(Base):
    """The person on the other side of a conversation that is not a group."""

    __tablename__ = "customers"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    phone: Mapped[str | None] = mapped_column(String(20), index=True)
    """Canonical form of ``agent.storage.phone``."""
    created_at: Mapped[datetime]
    anonymised_at: Mapped[datetime | None]


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
    first_seen: Mapped[datetime] = mapped_column(index=True)
    updated_at: Mapped[datetime]


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


class SystemLog(Base):
    """What happened to the program itself, for the dashboard: never the text of a message."""

    __tablename__ = "system_logs"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    level: Mapped[str] = mapped_column(String(20))
    session: Mapped[str | None] = mapped_column(Text)
    event: Mapped[str] = mapped_column(Text)
    data: Mapped[dict[str, object]]
