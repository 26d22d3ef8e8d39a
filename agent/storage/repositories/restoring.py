"""Finds whom a restored database brings back, and parts them from those who stay.

Since the copy was made, people may have been merged and chats split or joined. So each line is looked for by itself:
what of a chat was another person's when this one was erased goes to a chat of its own, and stays.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from agent.storage.repositories import erasing, joining, people
from agent.storage.tables import Conversation, Customer, LedgerMark, Message

_AT_ONCE = 5_000

IsMade = Callable[[int, datetime], bool]
IsMessage = Callable[[str, str], bool]


@dataclass(frozen=True, slots=True)
class Sought:
    """Who must not be known any more."""

    is_customer: IsMade
    is_conversation: IsMade
    is_message: IsMessage
    is_message_here: IsMessage
    """The same, for a message in a chat that must go: there, one that was made anonymous before goes too."""


async def upto(db: AsyncConnection) -> int:
    """The last line of the ledger that was carried out in this database."""
    return await db.scalar(select(func.max(LedgerMark.upto))) or 0


async def mark(db: AsyncConnection, line: int) -> None:
    """The ledger up to this line is carried out."""
    await db.execute(LedgerMark.__table__.delete())  # type: ignore[attr-defined]
    await db.execute(insert(LedgerMark).values(id=1, upto=line))


async def found(db: AsyncConnection, sought: Sought, now: datetime) -> tuple[set[int], set[int]]:
    """Lines of customers that hold all that was sought and nothing else; and lines made for the rest of it."""
    customers = await db.execute(select(Customer.id, Customer.created_at))
    lines = {line.id for line in customers if sought.is_customer(line.id, line.created_at)}
    made = (await db.execute(select(Conversation.id, Conversation.created_at, Conversation.customer_id))).all()
    lines |= {x.customer_id for x in made if x.customer_id and sought.is_conversation(x.id, x.created_at)}
    merged = await people.merges(db)
    for one in sorted(lines):
        if people.family(people.person_of(one, merged), merged) - lines:
            await joining.release(db, one)
    chats = {line.id for line in made if line.customer_id in lines}
    stay, go = await _sorted_out(db, sought, chats)
    for chat, ids in stay.items():
        await erasing.move(db, ids, await _new_chat(db, chat, now, await _title(db, chat)))
    made_for = set[int]()
    for chat, ids in go.items():
        into = await _new_chat(db, chat, now, "")
        await erasing.move(db, ids, into)
        made_for.add(await db.scalar(select(Conversation.customer_id).where(Conversation.id == into)) or 0)
    return lines, made_for


async def _sorted_out(
    db: AsyncConnection, sought: Sought, chats: set[int]
) -> tuple[dict[int, list[int]], dict[int, list[int]]]:
    """By chat: the messages that stay though their chat goes, and those that go though their chat stays."""
    stay, go, after = defaultdict[int, list[int]](list), defaultdict[int, list[int]](list), -1
    query = select(Message.id, Message.session, Message.wa_id, Message.conversation_id).order_by(Message.id)
    while lines := (await db.execute(query.where(Message.id > after).limit(_AT_ONCE))).all():
        for line in lines:
            here = line.conversation_id in chats
            gone = (sought.is_message_here if here else sought.is_message)(line.session, line.wa_id)
            if here and not gone:
                stay[line.conversation_id].append(line.id)
            elif gone and not here:
                go[line.conversation_id].append(line.id)
        after = lines[-1].id
    return stay, go


async def _title(db: AsyncConnection, chat: int) -> str:
    return await db.scalar(select(Conversation.title).where(Conversation.id == chat)) or ""


async def _new_chat(db: AsyncConnection, like: int, now: datetime, title: str) -> int:
    """A chat of a new customer. A split leaves the number with the earlier half, so that it has none."""
    session = await db.scalar(select(Conversation.session).where(Conversation.id == like))
    person = insert(Customer).values(name=title, phone=None, created_at=now).returning(Customer.id)
    customer_id = (await db.execute(person)).scalar_one()
    chat = {"session": session, "title": title, "is_group": False, "phone": None, "created_at": now}
    made = insert(Conversation).values(customer_id=customer_id, **chat).returning(Conversation.id)
    return (await db.execute(made)).scalar_one()
