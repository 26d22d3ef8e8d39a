"""One open WhatsApp Web page, as the core's port ``Page``."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import structlog
from playwright.async_api import BrowserContext, Error
from playwright.async_api import Page as Tab

from agent.contract.commands import AnyCommand, InsertCommand, InsertResult
from agent.contract.frames import AnyFrame
from agent.page import composer
from agent.page.bridge import Bridge, with_configuration
from agent.page.browser import open_browser
from agent.page.overrides import FILE as OVERRIDES
from agent.page.overrides import follow_overrides
from agent.page.profile import leave_no_orphans
from agent.page.script import script_source

log = structlog.get_logger(__name__)

Prepare = Callable[[BrowserContext], Awaitable[None]]
"""Runs before the page is opened: the demo puts the stand-in page there."""

Beside = Callable[[Tab, Bridge], Coroutine[Any, Any, None]]
"""Runs beside an open page until that is closed; its own errors end it alone."""


class WhatsAppPage:
    """The port ``Page`` over a browser tab."""

    def __init__(self, tab: Tab, bridge: Bridge) -> None:
        """``tab`` with ``bridge`` attached to it."""
        self.tab = tab
        self.bridge = bridge

    def frames(self) -> AsyncGenerator[AnyFrame | None]:
        """See ``ports.Page``."""
        return self.bridge.frames()

    async def tell(self, command: AnyCommand) -> None:
        """See ``ports.Page``."""
        await self.bridge.tell(command)

    async def insert(self, command: InsertCommand) -> InsertResult:
        """See ``ports.Page``."""
        return await composer.insert(self.tab, self.bridge, command)

    def end(self) -> None:
        """See ``ports.Page``."""
        self.bridge.end()

    async def bring_to_front(self) -> None:
        """Show the window to the person at this machine; nothing in the page is touched.

        Raises:
            ConnectionError: it is gone.
        """
        try:
            await self.tab.bring_to_front()
        except Error as error:
            raise ConnectionError(str(error).splitlines()[0]) from error


@asynccontextmanager
async def open_page(
    folder: Path,
    url: str,
    *,
    executable: Path | None,
    headless: bool,
    language: str,
    arguments: tuple[str, ...] = (),
    prepare: Prepare | None = None,
    room: int = 1000,
    beside: tuple[Beside, ...] = (),
) -> AsyncIterator[WhatsAppPage]:
    """Open WhatsApp Web with the login kept in ``folder`` (the caller holds the profile's lock).

    Raises:
        BrowserMissing, DisplayMissing, ProfileLocked: see ``browser`` and ``profile``.
        ConnectionError: the page could not be loaded.
    """
    user_data = folder / "browser"
    await asyncio.to_thread(leave_no_orphans, user_data)
    async with open_browser(
        user_data, executable=executable, headless=headless, language=language, extra=arguments
    ) as context:
        if prepare is not None:
            await prepare(context)
        # A persistent context opens with one tab; a restored second one would be WhatsApp's "used in another window".
        tab, *others = context.pages or [await context.new_page()]
        for other in others:
            await other.close()
        bridge = Bridge(room)
        await bridge.attach(tab, with_configuration(script_source(), lang=language))
        try:
            await tab.goto(url, wait_until="commit")
        except Error as error:
            raise ConnectionError(f"{url} could not be loaded: {str(error).splitlines()[0]}") from error
        following = asyncio.create_task(follow_overrides(folder / OVERRIDES, bridge), name="selectors")
        accompanying = [asyncio.create_task(one(tab, bridge)) for one in beside]
        try:
            yield WhatsAppPage(tab, bridge)
        finally:
            for task in (following, *accompanying):
                task.cancel()
            await asyncio.gather(following, *accompanying, return_exceptions=True)
            bridge.end()
