"""Fixtures that more than one room's tests need: a real Chromium and the stand-in page in it.

Every browser test has a browser and a profile of its own: no test sees what another one left behind.
"""

import os
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest
from playwright.async_api import BrowserContext, Page, async_playwright

from simulator.options import StandInOptions
from simulator.serve import install
from simulator.standin import StandIn

_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
_FLAGS = ("--disable-background-networking", "--disable-component-update", "--no-first-run", "--disable-sync")

OpenStandIn = Callable[..., Awaitable[tuple[StandIn, Page]]]


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """The system's browser; without one, Playwright's own (an empty path)."""
    return next((path for path in map(shutil.which, _BROWSERS) if path), "")


@pytest.fixture(scope="session")
def chromium_flags() -> tuple[str, ...]:
    """Quiet, and without Chromium's sandbox for root alone, where it cannot start."""
    as_root = hasattr(os, "geteuid") and os.geteuid() == 0
    return (*_FLAGS, "--no-sandbox") if as_root else _FLAGS


@pytest.fixture
async def browser_context(
    chromium_path: str, chromium_flags: tuple[str, ...], tmp_path: Path
) -> AsyncIterator[BrowserContext]:
    """A headless browser with one blank tab and a fresh profile, Brazilian as the attendants' are."""
    async with async_playwright() as playwright:
        context = await playwright.chromium.launch_persistent_context(
            tmp_path / "browser",
            executable_path=chromium_path or None,
            headless=True,
            args=list(chromium_flags),
            viewport={"width": 1280, "height": 800},
            locale="pt-BR",
            timezone_id="America/Sao_Paulo",
        )
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
