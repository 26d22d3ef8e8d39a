"""Runs the core's effects against the ports and feeds the answers back.

One consumer a session: answers of effects go before new frames, frames keep their order. So the core needs no lock, and
the order inside a conversation is the page's.
"""

import asyncio
from collections import deque
from contextlib import aclosing
from typing import assert_never

import structlog

from agent.contract.rows import Kind
from agent.contract.stored import AnalysedMessage, StoredMessage
from agent.core.effects import (
    Analyse,
    Answered,
    Correct,
    Effect,
    Insert,
    Mark,
    Measure,
    Prefetch,
    Save,
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
    FrameArrived,
    FramesLost,
    InsertEnded,
    LifeChanged,
    ModelChanged,
    Resumed,
    Saved,
)
from agent.core.machine import handle
from agent.core.state import State
from agent.errors import BalcaoError
from agent.lifeline import Lifeline
from agent.ports import Analyst, Page, Store
from agent.questions import Questions
from agent.telemetry.measurements import Measurements

log = structlog.get_logger(__name__)

DRAFT_STEP_S = 0.08
"""A growing draft is repainted at most this often: more is not read faster and takes the page's time."""

MODEL_LOOK_S = 0.5
"""How often the model's state is looked at, so that the card can say that it is loading."""

_ANSWER, _FRAME, _END = range(3)


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
    ) -> None:
        """``room``: frames that may wait here. ``lifeline``: a clock of its own for tests."""
        self.state = state
        self._page = page
        self._analyst = analyst
        self._store = store
        self._measurements = measurements
        self.lifeline = lifeline or Lifeline()
        self._inbox: asyncio.PriorityQueue[tuple[int, int, Event | None]] = asyncio.PriorityQueue()
        self._room = asyncio.Semaphore(room)
        self._questions = Questions(analyst)
        self._count = 0
        self._draft: asyncio.Task[None] | None = None

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
            tasks.create_task(self.lifeline.watch(lambda life: self._put(_ANSWER, LifeChanged(life))), name="lifeline"),
            tasks.create_task(self._pump(), name="frames"),
        ]
        unfinished = await self._store.unfinished(self.state.session)
        if unfinished:
            log.info("resuming", messages=len(unfinished))
            self._put(_ANSWER, Resumed(tuple(unfinished)))
        while (item := await self._inbox.get())[0] != _END:
            priority, _, event = item
            if event is not None:
                await self._handle(event, tasks)
            if priority == _FRAME:
                self._room.release()
        for task in (*background, self._draft):
            if task is not None:
                task.cancel()

    def _put(self, priority: int, event: Event | None) -> None:
        self._count += 1
        self._inbox.put_nowait((priority, self._count, event))

    async def _pump(self) -> None:
        async with aclosing(self._page.frames()) as frames:
            async for frame in frames:
                await self._room.acquire()
                # Before it waits in the queue: what is slow here says nothing of the page.
                self.lifeline.lost() if frame is None else self.lifeline.heard(frame)
                self._put(_FRAME, FramesLost() if frame is None else FrameArrived(frame))
        self._put(_END, None)

    async def _handle(self, event: Event, tasks: asyncio.TaskGroup) -> None:
        events = deque([event])
        while events:
            self.state, effects = handle(self.state, events.popleft())
            for effect in effects:
                answer = await self._run(effect, tasks)
                if answer is not None:
                    events.append(answer)

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
            case Analyse():
                self._questions.put(effect)
            case StoreAnalysis(message_id, analysis):
                await self._store.save_analysis(AnalysedMessage(message_id=message_id, analysis=analysis))
            case SetState(message_ids, state):
                await self._store.set_state(message_ids, state)
            case Tell(command):
                try:
                    await self._page.tell(command)
                except ConnectionError:
                    log.warning("page did not take a command", command=command.kind)
            case StoreOffer(offer):
                await self._store.save_offer(offer)
            case StartDraft():
                self._stop_draft()
                self._draft = tasks.create_task(self._write(effect), name="draft")
            case StopDraft():
                self._stop_draft()
            case Insert():
                tasks.create_task(self._insert(effect), name="insert")
            case Mark(offer_id, slot, outcome, distance, code, edit):
                self._measurements.counters[f"suggestions_{outcome.value}"] += 1
                await self._store.set_outcome(offer_id, slot, outcome, distance=distance, code=code, edit=edit)
            case Answered(offer_id, wa_id):
                await self._store.answered(offer_id, wa_id)
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
                log.exception("analysis failed", message_id=ask.message_id)
                self._put(_ANSWER, AnalysisFailed(ask.message_id))
            else:
                self._put(
                    _ANSWER, Analysed(ask.message_id, ask.wa_id, ask.conversation_id, ask.question.text, analysis)
                )

    async def _write(self, effect: StartDraft) -> None:
        clock = asyncio.get_running_loop().time
        shown_at, shown, text = 0.0, "", ""
        turns = await self._turns(effect.conversation_id)
        try:
            async with aclosing(self._analyst.draft(turns, effect.analysis)) as draft:
                async for text in draft:
                    if clock() - shown_at >= DRAFT_STEP_S:
                        self._put(_ANSWER, DraftGrew(effect.offer_id, text))
                        shown_at, shown = clock(), text
        except Exception:
            log.exception("draft failed", offer_id=effect.offer_id)
        if text != shown:
            self._put(_ANSWER, DraftGrew(effect.offer_id, text))
        self._put(_ANSWER, DraftEnded(effect.offer_id))

    async def _turns(self, conversation_id: int) -> list[StoredMessage]:
        recent = await self._store.recent(conversation_id)
        return [turn for turn in recent if turn.kind is not Kind.DELETED]

    def _stop_draft(self) -> None:
        if self._draft is not None:
            self._draft.cancel()
            self._draft = None

    async def _insert(self, effect: Insert) -> None:
        try:
            result = await self._page.insert(effect.command)
        except ConnectionError:
            log.warning("page was gone before the reply could be inserted")
            return
        self._put(_ANSWER, InsertEnded(effect.offer_id, effect.slot, result))

    async def _watch_model(self) -> None:
        known = None
        while True:
            now = (self._analyst.model_state, self._analyst.model_name)
            if now != known:
                self._put(_ANSWER, ModelChanged(*now))
                known = now
            await asyncio.sleep(MODEL_LOOK_S)
