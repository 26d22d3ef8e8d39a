"""The numbered event log."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from agent.contract.stored import StoredEvent
from agent.storage.tables import EventLine

APPENDED = "events were appended"
"""Key of a connection's ``info``: true while its transaction holds new events."""


class Told(NamedTuple):
    """One event to be appended. ``data`` holds ids, labels and numbers; never the text of a message."""

    kind: str
    conversation_id: int | None
    message_id: int | None
    data: dict[str, object]


async def append(db: AsyncConnection, told: Sequence[Told], now: datetime) -> None:
    """Number the events and write them, in the transaction of what they tell."""
    if told:
        db.info[APPENDED] = True
        await db.execute(_APPEND, [{**event._asdict(), "at": now} for event in told])


async def after(db: AsyncConnection, number: int, limit: int) -> list[StoredEvent]:
    """Events with a larger number, in order."""
    query = select(*EventLine.__table__.columns).where(EventLine.number > number)
    found = await db.execute(query.order_by(EventLine.number).limit(limit))
    return [StoredEvent.model_validate(line._asdict()) for line in found]


async def of_kinds(
    db: AsyncConnection, kinds: Sequence[str], above: int, before: int | None, limit: int
) -> list[StoredEvent]:
    """Events of these kinds with a number between two others, the newest first."""
    query = select(*EventLine.__table__.columns).where(EventLine.kind.in_(kinds), EventLine.number > above)
    if before is not None:
        query = query.where(EventLine.number < before)
    found = await db.execute(query.order_by(EventLine.number.desc()).limit(limit))
    return [StoredEvent.model_validate(line._asdict()) for line in found]


async def last(db: AsyncConnection) -> int:
    """The largest number; 0 when there is no event."""
    return await db.scalar(select(func.max(EventLine.number))) or 0


async def last_of(db: AsyncConnection, kind: str) -> datetime | None:
    """When there was last an event of this kind, UTC; None: never."""
    query = select(EventLine.at).where(EventLine.kind == kind).order_by(EventLine.number.desc()).limit(1)
    at: datetime | None = await db.scalar(query)
    return at


_APPEND = insert(EventLine)
