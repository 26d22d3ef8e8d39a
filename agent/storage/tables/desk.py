"""What people note of customers and conversations."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from agent.contract.desk import ConversationOutcome, ConversationStatus, LegalBasis
from agent.storage.columns import BigId
from agent.storage.tables.base import Base


class ConversationDesk(Base):
    """How a conversation stands, as people say. A conversation without a line is open and nobody's."""

    __tablename__ = "conversation_desks"

    conversation_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("conversations.id"), primary_key=True, autoincrement=False
    )
    status: Mapped[ConversationStatus]
    outcome: Mapped[ConversationOutcome] = mapped_column(index=True)
    assigned_to: Mapped[int | None] = mapped_column(BigId, ForeignKey("users.id"), index=True)
    follow_up_at: Mapped[datetime | None]
    decided_at: Mapped[datetime | None] = mapped_column(index=True)
    """When it became won, lost or resolved; None while it is open."""
    updated_at: Mapped[datetime]
    stage_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("pipeline_stages.id"), index=True)
    """Of the company's own; None for what is not open."""


class PipelineStage(Base):
    """A stage of the company's own, between open and won, lost or resolved."""

    __tablename__ = "pipeline_stages"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    name: Mapped[str] = mapped_column(String(40))
    place: Mapped[int]
    removed_at: Mapped[datetime | None]


class CustomerTag(Base):
    """A word by which customers are grouped; retention may go by it."""

    __tablename__ = "customer_tags"

    customer_id: Mapped[int] = mapped_column(BigId, ForeignKey("customers.id"), primary_key=True, autoincrement=False)
    tag: Mapped[str] = mapped_column(String(60), primary_key=True, index=True)


class CustomerNote(Base):
    """What a person wrote down about a customer."""

    __tablename__ = "customer_notes"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    customer_id: Mapped[int] = mapped_column(BigId, ForeignKey("customers.id"), index=True)
    text: Mapped[str] = mapped_column(Text)
    written_by: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime]
    updated_at: Mapped[datetime]


class CustomerField(Base):
    """A field of the company's own, such as a plan or a shoe size."""

    __tablename__ = "customer_fields"

    customer_id: Mapped[int] = mapped_column(BigId, ForeignKey("customers.id"), primary_key=True, autoincrement=False)
    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    value: Mapped[str] = mapped_column(Text)


class ConsentLine(Base):
    """On which legal basis of the LGPD data of a customer are kept, and when a consent was withdrawn."""

    __tablename__ = "consents"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    customer_id: Mapped[int] = mapped_column(BigId, ForeignKey("customers.id"), index=True)
    basis: Mapped[LegalBasis]
    text: Mapped[str] = mapped_column(Text)
    """For what, and how it was given."""
    written_by: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
