"""What a person does with a suggestion, by keyboard and by mouse, over both of the page's markups.

The desk's fixture proves after each test that nothing was sent.
"""

import asyncio
from typing import Any

import pytest

from agent.contract.commands import ClearCommand, DraftCommand, NoticeCommand, Suggestion
from tests.page.desk import ANA, ZE, Desk

pytestmark = [pytest.mark.browser, pytest.mark.by_turns]

TEXTS = ("Sai hoje 🚚", "Temos P, M e G")
BY = ["keyboard", "mouse"]


async def with_card(desk: Desk, draft: str = "", **parts: Any) -> int:
    """A card with two answers, the third slot for the draft; the cursor is in the message box."""
    token = await desk.open_chat(ANA)
    await desk.box.click()
    if draft:
        await desk.tab.keyboard.insert_text(draft)
    await desk.offer(token, **({"texts": TEXTS} | parts))
    await desk.until("painted")
    return token


async def click(desk: Desk, css: str) -> None:
    """The person's mouse on something in the card."""
    place = await desk.card(
        """(root, css) => {
          const box = root.querySelector(css).getBoundingClientRect();
          return [box.left + box.width / 2, box.top + box.height / 2];
        }""",
        css,
    )
    await desk.tab.mouse.click(*place)


async def press(desk: Desk, by: str, slot: int = 0) -> None:
    if by == "keyboard":
        await desk.tab.keyboard.press(f"Alt+{slot + 1}")
    else:
        await click(desk, f'.slot[data-slot="{slot}"] .slot-text')


async def shown(desk: Desk, css: str) -> bool:
    return bool(await desk.card("(root, css) => root.querySelector(css) !== null", css))


async def in_box(desk: Desk) -> bool:
    """Whether the person's cursor is in the message box."""
    return bool(await desk.box.evaluate("box => document.activeElement === box"))


async def settled(desk: Desk) -> None:
    """Everything that was pressed before has been heard: frames keep their order."""
    await desk.bridge.echo()
    for _ in range(5):
        await asyncio.sleep(0)


@pytest.mark.parametrize("by", BY)
async def test_one_press_picks_when_the_box_is_empty(desk: Desk, by: str) -> None:
    await with_card(desk)
    await press(desk, by, 1)
    (picked,) = await desk.until("picked")
    assert (picked.slot, picked.text, picked.at_cursor) == (1, None, False)
    assert picked.via == ("shortcut" if by == "keyboard" else "click")
    assert await in_box(desk)


@pytest.mark.parametrize("by", BY)
async def test_over_a_text_of_the_person_it_asks_first(desk: Desk, by: str) -> None:
    await with_card(desk, "já te respondo")
    before = await desk.boxes()
    await press(desk, by, 1)
    await settled(desk)
    assert desk.of("picked") == []
    assert await shown(desk, '[data-slot="1"][data-asking="true"]')
    assert await desk.card("root => root.querySelector('.notice').dataset.code") == "ask_cursor"
    assert await desk.boxes() == before
    await press(desk, by, 1)
    (picked,) = await desk.until("picked")
    assert (picked.slot, picked.at_cursor) == (1, True)
    assert await desk.box_text() == "já te respondo"
    assert await in_box(desk)


@pytest.mark.parametrize("withdrawal", ["letter", "other slot", "escape", "click beside", "click in the card"])
async def test_anything_else_withdraws_the_question(desk: Desk, withdrawal: str) -> None:
    await with_card(desk, "oi")
    await press(desk, "keyboard")
    await settled(desk)
    assert await shown(desk, '[data-slot="0"][data-asking="true"]')
    if withdrawal == "letter":
        await desk.tab.keyboard.press("x")
    elif withdrawal == "other slot":
        await press(desk, "keyboard", 1)
    elif withdrawal == "escape":
        await desk.tab.keyboard.press("Escape")
    elif withdrawal == "click beside":
        await desk.box.click()
    else:
        await click(desk, ".foot")
    await settled(desk)
    assert not await shown(desk, '[data-slot="0"][data-asking="true"]')
    assert desk.of("dismissed") == []
    await press(desk, "keyboard")
    await settled(desk)
    assert desk.of("picked") == []
    assert await shown(desk, '[data-slot="0"][data-asking="true"]')


async def test_tab_takes_the_first_one_only_in_an_empty_box(desk: Desk) -> None:
    await with_card(desk)
    await desk.tab.keyboard.press("Tab")
    (picked,) = await desk.until("picked")
    assert (picked.slot, picked.via, picked.at_cursor) == (0, "shortcut", False)
    assert await in_box(desk)


