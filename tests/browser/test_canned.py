"""Canned replies behind the slash: the whole way from the key to the box, by keyboard and by mouse. Nothing is sent."""

import asyncio

import pytest

from tests.browser.canned import GENERATIONS, KEYS, TRADE, OpenCounter, nothing_lost, open_counter

pytestmark = [pytest.mark.browser, pytest.mark.by_turns]


__all__ = ["open_counter"]


@pytest.mark.parametrize("generation", GENERATIONS)
async def test_a_reply_takes_the_place_of_what_was_typed_and_the_rest_stays(
    open_counter: OpenCounter, generation: str
) -> None:
    counter = await open_counter(generation)
    keys = counter.desk.tab.keyboard
    await counter.typed("Oi!  Até logo")
    for _ in range(len(" Até logo")):
        await keys.press("ArrowLeft")
    await keys.type("/tro")
    await counter.lists("Prazo de troca")
    await keys.press("Enter")
    await counter.written(f"Oi! {TRADE} Até logo")
    await counter.notice("inserted")
    assert await counter.shown() == []
    assert await counter.desk.store.habits.reply_uses() == {"troca": 1}
    await nothing_lost(counter)


@pytest.mark.parametrize("generation", GENERATIONS)
async def test_the_enter_that_picks_never_reaches_the_page_however_long_it_is_held(
    open_counter: OpenCounter, generation: str
) -> None:
    counter = await open_counter(generation)
    keys = counter.desk.tab.keyboard
    await counter.desk.tab.evaluate(KEYS)
    await counter.typed("/hora")
    await counter.lists("Horário de atendimento")
    await keys.down("Enter")
    for _ in range(20):
        await keys.down("Enter")  # The key repeats while it is held down.
    await keys.up("Enter")
    await counter.written("Atendemos das 9h às 18h.\nPosso ajudar em algo mais?")
    heard = await counter.desk.tab.evaluate("() => __keys")
    assert [key for key in heard if key.endswith("Enter")] == []
    assert "keydown a" in heard
    await nothing_lost(counter)


async def test_another_enter_before_the_reply_is_there_does_not_send_what_was_typed(open_counter: OpenCounter) -> None:
    may_fill = asyncio.Event()
    counter = await open_counter(may_fill=may_fill)
    await counter.typed("/hora")
    await counter.lists("Horário de atendimento")
    await counter.desk.tab.keyboard.press("Enter")
    await counter.desk.tab.keyboard.press("Enter")
    assert await counter.desk.attendant.written() == "/hora"
    may_fill.set()
    await counter.written("Atendemos das 9h às 18h.\nPosso ajudar em algo mais?")
    await nothing_lost(counter)


@pytest.mark.parametrize("generation", GENERATIONS)
async def test_escape_keeps_what_was_typed_and_the_chat_open(open_counter: OpenCounter, generation: str) -> None:
    counter = await open_counter(generation)
    await counter.typed("Vou ver /tro")
    await counter.lists("Prazo de troca")
    await counter.desk.tab.keyboard.press("Escape")
    await counter.lists()
    await counter.desk.tab.keyboard.type("c")
    assert await counter.desk.attendant.written() == "Vou ver /troc"
    assert await counter.shown() == []
    assert await counter.desk.attendant.open_title() == "Ana"
    await counter.desk.tab.keyboard.type(" e /hor")
    await counter.lists("Horário de atendimento")
    await nothing_lost(counter)


@pytest.mark.parametrize("generation", GENERATIONS)
async def test_where_nothing_matches_every_key_is_the_pages(open_counter: OpenCounter, generation: str) -> None:
    counter = await open_counter(generation)
    await counter.desk.tab.evaluate(KEYS)
    await counter.typed("/tr")
    await counter.lists("Prazo de troca")
    await counter.desk.tab.keyboard.type("x")
    await counter.lists()
    assert await counter.desk.attendant.send() == "/trx"
    counters = await counter.desk.standin.counters()
    assert (counters.sends_by_attendant, counters.sends_by_agent) == (1, 0)
    assert (await counter.desk.tab.evaluate("() => __keys")).count("keydown Enter") == 1
    assert await counter.desk.tab.evaluate("() => __lost") == []


async def test_arrows_choose_tab_picks_and_the_first_blank_is_selected(open_counter: OpenCounter) -> None:
    counter = await open_counter()
    await counter.typed("/")
    await counter.lists("Prazo de troca", "Horário de atendimento", "Situação do pedido")
    active = "root => root.querySelector('.canned-one[data-active=true]').dataset.reply"
    assert await counter.see(active) == "troca"
    for key, reply in [("ArrowUp", "rastreio"), ("ArrowDown", "troca"), ("ArrowUp", "rastreio")]:
        await counter.desk.tab.keyboard.press(key)
        assert await counter.see(active) == reply
    assert await counter.see("root => root.querySelector('.canned-text').textContent") == (
        "O pedido {pedido} saiu hoje. 🚚"
    )
    await counter.desk.tab.keyboard.press("Tab")
    await counter.written("O pedido {pedido} saiu hoje. 🚚")
    await counter.notice("fill_in")
    await counter.until(lambda: counter.desk.tab.evaluate("() => getSelection().toString() === '{pedido}'"))
    await counter.desk.tab.keyboard.type("1042")
    assert await counter.desk.attendant.written() == "O pedido 1042 saiu hoje. 🚚"
    await nothing_lost(counter)


