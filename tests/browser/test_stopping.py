"""A person stops a session and starts it: its browser is gone in between, and no message is."""

import asyncio
from pathlib import Path

import psutil
import pytest

from agent.page.renewal import Limits
from agent.page.weight import browser_processes
from simulator.attendant import Attendant
from simulator.standin import StandIn
from simulator.world import Message
from tests.page.test_weight import Session, session, until
from tests.patience import PATIENCE_S

pytestmark = pytest.mark.browser


def customer(number: int) -> Message:
    return Message(
        id=f"3AFF{number:04X}", chat="ana", direction="in", text=f"linha {number}", at=1_783_100_000_000 + number
    )


async def opens(desk: Session) -> None:
    assert desk.standin.page is not None
    await Attendant(desk.standin.page, desk.standin).open_chat("Ana")
    await until(lambda: desk.agent.flow is not None and desk.agent.flow.state.open is not None)


async def captured(desk: Session, count: int) -> None:
    assert desk.agent.store is not None
    async with asyncio.timeout(PATIENCE_S):
        while (found := await desk.agent.store.counts()).messages_in != count or found.unfinished:
            await asyncio.sleep(0.05)


async def nothing_was_sent(standin: StandIn) -> None:
    counters = await standin.counters()
    assert (counters.sends_by_agent, counters.read_receipts_by_agent) == (0, 0)


async def test_a_session_is_stopped_and_started(tmp_path: Path) -> None:
    async with session(tmp_path, Limits(page_mb=0)) as desk:
        agent, first = desk.agent, desk.standin
        await opens(desk)
        await captured(desk, 1)
        assert await agent.bring_to_front()
        for number in range(10):
            await first.add(customer(number))
        assert first.page is not None
        await first.page.locator("#main >> text=linha 9").first.wait_for()
        await nothing_was_sent(first)

        agent.switch.turn(False)
        await until(lambda: agent.vital.state == "stopped")
        assert agent.store is not None
        assert (await agent.store.counts()).messages_in == 11, "what the page had told is stored"
        assert not browser_processes(tmp_path / "browser", psutil.process_iter())
        assert not await agent.bring_to_front()
        health = await agent.health()
        assert (health.status, health.session.state, health.session.page.value) == ("blind", "stopped", "unknown")
        assert (health.session.restarts, agent.vital.last_error) == (0, None)

        agent.switch.turn(True)
        await until(lambda: len(desk.standins) == 2)
        await desk.live()
        assert (await agent.health()).session.restarts == 0
        await opens(desk)
        await desk.standin.add(customer(99))
        await captured(desk, 12)
        kinds = [event.kind for event in await agent.store.events_after(0, 1000)]
        assert [one for one in kinds if one.startswith("session.st")] == ["session.stopped", "session.started"]
        await nothing_was_sent(desk.standin)
