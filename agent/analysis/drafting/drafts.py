"""Drafts replies in one worker thread: the newest request wins, and stopping is prompt."""

import asyncio
import os
import sys
import threading
import time
from collections import deque
from collections.abc import AsyncGenerator, Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from functools import partial

import structlog

from agent.analysis.drafting.prompt import Briefing
from agent.analysis.drafting.queue import DraftQueue, Job, Priority
from agent.analysis.drafting.rewriting import Request, RewriteRun
from agent.analysis.drafting.run import DraftRun
from agent.analysis.drafting.writer import Writer, WriterFailed
from agent.analysis.guarding.sources import NOTHING, Sources
from agent.contract.stored import StoredMessage
from agent.ports import ModelState

log = structlog.get_logger(__name__)

_CALM_S = 4.0
"""Nobody has asked for so long: time to learn. In the middle of a conversation the processor is the page's."""

_KEPT_TIMINGS = 10_000


class Drafter:
    """Owns the writer and its thread. ``start`` returns at once; a model is loaded or fetched meanwhile."""

    def __init__(self, writer: Writer, briefing: Briefing, *, polite: bool = True) -> None:
        """``polite``: take only the processor time that nobody else wants."""
        self._writer = writer
        self._briefing = briefing
        self._polite = polite
        self._sources: Sources = NOTHING
        self._queue = DraftQueue()
        self._forgetting, self._forgotten = threading.Lock(), set[int]()
        self._thread = threading.Thread(target=self._work, name="drafts", daemon=True)
        self.state: ModelState = "loading"
        self.reason: str | None = None
        """Why the state is ``failed``, for a person."""
        self.first_token_ms: deque[float] = deque(maxlen=_KEPT_TIMINGS)
        """For each draft, milliseconds from the request to the model's first token (before the guard)."""
        self.refusals: deque[str] = deque(maxlen=_KEPT_TIMINGS)
        """For each draft of which the guard refused something, what it was."""

    @property
    def name(self) -> str | None:
        """The model's name, for a person."""
        return self._writer.name

    def start(self) -> None:
        """Begin to load the model."""
        self._thread.start()

    async def draft(
        self, turns: Sequence[StoredMessage], hints: Sequence[str] = (), *, patient: bool = False
    ) -> AsyncGenerator[str, None]:
        """The guarded text so far, each time it grows; a last empty text takes it back. A newer call ends this one.

        ``patient``: for another program. It waits for whatever the page wants, and gives way to it.
        """
        if self.state != "ready" or not any(turn.text for turn in turns):
            return
        work = partial(self._write, turns=tuple(turns), hints=tuple(hints), asked_at=time.perf_counter())
        with self._queued(Priority.OUTSIDE if patient else Priority.DRAFT, work) as texts:
            while (text := await texts.get()) is not None:
                yield text

    async def rewrite(self, request: Request) -> AsyncGenerator[str, None]:
        """What becomes of a text, each time it grows; a last empty text takes it back. A newer call ends this one.

        It goes before a draft: one that is being written is begun anew afterwards.
        """
        if self.state != "ready":
            return
        with self._queued(Priority.REWRITE, partial(self._rewrite, request=request)) as texts:
            while (text := await texts.get()) is not None:
                yield text

    @contextmanager
    def _queued(self, priority: Priority, work: Callable[..., None]) -> Iterator[asyncio.Queue[str | None]]:
        """What ``work`` gives, with None behind the last; it is stopped at the end."""
        texts = asyncio.Queue[str | None]()
        give = partial(_give, asyncio.get_running_loop(), texts)
        job = Job(priority, partial(work, give=give), partial(give, None))
        self._queue.put(job)
        try:
            yield texts
        finally:
            job.stop()

    def prefetch(self, turns: Sequence[StoredMessage]) -> None:
        """Read a conversation of which a reply may be asked for. A request or a newer prefetch ends it."""
        if self.state == "ready" and turns:
            said = tuple(turns)
            self._queue.put(Job(Priority.PREFETCH, lambda job: self._writer.read(said, job.stopped)))

    def judge_by(self, briefing: Briefing) -> None:
        """From now on let pass only what this says. The model itself reads it at the next start: it takes minutes.

        So a draft that repeats what the business no longer says is refused.
        """
        self._briefing = briefing
        self._sources = Sources.read(briefing.public, briefing.private)

    def forget(self, conversations: Collection[int]) -> None:
        """Keep nothing of these conversations. A draft that is being written ends. Returns at once."""
        with self._forgetting:
            self._forgotten |= set(conversations)
        self._queue.put(Job(Priority.FORGET, self._forget))

    def _forget(self, _job: Job) -> None:
        with self._forgetting:
            gone, self._forgotten = self._forgotten, set()
        self._writer.forget(gone)

    async def close(self) -> None:
        """Stop what runs, free the model; waits at most a few seconds."""
        self._queue.close()
        if self._thread.is_alive():
            await asyncio.to_thread(self._thread.join, 5.0)

    def _work(self) -> None:
        if self._polite:
            _step_back()
        try:
            self._sources = Sources.read(self._briefing.public, self._briefing.private)
            while not self._queue.closed:
                try:
                    self._open()
                    self._serve()
                except WriterFailed as failed:
                    self._fail(str(failed))
                    if failed.retry_s is None:
                        return
                    late = self._queue.next(failed.retry_s)
                    if late is not None:  # Put before the state was seen to be failed.
                        late.given_up()
        except RuntimeError as error:
            self._fail(str(error))
        finally:
            self._queue.close()
            self._writer.close()

    def _open(self) -> None:
        started = time.perf_counter()
        self._writer.open(lambda: self._queue.closed)
        log.info("drafts ready", model=self.name, warm_s=round(time.perf_counter() - started, 1))
        self.state, self.reason = "ready", None

    def _serve(self) -> None:
        while not self._queue.closed:
            job = self._queue.next(_CALM_S if self._writer.learning else None)
            if job is not None:
                job.work(job)
            elif self._writer.learning and not self._queue.closed:
                self._writer.learn(self._queue.wanted)

    def _write(
        self,
        job: Job,
        turns: tuple[StoredMessage, ...],
        hints: tuple[str, ...],
        give: Callable[[str | None], None],
        asked_at: float,
    ) -> None:
        run = DraftRun(self._writer, self._sources)
        try:
            for text in run.texts(turns, hints, job.stopped, asked_at):
                if not job.put_off:  # What is there stays on the card until there is more.
                    give(text)
        except WriterFailed:
            give("")
            raise
        finally:
            if not (job.put_off and self._queue.put_again(job)):
                if run.first_token_s is not None:
                    self.first_token_ms.append(run.first_token_s * 1000)
                if run.refusal is not None:
                    self.refusals.append(run.refusal)
                give(None)

    def _rewrite(self, job: Job, request: Request, give: Callable[[str | None], None]) -> None:
        run = RewriteRun(self._writer, request)
        try:
            for text in run.texts(job.stopped):
                give(text)
        except WriterFailed:
            give("")
            raise
        finally:
            if run.refusal is not None:
                log.info("rewriting refused", task=request.task.value, reason=run.refusal)
            give(None)

    def _fail(self, reason: str) -> None:
        if self.state != "failed" or self.reason != reason:
            log.warning("no drafts", reason=reason)  # Once, not with each try.
        self.reason, self.state = reason, "failed"


def _give(loop: asyncio.AbstractEventLoop, texts: "asyncio.Queue[str | None]", text: str | None) -> None:
    if not loop.is_closed():
        loop.call_soon_threadsafe(texts.put_nowait, text)


def _step_back() -> None:
    """The page comes first: this thread, and those that llama.cpp starts from it, take what the others leave.

    A low priority alone still takes its turns, and a card then waits for them.
    """
    if sys.platform.startswith("linux"):
        os.sched_setscheduler(threading.get_native_id(), os.SCHED_IDLE, os.sched_param(0))
