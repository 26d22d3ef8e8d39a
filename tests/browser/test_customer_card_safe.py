"""The customer's card keeps to itself: nothing reaches the page, odd texts do no harm, refusals are said in words."""

import asyncio
import json
from datetime import UTC, datetime, timedelta

import pytest

from agent.contract.desk import ConversationChange
from agent.core.events import Looked
from tests.browser.customer_tab import ANA, BIA, UNSAVED, Office, conversation, kept, office
from tests.patience import PATIENCE_S

pytestmark = pytest.mark.browser

__all__ = ["office"]

LISTEN = """() => {
  globalThis.__heard = [];
  const kinds = ['keydown', 'keypress', 'keyup', 'beforeinput', 'input', 'change', 'paste', 'focusin', 'focusout',
    'compositionstart', 'mousedown', 'click'];
  for (const kind of kinds) {
    window.addEventListener(kind, (event) => {
      const where = event.target instanceof Element ? event.target.closest('#app') ? 'page' : 'card' : 'other';
      globalThis.__heard.push(`${kind} ${where} ${event.key ?? event.data ?? ''}`);
    });
    document.addEventListener(kind, (event) => globalThis.__heard.push(`${kind} early ${event.key ?? ''}`), true);
  }
}"""


async def test_nothing_that_is_typed_in_the_card_reaches_the_page(office: Office) -> None:
    card = await office()
    await card.desk.attendant.type("meu rascunho")
    await card.tab.evaluate(LISTEN)
    await card.press('[data-edit="note new"]')
    await card.in_field()
    await card.tab.evaluate("() => { globalThis.__heard.length = 0; }")
    await card.tab.keyboard.type("Segredo da Ana /ok ")
    await card.tab.keyboard.press("Shift+Enter")
    await card.tab.keyboard.press("Control+Z")
    await card.tab.keyboard.press("Control+C")
    await card.tab.keyboard.insert_text("çã🌻")
    await card.tab.keyboard.press("Escape")
    heard = await card.tab.evaluate("() => globalThis.__heard")
    quiet = ("focusin page", "focusin early", "keyup page Escape", "keyup early Escape")
    assert [one for one in heard if not one.startswith(quiet)] == [], "only that the box has the focus again"
    assert await card.desk.attendant.written() == "meu rascunho"


async def test_an_enter_held_down_keeps_and_sends_nothing(office: Office) -> None:
    card = await office()
    await card.desk.attendant.type("ainda não")
    await card.press("[data-edit=tag]")
    await card.types("vip")
    for _ in range(5):
        await card.tab.keyboard.down("Enter")
    await card.tab.keyboard.up("Enter")
    await card.settled()
    assert await card.tags() == ["vip"]
    assert await card.desk.attendant.written() == "ainda não"
    assert (await card.desk.standin.counters()).sends == 0


async def test_input_made_by_a_script_does_nothing(office: Office) -> None:
    card = await office()
    number = await conversation(card)
    await card.look(
        """root => {
          for (const button of root.querySelectorAll('.customer button')) button.click();
          const made = new MouseEvent('click', { bubbles: true, composed: true });
          root.querySelector('[data-value=won]').dispatchEvent(made);
        }"""
    )
    await card.desk.quiet(0.3)
    line, known = await kept(card, number)
    assert (line.outcome, line.follow_up_at, known.tags) == ("open", None, ())
    assert await card.look("root => root.querySelector('.writing')") is None


async def test_what_others_change_shows_and_what_is_being_written_stays(
    office: Office,
) -> None:
    card = await office()
    number = await conversation(card)
    line, known = await kept(card, number)
    await card.press("[data-edit=name]")
    await card.types("Ana, pela meta")
    await card.desk.store.desk.rename(known.id, "Do painel")
    await card.desk.store.desk.tag(known.id, "do painel")  # Last: who sees it knows the name too.
    await card.desk.standin.deliver(line.title.casefold().replace(" ", "-"), "Mais uma coisa")
    await card.shows("do painel")
    assert await card.look("root => root.querySelector('.writing-text').value") == "Ana, pela meta"
    await card.tab.keyboard.press("Enter")
    await card.settled()
    await card.undoes()
    assert (await kept(card, number))[1].customer == "Do painel"


