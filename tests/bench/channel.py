"""The channel alone: recorded frames pushed out of the page as fast as it can, against the bare binding."""

import asyncio
import json
import time
from pathlib import Path
from typing import Any

from playwright.async_api import BrowserContext, Page

from agent.contract.stored import RowBatch, SavedBatch
from agent.core.state import State
from agent.flow import Flow
from agent.page.bridge import WORLD, Bridge, with_configuration
from agent.page.script import script_source
from agent.page.session import WhatsAppPage
from agent.storage.opening import open_store
from agent.telemetry.measurements import Measurements
from tests.bench.committed import on_commit
from tests.test_flow import ScriptedAnalyst

_KEEP = "(texts) => { globalThis.__bodies = texts.map((text) => JSON.parse(text)); globalThis.__texts = texts; }"

# What userscript/src/bridge.ts does with each frame.
_REAL = """(count, first) => {
  for (let n = 0; n < count; n++) {
    const at_ms = performance.timeOrigin + performance.now();
    balcaoSend(JSON.stringify({ ...globalThis.__bodies[n % globalThis.__bodies.length], v: 1, seq: first + n, at_ms }));
  }
}"""
_BARE = "(count) => { for (let n = 0; n < count; n++) bareSend(globalThis.__texts[n % globalThis.__texts.length]); }"


class Channel:
    """A blank tab with the userscript in it, which watches nothing, and two bindings in its isolated world."""

    def __init__(self, tab: Page, bridge: Bridge) -> None:
        self._tab = tab
        self.bridge = bridge
        self._bare = 0
        self._wanted = 0
        self._bare_done = asyncio.Event()
        self._sent = 0

    @classmethod
    async def open(cls, context: BrowserContext, frames: list[str]) -> "Channel":
        """``frames``: JSON texts that are sent again and again."""
        tab, bridge = await context.new_page(), Bridge(room=1_000_000)
        await bridge.attach(tab, with_configuration(script_source(), watch=False))
        channel = cls(tab, bridge)
        cdp = await context.new_cdp_session(tab)
        cdp.on("Runtime.bindingCalled", channel._called)
        await cdp.send("Runtime.enable")
        await cdp.send("Runtime.addBinding", {"name": "bareSend", "executionContextName": WORLD})
        await tab.goto("data:text/html,<title>channel</title>")
        await bridge.call(_KEEP, frames)
        return channel

    def _called(self, event: dict[str, Any]) -> None:
        json.loads(event["payload"])
        self._bare += 1
        if self._bare == self._wanted:
            self._bare_done.set()

    async def bare(self, count: int) -> float:
        """Frames a second through the bare binding into Python, where they become dicts and no more."""
        self._bare, self._wanted = 0, count
        self._bare_done.clear()
        started = time.perf_counter()
        asked = asyncio.ensure_future(self.bridge.call(_BARE, count))
        await self._bare_done.wait()
        took = time.perf_counter() - started
        await asked
        return count / took

    async def real(self, count: int) -> float:
        """Frames a second through the agent's own way: numbered and written in the page, parsed, in order, queued."""
        frames = self.bridge.frames()
        started = time.perf_counter()
        asked = asyncio.ensure_future(self.push(count))
        for _ in range(count):
            if await anext(frames) is None:
                raise RuntimeError(f"frames were lost: {self.bridge.last_error}")
        took = time.perf_counter() - started
        await asked
        await frames.aclose()
        return count / took

    async def push(self, count: int) -> None:
        """Send the next ``count`` frames."""
        first, self._sent = self._sent + 1, self._sent + count
        await self.bridge.call(_REAL, count, first)

    async def close(self) -> None:
        """Close the tab."""
        await self._tab.close()


async def compare(context: BrowserContext, frames: list[str], count: int, rounds: int) -> dict[str, Any]:
    """Both ways in turns, ``rounds`` times; the medians, and each round's ratio."""
    channel = await Channel.open(context, frames)
    await channel.bare(count // 4)
    await channel.real(count // 4)
    bare, real = [], []
    for _ in range(rounds):
        bare.append(await channel.bare(count))
        real.append(await channel.real(count))
    await channel.close()
    return {
        "frames_per_s": round(_median(real)),
        "bare_binding_frames_per_s": round(_median(bare)),
        "capture_over_bare": round(_median([r / b for r, b in zip(real, bare, strict=True)]), 2),
        "capture_over_bare_rounds": [round(r / b, 2) for r, b in zip(real, bare, strict=True)],
        "frame_bytes": round(sum(map(len, frames)) / len(frames)),
    }


async def stored_rate(context: BrowserContext, frames: list[str], file: Path, key: str) -> float:
    """Frames a second until their rows are committed: the channel, the flow, the analyst and the database together."""
    channel, store = await Channel.open(context, frames), await open_store(file, key)
    flow = Flow(
        State(session="flood", run="r"), WhatsAppPage(channel._tab, channel.bridge), ScriptedAnalyst(), store,
        Measurements(), room=1_000_000,
    )  # fmt: skip
    left, done = len(frames), asyncio.Event()

    def counted(batch: RowBatch, _: SavedBatch) -> None:
        nonlocal left
        left -= len(batch.changes)
        if left <= 0:
            done.set()

    on_commit(store, counted)
    running = asyncio.create_task(flow.run())
    started = time.perf_counter()
    await channel.push(len(frames))
    await asyncio.wait_for(done.wait(), 30)  # Later the flow would take the page, which gives no pulse, for dead.
    took = time.perf_counter() - started
    channel.bridge.end()
    await asyncio.wait_for(running, 20)
    await store.close()
    await channel.close()
    return len(frames) / took


def _median(values: list[float]) -> float:
    return sorted(values)[len(values) // 2]
