"""Who a person is in the database: their lines, chats, names and numbers, and what they wrote in groups."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.ext.asyncio import AsyncConnection

from agent.contract.rows import Kind
from agent.storage.folding import folded
from agent.storage.repositories import people
from agent.storage.tables import Conversation, CorrectedIntent, Customer, ListedChat, Message, Offer
from agent.storage.traces import Traces

AT_ONCE = 500
"""Ids that go into one statement: databases limit how many."""


@dataclass(frozen=True, slots=True)
class Subject:
    """A person: one line and all that were merged into it."""

    customers: frozenset[int]
    chats: tuple[int, ...]
    """Their conversations; no groups."""
    traces: Traces


@dataclass(frozen=True, slots=True)
class Known:
    """What of a person is about to be gone: to be recognised by the ledger, and forgotten by a running session."""

    customers: tuple[tuple[int, datetime], ...] = ()
    """Id and moment of making: ids alone are given again."""
    conversations: tuple[tuple[int, datetime], ...] = ()
    messages: tuple[tuple[str, str], ...] = ()
    """Session and WhatsApp's own id."""
    listed: tuple[tuple[str, str, str | None], ...] = ()
    """Session, title and last words of rows of the chat list."""
    message_ids: frozenset[int] = frozenset()
    offer_ids: frozenset[str] = frozenset()
    traces: Traces = field(default_factory=Traces)
    corrected: bool = False
    """Somebody has said what a message of theirs really wanted: intents may be fitted from it."""


async def of(db: AsyncConnection, lines: Collection[int]) -> Subject:
    """The person that these lines of customers are."""
    query = select(Customer.id, Customer.name, Customer.phone, Conversation.id.label("chat"), Conversation.title)
    query = query.add_columns(Conversation.phone.label("number")).outerjoin(Conversation)
    found = [line for part in parts(sorted(lines)) for line in await db.execute(query.where(Customer.id.in_(part)))]
    return Subject(
        customers=frozenset(lines),
        chats=tuple(sorted({line.chat for line in found if line.chat is not None})),
        traces=Traces.of(
            [name for line in found for name in (line.name, line.title)],
            [phone for line in found for phone in (line.phone, line.number)],
        ),
    )


async def lines_of(db: AsyncConnection, customer_id: int) -> set[int]:
    """All lines of the person that a customer is. ``LookupError``: there is no such customer."""
    if await db.scalar(select(Customer.id).where(Customer.id == customer_id)) is None:
        raise LookupError(f"no customer {customer_id}")
    merged = await people.merges(db)
    return people.family(people.person_of(customer_id, merged), merged)


async def authors(db: AsyncConnection, subject: Subject, column: Any = Message.author) -> list[str]:  # noqa: ANN401
    """The names under which groups show the person: their number, or a name that no other customer has."""
    query = select(column).join(Conversation).where(Conversation.is_group, column.is_not(None)).distinct()
    found = list(await db.scalars(query))
    named = [one for one in found if one in subject.traces.names]
    shared = await _shared(db, subject) if named else set()
    return [one for one in found if subject.traces.is_number(one) or (one in named and folded(one) not in shared)]


async def group_messages(db: AsyncConnection, subject: Subject) -> list[int]:
    """What the person wrote in groups."""
    in_groups = select(Message.id).join(Conversation).where(Conversation.is_group)
    who = await authors(db, subject)
    return list(await db.scalars(in_groups.where(Message.author.in_(who)).order_by(Message.id))) if who else []


async def told_of(db: AsyncConnection, subject: Subject) -> list[int]:
    """Lines of groups that nobody wrote and that name the person: who came, who left."""
    query = select(Message.id, Message.text).join(Conversation)
    query = query.where(Conversation.is_group, Message.kind == Kind.SYSTEM, Message.text.is_not(None))
    return [line.id for line in await db.execute(query) if subject.traces.are_in(line.text)]


