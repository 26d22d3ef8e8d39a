"""Texts that want to be more than texts, in every place of the card where somebody's words can stand."""

import json
from pathlib import Path
from typing import Any

import pytest

from agent.contract.commands import AnyCommand
from tests.page import telling
from tests.page.desk import ANA, Desk
from tests.page.states import liking, place_of, status, token_of
from tests.page.telling import Words

pytestmark = pytest.mark.browser

FAULTS = (Path(__file__).parent / "faults.js").read_text("utf-8")
MARK = "¤"
"""Stands in every hostile text, so that it is found again wherever it is shown."""

TOWER = "".join(chr(0x300 + n) for n in range(80))
FAMILY = "👩🏽‍❤️‍💋‍👨🏿👨‍👩‍👧‍👦🏴󠁧󠁢󠁥󠁮󠁧󠁿"

HOSTILE = {
    "html": "<img src=x onerror=\"document.title='¤'\"><script>document.title='¤'</script><b>¤</b></div>&lt;b&gt;",
    "links": "¤ javascript:document.title='¤' data:text/html,<script>1</script> https://¤.example/%00 [x](ftp:1)",
    "templates": "¤ {nome} {{7*7}} ${7*7} #{7*7} <%= 7*7 %> \\u003cb\\u003e {__proto__} {constructor}",
    "bidi": "\u202e¤ ofni.elpmaxe\u2066\u2067\u2068 abc \u202d\u202b الطلب \u200f\u061c fim",
    "towers": "".join(f"{letter}{TOWER}" for letter in "¤Zalgo chegou"),
    "emoji": f"¤{FAMILY}" * 40,
    "joiners": "¤\u200d\u200b\u2060\ufeff\u00ad\u034f\u115f\u3164\ufe0f" * 60,
    "control": "¤"
    + "".join(map(chr, range(1, 32)))
    + "".join(map(chr, range(0x7F, 0xA0)))
    + "\u2028\u2029\ufffc\ufffe",
    "one long word": "¤" + "W" * 3_000,
    "many lines": "¤\n" * 800,
    "sixty thousand": "¤" + "palavra comprida " * 3_530,
    "sixty thousand without a space": "¤" + "a" * 60_000,
}

HANGS_S = 10
"""Of the processor: a text that is read once takes a slow computer a second; read once a letter, minutes."""


async def prepared(desk: Desk) -> int:
    await desk.bridge.tell(status())
    await desk.bridge.tell(liking())
    return await desk.open_chat(ANA)


async def faults(desk: Desk) -> list[str]:
    """What the words did to the card, by the rules of ``faults.js``."""
    found: list[str] = await desk.card(FAULTS, MARK)
    return found


async def frame_of(desk: Desk) -> dict[str, Any]:
    """Where the parts stand that no text may move."""
    places: dict[str, Any] = await desk.card(
        """root => Object.fromEntries([".card", ".head", ".tabs", ".foot"].map((css) => {
          const box = root.querySelector(css)?.getBoundingClientRect();
          return [css, box ? [box.left, box.top, box.width, box.height].map(Math.round) : null];
        }))"""
    )
    return places


@pytest.mark.parametrize("desk", ["2026"], indirect=True)
@pytest.mark.parametrize("kind", HOSTILE)
async def test_shown_harmlessly_in_every_place(desk: Desk, kind: str) -> None:
    words = Words(HOSTILE[kind], HOSTILE[kind], HOSTILE[kind])
    title = await desk.tab.title()
    token = await prepared(desk)
    before = await frame_of(desk)
    width = await desk.tab.evaluate("() => document.documentElement.scrollWidth")
    for command in telling.everything(token, words):
        took = await working(desk, command)
        assert took < HANGS_S, f"{command.kind} took {took} s"
    found = {}
    for name in await desk.card("root => [...root.querySelectorAll('[role=tab]')].map((tab) => tab.dataset.tab)"):
        await desk.tab.mouse.click(*await place_of(desk, f"[data-tab={name}]"))
        found[name] = await faults(desk)
        assert await frame_of(desk) == before, f"{name}: something was moved"
    assert {name: wrong for name, wrong in found.items() if wrong} == {}
    assert await desk.tab.evaluate("() => document.documentElement.scrollWidth") == width
    assert await desk.tab.title() == title, "a script of the text ran"


SHOWN = """async (json) => {
  await globalThis.balcao.command(json);
  await new Promise((done) => requestAnimationFrame(() => { const { port1, port2 } = new MessageChannel();
    port1.onmessage = done; port2.postMessage(null); }));
}"""


async def working(desk: Desk, command: AnyCommand) -> float:
    """Seconds of the processor until it is painted: the clock would tell of the other programs too."""
    cdp = await desk.tab.context.new_cdp_session(desk.tab)
    await cdp.send("Performance.enable", {"timeDomain": "threadTicks"})

    async def passed() -> float:
        metrics = (await cdp.send("Performance.getMetrics"))["metrics"]
        return next(float(one["value"]) for one in metrics if one["name"] == "TaskDuration")

    before = await passed()
    await desk.bridge.call(SHOWN, command.model_dump_json())
    took = await passed() - before
    await cdp.detach()
    return took


@pytest.mark.parametrize("desk", ["2026"], indirect=True)
@pytest.mark.parametrize("kind", HOSTILE)
async def test_a_draft_of_it_moves_nothing(desk: Desk, kind: str) -> None:
    token = await prepared(desk)
    await desk.bridge.tell(telling.awaiting(token))
    await place_of(desk, ".slot")
    before = await desk.boxes()
    text = HOSTILE[kind]
    for end in (1, len(text) // 3, len(text)):
        words = Words("¤", text[:end], "¤")
        for state in ("streaming", "done") if end == len(text) else ("streaming",):
            await desk.bridge.tell(telling.draft(words, state))
            assert await desk.boxes() == before
    assert await faults(desk) == []


@pytest.mark.parametrize("desk", ["2026"], indirect=True)
async def test_half_of_a_character(desk: Desk) -> None:
    """Lone surrogates: Python cannot write them as JSON, so the page is told by hand."""
    token = await prepared(desk)
    json_text = telling.offer(token, Words("¤", "¤ ☃ fim", "¤")).model_dump_json().replace("☃", "\\ud83d")
    assert json.loads(json_text)["suggestions"][0]["text"] == "¤ \ud83d fim"
    await desk.bridge.call("(json) => balcao.command(json)", json_text)
    await desk.until("painted")
    assert await desk.card("root => root.querySelector('.slot-text').textContent.length") == len("¤ ? fim")
    assert await faults(desk) == []
    assert desk.bridge.unreadable == 0


@pytest.mark.parametrize("desk", ["2026"], indirect=True)
async def test_the_rules_would_notice(desk: Desk) -> None:
    """Words put into the card carelessly break every one of them."""
    token = await prepared(desk)
    await desk.bridge.tell(telling.offer(token))
    await place_of(desk, ".slot")
    await desk.card(
        """root => {
          const box = document.createElement("div");
          box.style.cssText = "white-space: nowrap; width: 60px; display: block";
          box.append("before ", "¤" + "W".repeat(300), document.createElement("img"));
          root.querySelector(".foot").append(box);
        }"""
    )
    said = " ".join(await faults(desk))
    for rule in ("made img", "wider than its room", "cut off nowhere", "neighbours round"):
        assert rule in said
    assert token_of(desk) == token
