"""How long suggestions took. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from agent.contract.metrics import HourLatency, Latency
from agent.storage.days import Place


def latency(times_ms: Iterable[float]) -> Latency:
    """What half of them, and what 95 in 100, did not exceed: times that really occurred."""
    ordered = sorted(times_ms)
    return Latency(count=len(ordered), p50_ms=_within(ordered, 50), p95_ms=_within(ordered, 95))


def by_hour(painted: Iterable[tuple[datetime, float]], place: Place) -> tuple[HourLatency, ...]:
    """The same for each hour of the day there."""
    hours = defaultdict[int, list[float]](list)
    for at, ms in painted:
        hours[place.local(at).hour].append(ms)
    return tuple(HourLatency(hour=hour, **dict(latency(hours[hour]))) for hour in range(24))


def _within(ordered: Sequence[float], percent: int) -> float | None:
    """The smallest one that at least so many in a hundred do not exceed."""
    return round(ordered[(len(ordered) * percent + 99) // 100 - 1], 1) if ordered else None
