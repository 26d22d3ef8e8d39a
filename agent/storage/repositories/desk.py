"""Conversations as people see them: who spoke last, who waits, who looks after them, and what came of them.

The list goes by the last message, which is found in the index of a conversation's order: a jump for each conversation,
however long it is. Its pages are cut as the list stood when the first of them was read (messages have rising numbers),
so that a conversation in which something comes in meanwhile is neither left out nor shown twice.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, insert, literal, not_, or_, select, update
from sqlalchemy.engine import Row as Line
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import aliased

from agent.contract.desk import (
    ConversationChange,
    ConversationLine,
    ConversationOutcome,
    ConversationPage,
    ConversationQuery,
    ConversationStatus,
    LastMessage,
)
from agent.contract.rows import Change, Direction, Kind
from agent.errors import BadInput
from agent.storage.repositories import joining, naming, people, stages
from agent.storage.repositories.events import Told
from agent.storage.tables import (
    AiAnalysis,
    Conversation,
    ConversationDesk,
    CorrectedIntent,
    JoinedConversation,
    Message,
    User,
)

SILENT = (Kind.SYSTEM, Kind.CALL, Kind.DELETED)
"""Rows that neither ask nor answer."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_NOBODY = 0
_MOST_IDS = 10_000
"""So many conversations of a title are looked at, the newest."""


class _Place(NamedTuple):
    """Where a page ended, in the list as it was when the first page was read."""

    last_message: int
    last_conversation: int
    micros: int
    conversation_id: int


async def page(db: AsyncConnection, query: ConversationQuery) -> ConversationPage:
    """A page of the conversations, the one with the newest message first. ``BadInput``: a cursor of none."""
    after = _place(query.cursor)
    ends = (after.last_message, after.last_conversation) if after else await _ends(db)
    wanted = listing(*ends).where(*_filters(query))
    if query.title is not None:
        ids = sorted(await naming.chats(db, query.title), reverse=True)[:_MOST_IDS]
        wanted = wanted.where(Conversation.id.in_(ids))
    if after is not None:
        at = _EPOCH + timedelta(microseconds=after.micros)
        wanted = wanted.where(or_(_active < at, and_(_active == at, Conversation.id < after.conversation_id)))
    found = (await db.execute(wanted.limit(query.limit + 1))).all()
    shown, more = found[: query.limit], None
    if len(found) > query.limit:
        micros = (shown[-1].active_at - _EPOCH) // timedelta(microseconds=1)
        more = ".".join(f"{number:x}" for number in _Place(*ends, micros, shown[-1].id))
    return ConversationPage(items=await lines(db, [line.id for line in shown]), cursor=more)


def listing(last_message: int, last_conversation: int) -> Select[*tuple[Any, ...]]:
    """Ids and moments of all conversations as they stood when these two were the last, the newest message first."""
    said = _last_said(literal(last_message))
    return (
        select(Conversation.id, _active.label("active_at"))
        .outerjoin(Message, Message.id == said)
        .outerjoin(ConversationDesk, ConversationDesk.conversation_id == Conversation.id)
        .where(Conversation.id <= last_conversation, ~_IS_SIGNPOST)
        .order_by(_active.desc(), Conversation.id.desc())
    )


async def one(db: AsyncConnection, conversation_id: int) -> ConversationLine | None:
    """A conversation, or the one to which a person has joined it; None where there is none."""
    found = await lines(db, [await joining.followed(db, conversation_id)])
    return found[0] if found else None


async def lines(db: AsyncConnection, ids: Sequence[int]) -> tuple[ConversationLine, ...]:
    """Conversations in full, in the order of ``ids``."""
    merged = await people.merges(db)
    found = {line.id: line for line in await db.execute(_FULL.where(Conversation.id.in_(ids)))}
    waits = await _since(db, [number for number, line in found.items() if line.waits])
    return tuple(_line(found[number], merged, waits) for number in ids if number in found)


async def waiting(db: AsyncConnection) -> dict[int, datetime | None]:
    """All conversations in which the customer waits, and since when; None where the moment is not known."""
    ids = await db.scalars(_FULL.with_only_columns(Conversation.id).where(_WAITS, ~_IS_SIGNPOST))
    return await _since(db, ids.all())


