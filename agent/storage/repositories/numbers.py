"""Under which phone number a conversation's customer may be asked for elsewhere."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from agent.storage.repositories import people
from agent.storage.tables import Conversation, Customer


async def phone_of(db: AsyncConnection, conversation_id: int) -> str | None:
    """The chat's own number, else the one that all chats of this customer share; None where that is not sure."""
    query = select(Conversation.phone, Conversation.is_group, Conversation.customer_id)
    chat = (await db.execute(query.where(Conversation.id == conversation_id))).first()
    if chat is None or chat.is_group:
        return None
    if chat.phone or chat.customer_id is None:
        return str(chat.phone) if chat.phone else None
    merged = await people.merges(db)
    family = people.family(people.person_of(chat.customer_id, merged), merged)
    of_chats = select(Conversation.phone).where(Conversation.customer_id.in_(family))
    of_customers = select(Customer.phone).where(Customer.id.in_(family))
    known = {phone for phone in (await db.scalars(of_chats.union(of_customers))).all() if phone}
    return known.pop() if len(known) == 1 else None
