"""What a person has said: who is who, and what a message really wanted."""

from datetime import datetime

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from agent.storage.columns import BigId
from agent.storage.tables.base import Base


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


class CorrectedIntent(Base):
    """What a person says that a message really wanted; the last word, if there were several."""

    __tablename__ = "corrections"

    message_id: Mapped[int] = mapped_column(BigId, ForeignKey("messages.id"), primary_key=True, autoincrement=False)
    intent: Mapped[str] = mapped_column(Text)
    was: Mapped[str | None] = mapped_column(Text)
    """What the analysis had said."""
    corrected_at: Mapped[datetime]
