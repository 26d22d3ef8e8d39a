"""Insertion into what the person has written, through real Lexical: nothing of it is ever lost.

The desk's fixture proves after each test that nothing was sent.
"""

import pytest

from agent.contract.commands import InsertCode
from tests.page.desk import ANA, FIRST_LINE_ONLY, ZE, Desk

pytestmark = [pytest.mark.browser, pytest.mark.by_turns]

SELECTED = "() => String(getSelection())"
REPLY = "Sai hoje 🚚\n\nEntrego no P 👍🏽"


async def write(desk: Desk, text: str, left: int = 0) -> None:
    """The person types ``text`` and goes ``left`` by so many characters."""
    await desk.box.click()
    await desk.tab.keyboard.press("Control+End")
    for number, line in enumerate(text.split("\n")):
        if number:
            await desk.tab.keyboard.press("Shift+Enter")
        await desk.tab.keyboard.insert_text(line)
    for _ in range(left):
        await desk.tab.keyboard.press("ArrowLeft")


@pytest.mark.parametrize(
    ("draft", "left", "expected"),
    [
        ("Oi, Ana! ", 0, f"Oi, Ana! {REPLY}"),
        ("Oi!\nTudo bem?", 0, f"Oi!\nTudo bem?{REPLY}"),
        ("Oi!\nTudo bem?", 10, f"Oi!{REPLY}\nTudo bem?"),
        ("amanhã", 3, f"ama{REPLY}nhã"),
        ("👗👍🏽😊", 1, f"👗👍🏽{REPLY}😊"),
        ("um\n\ndois", 5, f"um\n{REPLY}\ndois"),
        ("início", 6, f"{REPLY}início"),
        ("", 0, REPLY),
    ],
)
async def test_it_goes_where_the_cursor_is(desk: Desk, draft: str, left: int, expected: str) -> None:
    token = await desk.open_chat(ANA)
    await write(desk, draft, left)
    result = await desk.insert(token, text=REPLY, where="cursor")
    assert (result.code, result.box_text) == (InsertCode.INSERTED, expected)
    assert await desk.box_text() == expected
    await desk.tab.keyboard.type("!")
    assert await desk.box_text() == expected.replace(REPLY, REPLY + "!")


async def test_what_is_selected_stays(desk: Desk) -> None:
    token = await desk.open_chat(ANA)
    await write(desk, "Já te respondo, Ana", 5)
    for _ in range(8):
        await desk.tab.keyboard.press("Shift+ArrowLeft")
    assert await desk.tab.evaluate(SELECTED) == "respondo"
    result = await desk.insert(token, text=" agora", where="cursor")
    assert (result.code, result.box_text) == (InsertCode.INSERTED, "Já te respondo agora, Ana")


@pytest.mark.parametrize(
    ("draft", "left", "expected"),
    [
        ("/tro", 0, "Troca em 7 dias 👗"),
        ("Oi, Ana!\nSobre isso: /tro", 0, "Oi, Ana!\nSobre isso: Troca em 7 dias 👗"),
        ("👍🏽 /tro e mais", 7, "👍🏽 Troca em 7 dias 👗 e mais"),
    ],
)
async def test_what_opened_the_list_gives_way(desk: Desk, draft: str, left: int, expected: str) -> None:
    token = await desk.open_chat(ANA)
    await write(desk, draft, left)
    result = await desk.insert(token, text="Troca em 7 dias 👗", where="cursor", over="/tro")
    assert (result.code, result.box_text) == (InsertCode.INSERTED, expected)


@pytest.mark.parametrize(("draft", "left"), [("/troc", 0), ("/tro", 1), ("", 0), ("o", 0), ("já /tro vou", 0)])
async def test_what_does_not_stand_before_the_cursor_gives_no_way(desk: Desk, draft: str, left: int) -> None:
    token = await desk.open_chat(ANA)
    await write(desk, draft, left)
    result = await desk.insert(token, text="Troca", where="cursor", over="/tro")
    assert (result.code, result.box_text) == (InsertCode.NOT_THERE, draft)
    assert await desk.box_text() == draft


