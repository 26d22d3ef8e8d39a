"""What was said in a conversation, what was understood of it, and which cards were shown for it."""

from collections.abc import Collection, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Select, and_, exists, or_, select
from sqlalchemy.engine import Row as Line
from sqlalchemy.ext.asyncio import AsyncConnection

from agent.contract.history import (
    CardPage,
    CardQuery,
    MessageCard,
    MessagePage,
    ShownCard,
    ShownSuggestion,
    Understood,
)
from agent.contract.rows import Quote
from agent.errors import BadInput
from agent.storage.repositories import joining, people
from agent.storage.tables import AiAnalysis, Conversation, CorrectedIntent, Message, Offer, Suggestion

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


async def page(db: AsyncConnection, conversation_id: int, limit: int, before: int | None) -> MessagePage | None:
    """Messages of a conversation in the order of the chat, the newest first; None where there is no such one.

    The page ends at a message and not at a position: room that is made for older history moves positions.

    Raises:
        BadInput: ``before`` is none of its messages.
    """
    live = await joining.followed(db, conversation_id)
    if await db.scalar(select(Conversation.id).where(Conversation.id == live)) is None:
        return None
    query = select(Message.id).where(Message.conversation_id == live)
    if before is not None:
        here = select(Message.position).where(Message.id == before, Message.conversation_id == live)
        position = await db.scalar(here)
        if position is None:
            raise BadInput("This is no place in this conversation.", "Begin again without a cursor.")
        above = and_(Message.position == position, Message.id < before)
        query = query.where(or_(Message.position < position, above))
    ordered = query.order_by(Message.position.desc(), Message.id.desc())
    found = (await db.scalars(ordered.limit(limit + 1))).all()
    more = str(found[limit - 1]) if len(found) > limit else None
    return MessagePage(items=await messages(db, found[:limit]), cursor=more)


async def messages(db: AsyncConnection, ids: Sequence[int]) -> tuple[MessageCard, ...]:
    """Messages in full, in the order of ``ids``; those that are not there are left out."""
    merged = await people.merges(db)
    found = {line.id: line for line in await db.execute(_MESSAGES.where(Message.id.in_(ids)))}
    cards: dict[int, list[ShownCard]] = {}
    for card in await _cards(db, _OFFERS.where(Offer.message_id.in_(ids)).order_by(Offer.shown_at, Offer.id)):
        cards.setdefault(card.message_id, []).append(card)
    return tuple(_message(found[one], merged, cards.get(one, [])) for one in ids if one in found)


async def cards(db: AsyncConnection, query: CardQuery) -> CardPage:
    """Cards that were shown, the last one first. ``BadInput``: a cursor of no page."""
    wanted = _OFFERS
    if query.conversation_id is not None:
        live = await joining.followed(db, query.conversation_id)
        wanted = wanted.where(Offer.conversation_id == live)
    if query.attendant is not None:
        wanted = wanted.where(Offer.attendant == query.attendant)
    if query.since is not None:
        wanted = wanted.where(Offer.shown_at >= query.since)
    if query.before is not None:
        wanted = wanted.where(Offer.shown_at < query.before)
    if query.outcome is not None:
        of_it = exists().where(Suggestion.offer_id == Offer.id, Suggestion.outcome == query.outcome)
        wanted = wanted.where(of_it)
    if query.cursor is not None:
        at, offer_id = _place(query.cursor)
        wanted = wanted.where(or_(Offer.shown_at < at, and_(Offer.shown_at == at, Offer.id < offer_id)))
    found = await _cards(db, wanted.order_by(Offer.shown_at.desc(), Offer.id.desc()).limit(query.limit + 1))
    shown, more = found[: query.limit], None
    if len(found) > query.limit:
        micros = (shown[-1].shown_at - _EPOCH) // timedelta(microseconds=1)
        more = f"{micros:x}.{shown[-1].offer_id.encode().hex()}"
    return CardPage(items=tuple(shown), cursor=more)


