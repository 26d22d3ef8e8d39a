"""What reports ask beyond the dashboard's figures: whose conversations they are, and each card by itself."""

from collections import Counter
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from agent.contract.desk import ConversationOutcome
from agent.contract.stored import Outcome
from agent.storage.repositories.figures import Span, between
from agent.storage.tables import Conversation, ConversationDesk, Offer, Suggestion, User


class ShownCard(NamedTuple):
    """A card, who sat there, and how many of its suggestions came to what."""

    shown_at: datetime
    attendant: str | None
    outcomes: Counter[Outcome]


class Owned(NamedTuple):
    """A conversation that is assigned to somebody now."""

    conversation_id: int
    customer_id: int | None
    user_id: int


async def users(db: AsyncConnection) -> dict[int, str]:
    """Everybody who may sign in, or might once."""
    return dict((await db.execute(select(User.id, User.name).order_by(User.name))).all())


async def seats(db: AsyncConnection) -> list[str]:
    """Who ever sat where a card was shown."""
    found = await db.scalars(select(Offer.attendant).where(Offer.attendant.is_not(None)).distinct())
    return sorted(one for one in found if one and one.strip())


async def owned(db: AsyncConnection) -> list[Owned]:
    """Whose each conversation is now; those that are nobody's are left out."""
    of = select(ConversationDesk.conversation_id, Conversation.customer_id, ConversationDesk.assigned_to)
    joined = of.join(Conversation, Conversation.id == ConversationDesk.conversation_id)
    lines = await db.execute(joined.where(ConversationDesk.assigned_to.is_not(None)))
    return [Owned(chat, customer, user) for chat, customer, user in lines if user is not None]


async def decided(db: AsyncConnection, span: Span) -> dict[int | None, Counter[ConversationOutcome]]:
    """How many conversations came to what in these days, by whose they are."""
    whose, outcome = ConversationDesk.assigned_to, ConversationDesk.outcome
    query = select(whose, outcome, func.count()).where(*between(ConversationDesk.decided_at, span))
    found: dict[int | None, Counter[ConversationOutcome]] = {}
    for user_id, came_to, count in await db.execute(query.group_by(whose, outcome)):
        found.setdefault(user_id, Counter())[came_to] = count
    return found


async def settled(db: AsyncConnection) -> set[int]:
    """The conversations of which somebody has said what came of them."""
    query = select(ConversationDesk.conversation_id).where(ConversationDesk.outcome != ConversationOutcome.OPEN)
    return set(await db.scalars(query))


async def cards(db: AsyncConnection, span: Span) -> list[ShownCard]:
    """The cards that were shown in these days."""
    columns = Offer.id, Offer.shown_at, Offer.attendant, Suggestion.outcome
    query = select(*columns, func.count(Suggestion.slot)).outerjoin(Suggestion).where(*between(Offer.shown_at, span))
    found: dict[str, ShownCard] = {}
    for offer_id, at, attendant, outcome, count in await db.execute(query.group_by(*columns)):
        card = found.setdefault(offer_id, ShownCard(at, attendant, Counter()))
        if outcome is not None:
            card.outcomes[outcome] += count
    return list(found.values())
