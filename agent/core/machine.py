"""The core's one door: what happened goes in, what is to be done comes out."""

from dataclasses import replace
from typing import assert_never

from agent.contract.analysis import INTENTS, Question
from agent.contract.commands import (
    InsertCode,
    InsertCommand,
    NoticeCommand,
    ReadCommand,
    StatusCommand,
)
from agent.contract.frames import (
    AnchorsFrame,
    AnyFrame,
    ChatFrame,
    ChatsFrame,
    CorrectedFrame,
    DismissedFrame,
    EchoFrame,
    FaultFrame,
    HelloFrame,
    PageState,
    PaintedFrame,
    PickedFrame,
    PulseFrame,
    RowsFrame,
    SelectorsFrame,
    StateFrame,
    TypingFrame,
)
from agent.contract.rows import Change, Direction, Kind
from agent.contract.stored import MessageState, Outcome, RowBatch, StoredMessage
from agent.core import offers, triage
from agent.core.conversation import before, own_new_texts, waiting, with_rows
from agent.core.effects import (
    Analyse,
    Announce,
    Answered,
    Correct,
    Effect,
    Insert,
    Mark,
    Measure,
    Prefetch,
    Save,
    SetState,
    StoreAnalysis,
    StoreOffer,
    Tell,
    ThinkAhead,
)
from agent.core.events import (
    Analysed,
    AnalysisFailed,
    DraftEnded,
    DraftGrew,
    Event,
    FrameArrived,
    FramesLost,
    Glanced,
    InsertEnded,
    LifeChanged,
    ModelChanged,
    Resumed,
    Saved,
)
from agent.core.offers import Step
from agent.core.outcome import judge
from agent.core.state import Conversation, Inserted, State


def handle(state: State, event: Event) -> Step:
    """The next state, and the effects in the order in which they are to be run."""
    match event:
        case FrameArrived(frame):
            return _frame(state, frame)
        case FramesLost():
            return state, (Tell(ReadCommand()),)
        case Saved():
            return _saved(state, event)
        case Resumed(messages):
            silent = tuple(m.id for m in messages if not m.text)
            done: tuple[Effect, ...] = (SetState(silent, MessageState.COMPLETE),) if silent else ()
            return state, (*(_analyse(m) for m in messages if m.text), *done)
        case Analysed():
            return _analysed(state, event)
        case Glanced(title, twin, text, analysis):
            return triage.understood(state, title, twin, text, analysis)
        case AnalysisFailed(message_id):
            return state, (SetState((message_id,), MessageState.ERROR),)
        case DraftGrew(offer_id, text):
            return offers.grow_draft(state, offer_id, text)
        case DraftEnded(offer_id):
            return offers.end_draft(state, offer_id)
        case InsertEnded():
            return _insert_ended(state, event)
        case ModelChanged(model, name):
            state = replace(state, model=model, model_name=name)
            return state, (Tell(_status(state)),)
        case LifeChanged(life):
            told = Announce("session.life", life.model_dump(mode="json"))
            state = replace(state, life=life)
            return state, (Tell(_status(state)), told)
        case _:
            assert_never(event)


def _status(state: State) -> StatusCommand:
    return StatusCommand(model=state.model, model_name=state.model_name, life=state.life)


def _frame(state: State, frame: AnyFrame) -> Step:
    match frame:
        case HelloFrame(zone=zone):
            state, effects = offers.withdraw(state, tell=False)
            state = replace(state, open=None, zone=zone, page=PageState.UNKNOWN, notices=(), previews=())
            return state, (*effects, Tell(_status(state)))
        case StateFrame(state=page, notices=notices):
            if (page, notices) == (state.page, state.notices):  # Only its code or its progress moved on.
                return state, ()
            told = Announce("page.state", {"state": page.value, "notices": [notice.value for notice in notices]})
            return replace(state, page=page, notices=notices), (told,)
        case ChatsFrame():
            return triage.look(state, frame)
        case ChatFrame(chat=None):
            state, effects = offers.withdraw(state)
            return replace(state, open=None), effects
        case ChatFrame(chat=chat):
            state, effects = offers.withdraw(state)
            return replace(state, open=Conversation(chat) if chat else None), effects
        case RowsFrame():
            return _rows(state, frame)
        case PickedFrame():
            return _picked(state, frame)
        case DismissedFrame():
            return _dismissed(state, frame)
        case CorrectedFrame():
            return _corrected(state, frame)
        case TypingFrame(chat_token=token):
            conversation = state.open
            here = conversation is not None and conversation.chat.token == token
            return state, _prefetch(state) if here and state.offer is None else ()
        case PaintedFrame():
            return state, (Measure("draft_shown_ms" if frame.tier else "suggestion_ms", frame.elapsed_ms),)
        case AnchorsFrame() | PulseFrame() | SelectorsFrame() | EchoFrame() | FaultFrame():
            return state, ()
        case _:
            assert_never(frame)