@pytest.mark.parametrize("case", ["a draft", "elsewhere", "clipped", "no card", "waiting", "Shift", "editing"])
async def test_otherwise_tab_is_the_pages(desk: Desk, case: str) -> None:
    long = "Uma linha comprida de resposta. " * 60
    texts = (long, "curta") if case == "clipped" else TEXTS
    parts: dict[str, Any] = {"texts": texts}
    if case == "waiting":
        parts = {"suggestions": (), "draft_slot": 0}
    await with_card(desk, "x" if case == "a draft" else "", **parts)
    if case == "elsewhere":
        await desk.tab.evaluate("() => document.activeElement.blur()")
    elif case == "no card":
        await desk.bridge.tell(ClearCommand())
    elif case == "editing":
        await desk.tab.keyboard.press("Alt+Enter")
    await desk.tab.evaluate(
        "() => { globalThis.tabs = 0; document.addEventListener('keydown', (event) => {"
        " if (event.key === 'Tab') globalThis.tabs += 1; }, true); }"
    )
    await desk.tab.keyboard.press("Shift+Tab" if case == "Shift" else "Tab")
    await settled(desk)
    assert desk.of("picked") == []
    # In the card's own field Tab goes round in the card, and the page does not hear of it.
    assert await desk.tab.evaluate("() => globalThis.tabs") == (0 if case == "editing" else 1)


@pytest.mark.parametrize("by", BY)
async def test_a_draft_is_changed_before_it_goes_in(desk: Desk, by: str) -> None:
    token = await with_card(desk)
    await desk.bridge.tell(
        DraftCommand(offer_id="o1", slot=2, text="Oi, Ana!\nSai amanhã.", source="Qwen3", state="done")
    )
    if by == "keyboard":
        await desk.tab.keyboard.press("Alt+Enter")
    else:
        await click(desk, '[data-slot="2"] .slot-edit')
    assert await desk.card("root => root.querySelector('.edit-field').value") == "Oi, Ana!\nSai amanhã."
    assert await desk.card("root => root.activeElement === root.querySelector('.edit-field')")
    await desk.tab.keyboard.press("Control+End")
    await desk.tab.keyboard.press("Enter")
    await desk.tab.keyboard.insert_text("Abraço! 😊")
    await press(desk, "keyboard")
    await settled(desk)
    assert desk.of("picked") == [], "what is not in sight cannot be picked"
    if by == "keyboard":
        await desk.tab.keyboard.press("Alt+Enter")
    else:
        await click(desk, ".edit-insert")
    (picked,) = await desk.until("picked")
    assert (picked.slot, picked.text, picked.chat_token) == (2, "Oi, Ana!\nSai amanhã.\nAbraço! 😊", token)
    assert (picked.via, picked.at_cursor) == ("shortcut" if by == "keyboard" else "click", False)
    await desk.bridge.tell(NoticeCommand(code="inserted"))
    assert not await shown(desk, ".edit")
    assert await desk.box_text() == "", "nothing of the field went to the page"


async def test_without_a_draft_the_first_answer_is_changed_and_esc_leaves(desk: Desk) -> None:
    await with_card(desk, "meu texto")
    await desk.tab.keyboard.press("Alt+Enter")
    assert await desk.card("root => root.querySelector('.edit-field').value") == TEXTS[0]
    await desk.tab.keyboard.press("Escape")
    assert not await shown(desk, ".edit")
    assert await in_box(desk)
    assert (desk.of("dismissed"), await desk.box_text()) == ([], "meu texto")
    await desk.tab.keyboard.press("Alt+Enter")
    await desk.tab.keyboard.press("Alt+Enter")
    await settled(desk)
    assert desk.of("picked") == [], "there is a text in the box: it asks first"
    assert await shown(desk, '.edit[data-asking="true"]')
    await desk.tab.keyboard.press("Alt+Enter")
    (picked,) = await desk.until("picked")
    assert (picked.text, picked.at_cursor) == (TEXTS[0], True)


async def test_a_changed_text_outlives_its_card_but_not_its_chat(desk: Desk) -> None:
    token = await with_card(desk)
    await desk.tab.keyboard.press("Alt+Enter")
    await desk.tab.keyboard.insert_text("Oi! ")
    await desk.offer(token, texts=("Outra resposta",), offer_id="o2")
    assert await desk.card("root => root.querySelector('.edit-field').value") == f"{TEXTS[0]}Oi! "
    await desk.bridge.tell(ClearCommand())
    await desk.tab.keyboard.press("Alt+Enter")
    (picked,) = await desk.until("picked")
    assert (picked.offer_id, picked.chat_token) == ("o1", token)
    await desk.bridge.tell(NoticeCommand(code="box_not_empty"))
    assert await shown(desk, ".edit"), "it did not go in: the words are kept"
    await desk.open_chat(ZE)
    assert not await shown(desk, ".edit")


