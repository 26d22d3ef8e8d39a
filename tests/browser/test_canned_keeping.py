"""The list of canned replies opened by its button, switched off, empty, changed; and a sent message kept in it."""

from collections.abc import AsyncGenerator

import pytest

from agent.contract.analysis import Analysis, Question
from agent.contract.replies import NewReply
from agent.contract.workplace import Preferences
from agent.core.errands import KeepPreferences
from agent.core.events import Event
from tests.browser.canned import GENERATIONS, KEYS, SHELF, OpenCounter, open_counter
from tests.test_flow import ScriptedAnalyst

pytestmark = [pytest.mark.browser, pytest.mark.by_turns]


__all__ = ["open_counter"]


async def test_the_slash_is_switched_off_in_the_lists_foot_and_the_button_stays(open_counter: OpenCounter) -> None:
    wanted: list[Preferences] = []

    class Remembers:
        takes = (KeepPreferences,)
        newest_only = False

        async def do(self, errand: KeepPreferences) -> AsyncGenerator[Event]:
            wanted.append(errand.preferences)
            no_answer: tuple[Event, ...] = ()
            for event in no_answer:
                yield event

    counter = await open_counter(more=Remembers())
    await counter.typed("Oi /")
    await counter.click(".canned-off")
    await counter.lists()
    await counter.notice("slash_off")
    assert [liked.slash for liked in wanted] == [False]
    await counter.desk.tab.keyboard.type("tro")
    assert await counter.shown() == []
    await counter.desk.tab.evaluate(KEYS)
    await counter.click("[data-tool=canned]")
    await counter.lists("Prazo de troca", "Horário de atendimento", "Situação do pedido")
    assert await counter.desk.tab.evaluate("() => __lost") == []
    await counter.click(".canned-head input")
    await counter.desk.tab.keyboard.type("hor")
    await counter.lists("Horário de atendimento")
    assert await counter.desk.tab.evaluate("() => __keys") == []
    await counter.desk.tab.keyboard.press("Enter")
    await counter.written("Oi /troAtendemos das 9h às 18h.\nPosso ajudar em algo mais?")
    assert (await counter.desk.standin.counters()).sends == 0


@pytest.mark.parametrize("generation", GENERATIONS)
async def test_a_sent_message_becomes_a_reply_for_everybody(open_counter: OpenCounter, generation: str) -> None:
    counter = await open_counter(generation)
    await counter.click("[data-tool=canned]")
    await counter.click(".canned-foot .plain")
    await counter.until(lambda: counter.see("root => root.querySelector('.canned-fields') !== null"))
    assert await counter.see("root => root.querySelector('textarea').value") == (
        "{saudacao}, {nome}! Guardei o P até sexta."
    )
    await counter.click("textarea")
    await counter.desk.tab.keyboard.press("Control+End")
    await counter.desk.tab.keyboard.type(" 529.982.247-25")
    await counter.until(lambda: counter.see("root => /CPF/.test(root.querySelector('.canned-said')?.textContent)"))
    for _ in " 529.982.247-25":
        await counter.desk.tab.keyboard.press("Backspace")
    await counter.until(lambda: counter.see("root => root.querySelector('.canned-said')?.textContent === ''"))
    await counter.click(".canned-fields input")
    await counter.desk.tab.keyboard.type("Prazo de troca")
    await counter.click(".canned-buttons [data-main]")
    await counter.until(
        lambda: counter.see("root => /Já existe/.test(root.querySelector('.canned-said')?.textContent)")
    )
    assert counter.file.read_text("utf-8") == SHELF
    for _ in "Prazo de troca":
        await counter.desk.tab.keyboard.press("Backspace")
    await counter.desk.tab.keyboard.type("Peça guardada")
    await counter.desk.tab.keyboard.press("Tab")
    await counter.desk.tab.keyboard.type("Guardada")
    await counter.desk.tab.keyboard.press("Enter")
    await counter.notice("reply_saved")
    book, _ = await counter.replies.read()
    assert book.replies[-1].model_dump(exclude={"examples", "intents"}) == {
        "id": "peca-guardada",
        "title": "Peça guardada",
        "shortcut": "/guardada",
        "text": "{saudacao}, {nome}! Guardei o P até sexta.",
    }
    assert "# The ones that everybody asks for." in counter.file.read_text("utf-8")
    await counter.typed("/guar")
    await counter.lists("Peça guardada")
    assert (await counter.desk.standin.counters()).sends == 0


