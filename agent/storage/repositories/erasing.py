"""Finds customers, and takes one out of the database with everything that rests on them."""

from collections.abc import Sequence

from sqlalchemy import CursorResult, Delete, delete, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from agent.contract.learning import Erased, Person
from agent.storage.phone import canonical
from agent.storage.tables import (
    AiAnalysis,
    Conversation,
    CorrectedIntent,
    Customer,
    EventLine,
    Evidence,
    Message,
    Offer,
    ProposalLine,
    ShadowChoice,
    Suggestion,
)


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
    query = (
        select(
            Customer.id,
            Customer.name.label("customer"),
            Customer.phone,
            func.count(Message.id).label("messages"),
            func.count(CorrectedIntent.message_id).label("corrections"),
            func.max(Message.first_seen).label("last_seen"),
        )
        .outerjoin(Conversation, Conversation.customer_id == Customer.id)
        .outerjoin(Message, Message.conversation_id == Conversation.id)
        .outerjoin(CorrectedIntent, CorrectedIntent.message_id == Message.id)
        .where(or_(*who))
        .group_by(Customer.id, Customer.name, Customer.phone)
        .order_by(Customer.id)
    )
    return [Person.model_validate(line._asdict()) for line in await db.execute(query)]


async def erase(db: AsyncConnection, customer_id: int) -> Erased:
    """Remove a customer: conversations, messages, analyses, cards, corrections, events, proposals on them alone.

    What was learned from them is gone with the cards, since it is computed from those.

    Raises:
        LookupError: no such customer.
    """
    if await db.scalar(select(Customer.id).where(Customer.id == customer_id)) is None:
        raise LookupError(f"no customer {customer_id}")
    theirs = list(await db.scalars(select(Conversation.id).where(Conversation.customer_id == customer_id)))
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
    events = await _gone(db, delete(EventLine).where(EventLine.conversation_id.in_(theirs)))
    written = await _gone(db, delete(Message).where(Message.conversation_id.in_(theirs)))
    await db.execute(delete(Conversation).where(Conversation.id.in_(theirs)))
    await db.execute(delete(Customer).where(Customer.id == customer_id))
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
