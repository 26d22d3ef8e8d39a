"""Presses WhatsApp's own "Use here" where a setting asks for it, and nothing else, ever.

The one press that the agent is able to make. It is off unless ``page.use_here`` is set: two computers that both have it
would take the account from each other every minute.
"""

import asyncio
import re
from collections.abc import Callable

import structlog
from playwright.async_api import Error, Locator
from playwright.async_api import Page as Tab

from agent.contract.frames import PageState
from agent.page.bridge import Bridge
from agent.page.selectors import alternatives

log = structlog.get_logger(__name__)

LOOK_S = 1.0
AGAIN_S = 60.0
"""From one press to the next, whatever came of it."""
_PATIENCE_MS = 2_000

_SCREEN = "() => balcao.screen()"
_WORDS = re.compile(r"^\s*(?:usar aqu[ií]|use here)\s*$", re.IGNORECASE)
"""Other questions have a button in the same place, and one of them logs the account out."""


async def take_over(
    tab: Tab,
    bridge: Bridge,
    *,
    look_s: float = LOOK_S,
    again_s: float = AGAIN_S,
    clock: Callable[[], float] | None = None,
) -> None:
    """Whenever WhatsApp says that it is used in another window, take it back here; until cancelled."""
    clock = clock or asyncio.get_running_loop().time
    pressed: float | None = None
    told = False
    while True:
        in_conflict = bridge.screen is not None and bridge.screen.state is PageState.CONFLICT
        if in_conflict and (pressed is None or clock() - pressed >= again_s):
            button = await _button(tab, bridge)
            if button is not None:
                pressed = clock()
                await _press(button)
            elif not told:
                log.warning("used in another window, but the button to use it here is not known")
            told = button is None
        elif not in_conflict:
            told = False
        await asyncio.sleep(look_s)


async def _button(tab: Tab, bridge: Bridge) -> Locator | None:
    """The button, if the page shows that one question at this moment, and it is the only one of its kind."""
    try:
        if await bridge.call(_SCREEN) != PageState.CONFLICT:
            return None
        for css in alternatives("conflict"):
            button = tab.locator(css)
            if await button.count() == 1 and _WORDS.match(await button.inner_text(timeout=_PATIENCE_MS)):
                return button
    except (Error, ConnectionError):
        log.debug("the page went away before it could be taken over")
    return None


async def _press(button: Locator) -> None:
    try:
        await button.click(timeout=_PATIENCE_MS)
    except Error as error:
        log.warning("'use here' could not be pressed", error=type(error).__name__)
    else:
        log.info("pressed 'use here'")
