"""Injects faults into a running agent on the stand-in page: how soon it says that it is blind, what brings it back."""

import argparse
import asyncio
import json
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from playwright.async_api import BrowserContext, CDPSession, Page
from playwright.async_api import Error as PlaywrightError

from agent.compose import build
from agent.contract.life import Life, LifeLevel, LifeReason
from agent.core.state import State
from agent.flow import Flow
from agent.lifeline import Lifeline
from agent.page.bridge import WORLD, Bridge, with_configuration
from agent.page.browser import open_browser
from agent.page.script import script_source
from agent.page.selectors import alternatives
from agent.page.session import WhatsAppPage
from agent.runtime import Agent
from agent.settings import load
from agent.storage.opening import open_store
from agent.telemetry.measurements import Measurements
from simulator.attendant import Attendant
from simulator.options import StandInOptions
from simulator.scenario import load_named
from simulator.serve import install
from simulator.standin import ORIGIN, StandIn
from tests.browser.conftest import OBSERVERS
from tests.test_flow import ScriptedAnalyst

LONGEST_S = 60.0
"""A fault that is not noticed by then counts as not noticed."""

BACK_S = 90.0
IDLE_PULSES = 720
"""An hour of pulses."""

FASTER = 20
"""The idle hour passes so much faster: the script looks around every 250 ms, and the judge's clock runs ahead."""

_BLUR = """(css) => {
  const blur = () => {
    for (const element of document.querySelectorAll(css))
      for (const { name } of [...element.attributes]) if (name !== "style") element.removeAttribute(name);
  };
  globalThis.__blur = setInterval(blur, 20);
  blur();
}"""
_UNMARK = """() => {
  const set = Element.prototype.setAttribute;
  Element.prototype.setAttribute = function (name, value) {
    if (name !== "data-id" && !String(value).startsWith("conv-msg-")) set.call(this, name, value);
  };
}"""
"""Rows that come from now on have no id any more, as after an update of the page."""

_HOG = "() => { const kept = []; for (;;) kept.push(new Array(1_000_000).fill(Math.random())); }"
_FREEZE = "() => { const end = performance.now() + 120_000; while (performance.now() < end); }"


class Subject:
    """The agent, its page and the customers; they are made anew whenever the agent opens its page again."""

    def __init__(self, folder: Path, business: str) -> None:
        self.scenario = load_named(business)
        self.folder = folder
        settings = {
            "profile": "blindness",
            "profiles_dir": folder,
            "browser.headless": True,
            "browser.arguments": ("--js-flags=--max-old-space-size=256",),
            "api.enabled": False,
            "model.drafts": False,
        }
        self.agent: Agent = build(load(None, settings), self._serve)
        self.standin: StandIn | None = None
        self.pages = 0

    async def _serve(self, context: BrowserContext) -> None:
        journal = self.folder / "standin.jsonl"
        self.standin = await install(context, StandInOptions(scenario=self.scenario, journal=journal))
        cdp = await context.new_cdp_session(context.pages[0])
        await cdp.send("Page.enable")
        await cdp.send("Page.addScriptToEvaluateOnNewDocument", {"source": OBSERVERS, "worldName": WORLD})
        self.pages += 1

    @property
    def life(self) -> Life | None:
        """The verdict of the session that runs now."""
        running = self.agent.vital.state == "running" and self.agent.flow is not None
        return self.agent.flow.lifeline.verdict if running and self.agent.flow else None

    @property
    def tab(self) -> Page:
        """The page."""
        page = self.standin.page if self.standin else None
        if page is None:
            raise ConnectionError("there is no page")
        return page

    def is_opened_anew(self, pages: int) -> bool:
        """Whether the session has ended since ``pages`` were opened: health says so, and it is started again."""
        return self.agent.vital.state == "pausing" or self.pages > pages

    async def until(self, done: Callable[[Life | None], bool], seconds: float) -> float | None:
        """Seconds until the verdict is so; None when it never was."""
        started = time.monotonic()
        while time.monotonic() - started < seconds:
            if done(self.life):
                return round(time.monotonic() - started, 1)
            await asyncio.sleep(0.1)
        return None

    async def at_work(self) -> None:
        """Live, with a chat open in which there are messages."""
        if await self.until(_is_live, BACK_S) is None:
            raise RuntimeError(f"the agent did not come to life: {self.life}, {self.agent.vital}")
        title = self.scenario.chats[0].shown_title
        await Attendant(self.tab, self.standin).open_chat(title)  # type: ignore[arg-type]
        await asyncio.sleep(3)
        if await self.until(_is_live, BACK_S) is None:
            raise RuntimeError(f"the open chat is not live: {self.life}")


