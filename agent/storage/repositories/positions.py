"""Finds or makes room in a conversation's order; ``agent.storage.placing`` says how the order is thought of."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import and_, bindparam, case, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from agent.contract.rows import Change, Row
from agent.storage.placing import GAP, Run, redealt, runs, spread
from agent.storage.repositories.messages import Held
from agent.storage.tables import Message


class Ends(NamedTuple):
    """First and last position of a conversation; None when it has no message."""

    first: int | None
    last: int | None


async def assign(
    db: AsyncConnection,
    conversation_id: int,
    ends: Ends,
    order: Sequence[str],
    known: Mapping[str, int],
    fresh: Mapping[str, Held],
) -> dict[str, int]:
    """A position for every ``fresh`` message, in the page's ``order``. May move known messages."""
    places = dict(known)
    if moved := redealt(order, places):
        await _write(db, conversation_id, moved)
        places |= moved
    for run in runs(order, known, fresh):
        places |= await _fit(db, conversation_id, ends, run, places, fresh)
    return {wa_id: places[wa_id] for wa_id in fresh}


async def _fit(
    db: AsyncConnection,
    conversation_id: int,
    ends: Ends,
    run: Run,
    places: Mapping[str, int],
    fresh: Mapping[str, Held],
) -> dict[str, int]:
    """Positions for one run, and for the known rows that had to make room."""
    above = None if run.above is None else places[run.above]
    below = None if run.below is None else places[run.below]
    left: int | None
    right: int | None
    if above is not None:
        left, right = above, None if above == ends.last else await _after(db, conversation_id, above)
    elif below is not None:
        left, right = None if below == ends.first else await _before(db, conversation_id, below), below
    else:
        return await _apart(db, conversation_id, ends, run.ids, fresh)
    shifted = {}
    free = spread(len(run.ids), left, right, from_below=above is None)
    if free is None and right is not None:
        await _shift(db, conversation_id, right, GAP)
        shifted = {wa_id: position + GAP for wa_id, position in places.items() if position >= right}
        free = spread(len(run.ids), left, right + GAP, from_below=above is None)
    return shifted | dict(zip(run.ids, free or (), strict=True))


async def _apart(
    db: AsyncConnection, conversation_id: int, ends: Ends, ids: Sequence[str], fresh: Mapping[str, Held]
) -> dict[str, int]:
    """Positions for a window that shows no known row: by the clock where there is one, else at the newer end."""
    if ends.first is None or ends.last is None:
        return dict(zip(ids, range(len(ids)), strict=True))
    earlier, later = await _around(db, conversation_id, [fresh[wa_id].row for wa_id in ids])
    if earlier is None and later is None:
        is_history = all(fresh[wa_id].origin is Change.HISTORY for wa_id in ids)
        earlier, later = (None, ends.first) if is_history else (ends.last, None)
    if earlier is None and later is not None:
        earlier = await _before(db, conversation_id, later)
    elif earlier is not None:
        later = await _after(db, conversation_id, earlier)
    if earlier is None:
        start = (later or 0) - GAP - len(ids)
    else:
        start = earlier + GAP
        if later is not None:
            await _shift(db, conversation_id, later, 2 * GAP + len(ids))
    return dict(zip(ids, range(start, start + len(ids)), strict=True))


async def _around(db: AsyncConnection, conversation_id: int, rows: Sequence[Row]) -> tuple[int | None, int | None]:
    """Positions of the last message not later, and of the first one later, than the rows' own clock."""
    clock = next(((row.date, row.time) for row in rows if row.date and row.time), None)
    if clock is None:
        return None, None
    date, time = clock
    not_later = or_(Message.page_date < date, and_(Message.page_date == date, Message.page_time <= time))
    query = select(func.max(case((not_later, Message.position))), func.min(case((~not_later, Message.position)))).where(
        Message.conversation_id == conversation_id, Message.page_date.is_not(None), Message.page_time.is_not(None)
    )
    earlier, later = (await db.execute(query)).one()
    return earlier, later


async def _after(db: AsyncConnection, conversation_id: int, position: int) -> int | None:
    query = select(func.min(Message.position)).where(
        Message.conversation_id == conversation_id, Message.position > position
    )
    return await db.scalar(query)


async def _before(db: AsyncConnection, conversation_id: int, position: int) -> int | None:
    query = select(func.max(Message.position)).where(
        Message.conversation_id == conversation_id, Message.position < position
    )
    return await db.scalar(query)


async def _shift(db: AsyncConnection, conversation_id: int, start: int, by: int) -> None:
    query = update(Message).where(Message.conversation_id == conversation_id, Message.position >= start)
    await db.execute(query.values(position=Message.position + by))


async def _write(db: AsyncConnection, conversation_id: int, moved: Mapping[str, int]) -> None:
    query = (
        update(Message)
        .where(Message.conversation_id == conversation_id, Message.wa_id == bindparam("known_id"))
        .values(position=bindparam("new_position"))
    )
    await db.execute(query, [{"known_id": wa_id, "new_position": position} for wa_id, position in moved.items()])
