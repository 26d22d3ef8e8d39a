"""Opens a page anew that has grown too large, before the browser ends it in the middle of somebody's work."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import psutil
import structlog

from agent.contract.commands import NoticeCommand
from agent.contract.frames import PageState
from agent.page.presence import Presence
from agent.page.weight import Scales, Weight
from agent.supervisor import Renewal

log = structlog.get_logger(__name__)

NOTICE = "renewal"
"""Key of the card's text that tells of it."""

_BEING_LINKED = frozenset({PageState.QR, PageState.QR_EXPIRED, PageState.PAIRING, PageState.SYNCING})
"""To begin these anew costs the person more than a large page does."""


@dataclass(frozen=True, slots=True)
class Limits:
    """When a page is opened anew. Memory in megabytes, times in seconds."""

    page_mb: int
    """0: never."""
    look_s: float = 5.0
    looks: int = 3
    """So many times in a row above the limit: a page that has just loaded much gives it back by itself.

    So many times in a row without any process, too, until the browser counts as gone."""
    young_s: float = 300.0
    """A page is left alone for so long: one that is too large from the start is not opened again and again."""
    quiet_s: float = 20.0
    """Nobody did anything for so long."""
    warned_s: float = 60.0
    """From the warning to the end of a page of twice the limit."""


async def keep_light(
    scales: Scales,
    limits: Limits,
    presence: Presence,
    tell: Callable[[Weight], None],
    is_inserted: Callable[[], bool],
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    clock: Callable[[], float] = time.monotonic,
) -> None:
    """Weigh the session again and again, until cancelled or until the system does not allow it.

    Args:
        scales: Of this session.
        limits: When it is too much.
        presence: Whether somebody is at work.
        tell: Called with each weighing.
        is_inserted: Whether a reply stands in the box and waits to be sent.
        sleep: Waits.
        clock: Seconds that never jump.

    Raises:
        Renewal: the page is too large, and this is the moment to open it anew.
        ConnectionError: the browser was there and is gone, and nobody has said so: Playwright's driver died with it.
    """
    began, above = clock(), 0
    gone: int | None = None
    warned_at: float | None = None
    while True:
        try:
            weight = await asyncio.to_thread(scales.weigh)
        except (psutil.Error, OSError) as error:  # The system does not let us look: no reason to end a session.
            log.warning("session cannot be weighed", error=type(error).__name__)
            return
        tell(weight)
        if weight.browser_mb:
            gone = 0
        elif gone is not None and (gone := gone + 1) >= limits.looks:
            raise ConnectionError("the browser is gone")
        too_much = 0 < limits.page_mb < weight.page_mb
        above = above + 1 if too_much else 0
        if above >= limits.looks and clock() - began >= limits.young_s:
            # Asked from the first time on: it notes from then on when a hand moves.
            if await presence.is_quiet(limits.quiet_s) and not is_inserted():
                raise Renewal(f"the page took {weight.page_mb:.0f} MB")
            if weight.page_mb > 2 * limits.page_mb and presence.state not in _BEING_LINKED:
                if warned_at is None:
                    warned_at = clock()
                    await _warn(presence, weight, limits)
                elif clock() - warned_at >= limits.warned_s:
                    raise Renewal(f"the page took {weight.page_mb:.0f} MB, and no quiet moment came")
        if not too_much:
            warned_at = None
        await sleep(limits.look_s)


async def _warn(presence: Presence, weight: Weight, limits: Limits) -> None:
    log.warning("page is far too large", page_mb=weight.page_mb, limit_mb=limits.page_mb, anew_in_s=limits.warned_s)
    try:
        await presence.tell(NoticeCommand(code=NOTICE))
    except ConnectionError:
        log.warning("page did not take a command", command="notice")
