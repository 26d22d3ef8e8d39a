"""Plays a frame layer through the real core and a real store, without a page, in the recording's own time.

Everything has one order: a line, all that comes of it, the next line. So the same recording does the same each time,
however fast it goes. Drafts of a model are left out, they are never twice the same; errands at the counter are noted
and not run.
"""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import AbstractAsyncContextManager
from datetime import UTC, datetime, timedelta

from agent.contract.commands import InsertCode, InsertResult
from agent.contract.frames import PulseFrame
from agent.contract.life import Life
from agent.contract.stored import AnalysedMessage
from agent.core import life
from agent.core.effects import (
    Analyse,
    Announce,
    Answered,
    Correct,
    Effect,
    Glance,
    Insert,
    Judge,
    Mark,
    Put,
    Save,
    SaveListed,
    SetState,
    StoreAnalysis,
    StoreOffer,
)
from agent.core.events import (
    Analysed,
    AnalysisFailed,
    Event,
    FrameArrived,
    FramesLost,
    Glanced,
    InsertEnded,
    LifeChanged,
    Looked,
    PutEnded,
    Saved,
)
from agent.core.machine import handle
from agent.core.state import State
from agent.ports import Store
from agent.recordings.answers import Understands
from agent.recordings.facts import Fact
from agent.recordings.lines import FrameLine, InsertedLine, Line, LostLine, OfferedLine, StartLine
from agent.recordings.noting import Notes
from agent.recordings.offers_again import OffersAgain

OpenStore = Callable[[Callable[[], datetime]], AbstractAsyncContextManager[Store]]
"""Opens an empty store whose clock is given."""
Pace = Callable[[float], Awaitable[None]]
"""Waits until a second of the recording has come; what it waits by is whoever calls."""

_LOOK_S, _JUDGE_S = 15.0, 1.0
_EVENTS = 500
_MOST_LOOKS = 60
"""In one gap between two lines: an exported chat is silent for days."""

_STORED = (Save, SaveListed, Correct, StoreAnalysis, SetState, StoreOffer, Mark, Judge, Answered, Announce)


async def play(
    lines: Iterable[Line],
    offers: OffersAgain,
    understands: Understands,
    open_store: OpenStore,
    pace: Pace | None = None,
) -> AsyncIterator[Fact]:
    """What comes of the lines, one by one.

    Args:
        lines: the frame layer.
        offers: what its cards were, read before (``OffersAgain.read``).
        understands: the recorded answers, or the analysis of today.
        open_store: where messages go.
        pace: None goes as fast as it can.
    """
    clock = _Clock()
    async with open_store(clock.now) as store:
        player = _Player(clock, offers, understands, store)
        for line in lines:
            if pace is not None:
                await pace(line.t)
            await player.take(line)
            for fact in player.notes.taken():
                yield fact
            # Nothing here waits for anybody: a running agent gets its turns while a golden result is made.
            await asyncio.sleep(0)


class _Clock:
    """The recording's time."""

    def __init__(self) -> None:
        self.at_s = 0.0
        self.began_ms = 0.0

    def now(self) -> datetime:
        return datetime.fromtimestamp(0, UTC) + timedelta(milliseconds=self.began_ms + self.at_s * 1000)


