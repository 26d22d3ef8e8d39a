"""Makes a customer nobody: how often, when, what for and in which mood stays; who it was and what was said goes."""

import secrets
from collections.abc import Callable
from datetime import datetime

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from agent.storage.repositories import erasing
from agent.storage.repositories.erasing import Counted
from agent.storage.repositories.subject import Subject, parts
from agent.storage.tables import (
    ConsentLine,
    Conversation,
    ConversationDesk,
    Customer,
    CustomerField,
    CustomerNote,
    CustomerTag,
    Message,
    Offer,
    Suggestion,
)

PSEUDONYM = "Anônimo "
"""Followed by eight random letters and digits: they lead nowhere."""


async def anonymise(
    db: AsyncConnection, who: Subject, now: datetime, chance: Callable[[int], str] = secrets.token_hex
) -> Counted:
    """Replace all by which a person, gathered before, could be known; nothing of it can be told from what is left.

    ``search.forget`` is left to be done afterwards.

    Texts are left out altogether: a text with its names masked still tells its writer who it was.
    """
    changed: Counted = {}
    await erasing.elsewhere(db, who)
    changed["proposals"] = await erasing.drop_learned(db, who)
    offers = select(Offer.id).where(Offer.conversation_id.in_(who.chats)).scalar_subquery()
    drafts = update(Suggestion).where(Suggestion.offer_id.in_(offers)).values(text=None)
    changed["suggestions"] = max((await db.execute(drafts)).rowcount, 0)
    changed["messages"] = await _messages(db, who, chance)
    for customer_id in sorted(who.customers):
        name = f"{PSEUDONYM}{chance(4)}"
        values = {"name": name, "phone": None, "anonymised_at": now}
        await db.execute(update(Customer).where(Customer.id == customer_id).values(**values))
        theirs = update(Conversation).where(Conversation.customer_id == customer_id)
        await db.execute(theirs.values(title=name, phone=None))
    desks = update(ConversationDesk).where(ConversationDesk.conversation_id.in_(who.chats))
    await db.execute(desks.values(follow_up_at=None))
    for table in (CustomerTag, CustomerNote, CustomerField):
        found = await db.execute(delete(table).where(table.customer_id.in_(who.customers)))
        changed[table.__tablename__] = max(found.rowcount, 0)
    consents = update(ConsentLine).where(ConsentLine.customer_id.in_(who.customers)).values(text="")
    changed["consents"] = max((await db.execute(consents)).rowcount, 0)
    changed["customers"], changed["conversations"] = len(who.customers), len(who.chats)
    return changed


async def _messages(db: AsyncConnection, who: Subject, chance: Callable[[int], str]) -> int:
    query = select(Message.id).where(Message.conversation_id.in_(who.chats)).order_by(Message.id)
    ids = list(await db.scalars(query))
    blank: dict[str, object] = {
        "author": None,
        "text": None,
        "folded": None,
        "reactions": [],
        "quoted_author": None,
        "quoted_text": None,
    }
    # WhatsApp's own id of a message may hold the number of who wrote it.
    change = update(Message).where(Message.id == bindparam("known")).values(wa_id=bindparam("new_wa_id"), **blank)
    for some in parts(ids):
        await db.execute(change, [{"known": one, "new_wa_id": f"anonymous-{chance(12)}"} for one in some])
    return len(ids)
