"""Addresses that are told of events, and the queue of what they are told."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import CursorResult, delete, func, insert, or_, select, update
from sqlalchemy.engine import Row as Line
from sqlalchemy.ext.asyncio import AsyncConnection

from agent.contract.stored import StoredEvent
from agent.contract.webhooks import Delivery, DeliveryState, Webhook
from agent.storage.repositories import events, people
from agent.storage.tables import Conversation, EventLine
from agent.storage.tables import Webhook as WebhookLine
from agent.storage.tables import WebhookDelivery as DeliveryLine

TEST = "webhook.test"

TESTS = "test"
"""The order key of tests: they wait for nothing else."""

_OWN = "webhook."
"""Events about webhooks are told to none, or each failure would make another one."""


class Outgoing(NamedTuple):
    """A delivery whose turn it is."""

    id: int
    balcao_id: str
    webhook_id: int
    order_key: str
    attempts: int
    url: str
    secret: str
    event: StoredEvent | None
    """None: it was erased."""
    customer_id: int | None


async def add(db: AsyncConnection, url: str, secret: str, kinds: Sequence[str], now: datetime) -> Webhook:
    """An address that is told of what happens from now on."""
    values = {
        "url": url,
        "secret": secret,
        "kinds": list(kinds),
        "upto": await events.last(db),
        "made_at": now,
        "disabled_at": None,
        "held_until": None,
    }
    made = await db.execute(insert(WebhookLine).returning(WebhookLine.id), values)
    return Webhook(id=made.scalar_one(), **{name: value for name, value in values.items() if name != "secret"})


async def listed(db: AsyncConnection, webhook_id: int | None = None) -> list[Webhook]:
    """All of them, or the one, with what waits for them."""
    query = select(
        WebhookLine.id,
        WebhookLine.url,
        WebhookLine.kinds,
        WebhookLine.upto,
        WebhookLine.made_at,
        WebhookLine.disabled_at,
        WebhookLine.held_until,
    ).order_by(WebhookLine.id)
    if webhook_id is not None:
        query = query.where(WebhookLine.id == webhook_id)
    counted = await db.execute(
        select(DeliveryLine.webhook_id, DeliveryLine.state, func.count().label("number"))
        .where(DeliveryLine.state.in_((DeliveryState.WAITING, DeliveryState.DEAD)))
        .group_by(DeliveryLine.webhook_id, DeliveryLine.state)
    )
    counts = {(line.webhook_id, line.state): line.number for line in counted}
    return [
        Webhook(
            **line._asdict(),
            waiting=counts.get((line.id, DeliveryState.WAITING), 0),
            dead=counts.get((line.id, DeliveryState.DEAD), 0),
        )
        for line in await db.execute(query)
    ]


async def count(db: AsyncConnection) -> int:
    """How many there are."""
    return await db.scalar(select(func.count()).select_from(WebhookLine)) or 0


async def change(
    db: AsyncConnection,
    webhook_id: int,
    *,
    url: str | None,
    kinds: Sequence[str] | None,
    enabled: bool | None,
    now: datetime,
) -> None:
    """Change what is given. One that is switched on again passes over what happened while it was off."""
    values: dict[str, Any] = {}
    if url is not None:
        values["url"] = url
    if kinds is not None:
        values["kinds"] = list(kinds)
    one = WebhookLine.id == webhook_id
    if enabled is False:
        await db.execute(update(WebhookLine).where(one, WebhookLine.disabled_at.is_(None)).values(disabled_at=now))
    if enabled is True:
        again = {"disabled_at": None, "upto": await events.last(db)}
        await db.execute(update(WebhookLine).where(one, WebhookLine.disabled_at.is_not(None)).values(again))
    if values:
        await db.execute(update(WebhookLine).where(one).values(values))
    if url is not None or enabled is not None:
        await _lift(db, webhook_id, now)


async def hold(db: AsyncConnection, webhook_id: int, url: str, until: datetime) -> None:
    """Leave an address alone until then; ``url``: who has asked for it, which may have been changed since."""
    asked = (WebhookLine.id == webhook_id, WebhookLine.url == url)
    await db.execute(update(WebhookLine).where(*asked).values(held_until=until))


async def _lift(db: AsyncConnection, webhook_id: int, now: datetime) -> None:
    """A person has seen to the address: what was held is sent at once."""
    held = (WebhookLine.id == webhook_id, WebhookLine.held_until > now)
    lifted = await db.execute(update(WebhookLine).where(*held).values(held_until=None))
    if isinstance(lifted, CursorResult) and lifted.rowcount:
        waits = (DeliveryLine.webhook_id == webhook_id, DeliveryLine.state == DeliveryState.WAITING)
        await db.execute(update(DeliveryLine).where(*waits, DeliveryLine.next_at > now).values(next_at=now))


async def remove(db: AsyncConnection, webhook_id: int) -> bool:
    """Remove an address with everything that waited for it; whether it was there."""
    await db.execute(delete(DeliveryLine).where(DeliveryLine.webhook_id == webhook_id))
    gone = await db.execute(delete(WebhookLine).where(WebhookLine.id == webhook_id))
    return isinstance(gone, CursorResult) and gone.rowcount > 0


async def fill(db: AsyncConnection, now: datetime, limit: int) -> int:
    """Put new events into the queues, each with the cursor of its address; how many events were looked at."""
    last, looked = await events.last(db), 0
    hooks = select(WebhookLine.id, WebhookLine.kinds, WebhookLine.upto)
    behind = (WebhookLine.disabled_at.is_(None), WebhookLine.upto < last)
    for hook in (await db.execute(hooks.where(*behind).order_by(WebhookLine.id))).all():
        told = await events.after(db, hook.upto, limit)
        wanted = [event for event in told if _is_wanted(event, hook.id, hook.kinds)]
        if wanted:
            customers = await _customers(db, {one.conversation_id for one in wanted if one.conversation_id is not None})
            await db.execute(insert(DeliveryLine), [_queued(event, hook.id, customers, now) for event in wanted])
        if told:
            await db.execute(update(WebhookLine).where(WebhookLine.id == hook.id).values(upto=told[-1].number))
        looked += len(told)
    return looked


async def due(db: AsyncConnection, webhook_id: int, now: datetime, limit: int, busy: Collection[str]) -> list[Outgoing]:
    """The first that waits of each order key, where it is time for it; ``busy``: keys that are being sent."""
    waits = (DeliveryLine.webhook_id == webhook_id, DeliveryLine.state == DeliveryState.WAITING)
    first = select(func.min(DeliveryLine.event_number)).where(*waits)
    if busy:
        first = first.where(DeliveryLine.order_key.not_in(list(busy)))
    query = (
        select(
            DeliveryLine.id,
            DeliveryLine.webhook_id,
            DeliveryLine.event_number,
            DeliveryLine.order_key,
            DeliveryLine.attempts,
            DeliveryLine.made_at,
            WebhookLine.url,
            WebhookLine.secret,
        )
        .join(WebhookLine, WebhookLine.id == DeliveryLine.webhook_id)
        .where(*waits, DeliveryLine.next_at <= now, WebhookLine.disabled_at.is_(None))
        .where(or_(WebhookLine.held_until.is_(None), WebhookLine.held_until <= now, DeliveryLine.order_key == TESTS))
        .where(DeliveryLine.event_number.in_(first.group_by(DeliveryLine.order_key)))
        .order_by(DeliveryLine.event_number)
        .limit(limit)
    )
    lines = (await db.execute(query)).all()
    told = await _events(db, [line.event_number for line in lines])
    chats = {one.conversation_id for one in told.values() if one.conversation_id is not None}
    customers = await _customers(db, chats)
    return [_outgoing(line, told.get(line.event_number), customers) for line in lines]


async def settle(
    db: AsyncConnection,
    delivery_id: int,
    state: DeliveryState,
    now: datetime,
    *,
    status: int | None = None,
    error: str | None = None,
    next_at: datetime | None = None,
) -> None:
    """Keep how an attempt ended."""
    values: dict[str, Any] = {"state": state, "last_status": status, "last_error": error, "updated_at": now}
    if state is not DeliveryState.DROPPED:
        values["attempts"] = DeliveryLine.attempts + 1
    if next_at is not None:
        values["next_at"] = next_at
    await db.execute(update(DeliveryLine).where(DeliveryLine.id == delivery_id).values(values))


async def retry(db: AsyncConnection, delivery_id: int, now: datetime) -> bool | None:
    """Start a delivery that was given up anew, or one that waits at once. False: it is done; None: no such one."""
    found = select(DeliveryLine.state, DeliveryLine.webhook_id).where(DeliveryLine.id == delivery_id)
    line = (await db.execute(found)).first()
    if line is None:
        return None
    if line.state not in (DeliveryState.DEAD, DeliveryState.WAITING):
        return False
    await _lift(db, line.webhook_id, now)
    again = {"state": DeliveryState.WAITING, "attempts": 0, "next_at": now, "updated_at": now}
    await db.execute(update(DeliveryLine).where(DeliveryLine.id == delivery_id).values(again))
    return True


async def deliveries(
    db: AsyncConnection, webhook_id: int, state: DeliveryState | None, before: int | None, limit: int
) -> list[Delivery]:
    """The newest ones, or those before an id, the newest first."""
    query = select(*DeliveryLine.__table__.columns).where(DeliveryLine.webhook_id == webhook_id)
    if state is not None:
        query = query.where(DeliveryLine.state == state)
    if before is not None:
        query = query.where(DeliveryLine.id < before)
    return [_delivery(line) for line in await db.execute(query.order_by(DeliveryLine.id.desc()).limit(limit))]


async def delivery(db: AsyncConnection, delivery_id: int) -> Delivery | None:
    """One of them."""
    query = select(*DeliveryLine.__table__.columns).where(DeliveryLine.id == delivery_id)
    line = (await db.execute(query)).first()
    return None if line is None else _delivery(line)


async def prune(db: AsyncConnection, now: datetime, done_days: int, dead_days: int) -> int:
    """Forget what was delivered or dropped long ago, and what nobody started again; how many."""
    done = DeliveryLine.state.in_((DeliveryState.DELIVERED, DeliveryState.DROPPED))
    old = DeliveryLine.updated_at < now - timedelta(days=done_days)
    dead = (DeliveryLine.state == DeliveryState.DEAD) & (DeliveryLine.updated_at < now - timedelta(days=dead_days))
    gone = await db.execute(delete(DeliveryLine).where(or_(done & old, dead)))
    return gone.rowcount if isinstance(gone, CursorResult) else 0


async def is_behind(db: AsyncConnection) -> bool:
    """Whether there are events that are in no queue yet."""
    newest = select(func.max(EventLine.number)).scalar_subquery()
    query = select(WebhookLine.id).where(WebhookLine.disabled_at.is_(None), WebhookLine.upto < newest)
    return await db.scalar(query.limit(1)) is not None


async def waiting(db: AsyncConnection) -> list[int]:
    """The addresses that are on and for which something waits."""
    waits = select(DeliveryLine.id).where(
        DeliveryLine.webhook_id == WebhookLine.id, DeliveryLine.state == DeliveryState.WAITING
    )
    query = select(WebhookLine.id).where(WebhookLine.disabled_at.is_(None), waits.exists())
    return list(await db.scalars(query.order_by(WebhookLine.id)))


def _is_wanted(event: StoredEvent, webhook_id: int, kinds: Sequence[str]) -> bool:
    if event.kind.startswith(_OWN):
        return event.kind == TEST and event.data.get("webhook_id") == webhook_id
    if not kinds:
        return True
    return any(event.kind == kind or (kind.endswith(".*") and event.kind.startswith(kind[:-1])) for kind in kinds)


def _queued(event: StoredEvent, webhook_id: int, customers: Mapping[int, int], now: datetime) -> dict[str, object]:
    chat = event.conversation_id
    customer = None if chat is None else customers.get(chat)
    own = TESTS if event.kind == TEST else "none" if chat is None else f"conversation:{chat}"
    return {
        "webhook_id": webhook_id,
        "event_number": event.number,
        "order_key": own if customer is None else f"customer:{customer}",
        "state": DeliveryState.WAITING,
        "attempts": 0,
        "next_at": now,
        "last_status": None,
        "last_error": None,
        "made_at": now,
        "updated_at": now,
    }


async def _customers(db: AsyncConnection, conversation_ids: Collection[int]) -> dict[int, int]:
    """Whose conversations these are, as of now; groups are nobody's."""
    if not conversation_ids:
        return {}
    merged = await people.merges(db)
    query = select(Conversation.id, Conversation.customer_id).where(Conversation.id.in_(list(conversation_ids)))
    found = (await db.execute(query.where(Conversation.customer_id.is_not(None)))).all()
    return {line.id: people.person_of(line.customer_id, merged) for line in found}


