"""What people say that messages really wanted."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.engine import Row as Line
from sqlalchemy.ext.asyncio import AsyncConnection

from agent.contract.learning import Correction
from agent.storage.repositories.events import Told
from agent.storage.tables import AiAnalysis, Conversation, CorrectedIntent, Customer, Message


async def keep(db: AsyncConnection, message_id: int, intent: str, now: datetime) -> list[Told]:
    """Store or replace a correction; nothing to tell when it is known.

    Raises:
        LookupError: no such message.
    """
    known_as = select(Message.conversation_id, AiAnalysis.intent).outerjoin(AiAnalysis).where(Message.id == message_id)
    message = (await db.execute(known_as)).one_or_none()
    if message is None:
        raise LookupError(f"no message {message_id}")
    one = CorrectedIntent.message_id == message_id
    known = await db.scalar(select(CorrectedIntent.intent).where(one))
    if known == intent:
        return []
    if known is None:
        values = {"message_id": message_id, "was": message.intent}
        await db.execute(insert(CorrectedIntent).values(intent=intent, corrected_at=now, **values))
    else:
        await db.execute(update(CorrectedIntent).where(one).values(intent=intent, corrected_at=now))
    return [
        Told(
            "message.corrected", message.conversation_id, message_id, {"intent": intent, "was": known or message.intent}
        )
    ]


async def all_of_them(db: AsyncConnection) -> list[Correction]:
    """Every correction of a message that has a text, oldest first."""
    query = (
        select(
            CorrectedIntent.message_id,
            CorrectedIntent.intent,
            CorrectedIntent.was,
            Message.text,
            Message.author,
            Conversation.title,
            Customer.name,
        )
        .join(Message, Message.id == CorrectedIntent.message_id)
        .join(Conversation, Conversation.id == Message.conversation_id)
        .outerjoin(Customer, Customer.id == Conversation.customer_id)
        .where(Message.text.is_not(None))
        .order_by(CorrectedIntent.corrected_at, CorrectedIntent.message_id)
    )
    return [_correction(line) for line in await db.execute(query)]


def _correction(line: Line[*tuple[Any, ...]]) -> Correction:
    return Correction(
        message_id=line.message_id,
        text=line.text,
        people=people(line.title, line.name, line.author),
        intent=line.intent,
        was=line.was or "",
    )


def people(*names: str | None) -> tuple[str, ...]:
    """The names that are there, each once."""
    return tuple(_each_once(name for name in names if name))


def _each_once(names: Iterable[str]) -> dict[str, None]:
    return dict.fromkeys(names)
