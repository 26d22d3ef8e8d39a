"""A pick lands in the right box, or nowhere. Nothing is ever sent by the agent."""

import asyncio

import pytest

from agent.contract.commands import InsertCode
from agent.contract.stored import Outcome
from tests.browser.conftest import Desk, OpenDesk, chat
from tests.patience import PATIENCE_S

pytestmark = pytest.mark.browser

LINES = "Oi, Ana! 😊\n\nTemos:\nAzul 👗 e verde – R$ 89,90\nPosso separar? ❤️"


GENERATIONS = ["2026", "2025", "2023", "mixed"]
NAMED_AND_NAMELESS = ["2026", "2023"]
"""In 2023 the box did not say whose it is: only the header and the opening tell."""


async def desk_with(open_desk: OpenDesk, **options: object) -> Desk:
    desk = await open_desk(chats=[chat("Ana", "> Olá!", "quanto custa?"), chat("Bia", "oi")], **options)
    await desk.opens("Ana")
    return desk


@pytest.mark.parametrize(
    ("generation", "csp"),
    [("2026", "nonce"), ("2026", "trusted-types"), ("2025", "trusted-types"), ("2023", "nonce"), ("mixed", "nonce")],
)
async def test_many_lines_with_emoji_arrive_as_they_are(open_desk: OpenDesk, generation: str, csp: str) -> None:
    desk = await desk_with(open_desk, generation=generation, csp=csp)
    result = await desk.insert(LINES)
    assert result.code is InsertCode.INSERTED
    assert await desk.attendant.written() == LINES


async def test_with_enter_is_send_off_nothing_is_sent_either(open_desk: OpenDesk) -> None:
    desk = await desk_with(open_desk, enter_is_send=False)
    assert (await desk.insert(LINES)).code is InsertCode.INSERTED
    assert await desk.attendant.written() == LINES


NO_PASTE = """() => window.addEventListener("paste", event => {
  event.preventDefault();
  event.stopImmediatePropagation();
}, true)"""


@pytest.mark.parametrize("generation", GENERATIONS)
async def test_without_paste_the_browser_fills_and_sends_nothing(open_desk: OpenDesk, generation: str) -> None:
    desk = await desk_with(open_desk, generation=generation)
    await desk.tab.evaluate(NO_PASTE)
    result = await desk.insert(LINES)
    assert result.code is InsertCode.INSERTED
    assert await desk.attendant.composer.inner_text() != ""
    assert (await desk.standin.counters()).sends == 0


@pytest.mark.parametrize("generation", GENERATIONS)
@pytest.mark.parametrize("way", [{"where": "cursor"}, {"where": "over", "over": "Já te\nrespondo"}])
async def test_without_paste_nothing_fills_over_a_text_of_the_person(
    open_desk: OpenDesk, generation: str, way: dict[str, str]
) -> None:
    desk = await desk_with(open_desk, generation=generation)
    await desk.attendant.type("Já te\nrespondo")
    await desk.tab.evaluate(NO_PASTE)
    result = await desk.insert(LINES, **way)
    assert result.code in (InsertCode.COPIED, InsertCode.NOT_VERIFIED)
    assert await desk.attendant.written() == "Já te\nrespondo"


@pytest.mark.parametrize("generation", GENERATIONS)
async def test_at_the_cursor_and_over_a_text(open_desk: OpenDesk, generation: str) -> None:
    desk = await desk_with(open_desk, generation=generation)
    await desk.attendant.type("Oi, Ana!\n/tro")
    result = await desk.insert(LINES, where="cursor", over="/tro")
    assert (result.code, await desk.attendant.written()) == (InsertCode.INSERTED, f"Oi, Ana!\n{LINES}")
    over = await desk.insert("Temos sim 👗", where="over", over=f"Oi, Ana!\n{LINES}")
    assert (over.code, await desk.attendant.written()) == (InsertCode.INSERTED, "Temos sim 👗")


