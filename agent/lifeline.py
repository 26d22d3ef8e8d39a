"""Keeps watch over one session: gathers the signs of life, judges them every second, and says when the verdict changes.

The core decides (``core.life``); this is its clock.
"""

import asyncio
import time
from collections.abc import Callable

import structlog

from agent.contract.frames import AnyFrame
from agent.contract.life import Life, LifeLevel, LifeReason
from agent.core import life

log = structlog.get_logger(__name__)

LOOK_S = 1.0
GIVE_UP_S = 15.0
"""A page that has been silent for so long after the verdict is opened anew."""


class PageSilent(ConnectionError):
    """The page does not answer any more; the session is started again."""


class Lifeline:
    """One session's life. ``heard`` and ``lost`` are told what comes in; ``watch`` runs beside it."""

    def __init__(
        self,
        clock: Callable[[], float] = time.monotonic,
        wall: Callable[[], float] = time.time,
        look_s: float = LOOK_S,
        proven: float | None = None,
    ) -> None:
        """Begin.

        Args:
            clock: Seconds that never jump.
            wall: The computer's clock.
            look_s: How often to judge.
            proven: When messages were last proven to be captured, by ``clock``: of the session before.
        """
        self._clock = clock
        self._wall = wall
        self._look_s = look_s
        self._signs = life.began(clock())
        self.verdict: Life | None = None
        """None before the first look."""
        self.proven = proven
        """When messages were last proven to be captured, by the clock; None when they never were."""

    @property
    def proven_age_s(self) -> float | None:
        """Seconds since messages were last proven to be captured; None when they never were."""
        return None if self.proven is None else self._clock() - self.proven

    def heard(self, frame: AnyFrame) -> None:
        """The page said something."""
        self._signs = life.heard(self._signs, frame, self._clock())

    def lost(self) -> None:
        """Something that the page said was lost."""
        self._signs = life.lost(self._signs, self._clock())

    async def watch(self, changed: Callable[[Life], None]) -> None:
        """Judge until cancelled.

        Raises:
            PageSilent: the page has not answered for long, so that only opening it anew can help.
        """
        silent_since: float | None = None
        turning = asyncio.get_running_loop().time
        last, last_wall, last_turn = self._clock(), self._wall(), turning()
        while True:
            at, wall, turn = self._clock(), self._wall(), turning()
            jump = (wall - last_wall) - (at - last)
            self._signs = life.turned(self._signs, at, lag_s=turn - last_turn - self._look_s, jump_s=jump)
            last, last_wall, last_turn = at, wall, turn
            verdict = life.judge(self._signs, at)
            if verdict.level is not LifeLevel.BLIND and verdict.reason is not LifeReason.STARTING:
                self.proven = at
            if verdict != self.verdict:
                _tell(verdict, self.verdict)
                self.verdict = verdict
                changed(verdict)
            if verdict.reason is not LifeReason.SILENT:
                silent_since = None
            elif silent_since is None:
                silent_since = at
            elif at - silent_since > GIVE_UP_S:
                raise PageSilent("the page did not answer any more")
            await asyncio.sleep(self._look_s)


def _tell(now: Life, before: Life | None) -> None:
    """One line when it breaks and one when it is back."""
    told = {"level": now.level.value, "reason": now.reason and now.reason.value, "screen": now.screen}
    told["anchors"] = " ".join(now.anchors) or None
    if now.reason is LifeReason.PAUSED:
        log.info("capture is paused", **told)
    elif now.level is LifeLevel.BLIND:
        log.warning("capture is blind", **told)
    elif before is not None and before.level is LifeLevel.BLIND:
        log.info("capture is back", **told)
    else:
        log.info("capture", **told)
