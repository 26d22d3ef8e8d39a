"""A person says that two customers are one, or takes that back.

The smallest thing that holds: the word itself is kept, beside what the rule of ``conversations`` found, and nothing is
rewritten that could not be restored. A merge is one line, *this customer is that one too*, and a customer is read as
all lines that lead to it: the rule never writes that table, so it cannot undo it. A chat that was stored as two keeps
its emptied second conversation as a signpost. Its title and its number lead to the conversation that has the messages
(``conversations.resolve`` follows it), and its number stays taken, so that no later conversation gets it. To take a
merge back, the lines are removed and the messages go back to where they were; a signpost needs no second copy of
anything.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import bindparam, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from agent.contract.people import Merged, Split
from agent.errors import BadInput
from agent.storage.repositories import people
from agent.storage.repositories.events import Told
from agent.storage.tables import (
    Conversation,
    Customer,
    JoinedConversation,
    MergedCustomer,
    Message,
    MovedMessage,
    Offer,
)
from agent.storage.weaving import Placed, woven

LIST = "`customer list` shows their numbers."


class Signpost(NamedTuple):
    """A conversation whose messages a person has put into another one, and whose they were."""

    conversation_id: int
    into_id: int
    customer_id: int | None
    into_customer_id: int | None


async def merge(
    db: AsyncConnection, kept_id: int, other_id: int, same_chat: bool, now: datetime
) -> tuple[Merged, list[Told]]:
    """Make two customers one. ``same_chat``: the messages of the other's chat go into the chat of the one kept.

    Raises:
        BadInput: it makes no sense; nothing was changed.
    """
    merged = await people.merges(db)
    for customer_id in (kept_id, other_id):
        await known(db, customer_id)
    if kept_id == other_id:
        raise BadInput(f"{kept_id} and {other_id} are the same customer.", f"Name two of them; {LIST}")
    kept, other = people.person_of(kept_id, merged), people.person_of(other_id, merged)
    if kept == other and not same_chat:
        raise BadInput(f"{kept_id} and {other_id} are one customer already.", "`customer split` takes a merge back.")
    into = await _chat_of(db, kept_id)
    moved = await _join(db, into, await _chat_of(db, other_id), now) if same_chat else 0
    if kept != other:
        await db.execute(insert(MergedCustomer).values(customer_id=other, into_id=kept, at=now))
        back = other
    else:
        back = other_id if other_id in merged else kept_id
    done = Merged(customer_id=kept, merged_id=back, moved=moved)
    data: dict[str, object] = {**done.model_dump(), "same_chat": same_chat}
    return done, [Told("customer.merged", into, None, data)]


async def part(db: AsyncConnection, customer_id: int) -> tuple[Split, list[Told]]:
    """Take back that a customer was merged into another one: their chats and messages are their own again.

    What came after the merge stays with the chat that it came into.

    Raises:
        BadInput: they were not merged into anybody; nothing was changed.
    """
    merged = await people.merges(db)
    await known(db, customer_id)
    if customer_id not in merged:
        theirs = sorted(one for one, into in merged.items() if into == customer_id)
        if theirs:
            numbers = ", ".join(map(str, theirs))
            raise BadInput(
                f"Customer {customer_id} was merged into nobody; merged into them: {numbers}.",
                f"Name that one: `customer split {theirs[0]}`.",
            )
        raise BadInput(
            f"Customer {customer_id} was not merged with anybody.",
            "To split a chat, name with --from the first message that is another person's.",
        )
    first = people.person_of(customer_id, merged)
    del merged[customer_id]
    await db.execute(delete(MergedCustomer).where(MergedCustomer.customer_id == customer_id))
    ids = people.family(customer_id, merged)
    moved = 0
    for one in await signposts(db):
        if (one.customer_id in ids) != (one.into_customer_id in ids):
            moved += await _give_back(db, one.conversation_id)
    left = await _messages_of(db, people.family(first, merged))
    done = Split(customer_id=first, split_id=customer_id, moved=moved, left=left)
    return done, [Told("customer.split", await _own_chat(db, customer_id), None, done.model_dump())]


async def release(db: AsyncConnection, customer_id: int) -> None:
    """Take a customer out of all merges, before their line is removed: their chat has turned out to be a group."""
    merged = await people.merges(db)
    for one in await signposts(db):
        if (one.customer_id == customer_id) != (one.into_customer_id == customer_id):
            await _give_back(db, one.conversation_id)
    heir = merged.get(customer_id)
    if heir is None:  # those who were merged into them stay one person
        heir = min((one for one, into in merged.items() if into == customer_id), default=None)
    line = MergedCustomer.customer_id
    await db.execute(delete(MergedCustomer).where(line == customer_id))
    if heir is not None:
        if merged.get(heir) == customer_id:
            await db.execute(delete(MergedCustomer).where(line == heir))
        await db.execute(update(MergedCustomer).where(MergedCustomer.into_id == customer_id).values(into_id=heir))


async def signposts(db: AsyncConnection) -> list[Signpost]:
    """All conversations that were joined to another one."""
    whose = select(Conversation.id, Conversation.customer_id).subquery()
    query = (
        select(
            JoinedConversation.conversation_id,
            JoinedConversation.into_id,
            Conversation.customer_id,
            whose.c.customer_id.label("into_customer_id"),
        )
        .join(Conversation, Conversation.id == JoinedConversation.conversation_id)
        .join(whose, whose.c.id == JoinedConversation.into_id)
        .order_by(JoinedConversation.conversation_id)
    )
    return [Signpost(*line) for line in await db.execute(query)]


async def followed(db: AsyncConnection, conversation_id: int) -> int:
    """The conversation to which the signposts lead; itself where it is none."""
    while (into := await db.scalar(_INTO, {"signpost": conversation_id})) is not None:
        conversation_id = into
    return conversation_id


async def numbers(db: AsyncConnection, conversation_id: int) -> set[str]:
    """The phone numbers that lead to a conversation."""
    found, grown = set[int](), {conversation_id}
    while grown:
        found |= grown
        joined = select(JoinedConversation.conversation_id).where(JoinedConversation.into_id.in_(grown))
        grown = set(await db.scalars(joined))
    query = select(Conversation.phone).where(Conversation.id.in_(found), Conversation.phone.is_not(None))
    return {phone for phone in await db.scalars(query) if phone}


async def known(db: AsyncConnection, customer_id: int) -> None:
    """Raises ``BadInput`` where there is no such customer."""
    if await db.scalar(select(Customer.id).where(Customer.id == customer_id)) is None:
        raise BadInput(f"There is no customer {customer_id}.", LIST.capitalize())


async def _own_chat(db: AsyncConnection, customer_id: int) -> int | None:
    """Each customer's line was made with one conversation, and lives as long as it."""
    return await db.scalar(select(Conversation.id).where(Conversation.customer_id == customer_id))


