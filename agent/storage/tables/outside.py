"""Other systems that are told of events."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from agent.contract.webhooks import DeliveryState
from agent.storage.columns import BigId
from agent.storage.tables.base import Base


class Webhook(Base):
    """An address that is told of events."""

    __tablename__ = "webhooks"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    url: Mapped[str] = mapped_column(Text)
    secret: Mapped[str] = mapped_column(String(100))
    """What deliveries are signed with: it must be readable, so it lies in the encrypted file like all else."""
    kinds: Mapped[list[str]]
    """Kinds of events; empty for all."""
    upto: Mapped[int] = mapped_column(BigId)
    """The last event that was put into the queue for it, or passed over."""
    made_at: Mapped[datetime]
    disabled_at: Mapped[datetime | None]
    held_until: Mapped[datetime | None]
    """By ``Retry-After``: nothing but tests is sent before."""


class WebhookDelivery(Base):
    """One event on its way to one address. What is sent is made of the event anew each time: nothing erased is sent."""

    __tablename__ = "webhook_deliveries"
    __table_args__ = (
        UniqueConstraint("webhook_id", "event_number"),
        Index(None, "webhook_id", "state", "order_key", "event_number"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    webhook_id: Mapped[int] = mapped_column(BigId, ForeignKey("webhooks.id"))
    event_number: Mapped[int] = mapped_column(BigId)
    """No reference: an event may be erased while it waits, and is not sent then."""
    order_key: Mapped[str] = mapped_column(String(60))
    """Events of one key (a customer) are sent one after another, in order."""
    state: Mapped[DeliveryState]
    attempts: Mapped[int]
    next_at: Mapped[datetime]
    last_status: Mapped[int | None]
    """HTTP status of the last attempt."""
    last_error: Mapped[str | None] = mapped_column(Text)
    made_at: Mapped[datetime]
    updated_at: Mapped[datetime]
