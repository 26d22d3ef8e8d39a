"""Cards, their suggestions, and what became of them."""

from datetime import datetime

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from agent.contract.stored import Edit, OfferRecord, Outcome, SuggestionRecord
from agent.storage.repositories.events import Told
from agent.storage.tables import Message, Offer, Suggestion


async def keep(db: AsyncConnection, offer: OfferRecord, now: datetime) -> list[Told]:
    """Store a card; the text of a known slot is replaced, what became of it is not."""
    shown = await db.scalar(select(Offer.id).where(Offer.id == offer.offer_id))
    if shown is None:
        card = offer.model_dump(include={"message_id", "conversation_id", "attendant", "intent", "certainty"})
        considered = [list(pair) for pair in offer.considered]
        await db.execute(insert(Offer).values(id=offer.offer_id, shown_at=now, considered=considered, **card))
    columns = [Suggestion.__table__.columns[name] for name in SuggestionRecord.model_fields]
    found = await db.execute(select(*columns).where(Suggestion.offer_id == offer.offer_id))
    known = {line.slot: line._asdict() for line in found}
    written: list[int] = []
    for suggestion in offer.suggestions:
        values = suggestion.model_dump()
        if known.get(suggestion.slot) == values:
            continue
        written.append(suggestion.slot)
        if suggestion.slot in known:
            slot = (Suggestion.offer_id == offer.offer_id, Suggestion.slot == suggestion.slot)
            await db.execute(update(Suggestion).where(*slot).values(updated_at=now, **values))
        else:
            fresh = {"offer_id": offer.offer_id, "outcome": Outcome.SHOWN, "updated_at": now}
            await db.execute(insert(Suggestion).values(**fresh, **values))
    if shown is not None and not written:
        return []
    kind = "offer.shown" if shown is None else "offer.grown"
    return [Told(kind, offer.conversation_id, offer.message_id, {"offer_id": offer.offer_id, "slots": written})]


async def mark(
    db: AsyncConnection,
    offer_id: str,
    slot: int,
    outcome: Outcome,
    distance: int | None,
    code: str | None,
    edit: Edit | None,
    now: datetime,
) -> list[Told]:
    """Write what became of a suggestion; nothing to tell when that is known.

    A draft can be chosen while it is still being written, before its slot is stored: the slot is then made without a
    text, which ``keep`` fills in.

    Raises:
        LookupError: no such card.
    """
    card = (await db.execute(select(Offer.conversation_id, Offer.message_id).where(Offer.id == offer_id))).one_or_none()
    if card is None:
        raise LookupError(f"no card {offer_id}")
    one = (Suggestion.offer_id == offer_id, Suggestion.slot == slot)
    known = (
        await db.execute(select(Suggestion.outcome, Suggestion.distance, Suggestion.code, Suggestion.edit).where(*one))
    ).one_or_none()
    if known is not None and tuple(known) == (outcome, distance, code, edit):
        return []
    values = {"outcome": outcome, "distance": distance, "code": code, "edit": edit, "updated_at": now}
    if known is None:
        await db.execute(insert(Suggestion).values(offer_id=offer_id, slot=slot, **values))
    else:
        await db.execute(update(Suggestion).where(*one).values(**values))
    data: dict[str, object] = {"offer_id": offer_id, "slot": slot, "distance": distance, "code": code}
    if edit is not None:
        data["edit"] = edit.value
    return [Told(f"suggestion.{outcome.value}", card.conversation_id, card.message_id, data)]


async def judge(db: AsyncConnection, offer_id: str, slot: int, reason: str, now: datetime) -> list[Told]:
    """Write why a person found a suggestion no good; nothing to tell when that is known.

    Raises:
        LookupError: no such suggestion.
    """
    one = (Suggestion.offer_id == offer_id, Suggestion.slot == slot)
    of = select(Offer.conversation_id, Offer.message_id, Suggestion.judged)
    card = (await db.execute(of.join(Suggestion, Suggestion.offer_id == Offer.id).where(*one))).one_or_none()
    if card is None:
        raise LookupError(f"no suggestion {slot} of card {offer_id}")
    if card.judged == reason:
        return []
    await db.execute(update(Suggestion).where(*one).values(judged=reason, updated_at=now))
    data: dict[str, object] = {"offer_id": offer_id, "slot": slot, "reason": reason}
    return [Told("suggestion.judged", card.conversation_id, card.message_id, data)]


async def painted(db: AsyncConnection, offer_id: str, ms: float) -> list[Told]:
    """Write how long a card took; nothing to tell when that is known, or when the card is gone."""
    query = select(Offer.conversation_id, Offer.message_id).where(Offer.id == offer_id, Offer.painted_ms.is_(None))
    card = (await db.execute(query)).one_or_none()
    if card is None:
        return []
    await db.execute(update(Offer).where(Offer.id == offer_id).values(painted_ms=ms))
    return [Told("offer.painted", card.conversation_id, card.message_id, {"offer_id": offer_id, "ms": ms})]


async def answered(db: AsyncConnection, offer_id: str, wa_id: str, now: datetime) -> list[Told]:
    """Write which of our messages answered a card's; nothing to tell when that is known, or when either is gone."""
    query = (
        select(Offer.conversation_id, Offer.message_id, Message.id.label("answer_id"))
        .join(Message, Message.conversation_id == Offer.conversation_id)
        .where(Offer.id == offer_id, Message.wa_id == wa_id, Offer.answer_id.is_(None))
    )
    found = (await db.execute(query)).first()
    if found is None:
        return []
    await db.execute(update(Offer).where(Offer.id == offer_id).values(answer_id=found.answer_id, answered_at=now))
    data: dict[str, object] = {"offer_id": offer_id, "answer_id": found.answer_id}
    return [Told("offer.answered", found.conversation_id, found.message_id, data)]
