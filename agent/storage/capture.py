"""One batch of rows into the database, inside one open transaction."""

import math
from collections.abc import Mapping
from datetime import UTC, datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from agent.contract.rows import Change, RowChange
from agent.contract.stored import RowBatch, SavedBatch
from agent.storage.merging import changed, first_state, merge, next_state
from agent.storage.placing import chat_order
from agent.storage.repositories import conversations, events, messages, positions
from agent.storage.repositories.events import Told
from agent.storage.repositories.messages import Held, Place

_FIRST_READ = {Change.BASELINE: Change.BASELINE, Change.HISTORY: Change.HISTORY}
"""How a message counts as first read. An unknown row that the page calls edited or settled is new to us."""


async def save(db: AsyncConnection, batch: RowBatch, now: datetime) -> SavedBatch:
    """Store the changed rows of one opening of a chat, and the events that tell of them."""
    order = chat_order(batch.window, batch.changes)
    known = await messages.places(db, batch.session, order)
    rows = [change.row for change in batch.changes]
    conversation = await conversations.resolve(db, batch.session, batch.chat, known, rows, now)

    before = {}
    if again := [known[row.id].id for row in rows if row.id in known]:
        before = await messages.in_full(db, again)
    held, by = _read(batch.changes, before, now)

    fresh = {wa_id: held[wa_id] for wa_id in order if wa_id in held and wa_id not in before}
    ids = {wa_id: place.id for wa_id, place in known.items()}
    if fresh:
        own = {wa_id: place.position for wa_id, place in known.items() if place.conversation_id == conversation.id}
        places = await positions.assign(db, conversation.id, conversation.ends, order, own, fresh)
        new = [(message, places[wa_id]) for wa_id, message in fresh.items()]
        ids |= dict(zip(fresh, await messages.add(db, batch.session, conversation.id, new, now), strict=True))

    better = {wa_id: held[wa_id] for wa_id in before if held[wa_id] != before[wa_id]}
    if better:
        await messages.improve(db, {ids[wa_id]: message for wa_id, message in better.items()}, now)
    telling = {wa_id: fields for wa_id in better if (fields := changed(before[wa_id].row, held[wa_id].row))}

    told = [_captured(ids[wa_id], conversation.id, message) for wa_id, message in fresh.items()]
    told += [_edited(known[wa_id], held[wa_id], fields, by[wa_id]) for wa_id, fields in telling.items()]
    await events.append(db, told, now)
    title = conversation.title
    return SavedBatch(
        conversation_id=conversation.id,
        inserted=tuple(messages.stored(ids[w], conversation.id, title, message) for w, message in fresh.items()),
        updated=tuple(await messages.by_id(db, [ids[w] for w in telling]) if telling else ()),
        ids=ids,
    )


def _read(
    changes: tuple[RowChange, ...], before: Mapping[str, Held], now: datetime
) -> tuple[dict[str, Held], dict[str, Change]]:
    """Every message of the batch after all its changes, and the last kind of change of each."""
    held = dict(before)
    by: dict[str, Change] = {}
    for change in changes:
        row = change.row
        by[row.id] = change.change
        if (known := held.get(row.id)) is None:
            origin = _FIRST_READ.get(change.change, Change.NEW)
            held[row.id] = Held(row, first_state(row), origin, _moment(change.seen_ms, now))
        else:
            merged = merge(known.row, row)
            state = next_state(known.state, known.row, merged)
            held[row.id] = Held(merged, state, known.origin, known.first_seen)
    return held, by


def _moment(ms: float, now: datetime) -> datetime:
    """The page's clock, or ours where it says something that is no moment."""
    if not math.isfinite(ms):
        return now
    try:
        return datetime.fromtimestamp(ms / 1000, UTC)
    except (OverflowError, ValueError, OSError):
        return now


def _captured(message_id: int, conversation_id: int, message: Held) -> Told:
    row = message.row
    data: dict[str, object] = {
        "origin": message.origin.value,
        "kind": row.kind.value,
        "direction": row.direction.value,
        "state": message.state.value,
    }
    return Told("message.captured", conversation_id, message_id, data)


def _edited(place: Place, message: Held, fields: list[str], by: Change) -> Told:
    row = message.row
    data: dict[str, object] = {"status": row.status.value if row.status else None}
    if fields == ["status"]:
        return Told("message.status", place.conversation_id, place.id, data)
    data |= {"kind": row.kind.value, "fields": fields, "change": by.value, "state": message.state.value}
    return Told("message.edited", place.conversation_id, place.id, data)
