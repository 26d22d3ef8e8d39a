"""The clock beside the core: verdicts are told once, and a page that stays silent is given up."""

import asyncio

import pytest

from agent.contract.frames import PageState
from agent.contract.life import LifeLevel, LifeReason
from agent.lifeline import GIVE_UP_S, Lifeline, PageSilent
from tests.core.test_life import pulse, screen


class Clock:
    def __init__(self) -> None:
        self.now = 0.0
        self.wall = 1_000_000.0

    def passes(self, seconds: float) -> None:
        self.now += seconds
        self.wall += seconds


async def turns(times: int = 20) -> None:
    for _ in range(times):
        await asyncio.sleep(0)


@pytest.fixture
async def watched():
    clock, told = Clock(), []
    lifeline = Lifeline(lambda: clock.now, lambda: clock.wall, look_s=0)
    task = asyncio.create_task(lifeline.watch(told.append))
    yield clock, lifeline, told, task
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def test_a_verdict_is_told_when_it_changes_and_only_then(watched):
    clock, lifeline, told, _ = watched
    await turns()
    lifeline.heard(screen(PageState.READY))
    lifeline.heard(pulse())
    await turns()
    assert [life.reason for life in told] == [LifeReason.STARTING, None]
    assert lifeline.proven_age_s == 0
    clock.passes(0.9)
    lifeline.lost()
    await turns()
    assert told[-1].reason is LifeReason.LOST
    assert len(told) == 3


async def test_a_silent_page_is_blind_and_then_given_up(watched):
    clock, lifeline, told, task = watched
    lifeline.heard(screen(PageState.READY))
    lifeline.heard(pulse())
    await turns()
    for _ in range(25):
        clock.passes(0.9)
        await turns(3)
    assert told[-1].level is LifeLevel.BLIND
    assert lifeline.proven_age_s == pytest.approx(2, abs=1.5)
    assert not task.done()
    for _ in range(int(GIVE_UP_S) + 5):
        clock.passes(0.9)
        await turns(3)
    with pytest.raises(PageSilent):
        task.result()


async def test_a_clock_that_jumps_is_no_silence(watched):
    clock, lifeline, told, _ = watched
    lifeline.heard(screen(PageState.READY))
    lifeline.heard(pulse())
    await turns()
    clock.wall += 3 * 3600
    await turns()
    assert (told[-1].level, told[-1].reason) == (LifeLevel.DEGRADED, LifeReason.CLOCK)
