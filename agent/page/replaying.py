"""Shows a recorded page to the userscript again, in a real browser, without its scripts and without a network.

The recorded document is built anew as the tab's own document, because the userscript reads the top document of a tab
and nothing else. All clocks of its world are the recording's: what it reads does not depend on the speed.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any, NamedTuple

from playwright.async_api import Browser, Error, Route, async_playwright
from playwright.async_api import Page as Tab

from agent.contract.frames import AnyFrame
from agent.contract.inspection import Inspection
from agent.errors import BadInput, BrowserMissing
from agent.page.bridge import Bridge, with_configuration
from agent.page.browser import find_browser, launch_arguments, sandboxed
from agent.page.script import built_script, script_source
from agent.settings.program import surroundings

ADDRESS = "https://web.whatsapp.com/"
SETTLED_MS = 7_000
"""After the last event: the baseline is complete, one look around has happened, the anchors were counted."""
AT_ONCE = 100
"""Events in one call; each call is answered before the next one, so that the page may breathe."""
_MOST_SILENT_MS = 7 * 86_400_000.0
LONGEST_CALL_MS = 20_000
"""Virtual time that one call may let pass."""

MOST_LOOKS, LOOK_S = 500, 0.01

_BLANK = "<!doctype html><html><head></head><body></body></html>"
_POLICY = (
    "default-src 'none'",
    # What the page looked like: rules and style attributes, none of which can load anything.
    "style-src 'unsafe-inline'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
)
_NO_NETWORK = "--host-resolver-rules=MAP * ~NOTFOUND"
_ROOM = 1_000_000
"""Frames that may wait: they are taken after the events that caused them, and none may be lost."""


class About(NamedTuple):
    """What a recording says of its page."""

    lang: str | None = None
    zone: str | None = None
    width: int = 1280
    height: int = 900


@asynccontextmanager
async def replay_browser(executable: Path | None = None, *, headless: bool = True) -> AsyncIterator[Browser]:
    """A browser of its own for replays: it finds no host at all.

    Raises:
        BrowserMissing: there is no browser, or it does not start.
    """
    path = find_browser(executable)
    async with async_playwright() as playwright:
        try:
            browser = await playwright.chromium.launch(
                executable_path=path,
                args=launch_arguments([_NO_NETWORK]),
                chromium_sandbox=sandboxed(),
                env={**surroundings()},
                headless=headless,
            )
        except Error as error:
            raise BrowserMissing(
                f"{path} did not start.", "Check that it runs on its own, or install Chromium."
            ) from error
        try:
            yield browser
        finally:
            with suppress(Error):
                await browser.close()


class PageReplay:
    """A tab in which recorded documents are shown, one after another."""

    def __init__(self, tab: Tab, bridge: Bridge) -> None:
        """``tab`` with ``bridge`` and the replaying script in it; see ``replay_tab``."""
        self.tab = tab
        self._bridge = bridge
        self._documents = 0
        self._at = 0.0
        self.missing = 0
        """Nodes that an event named and that were not there: the recording has gaps."""

    async def document(self, first: dict[str, Any]) -> None:
        """Begin a document with its first whole picture, an event of rrweb's type 2."""
        self._documents += 1
        await self.tab.goto(f"{ADDRESS}?{self._documents}", wait_until="domcontentloaded")
        # The world of the document before may still be the one that is known.
        for _ in range(MOST_LOOKS):
            if await self._is_here():
                break
            await asyncio.sleep(LOOK_S)
        await self._bridge.call("(json) => balcaoReplay.begin(json)", json.dumps(first))
        self._at = float(first["timestamp"])

    async def _is_here(self) -> bool:
        try:
            shown = await self._bridge.call("() => location.search")
        except ConnectionError:
            return False
        return bool(shown == f"?{self._documents}")

    async def play(self, events: Sequence[dict[str, Any]]) -> None:
        """Let events happen, each at its own time of the virtual clock.

        Raises:
            BadInput: between two of them lies more than any tab is silent.
        """
        for part in _parts(events):
            silent = part[0]["timestamp"] - self._at - LONGEST_CALL_MS
            if silent > _MOST_SILENT_MS:
                raise BadInput(f"The recorded page is silent for {silent / 86_400_000:,.0f} days.", "Record anew.")
            await self.wait(silent)
            self.missing = int(await self._bridge.call("(json) => balcaoReplay.play(json)", json.dumps(part)))
            self._at = max(self._at, float(part[-1]["timestamp"]))

    async def wait(self, ms: float) -> None:
        """Let virtual time pass without an event."""
        while ms > 0:
            step = min(ms, LONGEST_CALL_MS)
            await self._bridge.call("(ms) => balcaoReplay.wait(ms)", step)
            self._at += step
            ms -= step

    def frames(self) -> list[AnyFrame]:
        """What the userscript has sent since the last call.

        Raises:
            ValueError: a frame could not be read.
        """
        taken = self._bridge.taken()
        frames = [frame for frame in taken if frame is not None]
        if len(frames) < len(taken) or self._bridge.unreadable:
            raise ValueError(f"a frame of the userscript could not be read: {self._bridge.last_error}")
        return frames

    async def inspection(self) -> Inspection:
        """All that can be read of the document as it is now."""
        answer = await self._bridge.call("() => JSON.stringify(balcao.inspect())")
        return Inspection.model_validate_json(answer)

    async def picture(self) -> bytes:
        """The document as a PNG."""
        return await self.tab.screenshot(animations="disabled", caret="hide")


@asynccontextmanager
async def replay_tab(browser: Browser, about: About, script: str | None = None) -> AsyncIterator[PageReplay]:
    """A tab for one recording, with the clock's zone and the size that the page had.

    Args:
        browser: Any Chromium; ``replay_browser`` opens one that finds no host.
        about: What the recording says of its page.
        script: The userscript that reads; the built one by default.
    """
    context = await browser.new_context(
        viewport={"width": about.width, "height": about.height},
        timezone_id=about.zone,
        locale=about.lang,
        service_workers="block",
        accept_downloads=False,
    )
    try:
        await context.route("**/*", _serve)
        tab = await context.new_page()
        bridge = Bridge(_ROOM)
        reading = with_configuration(script or script_source(), overlay=False, lang=about.lang)
        await bridge.attach(tab, f"{built_script('replay')}\nglobalThis.__balcaoReading = () => {{\n{reading}\n}};")
        yield PageReplay(tab, bridge)
    finally:
        with suppress(Error):
            await context.close()


async def _serve(route: Route) -> None:
    """An empty page of ours, and nothing else: whatever a recording asks for is refused."""
    request = route.request
    is_ours = request.is_navigation_request() and request.url.partition("?")[0] == ADDRESS
    if is_ours and request.frame.parent_frame is None:
        headers = {"content-security-policy": "; ".join(_POLICY), "cache-control": "no-store"}
        await route.fulfill(body=_BLANK, content_type="text/html; charset=utf-8", headers=headers)
    elif request.is_navigation_request():
        await route.fulfill(status=204)
    else:
        await route.abort()


def _parts(events: Sequence[dict[str, Any]]) -> Iterable[list[dict[str, Any]]]:
    part: list[dict[str, Any]] = []
    for event in events:
        if part and (len(part) >= AT_ONCE or event["timestamp"] - part[0]["timestamp"] > LONGEST_CALL_MS):
            yield part
            part = []
        part.append(event)
    if part:
        yield part