async def customers_of(db: AsyncConnection, conversation_ids: Collection[int]) -> set[int]:
    """Who these conversations are with."""
    merged = await people.merges(db)
    query = select(Conversation.customer_id).where(Conversation.id.in_(conversation_ids))
    return {people.person_of(one, merged) for one in await db.scalars(query) if one is not None}


async def chats_of(db: AsyncConnection, customer_ids: Collection[int]) -> frozenset[int]:
    """All conversations of these customers, and of whoever is one person with them."""
    merged = await people.merges(db)
    ids = {one for number in customer_ids for one in people.family(people.person_of(number, merged), merged)}
    return frozenset(await db.scalars(select(Conversation.id).where(Conversation.customer_id.in_(ids))))


async def _cards(db: AsyncConnection, query: Select[*tuple[Any, ...]]) -> list[ShownCard]:
    offers = (await db.execute(query)).all()
    columns = [Suggestion.__table__.columns[name] for name in ShownSuggestion.model_fields]
    of_them = Suggestion.offer_id.in_([offer.offer_id for offer in offers])
    slots: dict[str, list[ShownSuggestion]] = {}
    for line in await db.execute(select(Suggestion.offer_id, *columns).where(of_them).order_by(Suggestion.slot)):
        values = line._asdict()
        slots.setdefault(values.pop("offer_id"), []).append(ShownSuggestion(**values))
    return [ShownCard(**offer._asdict(), suggestions=tuple(slots.get(offer.offer_id, ()))) for offer in offers]


def _message(line: Line[*tuple[Any, ...]], merged: people.Merges, cards: Sequence[ShownCard]) -> MessageCard:
    known = line._asdict()
    analysis = {name: known.pop(name) for name in _ANALYSIS}
    intent = known.pop("corrected_intent")
    quoted = Quote(author=known.pop("quoted_author"), text=known.pop("quoted_text"))
    known["customer_id"] = line.customer_id and people.person_of(line.customer_id, merged)
    known["reactions"] = tuple(line.reactions)
    understood = None
    if analysis["sentiment"] is not None:
        understood = Understood(**analysis | ({"intent": intent} if intent else {}), corrected=intent is not None)
    return MessageCard(
        **known,
        quoted=quoted if quoted.author or quoted.text else None,
        analysis=understood,
        cards=tuple(cards),
    )


def _place(cursor: str) -> tuple[datetime, str]:
    micros, _, offer_id = cursor.partition(".")
    try:
        return _EPOCH + timedelta(microseconds=int(micros, 16)), bytes.fromhex(offer_id).decode().replace("\0", "")
    except (ValueError, OverflowError) as error:
        raise BadInput("This is no place in this list.", "Begin again without a cursor.") from error


_ANALYSIS = tuple(name for name in Understood.model_fields if name != "corrected")
_MESSAGES = (
    select(
        Message.id,
        Message.wa_id,
        Message.session,
        Message.conversation_id,
        Conversation.title.label("chat_title"),
        Conversation.customer_id,
        Message.direction,
        Message.kind,
        Message.author,
        Message.text,
        Message.sent_at,
        Message.first_seen,
        Message.status,
        Message.quoted_author,
        Message.quoted_text,
        Message.edited,
        Message.forwarded,
        Message.truncated,
        Message.reactions,
        Message.origin,
        Message.state,
        CorrectedIntent.intent.label("corrected_intent"),
        *(AiAnalysis.__table__.columns[name] for name in _ANALYSIS),
    )
    .join(Conversation, Conversation.id == Message.conversation_id)
    .outerjoin(AiAnalysis, AiAnalysis.message_id == Message.id)
    .outerjoin(CorrectedIntent, CorrectedIntent.message_id == Message.id)
)
_OFFERS = select(
    Offer.id.label("offer_id"),
    Offer.message_id,
    Offer.conversation_id,
    Offer.shown_at,
    Offer.attendant,
    Offer.intent,
    Offer.answer_id,
    Offer.answered_at,
)
