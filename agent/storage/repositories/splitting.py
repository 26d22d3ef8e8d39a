"""A person says that a chat was stored as one, and is two people's."""

from datetime import datetime

from sqlalchemy import func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from agent.contract.people import Split
from agent.contract.rows import Kind
from agent.errors import BadInput
from agent.storage.repositories import people
from agent.storage.repositories.events import Told
from agent.storage.repositories.joining import known
from agent.storage.tables import Conversation, Customer, Message, Offer


async def split(db: AsyncConnection, customer_id: int, message_id: int, now: datetime) -> tuple[Split, list[Told]]:
    """Give the messages of a chat from one of them on to a new customer, with all that rests on them.

    The number stays with the earlier half: the later one gets it when the page shows it together with its messages.
    Of the title both now have a right to, so that alone it leads to neither: see ``conversations``.

    Raises:
        BadInput: it makes no sense; nothing was changed.
    """
    await known(db, customer_id)
    merged = await people.merges(db)
    person = people.person_of(customer_id, merged)
    query = select(Message.conversation_id, Message.position, *_CHAT).join(Conversation).where(Message.id == message_id)
    found = (await db.execute(query)).one_or_none()
    if found is None or found.customer_id not in people.family(person, merged):
        raise BadInput(
            f"Message {message_id} is not one of customer {customer_id}'s.",
            f"`customer show {customer_id}` lists them with their numbers.",
        )
    in_chat = Message.conversation_id == found.conversation_id
    before = (in_chat, Message.position < found.position)
    if not await db.scalar(select(func.count(Message.id)).where(*before, Message.kind != Kind.SYSTEM)):
        raise BadInput(
            f"Nobody has written anything before message {message_id} in this chat: nothing would be left of it.",
            f"Name the first message that is another person's; `customer show {customer_id}` lists them.",
        )
    left = await db.scalar(select(func.count(Message.id)).where(*before)) or 0

    person_line = {"name": found.title, "phone": None, "created_at": now}
    made = (await db.execute(insert(Customer).values(**person_line).returning(Customer.id))).scalar_one()
    chat = {"session": found.session, "title": found.title, "is_group": False, "phone": None, "created_at": now}
    query_chat = insert(Conversation).values(customer_id=made, **chat).returning(Conversation.id)
    into = (await db.execute(query_chat)).scalar_one()
    later = update(Message).where(in_chat, Message.position >= found.position)
    await db.execute(later.values(conversation_id=into))
    moved = select(Message.id).where(Message.conversation_id == into)
    await db.execute(update(Offer).where(Offer.message_id.in_(moved)).values(conversation_id=into))
    count = await db.scalar(select(func.count()).select_from(moved.subquery())) or 0
    done = Split(customer_id=person, split_id=made, moved=count, left=left)
    return done, [Told("customer.split", found.conversation_id, None, done.model_dump())]


_CHAT = (Conversation.session, Conversation.title, Conversation.customer_id)
