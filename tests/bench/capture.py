"""From a message's row on the page to the database: how fast, how many frames a second, and is anything lost.

``capture_ms``: from the moment at which the page's own renderer put the row into the document to the moment at which
the transaction with it has been committed, for messages that came into the open chat at 20 a second. ``opened_ms`` is
the same for rows that came with the opening of a chat or by scrolling, a screen full at a time.

``frames_per_s``: rows frames of this run (their texts, one change and the ids of all rows on the page), sent again
from the same isolated world: given their number and written as JSON there, through the agent's binding, parsed into
the contract's models, checked for gaps, queued, and taken out as the flow does. ``bare_binding_frames_per_s``: the same
texts, already written, through a bare binding of that world, and ``json.loads``. ``stored_frames_per_s`` goes on to the
committed row.

``cpu_ms_per_message``: processor time, which says more than the clock on a machine that is shared: of this process (the
agent with a scripted analyst, and what the measuring itself takes), and of the browser with the stand-in page in it and
Playwright's driver.
"""

import argparse
import asyncio
import json
import secrets
import sys
import tempfile
import time
from collections.abc import AsyncGenerator, Sequence
from contextlib import suppress
from itertools import pairwise
from pathlib import Path
from typing import Any

import psutil
from playwright.async_api import BrowserContext, Page

from agent.contract.frames import AnyFrame
from agent.contract.rows import Change, Kind
from agent.contract.stored import RowBatch, SavedBatch, StoredMessage
from agent.core.state import State
from agent.flow import Flow
from agent.page.bridge import Bridge, with_configuration
from agent.page.browser import open_browser
from agent.page.script import script_source
from agent.page.session import WhatsAppPage
from agent.storage.opening import open_store
from agent.storage.store import SqlStore
from agent.telemetry.measurements import Measurements, quantile
from simulator.attendant import Attendant
from simulator.options import StandInOptions
from simulator.serve import install
from simulator.standin import ORIGIN, StandIn
from simulator.world import ShownChat, ShownMessage
from tests.bench.channel import compare, stored_rate
from tests.bench.committed import on_commit
from tests.bench.traffic import BURST, Traffic, play, played
from tests.test_flow import ScriptedAnalyst

PER_S = 20.0
KEPT_FRAMES = 1_000
"""Rows frames that are kept to be sent again."""

FLOOD, ROUNDS = 2_000, 5
PROMPT_MS = 1_000.0
"""A row that was put into the document later than this after its message came did not come live."""

SCROLLS_EACH = 3
"""In every third burst the attendant scrolls up and back."""

_BELOW = """() => {
  const box = document.querySelector("[data-scrolltracepolicy='wa.web.conversation.messages']");
  return box ? box.scrollHeight - box.clientHeight - box.scrollTop : 0;
}"""


