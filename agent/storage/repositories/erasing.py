"""Takes a customer out of the database with everything that rests on them."""

from collections.abc import Sequence

from sqlalchemy import CursorResult, Delete, and_, delete, exists, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from agent.contract.people import Erased
from agent.storage.repositories import people, search
from agent.storage.tables import (
    AiAnalysis,
    Conversation,
    CorrectedIntent,
    Customer,
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
)


async def erase(db: AsyncConnection, customer_id: int) -> Erased:
    """Remove a customer: conversations, messages, analyses, cards, corrections, events, proposals on them alone.

    A customer is all that a person has merged into one; of a chat that was split, each half has its own.

    What was learned from them is gone with the cards, since it is computed from those.

    Raises:
        LookupError: no such customer.
    """
    if await db.scalar(select(Customer.id).where(Customer.id == customer_id)) is None:
        raise LookupError(f"no customer {customer_id}")
    merged = await people.merges(db)
    lines = people.family(people.person_of(customer_id, merged), merged)
    chats = select(Conversation.id, Conversation.session, Conversation.title)
    found = (await db.execute(chats.where(Conversation.customer_id.in_(lines)))).all()
    theirs = [chat.id for chat in found]
    messages = select(Message.id).where(Message.conversation_id.in_(theirs)).scalar_subquery()
    offers = select(Offer.id).where(Offer.conversation_id.in_(theirs)).scalar_subquery()
    rested = list(await db.scalars(select(Evidence.proposal_id).where(Evidence.message_id.in_(messages)).distinct()))

    await db.execute(delete(ShadowChoice).where(ShadowChoice.offer_id.in_(offers)))
    suggestions = await _gone(db, delete(Suggestion).where(Suggestion.offer_id.in_(offers)))
    await db.execute(update(Offer).where(Offer.answer_id.in_(messages)).values(answer_id=None, answered_at=None))
    cards = await _gone(db, delete(Offer).where(Offer.conversation_id.in_(theirs)))
    corrections = await _gone(db, delete(CorrectedIntent).where(CorrectedIntent.message_id.in_(messages)))
    analyses = await _gone(db, delete(AiAnalysis).where(AiAnalysis.message_id.in_(messages)))
    await db.execute(delete(Evidence).where(Evidence.message_id.in_(messages)))
    proposals = await _without_evidence(db, rested)
    # A message may have been captured in a chat from which it was split since: the lines go by the message, if any.
    others = exists().where(Message.id == EventLine.message_id, Message.conversation_id.not_in(theirs))
    told = or_(EventLine.message_id.in_(messages), and_(EventLine.conversation_id.in_(theirs), ~others))
    events = await _gone(db, delete(EventLine).where(told))
    moved = or_(MovedMessage.message_id.in_(messages), MovedMessage.conversation_id.in_(theirs))
    await db.execute(delete(MovedMessage).where(moved))
    await db.execute(delete(JoinedConversation).where(JoinedConversation.conversation_id.in_(theirs)))
    written = await _gone(db, delete(Message).where(Message.conversation_id.in_(theirs)))
    await search.forget(db)
    await db.execute(delete(Conversation).where(Conversation.id.in_(theirs)))
    # Its lines name chats by their title alone; those of others are read anew with the chat list.
    for chat in found:
        row = (ListedChat.session == chat.session, ListedChat.title == chat.title)
        await db.execute(delete(ListedChat).where(*row))
    await db.execute(delete(MergedCustomer).where(MergedCustomer.customer_id.in_(lines)))
    await db.execute(delete(Customer).where(Customer.id.in_(lines)))
    return Erased(
        messages=written,
        analyses=analyses,
        cards=cards,
        suggestions=suggestions,
        corrections=corrections,
        proposals=proposals,
        events=events,
    )


async def _without_evidence(db: AsyncConnection, rested: Sequence[int]) -> int:
    """Remove the proposals on which no message rests any more; how many."""
    customers = (
        select(Evidence.proposal_id, func.count(Message.conversation_id.distinct()).label("customers"))
        .join(Message, Message.id == Evidence.message_id)
        .where(Evidence.proposal_id.in_(rested))
        .group_by(Evidence.proposal_id)
    )
    held = {line.proposal_id: line.customers for line in await db.execute(customers)}
    gone = [proposal for proposal in rested if not held.get(proposal)]
    await db.execute(delete(Evidence).where(Evidence.proposal_id.in_(gone)))
    return await _gone(db, delete(ProposalLine).where(ProposalLine.id.in_(gone)))


async def _gone(db: AsyncConnection, query: Delete) -> int:
    result = await db.execute(query)
    return result.rowcount if isinstance(result, CursorResult) else 0
