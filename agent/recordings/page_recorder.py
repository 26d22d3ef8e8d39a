"""Writes a tab's page layer into a recording, beside the session that uses the tab."""

import asyncio
from collections.abc import Callable
from typing import Any

import structlog
from playwright.async_api import Page as Tab

from agent.page.recording import PageRecording
from agent.recordings.page_pseudonyms import PagePseudonyms
from agent.recordings.pseudonyms import Pseudonyms

log = structlog.get_logger(__name__)

Write = Callable[[dict[str, Any]], None]
"""Takes a line of the page layer; ``RecordingWriter.add`` with its layer."""


class PageRecorder:
    """The page layer of one recording."""

    def __init__(self, names: Pseudonyms, write: Write) -> None:
        """``names``: the recording's; ``write`` is called in the loop's thread, with lines that may touch the disk."""
        self._lines = PagePseudonyms(names)
        self._write = write
        self._recording: PageRecording | None = None
        self._cut = asyncio.Event()
        self.events = 0
        self.overran = False
        """A tab gave more than could be written down: from there to the tab's end nothing of it is there."""

    @property
    def skipped(self) -> int:
        """Events of no known form, which were left out."""
        return self._lines.skipped

    def cut(self) -> None:
        """What was written so far may be thrown away: what follows is to be understood alone (rolling recordings)."""
        self._cut.set()

    async def follow(self, tab: Tab) -> None:
        """Record until ``stop``, or until the tab is closed; then another tab can be followed.

        Raises:
            ConnectionError: the page went away before it began.
        """
        recording = self._recording = PageRecording()
        await recording.start(tab)
        whole = asyncio.create_task(self._whole_pictures(recording), name="whole pictures")
        try:
            async for batch in recording.batches():
                # A whole page is megabytes of words: the loop does not wait for its pseudonyms.
                for line in await asyncio.to_thread(self._read, batch):
                    self._write(line)
                    self.events += 1
        finally:
            whole.cancel()
            await asyncio.gather(whole, return_exceptions=True)
            await recording.stop()
            self.overran |= recording.overran
        if self.skipped:
            log.warning("events of the page were left out of the recording", events=self.skipped)

    def _read(self, batch: str) -> list[dict[str, Any]]:
        return list(self._lines.lines(batch))

    async def stop(self) -> None:
        """Take what still waits in the page; ``follow`` ends when it is written."""
        if self._recording is not None:
            await self._recording.stop()

    async def _whole_pictures(self, recording: PageRecording) -> None:
        while True:
            await self._cut.wait()
            self._cut.clear()
            await recording.whole()
