"""The triage list: one line for each row of the chat list."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import insert, select, update
from sqlalchemy.engine import Row as Line
from sqlalchemy.ext.asyncio import AsyncConnection

from agent.contract.rows import ChatPreview
from agent.contract.triage import ListedChat as Chat
from agent.contract.triage import Mood
from agent.core.moments import moment
from agent.storage.repositories.events import Told
from agent.storage.tables import ListedChat

_PREVIEW = ("title", "unread", "last_text", "last_author", "last_direction", "last_time", "last_clock", "last_date")


async def keep(db: AsyncConnection, session: str, chats: Sequence[Chat], zone: str | None, now: datetime) -> list[Told]:
    """Store what the list shows; tells of those that begin to wait, and of those that do not wait any more."""
    titles = {chat.preview.title for chat in chats}
    query = select(*ListedChat.__table__.columns).where(ListedChat.session == session, ListedChat.title.in_(titles))
    known = {(line.title, line.twin): line for line in await db.execute(query)}
    told: list[Told] = []
    for chat in chats:
        line = known.get((chat.preview.title, chat.twin))
        values = {
            **chat.preview.model_dump(include=set(_PREVIEW)),
            **(chat.mood.model_dump() if chat.mood else dict.fromkeys(Mood.model_fields)),
            "twin": chat.twin,
            "waits": chat.waits,
            "waits_since": _since(chat, line, zone, now),
            "seen_at": now,
        }
        if line is None:
            await db.execute(insert(ListedChat).values(session=session, **values))
        else:
            await db.execute(update(ListedChat).where(ListedChat.id == line.id).values(**values))
        if chat.waits is not (line is not None and line.waits):
            told.append(Told("chat.waits" if chat.waits else "chat.rests", None, None, {"unread": chat.preview.unread}))
    return told


def _since(chat: Chat, line: Line[*tuple[object, ...]] | None, zone: str | None, now: datetime) -> datetime | None:
    """When the wait began: as it was seen; as an earlier run knew it, if nothing was said since; as the clock says."""
    if not chat.waits or chat.waits_since is not None:
        return chat.waits_since
    if line is not None and line.waits and line.last_text == chat.preview.last_text:
        since: datetime | None = line.waits_since
        return since
    return moment(chat.preview.last_date, chat.preview.last_clock, zone, now)


async def all_of(db: AsyncConnection, session: str) -> list[Chat]:
    """Every chat of a session: those that wait first, the longest wait first."""
    query = select(*ListedChat.__table__.columns).where(ListedChat.session == session)
    ordered = query.order_by(
        ListedChat.waits.desc(), ListedChat.waits_since.is_(None), ListedChat.waits_since, ListedChat.id
    )
    return [_chat(line) for line in await db.execute(ordered)]


def _chat(line: Line[*tuple[object, ...]]) -> Chat:
    said = line._asdict()
    understood = {name: said[name] for name in Mood.model_fields}
    return Chat(
        preview=ChatPreview(**{name: said[name] for name in _PREVIEW}),
        twin=said["twin"],
        waits=said["waits"],
        waits_since=said["waits_since"],
        mood=None if said["intent"] is None else Mood(**understood),
    )
