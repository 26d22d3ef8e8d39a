"""The card in a real browser, over the stand-in and its strict policy."""

import asyncio
import re
from pathlib import Path

import pytest

from agent.contract.analysis import INTENTS
from agent.contract.commands import DraftCommand, NoticeCommand, StatusCommand, Suggestion
from tests.page.desk import ANA, ZE, Desk

pytestmark = [pytest.mark.browser, pytest.mark.by_turns]


async def test_the_page_sees_a_host_and_nothing_in_it(desk: Desk) -> None:
    await desk.offer(await desk.open_chat(ANA))
    await desk.until("painted")
    hosts = await desk.tab.evaluate(
        "() => [...document.documentElement.children].filter(e => !['HEAD', 'BODY'].includes(e.tagName))"
        ".map(e => [e.shadowRoot, e.childNodes.length, e.getAttributeNames().sort().join()])"
    )
    assert hosts == [[None, 0, "style,tabindex"]]
    assert "Sai hoje" not in await desk.tab.content()
    assert (
        await desk.tab.evaluate("() => [typeof globalThis.balcao, typeof globalThis.balcaoSend]") == ["undefined"] * 2
    )
    # Styled by the constructed sheet although the policy refuses <style>.
    assert await desk.card("root => getComputedStyle(root.querySelector('.slot')).borderRadius") == "12px"


async def test_the_card_covers_nothing_at_any_size(desk: Desk) -> None:
    await desk.offer(await desk.open_chat(ANA))
    for width, height in ((1280, 800), (1024, 576), (1920, 1080), (980, 700), (760, 400)):
        await desk.tab.set_viewport_size({"width": width, "height": height})
        await asyncio.sleep(0.2)
        card = await desk.card("root => root.host.getBoundingClientRect().toJSON()")
        for part in ("#app", "#main", "#main footer", "#side"):
            box = await desk.tab.locator(part).bounding_box()
            assert box is not None
            beside = box["x"] + box["width"] <= card["left"] + 0.5 or box["y"] + box["height"] <= card["top"] + 0.5
            assert beside, (width, height, part, box, card)
        assert card["right"] == width
        assert card["bottom"] == height


async def test_nothing_moves_while_the_draft_streams(desk: Desk) -> None:
    await desk.offer(await desk.open_chat(ANA), draft_slot=1, texts=("Sai hoje 🚚",))
    (first,) = await desk.until("painted")
    assert (first.tier, first.message_id) == (0, "3EB0")
    assert 0 < first.elapsed_ms < 2_000
    before = await desk.boxes()
    text = ""
    for word in ("Oi, Ana! Sinto muito pelo atraso.\n" * 12).split(" "):
        text += f"{word} "
        await desk.bridge.tell(DraftCommand(offer_id="o1", slot=1, text=text, source="Qwen3", state="streaming"))
        assert await desk.boxes() == before
    await desk.bridge.tell(DraftCommand(offer_id="o1", slot=1, text=text, source="Qwen3", state="done"))
    assert await desk.boxes() == before
    await desk.bridge.tell(NoticeCommand(code="wrong_chat"))
    assert await desk.boxes() == before
    assert [frame.tier for frame in await desk.until("painted", 2)] == [0, 1]


async def test_a_draft_that_is_given_up_draws_back_and_moves_nothing(desk: Desk) -> None:
    await desk.offer(await desk.open_chat(ANA), draft_slot=1, texts=("Sai hoje 🚚",))
    await desk.until("painted")
    before = await desk.boxes()
    await desk.bridge.tell(DraftCommand(offer_id="o1", slot=1, text="", source="", state="none"))
    after = await desk.boxes()
    assert after["0"] == before["0"]
    assert after["1"][:3] == before["1"][:3], "its corner and its width stay"
    assert 0 < after["1"][3] < before["1"][3]


ANNOUNCED = ("2 sugestões", "2 suggestions", "2 sugerencias")


async def test_a_reply_in_the_place_of_a_draft_moves_nothing_and_can_be_picked(desk: Desk) -> None:
    await desk.offer(await desk.open_chat(ANA), draft_slot=1, texts=("Sai hoje 🚚",))
    await desk.until("painted")
    before = await desk.boxes()
    instead = Suggestion(slot=1, text="Temos P, M e G. " * 8, source="Tamanhos", score=0.6)
    await desk.bridge.tell(DraftCommand(offer_id="o1", slot=1, text="", source="", state="none", instead=instead))
    after = await desk.boxes()
    assert (after["0"], after["1"][:3]) == (before["0"], before["1"][:3])
    assert 60 < after["1"][3] < before["1"][3], "its frame is as tall as its text; the room stays reserved"
    assert await desk.card("root => root.querySelector('.spoken[aria-live]').textContent") in ANNOUNCED
    await desk.tab.keyboard.press("Alt+2")
    (picked,) = await desk.until("picked")
    assert (picked.offer_id, picked.slot) == ("o1", 1)
    long = instead.model_copy(update={"text": instead.text * 20})
    await desk.offer(await desk.open_chat(ANA), draft_slot=1, texts=("Sai hoje 🚚",), offer_id="o2")
    await desk.bridge.tell(DraftCommand(offer_id="o2", slot=1, text="", source="", state="none", instead=long))
    assert await desk.boxes() == before, "and never taller than that"


