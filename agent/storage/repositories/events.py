"""The numbered event log."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from agent.contract.stored import StoredEvent
from agent.storage.tables import EventLine


class Told(NamedTuple):
    """One event to be appended. ``data`` holds ids, labels and numbers; never the text of a message."""

    kind: str
    conversation_id: int | None
    message_id: int | None
    data: dict[str, object]


async def append(db: AsyncConnection, told: Sequence[Told], now: datetime) -> None:
    """Number the events and write them, in the transaction of what they tell."""
    if told:
        await db.execute(_APPEND, [{**event._asdict(), "at": now} for event in told])


async def after(db: AsyncConnection, number: int, limit: int) -> list[StoredEvent]:
    """Events with a larger number, in order."""
    query = select(*EventLine.__table__.columns).where(EventLine.number > number)
    found = await db.execute(query.order_by(EventLine.number).limit(limit))
    return [StoredEvent.model_validate(line._asdict()) for line in found]


_APPEND = insert(EventLine)
