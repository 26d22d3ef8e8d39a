"""Rewriting and explaining by the model, from the press to the box, on the stand-in page."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from typing import Any, Self

import pytest

from agent.contract.stored import StoredMessage
from agent.contract.workplace import Language, Task
from agent.counter.writing import Writing
from agent.errands import Worker
from agent.ports import ModelState
from agent.storage.store import SqlStore
from tests.browser import seeing
from tests.browser.conftest import Desk, OpenDesk, chat
from tests.patience import PATIENCE_S
from tests.test_flow import ScriptedAnalyst

pytestmark = [pytest.mark.browser, pytest.mark.by_turns]

ANA, BIA = "Ana Beatriz", "Bia 🌻 Festas"
TYPED = "oi, tudo bem? seu pedido 4471 chega amanha\nqualquer coisa nois ta aqui"
CORRECTED = "Oi, tudo bem? Seu pedido 4471 chega amanhã.\nQualquer coisa, nós estamos aqui."
CHATS = (
    chat(ANA, "oi, meu pedido não chegou", "> Vou verificar!", "e posso trocar o tamanho?", "alguém aí?"),
    chat(BIA, "boa tarde, bom dia, boa noite"),
)


class ScriptedWriter(ScriptedAnalyst):
    """Writes word by word what it was told to; a gate holds it between two words."""

    def __init__(self, model: ModelState = "ready") -> None:
        super().__init__(model)
        self.says = CORRECTED
        self.asked: list[tuple[Task, str | None, list[str | None], Language | None]] = []
        self.gate = asyncio.Event()
        self.gate.set()
        self.ended = 0

    async def rewrite(
        self, task: Task, text: str | None, turns: Sequence[StoredMessage], language: Language | None
    ) -> AsyncGenerator[str]:
        self.asked.append((task, text, [turn.text for turn in turns], language))
        try:
            made = ""
            for part in self.says.split(" "):
                made = f"{made} {part}".strip()
                yield made
                await asyncio.sleep(0.02)
                await self.gate.wait()
            if not self.says:
                yield ""
        finally:
            self.ended += 1


class Writer:
    """The writing tab, as the person uses it."""

    def __init__(self, desk: Desk, model: ScriptedWriter) -> None:
        self.desk, self.model = desk, model

    async def card(self, function: str, *arguments: object) -> Any:
        return await seeing.card(self.desk, function, *arguments)

    async def until(self, function: str, *arguments: object) -> Any:
        """Wait until a function of the card's root gives something."""
        try:
            async with asyncio.timeout(PATIENCE_S):
                while not (found := await self.card(function, *arguments)):
                    await asyncio.sleep(0.03)
        except TimeoutError:
            pytest.fail(f"not seen: {function}\n{await self.card('root => root.textContent')}")
        return found

    async def clicks(self, selector: str) -> None:
        """A real click, where the thing is: the closed root is not in reach of a locator."""
        await seeing.click(self.desk, selector)

    async def opens(self) -> Self:
        await self.clicks('[data-tab="writing"]')
        await self.until("root => !!root.querySelector('.writing')")
        return self

    async def asks(self, name: str) -> None:
        await self.clicks(f'[data-ask="{name}"]')

    async def begun(self) -> None:
        """Wait until the model writes."""
        await self.until("root => !!root.querySelector('[data-writing=stop]')")
        async with asyncio.timeout(PATIENCE_S):
            while not self.model.asked:
                await asyncio.sleep(0.02)

    async def phase(self, phase: str) -> None:
        await self.until("(root, phase) => root.querySelector('.writing-result')?.dataset.phase === phase", phase)

    async def says(self, words: str) -> None:
        await self.until("(root, words) => root.querySelector('.writing')?.textContent.includes(words)", words)

    async def box(self) -> str:
        box = self.desk.tab.locator("#main footer [contenteditable=true]")
        return str(await box.evaluate("box => [...box.querySelectorAll('p')].map(p => p.textContent).join('\\n')"))

    async def box_is(self, text: str) -> None:
        async with asyncio.timeout(PATIENCE_S):
            while await self.box() != text:
                await asyncio.sleep(0.03)

    async def types(self, text: str) -> None:
        for n, line in enumerate(text.split("\n")):
            if n:
                await self.desk.tab.keyboard.press("Shift+Enter")
            await self.desk.tab.keyboard.type(line)

    async def focus(self) -> str:
        return str(await self.desk.tab.evaluate("document.activeElement?.getAttribute('data-tab') ?? ''"))

    async def result(self) -> str:
        return str(await self.card("root => root.querySelector('.writing-result')?.textContent ?? ''"))


@pytest.fixture(params=["2026", "2025"])
async def writer(request: pytest.FixtureRequest, open_desk: OpenDesk) -> Writer:
    model = ScriptedWriter()

    def workers(store: SqlStore) -> list[Worker]:
        return [Writing(store, model)]

    desk = await open_desk(workers=workers, generation=request.param, chats=CHATS, lateness=0)
    desk.analyst.model_state = "ready"
    await desk.opens(ANA)
    await desk.captured(3)
    await desk.tab.locator("#main footer [contenteditable=true]").click()
    return Writer(desk, model)


