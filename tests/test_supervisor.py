"""A session that falls is started again, with patience that has an end."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest

from agent import supervisor
from agent.errors import PortInUse, actionable
from agent.supervisor import GivenUp, Patience, Renewal, Switch, Vital, supervise
from tests.patience import PATIENCE_S


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


class Session:
    """A session that a test watches and turns off and on."""

    def __init__(self, *, hears: bool = True) -> None:
        self.vital, self.told = Vital(), list[bool]()
        self.opened = self.closed = 0
        self.fault: Exception | None = None
        self._hears = hears
        self._over = asyncio.Event()
        self.switch = Switch(self.end, self.tell)

    def end(self) -> bool:
        if self._hears:
            self._over.set()
        return self._hears

    async def tell(self, on: bool) -> None:
        self.told.append(on)

    async def live(self) -> None:
        self.opened += 1
        self._over.clear()
        try:
            await self._over.wait()
            if self.fault is not None:
                raise self.fault
        finally:
            await asyncio.sleep(0)  # closing the browser takes its time, also of one that is cancelled
            self.closed += 1

    async def until(self, fact: Callable[[], object]) -> None:
        async with asyncio.timeout(PATIENCE_S):
            while not fact():
                await asyncio.sleep(0)

    @asynccontextmanager
    async def supervised(self) -> AsyncIterator["asyncio.Task[None]"]:
        running = asyncio.create_task(supervise("a", self.live, self.vital, switch=self.switch))
        try:
            await self.until(lambda: self.opened)
            yield running
        finally:
            running.cancel()
            await asyncio.wait([running])


@pytest.mark.parametrize("hears", [True, False], ids=["asked", "cancelled"])
async def test_a_session_that_is_stopped_stays_closed_until_it_is_started(hears: bool) -> None:
    one = Session(hears=hears)
    async with one.supervised() as running:
        for _ in range(2):  # The second time changes nothing.
            one.switch.turn(False)
        await one.until(lambda: one.vital.state == "stopped")
        await asyncio.sleep(0.01)
        assert (one.opened, one.closed, one.told) == (1, 1, [False])
        assert (one.vital.restarts, one.vital.last_error, running.done()) == (0, None, False)
        for _ in range(2):
            one.switch.turn(True)
        await one.until(lambda: one.opened == 2)
        assert (one.vital.state, one.closed, one.told) == ("running", 1, [False, True])
    assert one.closed == 2, "the agent's own end closes it, too"


async def test_stopped_and_started_at_once_it_is_opened_anew_and_told_so() -> None:
    one = Session()
    async with one.supervised() as running:
        one.switch.turn(False)
        await one.until(lambda: one.vital.state == "stopping")
        one.switch.turn(True)
        await one.until(lambda: one.opened == 2)
        assert one.told == [False, True]
        assert not running.done(), "it is not taken for a window that the person closed"


async def test_a_fault_while_it_is_stopped_is_none_to_try_again_after() -> None:
    one = Session()
    one.fault = ConnectionError("the page is gone")
    async with one.supervised():
        one.switch.turn(False)
        await one.until(lambda: one.vital.state == "stopped")
        assert (one.vital.restarts, one.vital.last_error) == (0, None)


async def test_a_session_that_does_not_end_when_asked_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervisor, "END_S", 0.01)
    one = Session()
    one.switch.end = lambda: True  # It says so, and does not.
    async with one.supervised():
        one.switch.turn(False)
        await one.until(lambda: one.vital.state == "stopped")
        assert one.closed == 1


async def test_it_is_stopped_also_while_it_waits_to_try_again() -> None:
    vital, waits, opened = Vital(), asyncio.Event(), list[int]()
    switch = Switch()

    async def live() -> None:
        opened.append(1)
        raise ConnectionError("the page is gone")

    async def sleep(_seconds: float) -> None:
        waits.set()
        await asyncio.Event().wait()

    running = asyncio.create_task(supervise("a", live, vital, sleep=sleep, switch=switch))
    async with asyncio.timeout(PATIENCE_S):
        await waits.wait()
        assert vital.state == "pausing"
        switch.turn(False)
        while vital.state != "stopped":
            await asyncio.sleep(0)
        switch.turn(True)
        waits.clear()
        await waits.wait()
    assert (len(opened), vital.restarts) == (2, 2)
    running.cancel()
    await asyncio.wait([running])
