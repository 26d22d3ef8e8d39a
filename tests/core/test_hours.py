"""Opening time between two moments."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.core.hours import Attendance, Hours, end_of

SHOP = Hours(week=(((480, 720), (810, 1080)),) * 5 + (((540, 780),), ()))
"""08:00-12:00 and 13:30-18:00 on weekdays, 09:00-13:00 on Saturdays."""
BAR = Hours(week=(((1080, 1560),),) * 7)
"""18:00-02:00 every day."""
SAO_PAULO, NEW_YORK, BERLIN = "America/Sao_Paulo", "America/New_York", "Europe/Berlin"
HOUR = 3600


def local(text: str, hours_behind: int = 3) -> datetime:
    """A moment by the clock of São Paulo, or of a place so many hours behind UTC."""
    return (datetime.fromisoformat(text) + timedelta(hours=hours_behind)).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [
        ("2026-11-20T09:00", "2026-11-20T10:30", 1.5),
        ("2026-11-20T11:00", "2026-11-20T14:00", 1.5),  # Lunch.
        ("2026-11-20T17:00", "2026-11-21T10:00", 2),  # A night.
        ("2026-11-20T17:00", "2026-11-23T09:00", 6),  # A weekend with a Saturday morning.
        ("2026-11-20T19:00", "2026-11-20T22:00", 0),
        ("2026-11-20T10:00", "2026-11-20T09:00", 0),
    ],
)
def test_only_opening_time_counts(start, end, hours):
    assert SHOP.seconds(local(start), local(end), SAO_PAULO) == hours * HOUR


def test_a_span_over_midnight_belongs_to_the_day_on_which_it_begins():
    assert BAR.seconds(local("2026-11-20T23:00"), local("2026-11-21T12:00"), SAO_PAULO) == 3 * HOUR
    assert BAR.is_open(local("2026-11-21T01:59"), SAO_PAULO)
    assert not BAR.is_open(local("2026-11-21T02:00"), SAO_PAULO)
    friday_only = Hours(week=((), (), (), (), ((1080, 1560),), (), ()), holidays=frozenset({date(2026, 11, 21)}))
    assert friday_only.is_open(local("2026-11-21T01:00"), SAO_PAULO)


def test_a_holiday_is_closed_and_nothing_set_is_always_open():
    christmas = Hours(SHOP.week, frozenset({date(2026, 12, 25)}))
    assert not christmas.is_open(local("2026-12-25T10:00"), SAO_PAULO)
    assert christmas.seconds(local("2026-12-24T17:00"), local("2026-12-26T10:00"), SAO_PAULO) == 2 * HOUR
    only_holidays = Hours(holidays=frozenset({date(2026, 12, 25)}))
    assert only_holidays.seconds(local("2026-12-24T12:00"), local("2026-12-26T12:00"), SAO_PAULO) == 24 * HOUR
    assert Hours().is_open(local("2026-12-25T03:00"), None)
    assert Hours().seconds(local("2026-12-24T12:00"), local("2026-12-26T12:00"), None) == 48 * HOUR
    assert Attendance().first_answer_s == 300


def test_spans_that_overlap_count_once():
    both = Hours(week=(((1080, 1560),), ((0, 480),), (), (), (), (), ()))  # Mon 18:00-02:00, Tue 00:00-08:00.
    assert both.seconds(local("2026-11-23T12:00"), local("2026-11-24T12:00"), SAO_PAULO) == 14 * HOUR


def test_the_hour_that_a_clock_leaves_out_or_shows_twice_is_counted_as_it_passes():
    night = Hours(week=(((0, 360),),) * 7)  # 00:00-06:00
    spring, autumn = (datetime(2026, 3, 8, tzinfo=UTC), datetime(2026, 11, 1, tzinfo=UTC))
    assert night.seconds(spring, spring + timedelta(days=1), NEW_YORK) == 5 * HOUR
    assert night.seconds(autumn, autumn + timedelta(days=1), NEW_YORK) == 7 * HOUR
    within = Hours(week=(((130, 170),),) * 7)  # 02:10-02:50: the clock of that night shows none of it.
    assert within.seconds(spring, spring + timedelta(days=1), NEW_YORK) == 0
    # São Paulo has had no summer time since 2019; before, the clock went from 00:00 to 01:00.
    assert night.seconds(local("2018-11-03T12:00"), local("2018-11-04T12:00", 2), SAO_PAULO) == 5 * HOUR


def test_a_zone_that_this_computer_does_not_know_is_its_own():
    noon = datetime(2026, 11, 20, 12).astimezone().astimezone(UTC)
    assert SHOP.is_open(noon - timedelta(minutes=1), "Nowhere/Atall")
    assert not SHOP.is_open(noon, None)
    assert end_of(date(2026, 11, 20), SAO_PAULO) == datetime(2026, 11, 21, 3, tzinfo=UTC)


MOMENTS = st.integers(0, 3650 * 86_400).map(lambda s: datetime(2018, 1, 1, tzinfo=UTC) + timedelta(seconds=s))
ZONES = st.sampled_from([SAO_PAULO, NEW_YORK, BERLIN, "Australia/Lord_Howe", "Asia/Kathmandu"])
SPAN = st.tuples(st.integers(0, 1439), st.integers(1, 1440)).map(lambda span: (span[0], span[0] + span[1]))
WEEKS = st.lists(st.lists(SPAN, max_size=3).map(lambda day: tuple(sorted(day))), min_size=7, max_size=7).map(tuple)
HOLIDAYS = st.frozensets(st.dates(date(2018, 1, 1), date(2027, 12, 31)), max_size=3)


@given(WEEKS, HOLIDAYS, ZONES, MOMENTS, st.integers(0, 40 * 86_400), st.integers(0, 40 * 86_400))
def test_time_adds_up_and_is_never_more_than_has_passed(week, holidays, zone, start, first, second):
    hours = Hours(week, holidays)
    middle = start + timedelta(seconds=first)
    end = middle + timedelta(seconds=second)
    whole = hours.seconds(start, end, zone)
    parts = hours.seconds(start, middle, zone) + hours.seconds(middle, end, zone)
    assert whole == pytest.approx(parts, abs=1e-3)
    assert 0 <= whole <= first + second + 1e-3


@given(WEEKS, ZONES, MOMENTS)
def test_time_passes_while_it_is_open_and_stands_while_it_is_closed(week, zone, at):
    hours = Hours(week)
    counted = hours.seconds(at, at + timedelta(microseconds=1), zone)
    assert hours.is_open(at, zone) is (counted > 0)
