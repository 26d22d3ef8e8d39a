"""Keeps one session alive: starts it again with growing pauses, gives up when it never stays up."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Literal

import structlog

from agent.errors import BalcaoError, actionable

log = structlog.get_logger(__name__)


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

    state: Literal["starting", "running", "pausing", "stopped", "given_up"] = "starting"
    restarts: int = 0
    last_error: str | None = None


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
) -> None:
    """Run ``live`` until it returns (the person closed the window) or fails for a reason that a person must mend.

    A ``Renewal`` is no failure: there is no pause after it, and it does not count towards giving up.

    Raises:
        BalcaoError: from ``live`` at once (a person must act), or ``GivenUp``.
    """
    clock = asyncio.get_running_loop().time
    failures = 0
    while True:
        started = clock()
        vital.state = "running"
        try:
            await live()
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
            vital.state = "stopped"
            return
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
        await sleep(pause)


def _cause(error: BaseException) -> BaseException:
    """The first failure in a group of failures."""
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return error