@pytest.mark.parametrize("generation", GENERATIONS)
async def test_by_mouse_a_reply_goes_in_and_the_focus_stays(open_counter: OpenCounter, generation: str) -> None:
    counter = await open_counter(generation)
    await counter.typed("Oi! /")
    await counter.lists("Prazo de troca", "Horário de atendimento", "Situação do pedido")
    await counter.desk.tab.mouse.move(*await counter.place("[data-reply=horario]"))
    await counter.until(
        lambda: counter.see("root => root.querySelector('[data-reply=horario]').dataset.active === 'true'")
    )
    await counter.click("[data-reply=horario]")
    await counter.written("Oi! Atendemos das 9h às 18h.\nPosso ajudar em algo mais?")
    await nothing_lost(counter)


async def test_a_mouse_that_stands_still_points_at_nothing(open_counter: OpenCounter) -> None:
    counter = await open_counter()
    await counter.typed("/")
    await counter.lists("Prazo de troca", "Horário de atendimento", "Situação do pedido")
    where = await counter.place("[data-reply=horario]")
    await counter.desk.tab.keyboard.press("Escape")
    await counter.lists()
    await counter.desk.tab.mouse.move(*where)
    await counter.desk.tab.keyboard.type(" /")
    await counter.lists("Prazo de troca", "Horário de atendimento", "Situação do pedido")
    assert await counter.see("root => root.querySelector('[data-active=true]').dataset.reply") == "troca"


async def test_the_keys_are_whatsapps_while_a_list_of_its_own_is_shown(open_counter: OpenCounter) -> None:
    counter = await open_counter()
    await counter.desk.tab.evaluate(KEYS)
    await counter.typed("/tro")
    await counter.lists("Prazo de troca")
    await counter.desk.tab.evaluate(
        """() => {
          const list = document.createElement("div");
          list.role = "listbox";
          list.style.cssText = "position: fixed; left: 400px; bottom: 80px; z-index: 9";
          list.textContent = "/troca rápida";
          document.querySelector("#app").append(list);
        }"""
    )
    await counter.desk.tab.keyboard.press("ArrowDown")
    assert "keydown ArrowDown" in await counter.desk.tab.evaluate("() => __keys")
    await counter.desk.tab.mouse.move(*await counter.place("[data-reply=troca]"))
    await counter.desk.tab.mouse.move(*[way + 3 for way in await counter.place("[data-reply=troca]")])
    await counter.desk.tab.keyboard.press("Enter")
    await counter.written(TRADE)
    assert "keydown Enter" not in await counter.desk.tab.evaluate("() => __keys")
    await nothing_lost(counter)


async def test_the_list_follows_what_is_typed_and_goes_with_it(open_counter: OpenCounter) -> None:
    counter = await open_counter()
    keys = counter.desk.tab.keyboard
    await counter.typed("a/tro")
    assert await counter.shown() == []
    await keys.type(" /pedi")
    await counter.lists("Situação do pedido")
    for _ in "pedi":
        await keys.press("Backspace")
    await counter.lists("Prazo de troca", "Horário de atendimento", "Situação do pedido")
    await keys.press("Backspace")
    await counter.lists()
    await keys.type("/tro fim")
    await counter.lists()
    for _ in " fim":
        await keys.press("ArrowLeft")  # The cursor comes by what was typed before: nothing opens.
    await counter.desk.tab.evaluate(
        "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
    )
    assert await counter.shown() == []
    await nothing_lost(counter)


async def test_another_chat_closes_the_list_and_folded_the_slash_is_a_letter(open_counter: OpenCounter) -> None:
    counter = await open_counter()
    await counter.typed("/tro")
    await counter.lists("Prazo de troca")
    await counter.desk.opens("Bia")
    await counter.lists()
    assert await counter.desk.attendant.written() == ""
    await counter.see("root => root.querySelector('.head [aria-label=Minimizar]') !== null")
    await counter.click(".head .tool:last-of-type")
    await counter.until(lambda: counter.see("root => root.querySelector('.card').dataset.mode === 'rail'"))
    await counter.typed("/tro")
    assert await counter.shown() == []
    assert await counter.desk.attendant.send() == "/tro"
    assert (await counter.desk.standin.counters()).sends_by_attendant == 1


async def test_a_reply_that_was_picked_for_one_chat_never_comes_into_another(open_counter: OpenCounter) -> None:
    may_fill = asyncio.Event()
    counter = await open_counter(may_fill=may_fill)
    await counter.typed("Um momento /hora")
    await counter.lists("Horário de atendimento")
    await counter.desk.tab.keyboard.press("Enter")
    await counter.desk.opens("Bia")
    may_fill.set()
    await counter.notice("wrong_chat")
    assert await counter.desk.attendant.written() == ""
    await counter.desk.opens("Ana")
    assert await counter.desk.attendant.written() == "Um momento /hora"
    assert await counter.desk.store.habits.reply_uses() == {}
