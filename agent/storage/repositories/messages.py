"""Messages: each stored once for its (session, wa_id)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.engine import Row as Line
from sqlalchemy.ext.asyncio import AsyncConnection

from agent.contract.rows import Change, Kind, Quote, Row
from agent.contract.stored import UNFINISHED, MessageState, StoredMessage
from agent.core.moments import moment
from agent.storage.folding import folded
from agent.storage.tables import Conversation, Message

API_SESSIONS = "api:"
"""Names of sessions begin so whose messages another system handed over: no profile can be called so."""


class Place(NamedTuple):
    """Where a known message stands."""

    id: int
    conversation_id: int
    position: int


@dataclass(frozen=True, slots=True)
class Held:
    """One message in full: known, or about to be stored."""

    row: Row
    state: MessageState
    origin: Change
    first_seen: datetime
    zone: str | None = None
    """The time zone of the row's clock."""

    @property
    def sent_at(self) -> datetime | None:
        """The moment of the row's clock."""
        return moment(self.row.date, self.row.time, self.zone, self.first_seen)


async def places(db: AsyncConnection, session: str, wa_ids: Collection[str]) -> dict[str, Place]:
    """Those of ``wa_ids`` that are known."""
    found = await db.execute(_PLACES, {"in_session": session, "wa_ids": wa_ids})
    return {wa_id: Place(*place) for wa_id, *place in found}


async def in_full(db: AsyncConnection, ids: Collection[int]) -> dict[str, Held]:
    """Messages by ``wa_id``."""
    query = select(*Message.__table__.columns).where(Message.id.in_(ids))
    return {m.wa_id: Held(_row(m), m.state, m.origin, m.first_seen, m.zone) for m in await db.execute(query)}


async def add(
    db: AsyncConnection, session: str, conversation_id: int, new: Sequence[tuple[Held, int]], now: datetime
) -> list[int]:
    """Insert messages, each with its position; their ids, in the order given."""
    values = [
        {
            **_columns(held, now),
            "session": session,
            "wa_id": held.row.id,
            "conversation_id": conversation_id,
            "position": position,
            "origin": held.origin,
            "first_seen": held.first_seen,
        }
        for held, position in new
    ]
    return list((await db.scalars(_ADD, values)).all())


async def improve(db: AsyncConnection, better: dict[int, Held], now: datetime) -> None:
    """Write what is now known of messages that were known before, by id."""
    values = [{**_columns(held, now), "known_id": message_id} for message_id, held in better.items()]
    names = [name for name in values[0] if name != "known_id"]
    query = update(Message).where(Message.id == bindparam("known_id")).values({name: bindparam(name) for name in names})
    await db.execute(query, values)


async def set_state(db: AsyncConnection, ids: Sequence[int], state: MessageState) -> None:
    """Move messages to a state."""
    await db.execute(update(Message).where(Message.id.in_(ids), Message.state != state).values(state=state))


async def by_id(db: AsyncConnection, ids: Collection[int]) -> list[StoredMessage]:
    """Messages by their id, in the order of their chats."""
    query = _STORED.where(Message.id.in_(ids)).order_by(Message.conversation_id, Message.position)
    return [_message(line) for line in await db.execute(query)]


async def unfinished(db: AsyncConnection, session: str, limit: int) -> list[StoredMessage]:
    """Neither complete nor failed, oldest first."""
    query = (
        _STORED.where(Message.session == session, Message.state.in_(UNFINISHED))
        .order_by(Message.first_seen, Message.id)
        .limit(limit)
    )
    return [_message(line) for line in await db.execute(query)]


async def handed_over(db: AsyncConnection, limit: int) -> list[StoredMessage]:
    """Neither complete nor failed, of the sessions that other systems write to; oldest first."""
    of_api = select(Conversation.session).where(Conversation.session.like(f"{API_SESSIONS}%"))
    waiting = _STORED.where(Message.session.in_(of_api.distinct()), Message.state.in_(UNFINISHED))
    lines = await db.execute(waiting.order_by(Message.first_seen, Message.id).limit(limit))
    return [_message(line) for line in lines]


async def recent(db: AsyncConnection, conversation_id: int, limit: int) -> list[StoredMessage]:
    """The last messages of a conversation but system rows, oldest first."""
    query = (
        _STORED.where(Message.conversation_id == conversation_id, Message.kind != Kind.SYSTEM)
        .order_by(Message.position.desc(), Message.id.desc())
        .limit(limit)
    )
    return [_message(line) for line in await db.execute(query)][::-1]


def stored(message_id: int, conversation_id: int, title: str, held: Held) -> StoredMessage:
    """A message as it stands in the database after this transaction."""
    row = held.row
    return StoredMessage(
        id=message_id,
        wa_id=row.id,
        conversation_id=conversation_id,
        chat_title=title,
        direction=row.direction,
        kind=row.kind,
        author=row.author,
        text=row.text,
        state=held.state,
        origin=held.origin,
        first_seen=held.first_seen,
        sent_at=held.sent_at,
    )


_STORED = select(
    Message.id,
    Message.wa_id,
    Message.conversation_id,
    Conversation.title.label("chat_title"),
    Message.direction,
    Message.kind,
    Message.author,
    Message.text,
    Message.state,
    Message.origin,
    Message.first_seen,
    Message.sent_at,
).join(Conversation)


# Built once: building a statement takes longer than running it, and these two run at every save.
_PLACES = select(Message.wa_id, Message.id, Message.conversation_id, Message.position).where(
    Message.session == bindparam("in_session"), Message.wa_id.in_(bindparam("wa_ids", expanding=True))
)
_ADD = insert(Message).returning(Message.id, sort_by_parameter_order=True)


def _message(line: Line[*tuple[Any, ...]]) -> StoredMessage:
    return StoredMessage.model_validate(line._asdict())


def _columns(held: Held, now: datetime) -> dict[str, object]:
    row = held.row
    return {
        "kind": row.kind,
        "direction": row.direction,
        "author": row.author,
        "text": row.text,
        "folded": None if row.kind is Kind.SYSTEM else folded(row.text),
        "truncated": row.truncated,
        "page_time": row.time,
        "page_date": row.date,
        "zone": held.zone,
        "sent_at": held.sent_at,
        "reactions": list(row.reactions),
        "status": row.status,
        "quoted_author": row.quoted.author if row.quoted else None,
        "quoted_text": row.quoted.text if row.quoted else None,
        "edited": row.edited,
        "forwarded": row.forwarded,
        "state": held.state,
        "updated_at": now,
    }


def _row(line: Line[*tuple[Any, ...]]) -> Row:
    quoted = Quote(author=line.quoted_author, text=line.quoted_text)
    return Row(
        id=line.wa_id,
        kind=line.kind,
        direction=line.direction,
        author=line.author,
        text=line.text,
        time=line.page_time,
        date=line.page_date,
        status=line.status,
        quoted=quoted if quoted.author or quoted.text else None,
        edited=line.edited,
        forwarded=line.forwarded,
        truncated=line.truncated,
        reactions=tuple(line.reactions),
    )
