"""The card beside the conversation: how soon it is painted, what it takes from the page, whether it grows in a day.

``card_paint_ms``: from the moment at which an offer arrives in the page to the frame after it was drawn. The yardstick
is ``frame_ms``: nothing is drawn at all, and the same is waited for.

``input_lag_added_ms``: from a key in WhatsApp's own box to the next frame, while a draft streams into the card, less
the same in a page without Balcão, in turns. ``layout_shift``: what moved in the page while cards, drafts, notices and
panels came and went, as the browser counts it, after the card took its room; ``layout_shift_in_card``: in the card.

``heap_growth_kb_per_hour``: a day of eight hours in which 500 chats are opened, with offers, drafts, notices, panels:
the heap after collecting garbage, from the first quarter to the last, less the same in a page without Balcão.
"""

import argparse
import asyncio
import gzip
import json
import random
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from playwright.async_api import BrowserContext, Page

from agent.contract.commands import AnyCommand, ClearCommand, NoticeCommand
from agent.page.bridge import Bridge
from agent.page.browser import open_browser
from agent.page.script import script_source
from agent.telemetry.measurements import quantile
from simulator.options import StandInOptions
from simulator.serve import install
from simulator.standin import StandIn
from tests.page import telling
from tests.page.desk import ANA, KEEP_ROOT, Desk, chat
from tests.page.states import liking, status, token_of

HOURS = 8.0
QUARTERS = 4
STEP_S = 0.08
"""As often as the agent repaints a draft."""

DRAFT = " ".join(f"Palavra {n} do rascunho que o modelo escreve." for n in range(40))

PAINTED = """(function () { return new Promise((done) => requestAnimationFrame(() => {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => done(performance.now());
  port2.postMessage(null);
})); })()"""
SHOW = f"""async (json) => {{
  const began = performance.now();
  if (json) void balcao.command(json);
  return (await {PAINTED}) - began;
}}"""
SHOW_ALL = f"async (all) => {{ for (const json of all) {{ void balcao.command(json); await {PAINTED}; }} }}"
LISTEN = f"""() => {{
  globalThis.__lags = [];
  addEventListener("keydown", async (event) => __lags.push((await {PAINTED}) - event.timeStamp), true);
}}"""
SHIFTS = """() => {
  globalThis.__shifts = { page: 0, card: 0, sources: [] };
  new PerformanceObserver((list) => {
    for (const { value, sources } of list.getEntries()) {
      const theirs = sources.filter(({ node }) => node && document.querySelector("#app")?.contains(node));
      __shifts[theirs.length > 0 ? "page" : "card"] += value;
      __shifts.sources.push(...theirs.map(({ node }) => node.nodeName));
    }
  }).observe({ type: "layout-shift" });
}"""


class Bare:
    """A page without Balcão: the yardstick."""

    def __init__(self, standin: StandIn, tab: Page) -> None:
        self.standin, self.tab = standin, tab


async def opened(context: BrowserContext, count: int, *, script: bool) -> Desk | Bare:
    """A tab with so many chats, the first of them open, with or without the script."""
    seeds = (chat("ana", ANA), *(chat(f"c{n}", f"Cliente {n:03}") for n in range(count)))
    standin = await install(context, StandInOptions(lateness=0, chats=seeds))
    tab, bridge = await context.new_page(), Bridge(room=1_000_000)
    if script:
        await bridge.attach(tab, KEEP_ROOT + script_source())
    await standin.open(tab)
    await tab.locator("#pane-side").wait_for()
    if not script:
        await tab.locator(f'#pane-side span[title*="{ANA}"]').first.click()
        return Bare(standin, tab)
    desk = Desk(standin, tab, bridge)
    await desk.until("hello")
    for command in (status(), liking()):
        await bridge.tell(command)
    await desk.open_chat(ANA)
    return desk