async def test_a_refusal_is_rolled_back_in_words(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    card = await office()
    number = await conversation(card)
    monkeypatch.setattr("agent.storage.repositories.customers.MOST_TAGS", 0)
    await card.press("[data-edit=tag]")
    await card.types("vip")
    await card.tab.keyboard.press("Enter")
    await card.until("root => root.querySelector('[data-said=failed]')?.textContent.includes('itens demais')")
    assert await card.tags() == []
    await card.press("[data-edit=tag]")
    await card.types("a/b")
    await card.tab.keyboard.press("Enter")
    await card.until("root => root.querySelector('[role=alert]')?.textContent.includes('barra')")
    await card.tab.keyboard.press("Escape")
    await card.press('[data-edit="note new"]')
    await card.types("x" * 4001)
    await card.tab.keyboard.press("Enter")
    await card.until("root => root.querySelector('[role=alert]')?.textContent.includes('4.000')")
    assert (await kept(card, number))[1].notes == ()


HOSTILE = [
    "<img src=x onerror=alert(1)><b>oi</b>",
    "\u202eoirártnoc oa\u202c \u2066solto",
    "z\u0335\u0353a\u0321l\u0334g\u0321o" * 40,
    "x" * 4000,
    "👨‍👩‍👧‍👦" * 300,
]


@pytest.mark.parametrize("text", HOSTILE, ids=["html", "bidi", "marks", "long", "emoji"])
async def test_odd_texts_show_harmlessly(office: Office, text: str) -> None:
    card = await office()
    number = await conversation(card)
    _, known = await kept(card, number)
    desk = card.desk.store.desk
    await desk.add_note(known.id, text, "attendant:Zé <b>")
    await desk.set_field(known.id, text[:20].replace("/", " "), text[:1000])
    await desk.tag(known.id, text[:60].replace("/", " ").strip())
    await desk.rename(known.id, text[:200])
    card.desk.flow._inbox.answer(Looked(datetime.now(UTC)))
    await card.until("(root, t) => [...root.querySelectorAll('.words')].some(one => one.textContent === t)", text)
    seen = await card.look(
        """root => {
          const panel = root.querySelector('.customer-parts');
          const card = root.querySelector('.card').getBoundingClientRect();
          const far = one => one.getBoundingClientRect().right > card.right + 1;
          const free = one => getComputedStyle(one.parentElement).overflow === 'visible';
          const out = [...panel.querySelectorAll('*')].filter(one => far(one) && free(one));
          const made = panel.querySelectorAll('img, b, script').length;
          return { wide: panel.scrollWidth - panel.clientWidth, made, out: out.length };
        }"""
    )
    assert seen == {"wide": 0, "made": 0, "out": 0}
    mixing = (
        "[...root.querySelectorAll('.words, bdi')].filter(one => getComputedStyle(one).unicodeBidi === 'normal').length"
    )
    assert await card.look(f"root => {mixing}") == 0


async def test_a_group_an_unsaved_contact_and_nobody(office: Office) -> None:
    card = await office()
    await card.shows("Nada anotado ainda")
    await card.shows("não mostra o número")
    await card.desk.opens(UNSAVED)
    await card.opens()
    await card.shows("(11) 90000-0012")
    await card.desk.opens("Grupo da Praça")
    await card.opens()
    await card.shows("Grupo: aqui só se anota")
    assert await card.look("root => root.querySelectorAll('[data-part]').length") == 0
    await card.press("[data-value=resolved]")
    await card.settled()
    line = await card.desk.store.desk.conversation(await conversation(card))
    assert line is not None
    assert line.outcome == "resolved"


async def test_a_reminder_stands_over_every_tab_until_it_is_done(office: Office) -> None:
    card = await office(BIA)
    bia = await conversation(card)
    past = datetime.now(UTC) - timedelta(minutes=5)
    await card.desk.store.desk.change(bia, ConversationChange(follow_up_at=past))
    await card.desk.opens(ANA)
    card.desk.flow._inbox.answer(Looked(datetime.now(UTC)))
    await card.until("root => root.querySelector('.customer-reminder')?.textContent.includes('Voltar a falar com Bia')")
    assert await card.look("root => root.querySelector('[data-tab=replies]').ariaSelected") == "true"
    await card.press("[data-do=point]")
    assert await card.desk.attendant.open_title() == ANA, "nothing is opened"
    await card.press("[data-do=done]")
    await card.until("root => root.querySelector('.customer-reminder') === null")
    async with asyncio.timeout(PATIENCE_S):
        while (await card.desk.store.desk.due("loja")) != ():
            await asyncio.sleep(0.03)


async def test_a_reminder_that_comes_while_somebody_writes_takes_neither_the_words_nor_the_place(
    office: Office,
) -> None:
    card = await office(BIA)
    past = datetime.now(UTC) - timedelta(minutes=5)
    await card.desk.store.desk.change(await conversation(card), ConversationChange(follow_up_at=past))
    await card.desk.opens(ANA)
    await card.opens()
    await card.tab.set_viewport_size({"width": 1280, "height": 720})
    await card.press('[data-edit="field new"]')
    await card.types("Pé")
    seen = """root => {
      const [box, line] = ['.writing', '.customer-said'].map(one => root.querySelector(one).getBoundingClientRect());
      const field = root.activeElement;
      return box.bottom <= line.top && field?.matches('.writing-name') && field.value === 'Pé';
    }"""
    await card.until(seen)
    card.desk.flow._inbox.answer(Looked(datetime.now(UTC)))
    await card.until("root => root.querySelector('.customer-reminder') !== null")
    assert await card.look(
        "root => root.activeElement?.matches('.writing-name') && root.querySelector('.customer-parts').scrollTop"
    )
    await card.tab.keyboard.type("s")
    assert await card.look("root => root.querySelector('.writing-name').value") == "Pés"


async def test_what_others_add_meanwhile_does_not_push_the_form_out_of_sight(office: Office) -> None:
    card = await office()
    line, known = await kept(card, await conversation(card))
    await card.tab.set_viewport_size({"width": 1280, "height": 720})
    await card.press('[data-edit="field new"]')
    await card.in_field()
    for number in range(9):
        await card.desk.store.desk.tag(known.id, f"etiqueta de número {number}")
    await card.desk.standin.deliver(line.title.casefold().replace(" ", "-"), "Mais uma coisa")
    await card.shows("etiqueta de número 8")
    assert await card.look(
        """root => {
          const [box, line] = ['.writing', '.customer-said'].map(s => root.querySelector(s).getBoundingClientRect());
          return box.bottom <= line.top && root.activeElement.matches('.writing-name');
        }"""
    )


async def test_the_page_sees_no_word_of_the_card(office: Office) -> None:
    card = await office()
    await card.press('[data-edit="note new"]')
    await card.types("palavra-secreta")
    seen = await card.tab.evaluate(
        """() => JSON.stringify([document.documentElement.outerHTML, { ...localStorage }, { ...sessionStorage },
             document.activeElement?.outerHTML, Object.keys(globalThis)])"""
    )
    assert "palavra-secreta" not in json.dumps(json.loads(seen), ensure_ascii=False)