@pytest.mark.parametrize("by", BY)
@pytest.mark.parametrize("reason", ["wrong", "tone", "outdated", "other"])
async def test_a_thumb_down_takes_one_tap_more_and_moves_nothing(desk: Desk, by: str, reason: str) -> None:
    await with_card(desk)
    before = await desk.boxes()
    if by == "mouse":
        await click(desk, '[data-slot="0"] .slot-thumb')
        assert await desk.boxes() == before
        await click(desk, f'[data-slot="0"] [data-reason="{reason}"]')
    else:
        await desk.tab.keyboard.press("Alt+B")
        for _ in range(40):
            if await desk.card("root => root.activeElement?.classList.contains('slot-thumb')"):
                break
            await desk.tab.keyboard.press("Tab")
        await desk.tab.keyboard.press("Enter")
        for _ in range(40):
            if await desk.card("(root, reason) => root.activeElement?.dataset.reason === reason", reason):
                break
            await desk.tab.keyboard.press("Tab")
        await desk.tab.keyboard.press("Enter")
    (judged,) = await desk.until("judged")
    assert (judged.offer_id, judged.slot, judged.reason) == ("o1", 0, reason)
    assert await shown(desk, '[data-slot="0"][data-phase="refused"]')
    assert await desk.boxes() == before
    await desk.box.click()
    await press(desk, "keyboard")
    await settled(desk)
    assert desk.of("picked") == [], "it is not there any more"
    assert desk.of("judged") == [judged]


async def test_the_reasons_close_again_and_nothing_is_judged(desk: Desk) -> None:
    await with_card(desk)
    await click(desk, '[data-slot="1"] .slot-thumb')
    await desk.tab.keyboard.press("Escape")
    assert not await shown(desk, ".reason")
    await click(desk, '[data-slot="1"] .slot-thumb')
    await press(desk, "keyboard", 1)
    await settled(desk)
    assert not await shown(desk, ".reason")
    assert (desk.of("picked"), desk.of("judged"), desk.of("dismissed")) == ([], [], [])
    await press(desk, "keyboard", 1)
    assert len(await desk.until("picked")) == 1


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (1280, 470), (1024, 420), (940, 620)])
async def test_what_is_not_wholly_in_sight_is_shown_first(desk: Desk, width: int, height: int) -> None:
    """Whatever one press inserts had its whole text in the window, in the card and in its box."""
    await desk.tab.set_viewport_size({"width": width, "height": height})
    texts = ("Sai hoje 🚚 " * 9, "Temos P, M e G. " * 8, "A troca é grátis em 7 dias. " * 7)
    await with_card(desk, texts=texts, draft_slot=None)
    sights = await desk.card(
        """root => [...root.querySelectorAll(".slot")].map((slot) => {
          const text = slot.querySelector(".slot-text");
          const box = text.getBoundingClientRect(), card = root.querySelector(".slots").getBoundingClientRect();
          return text.scrollHeight <= text.clientHeight + 1 && box.bottom <= Math.min(card.bottom, innerHeight) + 1;
        })"""
    )
    for slot, whole in enumerate(sights):
        before = len(desk.of("picked"))
        await desk.tab.keyboard.press(f"Alt+{slot + 1}")
        await settled(desk)
        assert len(desk.of("picked")) == before + whole, (slot, sights)
        await desk.bridge.tell(NoticeCommand(code="failed"))
        if not whole:
            await desk.tab.keyboard.press("Escape")


async def test_a_text_longer_than_the_card_is_read_to_its_end_first(desk: Desk) -> None:
    await with_card(desk, texts=("Uma linha comprida de resposta.\n" * 60, "curta"))
    for _ in range(2):
        await press(desk, "keyboard")
        await settled(desk)
    assert desk.of("picked") == [], "the end has not been in sight"
    for _ in range(12):
        if desk.of("picked"):
            break
        await press(desk, "keyboard")
        await settled(desk)
    assert len(desk.of("picked")) == 1
    hidden = "root => { const { scrollHeight, scrollTop, clientHeight } = root.querySelector('.slot-text');"
    assert await desk.card(f"{hidden} return scrollHeight - scrollTop - clientHeight; }}") < 8


async def test_another_key_while_one_is_read_goes_back_first(desk: Desk) -> None:
    await with_card(desk, texts=("Uma linha comprida de resposta. " * 40, "curta"))
    await press(desk, "keyboard", 0)
    await press(desk, "keyboard", 1)
    await settled(desk)
    assert desk.of("picked") == []
    assert set(await desk.boxes()) == {"0", "1", "2"}
    await press(desk, "keyboard", 1)
    assert [frame.slot for frame in await desk.until("picked")] == [1]


async def test_how_sure_it_is_stands_there_in_bars_and_words(desk: Desk) -> None:
    scores = (0.9, 0.4, 0.05)
    slots = tuple(Suggestion(slot=n, text=f"Resposta {n}", source="R", score=s) for n, s in enumerate(scores))
    await with_card(desk, suggestions=slots, draft_slot=None)
    found = await desk.card(
        """root => [...root.querySelectorAll(".slot")].map((slot) => {
          const sure = slot.querySelector(".sure");
          return sure && [sure.dataset.bars, sure.textContent !== ""];
        })"""
    )
    assert found == [["3", True], ["2", True], None]