def _rows(state: State, frame: RowsFrame) -> Step:
    conversation = state.open
    if conversation is None or conversation.chat.token != frame.chat.token:
        conversation = Conversation(frame.chat)
        state, stale = offers.withdraw(state)
    else:
        stale = ()
    conversation = with_rows(conversation, frame)
    edited = {change.row.id for change in frame.changes if change.change in (Change.EDITED, Change.DELETED)}
    if conversation.asked in edited:
        conversation = replace(conversation, asked=None)
    state = replace(state, open=conversation)
    batch = RowBatch(
        session=state.session, chat=frame.chat, changes=frame.changes, window=frame.window, zone=state.zone
    )
    effects: tuple[Effect, ...] = (*stale, *_think_ahead(state), Save(frame.chat, batch))
    for wa_id, sent in own_new_texts(frame):
        if state.offer is not None:
            effects += (*judge(state.offer, sent), Answered(state.offer.offer_id, wa_id))
            state, cleared = offers.withdraw(state)
            effects += cleared
    target = waiting(conversation)
    if state.offer is not None and state.offer.wa_id in edited:
        state, cleared = offers.withdraw(state)
        effects += cleared
    if state.offer is not None and (target is None or target.row.id != state.offer.wa_id):
        state, cleared = offers.withdraw(state, tell=target is None)
        effects += cleared
    return state, effects


def _saved(state: State, event: Saved) -> Step:
    fresh = {m.wa_id: m for m in (*event.batch.inserted, *event.batch.updated) if _wants_analysis(m)}
    silent = tuple(m.id for m in event.batch.inserted if m.direction is Direction.IN and not m.text)
    effects: list[Effect] = []
    conversation = state.open
    if conversation is not None and conversation.chat.token == event.chat.token:
        opened = conversation.conversation_id is None
        conversation = replace(
            conversation,
            ids={**conversation.ids, **event.batch.ids},
            conversation_id=event.batch.conversation_id,
        )
        state, urgent = _ask_for_card(replace(state, open=conversation))
        effects += urgent
        if opened and not urgent:
            effects += _prefetch(state)
    asked = {e.wa_id for e in effects if isinstance(e, Analyse)}
    effects += [_analyse(m) for m in reversed(fresh.values()) if m.wa_id not in asked]
    if silent:
        effects.append(SetState(silent, MessageState.COMPLETE))
    return state, tuple(effects)


def _wants_card(state: State) -> tuple[str, Question] | None:
    """The message that waits without a card, by its id; None when none does."""
    conversation = state.open
    target = waiting(conversation) if conversation else None
    if conversation is None or target is None or not target.row.text:
        return None
    shown = state.offer is not None and state.offer.wa_id == target.row.id
    if shown or target.row.id in (conversation.dismissed, conversation.asked):
        return None
    customer = None if conversation.chat.is_group else conversation.chat.title
    return target.row.id, Question(text=target.row.text, customer=customer, context=before(conversation, target.row.id))


def _think_ahead(state: State) -> tuple[Effect, ...]:
    wanted = _wants_card(state)
    return (ThinkAhead(wanted[1]),) if wanted else ()


def _ask_for_card(state: State) -> Step:
    conversation, wanted = state.open, _wants_card(state)
    if conversation is None or conversation.conversation_id is None or wanted is None:
        return state, ()
    wa_id, question = wanted
    message_id = conversation.ids.get(wa_id)
    if message_id is None:
        return state, ()
    ask = Analyse(message_id, wa_id, conversation.conversation_id, question, urgent=True)
    return replace(state, open=replace(conversation, asked=wa_id)), (ask,)