async def known(db: AsyncConnection, subject: Subject) -> Known:
    """Everything by which the person would be known again."""
    customers = select(Customer.id, Customer.created_at)
    chats = select(Conversation.id, Conversation.created_at)
    messages = select(Message.id, Message.session, Message.wa_id)
    offers = select(Offer.id)
    texts = await _each(db, select(Message.text), Message.conversation_id, subject.chats)
    listed = await rows_of_list(db, subject, {line.text for line in texts if line.text})
    found = await _each(db, messages, Message.conversation_id, subject.chats)
    lines = await _each(db, customers, Customer.id, sorted(subject.customers))
    made = await _each(db, chats, Conversation.id, subject.chats)
    cards = await _each(db, offers, Offer.conversation_id, subject.chats)
    return Known(
        customers=tuple((line.id, line.created_at) for line in lines),
        conversations=tuple((line.id, line.created_at) for line in made),
        messages=tuple((line.session, line.wa_id) for line in found),
        listed=tuple((line.session, line.title, line.last_text) for line in listed),
        message_ids=frozenset(line.id for line in found),
        offer_ids=frozenset(line.id for line in cards),
        traces=subject.traces,
        corrected=await _has_corrections(db, subject),
    )


async def _has_corrections(db: AsyncConnection, subject: Subject) -> bool:
    """Whether somebody has said what a message of theirs really wanted."""
    corrected = select(CorrectedIntent.message_id).join(Message)
    return bool(await _each(db, corrected.limit(1), Message.conversation_id, subject.chats))


async def rows_of_list(db: AsyncConnection, subject: Subject, texts: Collection[str]) -> Sequence[Any]:
    """The rows of the chat list that are this person's: by title or number, or under an older title by their words."""
    sessions = {line.session for line in await _each(db, select(Conversation.session), Conversation.id, subject.chats)}
    found = (await db.execute(select(*ListedChat.__table__.columns).where(ListedChat.session.in_(sessions)))).all()
    groups = set(await db.scalars(select(Conversation.title).where(Conversation.is_group)))
    others = set(await db.scalars(select(Conversation.title).where(Conversation.id.not_in(subject.chats))))

    def is_theirs(line: Any) -> bool:  # noqa: ANN401
        if line.title in groups:
            return False
        if line.title in subject.traces.names or subject.traces.is_number(line.title):
            return True
        long_enough = line.last_text is not None and len(line.last_text) >= _TELLING
        return long_enough and line.last_text in texts and line.title not in others

    return [line for line in found if is_theirs(line)]


async def group_rows(db: AsyncConnection, subject: Subject) -> list[int]:
    """Rows of the chat list, of groups, whose last words are this person's."""
    query = select(ListedChat.id, ListedChat.last_author).where(ListedChat.last_author.is_not(None))
    shared = await _shared(db, subject)
    named = {name for name in subject.traces.names if folded(name) not in shared}
    found = await db.execute(query)
    return [x.id for x in found if x.last_author in named or subject.traces.is_number(x.last_author)]


def parts(ids: Iterable[Any]) -> Iterable[list[Any]]:
    """Ids in pieces that fit into a statement."""
    every = list(ids)
    return [every[n : n + AT_ONCE] for n in range(0, len(every), AT_ONCE)]


async def _each(
    db: AsyncConnection,
    query: Select[*tuple[Any, ...]],
    column: ColumnElement[Any] | Any,  # noqa: ANN401
    ids: Iterable[Any],
) -> list[Any]:
    return [line for part in parts(ids) for line in await db.execute(query.where(column.in_(part)))]


async def _shared(db: AsyncConnection, subject: Subject) -> set[str | None]:
    """Folded names of all other customers: what they are called tells of nobody."""
    names = select(Customer.id, Customer.name, Conversation.title).outerjoin(Conversation)
    others = [line for line in await db.execute(names) if line.id not in subject.customers]
    return {folded(name) for line in others for name in (line.name, line.title)}


_TELLING = 12
"""Characters from which on two rows of the chat list with the same last words are not so by chance."""
