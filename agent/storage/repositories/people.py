"""Who the customers are. A customer is one line and all the lines that a person has merged into it."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.engine import Row as Line
from sqlalchemy.ext.asyncio import AsyncConnection

from agent.contract.people import Chat, Person, Said
from agent.storage.phone import canonical
from agent.storage.tables import Conversation, CorrectedIntent, Customer, JoinedConversation, MergedCustomer, Message

Merges = Mapping[int, int]
"""Customer -> the one that a person has merged it into. Made by hand, so that there are few."""


async def merges(db: AsyncConnection) -> dict[int, int]:
    """All that were ever merged and not taken back."""
    found = await db.execute(select(MergedCustomer.customer_id, MergedCustomer.into_id))
    return {line.customer_id: line.into_id for line in found}


def person_of(customer_id: int, merged: Merges) -> int:
    """The customer that a customer is now."""
    while customer_id in merged:
        customer_id = merged[customer_id]
    return customer_id


def family(customer_id: int, merged: Merges) -> set[int]:
    """A customer and all that were merged into it, directly or not."""
    found, grown = set[int](), {customer_id}
    while grown:
        found |= grown
        grown = {one for one, into in merged.items() if into in grown}
    return found


async def listed(db: AsyncConnection) -> list[Person]:
    """Every customer, the last one who wrote first."""
    merged = await merges(db)
    people = _people((await db.execute(_LINES)).all(), merged)
    return sorted(people, key=lambda one: (one.last_seen or one.since, one.id), reverse=True)


async def find(db: AsyncConnection, wanted: str) -> list[Person]:
    """Customers of this number, this name, or this phone number; names are compared without case."""
    who = [
        func.lower(Customer.name) == wanted.strip().lower(),
        func.lower(Conversation.title) == wanted.strip().lower(),
    ]
    if (phone := canonical(wanted)) is not None:
        who += [Customer.phone == phone, Conversation.phone == phone]
    if wanted.strip().isdecimal() and len(wanted.strip()) <= 9:
        who.append(Customer.id == int(wanted))
    merged = await merges(db)
    found = await db.scalars(select(Customer.id).outerjoin(Conversation).where(or_(*who)))
    ids = {one for found_id in found for one in family(person_of(found_id, merged), merged)}
    return _people((await db.execute(_LINES.where(Customer.id.in_(ids)))).all(), merged)


async def those(db: AsyncConnection, customer_ids: Iterable[int]) -> list[Person]:
    """Customers by their numbers; what a merged one's number leads to."""
    merged = await merges(db)
    ids = {one for number in customer_ids for one in family(person_of(number, merged), merged)}
    return _people((await db.execute(_LINES.where(Customer.id.in_(ids)))).all(), merged)


async def is_group(db: AsyncConnection, title: str) -> bool:
    """Whether a group is called so; compared without case."""
    query = select(Conversation.id).where(
        Conversation.is_group, func.lower(Conversation.title) == title.strip().lower()
    )
    return await db.scalar(query.limit(1)) is not None


async def said(db: AsyncConnection, customer_id: int, last: int) -> list[Said]:
    """The ``last`` messages of each of a customer's chats, in the order of the chats."""
    ids = family(customer_id, await merges(db))
    found: list[Said] = []
    query = select(Conversation.id).where(Conversation.customer_id.in_(ids)).order_by(Conversation.id)
    for conversation_id in (await db.scalars(query)).all():
        lines = await db.execute(
            select(
                Message.id,
                Message.conversation_id,
                Message.page_date.label("date"),
                Message.page_time.label("time"),
                Message.direction,
                Message.kind,
                Message.text,
            )
            .where(Message.conversation_id == conversation_id)
            .order_by(Message.position.desc(), Message.id.desc())
            .limit(last)
        )
        found += [Said.model_validate(line._asdict()) for line in lines][::-1]
    return found


_LINES = (
    select(
        Customer.id,
        Customer.name,
        Customer.phone,
        Customer.created_at,
        Conversation.id.label("conversation_id"),
        Conversation.title,
        Conversation.phone.label("number"),
        Conversation.created_at.label("made_at"),
        func.max(JoinedConversation.into_id).label("joined"),
        func.count(Message.id).label("messages"),
        func.count(CorrectedIntent.message_id).label("corrections"),
        func.min(Message.first_seen).label("first"),
        func.max(Message.first_seen).label("last"),
    )
    .outerjoin(Conversation, Conversation.customer_id == Customer.id)
    .outerjoin(JoinedConversation, JoinedConversation.conversation_id == Conversation.id)
    .outerjoin(Message, Message.conversation_id == Conversation.id)
    .outerjoin(CorrectedIntent, CorrectedIntent.message_id == Message.id)
    .group_by(
        Customer.id,
        Customer.name,
        Customer.phone,
        Customer.created_at,
        Conversation.id,
        Conversation.title,
        Conversation.phone,
        Conversation.created_at,
    )
)

Lines = Iterable[Line[*tuple[Any, ...]]]


def _people(lines: Lines, merged: Merges) -> list[Person]:
    """One person for all the lines of a customer and of those who were merged into it, by number."""
    of = sorted((person_of(line.id, merged), line.id, line.conversation_id or 0, line) for line in lines)
    return [_person(number, [line for *_, line in theirs]) for number, theirs in groupby(of, key=lambda one: one[0])]


def _person(number: int, lines: list[Line[*tuple[Any, ...]]]) -> Person:
    own = next(line for line in lines if line.id == number)
    known = [own.phone, *(line.phone or line.number for line in lines)]
    seen = [line.last for line in lines if line.last is not None]
    return Person(
        id=number,
        customer=own.name,
        phone=next((phone for phone in known if phone), None),
        messages=sum(line.messages for line in lines),
        corrections=sum(line.corrections for line in lines),
        since=min(_since(line) for line in lines),
        last_seen=max(seen, default=None),
        chats=tuple(_chat(line) for line in lines if line.conversation_id is not None),
    )


def _chat(line: Line[*tuple[Any, ...]]) -> Chat:
    return Chat(
        conversation_id=line.conversation_id,
        customer_id=line.id,
        title=line.title,
        phone=line.number,
        messages=line.messages,
        since=_since(line),
        last_seen=line.last,
        joined=line.joined is not None,
    )


def _since(line: Line[*tuple[Any, ...]]) -> datetime:
    since: datetime = line.first or line.made_at or line.created_at
    return since
