"""Drafts replies in one worker thread: the newest request wins, and stopping is prompt."""

import asyncio
import os
import sys
import threading
import time
from collections import deque
from collections.abc import AsyncGenerator, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import structlog

from agent.analysis.guard import Guard
from agent.analysis.llama import Llama, ModelUnusable
from agent.analysis.prompt import base_text, base_tokens, chat_tokens, line_tokens, replies_text
from agent.analysis.replies import ReplyBook
from agent.contract.rows import Direction
from agent.contract.stored import StoredMessage
from agent.errors import BalcaoError
from agent.ports import ModelState

log = structlog.get_logger(__name__)

_CHAT_SHARE = 0.3
"""Share of the model's memory that is kept for the conversation; the fixed part may have the rest."""

_LEARN_TOKENS = 120
"""Instructions, rules and facts are evaluated before the first draft; the canned replies follow in steps of this size
while nobody waits: 1,300 tokens take 15 s and more on two processors. Until then the best ones go with a request."""

_CALM_S = 4.0
"""Nobody has asked for so long: time to learn. In the middle of a conversation the processor is the page's."""

_KEPT_TIMINGS = 10_000


@dataclass(frozen=True)
class DraftOptions:
    """How the model runs."""

    threads: int
    gpu_layers: int = 0
    context_tokens: int = 2048
    max_tokens: int = 96
    temperature: float = 0.3
    seed: int = 20


@dataclass
class _Request:
    turns: tuple[StoredMessage, ...]
    hints: tuple[str, ...]
    loop: asyncio.AbstractEventLoop
    asked_at: float
    stopped: threading.Event = field(default_factory=threading.Event)
    texts: asyncio.Queue[str | None] = field(default_factory=asyncio.Queue)

    def give(self, text: str | None) -> None:
        try:
            self.loop.call_soon_threadsafe(self.texts.put_nowait, text)
        except RuntimeError:
            self.stopped.set()  # The loop is closed: nobody listens any more.


