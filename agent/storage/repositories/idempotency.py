"""Writes that were made with an idempotency key, and what they were answered."""

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
    )
    query = select(*shown).where(IdempotentAnswer.actor == actor, IdempotentAnswer.key == key)
    return Known(*(await db.execute(query)).one())


async def finish(
    db: AsyncConnection, actor: str, key: str, status: int, media_type: str | None, body: str | None
) -> None:
    """Keep the answer."""
    mine = (IdempotentAnswer.actor == actor, IdempotentAnswer.key == key)
    values = {"status": status, "media_type": media_type, "body": body}
    await db.execute(update(IdempotentAnswer).where(*mine).values(values))


async def give_up(db: AsyncConnection, actor: str, key: str) -> None:
    """Nothing was changed: the key may be used again."""
    mine = (IdempotentAnswer.actor == actor, IdempotentAnswer.key == key)
    await db.execute(delete(IdempotentAnswer).where(*mine))
