"""Chromium keeps its sandbox but for root, is left in order, and does not outlive its agent."""

import asyncio
import os
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from agent.page.browser import open_browser, sandboxed
from agent.page.weight import browser_processes
from tests.patience import PATIENCE_S


class Launched(Exception):
    pass


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="Windows has no root")
@pytest.mark.parametrize(("user", "sandbox"), [(1000, True), (0, False)])
async def test_only_root_goes_without_the_sandbox(tmp_path, monkeypatch, user, sandbox):
    asked = {}

    async def launch(_self, _folder, **options):
        asked.update(options)
        raise Launched

    monkeypatch.setattr("playwright.async_api.BrowserType.launch_persistent_context", launch)
    monkeypatch.setattr(os, "geteuid", lambda: user)
    with pytest.raises(Launched):
        async with open_browser(tmp_path, headless=True):
            pass
    assert asked["chromium_sandbox"] is sandbox is sandboxed()
    assert not [argument for argument in asked["args"] if "sandbox" in argument]


FREEZE = "() => { const end = performance.now() + 60000; while (performance.now() < end); }"
HOLD = f"""
import asyncio, sys
from pathlib import Path
from agent.page.browser import open_browser

async def hold(user_data, frozen):
    async with open_browser(Path(user_data), headless=True) as context:
        if frozen == "frozen":
            asyncio.ensure_future(context.pages[0].evaluate({FREEZE!r}))
            await asyncio.sleep(0.5)
        print("open", flush=True)
        await asyncio.sleep(60)

asyncio.run(hold(*sys.argv[1:]))
"""


def alive(user_data: Path) -> list[psutil.Process]:
    return browser_processes(user_data, psutil.process_iter())


@pytest.mark.browser
@pytest.mark.parametrize("page", ["calm", "frozen"])
def test_a_killed_agent_leaves_no_browser_behind(tmp_path, page):
    agent = subprocess.Popen([sys.executable, "-c", HOLD, str(tmp_path), page], stdout=subprocess.PIPE, text=True)
    assert agent.stdout is not None
    assert agent.stdout.readline().strip() == "open"
    assert len(alive(tmp_path)) > 2
    agent.kill()
    agent.wait()
    until = time.monotonic() + 15
    while alive(tmp_path) and time.monotonic() < until:
        time.sleep(0.1)
    assert not alive(tmp_path)


@pytest.mark.browser
async def test_the_page_is_left_before_the_browser_ends(tmp_path):
    seen = []
    async with open_browser(tmp_path, headless=True) as context:
        await context.pages[0].goto("data:text/html,<p>WhatsApp")
        context.pages[0].on("framenavigated", lambda frame: seen.append(frame.url))
        context.on("close", lambda _: seen.append("closed"))
    assert seen == ["about:blank", "closed"]
    assert not alive(tmp_path)


@pytest.mark.browser
async def test_a_frozen_page_does_not_hold_up_the_end(tmp_path, monkeypatch):
    monkeypatch.setattr("agent.page.browser._LEAVE_S", 0.5)
    async with open_browser(tmp_path, headless=True) as context:
        frozen = asyncio.ensure_future(context.pages[0].evaluate(FREEZE))
        await asyncio.sleep(0.5)
        began = time.monotonic()
    assert time.monotonic() - began < 15
    assert not alive(tmp_path)
    await asyncio.gather(frozen, return_exceptions=True)


async def _kill(user_data, _context):
    main = [p for p in alive(user_data) if "--type=" not in " ".join(p.cmdline())]
    main[0].kill()


async def _close(_user_data, context):
    cdp = await context.new_cdp_session(context.pages[0])
    await asyncio.gather(cdp.send("Browser.close"), return_exceptions=True)


async def _open_until(user_data, end):
    async with open_browser(user_data, headless=True) as context:
        await end(user_data, context)
        async with asyncio.timeout(PATIENCE_S):
            while context.pages:
                await asyncio.sleep(0.05)


@pytest.mark.browser
async def test_a_browser_that_dies_is_told_from_one_that_a_person_closes(tmp_path):
    with pytest.raises(ConnectionError, match="crashed or was killed"):
        await _open_until(tmp_path / "died", _kill)
    await _open_until(tmp_path / "closed", _close)