Inject = Callable[[Subject], Awaitable[object]]


def _is_live(life: Life | None) -> bool:
    return life is not None and life.level is LifeLevel.LIVE


def _is_noticed(life: Life | None) -> bool:
    return life is not None and life.level is not LifeLevel.LIVE and life.reason is not LifeReason.STARTING


async def _cdp(subject: Subject) -> CDPSession:
    return await subject.tab.context.new_cdp_session(subject.tab)


def _blur(anchor: str) -> Inject:
    async def inject(subject: Subject) -> None:
        await subject.tab.evaluate(_BLUR, ", ".join(alternatives(anchor)))

    return inject


def _in_page(function: str) -> Inject:
    async def inject(subject: Subject) -> None:
        # It never answers: nobody waits for it.
        task = asyncio.ensure_future(subject.tab.evaluate(function))
        task.add_done_callback(lambda done: done.cancelled() or done.exception())

    return inject


def _in_world(function: str) -> Inject:
    async def inject(subject: Subject) -> None:
        page = subject.agent.page
        assert isinstance(page, WhatsAppPage)
        await page.bridge.call(function)

    return inject


async def _crash(subject: Subject) -> None:
    cdp = await _cdp(subject)
    with suppress(PlaywrightError, TimeoutError):
        async with asyncio.timeout(1):
            await cdp.send("Page.crash")


async def _clock(subject: Subject) -> None:
    lifeline = subject.agent.flow.lifeline  # type: ignore[union-attr]
    before = lifeline._wall
    lifeline._wall = lambda: before() + 7_200


FAULTS: dict[str, Inject] = {
    **{f"anchor removed: {name}": _blur(name) for name in ("ready", "chat_row", "chat_name", "conversation")},
    **{f"anchor removed: {name}": _blur(name) for name in ("chat_title", "message", "composer")},
    "binding dropped": _in_world("() => { globalThis.balcaoSend = () => {}; }"),
    "new rows in another markup": lambda subject: subject.tab.evaluate(_UNMARK),
    "observer detached": _in_world("() => globalThis.__observers.forEach((one) => one.disconnect())"),
    "page frozen": _in_page(_FREEZE),
    "tab crashed": _crash,
    "renderer out of memory": _in_page(_HOG),
    "network cut": lambda subject: subject.tab.context.set_offline(True),
    "offline bar": lambda subject: subject.standin.set_bar("offline"),  # type: ignore[union-attr]
    "logged out": lambda subject: subject.standin.set_screen("logging_out"),  # type: ignore[union-attr]
    "used elsewhere": lambda subject: subject.standin.set_screen("conflict"),  # type: ignore[union-attr]
    "screen lock": lambda subject: subject.standin.set_screen("screen_lock"),  # type: ignore[union-attr]
    "temporary ban": lambda subject: subject.standin.set_screen("temp_ban"),  # type: ignore[union-attr]
    "forced reload": lambda subject: subject.standin.set_forced_reload(True),  # type: ignore[union-attr]
    "chat list emptied": lambda subject: subject.standin.empty_chat_list(True),  # type: ignore[union-attr]
    "clock jump": _clock,
    "DOM generation switched": lambda subject: subject.standin.set_generation("2025"),  # type: ignore[union-attr]
}


async def _one(subject: Subject, name: str, inject: Inject) -> dict[str, Any]:
    await subject.at_work()
    pages = subject.pages
    started = time.monotonic()
    await inject(subject)
    if name in ("observer detached", "new rows in another markup"):  # It cannot be seen before something happens.
        await subject.standin.deliver(subject.scenario.chats[0].id, "alguém aí?")  # type: ignore[union-attr]
    noticed = await subject.until(lambda life: _is_noticed(life) or subject.is_opened_anew(pages), LONGEST_S)
    detected = None if noticed is None else round(time.monotonic() - started, 1)
    life = subject.life
    told = None if life is None else life.model_dump(mode="json", exclude_none=True, exclude_defaults=True)
    by_itself = name in (
        "binding dropped", "page frozen", "tab crashed", "renderer out of memory", "observer detached", "clock jump"
    )  # fmt: skip
    if not by_itself:
        await _undo(subject, name)
    back = await subject.until(_is_live, BACK_S)
    return {
        "fault": name,
        "detected_s": detected,
        "message": told,
        "recovered": back is not None,
        "by_itself": by_itself,
        "back_s": back,
        "opened_anew": subject.pages - pages,
    }