class Recording(Bridge):
    """The agent's bridge, which notes when each new row was sent and taken, and keeps the frames' texts."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.sent: dict[str, tuple[float, float]] = {}
        """Message id -> when its frame was written in the page and when it was handed to the flow; epoch ms."""

    def _called(self, event: dict[str, Any]) -> None:
        if len(self.texts) < KEPT_FRAMES and '"kind":"rows"' in event["payload"][:200]:
            self.texts.append(event["payload"])
        super()._called(event)

    async def frames(self) -> AsyncGenerator[AnyFrame | None]:
        """See ``Bridge``."""
        async for frame in super().frames():
            if frame is not None and frame.kind == "rows":
                for change in frame.changes:
                    self.sent.setdefault(change.row.id, (frame.at_ms, time.time() * 1000))
            yield frame


class Run:
    """One run of the traffic over the whole agent but for the model."""

    def __init__(self, page: Page, standin: StandIn, flow: Flow, store: SqlStore, bridge: Recording) -> None:
        self.page, self.standin, self.flow, self.store, self.bridge = page, standin, flow, store, bridge
        self.attendant = Attendant(page, standin)
        self.traffic = Traffic()
        self.stored: dict[str, float] = {}
        self.opened: list[tuple[float, float, str]] = []
        """From, until (epoch ms) and id of the chat that was open."""
        on_commit(store, self._noted)

    def _noted(self, _: RowBatch, saved: SavedBatch) -> None:
        at = time.time() * 1000
        for message in saved.inserted:
            self.stored[message.wa_id] = at

    async def whole(self, messages: int) -> dict[str, Any]:
        """The traffic, then a look into every chat. How fast it was, what it cost, what was stored by then."""
        before = _spent(), time.process_time()
        seconds = await self.traffic_of(messages)
        after, written = (_spent(), time.process_time()), self.traffic.written
        browser, agent = (1000 * (b - a) / written for a, b in zip(before, after, strict=True))
        figures: dict[str, Any] = {
            "messages_per_s": round(written / seconds, 1),
            "cpu_ms_per_message": {"agent": round(agent, 1), "browser": round(browser, 1)},
            "load_average": round(psutil.getloadavg()[0], 1),
            "stored_before_the_last_look": len(self.stored),
        }
        await self.at_the_end()
        while (await self.store.counts()).unfinished:
            await asyncio.sleep(0.1)
        return figures

    async def traffic_of(self, messages: int, per_s: float = PER_S) -> float:
        """Play them; returns how many seconds it took."""
        clock = asyncio.get_running_loop().time
        started, burst, due = clock(), 0, clock()
        while self.traffic.written < messages:
            opened = burst % self.traffic.chats
            count = min(BURST, messages - self.traffic.written)
            await play(self.page, self.traffic.burst(opened, count, 1000 / per_s))
            # The chat is changed while messages come for the one that is left and for the one that is opened.
            await self._open(opened)
            if burst % SCROLLS_EACH == 1:
                await self._scroll()
            burst += 1
            due = max(due + count / per_s, clock())
            await asyncio.sleep(due - clock())
            # Where the page is too slow for this pace the pace gives way, not the page: ``messages_per_s`` tells.
            await played(self.page)
            if burst % 10 == 0:
                print(f"{self.traffic.written} written, {len(self.stored)} stored", file=sys.stderr, flush=True)
        self._closed()
        await asyncio.sleep(1)
        return clock() - started

    async def _open(self, chat: int) -> None:
        self._closed()
        for patience in reversed(range(5)):
            try:
                await self.attendant.open_chat(self.traffic.title(chat))
                break
            except LookupError:  # The page had no time to answer the mouse.
                if not patience:
                    raise
        self.opened.append((time.time() * 1000, float("inf"), f"chat-{chat}"))

    def _closed(self) -> None:
        if self.opened:
            since, _, chat = self.opened[-1]
            self.opened[-1] = (since, time.time() * 1000, chat)

    async def _scroll(self) -> None:
        await asyncio.sleep(1.5)
        await self.page.mouse.move(800, 400)
        for _ in range(4):
            await self.page.mouse.wheel(0, -1500)
            await asyncio.sleep(0.15)
        await self.to_bottom()

    async def to_bottom(self) -> None:
        """The attendant scrolls down to the newest message."""
        for _ in range(40):
            await self.page.mouse.wheel(0, 4000)
            await asyncio.sleep(0.1)
            if await self.page.evaluate(_BELOW) < 24:
                return

    async def at_the_end(self) -> None:
        """The attendant looks into every chat, up to the first message that is not stored yet."""
        for chat in (await self.standin.snapshot()).chats:
            await self._open(int(chat.id.removeprefix("chat-")))
            await self._still()
            await self.page.mouse.move(800, 400)
            for _ in range(80):
                if not _missing(chat, self.stored):
                    break
                await self.page.mouse.wheel(0, -2000)
                await self._still(0.3)
        await self._still(1.5)

    async def _still(self, seconds: float = 1.0) -> None:
        """Until nothing has been stored for a while."""
        seen, since = -1, time.monotonic()
        while time.monotonic() - since < seconds:
            if (now := self.bridge.received) != seen:
                seen, since = now, time.monotonic()
            await asyncio.sleep(0.05)

    def times(self, insertions: dict[str, list[float]], came: dict[str, tuple[str, float]]) -> dict[str, Any]:
        """The figures in milliseconds; ``came``: chat and moment of each message."""
        live, others = list[float](), list[float]()
        steps: tuple[list[float], ...] = ([], [], [])
        for wa_id, (chat, at) in came.items():
            if wa_id not in self.stored or wa_id not in insertions:
                continue
            row = insertions[wa_id][0]
            ms = self.stored[wa_id] - row
            if row - at > PROMPT_MS or not any(c == chat and a <= at <= b for a, b, c in self.opened):
                others.append(ms)
                continue
            live.append(ms)
            written, taken = self.bridge.sent.get(wa_id, (row, row))
            for step, took in zip(steps, (written - row, taken - written, self.stored[wa_id] - taken), strict=True):
                step.append(took)
        names = ("row_to_frame_ms", "frame_to_flow_ms", "flow_to_stored_ms")
        return {
            "capture_ms": _told(live),
            "capture_steps": {name: _told(step) for name, step in zip(names, steps, strict=True)},
            "opened_ms": _told(others),
        }


def _spent() -> float:
    """Processor seconds of the browser so far."""
    spent = 0.0
    for process in psutil.Process().children(recursive=True):
        with suppress(psutil.Error):
            spent += sum(process.cpu_times()[:2])
    return spent


def _missing(chat: ShownChat, stored: dict[str, float]) -> int:
    return sum(m.id not in stored for m in chat.messages if m.direction != "none")


def _told(ms: list[float]) -> dict[str, Any]:
    worst = round(max(ms), 1) if ms else None
    return {"p50": quantile(ms, 0.5), "p95": quantile(ms, 0.95), "worst": worst, "samples": len(ms)}


def _against_the_truth(chats: Sequence[ShownChat], stored: dict[int, list[StoredMessage]]) -> dict[str, Any]:
    """What the page's own model says against what the database says."""
    truth = {m.id: (chat, m) for chat in chats for m in chat.messages if m.direction != "none"}
    kept = [m for messages in stored.values() for m in messages]
    by_id = {m.wa_id: m for m in kept}
    wrong, stale = 0, 0
    for wa_id, message in by_id.items():
        if wa_id not in truth:
            continue
        chat, shown = truth[wa_id]
        wrong += message.chat_title != chat.title or message.direction.value != shown.direction
        if shown.kind == "deleted":
            stale += message.kind is not Kind.DELETED
        elif shown.kind == "text":
            stale += message.text != shown.text
    order = 0
    for chat in chats:
        places = {m.id: n for n, m in enumerate(chat.messages)}
        here = next((ms for ms in stored.values() if ms and ms[0].chat_title == chat.title), [])
        row = [places[m.wa_id] for m in here if m.wa_id in places]
        order += sum(a > b for a, b in pairwise(row))
    return {
        "lost": len(truth.keys() - by_id.keys()),
        "duplicated": len(kept) - len(by_id) + len(by_id.keys() - truth.keys()),
        "wrong_chat_or_direction": wrong,
        "changes_missed": stale,
        "out_of_order": order,
    }