async def card_paint(desk: Desk, count: int, dice: random.Random) -> dict[str, Any]:
    """Cards of every length, at any moment between two frames; and the bare frame."""
    token, cards, frames = token_of(desk), list[float](), list[float]()
    for number in range(count):
        words = (telling.USUAL, telling.LONG)[number % 2]
        make = (telling.offer, telling.awaiting)[number // 2 % 2]
        offer = make(token, words, offer_id=f"paint{number}")
        await asyncio.sleep(dice.uniform(0, 0.05))
        cards.append(await desk.bridge.call(SHOW, offer.model_dump_json()))
        await asyncio.sleep(dice.uniform(0, 0.05))
        frames.append(await desk.bridge.call(SHOW, ""))
    return {"card_paint_ms": _spread(cards), "frame_ms": _spread(frames)}


async def streamed(desk: Desk, over: asyncio.Event) -> None:
    """Drafts grow in the card, one after the other, until it is over."""
    number = 0
    while not over.is_set():
        number += 1
        name = f"stream{number}"
        await desk.bridge.tell(telling.awaiting(token_of(desk), offer_id=name))
        for end in range(40, len(DRAFT), 40):
            if over.is_set():
                return
            words = telling.Words("Qwen3", DRAFT[:end], "")
            await desk.bridge.tell(telling.draft(words, offer_id=name))
            await asyncio.sleep(STEP_S)


async def typed(tab: Page, keys: int, dice: random.Random) -> list[float]:
    """A person types in WhatsApp's box; how long each key took to the next frame, in milliseconds."""
    await tab.bring_to_front()
    await tab.locator("#main footer [contenteditable=true]").click()
    await tab.evaluate("() => { __lags.length = 0; }")
    for _ in range(keys):
        await tab.keyboard.press(dice.choice("abcdefghijklmnopqrstuvwxyz"))
        await asyncio.sleep(dice.uniform(0.01, 0.05))
    await tab.keyboard.press("Control+a")
    await tab.keyboard.press("Backspace")
    lags: list[float] = await tab.evaluate("() => __lags")
    return lags[:keys]


async def input_lag(desk: Desk, bare: Page, rounds: int, keys: int, dice: random.Random) -> dict[str, Any]:
    """In turns: a page without Balcão, the card at rest, the card while a draft streams."""
    lags: dict[str, list[float]] = {"bare": [], "quiet": [], "streaming": []}
    for tab in (desk.tab, bare):
        await tab.evaluate(LISTEN)
    for _ in range(rounds):
        lags["bare"] += await typed(bare, keys, dice)
        lags["quiet"] += await typed(desk.tab, keys, dice)
        over = asyncio.Event()
        stream = asyncio.create_task(streamed(desk, over))
        lags["streaming"] += await typed(desk.tab, keys, dice)
        over.set()
        await stream
    spread = {name: _spread(values) for name, values in lags.items()}
    added = {name: round(spread["streaming"][name] - spread["bare"][name], 1) for name in ("p50", "p95")}
    return {"input_lag_added_ms": added, "input_lag_ms": spread}


async def layout_shift(desk: Desk, count: int) -> dict[str, Any]:
    """All that comes and goes in the card while one chat is open."""
    token = token_of(desk)
    await desk.tab.evaluate(SHIFTS)
    for number in range(count):
        words = (telling.USUAL, telling.LONG)[number % 2]
        await desk.bridge.call(SHOW_ALL, [one.model_dump_json() for one in _chat_of(token, f"shift{number}", words)])
    shifts: dict[str, Any] = await desk.tab.evaluate("() => __shifts")
    return {"layout_shift": round(shifts["page"], 4), "layout_shift_in_card": round(shifts["card"], 4)}


def _chat_of(token: int, name: str, words: telling.Words) -> list[AnyCommand]:
    """What is told of a chat in its time, to the end of its card."""
    drafts = [telling.Words("Qwen3", words.text[:end], "") for end in range(20, 200, 20)]
    return [
        telling.record(token, words), telling.awaiting(token, words, offer_id=name),
        *(telling.draft(one, offer_id=name) for one in drafts), telling.draft(words, "done", offer_id=name),
        telling.customer(token, words), telling.queue(words), telling.care(token, words), telling.replies(words),
        NoticeCommand(code="inserted"), telling.offer(token, words, offer_id=f"{name}b"), ClearCommand(),
    ]  # fmt: skip


async def day(context: BrowserContext, chats: int, *, script: bool) -> list[dict[str, float]]:
    """Open all chats one after the other; what the heap held at the end of each quarter, in kilobytes."""
    desk = await opened(context, chats, script=script)
    cdp = await context.new_cdp_session(desk.tab)
    held = []
    for number in range(chats):
        await desk.standin._call("openChat", f"c{number}")
        if isinstance(desk, Desk):
            await _shown(desk, f"Cliente {number:03}")
            told = _chat_of(token_of(desk), f"day{number}", (telling.USUAL, telling.LONG)[number % 2])
            await desk.bridge.call(SHOW_ALL, [command.model_dump_json() for command in told])
            if number % 5 == 0:
                await _looks_into_the_tabs(desk)
        else:
            await desk.tab.evaluate(f"() => {PAINTED}")
        if (number + 1) % (chats // QUARTERS) == 0:
            await cdp.send("HeapProfiler.collectGarbage")
            usage = await cdp.send("Runtime.getHeapUsage")
            nodes = (await cdp.send("Memory.getDOMCounters"))["nodes"]
            held.append({"kb": usage["usedSize"] / 1000, "nodes": nodes})
    if isinstance(desk, Desk):
        await desk.close()
    await desk.tab.close()
    return held


async def _shown(desk: Desk, title: str) -> None:
    while not (frames := desk.of("chat")) or frames[-1].chat is None or frames[-1].chat.title != title:
        await desk.until("chat", len(frames) + 1)


async def _looks_into_the_tabs(desk: Desk) -> None:
    """The person goes through the tabs."""
    places: list[list[float]] = await desk.card(
        "root => [...root.querySelectorAll('[role=tab]')].map((tab) => tab.getBoundingClientRect())"
        ".map((box) => [box.left + box.width / 2, box.top + box.height / 2])"
    )
    for x, y in [*places[1:], *places[:1]]:
        await desk.tab.mouse.click(x, y)


async def measure(samples: int, keys: int, chats: int, seed: int) -> dict[str, Any]:
    """Everything, in one browser. Times in milliseconds, sizes in kilobytes of 1,000 bytes."""
    dice = random.Random(seed)  # noqa: S311 (moments, not secrets)
    figures: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as folder:
        async with open_browser(Path(folder) / "browser", headless=True) as context:
            desk, bare = await opened(context, 30, script=True), await opened(context, 30, script=False)
            assert isinstance(desk, Desk)
            await desk.tab.bring_to_front()  # A tab behind another one draws once a second.
            figures |= await card_paint(desk, samples, dice)
            figures |= await input_lag(desk, bare.tab, 4, keys, dice)
            await desk.tab.bring_to_front()
            figures |= await layout_shift(desk, 20)
            await desk.close()
            for tab in (desk.tab, bare.tab):
                await tab.close()
            with_card = await day(context, chats, script=True)
            without = await day(context, chats, script=False)
    figures["bundle_kb"] = round(len(gzip.compress(script_source().encode(), 9, mtime=0)) / 1000, 1)
    per_hour = {name: round(_slope(held), 1) for name, held in (("with", with_card), ("bare", without))}
    figures["heap_growth_kb_per_hour"] = round(per_hour["with"] - per_hour["bare"], 1)
    figures["heap"] = {"per_hour_kb": per_hour, "quarters": with_card, "quarters_bare": without, "chats": chats}
    return figures


def _slope(held: list[dict[str, float]]) -> float:
    return (held[-1]["kb"] - held[0]["kb"]) / (HOURS * (QUARTERS - 1) / QUARTERS)


def _spread(values: list[float]) -> dict[str, float]:
    return {"p50": quantile(values, 0.5) or 0.0, "p95": quantile(values, 0.95) or 0.0, "samples": len(values)}


def main(arguments: Sequence[str]) -> int:
    """Print the figures as JSON, and write them to a file when one is named."""
    parser = argparse.ArgumentParser(prog="scripts/bench overlay", description=__doc__)
    parser.add_argument("--json", nargs="?", type=Path, help="write the figures to this file, too")
    parser.add_argument("--samples", type=int, default=200, help="cards that are painted")
    parser.add_argument("--keys", type=int, default=100, help="keys that are typed in each round")
    parser.add_argument("--chats", type=int, default=500, help="chats of the day")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args(arguments)
    text = json.dumps(asyncio.run(measure(given.samples, given.keys, given.chats, given.seed)), indent=2)
    print(text)
    if given.json is not None:
        given.json.write_text(text + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
