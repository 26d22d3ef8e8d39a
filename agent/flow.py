"""Runs the core's effects against the ports and feeds the answers back.

One consumer a session: answers of effects go before new frames, frames keep their order. So the core needs no lock, and
the order inside a conversation is the page's.
"""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import aclosing, asynccontextmanager
from datetime import UTC, datetime
from typing import assert_never

import structlog

from agent.contract.analysis import Analysis
from agent.contract.commands import InsertCommand, InsertResult
from agent.contract.frames import ChatsFrame, RowsFrame
from agent.contract.rows import Kind
from agent.contract.stored import AnalysedMessage, StoredMessage
from agent.contract.wishes import PauseFrame
from agent.core.effects import (
    Analyse,
    Announce,
    Answered,
    Correct,
    Effect,
    Glance,
    Insert,
    Judge,
    LookUp,
    Mark,
    Measure,
    Painted,
    Prefetch,
    Put,
    Save,
    SaveListed,
    Serve,
    SetState,
    StartDraft,
    StopDraft,
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
    Forgotten,
    FrameArrived,
    FramesLost,
    Glanced,
    InsertEnded,
    LifeChanged,
    Looked,
    ModelChanged,
    PutEnded,
    Resumed,
    Saved,
)
from agent.core.machine import handle
from agent.core.state import State
from agent.errands import Errands, Worker
from agent.errors import BalcaoError
from agent.inbox import Inbox
from agent.lifeline import Lifeline
from agent.lookups import LookUps
from agent.outbox import Outbox
from agent.ports import Analyst, Connector, Erased, Page, Store
from agent.questions import Questions
from agent.telemetry.measurements import Measurements

log = structlog.get_logger(__name__)

DRAFT_STEP_S = 0.08
"""A growing draft is repainted at most this often: more is not read faster and takes the page's time."""

MODEL_LOOK_S = 0.5
"""How often the model's state is looked at, so that the card can say that it is loading."""

LOOK_S = 15.0
"""How often what depends on the time alone is told anew: who has waited too long, what is to be come back to."""

_STORED = (
    Save, SaveListed, Correct, StoreAnalysis, SetState, StoreOffer, Painted, Mark, Judge, Answered, Announce,
)  # fmt: skip
"""Effects of one step that are stored in one transaction, after all others: the person does not wait for the disk."""


Witness = Callable[[State, Event, Sequence[Effect]], None]
"""Hears of each step: the new state, what was handled, what is to be done. It returns at once and raises nothing."""