async def change(
    db: AsyncConnection, conversation_id: int, wanted: ConversationChange, now: datetime
) -> tuple[int | None, list[Told]]:
    """Write what a person says of a conversation: its id, None where there is none, and what is to be told.

    Raises:
        BadInput: it is to be assigned to nobody who may sign in, or to stand in a stage that there is not.
    """
    live = await joining.followed(db, conversation_id)
    if await db.scalar(select(Conversation.id).where(Conversation.id == live)) is None:
        return None, []
    asked = wanted.model_dump(include=wanted.model_fields_set)
    values = {name: value for name, value in asked.items() if value is not None or name not in ("status", "outcome")}
    if (user := values.get("assigned_to")) is not None:
        known = select(User.id).where(User.id == user, User.disabled_at.is_(None))
        if await db.scalar(known) is None:
            raise BadInput(f"There is no user {user} who may sign in.", "Name one of the users.")
    if (stage := values.get("stage_id")) is not None:
        await stages.known(db, stage)
        if values.setdefault("outcome", ConversationOutcome.OPEN) is not ConversationOutcome.OPEN:
            raise BadInput("Only an open conversation stands in a stage.", "Leave out the stage, or the outcome.")
    elif values.get("outcome", ConversationOutcome.OPEN) is not ConversationOutcome.OPEN:
        values["stage_id"] = None
    columns = [ConversationDesk.__table__.columns[name] for name in ConversationChange.model_fields]
    here = ConversationDesk.conversation_id == live
    line = (await db.execute(select(*columns).where(here))).one_or_none()
    before = line._asdict() if line is not None else _FRESH
    if not (new := {name: value for name, value in values.items() if before[name] != value}):
        return live, []
    if "outcome" in new:
        values["decided_at"] = None if new["outcome"] is ConversationOutcome.OPEN else now
    if line is None:
        await db.execute(insert(ConversationDesk).values(conversation_id=live, updated_at=now, **_FRESH | values))
    else:
        await db.execute(update(ConversationDesk).where(here).values(updated_at=now, **values))
    data = {name: value.isoformat() if isinstance(value, datetime) else value for name, value in new.items()}
    return live, [Told("conversation.updated", live, None, data)]


async def _ends(db: AsyncConnection) -> tuple[int, int]:
    ends = select(select(func.max(Message.id)).scalar_subquery(), select(func.max(Conversation.id)).scalar_subquery())
    last_message, last_conversation = (await db.execute(ends)).one()
    return last_message or 0, last_conversation or 0


def _filters(query: ConversationQuery) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if query.status is not None:
        found.append(_status == query.status)
    if query.outcome is not None:
        found.append(_outcome == query.outcome)
    if query.stage is not None:
        stage = ConversationDesk.stage_id
        in_none = and_(stage.is_(None), _outcome == ConversationOutcome.OPEN)
        found.append(in_none if query.stage == _NOBODY else stage == query.stage)
    if query.assigned_to is not None:
        is_whose = ConversationDesk.assigned_to
        found.append(is_whose.is_(None) if query.assigned_to == _NOBODY else is_whose == query.assigned_to)
    if query.session is not None:
        found.append(Conversation.session == query.session)
    if query.waiting is not None:
        found.append(_WAITS if query.waiting else ~_WAITS)
    return found


async def _since(db: AsyncConnection, ids: Collection[int]) -> dict[int, datetime | None]:
    """For conversations in which the customer has spoken last, when they began to."""
    found: dict[int, datetime | None] = {}
    listed = list(ids)
    for at in range(0, len(listed), _CHUNK):
        query = select(Conversation.id, moment()).join(Message, Message.id == _FIRST_WAITING)
        lines = await db.execute(query.where(Conversation.id.in_(listed[at : at + _CHUNK])))
        found.update(dict(lines.all()))
    return found


_CHUNK = 500


def moment() -> ColumnElement[datetime | None]:
    """When a message was written; when it was seen, if it came while somebody looked; None where nobody knows."""
    return case((Message.sent_at.is_not(None), Message.sent_at), (Message.origin == Change.NEW, Message.first_seen))


def _last_said(end: ColumnElement[int]) -> ColumnElement[int]:
    said = aliased(Message)
    query = select(said.id).where(said.conversation_id == Conversation.id, said.kind.not_in(SILENT), said.id <= end)
    return _one_of(query.order_by(said.position.desc(), said.id.desc()))