async def test_it_never_takes_the_focus(desk: Desk) -> None:
    token = await desk.open_chat(ANA)
    await desk.box.focus()
    await desk.bridge.tell(StatusCommand(model="ready", model_name="Qwen3"))
    await desk.offer(token)
    await desk.until("painted")
    focused = "() => document.activeElement === document.querySelector('#main footer [contenteditable=true]')"
    assert await desk.tab.evaluate(focused)
    left, top, width, height = (await desk.boxes())["1"]
    await desk.tab.mouse.click(left + width / 2, top + height / 2)
    assert await desk.tab.evaluate(focused)
    (picked,) = await desk.until("picked")
    assert (picked.offer_id, picked.slot, picked.via) == ("o1", 1, "click")
    for _ in range(60):
        await desk.tab.keyboard.press("Tab")
        assert not await desk.tab.evaluate(
            "() => document.activeElement?.parentNode === document.documentElement"
            " && document.activeElement !== document.body"
        )


async def test_shortcuts_pick_and_escape_is_shared_with_the_page(desk: Desk) -> None:
    token = await desk.open_chat(ANA)
    await desk.offer(token)
    await desk.until("painted")
    await desk.box.focus()
    await desk.tab.evaluate(
        "() => { globalThis.keys = [];"
        " document.addEventListener('keydown', (event) => globalThis.keys.push(event.key), true); }"
    )
    await desk.tab.keyboard.press("Alt+1")
    (picked,) = await desk.until("picked")
    assert (picked.slot, picked.via) == (0, "shortcut")
    assert await desk.box_text() == ""
    await desk.standin.set_dialog(True)
    await desk.tab.keyboard.press("Escape")
    await desk.standin.set_dialog(False)
    await desk.tab.wait_for_selector('[role="dialog"]', state="detached")
    assert desk.of("dismissed") == []
    await desk.tab.keyboard.press("Escape")
    await desk.until("dismissed")
    await desk.tab.keyboard.press("Escape")
    # The page saw the Alt key itself, the Esc of its dialog, and the Esc after the card was gone.
    assert await desk.tab.evaluate("() => globalThis.keys") == ["Alt", "Escape", "Escape"]
    assert len(desk.of("dismissed")) == 1
    # A key made by the page's own script is nobody's wish.
    await desk.offer(token, offer_id="o2")
    await desk.tab.evaluate(
        "() => window.dispatchEvent(new KeyboardEvent('keydown', {code: 'Digit1', altKey: true, bubbles: true}))"
    )
    await asyncio.sleep(0.2)
    assert len(desk.of("picked")) == 1


async def test_the_card_goes_with_its_chat(desk: Desk) -> None:
    old = await desk.open_chat(ANA)
    await desk.offer(old)
    await desk.until("painted")
    new = await desk.open_chat(ZE)
    assert new != old
    assert await desk.boxes() == {}
    await desk.offer(old, offer_id="late")
    await desk.tab.keyboard.press("Alt+1")
    assert await desk.boxes() == {}
    assert desk.of("picked") == []


async def test_a_long_reply_is_shown_whole_before_it_is_picked(desk: Desk) -> None:
    await desk.offer(await desk.open_chat(ANA), texts=("Uma linha comprida de resposta. " * 40, "curta"))
    await desk.until("painted")
    await desk.tab.keyboard.press("Alt+1")
    await asyncio.sleep(0.1)
    assert desk.of("picked") == []
    assert list(await desk.boxes()) == ["0"]
    # One that is longer than the card goes on to its end first.
    for _ in range(10):
        if desk.of("picked"):
            break
        await desk.tab.keyboard.press("Alt+1")
        await desk.bridge.echo()
    assert len(await desk.until("picked")) == 1


def test_every_intent_has_words() -> None:
    room = Path(__file__).parents[2] / "userscript" / "src" / "overlay"
    for catalogue in ("texts.pt-br.ts", "texts.en.ts", "texts.es.ts"):
        block = re.search(r"intent: \{(.*?)\}", (room / catalogue).read_text(encoding="utf-8"), re.DOTALL)
        assert block is not None
        assert tuple(re.findall(r"^\s*(\w+):", block[1], re.MULTILINE)) == INTENTS
