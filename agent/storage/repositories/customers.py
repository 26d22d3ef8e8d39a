"""What people note of customers, and all that is known of one.

A note hangs on the line of a customer, and a customer is all lines that a person has merged into one: notes of a
customer that was merged go with them, and come back with them when the merge is taken back.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import case, delete, func, insert, select, update
from sqlalchemy.engine import CursorResult
from sqlalchemy.ext.asyncio import AsyncConnection

from agent.contract.customers import CustomerCard, CustomerLine, LastIntent, Mood, Note
from agent.contract.desk import ConversationOutcome
from agent.contract.people import Person
from agent.contract.rows import Direction
from agent.errors import BadInput
from agent.storage.days import Place
from agent.storage.repositories import naming, people
from agent.storage.repositories.desk import SILENT, moment
from agent.storage.repositories.events import Told
from agent.storage.tables import (
    AiAnalysis,
    ConsentLine,
    Conversation,
    ConversationDesk,
    CorrectedIntent,
    Customer,
    CustomerField,
    CustomerNote,
    CustomerTag,
    Message,
)

MOST_TAGS = 50
MOST_FIELDS = 100
MOST_NOTES = 2000
MOOD_DAYS = 90
_NOTES_SHOWN = 20
_INTENTS_SHOWN = 10
_FOUND = 100_000


async def page(
    db: AsyncConnection, typed: str | None, tag: str | None, before: int | None, limit: int
) -> tuple[list[CustomerLine], int | None]:
    """Customers, the one stored last first; and the number to go on with, None at the end."""
    merged = await people.merges(db)
    query = select(Customer.id).where(Customer.id.not_in(merged)) if merged else select(Customer.id)
    if before is not None:
        query = query.where(Customer.id < before)
    wanted: set[int] | None = None
    if typed is not None:
        wanted = {one.customer_id for one in await naming.customers(db, typed, _FOUND)}
    if tag is not None:
        tagged = await db.scalars(select(CustomerTag.customer_id).where(CustomerTag.tag == tag))
        ids = {people.person_of(one, merged) for one in tagged}
        wanted = ids if wanted is None else wanted & ids
    ordered = query.order_by(Customer.id.desc())
    if wanted is None:
        found = list(await db.scalars(ordered.limit(limit + 1)))
    else:  # As many as there are customers, and too many for the parameters of a statement.
        found = [one for one in await db.scalars(ordered) if one in wanted][: limit + 1]
    shown = found[:limit]
    tags = await _tags(db, merged, {one for head in shown for one in people.family(head, merged)})
    known = {person.id: person for person in await people.those(db, shown)}
    lines = [_line(known[one], tags.get(one, ())) for one in shown if one in known]
    return lines, shown[-1] if len(found) > limit else None


async def card(db: AsyncConnection, person: Person, place: Place, now: datetime) -> CustomerCard:
    """All that is known of a customer, but for their messages."""
    ids, chats = await _family(db, person.id), [chat.conversation_id for chat in person.chats]
    written = Message.conversation_id.in_(chats), Message.kind.not_in(SILENT)
    at = func.coalesce(Message.sent_at, Message.first_seen)
    first, last = (await db.execute(select(func.min(at), func.max(at)).where(*written))).one()
    consents = select(func.count()).where(ConsentLine.customer_id.in_(ids), ConsentLine.withdrawn_at.is_(None))
    anonymised = select(func.max(Customer.anonymised_at)).where(Customer.id.in_(ids))
    outcomes = select(ConversationDesk.outcome, func.count()).where(ConversationDesk.conversation_id.in_(chats))
    counted = dict((await db.execute(outcomes.group_by(ConversationDesk.outcome))).all())
    rest = person.open_chats - sum(counted.values())
    counted[ConversationOutcome.OPEN] = counted.get(ConversationOutcome.OPEN, 0) + max(0, rest)
    return CustomerCard(
        id=person.id,
        customer=person.customer,
        phone=person.phone,
        tags=(await _tags(db, dict.fromkeys(ids - {person.id}, person.id), ids)).get(person.id, ()),
        fields=await _fields(db, person.id, ids),
        notes=(await notes(db, person.id, None, _NOTES_SHOWN))[0],
        consents=await db.scalar(consents) or 0,
        chats=person.chats,
        messages=person.messages,
        first_contact=first,
        last_contact=last,
        mood=await _mood(db, chats, place, now),
        intents=await _intents(db, chats),
        outcomes=counted,
        anonymised_at=await db.scalar(anonymised),
    )


async def rename(db: AsyncConnection, customer_id: int, name: str | None) -> list[Told]:
    """Give a customer a name, or the title of their chat again. From then on the title does not change it."""
    title = select(Conversation.title).where(Conversation.customer_id == customer_id).limit(1).scalar_subquery()
    new = name if name is not None else func.coalesce(title, Customer.name)
    await db.execute(update(Customer).where(Customer.id == customer_id).values(name=new))
    return [_told(customer_id, "name")]


async def tag(db: AsyncConnection, customer_id: int, tag: str) -> list[Told]:
    """Tag a customer; nothing to tell when they have it. ``BadInput``: they have too many."""
    ids = await _family(db, customer_id)
    known = set(await db.scalars(select(CustomerTag.tag).where(CustomerTag.customer_id.in_(ids))))
    if tag in known:
        return []
    _room(len(known), MOST_TAGS, "tags")
    await db.execute(insert(CustomerTag).values(customer_id=customer_id, tag=tag))
    return [_told(customer_id, "tags")]


async def untag(db: AsyncConnection, customer_id: int, tag: str) -> list[Told]:
    """Take a tag from a customer; nothing to tell when they do not have it."""
    ids = await _family(db, customer_id)
    gone = await db.execute(delete(CustomerTag).where(CustomerTag.customer_id.in_(ids), CustomerTag.tag == tag))
    return [_told(customer_id, "tags")] if _count(gone) else []


async def notes(
    db: AsyncConnection, customer_id: int, before: int | None, limit: int
) -> tuple[tuple[Note, ...], int | None]:
    """Notes about a customer, the newest first; and the number to go on with, None at the end."""
    query = _NOTES.where(CustomerNote.customer_id.in_(await _family(db, customer_id)))
    if before is not None:
        query = query.where(CustomerNote.id < before)
    lines = await db.execute(query.order_by(CustomerNote.id.desc()).limit(limit + 1))
    found = [Note(**line._asdict()) for line in lines]
    return tuple(found[:limit]), found[limit - 1].id if len(found) > limit else None


async def note(db: AsyncConnection, customer_id: int, note_id: int) -> Note | None:
    """One note about a customer; None where there is none."""
    ids = await _family(db, customer_id)
    query = _NOTES.where(CustomerNote.id == note_id, CustomerNote.customer_id.in_(ids))
    line = (await db.execute(query)).one_or_none()
    return None if line is None else Note(**line._asdict())


async def add_note(db: AsyncConnection, customer_id: int, text: str, by: str, now: datetime) -> tuple[Note, list[Told]]:
    """Write a note. ``BadInput``: there are too many."""
    ids = await _family(db, customer_id)
    known = await db.scalar(select(func.count()).where(CustomerNote.customer_id.in_(ids)))
    _room(known or 0, MOST_NOTES, "notes")
    values = {"text": text, "written_by": by, "at": now, "updated_at": now}
    query = insert(CustomerNote).values(customer_id=customer_id, **values).returning(CustomerNote.id)
    made = (await db.execute(query)).scalar_one()
    return Note(id=made, **values), [_told(customer_id, "notes", note_id=made)]


async def write_note(db: AsyncConnection, customer_id: int, note_id: int, text: str, now: datetime) -> list[Told]:
    """Write a note anew."""
    await db.execute(update(CustomerNote).where(CustomerNote.id == note_id).values(text=text, updated_at=now))
    return [_told(customer_id, "notes", note_id=note_id)]


async def remove_note(db: AsyncConnection, customer_id: int, note_id: int) -> list[Told]:
    """Throw a note away."""
    await db.execute(delete(CustomerNote).where(CustomerNote.id == note_id))
    return [_told(customer_id, "notes", note_id=note_id)]


async def set_field(db: AsyncConnection, customer_id: int, name: str, value: str) -> list[Told]:
    """Write a field of a customer; nothing to tell when it has that value. ``BadInput``: there are too many."""
    ids = await _family(db, customer_id)
    known = await _fields(db, customer_id, ids)
    if known.get(name) == value:
        return []
    if name not in known:
        _room(len(known), MOST_FIELDS, "fields")
    here = (CustomerField.customer_id == customer_id, CustomerField.name == name)
    if not _count(await db.execute(update(CustomerField).where(*here).values(value=value))):
        await db.execute(insert(CustomerField).values(customer_id=customer_id, name=name, value=value))
    return [_told(customer_id, "fields")]


async def drop_field(db: AsyncConnection, customer_id: int, name: str) -> list[Told]:
    """Take a field from a customer; nothing to tell when they do not have it."""
    ids = await _family(db, customer_id)
    gone = await db.execute(delete(CustomerField).where(CustomerField.customer_id.in_(ids), CustomerField.name == name))
    return [_told(customer_id, "fields")] if _count(gone) else []


async def is_noted(db: AsyncConnection, customer_id: int) -> bool:
    """Whether a person has written anything about this line of a customer."""
    for table in (CustomerTag, CustomerNote, CustomerField, ConsentLine):
        if await db.scalar(select(table.customer_id).where(table.customer_id == customer_id).limit(1)) is not None:
            return True
    return False


async def _family(db: AsyncConnection, customer_id: int) -> set[int]:
    merged = await people.merges(db)
    return people.family(people.person_of(customer_id, merged), merged)


async def _tags(db: AsyncConnection, merged: Mapping[int, int], ids: Collection[int]) -> dict[int, tuple[str, ...]]:
    query = select(CustomerTag.customer_id, CustomerTag.tag).where(CustomerTag.customer_id.in_(ids))
    found: dict[int, set[str]] = {}
    for customer_id, tag in await db.execute(query):
        found.setdefault(people.person_of(customer_id, merged), set()).add(tag)
    return {customer_id: tuple(sorted(tags)) for customer_id, tags in found.items()}


async def _fields(db: AsyncConnection, customer_id: int, ids: Iterable[int]) -> dict[str, str]:
    """Of all lines of a customer; where several have a field, their own one counts, then the newest."""
    query = select(CustomerField.name, CustomerField.value).where(CustomerField.customer_id.in_(ids))
    own = case((CustomerField.customer_id == customer_id, 1), else_=0)
    ordered = query.order_by(own, CustomerField.customer_id)
    return dict(sorted(dict((await db.execute(ordered)).all()).items()))


async def _mood(db: AsyncConnection, chats: Collection[int], place: Place, now: datetime) -> tuple[Mood, ...]:
    at = moment()
    query = select(at, AiAnalysis.sentiment_score).join(AiAnalysis, AiAnalysis.message_id == Message.id)
    theirs = query.where(
        Message.conversation_id.in_(chats),
        Message.direction == Direction.IN,
        Message.first_seen >= now - timedelta(days=10 * MOOD_DAYS),
    )
    days: dict[Any, list[float]] = {}
    for when, score in await db.execute(theirs):
        if when is not None:
            days.setdefault(place.local(when).date(), []).append(score)
    return tuple(
        Mood(day=day, score=round(sum(scores) / len(scores), 4), messages=len(scores))
        for day, scores in sorted(days.items())[-MOOD_DAYS:]
    )


async def _intents(db: AsyncConnection, chats: Collection[int]) -> tuple[LastIntent, ...]:
    at = func.coalesce(Message.sent_at, Message.first_seen).label("at")
    intent = func.coalesce(CorrectedIntent.intent, AiAnalysis.intent).label("intent")
    query = select(AiAnalysis.message_id, intent, AiAnalysis.unsure, at).join(
        Message, Message.id == AiAnalysis.message_id
    )
    theirs = query.outerjoin(CorrectedIntent, CorrectedIntent.message_id == AiAnalysis.message_id).where(
        Message.conversation_id.in_(chats), Message.direction == Direction.IN
    )
    found = await db.execute(theirs.order_by(at.desc(), Message.id.desc()).limit(_INTENTS_SHOWN))
    return tuple(LastIntent(**line._asdict()) for line in found)


def _line(person: Person, tags: tuple[str, ...]) -> CustomerLine:
    kept = person.model_dump(include={"id", "customer", "phone", "messages", "since", "last_seen"})
    return CustomerLine(**kept, tags=tags, chats=person.open_chats)


def _room(known: int, most: int, of_what: str) -> None:
    if known >= most:
        raise BadInput(f"A customer can have {most} {of_what}.", "Remove some that are not needed any more.")


def _told(customer_id: int, what: str, **ids: int) -> Told:
    return Told("customer.updated", None, None, {"customer_id": customer_id, "what": what, **ids})


def _count(result: object) -> int:
    return result.rowcount if isinstance(result, CursorResult) else 0


_NOTES = select(*(CustomerNote.__table__.columns[name] for name in Note.model_fields))
