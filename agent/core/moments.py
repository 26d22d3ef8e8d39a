"""The moment of a message: the page shows a wall clock, and the browser tells its zone."""

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

_AHEAD = timedelta(minutes=10)
"""A phone's clock may be ahead of this computer's by so much."""


def moment(date: str | None, time: str | None, zone: str | None, seen: datetime) -> datetime | None:
    """The UTC moment of a wall clock, to the minute; None where anything is missing or there was no such time.

    Args:
        date: ISO date.
        time: ``HH:MM``.
        zone: IANA name, as the browser tells it.
        seen: when the page first had the message. Of the two moments of an hour that a clock shows twice, the later one
            that is not after it counts.
    """
    place = zone_of(zone) if zone else None
    if date is None or time is None or place is None:
        return None
    try:
        local = datetime.fromisoformat(f"{date}T{time}")
    except ValueError:
        return None
    found = [local.replace(tzinfo=place, fold=fold).astimezone(UTC) for fold in (1, 0)]
    real = [at for at in found if at.astimezone(place).replace(tzinfo=None) == local]
    return next((at for at in real if at <= seen + _AHEAD), real[-1] if real else None)


@lru_cache(maxsize=8)
def zone_of(name: str) -> ZoneInfo | None:
    """A time zone by its IANA name; None where this computer does not know it."""
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, KeyError):  # Not a name at all, or one that this computer does not know.
        return None
