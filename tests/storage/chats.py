"""Says in one line what the page shows, and what the database holds."""

from typing import Any

from sqlalchemy import select

from agent.contract.rows import Change, Direction, Kind, OpenChat, Row, RowChange
from agent.contract.stored import RowBatch
from agent.storage.store import SqlStore
from agent.storage.tables import Base, Message

SEEN_MS = 1_790_000_000_000.0


def row(wa_id: str, text: str | None = None, **seen: Any) -> Row:
    """A customer's text, unless ``seen`` says otherwise; ``me=True``: ours."""
    direction = Direction.OUT if seen.pop("me", False) else Direction.IN
    return Row(id=wa_id, text=text, **{"kind": Kind.TEXT, "direction": direction} | seen)


def shows(
    *rows: Row,
    change: Change = Change.NEW,
    window: str | list[str] | None = None,
    title: str = "Maria",
    group: bool = False,
    phone: str | None = None,
    session: str = "loja",
    zone: str | None = None,
) -> RowBatch:
    """The page shows these rows as changed. ``window``: all ids on the page, as "A B C"; the rows' own otherwise."""
    ids = window.split() if isinstance(window, str) else window
    return RowBatch(
        session=session,
        chat=OpenChat(token=1, title=title, is_group=group, phone=phone),
        changes=tuple(RowChange(change=change, row=r, seen_ms=SEEN_MS) for r in rows),
        window=tuple(ids if ids is not None else [r.id for r in rows]),
        zone=zone,
    )


async def table(store: SqlStore, name: str, *leave_out: str) -> list[dict[str, Any]]:
    """All lines of a table, without the columns left out."""
    lines = Base.metadata.tables[name]
    async with store._database.engine.connect() as db:
        found = await db.execute(select(lines).order_by(*lines.primary_key.columns))
        return [{k: v for k, v in line._asdict().items() if k not in leave_out} for line in found]


async def order(store: SqlStore, conversation_id: int) -> str:
    """Ids of a conversation's messages in the order of the chat: "A B C"."""
    query = select(Message.wa_id).where(Message.conversation_id == conversation_id).order_by(Message.position)
    async with store._database.engine.connect() as db:
        return " ".join(await db.scalars(query))


async def kinds_of_events(store: SqlStore) -> list[str]:
    return [event.kind for event in await store.events_after(0, limit=10_000)]