async def test_a_reply_that_was_made_elsewhere_is_in_the_list_at_once(open_counter: OpenCounter) -> None:
    counter = await open_counter()
    await counter.replies.add(NewReply(title="Vagas na porta", text="Temos vagas."), None)
    await counter.typed("/vag")
    await counter.until(counter.shown)
    assert await counter.shown() == ["Vagas na porta"]
    counter.file.write_text(SHELF.replace("Prazo de troca", "Trocas e devoluções"), "utf-8")  # Edited by hand.
    await counter.desk.tab.keyboard.press("Escape")
    await counter.desk.tab.keyboard.type(" /devo")

    async def there() -> bool:
        return await counter.shown() == ["Trocas e devoluções"]

    await counter.until(there)


async def test_an_empty_shelf_says_where_replies_are_made(open_counter: OpenCounter) -> None:
    counter = await open_counter(file_text="replies: []\n")
    await counter.typed("/")
    assert await counter.see("root => root.querySelector('.canned') === null")
    await counter.click("[data-tool=canned]")
    await counter.until(
        lambda: counter.see("root => /replies.yaml/.test(root.querySelector('.canned-none')?.textContent)")
    )
    await counter.desk.tab.keyboard.press("Escape")
    await counter.until(lambda: counter.see("root => root.querySelector('.canned') === null"))
    assert await counter.desk.attendant.written() == "/"


@pytest.mark.parametrize("ticked", [True, False])
async def test_a_kept_reply_is_for_what_the_open_cards_customer_wants(open_counter: OpenCounter, ticked: bool) -> None:
    counter = await open_counter()
    await counter.until(lambda: counter.see("root => root.querySelector('.slot') !== null"))
    await counter.click("[data-tool=canned]")
    await counter.click(".canned-foot .plain")
    await counter.says(".canned-wanted", "Para quem quer: Preço")
    if not ticked:
        await counter.click(".canned-wanted")
    state = "root => root.querySelector('.canned-wanted')?.ariaChecked"

    async def stands() -> bool:
        return bool(await counter.see(state) == str(ticked).lower())

    await counter.until(stands)
    await counter.click(".canned-fields input")
    await counter.desk.tab.keyboard.type("Peça guardada")
    await counter.desk.tab.keyboard.press("Enter")
    await counter.notice("reply_saved")
    book, _ = await counter.replies.read()
    assert book.replies[-1].intents == (("price",) if ticked else ())
    assert (await counter.desk.standin.counters()).sends == 0


@pytest.mark.parametrize("doubt", [{"unsure": True}, {"intent": "other"}])
async def test_a_doubtful_intent_is_not_offered_for_a_kept_reply(
    open_counter: OpenCounter, doubt: dict[str, object]
) -> None:
    class Doubting(ScriptedAnalyst):
        async def analyse(self, question: Question, limit: int = 3) -> Analysis:
            return (await super().analyse(question, limit)).model_copy(update=doubt)

    counter = await open_counter(analyst=Doubting())
    await counter.until(lambda: counter.see("root => root.querySelector('.slot') !== null"))
    await counter.click("[data-tool=canned]")
    await counter.click(".canned-foot .plain")
    await counter.until(lambda: counter.see("root => root.querySelector('.canned-fields') !== null"))
    assert await counter.see("root => root.querySelector('.canned-wanted') === null")
