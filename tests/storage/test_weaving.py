"""Two halves of a chat in one order: pure arithmetic."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from agent.storage.placing import GAP
from agent.storage.weaving import Placed, woven

DAY = datetime(2026, 11, 2, 12, tzinfo=UTC)


def half(first_id: int, times: str, seen: int = 0) -> list[Placed]:
    """Messages with these times of one day, "10:00 - 10:05"; ``-``: the page showed none."""
    return [
        Placed(
            first_id + n, 10 + n, None if time == "-" else ("2026-11-02", time), DAY + timedelta(hours=seen, seconds=n)
        )
        for n, time in enumerate(times.split())
    ]


def in_order(one: list[Placed], other: list[Placed]) -> list[int]:
    found = woven(one, other)
    assert len(set(found.values())) == len(found)
    return sorted(found, key=found.__getitem__)


def test_the_clock_decides_where_both_have_one():
    early, late = half(1, "10:00 - 12:00"), half(11, "11:00 11:30", seen=1)
    assert in_order(early, late) == in_order(late, early) == [1, 2, 11, 12, 3]


def test_in_the_same_minute_what_was_stored_first_comes_first():
    assert in_order(half(11, "10:00 10:00", seen=1), half(1, "10:00")) == [1, 11, 12]


def test_without_a_clock_the_later_stored_follows():
    assert in_order(half(11, "09:00 09:01", seen=1), half(1, "- -")) == [1, 2, 11, 12]
    assert in_order(half(1, "- -"), half(11, "- -", seen=1)) == [1, 2, 11, 12]


def test_what_stood_side_by_side_still_does_and_elsewhere_there_is_room():
    found = woven(half(1, "10:00 12:00"), half(11, "11:00 11:30", seen=1))
    assert [found[one] - found[1] for one in (11, 12, 2)] == [GAP, GAP + 1, 2 * GAP + 1]


def test_a_half_without_messages_changes_nothing():
    assert woven(half(1, "10:00 -"), []) == woven([], half(1, "10:00 -")) == {1: 10, 2: 11}


times = st.lists(st.sampled_from(["09:00", "09:30", "10:00", "10:30", "-"]), max_size=8).map(" ".join)


@settings(derandomize=True)
@given(times, times, st.integers(-1, 1))
def test_each_half_keeps_its_own_order(one, other, seen):
    halves = half(1, one), half(101, other, seen=seen)
    found = woven(*halves)
    assert set(found) == {message.id for message in (*halves[0], *halves[1])}
    for messages in halves:
        assert all(found[a.id] < found[b.id] for a, b in pairwise(messages))
