"""Cards: made from an analysis, grown by the draft, taken away when stale."""

from dataclasses import replace
from math import isfinite

from agent.contract.analysis import Analysis, SuggestedResponse, SuggestionKind
from agent.contract.commands import ClearCommand, DraftCommand, OfferCommand, Suggestion
from agent.contract.frames import PaintedFrame
from agent.contract.stored import OfferRecord, SuggestionRecord
from agent.core.cautions import cares_of
from agent.core.effects import Effect, Painted, StartDraft, StopDraft, StoreOffer, Tell
from agent.core.likeness import repeats
from agent.core.state import Conversation, Offer, Seen, State

Step = tuple[State, tuple[Effect, ...]]


def record(offer: Offer) -> OfferRecord:
    """The card as it is stored."""
    return OfferRecord(
        offer_id=offer.offer_id,
        message_id=offer.message_id,
        conversation_id=offer.conversation_id,
        suggestions=tuple(_suggestion(offer, s) for s in offer.suggestions),
        attendant=offer.attendant,
        intent=offer.analysis.intent,
        certainty=offer.analysis.confidence_scores.get("intent", 0.0),
        considered=offer.analysis.considered,
    )


def _suggestion(offer: Offer, shown: Suggestion) -> SuggestionRecord:
    drafted = shown.slot == offer.draft_slot
    # The page needs no reply ids, so the command has none; slots are places in what was found.
    reply_id = "" if drafted else offer.analysis.suggested_responses[shown.slot].reply_id
    return SuggestionRecord(
        slot=shown.slot,
        text=shown.text,
        source=shown.source,
        tier=int(drafted),
        score=shown.score,
        kind=None if drafted else shown.kind,
        reply_id=reply_id,
    )


def name_of(reply: SuggestedResponse) -> str:
    """What a reply is known by: its text may say another number or another greeting the next time."""
    return reply.reply_id or reply.text


def make(state: State, conversation: Conversation, target: Seen, message_id: int, analysis: Analysis) -> Step:
    """A new card for the waiting message: retrieved replies now, a slot kept free for the draft."""
    if conversation.conversation_id is None:
        return state, ()
    drafting = state.drafts and state.model == "ready"
    refused = state.refused.get(conversation.conversation_id, frozenset())
    if refused:
        fit = tuple(reply for reply in analysis.suggested_responses if name_of(reply) not in refused)
        analysis = analysis.model_copy(update={"suggested_responses": fit})
    found = analysis.suggested_responses[: state.limit - 1 if drafting else state.limit]
    suggestions = tuple(_found(state, reply, slot) for slot, reply in enumerate(found))
    offer = Offer(
        offer_id=f"{state.run}-{state.offers_made + 1}",
        message_id=message_id,
        wa_id=target.row.id,
        conversation_id=conversation.conversation_id,
        analysis=analysis,
        suggestions=suggestions,
        draft_slot=len(suggestions) if drafting else None,
        attendant=state.attendant,
    )
    shown = OfferCommand(
        offer_id=offer.offer_id,
        chat_token=conversation.chat.token,
        message_id=offer.wa_id,
        seen_ms=target.seen_ms,
        sentiment=analysis.sentiment,
        intent=analysis.intent,
        unsure=analysis.unsure,
        intents=analysis.intent_choices,
        mood_score=analysis.mood_score,
        suggestions=suggestions,
        draft_slot=offer.draft_slot,
    )
    effects: tuple[Effect, ...] = (Tell(shown), StoreOffer(record(offer)))
    if drafting:
        effects += (StartDraft(offer.offer_id, offer.conversation_id, analysis),)
    elif state.offer is not None and state.offer.draft_slot is not None:
        effects += (StopDraft(),)
    return replace(state, offer=offer, offers_made=state.offers_made + 1), effects