async def _chat_of(db: AsyncConnection, customer_id: int) -> int:
    own = await _own_chat(db, customer_id)
    if own is None:
        raise BadInput(f"Customer {customer_id} has no chat.", f"Name another one; {LIST}")
    return await followed(db, own)


async def _join(db: AsyncConnection, into: int, other: int, now: datetime) -> int:
    """Put all messages of a conversation into another one; how many."""
    if into == other:
        raise BadInput("The two are one chat already.", "`customer split` takes a merge back.")
    sessions = select(Conversation.session).where(Conversation.id.in_((into, other))).distinct()
    if len((await db.scalars(sessions)).all()) > 1:
        what = "The two chats are of two WhatsApp accounts, so that they are not the same chat."
        raise BadInput(what, "Without --same-chat they become one customer with two chats.")
    own, others = await numbers(db, into), await numbers(db, other)
    if own and others and own != others:
        what = "The two chats have two numbers, so that they are not the same chat."
        raise BadInput(what, "Without --same-chat they become one customer with two chats.")
    halves = [await _placed(db, one) for one in (into, other)]
    if moving := [{"message_id": message.id, "conversation_id": other} for message in halves[1]]:
        await db.execute(insert(MovedMessage), moving)
    await _move(db, [message.id for message in halves[1]], into)
    if places := [{"placed": one, "new_position": position} for one, position in woven(*halves).items()]:
        query = update(Message).where(Message.id == bindparam("placed")).values(position=bindparam("new_position"))
        await db.execute(query, places)
    await db.execute(insert(JoinedConversation).values(conversation_id=other, into_id=into, at=now))
    return len(moving)


async def _give_back(db: AsyncConnection, signpost: int) -> int:
    """Make a conversation of a signpost again, with the messages that it had as far as they are where it leads."""
    now_in = await followed(db, signpost)
    query = (
        select(Message.id)
        .join(MovedMessage, MovedMessage.message_id == Message.id)
        .where(MovedMessage.conversation_id == signpost, Message.conversation_id == now_in)
    )
    ids = (await db.scalars(query)).all()
    await _move(db, ids, signpost)
    await db.execute(delete(MovedMessage).where(MovedMessage.conversation_id == signpost))
    await db.execute(delete(JoinedConversation).where(JoinedConversation.conversation_id == signpost))
    return len(ids)


async def _move(db: AsyncConnection, message_ids: Sequence[int], into: int) -> None:
    """Change the conversation of messages and of the cards that were shown for them; all else hangs on the messages."""
    if not message_ids:
        return
    rows = [{"moving": message_id} for message_id in message_ids]
    for table, message in ((Message, Message.id), (Offer, Offer.message_id)):
        await db.execute(update(table).where(message == bindparam("moving")).values(conversation_id=into), rows)


async def _placed(db: AsyncConnection, conversation_id: int) -> list[Placed]:
    query = select(Message.id, Message.position, Message.page_date, Message.page_time, Message.first_seen)
    lines = await db.execute(
        query.where(Message.conversation_id == conversation_id).order_by(Message.position, Message.id)
    )
    return [
        Placed(line.id, line.position, (line.page_date, line.page_time), line.first_seen)
        if line.page_date and line.page_time
        else Placed(line.id, line.position, None, line.first_seen)
        for line in lines
    ]


async def _messages_of(db: AsyncConnection, customer_ids: set[int]) -> int:
    theirs = select(Conversation.id).where(Conversation.customer_id.in_(customer_ids))
    return await db.scalar(select(func.count(Message.id)).where(Message.conversation_id.in_(theirs))) or 0


_INTO = select(JoinedConversation.into_id).where(JoinedConversation.conversation_id == bindparam("signpost"))