class Drafter:
    """Owns the model. ``start`` returns at once; the model is loaded, and fetched if need be, in the background."""

    def __init__(
        self,
        book: ReplyBook,
        find_model: Callable[[Callable[[int, int], None]], tuple[str, Path]],
        options: DraftOptions,
        now: datetime,
    ) -> None:
        """``find_model`` gets a progress callback and gives the model's title and file; it may take minutes.

        ``now``: local time, for the greeting in the canned replies that the model reads.
        """
        self._book = book
        self._find_model = find_model
        self._options = options
        self._base, self._replies = base_text(book), replies_text(book, now)
        self._fixed: list[int] = []
        self._later: deque[list[int]] = deque()
        self._waiting: _Request | None = None
        self._running: _Request | None = None
        self._wake = threading.Condition()
        self._closed = threading.Event()
        self._thread = threading.Thread(target=self._work, name="drafts", daemon=True)
        self.state: ModelState = "loading"
        self.name: str | None = None
        self.reason: str | None = None
        """Why the state is ``failed``, for a person."""
        self.first_token_ms: deque[float] = deque(maxlen=_KEPT_TIMINGS)
        """For each draft, milliseconds from the request to the model's first token (before the guard)."""
        self.refusals: deque[str] = deque(maxlen=_KEPT_TIMINGS)
        """For each draft of which the guard refused something, what it was."""

    def start(self) -> None:
        """Begin to load the model."""
        self._thread.start()

    async def draft(self, turns: Sequence[StoredMessage], hints: Sequence[str] = ()) -> AsyncGenerator[str, None]:
        """The guarded text so far, each time it grows; a last empty text takes it back. A newer call ends this one."""
        if self.state != "ready" or not turns:
            return
        request = _Request(tuple(turns), tuple(hints), asyncio.get_running_loop(), time.perf_counter())
        with self._wake:
            for older in (self._waiting, self._running):
                if older is not None:
                    older.stopped.set()
                    if older is self._waiting:
                        older.give(None)
            self._waiting = request
            self._wake.notify()
        try:
            while (text := await request.texts.get()) is not None:
                yield text
        finally:
            request.stopped.set()

    async def close(self) -> None:
        """Stop what runs, free the model; waits at most a few seconds."""
        self._closed.set()
        with self._wake:
            if self._running is not None:
                self._running.stopped.set()
            self._wake.notify()
        if self._thread.is_alive():
            await asyncio.to_thread(self._thread.join, 5.0)

    def _work(self) -> None:
        _step_back()
        try:
            self.name, path = self._find_model(self._progress)
            model = Llama(path, self._options.threads, self._options.gpu_layers, self._options.context_tokens)
        except (BalcaoError, ModelUnusable, OSError) as error:
            self._fail(str(error))
            return
        except _Closed:
            return
        try:
            room = int(self._options.context_tokens * (1 - _CHAT_SHARE)) - self._options.max_tokens
            started = time.perf_counter()
            self._fixed = base_tokens(model, self._base, room)
            self._later.extend(line_tokens(model, self._replies, room - len(self._fixed)))
            model.warm(self._fixed, self._closed.is_set)
            log.info(
                "model ready",
                model=self.name,
                fixed_tokens=len(self._fixed),
                warm_s=round(time.perf_counter() - started, 1),
            )
            self.state = "ready"
            self._serve(model)
        except RuntimeError as error:
            self._fail(str(error))
        finally:
            model.close()

    def _serve(self, model: Llama) -> None:
        while not self._closed.is_set():
            with self._wake:
                self._wake.wait_for(self._wanted, timeout=_CALM_S if self._later else None)
                self._running, self._waiting = self._waiting, None
            if self._running is not None:
                try:
                    self._write(model, self._running)
                finally:
                    self._running.give(None)
                    self._running = None
            elif self._later:
                self._learn(model)

    def _wanted(self) -> bool:
        return self._waiting is not None or self._closed.is_set()

    def _learn(self, model: Llama) -> None:
        """Nobody waits: evaluate a little more of the fixed part. A request interrupts it and uses what is there."""
        added = self._later.popleft()
        while self._later and len(added) < _LEARN_TOKENS:
            added += self._later.popleft()
        if model.warm([*self._fixed, *added], self._wanted):
            self._fixed += added
        else:
            self._later.appendleft(added)

    def _write(self, model: Llama, request: _Request) -> None:
        options = self._options
        room = options.context_tokens - len(self._fixed) - options.max_tokens
        prompt = [*self._fixed, *chat_tokens(model, request.turns, request.hints if self._later else (), room)]
        said = [(turn.direction is Direction.OUT, turn.text) for turn in request.turns if turn.text]
        ours = [text for out, text in said if out]
        guard = Guard([text for out, text in said if not out], [*ours, self._base, self._replies])
        draft, shown, ended, first = "", None, None, True
        for addition, ended in model.answer(
            prompt, options.max_tokens, options.temperature, options.seed, request.stopped.is_set
        ):
            if first and ended is None:
                self.first_token_ms.append((time.perf_counter() - request.asked_at) * 1000)
                first = False
            draft += addition
            text = guard.grow(draft)
            if text is not None and text != shown:
                shown = text
                request.give(text)
            if guard.refusal is not None:
                break
        if ended != "stopped":
            final = guard.finish(draft, cut=ended != "finished")
            if guard.refusal is not None:
                self.refusals.append(guard.refusal)
            if final != shown:
                request.give(final or "")
        elif shown is not None:
            request.give("")  # Overtaken by a newer request: half a draft is none.

    def _progress(self, _done: int, _total: int) -> None:
        if self._closed.is_set():
            raise _Closed

    def _fail(self, reason: str) -> None:
        self.reason, self.state = reason, "failed"
        log.warning("no drafts", reason=reason)


class _Closed(Exception):
    pass


def _step_back() -> None:
    """The page comes first: this thread, and those that llama.cpp starts from it, take what the others leave.

    A low priority alone still takes its turns, and a card then waits for them.
    """
    if sys.platform.startswith("linux"):
        os.sched_setscheduler(threading.get_native_id(), os.SCHED_IDLE, os.sched_param(0))