def _found(state: State, reply: SuggestedResponse, slot: int) -> Suggestion:
    return Suggestion(
        slot=slot,
        text=reply.text,
        source=reply.source,
        score=reply.score,
        kind=reply.kind,
        missing=reply.missing,
        sent_by=reply.sent_by,
        sent_on=reply.sent_on,
        cares=cares_of(reply.text, reply.kind, reply.cares, state.company),
    )


def painted(state: State, frame: PaintedFrame) -> tuple[Effect, ...]:
    """How long the card took is kept. Of a message that was edited since it came, nobody knows since when it stood."""
    offer = state.offer
    if frame.tier != 0 or offer is None or offer.offer_id != frame.offer_id or not isfinite(frame.elapsed_ms):
        return ()
    seen = state.open.rows.get(offer.wa_id) if state.open is not None else None
    if seen is None or seen.row.edited:
        return ()
    return (Painted(offer.offer_id, frame.elapsed_ms),)


def withdraw(state: State, *, tell: bool = True) -> Step:
    """Take the card away. ``tell`` is false when the page has already done so."""
    if state.offer is None:
        return state, ()
    effects: tuple[Effect, ...] = (Tell(ClearCommand()),) if tell else ()
    if state.offer.draft_slot is not None:
        effects += (StopDraft(),)
    return replace(state, offer=None), effects


def grow_draft(state: State, offer_id: str, text: str) -> Step:
    """The model wrote more for a card; another card's draft is stale and dropped."""
    offer = state.offer
    if offer is None or offer.offer_id != offer_id or offer.draft_slot is None:
        return state, ()
    draft = Suggestion(
        slot=offer.draft_slot,
        text=text,
        source=state.model_name or "",
        kind=SuggestionKind.DRAFT,
        cares=cares_of(text, SuggestionKind.DRAFT, (), state.company),
    )
    others = tuple(s for s in offer.suggestions if s.slot != draft.slot)
    if not text:  # The analyst took back what it gave: the end of the draft gives up the slot.
        return replace(state, offer=replace(offer, suggestions=others)), ()
    return replace(state, offer=replace(offer, suggestions=(*others, draft))), (_draft(draft, offer_id, "streaming"),)


def end_draft(state: State, offer_id: str) -> Step:
    """The model is done: the slot is filled, or given up to the next reply that was found."""
    offer = state.offer
    if offer is None or offer.offer_id != offer_id or offer.draft_slot is None:
        return state, ()
    draft = next((s for s in offer.suggestions if s.slot == offer.draft_slot), None)
    others = tuple(s for s in offer.suggestions if s.slot != offer.draft_slot)
    again = draft is not None and (
        draft.text in state.refused.get(offer.conversation_id, frozenset())
        or any(repeats(draft.text, other.text) for other in others)
    )
    if draft is None or (again and draft.slot not in offer.judged):
        return _give_up(state, replace(offer, suggestions=others), offer.draft_slot)
    return state, (_draft(draft, offer_id, "done"), StoreOffer(record(offer)))


def _give_up(state: State, offer: Offer, slot: int) -> Step:
    """No draft after all. Slots are places in what was found: the next reply stands at the draft's."""
    spare = offer.analysis.suggested_responses[slot : slot + 1]
    instead = _found(state, spare[0], slot) if spare else None
    gone = DraftCommand(offer_id=offer.offer_id, slot=slot, text="", source="", state="none", instead=instead)
    if instead is None:
        return replace(state, offer=replace(offer, draft_slot=None)), (Tell(gone),)
    offer = replace(offer, draft_slot=None, suggestions=(*offer.suggestions, instead))
    return replace(state, offer=offer), (Tell(gone), StoreOffer(record(offer)))


def _draft(draft: Suggestion, offer_id: str, how: str) -> Tell:
    done = how == "done"
    return Tell(
        DraftCommand(
            offer_id=offer_id,
            slot=draft.slot,
            text=draft.text,
            source=draft.source,
            state="done" if done else "streaming",
            cares=draft.cares,
        )
    )
