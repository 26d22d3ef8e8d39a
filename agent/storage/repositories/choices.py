"""Cards that were answered, with everything that can be learned from them."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.engine import Row as Line
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import aliased

from agent.contract.learning import Choice, Considered, SentText, Shown
from agent.contract.rows import Direction, Kind
from agent.storage.repositories.corrections import people
from agent.storage.tables import AiAnalysis, Conversation, Customer, Message, Offer, Suggestion

_Asked, _Answer, _Next = aliased(Message), aliased(Message), aliased(Message)

_MOOD_AFTER = (
    select(AiAnalysis.sentiment)
    .join(_Next, _Next.id == AiAnalysis.message_id)
    .where(
        _Next.conversation_id == Offer.conversation_id,
        _Next.direction == Direction.IN,
        _Next.position > _Answer.position,
    )
    .order_by(_Next.position)
    .limit(1)
    .correlate(Offer, _Answer)
    .scalar_subquery()
)

_ANSWERED = (
    select(
        Offer.id,
        Offer.answered_at,
        Offer.attendant,
        Offer.intent,
        Offer.certainty,
        Offer.considered,
        Offer.conversation_id,
        _Asked.text.label("asked"),
        _Asked.author,
        Conversation.title,
        Customer.name,
        Customer.phone,
        _MOOD_AFTER.label("mood_after"),
    )
    .join(_Asked, _Asked.id == Offer.message_id)
    .join(_Answer, _Answer.id == Offer.answer_id)
    .join(Conversation, Conversation.id == Offer.conversation_id)
    .outerjoin(Customer, Customer.id == Conversation.customer_id)
    .where(Offer.answered_at.is_not(None))
    .order_by(Offer.answered_at, Offer.id)
)


async def between(db: AsyncConnection, first: datetime | None, last: datetime | None) -> list[Choice]:
    """Answered cards, oldest first: from ``first`` on, before ``last``; None: from or to the end."""
    when: list[ColumnElement[bool]] = []
    if first is not None:
        when.append(Offer.answered_at >= first)
    if last is not None:
        when.append(Offer.answered_at < last)
    slots = select(*_SLOT).join(Offer).where(Offer.answered_at.is_not(None), *when)
    return await _choices(db, when, slots)


async def of(db: AsyncConnection, offer_ids: Collection[str]) -> list[Choice]:
    """Those of some cards that were answered, oldest first."""
    return await _choices(db, [Offer.id.in_(offer_ids)], select(*_SLOT).where(Suggestion.offer_id.in_(offer_ids)))


_SLOT = (
    Suggestion.offer_id,
    Suggestion.reply_id,
    Suggestion.text,
    Suggestion.score,
    Suggestion.outcome,
    Suggestion.distance,
    Suggestion.edit,
    Suggestion.judged,
)


async def _choices(
    db: AsyncConnection,
    when: Sequence[ColumnElement[bool]],
    slots: Any,  # noqa: ANN401 - a Select of the columns above
) -> list[Choice]:
    found = await db.execute(slots.order_by(Suggestion.offer_id, Suggestion.slot))
    shown = {offer_id: list(lines) for offer_id, lines in groupby(found, key=lambda line: line.offer_id)}
    return [_choice(line, shown.get(line.id, ())) for line in await db.execute(_ANSWERED.where(*when))]


def _choice(line: Line[*tuple[Any, ...]], slots: Iterable[Line[*tuple[Any, ...]]]) -> Choice:
    considered = tuple(Considered(reply_id=reply, score=score) for reply, score in line.considered or ())
    before = {one.reply_id: one.score for one in considered}
    shown = tuple(
        Shown(
            reply_id=slot.reply_id,
            text=slot.text or "",
            score=before.get(slot.reply_id, slot.score or 0.0),
            outcome=slot.outcome,
            distance=slot.distance,
            edit=slot.edit,
            judged=slot.judged,
        )
        for slot in slots
        if slot.reply_id  # A draft is nobody's reply: nothing can be learned of it that would help the next card.
    )
    return Choice(
        offer_id=line.id,
        at=line.answered_at,
        attendant=line.attendant or "",
        intent=line.intent or "",
        certainty=line.certainty or 0.0,
        asked=line.asked or "",
        people=people(line.title, line.name, line.author, line.phone),
        customer_id=line.conversation_id,
        shown=shown,
        considered=considered or tuple(Considered(reply_id=one.reply_id, score=one.score) for one in shown),
        mood_after=line.mood_after,
    )


async def sent_texts(db: AsyncConnection, limit: int) -> list[SentText]:
    """The last texts that our side sent, oldest first."""
    card = (
        select(Offer.answer_id, Offer.attendant, Offer.intent).where(Offer.answer_id.is_not(None)).distinct().subquery()
    )
    query = (
        select(
            Message.id,
            Message.conversation_id,
            Message.first_seen,
            Message.text,
            Conversation.title,
            Customer.name,
            Customer.phone,
            card.c.attendant,
            card.c.intent,
        )
        .join(Conversation, Conversation.id == Message.conversation_id)
        .outerjoin(Customer, Customer.id == Conversation.customer_id)
        .outerjoin(card, card.c.answer_id == Message.id)
        .where(Message.direction == Direction.OUT, Message.kind == Kind.TEXT, Message.text.is_not(None))
        .order_by(Message.first_seen.desc(), Message.id.desc())
        .limit(limit)
    )
    found = {line.id: line for line in (await db.execute(query)).all()[::-1]}
    return [
        SentText(
            message_id=line.id,
            conversation_id=line.conversation_id,
            at=line.first_seen,
            attendant=line.attendant or "",
            text=line.text,
            people=people(line.title, line.name, line.phone),
            intent=line.intent or "",
        )
        for line in found.values()
    ]
