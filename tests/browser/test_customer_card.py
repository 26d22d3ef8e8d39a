"""The customer's card over the whole flow: each edit by mouse and by keyboard, in its own chat and in no other."""

import pytest

from tests.browser.customer_tab import ANA, BIA, Office, conversation, kept, office

pytestmark = [pytest.mark.browser, pytest.mark.by_turns]

__all__ = ["office"]


@pytest.mark.parametrize("generation", ["2026", "2025"])
async def test_each_edit_by_mouse_and_its_undo(office: Office, generation: str) -> None:
    card = await office(generation=generation)
    number = await conversation(card)
    await card.desk.attendant.type("já vou ver")
    # The name.
    await card.press("[data-edit=name]")
    await card.types("Ana (oficina)")
    await card.tab.keyboard.press("Enter")
    await card.shows("No WhatsApp: Ana Beatriz")
    await card.settled()
    assert (await kept(card, number))[1].customer == "Ana (oficina)"
    await card.undoes()
    assert (await kept(card, number))[1].customer == ANA
    # A tag, and its cross.
    await card.press("[data-edit=tag]")
    await card.types("atacado")
    await card.tab.keyboard.press("Enter")
    await card.settled()
    assert await card.tags() == ["atacado"]
    await card.press("[data-part=tags] .customer-remove")
    await card.settled()
    assert (await kept(card, number))[1].tags == ()
    await card.undoes()
    assert (await kept(card, number))[1].tags == ("atacado",)
    # A note: written, changed, removed, and each taken back.
    await card.press('[data-edit="note new"]')
    await card.types("prefere à tarde\n🌻")
    await card.press("[data-do=keep]")
    await card.settled()
    notes = (await kept(card, number))[1].notes
    assert [note.text for note in notes] == ["prefere à tarde\n🌻"]
    await card.press(f'[data-edit="note {notes[0].id}"]')
    await card.types("de manhã")
    await card.press("[data-do=keep]")
    await card.settled()
    await card.undoes()
    assert [note.text for note in (await kept(card, number))[1].notes] == ["prefere à tarde\n🌻"]
    await card.press(".customer-note .customer-remove")
    await card.settled()
    assert (await kept(card, number))[1].notes == ()
    await card.undoes()
    assert [note.text for note in (await kept(card, number))[1].notes] == ["prefere à tarde\n🌻"]
    # A field of the company's own.
    await card.press('[data-edit="field new"]')
    await card.types("Pé")
    await card.press(".writing-text")
    await card.types("39")
    await card.press("[data-do=keep]")
    await card.settled()
    assert (await kept(card, number))[1].fields == {"Pé": "39"}
    await card.press("[data-part=fields] dd .customer-value")
    await card.types("40")
    await card.press(".customer-phone, .customer-contact")  # A click beside it in the card changes nothing yet.
    await card.tab.keyboard.press("Enter")
    await card.settled()
    assert (await kept(card, number))[1].fields == {"Pé": "40"}
    await card.undoes()
    assert (await kept(card, number))[1].fields == {"Pé": "39"}
    # Outcome, status and the day to come back, each in one click.
    await card.press("[data-value=won]")
    await card.settled()
    await card.press("[data-value=pending]")
    await card.settled()
    await card.press("[data-when=tomorrow]")
    await card.settled()
    line = (await kept(card, number))[0]
    assert (line.outcome, line.status) == ("won", "pending")
    assert line.follow_up_at is not None
    await card.undoes()
    assert (await kept(card, number))[0].follow_up_at is None
    assert await card.desk.attendant.written() == "já vou ver"
    audit = card.desk.store.audit(b"k" * 32)
    assert (await audit.verify()).intact
    assert len(await audit.page()) == 17


async def test_the_same_by_keyboard_alone(office: Office) -> None:
    card = await office()
    number, keyboard = await conversation(card), card.tab.keyboard

    async def go(selector: str) -> None:
        for _ in range(80):
            if await card.look("(root, s) => root.activeElement?.matches(s) ?? false", selector):
                return
            await keyboard.press("Tab")
        pytest.fail(f"no way to {selector}")

    await card.press("[data-edit=name]")  # Into the card; from here on no mouse.
    await card.in_field()
    await keyboard.press("Escape")
    await card.desk.attendant.composer.focus()
    await keyboard.press("Alt+KeyB")
    await card.until("root => root.activeElement !== null")
    await go("[data-edit=tag]")
    await keyboard.press("Enter")
    await card.types("vip")
    await keyboard.press("Enter")
    await card.settled()
    await card.until("root => root.activeElement?.matches('[data-edit=tag]')")
    await go('[data-edit="note new"]')
    await keyboard.press("Enter")
    await card.in_field()
    await keyboard.type("uma linha")
    await keyboard.press("Shift+Enter")
    await keyboard.type("outra")
    await keyboard.press("Enter")
    await card.settled()
    await go('[data-edit="field new"]')
    await keyboard.press("Enter")
    await card.in_field()
    await keyboard.type("Plano")
    await keyboard.press("Enter")
    await card.until("root => root.activeElement?.matches('.writing-text')")
    await keyboard.type("Ouro")
    await keyboard.press("Enter")
    await card.settled()
    await go("[data-value=resolved]")
    await keyboard.press("Enter")
    await card.settled()
    line, known = await kept(card, number)
    assert (known.tags, known.fields, line.outcome) == (("vip",), {"Plano": "Ouro"}, "resolved")
    assert [note.text for note in known.notes] == ["uma linha\noutra"]
    await go("[data-do=undo]")
    await keyboard.press("Enter")
    await card.settled()
    assert (await kept(card, number))[0].outcome == "open"
    await go("[data-edit=name]")
    await keyboard.press("Enter")
    await card.types("Outra")
    await keyboard.press("Escape")
    await card.until("root => root.activeElement?.matches('[data-edit=name]')")
    assert (await kept(card, number))[1].customer == ANA


async def test_a_click_elsewhere_keeps_what_was_written_and_another_chat_gets_none_of_it(
    office: Office,
) -> None:
    card = await office()
    ana = await conversation(card)
    await card.press('[data-edit="note new"]')
    await card.types("só da Ana")
    await card.desk.opens(BIA)
    await card.opens()
    await card.shows("Bia")
    await card.hides("só da Ana")
    bia = await conversation(card)
    assert (await kept(card, bia))[1].notes == ()
    await card.desk.opens(ANA)
    await card.opens()
    # Kept by the click, or still being written where the chat was gone first: it is never lost.
    await card.until(
        """root => (root.querySelector('.customer-note')?.textContent
             ?? root.querySelector('.writing-text')?.value ?? '').includes('só da Ana')"""
    )
    if await card.look("root => root.querySelector('.writing-text') !== null"):
        await card.press("[data-do=keep]")
    await card.settled()
    assert [note.text for note in (await kept(card, ana))[1].notes] == ["só da Ana"]
    await card.press("[data-edit=tag]")
    await card.types("fiel")
    await card.desk.attendant.composer.click()  # In the same chat.
    await card.settled()
    await card.until("root => root.querySelector('[data-part=tags]').textContent.includes('fiel')")
    assert (await kept(card, ana))[1].tags == ("fiel",)