def _wants_analysis(message: StoredMessage) -> bool:
    # A deleted message keeps its earlier text in the database, but the customer has taken it back.
    return message.direction is Direction.IN and bool(message.text) and message.kind is not Kind.DELETED


def _analyse(message: StoredMessage) -> Analyse:
    question = Question(text=message.text or "")
    return Analyse(message.id, message.wa_id, message.conversation_id, question, urgent=False)


def _analysed(state: State, event: Analysed) -> Step:
    keep: tuple[Effect, ...] = (
        StoreAnalysis(event.message_id, event.analysis),
        SetState((event.message_id,), MessageState.COMPLETE),
    )
    conversation = state.open
    target = waiting(conversation) if conversation else None
    if conversation is None or target is None or conversation.asked != event.wa_id:
        return state, keep
    if (target.row.id, target.row.text) != (event.wa_id, event.text):
        return state, keep
    state = replace(state, open=replace(conversation, asked=None))
    state, effects = offers.make(state, conversation, target, event.message_id, event.analysis)
    return state, (*effects, *keep)


def _picked(state: State, frame: PickedFrame) -> Step:
    offer, conversation = state.offer, state.open
    if offer is None or conversation is None or offer.offer_id != frame.offer_id:
        return state, (Tell(NoticeCommand(code="stale")),)
    suggestion = next((s for s in offer.suggestions if s.slot == frame.slot), None)
    if suggestion is None or not suggestion.text:
        return state, ()
    chat = conversation.chat
    command = InsertCommand(chat_token=chat.token, chat_title=chat.title, text=suggestion.text)
    # A draft picked while it grows is stored as it was picked.
    grown: tuple[Effect, ...] = (StoreOffer(offers.record(offer)),) if frame.slot == offer.draft_slot else ()
    return state, (
        *grown,
        Insert(offer.offer_id, frame.slot, command),
        Mark(offer.offer_id, frame.slot, Outcome.PICKED, code=frame.via),
    )


def _insert_ended(state: State, event: InsertEnded) -> Step:
    code = event.result.code
    if code not in (InsertCode.INSERTED, InsertCode.COPIED):
        failed = Mark(event.offer_id, event.slot, Outcome.FAILED, code=code.value)
        return state, (Tell(NoticeCommand(code="not_copied" if event.result.copy_failed else code.value)), failed)
    offer, told = state.offer, code.value
    if offer is not None and offer.offer_id == event.offer_id:
        picked = next((s for s in offer.suggestions if s.slot == event.slot), None)
        text = picked.text if picked else event.result.box_text or ""
        state = replace(state, offer=replace(offer, inserted=Inserted(event.slot, text)))
        told = "fill_in" if picked and picked.missing and code is InsertCode.INSERTED else told
    if code is InsertCode.COPIED:  # It is in no box yet: what is sent will say what became of it.
        return state, (Tell(NoticeCommand(code=told)),)
    return state, (
        Tell(NoticeCommand(code=told)),
        Mark(event.offer_id, event.slot, Outcome.INSERTED),
    )


def _corrected(state: State, frame: CorrectedFrame) -> Step:
    offer = state.offer
    if offer is None or offer.offer_id != frame.offer_id:
        return state, (Tell(NoticeCommand(code="stale")),)
    known = {*INTENTS, offer.analysis.intent, *(choice.name for choice in offer.analysis.intent_choices)}
    if frame.intent not in known:  # The card offers no other: the page made it up, and it would be learned.
        return state, (Tell(NoticeCommand(code="stale")),)
    return state, (Correct(offer.message_id, frame.intent), Tell(NoticeCommand(code="corrected")))


def _prefetch(state: State) -> tuple[Effect, ...]:
    conversation = state.open
    if conversation is None or conversation.conversation_id is None or not state.drafts or state.model != "ready":
        return ()
    return (Prefetch(conversation.conversation_id),)


def _dismissed(state: State, frame: DismissedFrame) -> Step:
    offer, conversation = state.offer, state.open
    if offer is None or conversation is None or offer.offer_id != frame.offer_id:
        return state, ()
    marks = tuple(Mark(offer.offer_id, s.slot, Outcome.DISMISSED) for s in offer.suggestions)
    state, effects = offers.withdraw(state, tell=False)
    return replace(state, open=replace(conversation, dismissed=offer.wa_id)), (*effects, *marks)
