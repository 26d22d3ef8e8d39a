"""Fixtures that more than one room's tests need: an empty store, a real Chromium and the stand-in page in it.

Every browser test has a context of its own, with its own storage, in a browser that all tests of a process share: no
test sees what another one left behind, and none waits for a browser to start.
"""

import shutil
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
from playwright.async_api import Browser, BrowserContext, Page, async_playwright

from agent.page.browser import find_browser, sandboxed
from agent.storage.store import SqlStore
from simulator.options import StandInOptions
from simulator.serve import install
from simulator.standin import StandIn
from tests.storage.fresh import fresh_store
from tests.turns import left_out

_FLAGS = ("--disable-background-networking", "--disable-component-update", "--no-first-run", "--disable-sync")

OpenStandIn = Callable[..., Awaitable[tuple[StandIn, Page]]]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--thorough", action="store_true", help="every variant and long random runs, as before a release")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--thorough"):
        return
    out = left_out(items)
    config.hook.pytest_deselected(items=list(out))
    items[:] = [item for item in items if item not in out]


@pytest.fixture(scope="session")
def thorough(pytestconfig: pytest.Config) -> bool:
    """Whether a test may take as long as it needs."""
    return bool(pytestconfig.getoption("--thorough"))


@pytest.fixture
async def store() -> AsyncIterator[SqlStore]:
    opened = await fresh_store()
    yield opened
    await opened.close()


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """Chromium without its own windows where there is such a build, else the browser that the agent itself would take.

    The same engine for a third of the processor's time: 0.9 instead of 3 seconds for a page. What is asked of the
    browser itself, its profile and its end, is asked of the agent's own (``open_browser``).
    """
    return shutil.which("chromium-headless-shell") or str(find_browser())


@pytest.fixture(scope="session")
def chromium_flags() -> tuple[str, ...]:
    """Quiet: nothing but the stand-in is asked for."""
    return _FLAGS


@pytest.fixture(scope="session")
async def chromium(chromium_path: str, chromium_flags: tuple[str, ...]) -> AsyncIterator[Browser]:
    """A headless browser that lives as long as the tests of this process, which share one event loop for it."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=chromium_path, args=list(chromium_flags), chromium_sandbox=sandboxed()
        )
        yield browser
        await browser.close()


@pytest.fixture
async def browser_context(chromium: Browser) -> AsyncIterator[BrowserContext]:
    """One blank tab with storage of its own, Brazilian as the attendants' are."""
    context = await chromium.new_context(
        viewport={"width": 1280, "height": 800}, locale="pt-BR", timezone_id="America/Sao_Paulo"
    )
    await context.new_page()
    yield context
    await context.close()


@pytest.fixture
def open_standin(browser_context: BrowserContext) -> OpenStandIn:
    """``await open_standin(generation="2025", ...)``: the stand-in with these options, opened and ready."""

    async def open_it(**options: object) -> tuple[StandIn, Page]:
        standin = await install(browser_context, StandInOptions.model_validate(options))
        page = await standin.open(browser_context.pages[0])
        if options.get("start", "ready") == "ready":
            await standin.ready()
        return standin, page

    return open_it
