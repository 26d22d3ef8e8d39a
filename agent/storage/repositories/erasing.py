"""Takes a customer out of the database with everything that rests on them."""

import asyncio
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from sqlalchemy import CursorResult, Delete, and_, delete, exists, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from agent.contract.people import Erased
from agent.storage.repositories import idempotency, search, subject
from agent.storage.repositories.subject import Known, Subject, parts
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
    EventLine,
    Evidence,
    JoinedConversation,
    ListedChat,
    MergedCustomer,
    Message,
    MovedMessage,
    Offer,
    ProposalLine,
    ShadowChoice,
    Suggestion,
    SystemLog,
    WebhookDelivery,
)
from agent.storage.traces import Traces

Counted = dict[str, int]
"""Lines by table."""


async def erase(db: AsyncConnection, customer_id: int) -> Erased:
    """Remove a customer: conversations, messages, analyses, cards, corrections, events, proposals on them alone.

    A customer is all that a person has merged into one; of a chat that was split, each half has its own.

    What was learned from them is gone with the cards, since it is computed from those.

    Raises:
        LookupError: no such customer.
    """
    who, _ = await gathered(db, await subject.lines_of(db, customer_id))
    gone = await remove(db, who)
    await search.forget(db)
    return as_erased(gone)


async def gathered(db: AsyncConnection, lines: Collection[int]) -> tuple[Subject, Known]:
    """Put what a person wrote in groups to their own chats, and say everything by which they would be known again."""
    who = await subject.of(db, lines)
    written = await subject.group_messages(db, who) if who.chats else []
    await move(db, written, who.chats[0] if who.chats else 0)
    return who, await subject.known(db, who)


async def move(db: AsyncConnection, message_ids: Iterable[int], into: int) -> None:
    """Change the conversation of messages and of the cards that were shown for them."""
    for some in parts(message_ids):
        await db.execute(update(Message).where(Message.id.in_(some)).values(conversation_id=into))
        await db.execute(update(Offer).where(Offer.message_id.in_(some)).values(conversation_id=into))


async def remove(db: AsyncConnection, who: Subject) -> Counted:
    """Remove a person, gathered before, and what rests on them; ``search.forget`` is left to be done afterwards."""
    theirs = who.chats
    messages = select(Message.id).where(Message.conversation_id.in_(theirs)).scalar_subquery()
    offers = select(Offer.id).where(Offer.conversation_id.in_(theirs)).scalar_subquery()
    gone: Counted = await elsewhere(db, who)
    gone["proposals"] = await _proposals(db, who, messages)

    await _gone(db, gone, delete(ShadowChoice).where(ShadowChoice.offer_id.in_(offers)))
    await _gone(db, gone, delete(Suggestion).where(Suggestion.offer_id.in_(offers)))
    await db.execute(update(Offer).where(Offer.answer_id.in_(messages)).values(answer_id=None, answered_at=None))
    await _gone(db, gone, delete(Offer).where(Offer.conversation_id.in_(theirs)))
    await _gone(db, gone, delete(CorrectedIntent).where(CorrectedIntent.message_id.in_(messages)))
    await _gone(db, gone, delete(AiAnalysis).where(AiAnalysis.message_id.in_(messages)))
    # A message may have been captured in a chat from which it was split since: the lines go by the message, if any.
    others = exists().where(Message.id == EventLine.message_id, Message.conversation_id.not_in(theirs))
    told = or_(EventLine.message_id.in_(messages), and_(EventLine.conversation_id.in_(theirs), ~others))
    numbers = select(EventLine.number).where(told).scalar_subquery()
    await _gone(db, gone, delete(WebhookDelivery).where(WebhookDelivery.event_number.in_(numbers)))
    await _gone(db, gone, delete(EventLine).where(told))
    moved = or_(MovedMessage.message_id.in_(messages), MovedMessage.conversation_id.in_(theirs))
    await _gone(db, gone, delete(MovedMessage).where(moved))
    joined = or_(JoinedConversation.conversation_id.in_(theirs), JoinedConversation.into_id.in_(theirs))
    await _gone(db, gone, delete(JoinedConversation).where(joined))
    await _gone(db, gone, delete(Message).where(Message.conversation_id.in_(theirs)))
    await _gone(db, gone, delete(ConversationDesk).where(ConversationDesk.conversation_id.in_(theirs)))
    await _gone(db, gone, delete(Conversation).where(Conversation.id.in_(theirs)))
    for table in (CustomerTag, CustomerNote, CustomerField, ConsentLine):
        await _gone(db, gone, delete(table).where(table.customer_id.in_(who.customers)))
    merged = or_(MergedCustomer.customer_id.in_(who.customers), MergedCustomer.into_id.in_(who.customers))
    await _gone(db, gone, delete(MergedCustomer).where(merged))
    await _gone(db, gone, delete(Customer).where(Customer.id.in_(who.customers)))
    return gone


