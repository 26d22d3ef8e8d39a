"""The dump of a page full of people, through the real script: none of their words, all of the page's signs."""

import json
import re
from typing import Any

import pytest
from playwright.async_api import BrowserContext

from agent.contract.checkup import PageCheck
from agent.page.bridge import Bridge
from agent.page.script import script_source
from agent.page.structure import checked, dump
from simulator.attendant import Attendant
from simulator.options import StandInOptions
from simulator.serve import install
from simulator.world import ChatSeed, Message, Quote
from tests.page.test_structure import KNOWN, words

pytestmark = pytest.mark.browser

ANA, GROUP, NUMBER = "Fernanda Albuquerque 🌵", "Família Quitéria & Xisto", "+55 11 98765-4321"
KINDS: list[dict[str, object]] = [
    {"text": "Oi, quero devolver a jaqueta nº 48217 🥲\n- custou R$ 389,90"},
    {
        "text": "Meu CPF é 529.982.247-25, moro na Rua Ipiranga 1043",
        "quote": Quote(author="Você", text="Qual endereço?"),
    },
    {"kind": "document", "name": "laudo-Fernanda-2026.pdf"},
    {"kind": "image", "text": "olha o rasgo, Zuleica"},
    {"kind": "voice", "seconds": 47},
    {"kind": "contact", "name": "Doutora Jacira"},
    {"kind": "location", "text": "Ibirapuera"},
    {"text": "veja https://jaquetas-xisto.example/pedido/77120", "reactions": ("🥰",), "edited": True},
    {"kind": "deleted"},
    {"text": "sim", "forwarded": True},
]
PLANTED = """([name, number]) => {
  const make = (tag, attributes) => {
    const element = document.createElement(tag);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(name, number);
    return element;
  };
  const [first] = name.toLowerCase().split(" ");
  document.querySelector("#app").append(
    make("div", {"data-testid": `chat-row-${name}`, "data-icon": first, role: name, id: `chat-${first}`}),
    make("div", {"data-testid": `conv-msg-${number}`, "data-tab": number, type: number, dir: name}),
    make("div", {[`data-${first}`]: "1", [first]: "", [`data-n${number.replace(/\\D/g, "")}`]: "1"}),
    make(`${first}-card`, {title: name, "aria-label": name, class: first, style: `--${first}: 1`}),
    make("img", {alt: name, src: `data:,${number}`, "aria-selected": name, contenteditable: name}),
    document.createComment(name), document.createElementNS("http://www.w3.org/2000/svg", first));
}"""


def seed(title: str, key: str, **parts: object) -> ChatSeed:
    rows = tuple(
        Message.model_validate(
            {"id": f"3EB0{n:02}{key.encode().hex().upper():0>14}", "chat": key, "at": 1.783e12 + n * 6e4}
            | {"direction": "out" if n % 3 == 2 else "in", "status": "read" if n % 3 == 2 else None}
            | kind
        )
        for n, kind in enumerate(KINDS)
    )
    return ChatSeed.model_validate({"id": key, "title": title, "messages": rows, **parts})


CHATS = (
    seed(ANA, "fernanda", phone="+55 21 97654-3210", unread=37),
    seed(GROUP, "xisto", group=True, members=("Zuleica Prado", "Belarmino"), phone="+55 31 96543-2109"),
    seed(NUMBER, "jacira", push_name="Jacira Tupinambá", phone=NUMBER),
)


async def look(context: BrowserContext, title: str | None, plant: bool = False, **options: Any) -> PageCheck:
    standin = await install(context, StandInOptions.model_validate({"lateness": 0, "chats": CHATS, **options}))
    tab, bridge = context.pages[0], Bridge()
    await bridge.attach(tab, script_source())
    await standin.open(tab)
    await standin.ready()
    if title is not None:
        await Attendant(tab, standin).open_chat(title)
        await tab.locator("#main [data-id]").nth(len(KINDS) - 1).wait_for(state="attached")
    if plant:
        await tab.evaluate(PLANTED, [ANA, NUMBER])
    found = PageCheck.model_validate_json(await bridge.call("() => JSON.stringify(balcao.checkUp())"))
    bridge.end()
    counters = await standin.counters()
    assert (counters.sends, counters.read_receipts_by_agent) == (0, 0)
    return found


def said(text: str) -> set[str]:
    """Words of three letters and numbers of two digits."""
    return {one.lower() for one in re.findall(r"[^\W\d_]{3,}|\d{2,}", text)}


WORLD = said(json.dumps([chat.model_dump(mode="json") for chat in CHATS], ensure_ascii=False)) - KNOWN


@pytest.mark.parametrize("generation", ["2026", "2025"])
@pytest.mark.parametrize("title", [ANA, GROUP, NUMBER])
async def test_nobodys_words_are_in_it(browser_context: BrowserContext, generation: str, title: str) -> None:
    assert {"fernanda", "zuleica", "jacira", "jaqueta", "48217", "529", "97654", "laudo"} <= WORLD
    found = await look(browser_context, title, plant=True, generation=generation)
    assert found.masked > 5
    # The script alone has done it, before anything is checked once more.
    shown = [word for line in found.structure for word in words(line)]
    assert not {word for word in shown if word not in KNOWN}
    assert not {word for word in shown if word in WORLD}
    assert checked(found.structure) == (found.structure, 0)
    structure = dump(found, {}).partition("# structure")[2]
    assert "fernanda" not in structure.lower()
    assert "98765" not in structure
    assert len(structure) < 200_000


async def test_the_page_can_be_known_again_in_it(browser_context: BrowserContext) -> None:
    found = await look(browser_context, ANA, generation="2026")
    text = "\n".join(found.structure)
    for sign in (
        'id="pane-side"',
        'id="main"',
        'role="grid"',
        'data-testid="conversation-info-header-chat-title"',
        'data-testid="conv-msg-*"',
        'data-testid="selectable-text"',
        'data-testid="conversation-compose-box-input"',
        'data-tab="10"',
        'contenteditable="true"',
        "data-pre-plain-text",
    ):
        assert sign in text
    assert not found.cut
    assert re.search(r" x \d+$", text, re.MULTILINE)


@pytest.mark.parametrize("generation", ["2026", "2025"])
async def test_what_the_screen_must_have_is_found(browser_context: BrowserContext, generation: str) -> None:
    found = await look(browser_context, ANA, generation=generation)
    assert found.chat_open
    assert {"ready", "chat_row", "conversation", "composer", "message", "text", "pre_plain"} <= set(found.needed)
    assert [name for name in found.needed if found.anchors[name].rank is None] == []
    if generation == "2026":
        assert {found.anchors[name].rank for name in found.needed} == {0}
    else:
        assert found.anchors["chat_row"].rank in (1, 2)


async def test_without_an_open_chat_nothing_of_it_is_asked_for(browser_context: BrowserContext) -> None:
    found = await look(browser_context, None)
    assert not found.chat_open
    assert "composer" not in found.needed
    assert {"ready", "chat_grid", "chat_row", "chat_name", "search"} <= set(found.needed)