class Flow:
    """One session. ``run`` ends when the page is gone."""

    def __init__(
        self,
        state: State,
        page: Page,
        analyst: Analyst,
        store: Store,
        measurements: Measurements,
        *,
        room: int = 1000,
        lifeline: Lifeline | None = None,
        connector: Connector | None = None,
        erased: Erased | None = None,
        workers: Sequence[Worker] = (),
    ) -> None:
        """Prepare; ``run`` does the work.

        Args:
            state: the first one.
            page: what is read and told.
            analyst: who understands messages.
            store: where they go.
            measurements: times and counts.
            room: frames that may wait here.
            lifeline: a clock of its own for tests.
            connector: another system that knows the customers.
            erased: what of the page is passed over.
            workers: who does what is asked for beside the conversations.
        """
        self.state = state
        self._page = page
        self._analyst = analyst
        self._store = store
        self._measurements = measurements
        self.lifeline = lifeline or Lifeline()
        self._inbox = Inbox(room)
        self._outbox = Outbox(page)
        self._questions = Questions(analyst)
        self._lookups = LookUps(connector, store, self._inbox.answer)
        self._errands = Errands(workers, self._inbox.answer)
        self._draft: asyncio.Task[None] | None = None
        self._erased = erased
        self._turn = asyncio.Lock()
        self._gone_offers = set[str]()
        self.witness: Witness | None = None
        """Writes down what happens, while a recording runs."""

    @asynccontextmanager
    async def still(self) -> AsyncIterator[None]:
        """Nothing is taken in, decided or stored meanwhile."""
        async with self._turn:
            yield

    def forget(self, gone: Forgotten) -> None:
        """Keep nothing of conversations that were erased, merged or split. Call it inside ``still``."""
        self._gone_offers |= gone.offer_ids
        self._questions.drop(lambda ask: _asks_of(ask, gone))
        self._inbox.drop(lambda event: _tells_of(event, gone))
        self.state, effects = handle(self.state, gone)
        for effect in effects:
            if isinstance(effect, Tell):
                self._outbox.put(effect.command)
            elif isinstance(effect, StopDraft):
                self._stop_draft()

    def pause(self, on: bool, at_ms: float) -> None:
        """Stop the capture, or let it go on, as the person at the page can."""
        asked = PauseFrame(kind="pause", seq=0, at_ms=at_ms, on=on)
        self.lifeline.heard(asked)
        self._inbox.answer(FrameArrived(asked))

    def read_again(self) -> None:
        """Have the page tell everything once more."""
        self._inbox.answer(FramesLost())

    async def run(self) -> None:
        """Take up what an earlier run left, then live on the page's frames until they end."""
        try:
            async with asyncio.TaskGroup() as tasks:
                await self._live(tasks)
        finally:
            self._questions.close()

    async def _live(self, tasks: asyncio.TaskGroup) -> None:
        background = [
            tasks.create_task(self._analyse_all(), name="analyse"),
            tasks.create_task(self._watch_model(), name="watch-model"),
            tasks.create_task(self.lifeline.watch(lambda life: self._inbox.answer(LifeChanged(life))), name="lifeline"),
            tasks.create_task(self._pump(), name="frames"),
            tasks.create_task(self._outbox.run(), name="commands"),
            tasks.create_task(self._look(), name="look"),
        ]
        unfinished = await self._store.unfinished(self.state.session)
        if unfinished:
            log.info("resuming", messages=len(unfinished))
            self._inbox.answer(Resumed(tuple(unfinished)))
        while (event := await self._inbox.next()) is not None:
            async with self._turn:
                await self._handle(event, tasks)
        for task in (*background, self._draft, self._lookups.task):
            if task is not None:
                task.cancel()
        self._errands.stop()

    async def _pump(self) -> None:
        async with aclosing(self._page.frames()) as frames:
            async for frame in frames:
                # Before it waits in the queue: what is slow here says nothing of the page.
                self.lifeline.lost() if frame is None else self.lifeline.heard(frame)
                await self._inbox.frame(frame)
        self._inbox.end()

    async def _handle(self, event: Event, tasks: asyncio.TaskGroup) -> None:
        events = deque(self._allowed(event))
        while events:
            taken = events.popleft()
            self.state, effects = handle(self.state, taken)
            if self.witness is not None:
                self.witness(self.state, taken, effects)
            stored = [effect for effect in effects if isinstance(effect, _STORED)]
            for effect in effects:
                if not isinstance(effect, _STORED):
                    await self._run(effect, tasks)
            if not stored:
                continue
            async with self._store.together():
                answers = [await self._run(effect, tasks) for effect in stored]
            events.extend(answer for answer in answers if answer is not None)

    def _allowed(self, event: Event) -> tuple[Event, ...]:
        """The event without what must not be known any more; none where nothing is left."""
        if isinstance(event, InsertEnded) and event.offer_id in self._gone_offers:
            return ()
        if not isinstance(event, FrameArrived) or self._erased is None:
            return (event,)
        frame, session = event.frame, self.state.session
        if isinstance(frame, RowsFrame) and frame.changes:
            changes = tuple(one for one in frame.changes if not self._erased.is_message(session, one.row.id))
            return (FrameArrived(frame.model_copy(update={"changes": changes})),) if changes else ()
        if isinstance(frame, ChatsFrame):
            chats = tuple(one for one in frame.chats if not self._erased.is_row(session, one.title, one.last_text))
            return (FrameArrived(frame.model_copy(update={"chats": chats})),)
        return (event,)

    async def _run(self, effect: Effect, tasks: asyncio.TaskGroup) -> Event | None:
        match effect:
            case Save(chat, batch):
                return Saved(chat, await self._store.save(batch))
            case ThinkAhead(question):
                self._questions.think_ahead(question)
            case Prefetch(conversation_id):
                self._analyst.prefetch(await self._turns(conversation_id))
            case Correct(message_id, intent):
                await self._store.correct(message_id, intent)
            case Analyse() | Glance():
                self._questions.put(effect)
            case SaveListed(session, chats, zone):
                await self._store.save_listed(session, chats, zone)
            case StoreAnalysis(message_id, analysis):
                await self._store.save_analysis(AnalysedMessage(message_id=message_id, analysis=analysis))
            case SetState(message_ids, state):
                await self._store.set_state(message_ids, state)
            case Announce(kind, data, conversation_id, message_id):
                await self._store.announce(kind, data, conversation_id=conversation_id, message_id=message_id)
            case LookUp():
                self._lookups.ask(effect, tasks)
            case Tell(command):
                self._outbox.put(command)
            case StoreOffer(offer):
                await self._store.save_offer(offer)
            case StartDraft():
                self._stop_draft()
                self._draft = tasks.create_task(self._write(effect), name="draft")
            case StopDraft():
                self._stop_draft()
            case Insert():
                tasks.create_task(self._insert(effect), name="insert")
            case Put():
                tasks.create_task(self._put(effect), name="put")
            case Serve(errand):
                self._errands.begin(errand, tasks)
            case Judge(offer_id, slot, reason):
                await self._store.judge(offer_id, slot, reason)
            case Mark(offer_id, slot, outcome, distance, code, edit):
                self._measurements.counters[f"suggestions_{outcome.value}"] += 1
                await self._store.set_outcome(offer_id, slot, outcome, distance=distance, code=code, edit=edit)
            case Answered(offer_id, wa_id):
                await self._store.answered(offer_id, wa_id)
            case Painted(offer_id, ms):
                await self._store.painted(offer_id, ms)
            case Measure(name, ms):
                self._measurements.add(name, ms)
            case _:
                assert_never(effect)
        return None

    async def _analyse_all(self) -> None:
        while True:
            ask = await self._questions.next()
            try:
                analysis = await self._questions.answer(ask)
            except BalcaoError:
                raise
            except Exception:
                # One odd message must not end the session; its row says "error" and the log says why.
                log.exception("analysis failed", message_id=ask.message_id if isinstance(ask, Analyse) else None)
                if isinstance(ask, Analyse) and not self._questions.is_stale(ask):
                    self._inbox.answer(AnalysisFailed(ask.message_id))
            else:
                if not self._questions.is_stale(ask):
                    self._inbox.answer(_understood(ask, analysis))

    async def _write(self, effect: StartDraft) -> None:
        clock = asyncio.get_running_loop().time
        shown_at, shown, text = 0.0, "", ""
        turns = await self._turns(effect.conversation_id)
        try:
            async with aclosing(self._analyst.draft(turns, effect.analysis)) as draft:
                async for text in draft:
                    if clock() - shown_at >= DRAFT_STEP_S:
                        self._inbox.answer(DraftGrew(effect.offer_id, text))
                        shown_at, shown = clock(), text
        except Exception:
            log.exception("draft failed", offer_id=effect.offer_id)
        if text != shown:
            self._inbox.answer(DraftGrew(effect.offer_id, text))
        self._inbox.answer(DraftEnded(effect.offer_id))

    async def _turns(self, conversation_id: int) -> list[StoredMessage]:
        recent = await self._store.recent(conversation_id)
        return [turn for turn in recent if turn.kind is not Kind.DELETED]

    def _stop_draft(self) -> None:
        if self._draft is not None:
            self._draft.cancel()
            self._draft = None

    async def _insert(self, effect: Insert) -> None:
        if (result := await self._into_page(effect.command)) is not None:
            self._inbox.answer(InsertEnded(effect.offer_id, effect.slot, result, effect.command.text))

    async def _put(self, effect: Put) -> None:
        if (result := await self._into_page(effect.command)) is not None:
            self._inbox.answer(PutEnded(effect.purpose, effect.command, result))

    async def _into_page(self, command: InsertCommand) -> InsertResult | None:
        try:
            return await self._page.insert(command)
        except ConnectionError:
            log.warning("page was gone before the text could be inserted")
            return None

    async def _look(self) -> None:
        while True:
            await asyncio.sleep(LOOK_S)
            self._inbox.answer(Looked(datetime.now(UTC)))

    async def _watch_model(self) -> None:
        known = None
        while True:
            now = (self._analyst.model_state, self._analyst.model_name)
            if now != known:
                self._inbox.answer(ModelChanged(*now))
                known = now
            await asyncio.sleep(MODEL_LOOK_S)


def _asks_of(ask: Analyse | Glance, gone: Forgotten) -> bool:
    if isinstance(ask, Glance):
        return ask.title in gone.titles
    return ask.message_id in gone.message_ids


def _tells_of(event: Event, gone: Forgotten) -> bool:
    match event:
        case Analysed(message_id=message_id) | AnalysisFailed(message_id=message_id):
            return message_id in gone.message_ids
        case DraftGrew(offer_id=offer_id) | DraftEnded(offer_id=offer_id) | InsertEnded(offer_id=offer_id):
            return offer_id in gone.offer_ids
        case Glanced(title=title):
            return title in gone.titles
        case Resumed(messages):
            return any(one.id in gone.message_ids for one in messages)
        case _:
            return False


def _understood(ask: Analyse | Glance, analysis: Analysis) -> Event:
    text = ask.question.text
    if isinstance(ask, Glance):
        return Glanced(ask.title, ask.twin, text, analysis)
    return Analysed(ask.message_id, ask.wa_id, ask.conversation_id, text, analysis)
