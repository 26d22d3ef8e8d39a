"""Plays the page layer of a recording: at any speed, step by step, from any moment on."""

import asyncio
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager
from typing import Any, NamedTuple

from playwright.async_api import Browser

from agent.errors import BadInput
from agent.page.replaying import SETTLED_MS, About, PageReplay, replay_tab
from agent.recordings.page_events import CHANGE, FULL, PageEvents
from agent.recordings.page_output import Output, PageOutput
from agent.recordings.page_pseudonyms import AsRecorded, about

MOST_EVENTS = 2_000_000
_TURN_S = 0.05
"""At a speed, what is due is shown so often."""
_LONGEST_PAUSE_MS = 60_000
"""Between two documents: those of recordings that were put together may be days apart."""


class PageLine(NamedTuple):
    """One event of one document."""

    document: int
    event: dict[str, Any]

    @property
    def at(self) -> int:
        """Milliseconds since the epoch."""
        return int(self.event["timestamp"])


def page_lines(lines: Iterable[Mapping[str, Any]]) -> tuple[list[PageLine], About]:
    """The layer as it may be replayed: of what could run or fetch something nothing is left.

    Raises:
        BadInput: it holds no whole picture of a page, so that nothing can be shown.
    """
    walk, read, page = PageEvents(AsRecorded()), list[PageLine](), About()
    for line in lines:
        document, given = line.get("doc"), line.get("event")
        if not isinstance(document, int) or not isinstance(given, Mapping) or len(read) >= MOST_EVENTS:
            continue
        event = walk.event(given)
        if event is None:
            continue
        if event["type"] == FULL and not read:
            named = line.get("about")
            page = About(**about(dict(named) if isinstance(named, Mapping) else {}))
        # What comes before the first whole picture of a document changes something that is not there.
        if event["type"] == FULL or (event["type"] == CHANGE and read and read[-1].document == document):
            read.append(PageLine(document, event))
    if not read:
        raise BadInput("The recording holds no page.", "Record it anew, with the page layer.")
    return read, page


class PagePlayer:
    """A recorded page in a tab, and what the userscript makes of it."""

    def __init__(self, replay: PageReplay, lines: list[PageLine]) -> None:
        """``lines``: as ``page_lines`` gives them."""
        self._replay = replay
        self._lines = lines
        self._next = 0
        self.output = PageOutput()

    @property
    def tab(self) -> PageReplay:
        """Where it is shown."""
        return self._replay

    @property
    def length_ms(self) -> int:
        """From the first event to the last."""
        return self._lines[-1].at - self._lines[0].at

    @property
    def began_ms(self) -> int:
        """The first event's time, in milliseconds since the epoch."""
        return self._lines[0].at

    @property
    def at_ms(self) -> int:
        """How far it has come, since the first event."""
        return self._lines[max(self._next - 1, 0)].at - self._lines[0].at

    @property
    def is_over(self) -> bool:
        """Nothing is left to be shown."""
        return self._next == len(self._lines)

    async def play(self, speed: float | None = None) -> None:
        """Show what is left; ``speed``: times as fast as it was, None: as fast as it can be."""
        clock = asyncio.get_running_loop().time
        began, since = clock(), float(self.at_ms)
        while not self.is_over:
            await self._until(None if speed is None else since + (clock() - began) * 1000 * speed)
            if speed is not None and not self.is_over:
                since += self._skipped(since + (clock() - began) * 1000 * speed)
                await asyncio.sleep(_TURN_S)
        await self.settle()

    def _skipped(self, at_ms: float) -> float:
        """So much of the time before the next document is not waited for, in milliseconds."""
        line, rest = self._lines[self._next], self._lines[self._next].at - self._lines[0].at - at_ms
        is_other = self._next > 0 and line.document != self._lines[self._next - 1].document
        return max(rest - _LONGEST_PAUSE_MS, 0.0) if is_other else 0.0

    async def step(self) -> None:
        """Show one more event."""
        if not self.is_over:
            await self._until(None, at_most=1)

    async def seek(self, at_ms: float, at_most: int | None = None) -> bool:
        """Go to a moment, in milliseconds since the first event. Backwards everything is shown once more, unseen.

        Args:
            at_ms: the moment.
            at_most: so many events at once; whoever asks for the same moment again goes on.

        Returns:
            Whether it has come there.
        """
        if at_ms < self.at_ms:
            self._next, self.output = 0, PageOutput()
        await self._until(at_ms, at_most)
        return self.is_over or self._lines[self._next].at - self._lines[0].at > at_ms

    async def settle(self) -> None:
        """Let the userscript finish what it has begun, and look at what is left."""
        await self._replay.wait(SETTLED_MS)
        self.output.take(self._replay.frames())
        self.output.inspected(await self._replay.inspection())

    async def _until(self, at_ms: float | None, at_most: int | None = None) -> None:
        """Show what is due; the events of one document together."""
        first, shown = self._lines[0].at, 0
        waiting: list[dict[str, Any]] = []
        while not self.is_over and (at_most is None or shown < at_most):
            line = self._lines[self._next]
            if at_ms is not None and line.at - first > at_ms:
                break
            if self._next == 0 or line.document != self._lines[self._next - 1].document:
                await self._flush(waiting)
                waiting = []
                if self._next:
                    await self._replay.wait(SETTLED_MS)
                    self.output.take(self._replay.frames())
                await self._replay.document(line.event)
            else:
                waiting.append(line.event)
            self._next += 1
            shown += 1
        await self._flush(waiting)

    async def _flush(self, events: list[dict[str, Any]]) -> None:
        if events:
            await self._replay.play(events)
        self.output.take(self._replay.frames())


@asynccontextmanager
async def page_player(
    browser: Browser, lines: Iterable[Mapping[str, Any]], script: str | None = None
) -> AsyncIterator[PagePlayer]:
    """A player for the lines of a page layer.

    Args:
        browser: See ``agent.page.replaying.replay_browser``.
        lines: Of ``page.jsonl``.
        script: The userscript that reads; the built one by default.

    Raises:
        BadInput: the layer cannot be shown.
    """
    readable, page = page_lines(lines)
    async with replay_tab(browser, page, script) as replay:
        yield PagePlayer(replay, readable)


async def page_result(browser: Browser, lines: Iterable[Mapping[str, Any]], script: str | None = None) -> Output:
    """What is read of a page layer as fast as it can be: the golden result, and what is compared with it."""
    async with page_player(browser, lines, script) as player:
        await player.play()
        return player.output.result()