async def test_a_text_of_the_person_is_replaced_by_its_new_form_only(desk: Desk) -> None:
    token = await desk.open_chat(ANA)
    draft = "oi ana\n\na gente entrega hj 😊"
    await write(desk, draft, 4)
    changed = await desk.insert(token, text="Oi!", where="over", over=draft.replace("hj", "hoje"))
    assert (changed.code, await desk.box_text()) == (InsertCode.NOT_THERE, draft)
    new = "Oi, Ana!\nEntregamos hoje 😊"
    result = await desk.insert(token, text=new, where="over", over=draft)
    assert (result.code, result.box_text) == (InsertCode.INSERTED, new)
    again = await desk.insert(token, text="Só em caixa vazia", where="over")
    assert (again.code, await desk.box_text()) == (InsertCode.NOT_THERE, new)


@pytest.mark.parametrize("draft", ["", "Olá! "])
async def test_the_first_variable_is_selected_and_typing_fills_it(desk: Desk, draft: str) -> None:
    token = await desk.open_chat(ZE)
    await write(desk, draft)
    text = "Oi 😊\nO pedido {pedido} de {nome} sai hoje"
    result = await desk.insert(token, ZE, text, where="cursor" if draft else "empty", select="{pedido}")
    assert result.code is InsertCode.INSERTED
    assert await desk.tab.evaluate(SELECTED) == "{pedido}"
    await desk.tab.keyboard.type("771")
    assert await desk.box_text() == draft + text.replace("{pedido}", "771")


async def test_the_focus_elsewhere_means_the_end(desk: Desk) -> None:
    token = await desk.open_chat(ANA)
    await write(desk, "Oi, Ana", 3)
    await desk.box.evaluate("box => { box.blur(); getSelection().removeAllRanges(); }")
    result = await desk.insert(token, text="! Sai hoje", where="cursor")
    assert (result.code, result.box_text) == (InsertCode.INSERTED, "Oi, Ana! Sai hoje")


SWALLOWS = """() => document.addEventListener("paste", (event) => {
  if (globalThis.swallowed) return;
  globalThis.swallowed = true;
  getSelection().selectAllChildren(document.querySelector("#main footer [contenteditable]"));
  document.dispatchEvent(new Event("selectionchange"));
}, { capture: true })"""
"""An editor that lets the first paste take the place of everything."""


@pytest.mark.parametrize("editor", [FIRST_LINE_ONLY, SWALLOWS])
@pytest.mark.parametrize("where", ["cursor", "over"])
async def test_when_it_goes_wrong_the_draft_is_put_back(desk: Desk, editor: str, where: str) -> None:
    token = await desk.open_chat(ANA)
    draft = "Oi, Ana! 👍🏽 te respondo /tro já"
    await write(desk, draft, 3)
    await desk.tab.evaluate(editor)
    over = draft if where == "over" else "/tro"
    result = await desk.insert(token, text=REPLY, where=where, over=over)
    if editor is SWALLOWS and where == "over":
        assert result.code is InsertCode.INSERTED
        return
    assert (result.code, result.box_text) == (InsertCode.NOT_VERIFIED, draft)
    assert await desk.box_text() == draft


async def test_a_page_that_takes_no_paste_keeps_the_draft(desk: Desk) -> None:
    token = await desk.open_chat(ANA)
    await write(desk, "Oi!\nJá vou", 2)
    await desk.tab.evaluate("() => window.addEventListener('paste', (event) => event.stopImmediatePropagation(), true)")
    result = await desk.insert(token, text=REPLY, where="cursor")
    assert (result.code, result.box_text) == (InsertCode.NOT_VERIFIED, "Oi!\nJá vou")
