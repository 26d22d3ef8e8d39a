"""The page's own scripts can neither see nor call nor read what Balcão shows: tried from the page's own world.

Every command says ``SEGREDO`` in every place where a person's words can stand. ``spy.js`` runs before the page's own
scripts and notes wherever it meets that word, ``peeks.js`` looks for it; a careless overlay proves that they find it.
"""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import BrowserContext, Route

from agent.page.bridge import BINDING, Bridge
from agent.page.script import script_source
from simulator.options import StandInOptions
from simulator.serve import install
from simulator.standin import ORIGIN
from tests.page import telling
from tests.page.conftest import PAGES
from tests.page.desk import ANA, KEEP_ROOT, ZE, Desk, chat
from tests.page.states import bring, liking, place_of, status, token_of
from tests.page.telling import Words

pytestmark = [pytest.mark.browser, pytest.mark.by_turns]

PAGE = Path(__file__).parents[2] / "simulator" / "dist" / "page.js"
SPY = (Path(__file__).parent / "spy.js").read_text("utf-8")
SECRET = "SEGREDO"
WORDS = Words(f"{SECRET} nome", f"{SECRET}: o texto de uma resposta", f"{SECRET}, e outra")

PEEKS = (Path(__file__).parent / "peeks.js").read_text("utf-8")


async def _curious(route: Route) -> None:
    """The page's own script, with the spy before it: no script of a page runs sooner."""
    script = await asyncio.to_thread(PAGE.read_text, "utf-8")
    await route.fulfill(body=f"{SPY}\n{script}", content_type="text/javascript; charset=utf-8")


@pytest.fixture(params=PAGES)
async def spied(request: pytest.FixtureRequest, browser_context: BrowserContext) -> AsyncIterator[Desk]:
    """A desk in a page that is curious from its first line on."""
    options = StandInOptions.model_validate(
        {"lateness": 0, "chats": (chat("ana", ANA), chat("ze", ZE)), **PAGES[request.param]}
    )
    standin, tab, bridge = await install(browser_context, options), browser_context.pages[0], Bridge()
    await bridge.attach(tab, KEEP_ROOT + script_source())
    await browser_context.route(f"{ORIGIN}standin/page.js", _curious)
    desk = Desk(standin, await standin.open(tab), bridge)
    await standin.ready()
    await desk.until("hello")
    yield desk
    counters = await standin.counters()
    assert (counters.sends, counters.read_receipts_by_agent) == (0, 0)
    assert desk.bridge.unreadable == 0
    await desk.close()


async def filled(desk: Desk) -> None:
    """The card with secrets in every place."""
    await desk.bridge.tell(status())
    await desk.bridge.tell(liking())
    token = await desk.open_chat(ANA)
    await desk.box.focus()
    for command in telling.everything(token, WORDS):
        await desk.bridge.tell(command)
    await desk.until("painted")


async def peeked(desk: Desk, css: str = ".slot-text") -> dict[str, str]:
    """What every way of looking shows to the page."""
    x, y = await place_of(desk, css)
    found: dict[str, str] = await desk.tab.evaluate(PEEKS, [x, y])
    return found


async def caught(desk: Desk) -> list[str]:
    """Where the spy met one of our words."""
    await desk.tab.evaluate("() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 50)))")
    seen: list[str] = await desk.tab.evaluate("() => [...new Set(__spy.caught)]")
    return seen


def leaks(found: dict[str, str]) -> set[str]:
    words = (SECRET.casefold(), BINDING.casefold(), "balcao")
    return {name for name, text in found.items() if any(word in text.casefold() for word in words)}


async def tabs(desk: Desk) -> list[str]:
    """The tabs of the card, by name."""
    names: list[str] = await desk.card("root => [...root.querySelectorAll('[role=tab]')].map((t) => t.dataset.tab)")
    return names


