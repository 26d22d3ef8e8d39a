"""Keeps one session alive: starts it again with growing pauses, gives up when it never stays up.

A person may stop it: then it stays closed until they start it.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import structlog

from agent.contract.health import SessionPhase
from agent.errors import BalcaoError, actionable

log = structlog.get_logger(__name__)


END_S = 30.0
"""So long may a session take that was asked to end: to store what it has read, and to close its browser."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How often and how fast a session is started again."""

    first_pause_s: float = 1.0
    longest_pause_s: float = 60.0
    healthy_s: float = 120.0
    """A session that lived this long starts again with the first pause."""
    attempts: int = 10
    """Failures in a row before giving up."""


@dataclass(slots=True)
class Vital:
    """What the health route and the dashboard are told of a session."""

    state: SessionPhase = "starting"
    restarts: int = 0
    last_error: str | None = None


async def _nobody(_is_on: bool) -> None:
    return


class Switch:
    """Whether the session is wanted. It is, until somebody turns it off; the same way twice changes nothing."""

    def __init__(
        self, end: Callable[[], bool] = lambda: False, tell: Callable[[bool], Awaitable[None]] = _nobody
    ) -> None:
        """Prepare; it is on.

        Args:
            end: Asks the open session to end by itself, with all stored that it has read; False: it cannot be asked.
            tell: Is told when the session has been closed (False), and when it is opened again (True).
        """
        self.end, self.tell = end, tell
        self.stops = 0
        """How often it was turned off."""
        self._on, self._off = asyncio.Event(), asyncio.Event()
        self._on.set()

    @property
    def is_on(self) -> bool:
        """Which way it stands."""
        return self._on.is_set()

    def turn(self, on: bool) -> None:
        """Want it, or want it no more."""
        if on == self.is_on:
            return
        now, before = (self._on, self._off) if on else (self._off, self._on)
        now.set()
        before.clear()
        self.stops += not on

    async def on(self) -> None:
        """Wait until it is wanted."""
        await self._on.wait()

    async def off(self) -> None:
        """Wait until it is not."""
        await self._off.wait()


class Renewal(Exception):
    """Nothing failed: the session is to be started again at once, because it is better for it."""


class GivenUp(BalcaoError):
    """A session failed too often in a row."""

    code = 12


async def supervise(
    name: str,
    live: Callable[[], Awaitable[None]],
    vital: Vital,
    patience: Patience = Patience(),
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    switch: Switch | None = None,
) -> None:
    """Run ``live`` until it returns (the person closed the window) or fails for a reason that a person must mend.

    A ``Renewal`` is no failure: there is no pause after it, and it does not count towards giving up. Nor is it one that
    somebody turned ``switch`` off: the session is ended in order and stays closed until it is turned on.

    Raises:
        BalcaoError: from ``live`` at once (a person must act), or ``GivenUp``.
    """
    clock = asyncio.get_running_loop().time
    switch = switch or Switch()
    failures = stops = 0
    while True:
        if switch.stops != stops:
            stops, failures, vital.state, vital.last_error = switch.stops, 0, "stopped", None
            log.info("session is stopped", session=name)
            await switch.tell(False)
            await switch.on()
            log.info("session is started by a person", session=name)
            vital.state = "starting"
            await switch.tell(True)
            continue  # It may have been turned off meanwhile.
        started = clock()
        vital.state = "running"
        try:
            await _until_off(live, vital, switch)
        except Exception as error:
            if (act := actionable(error)) is not None:
                vital.state = "stopped"
                raise act from error
            cause = _cause(error)
            if isinstance(cause, Renewal):
                log.info("session is started anew", session=name, reason=str(cause))
                vital.state = "starting"
                vital.restarts += 1
                continue
            if isinstance(cause, ConnectionError):  # The page went away: told in one line, it is nobody's mistake.
                vital.last_error = str(cause)
                log.warning("session lost", session=name, reason=str(cause))
            else:
                vital.last_error = type(cause).__name__
                log.exception("session failed", session=name)
        else:
            if switch.stops == stops:
                vital.state = "stopped"
                return
        if switch.stops != stops:
            continue
        failures = 1 if clock() - started >= patience.healthy_s else failures + 1
        if failures >= patience.attempts:
            vital.state = "given_up"
            raise GivenUp(
                f"The session '{name}' failed {failures} times in a row ({vital.last_error}).",
                "Check the internet connection, close other windows of this profile, and start again.",
            )
        pause = min(patience.first_pause_s * 2 ** (failures - 1), patience.longest_pause_s)
        vital.state = "pausing"
        vital.restarts += 1
        await _first_of(sleep(pause), switch.off())


async def _until_off(live: Callable[[], Awaitable[None]], vital: Vital, switch: Switch) -> None:
    """Live, until that ends by itself or somebody turns it off: then it is asked to end, or cancelled."""

    async def end() -> None:
        await switch.off()
        vital.state = "stopping"
        if switch.end():
            await asyncio.wait({living}, timeout=END_S)

    async with asyncio.TaskGroup() as tasks:
        living = tasks.create_task(_awaited(live()), name="live")
        await _first_of(asyncio.wait({living}), end())
        living.cancel()


async def _first_of(one: Awaitable[object], other: Awaitable[object]) -> None:
    """Wait for either, and let the other go."""
    async with asyncio.TaskGroup() as tasks:
        both = [tasks.create_task(_awaited(each)) for each in (one, other)]
        await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
        for each in both:
            each.cancel()


async def _awaited(what: Awaitable[object]) -> None:
    await what


def _cause(error: BaseException) -> BaseException:
    """The first failure in a group of failures."""
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return error
