"""Positions: pure arithmetic."""

from hypothesis import given
from hypothesis import strategies as st

from agent.contract.rows import Change
from agent.storage.placing import Run, chat_order, redealt, runs, spread
from tests.storage.chats import row, shows


def test_runs_are_found_with_their_neighbours():
    known = {"B": 1, "E": 2}
    fresh = dict.fromkeys("ACDF")
    assert runs(list("ABCDEF"), known, fresh) == [
        Run(("A",), None, "B"),
        Run(("C", "D"), "B", "E"),
        Run(("F",), "E", None),
    ]


def test_rows_of_another_chat_are_passed_over():
    assert runs(["A", "?", "B"], {}, {"A": 0, "B": 0}) == [Run(("A", "B"), None, None)]


def test_rows_that_left_the_window_go_to_its_ends():
    gone = shows(row("H"), change=Change.HISTORY).changes + shows(row("N")).changes
    assert chat_order(["A", "B"], gone) == ["H", "A", "B", "N"]


@given(
    st.integers(1, 50),
    st.none() | st.integers(-(10**6), 10**6),
    st.none() | st.integers(1, 10**6),
    st.booleans(),
)
def test_spread_keeps_the_order_between_the_neighbours(count, left, room, from_below):
    right = None if room is None else (left or 0) + room
    found = spread(count, left, right, from_below=from_below)
    if found is None:
        assert left is not None
        assert right - left - 1 < count
        return
    row_of_all = [*([left] if left is not None else []), *found, *([right] if right is not None else [])]
    assert row_of_all == sorted(set(row_of_all))
    assert len(found) == count


@given(st.permutations(list("ABCDEFGH")), st.dictionaries(st.sampled_from("ABCDEFGH"), st.integers(), min_size=1))
def test_dealing_again_gives_the_shown_order_and_uses_the_same_positions(shown, known):
    known = {wa_id: 100 * position + n for n, (wa_id, position) in enumerate(known.items())}
    after = known | redealt(shown, known)
    assert sorted(after.values()) == sorted(known.values())
    assert [after[i] for i in shown if i in after] == sorted(known.values())
