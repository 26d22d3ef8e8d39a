"""Lets in one at a time, and a few more wait: what the page needs too is not given away to other programs."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from agent.api.problems import Code, Refused


class Turnstile:
    """For one event loop."""

    def __init__(self, waiting: int, retry_s: int) -> None:
        """``waiting``: how many may wait beside the one inside; ``retry_s``: when to come again."""
        self._lock, self._room, self._retry_s = asyncio.Lock(), waiting + 1, retry_s
        self._here = 0

    @asynccontextmanager
    async def passing(self) -> AsyncIterator[None]:
        """Wait for the turn; it ends with the block. ``Refused``: too many wait already."""
        if self._here >= self._room:
            raise Refused(Code.UNAVAILABLE, headers={"Retry-After": str(self._retry_s)})
        self._here += 1
        try:
            async with self._lock:
                yield
        finally:
            self._here -= 1


class Turnstiles:
    """Those of one application."""

    def __init__(self) -> None:
        self.analyses = Turnstile(waiting=8, retry_s=1)
        """A text takes milliseconds."""
        self.drafts = Turnstile(waiting=2, retry_s=10)
        """A draft takes seconds of all the processors that the page leaves."""
        self.trainings = Turnstile(waiting=1, retry_s=3)
        """Learning intents takes a second or two."""
