"""Fixtures of the page's tests."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from agent.page.bridge import Bridge
from agent.page.script import script_source
from simulator.options import StandInOptions
from simulator.serve import install
from tests.page.desk import ANA, KEEP_ROOT, ZE, Desk, chat

PAGES = {
    "2026": {"csp": "nonce", "generation": "2026", "language": "pt-BR"},
    "2025": {"csp": "trusted-types", "generation": "2025", "language": "en"},
}


@pytest.fixture(params=PAGES)
async def desk(request: pytest.FixtureRequest, browser_context: Any) -> AsyncIterator[Desk]:
    seeds = (chat("ana", ANA), chat("ze", ZE))
    options = StandInOptions.model_validate({"lateness": 0, "chats": seeds, **PAGES[request.param]})
    standin = await install(browser_context, options)
    tab = browser_context.pages[0]
    bridge = Bridge()
    await bridge.attach(tab, KEEP_ROOT + script_source())
    desk = Desk(standin, await standin.open(tab), bridge)
    await standin.ready()
    await desk.until("hello")
    yield desk
    counters = await standin.counters()
    assert counters.sends == 0
    assert counters.read_receipts_by_agent == 0
    await desk.close()
