"""Records what a tab shows: rrweb in an isolated world of its own, in the top frame, there only while it records.

What comes out still holds every word of the page. Nothing of it may be written down before
``agent.recordings.page_pseudonyms`` has replaced them.
"""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

import structlog
from playwright.async_api import CDPSession, Error
from playwright.async_api import Page as Tab

from agent.page.script import built_script

log = structlog.get_logger(__name__)

WORLD = "balcao-recorder"
"""Not the world of the script that reads: the recorder changes what it finds in its own."""
BINDING = "balcaoRecorded"
MOST_WAITING = 2_000
"""Batches. A recording that nobody writes down ends rather than fill the memory."""


class PageRecording:
    """The recorder in one tab."""

    def __init__(self) -> None:
        """Nothing is recorded before ``start``."""
        self._batches: asyncio.Queue[str | None] = asyncio.Queue()
        self._cdp: CDPSession | None = None
        self._script: str | None = None
        self.overran = False
        """It ended because what it gave was not taken."""

    async def start(self, tab: Tab) -> None:
        """Record this document from now on, and each that follows in the tab.

        Raises:
            ConnectionError: the page went away.
        """
        source = built_script("record")
        cdp = self._cdp = await tab.context.new_cdp_session(tab)
        cdp.on("Runtime.bindingCalled", self._called)
        tab.on("close", lambda _: self._end())
        tab.on("crash", lambda _: self._end())
        try:
            await cdp.send("Page.enable")
            await cdp.send("Runtime.enable")
            await cdp.send("Runtime.addBinding", {"name": BINDING, "executionContextName": WORLD})
            added = await cdp.send("Page.addScriptToEvaluateOnNewDocument", {"source": source, "worldName": WORLD})
            self._script = str(added["identifier"])
            await self._run(source)
        except Error as error:
            raise ConnectionError(f"the page cannot be recorded: {str(error).splitlines()[0]}") from error

    async def _run(self, source: str) -> None:
        cdp = self._cdp
        if cdp is None:
            return
        tree = await cdp.send("Page.getFrameTree")
        world = await cdp.send(
            "Page.createIsolatedWorld", {"frameId": tree["frameTree"]["frame"]["id"], "worldName": WORLD}
        )
        answer = await cdp.send("Runtime.evaluate", {"expression": source, "contextId": world["executionContextId"]})
        if "exceptionDetails" in answer:
            raise ConnectionError(f"the recorder failed: {answer['exceptionDetails'].get('text')}")

    async def whole(self) -> None:
        """Take a whole picture now: what follows is understood without what was before. None of a page that is gone."""
        with suppress(Error, ConnectionError):
            await self._run("globalThis.balcaoRecorder?.whole();")

    async def stop(self) -> None:
        """Take what still waits in the page, and leave nothing in it."""
        cdp, self._cdp = self._cdp, None
        if cdp is None:
            return
        # A page that is gone has nothing to give any more.
        with suppress(Error, ConnectionError):
            if self._script is not None:
                await cdp.send("Page.removeScriptToEvaluateOnNewDocument", {"identifier": self._script})
            self._cdp = cdp
            await self._run("globalThis.balcaoRecorder?.stop(); globalThis.balcaoRecorder = undefined;")
            await cdp.send("Runtime.removeBinding", {"name": BINDING})
            await cdp.detach()
        self._cdp = None
        self._end()

    async def batches(self) -> AsyncGenerator[str]:
        """What the recorder gives, as JSON; until it is stopped or the tab is closed."""
        while (batch := await self._batches.get()) is not None:
            yield batch

    def _called(self, event: dict[str, Any]) -> None:
        if event["name"] != BINDING or self.overran:
            return
        if self._batches.qsize() >= MOST_WAITING:
            self.overran = True
            log.warning("the recording of the page ended: it was not written down", batches=MOST_WAITING)
            self._end()
            return
        self._batches.put_nowait(event["payload"])

    def _end(self) -> None:
        self._batches.put_nowait(None)


@asynccontextmanager
async def record_page(tab: Tab) -> AsyncIterator[PageRecording]:
    """Record while the block runs; what came before its end can still be taken after it."""
    recording = PageRecording()
    await recording.start(tab)
    try:
        yield recording
    finally:
        await recording.stop()
