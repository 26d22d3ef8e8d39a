"""Opening time: how much of it lies between two moments, and whether it is open now. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import lru_cache

from agent.core.moments import zone_of
from agent.settings import Settings
from agent.settings.opening import WEEKDAYS, spans_of

Spans = tuple[tuple[int, int], ...]
"""Beginning and end of each span of one day, in minutes after midnight; an end after midnight is more than 1440."""

FIRST_ANSWER_S = 5 * 60.0

_WHOLE_DAY: Spans = ((0, 1440),)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Hours:
    """When somebody is there. The clock is a wall clock: 08:00 is 08:00 in summer and in winter."""

    week: tuple[Spans, ...] = ()
    """Monday to Sunday; empty: every day as a whole."""
    holidays: frozenset[date] = frozenset()
    """Days without spans of their own. One that began the evening before goes on."""

    def seconds(self, start: datetime, end: datetime, zone: str | None) -> float:
        """Seconds of opening time from ``start`` to ``end``; 0 where ``end`` is not after it.

        ``zone`` is an IANA name; None, or one that this computer does not know, takes the computer's own.
        """
        if not self.week and not self.holidays:
            return max(0.0, (end - start).total_seconds())
        total = timedelta()
        until = start
        for opens, closes in self._around(start, end, zone):
            begins = max(opens, until)  # Spans of two days may overlap: no second counts twice.
            ends = min(closes, end)
            if ends > begins:
                total += ends - begins
                until = ends
        return total.total_seconds()

    def is_open(self, at: datetime, zone: str | None) -> bool:
        """Whether somebody is there at this moment."""
        if not self.week and not self.holidays:
            return True
        return any(opens <= at < closes for opens, closes in self._around(at, at, zone))

    def _around(self, start: datetime, end: datetime, zone: str | None) -> Iterator[tuple[datetime, datetime]]:
        """The spans of all days that may reach into this time, in UTC, in the order of their beginning."""
        place = zone_of(zone) if zone else None
        day, last = start.astimezone(place).date() - _DAY, end.astimezone(place).date()
        while day <= last:
            if day not in self.holidays:
                yield from _spans_on(day, self.week[day.weekday()] if self.week else _WHOLE_DAY, place)
            day += _DAY


@dataclass(frozen=True, slots=True)
class Attendance:
    """When somebody is there to answer, and how soon."""

    hours: Hours = Hours()
    first_answer_s: float = FIRST_ANSWER_S
    """Seconds of opening time within which somebody who writes is to be answered."""


def attendance_of(settings: Settings) -> Attendance:
    """As it is set."""
    written = settings.attendance.hours
    week = tuple(spans_of(written.get(day, "")) for day in WEEKDAYS) if written else ()
    hours = Hours(week, frozenset(settings.attendance.holidays))
    return Attendance(hours, settings.attendance.first_answer_minutes * 60)


def end_of(day: date, zone: str | None) -> datetime:
    """The midnight at which a day ends, in UTC; ``zone`` as for ``Hours.seconds``."""
    return _at(day, 1440, 0, zone_of(zone) if zone else None)


@lru_cache(maxsize=4096)
def _spans_on(day: date, spans: Spans, place: tzinfo | None) -> tuple[tuple[datetime, datetime], ...]:
    return tuple((_at(day, opens, 0, place), _at(day, closes, 1, place)) for opens, closes in spans)


def _at(day: date, minutes: int, fold: int, place: tzinfo | None) -> datetime:
    """A wall clock time. Where the clock shows it twice, ``fold`` says which; without a place it is the computer's."""
    later, minute = divmod(minutes, 1440)
    clock = time(minute // 60, minute % 60, fold=fold, tzinfo=place)
    return datetime.combine(day + later * _DAY, clock).astimezone(UTC)
