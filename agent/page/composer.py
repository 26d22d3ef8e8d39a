"""Inserts a reply into the message box: the page's own way first, the browser's second. Never sends.

The first way, a synthetic paste, lives in the userscript. Where the box does not show the text afterwards, the browser
fills it: ``fill`` fires ``beforeinput`` only, never a key, so it cannot send.
"""

import structlog
from playwright.async_api import Error, Locator
from playwright.async_api import Page as Tab

from agent.contract.commands import InsertCode, InsertCommand, InsertResult
from agent.page.bridge import Bridge
from agent.page.selectors import alternatives

log = structlog.get_logger(__name__)

_LINES = "box => [...box.querySelectorAll('p')].map(p => p.textContent).join('\\n')"
_FILL_MS = 2_000


def _letters(text: str) -> str:
    """What must be equal after an insertion: the page rewrites bullets and spaces."""
    return "".join(c for c in text if c.isalnum())


async def insert(tab: Tab, bridge: Bridge, command: InsertCommand) -> InsertResult:
    """Insert, verified by reading the box. Raises ``ConnectionError`` when the page is gone."""
    result = await bridge.insert(command)
    if result.code is not InsertCode.NOT_VERIFIED:
        return result
    log.warning("paste was not taken, filling instead")
    try:
        box = await _box(tab)
        if box is None or (await box.evaluate(_LINES)).strip():
            return result
        label = await box.get_attribute("aria-label") or ""
        if command.chat_title not in label:
            return result
        await box.fill(command.text, timeout=_FILL_MS)
        text = str(await box.evaluate(_LINES))
    except Error as error:
        log.warning("filling failed", error=type(error).__name__)
        return result
    done = _letters(text) == _letters(command.text)
    return InsertResult(code=InsertCode.INSERTED if done else InsertCode.NOT_VERIFIED, box_text=text)


async def _box(tab: Tab) -> Locator | None:
    for css in alternatives("composer"):
        box = tab.locator(css)
        if await box.count() == 1:
            return box
    return None
