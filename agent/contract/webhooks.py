"""Other systems that are told of events."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from agent.contract.base import Value

WebhookUrl = Annotated[
    str,
    Field(
        max_length=2000,
        pattern=(
            r"^https?://([A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?(\.[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?){0,8}"
            r"|\[[0-9A-Fa-f:.]{2,45}\])(:[1-9][0-9]{0,4})?(/[A-Za-z0-9_.~!$&'()*+,;=:@%/?-]{0,1500})?$"
        ),
        description="HTTPS; HTTP only for addresses inside the company, where the settings allow those. In ASCII.",
        examples=["https://erp.example/balcao"],
    ),
]

EventKind = Annotated[str, Field(max_length=60, pattern=r"^[a-z_]+(\.[a-z_]+)*(\.\*)?$", examples=["message.captured"])]
"""A kind of events, or all that begin so: ``message.captured``, ``message.*``."""

EventKinds = Annotated[tuple[EventKind, ...], Field(max_length=50)]


class DeliveryState(StrEnum):
    """How far a delivery has come."""

    WAITING = "waiting"
    DELIVERED = "delivered"
    DEAD = "dead"
    """It was tried as often as the settings say; a person may start it again."""
    DROPPED = "dropped"
    """The event, or the address, was removed while it waited."""


class NewWebhook(Value):
    """An address that is to be told of events from now on."""

    url: WebhookUrl
    kinds: EventKinds = ()
    """Kinds of events; empty for all."""


class WebhookChange(Value):
    """What is to be different; what is left out stays."""

    url: WebhookUrl | None = None
    kinds: EventKinds | None = None
    enabled: bool | None = None
    """True again after it was off: what happened meanwhile is passed over, what waited before goes on."""


class Webhook(Value):
    """An address that is told of events."""

    id: int
    url: str
    kinds: tuple[str, ...]
    upto: int
    """Number of the last event that was put into its queue, or passed over."""
    made_at: datetime
    disabled_at: datetime | None = None
    """Since when nothing is sent: by a person, or because the address answered 410 (gone)."""
    held_until: datetime | None = None
    """The address asked to be left alone until then (``Retry-After``); a change or a retry lifts it."""
    waiting: int = 0
    dead: int = 0
    """Deliveries that were given up."""


class WebhookMade(Webhook):
    """A new one, with what its deliveries are signed with: it is shown this once."""

    secret: str = Field(examples=["whsec_mF0c..."])


class Delivery(Value):
    """One event on its way to one address."""

    id: int
    balcao_id: str
    """As the header ``Balcao-Id`` has it: the same at every attempt."""
    webhook_id: int
    event_number: int
    state: DeliveryState
    attempts: int
    next_at: datetime
    last_status: int | None
    """HTTP status of the last attempt; None where there was no answer."""
    last_error: str | None
    """Why the last attempt failed: ``status``, ``redirect``, ``gone``, ``timeout``, ``refused_address`` ..."""
    made_at: datetime
    updated_at: datetime


class WebhookTested(Value):
    """A test is on its way."""

    event_number: int


class WebhookEvent(Value):
    """The body of a delivery: ids, labels and numbers. What they stand for is fetched from the API."""

    id: str
    """``Balcao-Id``."""
    webhook: int
    number: int
    kind: str
    at: datetime
    conversation: int | None
    message: int | None
    customer: int | None
    """The customer as they are now, after any merge; None for groups and for what is of nobody."""
    data: dict[str, object]