async def elsewhere(db: AsyncConnection, who: Subject) -> Counted:
    """Remove a person from what is not theirs: quotes and notices in groups, the chat list, answers, system logs."""
    gone: Counted = {}
    if quoted := await subject.authors(db, who, Message.quoted_author):
        in_groups = select(Conversation.id).where(Conversation.is_group).scalar_subquery()
        quotes = update(Message).where(Message.conversation_id.in_(in_groups), Message.quoted_author.in_(quoted))
        await db.execute(quotes.values(quoted_author=None, quoted_text=None))
    for some in parts(await subject.told_of(db, who)):
        await db.execute(update(Message).where(Message.id.in_(some)).values(text=None, folded=None))
    for some in parts(await subject.group_rows(db, who)):
        said = {"last_author": None, "last_text": None, "sentiment": None, "sentiment_score": None, "intent": None}
        await db.execute(update(ListedChat).where(ListedChat.id.in_(some)).values(**said))
    # Its lines name chats by their title alone; those of others are read anew with the chat list.
    words = {text for some in parts(who.chats) for text in await db.scalars(_words(some)) if text}
    for some in parts(line.id for line in await subject.rows_of_list(db, who, words)):
        await _gone(db, gone, delete(ListedChat).where(ListedChat.id.in_(some)))
    gone["idempotent_answers"] = await idempotency.forget(db)
    logged = await db.execute(select(SystemLog.id, SystemLog.event, SystemLog.data))
    named = [line.id for line in logged if who.traces.are_in(line.event) or _holds(line.data, who)]
    for some in parts(named):
        await _gone(db, gone, delete(SystemLog).where(SystemLog.id.in_(some)))
    return gone


async def mentions(db: AsyncConnection, traces: Traces) -> int:
    """How many messages of others hold a number of the person."""
    found, after = 0, -1
    while traces.phones:
        query = select(Message.id, Message.text).where(Message.id > after).order_by(Message.id).limit(10_000)
        lines = (await db.execute(query)).all()
        if not lines:
            break
        found += await asyncio.to_thread(_with_number, [line.text for line in lines], traces)
        after = lines[-1].id
    return found


def _with_number(texts: Iterable[str | None], traces: Traces) -> int:
    return sum(traces.number_in(text) for text in texts)


def as_erased(gone: Counted) -> Erased:
    """The counts that a person is told."""
    return Erased(
        messages=gone.get("messages", 0),
        analyses=gone.get("ai_analysis", 0),
        cards=gone.get("offers", 0),
        suggestions=gone.get("suggestions", 0),
        corrections=gone.get("corrections", 0),
        proposals=gone.get("proposals", 0),
        events=gone.get("events", 0),
    )


async def drop_learned(db: AsyncConnection, who: Subject) -> int:
    """Remove the proposals that rest on a person alone or name them; of the others, only what is this person's."""
    messages = select(Message.id).where(Message.conversation_id.in_(who.chats)).scalar_subquery()
    return await _proposals(db, who, messages)


async def _proposals(db: AsyncConnection, who: Subject, messages: Any) -> int:  # noqa: ANN401
    rested = set(await db.scalars(select(Evidence.proposal_id).where(Evidence.message_id.in_(messages)).distinct()))
    await db.execute(delete(Evidence).where(Evidence.message_id.in_(messages)))
    query = select(ProposalLine.id, ProposalLine.text, ProposalLine.title)
    naming = [
        line.id
        for line in await db.execute(query)
        for said in [f"{line.text}\n{line.title}"]
        if who.traces.full_in(said) or (line.id in rested and who.traces.are_in(said))
    ]
    return await _without_evidence(db, sorted(rested), naming)


async def _without_evidence(db: AsyncConnection, rested: Sequence[int], named: Sequence[int]) -> int:
    """Remove the proposals on which no message rests any more, and those that name the person; how many."""
    customers = (
        select(Evidence.proposal_id, func.count(Message.conversation_id.distinct()).label("customers"))
        .join(Message, Message.id == Evidence.message_id)
        .where(Evidence.proposal_id.in_(rested))
        .group_by(Evidence.proposal_id)
    )
    held = {line.proposal_id: line.customers for line in await db.execute(customers)}
    gone = {*named, *(proposal for proposal in rested if not held.get(proposal))}
    counted: Counted = {}
    for some in parts(sorted(gone)):
        await db.execute(delete(Evidence).where(Evidence.proposal_id.in_(some)))
        await _gone(db, counted, delete(ProposalLine).where(ProposalLine.id.in_(some)))
    return counted.get("proposals", 0)


def _words(chats: Sequence[int]) -> Any:  # noqa: ANN401
    return select(Message.text).where(Message.conversation_id.in_(chats))


def _holds(value: object, who: Subject) -> bool:
    """Whether anything in a JSON value names the person."""
    if isinstance(value, dict):
        return any(_holds(one, who) for pair in value.items() for one in pair)
    if isinstance(value, list):
        return any(_holds(one, who) for one in value)
    return isinstance(value, str) and who.traces.are_in(value)


async def _gone(db: AsyncConnection, counted: Counted, query: Delete) -> None:
    result = await db.execute(query)
    lines = max(result.rowcount, 0) if isinstance(result, CursorResult) else 0
    name = str(getattr(query.table, "name", query.table))
    counted[name] = counted.get(name, 0) + lines
