"""What the person at the counter is told of a customer's course, and of whom to come back to."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import exists, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from agent.contract.rows import Direction
from agent.contract.workplace import MoodPoint, Reminder
from agent.storage.tables import AiAnalysis, Conversation, ConversationDesk, JoinedConversation, Message

_MOST_DUE = 50


async def course(db: AsyncConnection, conversation_ids: Collection[int], last: int) -> tuple[MoodPoint, ...]:
    """How the customer sounded in the ``last`` messages of theirs that were understood, oldest first."""
    at = func.coalesce(Message.sent_at, Message.first_seen)
    query = (
        select(at, AiAnalysis.sentiment_score)
        .join(Message, Message.id == AiAnalysis.message_id)
        .where(Message.conversation_id.in_(conversation_ids), Message.direction == Direction.IN)
        .order_by(at.desc(), Message.id.desc())
        .limit(last)
    )
    found = [MoodPoint(at=when, score=score) for when, score in await db.execute(query)]
    return tuple(found[::-1])


async def due(db: AsyncConnection, session: str, now: datetime) -> tuple[Reminder, ...]:
    """The conversations of a session that somebody wanted to come back to by now, the longest due first."""
    query = (
        select(Conversation.id, Conversation.title, ConversationDesk.follow_up_at)
        .join(ConversationDesk, ConversationDesk.conversation_id == Conversation.id)
        .where(
            Conversation.session == session,
            ConversationDesk.follow_up_at <= now,
            ~exists().where(JoinedConversation.conversation_id == Conversation.id),
        )
        .order_by(ConversationDesk.follow_up_at, Conversation.id)
        .limit(_MOST_DUE)
    )
    return tuple(Reminder(conversation_id=number, title=title, at=at) for number, title, at in await db.execute(query))
