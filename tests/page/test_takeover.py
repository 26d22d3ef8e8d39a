""" "Use here" is pressed by the setting alone, on that one question alone, and not again and again."""

import asyncio
import sys
from collections.abc import AsyncIterator

import pytest
from playwright.async_api import BrowserContext
from playwright.async_api import Page as Tab

from agent.compose import beside
from agent.contract.frames import PageState
from agent.page.bridge import Bridge
from agent.page.script import script_source
from agent.page.takeover import take_over
from agent.settings import Settings
from simulator.options import StandInOptions
from simulator.serve import install
from simulator.standin import StandIn
from simulator.world import Screen
from tests.browser.conftest import chat
from tests.patience import PATIENCE_S

CLICKS = """() => {
  globalThis.__clicks = 0;
  for (const type of ["pointerdown", "click"]) addEventListener(type, () => { globalThis.__clicks += 1; }, true);
}"""
ANOTHER_QUESTION = """() => {
  const words = document.querySelector('[data-testid="popup-controls-ok"]');
  words.textContent = "Desconectar";
}"""


class Open:
    """A page with the script, and nobody beside it yet."""

    def __init__(self, standin: StandIn, tab: Tab, bridge: Bridge) -> None:
        self.standin, self.tab, self.bridge = standin, tab, bridge

    async def shows(self, *states: PageState, seconds: float = PATIENCE_S) -> None:
        async with asyncio.timeout(seconds):
            while self.bridge.screen is None or self.bridge.screen.state not in states:
                await asyncio.sleep(0.02)

    async def clicks(self) -> int:
        count: int = await self.tab.evaluate("() => globalThis.__clicks")
        return count


@pytest.fixture(params=["2026", "2025"])
async def opened(request: pytest.FixtureRequest, browser_context: BrowserContext) -> AsyncIterator[Open]:
    options = {"chats": (chat("Ana", "oi"),), "generation": request.param, "logout_seconds": 30, "sync_seconds": 30}
    standin = await install(browser_context, StandInOptions.model_validate(options))
    tab, bridge = browser_context.pages[0], Bridge()
    await bridge.attach(tab, script_source())
    await standin.open(tab)
    await standin.ready()
    await tab.evaluate(CLICKS)
    page = Open(standin, tab, bridge)
    await page.shows(PageState.READY)
    yield page
    assert (await standin.counters()).sends == 0
    bridge.end()


def test_nothing_runs_beside_the_page_unless_it_is_set() -> None:
    assert Settings().page.use_here is False
    assert beside(Settings(), sys.stdout) == ()
    assert beside(Settings.model_validate({"page": {"use_here": True}}), sys.stdout) == (take_over,)


@pytest.mark.browser
@pytest.mark.parametrize("opened", ["2026"], indirect=True)
async def test_with_the_setting_the_page_comes_back(opened: Open, capsys: pytest.CaptureFixture[str]) -> None:
    taking = asyncio.create_task(take_over(opened.tab, opened.bridge, look_s=0.1))
    await opened.standin.set_screen("conflict")
    await opened.shows(PageState.CONFLICT)
    await opened.shows(PageState.READY)
    # A second time within the minute is left to the person.
    await opened.standin.set_screen("conflict")
    await opened.shows(PageState.CONFLICT)
    clicks = await opened.clicks()
    await asyncio.sleep(2)
    assert await opened.clicks() == clicks > 0
    assert not taking.done()
    taking.cancel()
    assert capsys.readouterr().out.count("pressed 'use here'") == 1


@pytest.mark.browser
@pytest.mark.parametrize("opened", ["2026"], indirect=True)
async def test_a_minute_later_it_is_pressed_again(opened: Open) -> None:
    now = 100.0
    taking = asyncio.create_task(take_over(opened.tab, opened.bridge, look_s=0.05, clock=lambda: now))
    for _ in range(2):
        await opened.standin.set_screen("conflict")
        await opened.shows(PageState.CONFLICT)
        await opened.shows(PageState.READY)
        now += 60
    assert await opened.clicks() == 4, "each press is a pointer going down and a click"
    taking.cancel()


@pytest.mark.browser
@pytest.mark.parametrize("opened", ["2026"], indirect=True)
async def test_without_the_setting_nothing_is_pressed(opened: Open) -> None:
    await opened.standin.set_screen("conflict")
    await opened.shows(PageState.CONFLICT)
    await asyncio.sleep(5)
    assert await opened.clicks() == 0
    assert opened.bridge.screen is not None
    assert opened.bridge.screen.state is PageState.CONFLICT


@pytest.mark.browser
async def test_no_other_screen_and_no_other_question_is_ever_pressed(opened: Open) -> None:
    taking = asyncio.create_task(take_over(opened.tab, opened.bridge, look_s=0.02, again_s=0))
    screens: tuple[Screen, ...] = (
        "qr",
        "qr_expired",
        "pairing",
        "syncing",
        "temp_ban",
        "screen_lock",
        "logging_out",
        "unsupported",
    )
    for screen in screens:
        await opened.standin.set_screen(screen)
        await opened.shows(PageState(screen))
        await asyncio.sleep(0.2)
    await opened.standin.set_screen("ready")
    await opened.shows(PageState.READY)
    for put in (opened.standin.set_dialog, opened.standin.set_forced_reload):
        await put(True)
        await asyncio.sleep(0.3)
        await put(False)
    assert await opened.clicks() == 0
    assert not taking.done()
    taking.cancel()


@pytest.mark.browser
async def test_a_question_in_its_place_with_other_words_is_left_alone(opened: Open) -> None:
    await opened.standin.set_screen("conflict")
    await opened.shows(PageState.CONFLICT)
    if await opened.tab.locator('[data-testid="popup-controls-ok"]').count():
        await opened.tab.evaluate(ANOTHER_QUESTION)
    taking = asyncio.create_task(take_over(opened.tab, opened.bridge, look_s=0.02, again_s=0))
    await asyncio.sleep(1)
    assert await opened.clicks() == 0
    taking.cancel()
