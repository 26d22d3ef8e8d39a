"""Looks at the live page for ``doctor --page``: waits for the chats, asks the script what it finds, opens nothing."""

import asyncio
from collections.abc import Callable
from contextlib import aclosing
from typing import Self

from agent.contract.checkup import PageCheck
from agent.contract.frames import AnyFrame, PageState
from agent.page.bridge import Bridge

_CHECK = "() => JSON.stringify(balcao.checkUp())"
SETTLE_S = 1.5
"""The parts of a screen come one after another: children mount late, history comes in blocks."""


class Watch:
    """Follows the page's frames, so that one can wait for a fact. Use as an asynchronous context."""

    def __init__(self, bridge: Bridge) -> None:
        """``bridge`` is attached; nobody else reads its frames."""
        self._bridge = bridge
        self._changed = asyncio.Condition()
        self._reader: asyncio.Task[None] | None = None
        self.screen: PageState | None = None
        """The screen shown; None until the page has said anything."""
        self.chats = False
        """The list has shown a chat."""
        self.chat_open = False
        self.gone = False
        """The page was closed or has crashed."""

    async def __aenter__(self) -> Self:
        """Begin to read."""
        self._reader = asyncio.create_task(self._read(), name="doctor")
        return self

    async def __aexit__(self, *_: object) -> None:
        """Stop reading."""
        if self._reader is not None:
            self._reader.cancel()
            await asyncio.gather(self._reader, return_exceptions=True)

    async def _read(self) -> None:
        try:
            async with aclosing(self._bridge.frames()) as frames:
                async for frame in frames:
                    if frame is not None:
                        await self._heard(frame)
        except ConnectionError:
            pass
        async with self._changed:
            self.gone = True
            self._changed.notify_all()

    async def _heard(self, frame: AnyFrame) -> None:
        async with self._changed:
            match frame.kind:
                case "hello":
                    self.screen, self.chats, self.chat_open = None, False, False
                case "state":
                    self.screen = frame.state
                case "chats":
                    self.chats = bool(frame.chats)
                case "chat":
                    self.chat_open = frame.chat is not None
                case _:
                    pass
            self._changed.notify_all()

    async def until(self, fact: Callable[["Watch"], bool], seconds: float) -> bool:
        """Wait for a fact; false when it did not come in time, or the page is gone."""
        try:
            async with asyncio.timeout(seconds), self._changed:
                await self._changed.wait_for(lambda: self.gone or fact(self))
        except TimeoutError:
            return False
        return not self.gone

    async def look(self, settle_s: float = SETTLE_S) -> PageCheck:
        """What the script finds, once the page has settled.

        Raises:
            ConnectionError: the page is gone, or does not answer.
        """
        await asyncio.sleep(settle_s)
        return PageCheck.model_validate_json(await self._bridge.call(_CHECK))