async def _run(context: BrowserContext, folder: Path, messages: int) -> tuple[dict[str, Any], list[str]]:
    traffic = Traffic()
    standin = await install(context, StandInOptions(chats=tuple(traffic.seeds())))
    page, bridge = context.pages[0], Recording()
    await bridge.attach(page, with_configuration(script_source(), lang="pt-BR"))
    await page.goto(ORIGIN, wait_until="commit")
    await standin.ready()
    store = await open_store(folder / "data.db", secrets.token_hex(32))
    flow = Flow(State(session="bench", run="r"), WhatsAppPage(page, bridge), ScriptedAnalyst(), store, Measurements())
    run = Run(page, standin, flow, store, bridge)
    running, whole = asyncio.create_task(flow.run()), asyncio.create_task(run.whole(messages))
    try:
        await asyncio.wait({running, whole}, return_when=asyncio.FIRST_COMPLETED)
        if not whole.done():
            await running  # It should not end before the page does: it raises why.
            raise RuntimeError("the flow ended in the middle of the run")
        snapshot, insertions, counters = await standin.snapshot(), await standin.insertions(), await standin.counters()
        stored = {n: await store.recent(n, 1_000_000) for n in range(1, (await store.counts()).conversations + 1)}
    finally:
        whole.cancel()
        bridge.end()
        await asyncio.wait({running}, timeout=20)
        await store.close()
    came = {m.id: (chat.id, m.at) for chat in snapshot.chats for m in chat.messages if _is_of_the_run(m)}
    figures = {
        "messages": len(came),
        **whole.result(),
        **run.times(insertions, came),
        **_against_the_truth(snapshot.chats, stored),
        "frames_unreadable": bridge.unreadable,
        "frames_dropped": bridge.dropped,
        "sends": counters.sends,
        "read_receipts_by_agent": counters.read_receipts_by_agent,
    }
    return figures, [text for text in bridge.texts if _has_one_new(text)]


def _is_of_the_run(message: ShownMessage) -> bool:
    return message.id.startswith("3A") and message.direction != "none"


def _has_one_new(text: str) -> bool:
    changes = json.loads(text)["changes"]
    return len(changes) == 1 and changes[0]["change"] == Change.NEW.value


async def capture(messages: int, rounds: int) -> dict[str, Any]:
    """The run, then its own frames in a flood."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        async with open_browser(folder / "browser", executable=None, headless=True, language="pt-BR") as context:
            figures, frames = await _run(context, folder, messages)
            print(f"{len(frames)} frames to send again", file=sys.stderr, flush=True)
            flood = await compare(context, frames, FLOOD, rounds)
            rate = await stored_rate(context, frames[:500], folder / "flood.db", secrets.token_hex(32))
    return {**flood, "stored_frames_per_s": round(rate), **figures}


def main(arguments: Sequence[str]) -> int:
    """Print the figures as JSON, and write them to a file when one is named; exit 1 when anything was lost or sent."""
    parser = argparse.ArgumentParser(prog="scripts/bench capture", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--json", nargs="?", type=Path, help="write the figures to this file, too")
    parser.add_argument("--messages", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="how often the two channels are compared")
    given = parser.parse_args(arguments)
    figures = asyncio.run(capture(given.messages, given.rounds))
    text = json.dumps(figures, indent=2)
    print(text)
    if given.json is not None:
        given.json.write_text(text + "\n", "utf-8")
    return int(bool(figures["lost"] or figures["duplicated"] or figures["sends"]))
