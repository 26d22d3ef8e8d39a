"""The demo in a new attendant's hands: from its first screen, the first reply is in the box after two actions."""

import asyncio
from contextlib import suppress
from pathlib import Path

import pytest

from agent.runtime import Agent
from agent.settings import Settings
from simulator.attendant import Attendant
from simulator.demo import Demo
from tests.patience import PATIENCE_S

pytestmark = pytest.mark.browser


async def test_one_press_opens_the_chat_and_one_inserts(tmp_path: Path) -> None:
    settings = Settings(
        profiles_dir=tmp_path / "profiles", profile="demo", browser={"headless": True}, model={"drafts": False},
        api={"enabled": False},
    )  # fmt: skip
    started: asyncio.Future[Agent] = asyncio.get_running_loop().create_future()

    async def beside(agent: Agent) -> None:
        started.set_result(agent)

    demo = Demo(settings, "loja-de-roupas", yourself=True, beside=beside)
    running = asyncio.create_task(demo.run())
    try:
        agent = await asyncio.wait_for(started, PATIENCE_S)
        standin, page = await demo.opened()
        hands = Attendant(page, standin)
        asks = next(one for one in demo.scenario.script if one.sender == "customer").chat
        title = next(one.shown_title for one in demo.scenario.chats if one.id == asks)
        async with asyncio.timeout(PATIENCE_S):
            while not (await standin.snapshot()).chat(title).messages:
                await asyncio.sleep(0.1)
            await hands.open_chat(title)  # One action.
            while not agent.measurements.samples("suggestion_ms"):
                await asyncio.sleep(0.05)
            assert await hands.written() == ""
            await page.keyboard.press("Alt+1")  # The other.
            while not await hands.written():
                await asyncio.sleep(0.05)
        counters = await standin.counters()
        assert (counters.sends_by_agent, counters.sends_by_attendant) == (0, 0)
        while not agent.measurements.counters["suggestions_inserted"]:
            await asyncio.sleep(0.05)
        assert not running.done()
    finally:
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running
