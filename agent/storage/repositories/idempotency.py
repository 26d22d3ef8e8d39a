"""Writes that were made with an idempotency key, and what they were answered."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import delete, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import CursorResult
from sqlalchemy.ext.asyncio import AsyncConnection

from agent.storage.tables import IdempotentAnswer

KEPT = timedelta(hours=24)
GIVEN_UP = timedelta(minutes=10)
"""A write that has no answer after so long never gets one: the program ended in the middle of it."""


class Known(NamedTuple):
    """A write that was asked for before."""

    fingerprint: str
    status: int | None
    """None: it is still being worked on."""
    media_type: str | None
    body: str | None
    customers: list[int] | None
    """Whose data it was about."""
    forgotten: bool | None
    """Somebody was erased since, whom the answer may have held: only that it was done is known."""


async def begin(db: AsyncConnection, actor: str, key: str, fingerprint: str, now: datetime) -> Known | None:
    """Take the key; None where it is new, and what is known of it where it is not."""
    old = (IdempotentAnswer.at < now - KEPT) | (
        IdempotentAnswer.status.is_(None) & (IdempotentAnswer.at < now - GIVEN_UP)
    )
    await db.execute(delete(IdempotentAnswer).where(old))
    insert = postgresql.insert if db.dialect.name == "postgresql" else sqlite.insert
    values = {"actor": actor, "key": key, "fingerprint": fingerprint, "at": now}
    taken = await db.execute(insert(IdempotentAnswer).values(values).on_conflict_do_nothing())
    if isinstance(taken, CursorResult) and taken.rowcount:
        return None
    shown = (
        IdempotentAnswer.fingerprint,
        IdempotentAnswer.status,
        IdempotentAnswer.media_type,
        IdempotentAnswer.body,
        IdempotentAnswer.customers,
        IdempotentAnswer.forgotten,
    )
    query = select(*shown).where(IdempotentAnswer.actor == actor, IdempotentAnswer.key == key)
    return Known(*(await db.execute(query)).one())


async def finish(
    db: AsyncConnection,
    actor: str,
    key: str,
    status: int,
    media_type: str | None,
    body: str | None,
    customers: Collection[int],
) -> None:
    """Keep the answer; only that there was one, where somebody was erased meanwhile."""
    mine = (IdempotentAnswer.actor == actor, IdempotentAnswer.key == key)
    await db.execute(update(IdempotentAnswer).where(*mine).values(status=status))
    values = {"media_type": media_type, "body": body, "customers": sorted(customers)}
    await db.execute(update(IdempotentAnswer).where(*mine, IdempotentAnswer.forgotten.is_(None)).values(values))


async def forget(db: AsyncConnection) -> int:
    """Keep of no answer more than that it was given: each may hold anybody; how many."""
    nothing = {"media_type": None, "body": None, "customers": None, "forgotten": True}
    emptied = await db.execute(update(IdempotentAnswer).where(IdempotentAnswer.forgotten.is_(None)).values(nothing))
    return emptied.rowcount if isinstance(emptied, CursorResult) else 0


async def give_up(db: AsyncConnection, actor: str, key: str) -> None:
    """Nothing was changed: the key may be used again."""
    mine = (IdempotentAnswer.actor == actor, IdempotentAnswer.key == key)
    await db.execute(delete(IdempotentAnswer).where(*mine))