@pytest.mark.parametrize("generation", NAMED_AND_NAMELESS)
async def test_filling_does_not_take_one_name_for_a_longer_one(open_desk: OpenDesk, generation: str) -> None:
    desk = await open_desk(generation=generation, chats=[chat("Ana", "oi"), chat("Ana Beatriz", "oi")])
    await desk.opens("Ana")
    await desk.tab.evaluate(NO_PASTE)
    opened = desk.flow.state.open
    assert opened is not None
    inserting = asyncio.create_task(desk.insert("Custa R$ 89,90"))
    await asyncio.sleep(0.3)  # The paste is being waited for in vain.
    await desk.attendant.open_chat("Ana Beatriz")
    assert (await inserting).code is InsertCode.WRONG_CHAT
    assert await desk.attendant.written() == ""


@pytest.mark.parametrize("generation", GENERATIONS)
async def test_a_draft_of_the_person_is_kept(open_desk: OpenDesk, generation: str) -> None:
    desk = await desk_with(open_desk, generation=generation)
    await desk.attendant.type("Já te respondo")
    result = await desk.insert("Custa R$ 89,90")
    assert (result.code, result.box_text) == (InsertCode.BOX_NOT_EMPTY, "Já te respondo")
    assert await desk.attendant.written() == "Já te respondo"


@pytest.mark.parametrize("generation", GENERATIONS)
async def test_another_chat_is_refused_by_name_and_by_opening(open_desk: OpenDesk, generation: str) -> None:
    desk = await desk_with(open_desk, generation=generation)
    assert (await desk.insert("Custa R$ 89,90", title="Bia")).code is InsertCode.WRONG_CHAT
    assert (await desk.insert("Custa R$ 89,90", token=99)).code is InsertCode.WRONG_CHAT
    assert await desk.attendant.written() == ""


@pytest.mark.parametrize("generation", ["2026", "mixed"])
async def test_a_dialog_in_the_way_or_a_blocked_chat_is_refused(open_desk: OpenDesk, generation: str) -> None:
    desk = await desk_with(open_desk, generation=generation)
    await desk.standin.set_dialog(True)
    assert (await desk.insert("Custa R$ 89,90")).code is InsertCode.DIALOG_OPEN
    await desk.standin.set_dialog(False)
    await desk.standin.set_blocked("ana", True)
    await desk.tab.locator("#main footer [data-lexical-editor]").wait_for(state="detached")
    assert (await desk.insert("Custa R$ 89,90")).code is InsertCode.NO_BOX


@pytest.mark.parametrize("generation", GENERATIONS)
async def test_the_shortcut_inserts_and_the_person_sends(open_desk: OpenDesk, generation: str) -> None:
    desk = await desk_with(open_desk, generation=generation)
    await desk.card()
    await asyncio.sleep(0.3)
    await desk.attendant.pick(1)
    async with asyncio.timeout(PATIENCE_S):
        while not await desk.attendant.written():
            await asyncio.sleep(0.05)
    assert (await desk.standin.counters()).sends == 0
    sent = await desk.attendant.send()
    assert sent == "Resposta para quanto custa?"
    async with asyncio.timeout(PATIENCE_S):
        while not (await desk.store.counts()).suggestions[Outcome.SENT]:
            await asyncio.sleep(0.05)
    assert (await desk.standin.counters()).sends_by_attendant == 1


async def test_keys_that_a_script_makes_up_pick_nothing(open_desk: OpenDesk) -> None:
    desk = await desk_with(open_desk)
    await desk.card()
    await asyncio.sleep(0.3)
    await desk.tab.evaluate(
        """() => {
          const keys = {code: "Digit1", key: "1", altKey: true, bubbles: true};
          for (const target of [window, document, document.activeElement])
            for (const type of ["keydown", "keyup"]) target.dispatchEvent(new KeyboardEvent(type, keys));
        }"""
    )
    await asyncio.sleep(0.5)
    assert await desk.attendant.written() == ""


@pytest.mark.parametrize("generation", NAMED_AND_NAMELESS)
async def test_a_fast_switch_never_puts_the_answer_into_the_other_chat(open_desk: OpenDesk, generation: str) -> None:
    desk = await desk_with(open_desk, generation=generation)
    await desk.card()
    await asyncio.sleep(0.3)
    for _ in range(5):
        await desk.attendant.pick(1)
        await desk.opens("Bia")
        await asyncio.sleep(0.3)
        written = await desk.attendant.written()
        assert "quanto custa" not in written
        await desk.opens("Ana")
        await desk.card()
