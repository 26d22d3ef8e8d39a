"""The event stream of one process.

The event table is the truth. After each commit that appended events the store wakes the stream, which reads the new
ones from the database once, writes each as JSON once, and hands the same batch to every listener. The last some
thousand are kept; who begins further back reads the database until it has caught up. What another process has appended
(a command on the same file) is found by looking now and then.

On SQLite there is one writer at a time, so that the order of numbers is that of the commits. A database with several
writers at once needs more than this: there a smaller number can be committed after a larger one.
"""

import asyncio
from bisect import bisect_right
from collections.abc import AsyncGenerator, Sequence
from contextlib import suppress

import structlog

from agent.contract.stored import StoredEvent
from agent.ports import EventBatch, EventLog

log = structlog.get_logger(__name__)

ROOM = 5_000
"""Events that are kept: about 2 MB."""

BATCH = 200
"""Events in a batch at most: about 40 kB of JSON, which a listener must take at once."""

LOOK_S = 1.0
"""How often to look for events of other processes."""

GATHER_S, GATHER_MOST_S, SHARE = 0.005, 0.2, 1.0
"""Pause after a batch, so that many events a second become few batches: at least, at most, and so many times as long as
the listeners have just taken. Without that a busy machine would be busy with listeners alone, and what they wait for,
the next message that is stored, would come late. The first event after a quiet time waits for nothing."""

ERASED = frozenset({"customer.erased", "customer.anonymised"})
"""After such an event nothing that was kept before it is passed on: part of it was erased."""


class MemoryStream:
    """The stream of one process. ``run`` reads the log; ``wake`` tells it that there is something to read."""

    def __init__(
        self, events: EventLog, *, room: int = ROOM, look_s: float = LOOK_S, gather_s: float = GATHER_S
    ) -> None:
        """``room``: events that are kept; ``look_s`` and ``gather_s``: seconds."""
        self._events = events
        self._room, self._look_s, self._gather_s = room, look_s, gather_s
        self._woken, self._grown = asyncio.Event(), asyncio.Event()
        self._kept: list[EventBatch] = []
        self._lasts: list[int] = []
        """Last number of each batch that is kept."""
        self._count = 0
        self._before = self._last = 0
        """Everything after ``_before``, up to ``_last``, is kept."""
        self._over = False

    @property
    def last(self) -> int:
        """Number of the last event that the stream knows of."""
        return self._last

    async def is_ahead(self, number: int) -> bool:
        """Whether no event has this number yet. What was just stored may not have been passed on."""
        return number > self._last and number > await self._events.last_event()

    def wake(self) -> None:
        """Something was appended, and is committed."""
        self._woken.set()

    async def start(self) -> None:
        """Find the end of the log: what is appended from now on is passed on."""
        self._before = self._last = await self._events.last_event()

    async def run(self) -> None:
        """Pass on what is appended, until cancelled; then every listener comes to its end."""
        loop = asyncio.get_running_loop()
        try:
            while True:
                with suppress(TimeoutError):
                    async with asyncio.timeout(self._look_s):
                        await self._woken.wait()
                self._woken.clear()
                try:
                    await self._read()
                except Exception:
                    # A full disk or a damaged file ends the agent where it is written; here the next look tries again.
                    log.exception("the events could not be read")
                    await asyncio.sleep(self._look_s)
                began = loop.time()
                await asyncio.sleep(0)  # All who were woken have their turn before us.
                await asyncio.sleep(min(max(self._gather_s, SHARE * (loop.time() - began)), GATHER_MOST_S))
        finally:
            self.close()

    def close(self) -> None:
        """Every listener comes to its end."""
        self._over = True
        self._tell()

    async def follow(self, after: int) -> AsyncGenerator[EventBatch]:
        """Every event with a larger number, once and in order; it waits for those to come. Ends with the stream.

        Raises:
            BufferError: the listener was up to date and then fell too far behind. It may begin anew where it stopped.
        """
        is_live = False
        while not self._over:
            if after >= self._last:
                is_live = True
                await self._grown.wait()
            elif after >= self._before:
                is_live = True
                batch = self._from_kept(after)
                after = batch.numbers[-1]
                yield batch
            elif is_live and self._last - after > self._room:
                raise BufferError(f"event {after} and those that follow it are kept no more")
            else:
                before = self._before
                found = await self._events.events_after(after, BATCH)
                after = found[-1].number if found else before
                if found:
                    yield _batch(found)

    async def _read(self) -> None:
        while found := await self._events.events_after(self._last, BATCH):
            if any(event.kind in ERASED for event in found):
                self._kept.clear()
                self._lasts.clear()
                self._count, self._before = 0, self._last
            self._keep(_batch(found))
            self._tell()
            if len(found) < BATCH:
                return

    def _keep(self, batch: EventBatch) -> None:
        self._kept.append(batch)
        self._lasts.append(batch.numbers[-1])
        self._count += len(batch.lines)
        self._last = batch.numbers[-1]
        while self._count > self._room and len(self._kept) > 1:
            self._before = self._lasts.pop(0)
            self._count -= len(self._kept.pop(0).lines)

    def _tell(self) -> None:
        """Let everybody who waits look again, and wait anew."""
        self._grown.set()
        if not self._over:
            self._grown.clear()

    def _from_kept(self, after: int) -> EventBatch:
        batch = self._kept[bisect_right(self._lasts, after)]
        known = bisect_right(batch.numbers, after)
        return EventBatch(batch.numbers[known:], batch.lines[known:]) if known else batch


def _batch(events: Sequence[StoredEvent]) -> EventBatch:
    lines = tuple(event.model_dump_json().encode() for event in events)
    return EventBatch(tuple(event.number for event in events), lines)
