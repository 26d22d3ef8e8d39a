"""What the analysis says of each message."""

from datetime import datetime

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from agent.contract.analysis import Analysis
from agent.storage.repositories.events import Told
from agent.storage.tables import AiAnalysis, Message


async def keep(db: AsyncConnection, message_id: int, analysis: Analysis, now: datetime) -> list[Told]:
    """Store or replace a message's analysis; nothing to tell when it is the one already stored.

    Raises:
        LookupError: no such message.
    """
    conversation_id = await db.scalar(select(Message.conversation_id).where(Message.id == message_id))
    if conversation_id is None:
        raise LookupError(f"no message {message_id}")
    # What is only for the card (what else was considered, other intents it may be) is kept with the card, if at all.
    kept = {name for name in type(analysis).model_fields if name in AiAnalysis.__table__.columns}
    values = analysis.model_dump(mode="json", include=kept) | {
        "sentiment": analysis.sentiment,
        "confidence_scores": analysis.confidence_scores,
    }
    names = [AiAnalysis.__table__.columns[name] for name in values]
    known = (await db.execute(select(*names).where(AiAnalysis.message_id == message_id))).one_or_none()
    if known is None:
        await db.execute(insert(AiAnalysis).values(message_id=message_id, analysed_at=now, **values))
    elif known._asdict() == values:
        return []
    else:
        await db.execute(
            update(AiAnalysis).where(AiAnalysis.message_id == message_id).values(analysed_at=now, **values)
        )
    data: dict[str, object] = {
        "sentiment": analysis.sentiment.value,
        "sentiment_score": analysis.sentiment_score,
        "intent": analysis.intent,
        "confidence": analysis.confidence_scores,
        "model_version": analysis.model_version,
    }
    return [Told("analysis.stored", conversation_id, message_id, data)]