async def test_no_way_of_looking_shows_the_card(spied: Desk) -> None:
    await filled(spied)
    assert SECRET in await spied.card("root => root.textContent"), "there is something to be seen"
    assert leaks(await peeked(spied)) == set()
    for name in await tabs(spied):
        await spied.tab.mouse.click(*await place_of(spied, f"[data-tab={name}]"))
        assert leaks(await peeked(spied, f"[data-tab={name}]")) == set(), name
    assert await caught(spied) == []
    assert await spied.tab.evaluate("() => __spy.nodes.length") == 0, "a node of the card came into the page's hands"


async def test_the_binding_and_the_script_are_not_in_the_pages_world(spied: Desk) -> None:
    await filled(spied)
    names = [BINDING, "balcao", "cardRoot", "__balcaoConfig"]
    assert await spied.tab.evaluate("names => names.map((name) => typeof globalThis[name])", names) == ["undefined"] * 4
    # A frame's world is another one, and the binding belongs to ours alone.
    inner = "names => { const f = document.createElement('iframe'); document.body.append(f);"
    inner += " const t = names.map((n) => typeof f.contentWindow[n]); f.remove(); return t; }"
    assert await spied.tab.evaluate(inner, names) == ["undefined"] * 4


async def test_what_the_page_has_changed_of_the_language_does_not_reach_us(spied: Desk) -> None:
    """Every method that the spy has put in the place of the real one is still the real one for us."""
    await filled(spied)
    ours = await spied.bridge.call(
        "() => [JSON.stringify, Array.prototype.map, Element.prototype.append, Node.prototype.appendChild,"
        " EventTarget.prototype.addEventListener, String.prototype.split].map((f) => /native code/.test(String(f)))"
    )
    assert ours == [True] * 6
    theirs = await spied.tab.evaluate("() => /native code/.test(Array.prototype.map)")
    assert theirs is False, "the spy is there"
    # And worse: methods that lie or fail.
    await spied.tab.evaluate(
        "() => { JSON.parse = () => { throw new Error('no'); }; Array.prototype.filter = () => [];"
        " Element.prototype.getBoundingClientRect = () => ({}); Map.prototype.get = () => undefined; }"
    )
    await spied.bridge.tell(telling.offer(token_of(spied), WORDS, offer_id="o2"))
    assert len(await spied.until("painted", 2)) == 2
    assert len(await spied.boxes()) == 3


async def test_an_error_of_ours_is_not_the_pages_to_read(spied: Desk) -> None:
    await filled(spied)
    await spied.bridge.call(
        "(text) => { console.log(text); Promise.reject(Error(text)); setTimeout(() => { throw Error(text); }); }",
        SECRET,
    )
    assert await caught(spied) == []


async def test_a_script_cannot_press_type_or_choose(spied: Desk) -> None:
    """What the page makes up by itself is nobody's wish: on the host, on the window, with every event there is."""
    await filled(spied)
    before = await spied.card("root => root.innerHTML")
    x, y = await place_of(spied, ".slot")
    sent = len(spied.frames)
    await spied.tab.evaluate(
        """([x, y]) => {
          const card = [...document.documentElement.children].find((part) => !/^(HEAD|BODY)$/.test(part.tagName));
          const at = { bubbles: true, composed: true, cancelable: true, clientX: x, clientY: y, view: window };
          const keys = [["Digit1", "1"], ["Digit2", "2"], ["Digit3", "3"], ["Digit4", "4"], ["KeyB", "b"]];
          for (const target of [card, window, document, document.activeElement, document.elementFromPoint(x, y)]) {
            for (const type of ["pointerdown", "mousedown", "pointerup", "mouseup", "click", "dblclick"])
              target.dispatchEvent(new (type.startsWith("p") ? PointerEvent : MouseEvent)(type, at));
            for (const [code, key] of keys)
              for (const type of ["keydown", "keypress", "keyup"])
                target.dispatchEvent(new KeyboardEvent(type, { ...at, code, key, altKey: true }));
            for (const key of ["Escape", "Enter", "/", "Tab"])
              target.dispatchEvent(new KeyboardEvent("keydown", { ...at, code: key, key }));
            for (const type of ["input", "change", "beforeinput"])
              target.dispatchEvent(new InputEvent(type, { ...at, data: "x", inputType: "insertText" }));
            const clipboardData = new DataTransfer();
            clipboardData.setData("text/plain", "x");
            for (const type of ["paste", "copy", "cut"])
              target.dispatchEvent(new ClipboardEvent(type, { ...at, clipboardData }));
            target.dispatchEvent(new DragEvent("drop", { ...at, dataTransfer: clipboardData }));
          }
          card.click();
          card.focus();
        }""",
        [x, y],
    )
    await spied.bridge.call("() => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")
    asked = [frame.kind for frame in spied.frames[sent:] if frame.kind not in PASSIVE]
    assert asked == []
    assert await spied.card("root => root.innerHTML") == before


