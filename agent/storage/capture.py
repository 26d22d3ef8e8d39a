"""One batch of rows into the database, inside one open transaction."""

import math
from collections.abc import Mapping
from datetime import UTC, datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from agent.contract.rows import Change, Kind, Row
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
    held = _read(batch, before, now)

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
    telling = {wa_id: fields for wa_id in better if (fields := set(changed(before[wa_id].row, held[wa_id].row)))}

    told = [_captured(ids[wa_id], conversation.id, message) for wa_id, message in fresh.items()]
    told += [event for wa_id, fields in telling.items() for event in _changed(known[wa_id], held[wa_id], fields)]
    await events.append(db, told, now)
    said = [ids[wa_id] for wa_id, fields in telling.items() if fields != {"reactions"}]
    title = conversation.title
    return SavedBatch(
        conversation_id=conversation.id,
        inserted=tuple(messages.stored(ids[w], conversation.id, title, message) for w, message in fresh.items()),
        updated=tuple(await messages.by_id(db, said) if said else ()),
        ids=ids,
    )


def _read(batch: RowBatch, before: Mapping[str, Held], now: datetime) -> dict[str, Held]:
    """Every message of the batch after all its changes."""
    held = dict(before)
    for change in batch.changes:
        row = change.row
        if (known := held.get(row.id)) is None:
            origin = _FIRST_READ.get(change.change, Change.NEW)
            held[row.id] = Held(row, first_state(row), origin, _moment(change.seen_ms, now), batch.zone)
        else:
            merged = merge(known.row, row, change.change)
            state = next_state(known.state, known.row, merged)
            held[row.id] = Held(merged, state, known.origin, known.first_seen, _zone(known, row, batch.zone))
    return held


def _zone(known: Held, row: Row, zone: str | None) -> str | None:
    """A message that was stored without its zone has the one in which the page still shows the same clock."""
    same = (known.row.date or row.date, known.row.time or row.time) == (row.date, row.time)
    return known.zone or (zone if same else None)


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


def _changed(place: Place, message: Held, fields: set[str]) -> list[Told]:
    """One event for each thing that happened to a known message."""
    row = message.row
    happened: list[tuple[str, dict[str, object]]] = []
    said = sorted(fields - {"status", "reactions"})
    if row.kind is Kind.DELETED and "kind" in fields:
        happened.append(("message.deleted", {"state": message.state.value}))
    elif said:
        happened.append(("message.edited", {"kind": row.kind.value, "fields": said, "state": message.state.value}))
    if "status" in fields:
        happened.append(("message.status", {"status": row.status.value if row.status else None}))
    if "reactions" in fields:
        happened.append(("message.reacted", {"reactions": list(row.reactions)}))
    return [Told(kind, place.conversation_id, place.id, data) for kind, data in happened]
