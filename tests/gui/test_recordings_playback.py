"""Where a recording stands while it is played: without a window and without a clock."""

import pytest

from gui.player.playback import Playback, moment

MOMENTS = (0.0, 2.0, 2.0, 5.0, 60.0)


@pytest.mark.parametrize(
    ("at", "said"),
    [(0, "00:00"), (61.9, "01:01"), (3599, "59:59"), (3600, "1:00:00"), (86_399, "23:59:59"), (90_000, "1d 01:00")],
)
def test_moments_are_as_short_as_can_be(at: float, said: str) -> None:
    assert moment(at) == said


def test_it_goes_as_fast_as_was_chosen_and_stops_at_the_end() -> None:
    one = Playback(10.0, (1.0, 8.0))
    one.advance(5.0)
    assert one.at_s == 0.0  # nobody has pressed play
    one.play()
    one.advance(1.0)
    assert (one.at_s, one.last) == (1.0, 0)
    one.speed = 5.0
    one.advance(1.0)
    assert (one.at_s, one.last) == (6.0, 0)
    one.advance(1.0)
    assert (one.at_s, one.last, one.playing, one.is_over) == (10.0, 1, False, True)
    one.play()
    assert (one.at_s, one.playing) == (0.0, True)


def test_each_event_is_stepped_to_also_of_several_at_one_moment() -> None:
    one = Playback(60.0, MOMENTS)
    assert one.last == 0
    seen = []
    for _ in range(6):
        one.step(1)
        seen.append((one.last, one.at_s))
    assert seen == [(1, 2.0), (2, 2.0), (3, 5.0), (4, 60.0), (4, 60.0), (4, 60.0)]
    for _ in range(4):
        one.step(-1)
    assert (one.last, one.at_s) == (0, 0.0)
    one.step(-1)
    assert (one.last, one.at_s) == (-1, 0.0)
    one.step(1)
    assert one.last == 0


def test_an_event_that_was_chosen_stays_the_last_while_time_goes_on() -> None:
    one = Playback(60.0, MOMENTS)
    one.choose(2)
    one.play()
    one.advance(0.1)
    assert one.last == 2
    one.go(2.0)
    assert one.last == 2
    one.go(1.9)
    assert one.last == 0
    one.go(1e9)
    assert (one.at_s, one.last) == (60.0, 4)
    one.go(-5)
    assert one.at_s == 0.0


def test_silence_is_skipped_only_where_nothing_can_be_seen() -> None:
    seen, unseen = Playback(100_000.0, (0.0, 90_000.0)), Playback(100_000.0, (0.0, 90_000.0), skips=True)
    for one in (seen, unseen):
        one.play()
        one.advance(0.1)
    assert seen.at_s == pytest.approx(0.1)
    assert unseen.at_s == 89_999.0
    unseen.advance(1.0)
    assert (unseen.at_s, unseen.last) == (90_000.0, 1)
    unseen.advance(0.1)
    assert unseen.at_s == 99_999.0
    unseen.advance(1.0)
    assert unseen.is_over


def test_without_events_and_without_length() -> None:
    one = Playback(0.0, ())
    one.play()
    one.advance(1.0)
    one.step(1)
    one.step(-1)
    one.choose(3)
    assert (one.at_s, one.last, one.playing) == (0.0, -1, False)
    assert Playback(1.0, (4.0,)).seconds == 4.0