async def _events(db: AsyncConnection, numbers: Sequence[int]) -> dict[int, StoredEvent]:
    query = select(*EventLine.__table__.columns).where(EventLine.number.in_(list(numbers)))
    found = [StoredEvent.model_validate(line._asdict()) for line in await db.execute(query)]
    return {event.number: event for event in found}


def _outgoing(line: Line[*tuple[Any, ...]], event: StoredEvent | None, customers: Mapping[int, int]) -> Outgoing:
    chat = event.conversation_id if event else None
    return Outgoing(
        id=line.id,
        balcao_id=_balcao_id(line),
        webhook_id=line.webhook_id,
        order_key=line.order_key,
        attempts=line.attempts,
        url=line.url,
        secret=line.secret,
        event=event,
        customer_id=None if chat is None else customers.get(chat),
    )


def _delivery(line: Line[*tuple[Any, ...]]) -> Delivery:
    values = {name: value for name, value in line._asdict().items() if name != "order_key"}
    return Delivery(balcao_id=_balcao_id(line), **values)


def _balcao_id(line: Line[*tuple[Any, ...]]) -> str:
    """The time is part of it: numbers begin again where an older backup was restored."""
    return f"{line.webhook_id}-{line.event_number}-{int(line.made_at.timestamp() * 1000):x}"
