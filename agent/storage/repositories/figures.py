"""The figures of some days, counted over the messages in the order of their chats.

The messages are read in pieces, so that what the page says meanwhile does not wait for them. Which are looked at goes
by the index of when they were first seen: a message is never seen before it was written.
"""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import InstrumentedAttribute, aliased

from agent.contract.analysis import Sentiment
from agent.contract.desk import ConversationOutcome
from agent.contract.rows import Change, Direction
from agent.contract.stored import Outcome
from agent.storage.repositories import people
from agent.storage.repositories.desk import SILENT
from agent.storage.tables import (
    AiAnalysis,
    Conversation,
    ConversationDesk,
    CorrectedIntent,
    Customer,
    Message,
    Offer,
    Suggestion,
)

_AHEAD = timedelta(hours=1)
"""Clocks of the page and of this computer differ by less."""

_PIECE = 50
"""Conversations that are read at once."""

_ROWS = 200
"""After so many lines, others have their turn."""

_ZONES = 1000
"""Messages among which a time zone is looked for, the newest."""

_END = 2**62

_SAID = select(
    Message.conversation_id,
    Conversation.is_group,
    Conversation.customer_id,
    Message.direction,
    Message.sent_at,
    Message.first_seen,
    Message.origin,
).join(Conversation, Conversation.id == Message.conversation_id)

_Column = ColumnElement[Any] | InstrumentedAttribute[Any]
_Moment = InstrumentedAttribute[datetime] | InstrumentedAttribute[datetime | None]


class Span(NamedTuple):
    """Some days."""

    since: datetime
    before: datetime


class Said(NamedTuple):
    """A message as far as the figures need it."""

    conversation_id: int
    is_group: bool
    customer_id: int | None
    direction: Direction
    sent_at: datetime | None
    first_seen: datetime
    origin: Change


async def zone(db: AsyncConnection) -> str | None:
    """The time zone in which the page of this profile showed its clock last."""
    last = await db.scalar(select(func.max(Message.id))) or 0
    recent = Message.id > last - _ZONES, Message.zone.is_not(None), Message.session.not_like("api:%")
    return await db.scalar(select(Message.zone).where(*recent).order_by(Message.id.desc()).limit(1))


async def said(db: AsyncConnection, span: Span) -> AsyncIterator[Said]:
    """The messages of some days by conversation, in its order, each led by those that waited for its first answer."""
    first, last = func.min(Message.position), func.max(Message.position)
    # Grouped by a sum, since SQLite would go through the whole index of the chats' order to group by the column.
    chat = (Message.conversation_id + 0).label("conversation_id")
    touched = select(chat, first.label("first"), last.label("last"))
    here = touched.where(*_in(span), Message.kind.not_in(SILENT)).group_by(chat).subquery()
    before = aliased(Message)
    answered = (
        select(before.position)
        .where(
            before.conversation_id == here.c.conversation_id,
            before.position < here.c.first,
            before.direction == Direction.OUT,
            before.kind.not_in(SILENT),
        )
        .order_by(before.position.desc())
        .limit(1)
        .correlate(here)
        .scalar_subquery()
    )
    parts = (await db.execute(select(here.c.conversation_id, func.coalesce(answered, -_END), here.c.last))).all()
    for at in range(0, len(parts), _PIECE):
        stretches = [
            and_(Message.conversation_id == number, Message.position > after, Message.position <= end)
            for number, after, end in parts[at : at + _PIECE]
        ]
        query = _SAID.where(or_(*stretches), Message.kind.not_in(SILENT))
        ordered = query.order_by(Message.conversation_id, Message.position, Message.id)
        for n, line in enumerate(await db.execute(ordered)):
            if n % _ROWS == 0:
                await asyncio.sleep(0)
            yield Said(*line)


async def new_customers(db: AsyncConnection, span: Span) -> int:
    """How many were stored in these days, and are not somebody who was known before."""
    return len(await new_people(db, span))


async def new_people(db: AsyncConnection, span: Span) -> set[int]:
    """Who they are, after all merges."""
    merged = await people.merges(db)
    made = await db.scalars(select(Customer.id).where(*between(Customer.created_at, span)))
    heads = {people.person_of(one, merged) for one in made}
    ids = {one for head in heads for one in people.family(head, merged)} if merged else set()
    older = await db.scalars(select(Customer.id).where(Customer.id.in_(ids), Customer.created_at < span.since))
    return heads - {people.person_of(one, merged) for one in older}


async def decided(db: AsyncConnection, span: Span) -> dict[ConversationOutcome, int]:
    """How many conversations came to what in these days."""
    query = select(ConversationDesk.outcome, func.count()).where(*between(ConversationDesk.decided_at, span))
    return dict((await db.execute(query.group_by(ConversationDesk.outcome))).all())


async def cards(db: AsyncConnection, span: Span) -> dict[str, Counter[Outcome]]:
    """What became of the suggestions of each card that was shown in these days."""
    query = select(Offer.id, Suggestion.outcome, func.count(Suggestion.slot)).outerjoin(Suggestion)
    found: dict[str, Counter[Outcome]] = {}
    grouped = query.where(*between(Offer.shown_at, span)).group_by(Offer.id, Suggestion.outcome)
    for offer_id, outcome, count in await db.execute(grouped):
        counted = found.setdefault(offer_id, Counter())
        if outcome is not None:
            counted[outcome] += count
    return found


async def painted(db: AsyncConnection, span: Span) -> list[tuple[datetime, float]]:
    """When each card of these days was shown, and the milliseconds from its message to it, where the page told them."""
    query = select(Offer.shown_at, Offer.painted_ms).where(*between(Offer.shown_at, span))
    return [(at, ms) for at, ms in await db.execute(query) if ms is not None]


async def moods(db: AsyncConnection, span: Span, owner: int | None = None) -> dict[Sentiment, int]:
    """How many of the customers' messages of these days were in which mood; in the conversations of a user, or all."""
    query = _understood(AiAnalysis.sentiment, span, owner).group_by(AiAnalysis.sentiment)
    return dict((await db.execute(query)).all())


async def intents(db: AsyncConnection, span: Span, owner: int | None = None) -> dict[str, int]:
    """How many of them wanted what, the most frequent first."""
    intent = func.coalesce(CorrectedIntent.intent, AiAnalysis.intent)
    query = _understood(intent, span, owner).outerjoin(CorrectedIntent, CorrectedIntent.message_id == Message.id)
    counted = dict((await db.execute(query.group_by(intent))).all())
    return dict(sorted(counted.items(), key=lambda one: (-one[1], one[0])))


def _understood(what: _Column, span: Span, owner: int | None) -> Select[*tuple[Any, ...]]:
    theirs = Message.direction == Direction.IN, Message.kind.not_in(SILENT)
    joined = select(what, func.count()).select_from(Message).join(AiAnalysis, AiAnalysis.message_id == Message.id)
    if owner is not None:
        desk = ConversationDesk.conversation_id == Message.conversation_id
        joined = joined.join(ConversationDesk, desk & (ConversationDesk.assigned_to == owner))
    return joined.where(*_in(span), *theirs, or_(Message.sent_at.is_not(None), Message.origin == Change.NEW))


def _in(span: Span) -> Sequence[ColumnElement[bool]]:
    """Messages of some days, and those first seen in them of which no moment is known."""
    at: ColumnElement[Any] = func.coalesce(Message.sent_at, Message.first_seen)
    return Message.first_seen >= span.since - _AHEAD, at >= span.since, at < span.before


def between(column: _Moment, span: Span) -> Sequence[ColumnElement[bool]]:
    """A moment of these days."""
    return column >= span.since, column < span.before
