"""Inserts a reply into the message box: the page's own way first, the browser's second. Never sends.

The first way, a synthetic paste, lives in the userscript. Where the box does not show the text afterwards, the browser
fills it: ``fill`` fires ``beforeinput`` only, never a key, so it cannot send. Where neither does, or the page
cannot make sure of the box, the script copies the text instead and the person pastes it.
"""

import structlog
from playwright.async_api import ElementHandle, Error
from playwright.async_api import Page as Tab

from agent.contract.commands import InsertCode, InsertCommand, InsertResult
from agent.page.bridge import Bridge
from agent.page.selectors import alternatives

log = structlog.get_logger(__name__)

_FILL_MS = 2_000


def _letters(text: str) -> str:
    """What must be equal after an insertion: the page rewrites bullets and spaces."""
    return "".join(c for c in text if c.isalnum())


async def insert(tab: Tab, bridge: Bridge, command: InsertCommand) -> InsertResult:
    """Insert, verified by reading the box. Raises ``ConnectionError`` when the page is gone."""
    result = await bridge.insert(command)
    if result.code is InsertCode.COPIED or result.copy_failed:
        log.warning("no sure message box, copying instead", copied=not result.copy_failed)
    if result.code is not InsertCode.NOT_VERIFIED:
        return result
    # ``fill`` replaces all that stands in the box, so it is for an empty one; ``_fill`` looks once more.
    if command.where == "empty" or not (result.box_text or "").strip():
        log.warning("paste was not taken, filling instead")
        filled = await _fill(tab, bridge, command, result)
        if filled.code not in (InsertCode.NOT_VERIFIED, InsertCode.NO_BOX):
            return filled
    log.warning("the box took the text in no way, copying instead")
    return await bridge.insert(command.model_copy(update={"way": "copy"}))


async def _fill(tab: Tab, bridge: Bridge, command: InsertCommand, result: InsertResult) -> InsertResult:
    """The browser's way; ``result`` is what the page's way came to."""
    try:
        # The box is held before it is checked: a switch of chats throws it away, and then nothing can be filled.
        box = await _box(tab)
        checked = await _check(bridge, command)
        if box is None or checked.code is not InsertCode.NOT_VERIFIED:
            return result if box is None else checked
        await box.fill(command.text, timeout=_FILL_MS)
    except Error as error:
        log.warning("filling failed", error=type(error).__name__)
    filled = await _check(bridge, command)
    if filled.code is InsertCode.BOX_NOT_EMPTY and _letters(filled.box_text or "") == _letters(command.text):
        return filled.model_copy(update={"code": InsertCode.INSERTED})
    return filled.model_copy(update={"code": InsertCode.NOT_VERIFIED}) if filled.box_text is not None else filled


async def _check(bridge: Bridge, command: InsertCommand) -> InsertResult:
    """The page's whole check of chat, box and dialogs, by inserting nothing: "not verified" when right and empty."""
    return await bridge.insert(command.model_copy(update={"text": "", "where": "empty", "over": "", "select": None}))


async def _box(tab: Tab) -> ElementHandle | None:
    for css in alternatives("composer"):
        boxes = await tab.query_selector_all(css)
        if len(boxes) == 1:
            return boxes[0]
    return None
