"""When an alert is raised and cleared: not by one reading, and not again and again at the limit."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from agent.contract.monitor import AlertCode
from agent.telemetry.alerts import RULES, Rule, Turn, Watched, look, rules

BEGIN = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
CPU = RULES[AlertCode.CPU]


def turns(rule: Rule, values: list[float | None], every_s: float = 5) -> list[tuple[int, bool]]:
    """At which reading it was raised (True) and cleared."""
    state, found = Watched(), list[tuple[int, bool]]()
    for at, value in enumerate(values):
        state, turn = look(AlertCode.CPU, rule, state, value, BEGIN + timedelta(seconds=every_s * at))
        if turn is not None:
            found.append((at, turn.raised))
    return found


def test_a_full_processor_is_told_after_half_a_minute_and_cleared_after_another():
    assert turns(CPU, [95.0] * 7 + [20.0] * 7) == [(6, True), (13, False)]


def test_a_short_load_is_no_alert():
    assert turns(CPU, [95.0] * 5 + [20.0] + [95.0] * 5) == []


def test_at_the_limit_nothing_is_raised_and_above_it_only_once():
    assert turns(CPU, [80.0] * 20) == []
    assert turns(CPU, [81.0, 79.0] * 3 + [81.0] * 7 + [79.0, 81.0, 71.0] * 20) == [(12, True)]


def test_what_is_not_known_raises_and_clears_nothing():
    assert turns(CPU, [95.0] * 3 + [None] + [95.0] * 3) == []
    assert turns(CPU, [95.0] * 7 + [None] * 20) == [(6, True)]


def test_without_waits_it_turns_at_once():
    disk = RULES[AlertCode.DISK]
    assert turns(disk, [85.0, 85.1, 84.0, 83.0]) == [(1, True), (3, False)]


def test_a_clock_that_is_set_back_begins_the_wait_anew():
    state, _ = look(AlertCode.CPU, CPU, Watched(), 95, BEGIN)
    state, turn = look(AlertCode.CPU, CPU, state, 95, BEGIN - timedelta(days=1))
    assert turn is None
    assert state.turned_at == BEGIN - timedelta(days=1)
    _, turn = look(AlertCode.CPU, CPU, state, 95, BEGIN - timedelta(days=1) + timedelta(seconds=30))
    assert turn == Turn(raised=True, code=AlertCode.CPU, value=95, limit=80)


def test_copies_are_watched_only_where_they_are_made():
    assert AlertCode.BACKUP_OLD not in rules(0)
    assert rules(24)[AlertCode.BACKUP_OLD].limit == 48
    assert set(rules(1)) == set(AlertCode)


@given(st.lists(st.one_of(st.none(), st.floats(0, 100)), max_size=200))
def test_raised_and_cleared_take_turns_whatever_comes(values: list[float | None]):
    found = [raised for _, raised in turns(CPU, values)]
    assert not found or found[0]
    assert all(one != other for one, other in pairwise(found))
