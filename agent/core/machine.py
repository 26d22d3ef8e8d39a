"""The core's one door: what happened goes in, what is to be done comes out."""

from dataclasses import replace
from typing import assert_never

from agent.contract.analysis import Question
from agent.contract.commands import (
    CustomerCommand,
    ReadCommand,
    StatusCommand,
    TaskCommand,
)
from agent.contract.frames import (
    AnchorsFrame,
    AnyFrame,
    ChatFrame,
    ChatsFrame,
    EchoFrame,
    FaultFrame,
    HelloFrame,
    PageState,
    PaintedFrame,
    PulseFrame,
    RowsFrame,
    SelectorsFrame,
    StateFrame,
    TypingFrame,
)
from agent.contract.rows import Change, Direction, Kind
from agent.contract.stored import MessageState, RowBatch, StoredMessage
from agent.contract.wishes import Wish
from agent.core import (
    answering,
    canned,
    care,
    customer,
    forgetting,
    offers,
    picking,
    putting,
    queue,
    records,
    triage,
    wishes,
    writing,
)
from agent.core.conversation import before, waiting, with_rows
from agent.core.effects import (
    Analyse,
    Announce,
    Effect,
    Measure,
    Prefetch,
    Save,
    SetState,
    StoreAnalysis,
    Tell,
    ThinkAhead,
)
from agent.core.events import (
    Analysed,
    AnalysisFailed,
    DraftEnded,
    DraftGrew,
    Event,
    Forgotten,
    FrameArrived,
    FramesLost,
    Glanced,
    InsertEnded,
    LifeChanged,
    Looked,
    LookedUp,
    LookingUp,
    ModelChanged,
    PutEnded,
    Recalled,
    ReplyFilled,
    Resumed,
    Saved,
    Served,
)
from agent.core.offers import Step
from agent.core.state import Conversation, State


def handle(state: State, event: Event) -> Step:
    """The next state, and the effects in the order in which they are to be run."""
    match event:
        case FrameArrived(frame):
            return writing.left(state, _frame(state, frame))
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
            state, effects = triage.understood(state, title, twin, text, analysis)
            state, queued = queue.changed(state)
            return state, (*effects, *queued)
        case AnalysisFailed(message_id):
            return state, (SetState((message_id,), MessageState.ERROR),)
        case DraftGrew(offer_id, text):
            return offers.grow_draft(state, offer_id, text)
        case DraftEnded(offer_id):
            return offers.end_draft(state, offer_id)
        case InsertEnded():
            return picking.ended(state, event)
        case PutEnded():
            return putting.ended(state, event)
        case Served(CustomerCommand() as command):
            return customer.told(state, command)
        case Served(TaskCommand() as command):
            return writing.served(state, command)
        case Served(command):
            return state, (Tell(command),)
        case ReplyFilled():
            return canned.filled(state, event)
        case Looked(at):
            state, effects = queue.looked(state, at)
            state, shown = customer.show(state, again=True, anyway=True)
            return state, (*effects, *shown)
        case Recalled(chats):
            return queue.recalled(state, chats)
        case ModelChanged(model, name):
            state = replace(state, model=model, model_name=name)
            return state, (Tell(_status(state)),)
        case LifeChanged(life):
            told = Announce("session.life", life.model_dump(mode="json"))
            state = replace(state, life=life)
            return state, (Tell(_status(state)), told)
        case LookingUp(token, source):
            return state, records.show(state, token, source)
        case LookedUp(token, record):
            return state, records.show(state, token, record.source, record)
        case Forgotten():
            return forgetting.forget(state, event)
        case _:
            assert_never(event)


def _status(state: State) -> StatusCommand:
    return StatusCommand(model=state.model, model_name=state.model_name, life=state.life)


def _frame(state: State, frame: AnyFrame) -> Step:
    if isinstance(frame, Wish):
        return wishes.heard(state, frame)
    match frame:
        case HelloFrame(zone=zone):
            state, effects = offers.withdraw(state, tell=False)
            state = replace(state, open=None, zone=zone, page=PageState.UNKNOWN, notices=(), previews=())
            return state, (*effects, Tell(_status(state)), *wishes.greet(state))
        case StateFrame(state=page, notices=notices):
            if (page, notices) == (state.page, state.notices):  # Only its code or its progress moved on.
                return state, ()
            told = Announce("page.state", {"state": page.value, "notices": [notice.value for notice in notices]})
            return replace(state, page=page, notices=notices), (told,)
        case ChatsFrame() | RowsFrame() | TypingFrame() if state.paused:
            return state, ()  # Of a new document that has not been told yet.
        case ChatsFrame():
            state, effects = triage.look(state, frame)
            state, queued = queue.seen(state, frame.at_ms)
            return state, (*effects, *queued)
        case ChatFrame(chat=None):
            state, effects = offers.withdraw(state)
            return replace(state, open=None), effects
        case ChatFrame(chat=chat):
            state, effects = offers.withdraw(state)
            state = replace(state, open=Conversation(chat) if chat else None)
            return state, (*effects, *records.ask(state))
        case RowsFrame():
            return _rows(state, frame)
        case TypingFrame(chat_token=token):
            conversation = state.open
            here = conversation is not None and conversation.chat.token == token
            return state, _prefetch(state) if here and state.offer is None else ()
        case PaintedFrame():
            measured = Measure("draft_shown_ms" if frame.tier else "suggestion_ms", frame.elapsed_ms)
            return state, (measured, *offers.painted(state, frame))
        case AnchorsFrame() | PulseFrame() | SelectorsFrame() | EchoFrame() | FaultFrame():
            return state, ()
        case _:
            assert_never(frame)


def _rows(state: State, frame: RowsFrame) -> Step:
    conversation = state.open
    if conversation is None or conversation.chat.token != frame.chat.token:
        conversation = Conversation(frame.chat)
        state, stale = offers.withdraw(state)
        state = replace(state, open=conversation)
        stale += records.ask(state)
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
    state, answered = answering.look(state, conversation, frame)
    effects += answered
    state, cautions = care.look(state)
    effects += cautions
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
        if opened and event.chat.phone is None:
            effects += records.ask(state)
        state, shown = customer.show(state, again=not opened)
        effects += shown
        state, cautions = care.raised(state, event.batch)
        effects += cautions
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
    if state.paused or conversation is None or target is None or not target.row.text:
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
    state, shown = customer.understood(state, event.conversation_id)
    keep: tuple[Effect, ...] = (
        StoreAnalysis(event.message_id, event.analysis),
        SetState((event.message_id,), MessageState.COMPLETE),
        *shown,
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


def _prefetch(state: State) -> tuple[Effect, ...]:
    conversation = state.open
    if conversation is None or conversation.conversation_id is None or not state.drafts or state.model != "ready":
        return ()
    return (Prefetch(conversation.conversation_id),)