class _Player:
    def __init__(self, clock: _Clock, offers: OffersAgain, understands: Understands, store: Store) -> None:
        self.notes = Notes(offers)
        self._clock, self._offers, self._understands, self._store = clock, offers, understands, store
        self._state = State(session="replay", run="replay", drafts=False)
        self._urgent, self._patient = deque[Analyse | Glance](), deque[Analyse | Glance]()
        self._inserting = deque[Insert | Put]()
        self._signs = life.began(0.0)
        self._verdict: Life | None = None
        self._alive = False
        self._looked = self._judged = 0.0
        self._events, self._wrote = 0, False

    async def take(self, line: Line) -> None:
        if isinstance(line, StartLine):
            # A number of a card is not given twice, whatever was cut or joined.
            made = self._state.offers_made
            self._state = State(
                session="replay", run="replay", drafts=False, limit=line.limit, zone=line.zone, offers_made=made
            )
            self._clock.began_ms = line.at_ms
        await self._until(line.t)
        match line:
            case FrameLine(v=frame):
                frame = self._offers.today(frame)
                self._alive = self._alive or isinstance(frame, PulseFrame)
                self._signs = life.heard(self._signs, frame, line.t)
                await self._do(FrameArrived(frame))
            case LostLine():
                await self._do(FramesLost())
            case InsertedLine(code=code) if self._inserting:
                await self._do(_ended(self._inserting.popleft(), code))
            case StartLine() | OfferedLine() | InsertedLine():
                pass
        await self._read_events()

    async def _until(self, at_s: float) -> None:
        """Let the time pass: what depends on it alone is looked at meanwhile."""
        gap = at_s - self._clock.at_s
        look, judge = max(_LOOK_S, gap / _MOST_LOOKS), max(_JUDGE_S, gap / _MOST_LOOKS)
        while (nearest := min(self._looked + look, self._judged + judge)) <= at_s:
            self._clock.at_s = max(nearest, self._clock.at_s)
            if nearest >= self._judged + judge:
                self._judged = nearest
                await self._judge()
            if nearest >= self._looked + look:
                self._looked = nearest
                await self._do(Looked(self._clock.now()))
        self._clock.at_s = max(at_s, self._clock.at_s)

    async def _judge(self) -> None:
        if not self._alive:  # An exported chat has no pulse, and never had a page.
            return
        verdict = life.judge(self._signs, self._clock.at_s)
        if verdict != self._verdict:
            self._verdict = verdict
            await self._do(LifeChanged(verdict))

    async def _do(self, event: Event) -> None:
        """Handle an event and all that comes of it."""
        waiting = deque[Event]([event])
        while waiting or self._urgent or self._patient:
            if not waiting:
                waiting.append(await self._answer((self._urgent or self._patient).popleft()))
            before = self._state
            taken = waiting.popleft()
            self._state, effects = handle(before, taken)
            self.notes.at_s = self._clock.at_s
            self.notes.step(before, self._state, effects, asked=not isinstance(taken, Looked))
            waiting.extend(await self._run(effects))

    async def _run(self, effects: Iterable[Effect]) -> list[Event]:
        stored = [effect for effect in effects if isinstance(effect, _STORED)]
        for effect in effects:
            match effect:
                case Analyse() | Glance():
                    (self._urgent if effect.urgent else self._patient).append(effect)
                case Insert() | Put():
                    self._inserting.append(effect)
                case _:
                    pass
        if not stored:
            return []
        answers = list[Event]()
        async with self._store.together():
            for effect in stored:
                if (answer := await self._keep(effect)) is not None:
                    answers.append(answer)
        self._wrote = True
        return answers

    async def _read_events(self) -> None:
        """What the log has got since; once a line, because each look is a trip to the database."""
        while self._wrote:
            batch = await self._store.events_after(self._events, _EVENTS)
            if batch:
                self._events = batch[-1].number
                self.notes.events(batch)
            self._wrote = len(batch) == _EVENTS

    async def _keep(self, effect: Effect) -> Event | None:
        store = self._store
        match effect:
            case Save(chat, batch):
                saved = await store.save(batch)
                self.notes.rows(saved)
                return Saved(chat, saved)
            case SaveListed(session, chats, zone):
                await store.save_listed(session, chats, zone)
            case Correct(message_id, intent):
                await store.correct(message_id, intent)
            case StoreAnalysis(message_id, analysis):
                await store.save_analysis(AnalysedMessage(message_id=message_id, analysis=analysis))
            case SetState(message_ids, state):
                await store.set_state(message_ids, state)
            case StoreOffer(offer):
                await store.save_offer(offer)
            case Mark(offer_id, slot, outcome, distance, code, edit):
                await store.set_outcome(offer_id, slot, outcome, distance=distance, code=code, edit=edit)
            case Judge(offer_id, slot, reason):
                await store.judge(offer_id, slot, reason)
            case Answered(offer_id, wa_id):
                await store.answered(offer_id, wa_id)
            case Announce(kind, data, conversation_id, message_id):
                await store.announce(kind, data, conversation_id=conversation_id, message_id=message_id)
            case _:
                pass
        return None

    async def _answer(self, ask: Analyse | Glance) -> Event:
        try:
            analysis = await self._understands.analyse(ask.question)
        except LookupError as error:
            self.notes.unanswered(ask, str(error))
            # A chat of the list has no such event: it is as if nobody had looked at it yet.
            return AnalysisFailed(ask.message_id) if isinstance(ask, Analyse) else Looked(self._clock.now())
        if isinstance(ask, Glance):
            return Glanced(ask.title, ask.twin, ask.question.text, analysis)
        analysis = self._offers.with_texts(ask.wa_id, analysis)
        return Analysed(ask.message_id, ask.wa_id, ask.conversation_id, ask.question.text, analysis)


def _ended(effect: Insert | Put, code: InsertCode) -> Event:
    result = InsertResult(code=code, box_text=effect.command.text if code is InsertCode.INSERTED else None)
    if isinstance(effect, Put):
        return PutEnded(effect.purpose, effect.command, result)
    return InsertEnded(effect.offer_id, effect.slot, result, effect.command.text)
