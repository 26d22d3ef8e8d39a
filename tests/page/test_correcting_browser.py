"""The person says what a message really wanted, in a real browser: by mouse, by keyboard, and nothing else moves."""

import pytest

from agent.contract.analysis import IntentChoice
from tests.page.desk import ANA, Desk

pytestmark = [pytest.mark.browser, pytest.mark.by_turns]

INTENTS = (
    IntentChoice(name="delivery"),
    IntentChoice(name="order_status"),
    IntentChoice(name="ajuste", title="Ajuste de barra"),
)
TEXT_OF = "(root, css) => root.querySelector(css)?.textContent ?? null"


async def place_of(desk: Desk, css: str) -> tuple[float, float]:
    """The middle of an element of the card."""
    box = await desk.card("(root, css) => root.querySelector(css).getBoundingClientRect().toJSON()", css)
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


async def test_by_mouse(desk: Desk) -> None:
    token = await desk.open_chat(ANA)
    await desk.box.focus()
    await desk.offer(token, intents=INTENTS)
    await desk.until("painted")
    before = await desk.boxes()
    await desk.tab.mouse.click(*await place_of(desk, "button[data-intent]"))
    assert await desk.boxes() == before, "the list lies over the suggestions and moves nothing"
    await desk.tab.mouse.click(*await place_of(desk, "[data-choice=ajuste]"))
    (corrected,) = await desk.until("corrected")
    assert (corrected.offer_id, corrected.intent) == ("o1", "ajuste")
    assert await desk.card(TEXT_OF, "button[data-intent]") == "Ajuste de barra"
    assert await desk.card(TEXT_OF, "[role=listbox]") is None
    assert await desk.tab.evaluate(
        "() => document.activeElement === document.querySelector('#main footer [contenteditable=true]')"
    )
    assert desk.of("picked") == []


async def test_by_keyboard_with_a_text_in_the_box(desk: Desk) -> None:
    """Enter would send that text: the fixture counts the sends."""
    token = await desk.open_chat(ANA)
    await desk.box.focus()
    await desk.tab.keyboard.type("Já te respondo")
    await desk.offer(token, intents=INTENTS)
    await desk.until("painted")
    await desk.tab.keyboard.press("Alt+4")
    await desk.tab.keyboard.type("zz")
    await desk.tab.keyboard.press("Enter")
    await desk.tab.keyboard.press("Backspace")
    await desk.tab.keyboard.press("Backspace")
    await desk.tab.keyboard.type("ajuste")
    await desk.tab.keyboard.down("Enter")
    await desk.tab.keyboard.down("Enter")
    await desk.tab.keyboard.up("Enter")
    (corrected,) = await desk.until("corrected")
    assert corrected.intent == "ajuste"
    await desk.tab.keyboard.press("Alt+4")
    await desk.tab.keyboard.press("Escape")
    assert await desk.card(TEXT_OF, "[role=listbox]") is None
    assert list(await desk.boxes()) == ["0", "1", "2"], "Esc closed the list, not the card"
    assert await desk.box_text() == "Já te respondo"
    await desk.tab.keyboard.type("!")
    assert await desk.box_text() == "Já te respondo!", "the box has the keys again"


async def test_a_guess_is_not_told(desk: Desk) -> None:
    await desk.offer(await desk.open_chat(ANA), intents=INTENTS, unsure=True)
    await desk.until("painted")
    language = await desk.tab.evaluate("() => document.documentElement.lang")
    assert await desk.card(TEXT_OF, "button[data-intent]") == {"pt-BR": "Não sei ao certo", "en": "Not sure"}[language]
