from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.core.moments import moment

SEEN = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
YEARS = (datetime.fromisoformat("2015-01-01"), datetime.fromisoformat("2030-01-01"))
ZONES = st.sampled_from(["America/Sao_Paulo", "America/Manaus", "America/Noronha", "Europe/Lisbon", "Asia/Kathmandu"])


@given(st.datetimes(YEARS[0], YEARS[1]), ZONES)
def test_the_moment_of_what_a_clock_shows(at, zone):
    real = at.replace(second=0, microsecond=0, tzinfo=UTC)
    shown = real.astimezone(ZoneInfo(zone))
    # Seen at once, so that even of the hour that a clock shows twice the right one is known.
    found = moment(f"{shown:%Y-%m-%d}", f"{shown:%H:%M}", zone, real + timedelta(seconds=20))
    assert found == real


@pytest.mark.parametrize(
    ("date", "time", "zone"),
    [
        (None, "09:30", "America/Sao_Paulo"),
        ("2026-11-02", None, "America/Sao_Paulo"),
        ("2026-11-02", "09:30", None),
        ("2026-11-02", "09:30", "Mars/Olympus"),
        ("2026-11-02", "09:30", "../../etc/passwd"),
        ("2018-11-04", "00:30", "America/Sao_Paulo"),  # that night the clocks went from 0:00 to 1:00
    ],
)
def test_what_is_no_moment_is_none(date, time, zone):
    assert moment(date, time, zone, SEEN) is None


def test_an_hour_that_comes_twice_is_the_later_one_that_can_have_been():
    clock = ("2018-02-17", "23:30", "America/Sao_Paulo")
    first, second = datetime(2018, 2, 18, 1, 30, tzinfo=UTC), datetime(2018, 2, 18, 2, 30, tzinfo=UTC)
    assert moment(*clock, seen=first + timedelta(minutes=5)) == first
    assert moment(*clock, seen=second + timedelta(days=1)) == second
