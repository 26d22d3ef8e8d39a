"""What recording costs: the same traffic with recording on and off, in turn, in one browser.

``capture_ms_ratio``: from a message's row on the page to its committed row, the median with recording on against off.
``page_cpu_ratio``: processor time of the browser (and of its driver) for a message, likewise.
"""

import argparse
import asyncio
import json
import secrets
import sys
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, NamedTuple

from playwright.async_api import Browser, Page, async_playwright

from agent.core.state import State
from agent.flow import Flow
from agent.page.bridge import with_configuration
from agent.page.browser import find_browser, launch_arguments, sandboxed
from agent.page.script import script_source
from agent.page.session import WhatsAppPage
from agent.recordings.file import PAGE
from agent.recordings.page_recorder import PageRecorder
from agent.recordings.pseudonyms import Pseudonyms
from agent.recordings.recorder import Recorder
from agent.storage.opening import open_store
from agent.telemetry.measurements import Measurements
from simulator.options import StandInOptions
from simulator.serve import install
from simulator.standin import ORIGIN
from tests.bench import capture
from tests.bench.traffic import Traffic
from tests.test_flow import ScriptedAnalyst

PER_S = 5.0
"""Messages a second: more than a busy attendant has. With many more the machine is full, and waiting is measured."""


class Cost(NamedTuple):
    """Of one run, in milliseconds."""

    capture: float
    cpu: float


@asynccontextmanager
async def _recorded(path: Path | None, flow: Flow, page: Page) -> AsyncIterator[None]:
    """Both layers, as the agent records them."""
    if path is None:
        yield
        return
    recorder = Recorder(path, Pseudonyms.fresh())
    recorder.begin(flow.state)
    flow.witness = recorder.saw
    layer = PageRecorder(recorder.names, lambda line: recorder.writer.add(PAGE, line))
    following = asyncio.create_task(layer.follow(page))
    try:
        yield
    finally:
        await layer.stop()
        await following
        recorder.writer.abandon()


async def _run(browser: Browser, folder: Path, messages: int, *, records: bool) -> Cost:
    traffic = Traffic()
    context = await browser.new_context(viewport={"width": 1280, "height": 900}, locale="pt-BR")
    page, bridge = await context.new_page(), capture.Recording()
    standin = await install(context, StandInOptions(chats=tuple(traffic.seeds())))
    await bridge.attach(page, with_configuration(script_source(), lang="pt-BR"))
    await page.goto(ORIGIN, wait_until="commit")
    await standin.ready()
    store = await open_store(folder / f"{secrets.token_hex(4)}.db", secrets.token_hex(32))
    flow = Flow(State(session="bench", run="r"), WhatsAppPage(page, bridge), ScriptedAnalyst(), store, Measurements())
    run = capture.Run(page, standin, flow, store, bridge)
    running = asyncio.create_task(flow.run())
    try:
        path = folder / f"{secrets.token_hex(4)}.balcao" if records else None
        async with _recorded(path, flow, page):
            await asyncio.sleep(2.0)  # The first whole picture is taken once, and not for a message.
            before = capture._spent()
            await run.traffic_of(messages, PER_S)
            spent = capture._spent() - before
            snapshot, insertions = await standin.snapshot(), await standin.insertions()
    finally:
        bridge.end()
        await asyncio.wait({running}, timeout=20)
        await store.close()
        await context.close()
    came = {m.id: (chat.id, m.at) for chat in snapshot.chats for m in chat.messages if capture._is_of_the_run(m)}
    figures = run.times(insertions, came)
    return Cost(figures["capture_ms"]["p50"], 1000 * spent / messages)


async def measure(messages: int, rounds: int) -> dict[str, Any]:
    """Off and on in turn; the sums of the rounds are compared, so that a busy moment of the machine counts for both."""
    off, on = list[Cost](), list[Cost]()
    with tempfile.TemporaryDirectory() as name:
        async with async_playwright() as playwright:
            browser = await playwright.chromium.launch(
                executable_path=find_browser(), args=launch_arguments([]), chromium_sandbox=sandboxed()
            )
            for turn in range(2 * rounds):
                records = turn % 4 in (1, 2)  # Off, on, on, off.
                cost = await _run(browser, Path(name), messages, records=records)
                (on if records else off).append(cost)
                print(f"{'on ' if records else 'off'} {cost}", file=sys.stderr, flush=True)
            await browser.close()
    return {
        "capture_ms_ratio": round(sum(c.capture for c in on) / sum(c.capture for c in off), 2),
        "page_cpu_ratio": round(sum(c.cpu for c in on) / sum(c.cpu for c in off), 2),
    }


def main(arguments: Sequence[str]) -> int:
    """Print the figures as JSON, and write them to a file when one is named; exit 1 when recording costs too much."""
    parser = argparse.ArgumentParser(prog="scripts/bench record", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--json", nargs="?", type=Path, help="write the figures to this file, too")
    parser.add_argument("--messages", type=int, default=200, help="of each run")
    parser.add_argument("--rounds", type=int, default=4, help="runs with recording, and as many without")
    given = parser.parse_args(arguments)
    figures = asyncio.run(measure(given.messages, given.rounds))
    text = json.dumps(figures, indent=2)
    print(text)
    if given.json is not None:
        given.json.write_text(text + "\n", "utf-8")
    return int(max(figures.values()) > 1.3)