def _one_of(query: Select[*tuple[Any, ...]]) -> ColumnElement[int]:
    return query.limit(1).correlate(Conversation).scalar_subquery()


def _place(cursor: str | None) -> _Place | None:
    if cursor is None:
        return None
    try:
        place = _Place(*(int(part, 16) for part in cursor.split(".")))
        _ = _EPOCH + timedelta(microseconds=place.micros)
    except (TypeError, ValueError, OverflowError):
        place = None
    if place is None or max(place) >= _END:
        raise BadInput("This is no place in this list.", "Begin again without a cursor.")
    return place


def _line(
    line: Line[*tuple[Any, ...]], merged: Mapping[int, int], waits: Mapping[int, datetime | None]
) -> ConversationLine:
    known = line._asdict()
    last = {name: known.pop(f"last_{name}") for name in LastMessage.model_fields}
    known["customer_id"] = line.customer_id and people.person_of(line.customer_id, merged)
    return ConversationLine(
        **known,
        last=None if last["message_id"] is None else LastMessage(**last),
        waits_since=waits.get(line.id),
    )


_END = 2**62
_FRESH: dict[str, Any] = {
    "status": ConversationStatus.OPEN,
    "outcome": ConversationOutcome.OPEN,
    "stage_id": None,
    "assigned_to": None,
    "follow_up_at": None,
}
"""How a conversation stands of which nobody has said anything."""

_IS_SIGNPOST = exists().where(JoinedConversation.conversation_id == Conversation.id)
_active = func.coalesce(Message.sent_at, Message.first_seen, Conversation.created_at)
_status = func.coalesce(ConversationDesk.status, literal(ConversationStatus.OPEN, ConversationDesk.status.type))
_outcome = func.coalesce(ConversationDesk.outcome, literal(ConversationOutcome.OPEN, ConversationDesk.outcome.type))
_spoke = func.coalesce(Message.direction, literal(Direction.UNKNOWN, Message.direction.type))
_WAITS = and_(
    ~Conversation.is_group,
    _spoke == Direction.IN,
    not_(and_(_status == ConversationStatus.CLOSED, ConversationDesk.updated_at >= Message.first_seen)),
)
"""Of a conversation with its last message."""

_FULL = (
    select(
        Conversation.id,
        Conversation.session,
        Conversation.title,
        Conversation.is_group,
        Conversation.phone,
        Conversation.customer_id,
        _status.label("status"),
        _outcome.label("outcome"),
        ConversationDesk.stage_id,
        ConversationDesk.assigned_to,
        User.name.label("attendant"),
        ConversationDesk.follow_up_at,
        ConversationDesk.decided_at,
        _active.label("active_at"),
        _WAITS.label("waits"),
        Message.id.label("last_message_id"),
        Message.direction.label("last_direction"),
        Message.kind.label("last_kind"),
        Message.text.label("last_text"),
        func.coalesce(Message.sent_at, Message.first_seen).label("last_at"),
        AiAnalysis.sentiment.label("last_sentiment"),
        func.coalesce(CorrectedIntent.intent, AiAnalysis.intent).label("last_intent"),
    )
    .select_from(Conversation)
    .outerjoin(Message, Message.id == _last_said(literal(_END)))
    .outerjoin(ConversationDesk, ConversationDesk.conversation_id == Conversation.id)
    .outerjoin(User, User.id == ConversationDesk.assigned_to)
    .outerjoin(AiAnalysis, AiAnalysis.message_id == Message.id)
    .outerjoin(CorrectedIntent, CorrectedIntent.message_id == Message.id)
)

_other, _begin = aliased(Message), aliased(Message)
_ENDED = _one_of(
    select(_other.position)
    .where(_other.conversation_id == Conversation.id, _other.kind.not_in(SILENT), _other.direction != Direction.IN)
    .order_by(_other.position.desc())
)
_FIRST_WAITING = _one_of(
    select(_begin.id)
    .where(
        _begin.conversation_id == Conversation.id,
        _begin.kind.not_in(SILENT),
        _begin.position > func.coalesce(_ENDED, -_END),
    )
    .order_by(_begin.position, _begin.id)
)
"""The first message that nobody has answered. A row of unknown direction ends the search: it may be our answer."""
