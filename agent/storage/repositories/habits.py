"""How people like their work: the card's looks, and the replies that they use."""

from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from agent.storage.tables.habits import Habit, ReplyUse


async def count_reply(db: AsyncConnection, reply_id: str, now: datetime) -> None:
    """One use more."""
    this = ReplyUse.reply_id == reply_id
    if await db.scalar(select(ReplyUse.uses).where(this)) is None:
        await db.execute(insert(ReplyUse).values(reply_id=reply_id, uses=1, used_at=now))
    else:
        await db.execute(update(ReplyUse).where(this).values(uses=ReplyUse.uses + 1, used_at=now))


async def reply_uses(db: AsyncConnection) -> dict[str, int]:
    """Uses by reply id."""
    found = await db.execute(select(ReplyUse.reply_id, ReplyUse.uses))
    return {line.reply_id: line.uses for line in found}


async def keep_preferences(
    db: AsyncConnection, session: str, attendant: str, preferences: dict[str, Any], now: datetime
) -> None:
    """In the place of those before."""
    one = (Habit.session == session) & (Habit.attendant == attendant)
    kept = await db.execute(update(Habit).where(one).values(preferences=preferences, updated_at=now))
    if kept.rowcount == 0:
        await db.execute(
            insert(Habit).values(session=session, attendant=attendant, preferences=preferences, updated_at=now)
        )


async def preferences(db: AsyncConnection, session: str, attendant: str) -> dict[str, Any] | None:
    """As they were kept; None where this person never said so."""
    one = (Habit.session == session) & (Habit.attendant == attendant)
    found: dict[str, Any] | None = await db.scalar(select(Habit.preferences).where(one))
    return found
