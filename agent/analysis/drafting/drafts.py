"""Drafts replies in one worker thread: the newest request wins, and stopping is prompt."""

import asyncio
import os
import sys
import threading
import time
from collections import deque
from collections.abc import AsyncGenerator, Callable, Sequence
from functools import partial

import structlog

from agent.analysis.drafting.prompt import Briefing
from agent.analysis.drafting.queue import DraftQueue, Job, Priority
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

    async def draft(self, turns: Sequence[StoredMessage], hints: Sequence[str] = ()) -> AsyncGenerator[str, None]:
        """The guarded text so far, each time it grows; a last empty text takes it back. A newer call ends this one."""
        if self.state != "ready" or not any(turn.text for turn in turns):
            return
        loop, texts = asyncio.get_running_loop(), asyncio.Queue[str | None]()
        give = partial(_give, loop, texts)
        work = partial(self._write, turns=tuple(turns), hints=tuple(hints), give=give, asked_at=time.perf_counter())
        job = Job(Priority.DRAFT, work, partial(give, None))
        self._queue.put(job)
        try:
            while (text := await texts.get()) is not None:
                yield text
        finally:
            job.stop()

    def prefetch(self, turns: Sequence[StoredMessage]) -> None:
        """Read a conversation of which a reply may be asked for. A request or a newer prefetch ends it."""
        if self.state == "ready" and turns:
            said = tuple(turns)
            self._queue.put(Job(Priority.PREFETCH, lambda job: self._writer.read(said, job.stopped)))

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
                give(text)
        except WriterFailed:
            give("")
            raise
        finally:
            if run.first_token_s is not None:
                self.first_token_ms.append(run.first_token_s * 1000)
            if run.refusal is not None:
                self.refusals.append(run.refusal)
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
