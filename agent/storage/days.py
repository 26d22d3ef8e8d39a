"""Days and hours of a place."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from agent.contract.report import ReportPeriod
from agent.errors import BadInput

_FIRST, _LAST = date(2, 1, 1), date(9998, 12, 31)


@dataclass(frozen=True, slots=True)
class Place:
    """Where days begin and end."""

    zone: ZoneInfo | None
    """None: where this computer stands."""

    @property
    def name(self) -> str:
        """As people know it."""
        return self.zone.key if self.zone else str(datetime.now().astimezone().tzinfo)

    @property
    def of(self) -> Literal["page", "machine"]:
        """Who said so."""
        return "page" if self.zone else "machine"

    def local(self, moment: datetime) -> datetime:
        """A moment as the clock there shows it."""
        return moment.astimezone(self.zone)

    def begins(self, day: date) -> datetime:
        """When a day begins there; UTC. Days at the ends of the calendar begin where it can still be told."""
        day = min(max(day, _FIRST), _LAST)
        midnight = datetime(day.year, day.month, day.day, tzinfo=self.zone)
        return midnight.astimezone(UTC)


def place_of(name: str | None) -> Place:
    """The place of a time zone's IANA name; this computer's, where there is none or it is not known here."""
    try:
        return Place(ZoneInfo(name) if name else None)
    except (ValueError, OSError, KeyError):
        return Place(None)


def days_of(period: ReportPeriod, first: date | None, last: date | None, today: date, most: int) -> tuple[date, date]:
    """First and last day of a period. ``first``: any day of it; ``last``: of a range alone; None is today.

    Raises:
        BadInput: it is none, is longer than ``most`` days, or has not begun.
    """
    begin = first or today
    if last is not None and period is not ReportPeriod.RANGE:
        raise BadInput("Only a range has a last day of its own.", "Leave 'to' out, or choose the period 'range'.")
    if period is ReportPeriod.WEEK:
        begin -= timedelta(days=begin.weekday())
    elif period is ReportPeriod.MONTH:
        begin = begin.replace(day=1)
    if begin > today:
        raise BadInput(f"{begin} has not begun.", "Name a day that is not in the future.")
    end = last or today
    if period is ReportPeriod.DAY:
        end = begin
    elif period is ReportPeriod.WEEK:
        end = begin + timedelta(days=6)
    elif period is ReportPeriod.MONTH:
        end = (begin + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    if end < begin:
        raise BadInput(f"{end} is before {begin}.", "Change them round.")
    if (end - begin).days >= most:
        raise BadInput(f"{begin} to {end} are more than {most} days.", "Choose fewer days.")
    return begin, end


def before(period: ReportPeriod, today: date) -> tuple[date, date]:
    """First and last day of the last period that is over."""
    first, _ = days_of(period, today, None, today, 366)
    last = first - timedelta(days=1)
    return days_of(period, last, None, last, 366)
