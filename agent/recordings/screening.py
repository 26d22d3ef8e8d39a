"""Shows recorded pages as pictures, moment by moment: a browser of its own that stays for as long as somebody looks."""

import asyncio
import base64
from contextlib import AsyncExitStack
from pathlib import Path
from typing import NamedTuple

import structlog
from playwright.async_api import Error

from agent.errors import BadInput
from agent.page.replaying import About, PageReplay, replay_browser, replay_tab
from agent.recordings.file import PAGE, open_recording
from agent.recordings.page_player import PageLine, PagePlayer, page_lines
from agent.recordings.timeline import Clock, clock_of

log = structlog.get_logger(__name__)

IDLE_S = 60.0
TURN_S = 2.0
"""How long one picture may be sought; then the page is shown as far as it has come."""
LONGEST_S = 25.0
"""One picture, whatever the file holds: who wrote it may have put years between two events."""
_ENDS_S = 5.0
_AT_ONCE = 100
"""Events between two looks at the clock."""
MOST_SCALE = 2.0
_READS_NOTHING = ";"
"""In the place of the userscript: nobody compares what would be read."""


class Picture(NamedTuple):
    """The page at a moment."""

    png: bytes
    at_s: float
    """Which moment it shows; earlier than the one that was wanted where that is still being sought."""
    is_there: bool
    """It shows the moment that was wanted."""


class _Key(NamedTuple):
    path: Path
    size: int
    changed_ns: int


class _Shown(NamedTuple):
    """What is open."""

    key: _Key
    clock: Clock
    began_ms: float
    """When the page layer begins, in milliseconds since the epoch."""
    player: PagePlayer
    about: tuple[int, int]
    """Width and height of the page."""


class Screening:
    """One recording at a time; one request at a time. For one event loop."""

    def __init__(self, executable: Path | None = None, *, idle_s: float = IDLE_S) -> None:
        """Nothing is opened before the first picture.

        Args:
            executable: the browser; the system's own by default.
            idle_s: the browser goes when nobody has wanted a picture for so long.
        """
        self._executable, self._idle_s = executable, idle_s
        self._stack = AsyncExitStack()
        self._shown: _Shown | None = None
        self._one = asyncio.Lock()
        self._idle: asyncio.TimerHandle | None = None
        self._leaving: asyncio.Task[None] | None = None
        self._closed = False

    @property
    def is_open(self) -> bool:
        """Whether a browser is there."""
        return self._shown is not None

    async def picture(self, path: Path, at_s: float, width: int, height: int) -> Picture:
        """The page of a recording at a moment.

        Args:
            path: the recording.
            at_s: seconds since the first thing happened in it.
            width: into which the whole page is to fit, in pixels.
            height: likewise.

        Raises:
            BadInput: it has no page that can be shown.
            BrowserMissing: there is no browser.
        """
        async with self._one:
            if self._closed:
                raise BadInput("The agent ends.", "Try again when it runs.")
            self._stay()
            try:
                async with asyncio.timeout(LONGEST_S):
                    return await self._picture(path, at_s, width, height)
            except (Error, ConnectionError, TimeoutError) as error:
                await self._leave()
                raise BadInput("The browser does not show the recording any more.", "Try again.") from error
            finally:
                self._stay()

    async def leave(self, path: Path | None = None) -> None:
        """Let the browser go; with ``path``: if it shows this recording."""
        async with self._one:
            if self._shown is not None and path in (None, self._shown.key.path):
                await self._leave()

    async def close(self) -> None:
        """Show nothing any more."""
        self._closed = True
        if self._idle is not None:
            self._idle.cancel()
        try:
            async with asyncio.timeout(_ENDS_S):
                await self.leave()
        except TimeoutError:  # Somebody looks, and goes without an answer.
            await self._leave()
        if self._leaving is not None:
            await self._leaving

    async def _picture(self, path: Path, at_s: float, width: int, height: int) -> Picture:
        key = await asyncio.to_thread(_key, path)
        if self._shown is None or self._shown.key != key:
            await self._leave()
            self._shown = await self._open(key)
        shown = self._shown
        wanted = max(shown.clock.epoch_ms(at_s) - shown.began_ms, 0.0)
        clock = asyncio.get_running_loop().time
        until = clock() + TURN_S
        there = await shown.player.seek(wanted, at_most=_AT_ONCE)
        while not there and clock() < until:
            there = await shown.player.seek(wanted, at_most=_AT_ONCE)
        png = await _png(shown.player.tab, shown.about, width, height)
        reached = at_s if there else shown.clock.at_s(shown.began_ms + shown.player.at_ms)
        return Picture(png, max(reached, 0.0), there)

    async def _open(self, key: _Key) -> _Shown:
        clock, lines, about = await asyncio.to_thread(_read, key.path)
        try:
            browser = await self._stack.enter_async_context(replay_browser(self._executable))
            tab = await self._stack.enter_async_context(replay_tab(browser, about, _READS_NOTHING))
        except BaseException:
            await self._leave()
            raise
        log.info("a recording is shown", file=key.path.name)
        return _Shown(key, clock, lines[0].at, PagePlayer(tab, lines), (about.width, about.height))

    async def _leave(self) -> None:
        self._shown = None
        stack, self._stack = self._stack, AsyncExitStack()
        await stack.aclose()

    def _stay(self) -> None:
        """Not idle now: begin to count anew."""
        if self._idle is not None:
            self._idle.cancel()
        self._idle = asyncio.get_running_loop().call_later(self._idle_s, self._is_idle)

    def _is_idle(self) -> None:
        self._leaving = asyncio.create_task(self.leave(), name="screening ends")


def _key(path: Path) -> _Key:
    stat = path.stat()
    return _Key(path, stat.st_size, stat.st_mtime_ns)


def _read(path: Path) -> tuple[Clock, list[PageLine], About]:
    with open_recording(path) as recording:
        if not recording.has(PAGE):
            raise BadInput(f"{path.name} has no page layer.", "Record it anew, with the page.")
        lines, about = page_lines(recording.page())
        return clock_of(recording), lines, about


async def _png(shown: PageReplay, size: tuple[int, int], width: int, height: int) -> bytes:
    """The browser makes it smaller itself: its letters stay better to read than those of a picture that is shrunk."""
    scale = min(width / size[0], height / size[1], MOST_SCALE)
    session = await shown.tab.context.new_cdp_session(shown.tab)
    try:
        clip = {"x": 0, "y": 0, "width": size[0], "height": size[1], "scale": scale}
        answer = await session.send("Page.captureScreenshot", {"format": "png", "clip": clip})
    finally:
        await session.detach()
    return base64.b64decode(answer["data"])