async def test_a_text_is_corrected_seen_as_a_difference_used_and_taken_back(writer: Writer) -> None:
    await writer.types(TYPED)
    await writer.opens()
    await writer.asks("correct")
    await writer.phase("done")
    assert writer.model.asked[0][:2] == (Task.CORRECT, TYPED)
    assert await writer.box() == TYPED  # Nothing is changed before the person has seen it.
    shown = await writer.card(
        """root => { const text = root.querySelector('.writing-text').cloneNode(true);
        for (const one of text.querySelectorAll('.spoken')) one.remove();
        const read = (gone) => { const copy = text.cloneNode(true);
          for (const one of copy.querySelectorAll(gone)) one.remove(); return copy.textContent; };
        return [read('ins'), read('del'), root.querySelector('del').textContent]; }"""
    )
    assert shown[:2] == [TYPED, CORRECTED]
    assert shown[2].startswith("retirado: ")
    decorations = await writer.card(
        """root => ['del', 'ins'].map((one) => getComputedStyle(root.querySelector(one)).textDecorationLine)"""
    )
    assert decorations == ["line-through", "underline"]
    await writer.clicks('[data-writing="use"]')
    await writer.box_is(CORRECTED)
    await writer.says("Está na caixa")
    await writer.clicks('[data-writing="undo"]')
    await writer.box_is(TYPED)
    await writer.says("voltou para a caixa")


async def test_a_box_that_changed_meanwhile_is_left_alone_and_the_card_says_so(writer: Writer) -> None:
    await writer.types("seu pedido chega amanha")
    await writer.opens()
    writer.model.says = "Seu pedido chega amanhã."
    await writer.asks("correct")
    await writer.phase("done")
    await writer.types(" cedo")
    await writer.clicks('[data-writing="use"]')
    await writer.says("O texto da caixa mudou")
    assert await writer.box() == "seu pedido chega amanha cedo"


@pytest.mark.parametrize("how", ["click", "Escape"])
async def test_it_stops_at_once_and_nothing_of_it_stays(writer: Writer, how: str) -> None:
    await writer.types("bom dia, tudo bem com a senhora?")
    await writer.opens()
    writer.model.says = "Bom dia! Como vai a senhora?"
    writer.model.gate.clear()
    await writer.asks("formal")
    await writer.begun()
    if how == "click":
        await writer.clicks('[data-writing="stop"]')
    else:
        await writer.desk.tab.keyboard.press("Escape")
    await writer.phase("stopped")
    assert "Parado. Nada mudou." in await writer.result()
    async with asyncio.timeout(PATIENCE_S):
        while not writer.model.ended:
            await asyncio.sleep(0.02)
    assert await writer.box() == "bom dia, tudo bem com a senhora?"
    assert await writer.desk.tab.locator("#main").count() == 1  # The Esc was ours: the chat is still open.


async def test_another_chat_stops_it_and_shows_nothing_of_it(writer: Writer) -> None:
    await writer.opens()
    writer.model.says = "A cliente Ana pergunta pelo pedido."
    writer.model.gate.clear()
    await writer.asks("summary")
    await writer.begun()
    await writer.desk.opens(BIA)
    async with asyncio.timeout(PATIENCE_S):
        while not writer.model.ended:
            await asyncio.sleep(0.02)
    writer.model.gate.set()
    await writer.opens()
    assert await writer.result() == ""
    assert "Ana pergunta" not in str(await writer.card("root => root.textContent"))
    await writer.desk.opens(ANA)
    await writer.opens()
    assert await writer.result() == ""


async def test_an_empty_box_says_why_and_the_buttons_come_alive_with_the_first_word(writer: Writer) -> None:
    await writer.opens()
    await writer.says("A caixa está vazia")
    await writer.asks("shorter")
    assert writer.model.asked == []
    await writer.desk.tab.keyboard.type("oi")
    await writer.says("Trabalho com o que está na caixa")
    assert (
        await writer.card("root => root.querySelector('[data-ask=shorter]').getAttribute('aria-disabled')") == "false"
    )


async def test_what_is_unanswered_is_listed_at_once_with_its_words_and_the_model_comes_below(writer: Writer) -> None:
    await writer.opens()
    writer.model.gate.clear()
    await writer.asks("waiting")
    await writer.says("2 mensagens sem resposta")
    listed = await writer.card(
        "root => [...root.querySelectorAll('.writing-open li bdi')].map((one) => one.textContent)"
    )
    assert listed == ["e posso trocar o tamanho?", "alguém aí?"]
    writer.model.says = "- saber se pode trocar"
    writer.model.gate.set()
    await writer.phase("done")
    assert writer.model.asked[0][2][0] == "oi, meu pedido não chegou"
    assert await writer.card("root => root.querySelector('[data-writing=use]') === null")


async def test_without_a_model_the_tab_says_so_and_still_lists_what_is_unanswered(writer: Writer) -> None:
    writer.desk.analyst.model_state = writer.model.model_state = "off"
    await writer.opens()
    await writer.says("O modelo de linguagem está desligado.")
    await writer.asks("summary")
    await writer.asks("waiting")
    await writer.phase("off")
    await writer.says("2 mensagens sem resposta")
    assert writer.model.asked == []


async def test_a_refused_text_is_not_shown_and_the_persons_own_is_kept(writer: Writer) -> None:
    await writer.types("me manda o cep")
    await writer.opens()
    writer.model.says = ""
    await writer.asks("friendlier")
    await writer.phase("failed")
    assert "Não ficou bom: mantive o seu texto." in await writer.result()
    assert await writer.box() == "me manda o cep"


async def test_no_press_takes_the_focus_out_of_the_box_and_a_script_can_press_nothing(writer: Writer) -> None:
    await writer.types("me manda o cep")
    before = await writer.focus()
    await writer.opens()
    await writer.asks("translate_out-en")
    await writer.phase("done")
    await writer.clicks('[data-writing="discard"]')
    assert await writer.focus() == before
    await writer.types(" por favor")
    assert await writer.box() == "me manda o cep por favor"
    asked = len(writer.model.asked)
    await writer.card("root => root.querySelector('[data-ask=formal]').click()")
    assert len(writer.model.asked) == asked
    assert writer.model.asked[0][3] == "en"
