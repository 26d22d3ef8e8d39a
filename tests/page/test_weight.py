"""A session is weighed, and one whose page has grown too large is opened anew when that disturbs nobody."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import psutil
import pytest

from agent.core.state import State
from agent.page.browser import open_browser
from agent.page.renewal import Limits
from agent.page.session import WhatsAppPage, open_page
from agent.page.weight import Scales, browser_processes
from agent.runtime import Agent
from agent.storage.opening import open_store
from agent.storage.store import SqlStore
from simulator.attendant import Attendant
from simulator.options import StandInOptions
from simulator.serve import install
from simulator.standin import ORIGIN, StandIn
from tests.browser.conftest import chat
from tests.test_flow import ScriptedAnalyst

pytestmark = pytest.mark.browser

GROW = """async (megabytes) => {
  globalThis.__kept ??= [];
  for (let n = 0; n < megabytes; n++) globalThis.__kept.push(new Uint8Array(1e6).fill(n % 251 + 1));
}"""
LIMITS = Limits(page_mb=400, look_s=0.2, looks=2, young_s=0, quiet_s=1.5, warned_s=4)


async def until(condition: object, seconds: float = 30) -> None:
    assert callable(condition)
    async with asyncio.timeout(seconds):
        while not condition():
            await asyncio.sleep(0.05)


class Session:
    """A running agent on the stand-in page, in a browser of its own."""

    def __init__(self, folder: Path, limits: Limits) -> None:
        self.folder = folder
        self.standins: list[StandIn] = []
        self.agent = Agent(
            session="loja",
            open_page=self._page,
            open_store=self._store,
            analyst=ScriptedAnalyst(),
            first_state=lambda: State(session="loja", run="r"),
            address=None,
            room=100,
            browser_data=folder / "browser",
            limits=limits,
        )

    async def _serve(self, context: object) -> None:
        chats = (chat("Ana", "oi", "> Olá!"),)
        self.standins.append(await install(context, StandInOptions(chats=chats)))  # type: ignore[arg-type]

    @asynccontextmanager
    async def _page(self) -> AsyncIterator[WhatsAppPage]:
        async with open_page(
            self.folder, ORIGIN, executable=None, headless=True, language="pt-BR", prepare=self._serve
        ) as page:
            yield page

    @asynccontextmanager
    async def _store(self) -> AsyncIterator[SqlStore]:
        store = await open_store(self.folder / "data.db", "0" * 64)
        yield store
        await store.close()

    @property
    def standin(self) -> StandIn:
        return self.standins[-1]

    async def live(self) -> None:
        await until(lambda: self.agent.flow is not None and self.agent.flow.state.page.value == "ready")

    async def grow(self, megabytes: int) -> None:
        assert self.standin.page is not None
        await self.standin.page.evaluate(GROW, megabytes)


@asynccontextmanager
async def session(folder: Path, limits: Limits) -> AsyncIterator[Session]:
    made, over = Session(folder, limits), asyncio.Event()
    running = asyncio.create_task(made.agent.run(over))
    try:
        await made.live()
        yield made
    finally:
        over.set()
        await asyncio.wait_for(running, 30)


async def test_a_browser_is_weighed_with_its_page_and_nothing_else(tmp_path: Path) -> None:
    scales = Scales(tmp_path / "a")
    empty = scales.weigh()
    assert (empty.browser_mb, empty.page_mb, empty.browser_cpu_percent) == (0, 0, 0)
    assert 20 < empty.agent_mb < psutil.Process().memory_info().rss / 1e6 + 20
    async with (
        open_browser(tmp_path / "a", headless=True) as context,
        open_browser(tmp_path / "ab", headless=True) as other,
    ):
        before = scales.weigh()
        assert 0 < before.page_mb < before.browser_mb
        await other.pages[0].evaluate(GROW, 200)
        assert scales.weigh().browser_mb < before.browser_mb + 100
        await context.pages[0].evaluate(GROW, 200)
        await context.pages[0].evaluate(
            "() => { const end = performance.now() + 500; while (performance.now() < end); }"
        )
        after = scales.weigh()
        assert 150 < after.page_mb - before.page_mb < 300
        assert after.browser_cpu_percent > 5
    assert scales.weigh().browser_mb == 0


async def test_a_page_that_has_grown_is_opened_anew_at_a_quiet_moment_and_health_shows_it(tmp_path: Path) -> None:
    async with session(tmp_path, LIMITS) as desk:
        await until(lambda: desk.agent.weight is not None)
        told = (await desk.agent.health()).session
        assert told.page_mb is not None
        assert told.agent_mb is not None
        assert told.browser_mb is not None
        assert 0 < told.page_mb < told.browser_mb
        assert told.page_mb < LIMITS.page_mb, "the page itself is larger than the test's limit"
        assert (told.restarts, told.reloads) == (0, 0)

        assert desk.standin.page is not None
        await desk.standin.page.reload(wait_until="commit")
        await desk.standin.ready()
        attendant = Attendant(desk.standin.page, desk.standin)
        await attendant.open_chat("Ana")
        await attendant.type("Já vejo")
        await desk.grow(450)
        heavy = desk.agent.flow
        await until(lambda: desk.agent.weight is not None and desk.agent.weight.page_mb > LIMITS.page_mb)
        await asyncio.sleep(LIMITS.quiet_s + 2)
        assert desk.agent.flow is heavy, "the attendant's draft was thrown away"

        while await attendant.written():  # A busy editor may not have taken the first time.
            await attendant.composer.press("ControlOrMeta+a")
            await attendant.composer.press("Backspace")
        await until(lambda: len(desk.standins) == 2)
        await until(lambda: desk.agent.flow is not heavy)
        await desk.live()
        await until(lambda: desk.agent.weight is not None)
        told = (await desk.agent.health()).session
        assert (told.state, told.restarts, told.reloads) == ("running", 1, 1)
        assert desk.agent.vital.last_error is None
        assert told.page_mb is not None
        assert told.page_mb < LIMITS.page_mb


async def test_twice_the_limit_ends_even_a_draft_but_not_the_linking_of_the_phone(tmp_path: Path) -> None:
    async with session(tmp_path, LIMITS) as desk:
        assert desk.standin.page is not None
        attendant = Attendant(desk.standin.page, desk.standin)
        await attendant.open_chat("Ana")
        await attendant.type("Já vejo")
        heavy = desk.agent.flow
        await desk.standin.set_screen("qr")
        await until(lambda: heavy is not None and heavy.state.page.value == "qr")
        await desk.grow(900)
        await asyncio.sleep(LIMITS.warned_s + 2)
        assert desk.agent.flow is heavy
        await desk.standin.set_screen("ready")
        await attendant.open_chat("Ana")
        await attendant.type("Já vejo")
        since = asyncio.get_running_loop().time()
        await until(lambda: len(desk.standins) == 2)
        assert asyncio.get_running_loop().time() - since > LIMITS.warned_s - 1
        await desk.live()


async def test_a_browser_that_dies_with_playwrights_driver_is_missed_soon(tmp_path: Path) -> None:
    async with session(tmp_path, LIMITS) as desk:
        await until(lambda: desk.agent.weight is not None and desk.agent.weight.browser_mb > 0)
        driver = [p for p in psutil.Process().children(recursive=True) if _is_driver_of(p, tmp_path)]
        driver[0].kill()
        await until(lambda: desk.agent.vital.restarts == 1)
        assert desk.agent.vital.last_error == "the browser is gone"
        await until(lambda: len(desk.standins) == 2)
        await desk.live()


def _is_driver_of(process: psutil.Process, folder: Path) -> bool:
    """Another test of this process may have a driver of its own."""
    return "cli.js" in " ".join(process.cmdline()) and bool(
        browser_processes(folder / "browser", process.children(recursive=True))
    )
