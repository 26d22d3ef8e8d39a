"""Insertion through real Lexical. The desk's fixture proves after each test that nothing was sent."""

import pytest

from agent.contract.commands import InsertCode
from tests.page.desk import ANA, FIRST_LINE_ONLY, REPLY, ZE, Desk

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("title", [ANA, ZE])
async def test_four_lines_with_emoji_go_through_lexical(desk: Desk, title: str) -> None:
    result = await desk.insert(await desk.open_chat(title), title)
    # WhatsApp rewrites the hyphen of a list.
    expected = REPLY.replace("- A", "• A")
    assert (result.code, result.box_text) == (InsertCode.INSERTED, expected)
    assert await desk.box_text() == expected
    again = await desk.insert(await desk.open_chat(title), title)
    assert again.code is InsertCode.BOX_NOT_EMPTY


async def test_four_kilobytes_and_one_emoji(desk: Desk) -> None:
    token = await desk.open_chat(ANA)
    assert (await desk.insert(token, text="👍🏽")).code is InsertCode.INSERTED
    await desk.box.fill("")
    long = "\n".join(f"Linha {number} da resposta, com acento e ponto." for number in range(90))
    assert (await desk.insert(token, text=long)).box_text == long


async def test_a_draft_is_kept(desk: Desk) -> None:
    token = await desk.open_chat(ANA)
    await desk.box.click()
    await desk.tab.keyboard.type("já te respondo")
    result = await desk.insert(token)
    assert (result.code, result.box_text) == (InsertCode.BOX_NOT_EMPTY, "já te respondo")
    assert await desk.box_text() == "já te respondo"


async def test_another_chat_is_refused(desk: Desk) -> None:
    old = await desk.open_chat(ANA)
    token = await desk.open_chat(ZE)
    for refused in (await desk.insert(old, ANA), await desk.insert(token, ANA), await desk.insert(old, ZE)):
        assert refused.code is InsertCode.WRONG_CHAT
    assert await desk.box_text() == ""


async def test_dialogs_and_closed_chats_are_refused(desk: Desk) -> None:
    token = await desk.open_chat(ANA)
    await desk.standin.set_dialog(True)
    assert (await desk.insert(token)).code is InsertCode.DIALOG_OPEN
    await desk.standin.set_dialog(False)
    await desk.standin.set_blocked("ana", True)
    assert (await desk.insert(token)).code is InsertCode.NO_BOX
    await desk.standin.close_chat()
    assert (await desk.insert(token)).code is InsertCode.NO_BOX


async def test_a_refused_paste_leaves_an_empty_box(desk: Desk) -> None:
    token = await desk.open_chat(ANA)
    await desk.tab.evaluate(FIRST_LINE_ONLY)
    result = await desk.insert(token)
    assert (result.code, result.box_text) == (InsertCode.NOT_VERIFIED, "")
    assert await desk.box_text() == ""
