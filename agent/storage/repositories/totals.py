"""Totals over the whole database."""

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from agent.contract.rows import Direction, Kind
from agent.contract.stored import UNFINISHED, Counts, Outcome
from agent.storage.tables import AiAnalysis, Conversation, EventLine, JoinedConversation, Message, Suggestion

_JOINED = exists().where(JoinedConversation.conversation_id == Conversation.id)


async def counts(db: AsyncConnection) -> Counts:
    """Messages in and out without system rows and calls, which nobody wrote."""
    written = Message.kind.not_in((Kind.SYSTEM, Kind.CALL))
    totals = select(
        select(func.count(Conversation.id)).where(~_JOINED).scalar_subquery().label("conversations"),
        _messages(written, Message.direction == Direction.IN).label("messages_in"),
        _messages(written, Message.direction == Direction.OUT).label("messages_out"),
        _messages(Message.state.in_(UNFINISHED)).label("unfinished"),
        select(func.count(AiAnalysis.message_id)).scalar_subquery().label("analyses"),
        select(func.coalesce(func.max(EventLine.number), 0)).scalar_subquery().label("last_event"),
    )
    outcomes = select(Suggestion.outcome, func.count().label("times")).group_by(Suggestion.outcome)
    found = {line.outcome: line.times for line in await db.execute(outcomes)}
    suggestions = dict.fromkeys(Outcome, 0) | found
    return Counts.model_validate((await db.execute(totals)).one()._asdict() | {"suggestions": suggestions})


def _messages(*where: ColumnElement[bool]) -> ColumnElement[int]:
    return select(func.count(Message.id)).where(*where).scalar_subquery()
