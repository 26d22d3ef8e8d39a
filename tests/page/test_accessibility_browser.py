"""axe-core finds nothing to object to in any state of the card: light, dark, with high contrast, in two languages."""

from pathlib import Path
from typing import Any

import pytest

from tests.page.desk import Desk
from tests.page.states import STATES, bring, liking

pytestmark = [pytest.mark.browser, pytest.mark.by_turns]

AXE = Path(__file__).parents[2] / "userscript" / "node_modules" / "axe-core" / "axe.min.js"
LOOKS = (("light", "pt-BR"), ("dark", "es"), ("contrast", "pt-BR"), ("light", "en"))
"""A state is looked at in two of them, by turns; in all with ``--thorough``."""

OPEN_ROOT = """() => {
  const { host } = globalThis.cardRoot;
  Object.defineProperty(host, "shadowRoot", { value: globalThis.cardRoot, configurable: true });
}"""
"""axe looks into open roots only. What is defined on the host's wrapper in our world, the page's world never sees."""

RUN = """async () => {
  const rules = { "target-size": { enabled: true }, "scrollable-region-focusable": { enabled: false } };
  const { violations, passes } = await axe.run(globalThis.cardRoot.host, { rules, resultTypes: ["violations"] });
  const found = violations.flatMap(({ id, nodes }) => nodes.map(({ target, any, all, none }) =>
    `${id}: ${target.flat().at(-1)}: ${[...any, ...all, ...none].map(({ message }) => message)[0]}`));
  return { found, passed: passes.length };
}"""


REACH = "button, input, textarea, [data-reach]"
UNREACHED = """(root, reach) => [...root.querySelectorAll("*")]
  .filter((e) => /auto|scroll/.test(getComputedStyle(e).overflowY) && e.scrollHeight > e.clientHeight + 1)
  .filter((e) => !e.matches(reach) && !e.querySelector(reach) && !e.closest("button")).map((e) => e.className)"""
"""axe asks for a stop of Tab in all that scrolls. The page's Tab passes the card by on purpose (its host has the
tabindex -1): whoever is in it goes round by the keys of ``focus.ts``, and those must lead there, or to the button
around it, which scrolls what is in it."""


@pytest.fixture
async def audited(desk: Desk) -> Desk:
    """The desk with axe in our own world."""
    if not AXE.exists():
        pytest.skip("the Node packages are not installed: scripts/node-packages userscript")
    await desk.bridge.call(f"() => {{ {AXE.read_text('utf-8')} }}")
    await desk.bridge.call(OPEN_ROOT)
    return desk


async def looked_over(desk: Desk) -> dict[str, Any]:
    """What axe says of the card as it is."""
    said: dict[str, Any] = await desk.bridge.call(RUN)
    return said


async def looks(desk: Desk, theme: str, language: str) -> None:
    """The person likes it so; the page too is dark or light."""
    await desk.bridge.tell(liking(theme=theme, language=language))
    await desk.tab.evaluate(
        "([dark, lang]) => { document.documentElement.classList.toggle('dark', dark);"
        " document.documentElement.lang = lang; }",
        [theme == "dark", language],
    )
    await desk.bridge.call("() => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")


@pytest.mark.parametrize("desk", ["2026"], indirect=True)
@pytest.mark.parametrize("state", STATES)
async def test_nothing_to_object_to(audited: Desk, state: str, thorough: bool) -> None:
    await bring(audited, state)
    faults = {}
    first = list(STATES).index(state) % len(LOOKS)
    for theme, language in LOOKS if thorough else (LOOKS[first], LOOKS[first - 1]):
        await looks(audited, theme, language)
        said = await looked_over(audited)
        assert said["passed"] > 5, "axe did not look at the card"
        if said["found"]:
            faults[f"{theme} {language}"] = said["found"]
    assert faults == {}
    assert await audited.card(UNREACHED, REACH) == []


@pytest.mark.parametrize("state", ["reading", "written long", "customer long", "canned long", "queue, long"])
async def test_the_pages_tab_passes_the_card_by(desk: Desk, state: str) -> None:
    """Chromium makes a stop of whatever scrolls; who tabs through WhatsApp would be caught in the card."""
    await bring(desk, state)
    await desk.tab.evaluate("() => document.activeElement.blur()")
    for key in ("Tab", "Shift+Tab"):
        for _ in range(20):
            await desk.tab.keyboard.press(key)
            assert await desk.card("root => root.activeElement === null")


async def test_a_long_text_is_scrolled_by_keys(desk: Desk) -> None:
    await bring(desk, "reading")
    await desk.tab.keyboard.press("Alt+B")
    top = "root => root.querySelector('.slot-text').scrollTop"
    for _ in range(8):
        if await desk.card("root => root.activeElement?.matches('.slot-press')"):
            break
        await desk.tab.keyboard.press("Tab")
    await desk.tab.keyboard.press("PageDown")
    down = await desk.card(top)
    assert down > 0
    await desk.tab.keyboard.press("ArrowUp")
    assert await desk.card(top) < down


@pytest.mark.parametrize("desk", ["2026"], indirect=True)
async def test_axe_looks_into_the_card(audited: Desk) -> None:
    await bring(audited, "answers")
    await audited.card(
        "root => { const bad = document.createElement('button'); bad.style.cssText = 'width: 40px; height: 40px';"
        " root.querySelector('.foot').append(bad); }"
    )
    assert [fault.partition(":")[0] for fault in (await looked_over(audited))["found"]] == ["button-name"]
