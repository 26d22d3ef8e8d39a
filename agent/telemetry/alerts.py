"""When an alert is raised and when it is cleared again. Pure: no clock, no machine.

Two limits and two waits for each, so that a figure that dances around its limit raises one alert and not a hundred.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from agent.contract.monitor import AlertCode, OpenAlert

COPIES_MISSED = 2
"""A copy is old when so many could have been made since."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One alert's limits."""

    limit: float
    """Above it for ``raise_s`` seconds: raised."""
    clear: float
    """Not above it for ``clear_s`` seconds: cleared."""
    raise_s: float = 0
    clear_s: float = 0


RULES: Mapping[AlertCode, Rule] = {
    AlertCode.CPU: Rule(80, 70, raise_s=30, clear_s=30),
    AlertCode.MEMORY: Rule(90, 85, raise_s=15, clear_s=15),
    AlertCode.DISK: Rule(85, 83),
    # The proof of life has waits of its own; this one spares a page that is being loaded anew.
    AlertCode.BLIND: Rule(0, 0, raise_s=15, clear_s=5),
    AlertCode.MODEL_FAILED: Rule(0, 0),
    # Slow machines of two cores take 2 to 7 seconds (ARCHITECTURE.md, Measured): this is beyond them.
    AlertCode.MODEL_SLOW: Rule(15_000, 10_000),
    AlertCode.BACKUP_FAILED: Rule(0, 0),
}


def rules(every_hours: int) -> dict[AlertCode, Rule]:
    """The rules where a copy is made every so many hours; 0: none is."""
    hours = COPIES_MISSED * every_hours
    return {**RULES, **({AlertCode.BACKUP_OLD: Rule(hours, hours)} if hours else {})}


@dataclass(frozen=True, slots=True)
class Watched:
    """How one alert stands."""

    open: OpenAlert | None = None
    turned_at: datetime | None = None
    """Since when the figure is on the other side of its limit; None: it is not."""


@dataclass(frozen=True, slots=True)
class Turn:
    """An alert that was raised or cleared now."""

    raised: bool
    code: AlertCode
    value: float
    limit: float


def look(
    code: AlertCode, rule: Rule, now_is: Watched, value: float | None, now: datetime
) -> tuple[Watched, Turn | None]:
    """One more reading of one figure; None: it is not known, and nothing is made of that."""
    if value is None:
        return replace(now_is, turned_at=None), None
    is_open = now_is.open is not None
    turned = value <= rule.clear if is_open else value > rule.limit
    if not turned:
        return replace(now_is, turned_at=None), None
    # A clock that was set back begins the wait anew.
    since = now_is.turned_at if now_is.turned_at is not None and now_is.turned_at <= now else now
    if now - since < timedelta(seconds=rule.clear_s if is_open else rule.raise_s):
        return replace(now_is, turned_at=since), None
    turn = Turn(not is_open, code, value, rule.limit)
    return Watched(None if is_open else OpenAlert(code=code, since=now, value=value, limit=rule.limit)), turn
