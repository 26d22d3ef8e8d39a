"""The Analyst that runs on this machine alone."""

import asyncio
import functools
import os
from collections import deque
from collections.abc import AsyncGenerator, Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import aclosing
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import psutil

from agent.analysis.catalogue import AUTO, BY_NAME
from agent.analysis.drafts import Drafter, DraftOptions
from agent.analysis.models import ensure_named
from agent.analysis.replies import ReplyBook, load_replies
from agent.contract.analysis import Analysis
from agent.contract.stored import StoredMessage
from agent.ports import ModelState

if TYPE_CHECKING:
    from agent.analysis.reader import Reader

Clock = Callable[[], datetime]


class LocalAnalyst:
    """Implements ``agent.ports.Analyst``."""

    def __init__(self, book: ReplyBook, drafter: Drafter | None, clock: Clock) -> None:
        """``drafter``: None when drafts are off. Loading begins with the first event loop that calls."""
        self._drafter = drafter
        self._clock = clock
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="analysis")
        # One thread is enough (a message takes milliseconds) and leaves the other processors to the page.
        self._reader: Future[Reader] = self._pool.submit(_load, book)
        if drafter is not None:
            drafter.start()

    @property
    def model_state(self) -> ModelState:
        """State of the draft model."""
        return "off" if self._drafter is None else self._drafter.state

    @property
    def model_name(self) -> str | None:
        """Name of the draft model as shown to a person; None when drafts are off."""
        return None if self._drafter is None else self._drafter.name

    @property
    def model_reason(self) -> str | None:
        """Why there are no drafts although they are wanted; None when there are, or may yet be."""
        return None if self._drafter is None else self._drafter.reason

    @property
    def first_token_ms(self) -> Sequence[float]:
        """For each draft, milliseconds from the request to the model's first token."""
        return deque() if self._drafter is None else self._drafter.first_token_ms

    async def analyse(self, text: str, limit: int = 3, *, customer: str | None = None) -> Analysis:
        """Sentiment, intent and up to ``limit`` retrieved replies; ``customer`` is the chat's title, for ``{nome}``."""
        reader = await asyncio.wrap_future(self._reader)
        work = functools.partial(reader.analyse, text, self._clock(), limit, customer)
        return await asyncio.get_running_loop().run_in_executor(self._pool, work)

    async def draft(self, turns: Sequence[StoredMessage], analysis: Analysis) -> AsyncGenerator[str, None]:
        """The model's reply to the last of ``turns``: the whole guarded text so far, each time it grows."""
        if self._drafter is None:
            return
        async with aclosing(self._drafter.draft(turns, [hit.text for hit in analysis.suggested_responses])) as texts:
            async for text in texts:
                yield text

    async def close(self) -> None:
        """Stop the threads and free the model."""
        if self._drafter is not None:
            await self._drafter.close()
        self._pool.shutdown(wait=False, cancel_futures=True)


def create_analyst(
    replies: Path,
    *,
    drafts: bool = True,
    model: str = AUTO,
    model_file: Path | None = None,
    threads: int | None = None,
    gpu_layers: int = 0,
    context_tokens: int = 2048,
    max_tokens: int = 96,
    temperature: float = 0.3,
    clock: Clock | None = None,
) -> LocalAnalyst:
    """An analyst for one business. Returns at once; weights and model are loaded in the background.

    Args:
        replies: The business's replies file; where there is none, the neutral replies are used.
        drafts: False: no draft model.
        model: Name in the catalogue, or ``auto``.
        model_file: A GGUF file instead of a name.
        threads: For the model; None chooses.
        gpu_layers: On the graphics card; -1 all.
        context_tokens: The model's memory.
        max_tokens: Longest draft.
        temperature: 0 always writes the same.
        clock: Gives local time.

    Raises:
        BadInput: the replies file cannot be used.
    """
    book, clock = load_replies(replies), clock or _local_time
    drafter = None
    if drafts:
        wanted = str(model_file) if model_file else model
        options = DraftOptions(threads or default_threads(), gpu_layers, context_tokens, max_tokens, temperature)
        drafter = Drafter(book, functools.partial(ensure_named, wanted), options, clock())
        drafter.name = BY_NAME[wanted].title if wanted in BY_NAME else wanted
    return LocalAnalyst(book, drafter, clock)


def default_threads() -> int:
    """Physical processors less one for the page, but two where there are two.

    On two processors the second thread brings the first token from 4.5 to 2.7 s, and the page's cards stay as quick:
    the model's threads give way to everything else.
    """
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    physical = min(psutil.cpu_count(logical=False) or usable, usable)
    return max(min(physical, 2), physical - 1)


def _load(book: ReplyBook) -> "Reader":
    from agent.analysis.reader import Reader  # scikit-learn takes a second to import: not while the agent starts

    reader = Reader(book)
    # The first message costs several times as much as the others: let it be this one, while nobody waits.
    reader.analyse("oi", _local_time())
    return reader


def _local_time() -> datetime:
    return datetime.now().astimezone()
