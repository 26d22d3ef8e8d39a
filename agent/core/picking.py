"""What the person does with a card: picks, changes, dismisses, corrects, judges."""

from dataclasses import replace

from agent.contract.analysis import INTENTS
from agent.contract.commands import InsertCode, InsertCommand, NoticeCommand, Suggestion
from agent.contract.stored import Outcome
from agent.contract.wishes import CorrectedFrame, DismissedFrame, JudgedFrame, PickedFrame
from agent.core import offers
from agent.core.effects import Correct, Effect, Insert, Judge, Mark, Put, StoreOffer, Tell
from agent.core.events import InsertEnded
from agent.core.offers import Step
from agent.core.state import Inserted, Offer, State


def picked(state: State, frame: PickedFrame) -> Step:
    """The person wants a suggestion in the box, as it was offered or as they changed it."""
    offer, conversation = state.offer, state.open
    if offer is None or conversation is None or offer.offer_id != frame.offer_id:
        return state, _own_words(state, frame) or (Tell(NoticeCommand(code="stale")),)
    suggestion = _shown(offer, frame.slot)
    text = frame.text if suggestion and frame.text is not None else suggestion.text if suggestion else ""
    if suggestion is None or not text.strip() or frame.slot in offer.judged:
        return state, ()
    chat = conversation.chat
    open_ones = _missing(suggestion, text)
    command = InsertCommand(
        chat_token=chat.token,
        chat_title=chat.title,
        text=text,
        where="cursor" if frame.at_cursor else "empty",
        select=f"{{{open_ones[0]}}}" if open_ones else None,
    )
    # A draft picked while it grows is stored as it was picked.
    grown: tuple[Effect, ...] = (StoreOffer(offers.record(offer)),) if frame.slot == offer.draft_slot else ()
    return state, (
        *grown,
        Insert(offer.offer_id, frame.slot, command),
        Mark(offer.offer_id, frame.slot, Outcome.PICKED, code=frame.via),
    )


def _own_words(state: State, frame: PickedFrame) -> tuple[Effect, ...]:
    """A text that the person has changed goes in when its card is gone too, as long as its chat is open."""
    conversation = state.open
    if conversation is None or frame.chat_token != conversation.chat.token or not (frame.text or "").strip():
        return ()
    command = InsertCommand(
        chat_token=conversation.chat.token,
        chat_title=conversation.chat.title,
        text=frame.text or "",
        where="cursor" if frame.at_cursor else "empty",
    )
    return (Put("task", command),)


def _shown(offer: Offer, slot: int) -> Suggestion | None:
    return next((one for one in offer.suggestions if one.slot == slot), None)


def _missing(suggestion: Suggestion, text: str) -> list[str]:
    """The variables that nobody has filled yet, in the order in which they stand in the text."""
    left = [name for name in suggestion.missing if f"{{{name}}}" in text]
    return sorted(left, key=lambda name: text.index(f"{{{name}}}"))


def ended(state: State, event: InsertEnded) -> Step:
    """The page says how the insertion went."""
    code = event.result.code
    if code not in (InsertCode.INSERTED, InsertCode.COPIED):
        failed = Mark(event.offer_id, event.slot, Outcome.FAILED, code=code.value)
        return state, (Tell(NoticeCommand(code="not_copied" if event.result.copy_failed else code.value)), failed)
    offer, told = state.offer, code.value
    if offer is not None and offer.offer_id == event.offer_id:
        picked = _shown(offer, event.slot)
        offered = picked.text if picked else event.result.box_text or ""
        text = offered if event.text is None else event.text
        state = replace(state, offer=replace(offer, inserted=Inserted(event.slot, offered)))
        told = "fill_in" if picked and _missing(picked, text) and code is InsertCode.INSERTED else told
    if code is InsertCode.COPIED:  # It is in no box yet: what is sent will say what became of it.
        return state, (Tell(NoticeCommand(code=told)),)
    return state, (
        Tell(NoticeCommand(code=told)),
        Mark(event.offer_id, event.slot, Outcome.INSERTED),
    )


def corrected(state: State, frame: CorrectedFrame) -> Step:
    """The person says what the message really wanted."""
    offer = state.offer
    if offer is None or offer.offer_id != frame.offer_id:
        return state, (Tell(NoticeCommand(code="stale")),)
    known = {*INTENTS, offer.analysis.intent, *(choice.name for choice in offer.analysis.intent_choices)}
    if frame.intent not in known:  # The card offers no other: the page made it up, and it would be learned.
        return state, (Tell(NoticeCommand(code="stale")),)
    return state, (Correct(offer.message_id, frame.intent), Tell(NoticeCommand(code="corrected")))


def dismissed(state: State, frame: DismissedFrame) -> Step:
    """The person closed the card: its message is not offered again."""
    offer, conversation = state.offer, state.open
    if offer is None or conversation is None or offer.offer_id != frame.offer_id:
        return state, ()
    marks = tuple(Mark(offer.offer_id, s.slot, Outcome.DISMISSED) for s in offer.suggestions)
    state, effects = offers.withdraw(state, tell=False)
    return replace(state, open=replace(conversation, dismissed=offer.wa_id)), (*effects, *marks)


def judged(state: State, frame: JudgedFrame) -> Step:
    """The person says that a suggestion was no good: it is not offered again in this conversation."""
    offer = state.offer
    shown = _shown(offer, frame.slot) if offer is not None and offer.offer_id == frame.offer_id else None
    if offer is None or shown is None:
        return state, (Tell(NoticeCommand(code="stale")),)
    # Of a draft that still grows the text is not stored yet.
    grown: tuple[Effect, ...] = (StoreOffer(offers.record(offer)),) if frame.slot == offer.draft_slot else ()
    state = replace(state, offer=replace(offer, judged=offer.judged | {frame.slot}))
    before = state.refused.get(offer.conversation_id, frozenset())
    drafted = frame.slot == offer.draft_slot
    name = shown.text if drafted else offers.name_of(offer.analysis.suggested_responses[frame.slot])
    state = replace(state, refused={**state.refused, offer.conversation_id: before | {name}})
    return state, (*grown, Judge(frame.offer_id, frame.slot, frame.reason), Tell(NoticeCommand(code="judged")))
