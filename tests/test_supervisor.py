"""A session that falls is started again, with patience that has an end."""

import pytest

from agent.errors import PortInUse, actionable
from agent.supervisor import GivenUp, Patience, Renewal, Vital, supervise


class Pauses:
    def __init__(self) -> None:
        self.taken: list[float] = []

    async def __call__(self, seconds: float) -> None:
        self.taken.append(seconds)


async def test_a_session_that_ends_by_itself_is_not_started_again() -> None:
    vital, pauses = Vital(), Pauses()

    async def live() -> None:
        return

    await supervise("a", live, vital, sleep=pauses)
    assert (vital.state, vital.restarts, pauses.taken) == ("stopped", 0, [])


async def test_pauses_grow_and_patience_ends() -> None:
    vital, pauses = Vital(), Pauses()

    async def live() -> None:
        raise ConnectionError("the page is gone")

    with pytest.raises(GivenUp, match="10 times in a row"):
        await supervise("a", live, vital, Patience(longest_pause_s=4), sleep=pauses)
    assert pauses.taken == [1, 2, 4, 4, 4, 4, 4, 4, 4]
    assert vital.state == "given_up"
    assert vital.last_error == "the page is gone"


async def test_a_session_that_lived_long_enough_starts_again_at_once() -> None:
    vital, pauses = Vital(), Pauses()
    falls = iter([True, True, True, False])

    async def live() -> None:
        if next(falls):
            raise ConnectionError

    await supervise("a", live, vital, Patience(healthy_s=0), sleep=pauses)
    assert pauses.taken == [1, 1, 1]
    assert vital.restarts == 3


async def test_a_renewal_is_no_failure_and_costs_no_pause() -> None:
    vital, pauses = Vital(), Pauses()
    ends = iter([ConnectionError("the page is gone"), *(Renewal("the page took 2000 MB") for _ in range(20)), None])

    async def live() -> None:
        if (end := next(ends)) is not None:
            raise ExceptionGroup("tasks", [end])

    await supervise("a", live, vital, sleep=pauses)
    assert pauses.taken == [1]
    assert (vital.state, vital.restarts, vital.last_error) == ("stopped", 21, "the page is gone")


async def test_what_a_person_must_mend_is_not_tried_again() -> None:
    vital, pauses = Vital(), Pauses()

    async def live() -> None:
        raise ExceptionGroup("tasks", [PortInUse("Port 8080 is used.", "Close it.")])

    with pytest.raises(PortInUse):
        await supervise("a", live, vital, sleep=pauses)
    assert pauses.taken == []


def test_an_actionable_error_is_found_inside_groups() -> None:
    inner = PortInUse("Port 8080 is used.", "Close it.")
    assert actionable(ExceptionGroup("a", [ValueError(), ExceptionGroup("b", [inner])])) is inner
    assert actionable(ValueError()) is None