PASSIVE = {"pulse", "typing", "chats", "anchors", "state", "rows", "painted", "echo"}
"""What the script tells of the page by itself; all else a person has asked for."""


FIELDS = ("editing", "customer's name", "customer's tag", "customer's note")
"""States in which the person writes in the card."""


@pytest.mark.parametrize("state", FIELDS)
async def test_what_is_typed_into_a_field_stays_there(spied: Desk, state: str) -> None:
    """No key, no text and no selection of it comes to the page, and what the page makes up does not come to it."""
    await bring(spied, state)
    await spied.tab.mouse.click(*await place_of(spied, FIELD))
    await spied.tab.evaluate("() => { __spy.events.length = 0; }")
    await spied.tab.keyboard.press("Control+a")
    await spied.tab.keyboard.type(SECRET)
    assert await spied.card(VALUE) == SECRET
    await spied.tab.keyboard.press("Shift+Home")
    assert leaks(await peeked(spied, FIELD)) <= SELECTED
    await spied.tab.evaluate("() => { __spy.caught.length = 0; }")
    for shortcut in ("Control+a", "Control+c", "Control+x", "Control+v", "Control+z"):
        await spied.tab.keyboard.press(shortcut)
    seen: list[dict[str, Any]] = await spied.tab.evaluate("() => __spy.events")
    assert [event for event in seen if event["key"] in {*SECRET, "a", "c", "x", "v", "z"} or event["data"]] == []
    assert await caught(spied) == []
    assert SECRET not in await spied.box_text()


SELECTED = {"selected", "everything selected"}
"""Chromium tells any script of the document what is selected in the field that has the focus, wherever it stands, and
lets it select more. Only a document of their own would hide the fields from that."""
FIELD = "input, textarea"
VALUE = f"root => root.querySelector('{FIELD}').value"


CARELESS = """() => {
  const host = document.createElement("div");
  document.documentElement.append(host);
  const root = host.attachShadow({ mode: "open" });
  const text = document.createElement("p");
  text.textContent = "SEGREDO";
  text.animate([{ opacity: 0.5 }, { opacity: 1 }], 60000);
  root.append(text);
  localStorage.setItem("card", JSON.stringify({ text: "SEGREDO" }));
  console.log("SEGREDO");
  performance.mark("SEGREDO");
  const { port1, port2 } = new MessageChannel();
  port1.start();
  port2.postMessage("SEGREDO");
  globalThis.card = { text: "SEGREDO" };
  setTimeout(() => { throw new Error("SEGREDO"); });
}"""


@pytest.mark.parametrize("spied", ["2026"], indirect=True)
async def test_the_spy_would_have_seen_a_careless_overlay(spied: Desk) -> None:
    await filled(spied)
    await spied.card("root => root.host.remove()")
    await spied.tab.evaluate(CARELESS)
    await asyncio.sleep(0)
    found = await spied.tab.evaluate(PEEKS, [10, 10])
    assert {"open root", "storage", "names of resources", "children", "own names"} <= leaks(found)
    seen = set(await caught(spied))
    wanted = {
        "channels: setItem",
        "channels: log",
        "channels: mark",
        "prototypes: stringify",
        "event error",
        "performance mark",
    }
    assert wanted <= seen