async def _undo(subject: Subject, name: str) -> None:
    """What a person or the network does to mend it."""
    assert subject.standin is not None
    if name == "network cut":
        await subject.tab.context.set_offline(False)
        return
    if name == "DOM generation switched":
        await subject.standin.set_generation("2026")
    await subject.tab.reload(wait_until="commit")
    await subject.standin.ready()
    if "screen" in name or name in ("logged out", "used elsewhere", "temporary ban"):
        await subject.standin.set_screen("ready")


async def idle_hour() -> dict[str, Any]:
    """A quiet page with an open chat, looked at as often as in an hour: how many verdicts were not "live"."""
    with tempfile.TemporaryDirectory() as name:
        async with open_browser(Path(name), executable=None, headless=True, language="pt-BR") as context:
            standin = await install(context, StandInOptions(scenario=load_named("pizzaria")))
            tab, bridge = context.pages[0], Bridge()
            await bridge.attach(tab, with_configuration(script_source(), pulse_ms=5_000 / FASTER))
            await tab.goto(ORIGIN, wait_until="commit")
            await standin.ready()
            started = time.monotonic()
            lifeline = Lifeline(lambda: started + (time.monotonic() - started) * FASTER, look_s=1 / FASTER)
            # The judge's clock runs ahead of the computer's, and that is no jump.
            lifeline._wall = lifeline._clock
            store = await open_store(":memory:")
            flow = Flow(
                State(session="idle", run="r"), WhatsAppPage(tab, bridge), ScriptedAnalyst(), store, Measurements(),
                lifeline=lifeline,
            )  # fmt: skip
            running = asyncio.create_task(flow.run())
            await Attendant(tab, standin).open_chat(load_named("pizzaria").chats[0].shown_title)
            await asyncio.sleep(5)
            seen, alarms, begun, at = lifeline.verdict, list[str](), bridge.received, time.monotonic()
            while time.monotonic() - at < IDLE_PULSES * 5 / FASTER:
                await asyncio.sleep(0.01)
                if lifeline.verdict != seen:
                    seen = lifeline.verdict
                    if seen is not None and _is_noticed(seen):
                        alarms.append(str(seen.reason))
            pulses = bridge.received - begun
            bridge.end()
            await asyncio.wait_for(running, 10)
            await store.close()
    return {"simulated_s": IDLE_PULSES * 5, "pulses": pulses, "false_alarms": len(alarms), "alarms": alarms}


async def blindness(only: str | None) -> dict[str, Any]:
    """All faults one after another on one agent, then the idle hour."""
    results = []
    with tempfile.TemporaryDirectory() as name:
        subject, over = Subject(Path(name), "pizzaria"), asyncio.Event()
        running = asyncio.create_task(subject.agent.run(over))
        try:
            for fault, inject in FAULTS.items():
                if only is None or only in fault:
                    results.append(await _one(subject, fault, inject))
                    print(json.dumps(results[-1], ensure_ascii=False), file=sys.stderr)
            sends = (await subject.standin.counters()).sends_by_agent if subject.standin and results else 0
        finally:
            over.set()
            await asyncio.wait({running}, timeout=30)
    idle = await idle_hour() if only in (None, "idle") else {"false_alarms": None}
    noticed = [one["detected_s"] for one in results if one["detected_s"] is not None]
    return {
        "faults": len(results),
        "noticed": len(noticed),
        "worst_detected_s": max(noticed, default=None) if len(noticed) == len(results) else None,
        "recovered": sum(one["recovered"] for one in results),
        "false_alarms": idle["false_alarms"],
        "sends_by_agent": sends,
        "idle": idle,
        "table": results,
    }


def main(arguments: Sequence[str]) -> int:
    """Print the figures as JSON, and write them to a file when one is named."""
    parser = argparse.ArgumentParser(prog="scripts/bench blindness", description=__doc__)
    parser.add_argument("--json", nargs="?", type=Path, help="write the figures to this file, too")
    parser.add_argument("--only", help="faults with this in their name; 'idle' for the idle hour alone")
    given = parser.parse_args(arguments)
    figures = asyncio.run(blindness(given.only))
    text = json.dumps(figures, indent=2, ensure_ascii=False)
    print(text)
    if given.json is not None:
        given.json.write_text(text + "\n", "utf-8")
    good = figures["noticed"] == figures["faults"] and not figures["false_alarms"] and not figures["sends_by_agent"]
    return int(not good)
