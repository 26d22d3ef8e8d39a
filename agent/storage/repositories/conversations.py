"""Which conversation an open chat is. The page shows no number and titles change, so that the messages decide."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    ScalarSelect,
    Select,
    and_,
    bindparam,
    case,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)
from sqlalchemy.engine import Row as Line
from sqlalchemy.ext.asyncio import AsyncConnection

from agent.contract.rows import OpenChat, Row
from agent.storage.phone import canonical
from agent.storage.repositories import customers, joining, people
from agent.storage.repositories.messages import Place
from agent.storage.repositories.positions import Ends
from agent.storage.tables import Conversation, Customer, Message


@dataclass(frozen=True, slots=True)
class Found:
    """A conversation, and the ends of what is stored of it."""

    id: int
    title: str
    is_group: bool
    phone: str | None
    customer_id: int | None
    ends: Ends


async def resolve(
    db: AsyncConnection,
    session: str,
    chat: OpenChat,
    known: Mapping[str, Place],
    rows: Sequence[Row],
    now: datetime,
) -> Found:
    """The conversation of an open chat, made if there is none, and brought up to date with the chat's title.

    In this order: most of the known messages shown belong to it (survives a rename, tells two contacts of one name
    apart) > phone number > title. The last two look only among groups for a group, and among the others for the rest.
    A title that several customers have leads to none of them: a chat too many can be joined by hand, two people's words
    in one are worse. ``rows`` are the rows just read: they can show that a conversation of the same title is another
    person's. What a person has said outranks all this: a conversation that was joined to another one leads to it.
    """
    phone = None if chat.is_group else canonical(chat.phone)
    found = await _by_messages(db, chat, known)
    if found is None and phone is not None:
        with_it = (await db.execute(_like(session, chat).where(Conversation.phone == phone))).all()
        found = next(iter(await _followed(db, with_it)), None)
    if found is None:
        found = await _by_title(db, session, chat, phone, rows)
    if found is None:
        return await _make(db, session, chat, phone, now)
    return await _brought_up_to_date(db, found, chat, phone)


async def _by_messages(db: AsyncConnection, chat: OpenChat, known: Mapping[str, Place]) -> Found | None:
    counted = Counter(place.conversation_id for place in known.values())
    most = [conversation_id for conversation_id, n in counted.items() if n == max(counted.values())]
    lines = (await db.execute(_BY_ID, {"ids": most})).all() if most else []
    found = [_found(line) for line in lines]
    return next((f for f in found if f.title == chat.title), found[0] if found else None)


async def _by_title(
    db: AsyncConnection, session: str, chat: OpenChat, phone: str | None, rows: Sequence[Row]
) -> Found | None:
    titled = (await db.execute(_like(session, chat).where(Conversation.title == chat.title))).all()
    fitting = [
        found
        for found in await _followed(db, titled)
        if not (phone is not None and await joining.numbers(db, found.id))  # another number is another person
        and not await _has_others_between(db, found.id, rows)
    ]
    if len(fitting) > 1 and rows and not chat.is_group:
        merged = await people.merges(db)
        if len({people.person_of(found.customer_id or 0, merged) for found in fitting}) > 1:
            return None
    return next(iter(fitting), None)


async def _followed(db: AsyncConnection, lines: Sequence[Line[*tuple[Any, ...]]]) -> list[Found]:
    """The conversations to which these lead, each once."""
    found = {}
    for line in lines:
        if (live := await joining.followed(db, line.id)) != line.id:
            line = (await db.execute(_BY_ID, {"ids": [live]})).one()  # noqa: PLW2901
        found[live] = _found(line)
    return list(found.values())


async def _has_others_between(db: AsyncConnection, conversation_id: int, rows: Sequence[Row]) -> bool:
    """Whether stored messages fall into the time that ``rows`` cover, though the page shows none of them.

    Then the page shows another chat of the same title. Minutes are all that the page tells: only what lies strictly
    between the first and the last row counts.
    """
    clocks = sorted((row.date, row.time) for row in rows if row.date and row.time)
    if not clocks:
        return False
    (first_date, first_time), (last_date, last_time) = clocks[0], clocks[-1]
    date, time = Message.page_date, Message.page_time
    query = select(Message.id).where(
        Message.conversation_id == conversation_id,
        or_(date > first_date, and_(date == first_date, time > first_time)),
        or_(date < last_date, and_(date == last_date, time < last_time)),
    )
    return await db.scalar(query.limit(1)) is not None


async def _make(db: AsyncConnection, session: str, chat: OpenChat, phone: str | None, now: datetime) -> Found:
    customer_id = None
    if not chat.is_group:
        customer = {"name": chat.title, "phone": phone, "created_at": now}
        customer_id = await db.scalar(insert(Customer).values(**customer).returning(Customer.id))
    identity = {"session": session, "title": chat.title, "is_group": chat.is_group, "phone": phone}
    query = insert(Conversation).values(customer_id=customer_id, created_at=now, **identity).returning(Conversation.id)
    made = (await db.execute(query)).scalar_one()
    return Found(made, chat.title, chat.is_group, phone, customer_id, Ends(None, None))


async def _brought_up_to_date(db: AsyncConnection, found: Found, chat: OpenChat, phone: str | None) -> Found:
    """Take over a new title, a phone number now known, and that a chat is a group (its signs are mounted late)."""
    is_group = found.is_group or chat.is_group
    if phone is not None and phone != found.phone and phone in await joining.numbers(db, found.id):
        phone = found.phone  # it is that of a conversation that was joined to this one, and goes with it
    newer = replace(
        found,
        title=chat.title,
        is_group=is_group,
        phone=None if is_group else phone or found.phone,
        customer_id=None if is_group else found.customer_id,
    )
    if newer == found:
        return found
    values = {"title": newer.title, "is_group": is_group, "phone": newer.phone, "customer_id": newer.customer_id}
    if newer.customer_id is None and found.customer_id is not None:
        await joining.release(db, found.customer_id)
    await db.execute(update(Conversation).where(Conversation.id == found.id).values(**values))
    if newer.customer_id is None and found.customer_id is not None:
        if not await customers.is_noted(db, found.customer_id):  # Else the line stays, for what people wrote there.
            await db.execute(delete(Customer).where(Customer.id == found.customer_id))
    elif newer.customer_id is not None:
        # A name that is not the title was given by a person, and stays.
        name = case((Customer.name == found.title, newer.title), else_=Customer.name)
        person = update(Customer).where(Customer.id == newer.customer_id)
        await db.execute(person.values(name=name, phone=newer.phone))
    return newer


def _end(which: Callable[..., ColumnElement[int]]) -> ScalarSelect[int]:
    query = select(which(Message.position)).where(Message.conversation_id == Conversation.id)
    return query.correlate(Conversation).scalar_subquery()


_SELECT = select(
    Conversation.id,
    Conversation.title,
    Conversation.is_group,
    Conversation.phone,
    Conversation.customer_id,
    _end(func.min).label("first"),
    _end(func.max).label("last"),
).order_by(Conversation.id.desc())
_BY_ID = _SELECT.where(Conversation.id.in_(bindparam("ids", expanding=True)))


def _like(session: str, chat: OpenChat) -> Select[*tuple[Any, ...]]:
    return _SELECT.where(Conversation.session == session, Conversation.is_group == chat.is_group)


def _found(line: Line[*tuple[Any, ...]]) -> Found:
    conversation_id, title, is_group, phone, customer_id, first, last = line
    return Found(conversation_id, title, is_group, phone, customer_id, Ends(first, last))
