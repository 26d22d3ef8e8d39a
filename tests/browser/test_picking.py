"""The person's hands on the suggestions, through the whole agent: what was typed stays, what was judged stays away.

Whatever a test does, at its end the agent must have sent nothing (the fixture of this room).
"""

import asyncio

import pytest

from agent.contract.analysis import Analysis, Question, SuggestedResponse
from agent.contract.stored import Outcome
from tests.browser.conftest import Desk, OpenDesk, chat
from tests.browser.seeing import until
from tests.patience import PATIENCE_S

pytestmark = [pytest.mark.browser, pytest.mark.by_turns, pytest.mark.parametrize("generation", ["2026", "2025"])]

PRICE = "Custa R$ 89,90. Posso separar?"
ORDER = "Oi {nome}, o pedido {pedido} sai hoje 🚚"
REPLIES = (
    SuggestedResponse(text=ORDER, source="Pedido", score=0.9, reply_id="pedido", missing=("nome", "pedido")),
    SuggestedResponse(text=PRICE, source="Preço", score=0.6, reply_id="preco"),
)


async def holds(desk: Desk, text: str) -> None:
    """Wait until the message box holds exactly this."""
    async with asyncio.timeout(PATIENCE_S):
        while await desk.attendant.written() != text:
            await asyncio.sleep(0.05)


async def counted(desk: Desk, outcome: Outcome) -> None:
    """Wait until a suggestion has this outcome. After an insertion the page has done everything that belongs to it."""
    async with asyncio.timeout(PATIENCE_S):
        while not (await desk.store.counts()).suggestions[outcome]:
            await asyncio.sleep(0.05)


@pytest.fixture
async def desk(open_desk: OpenDesk, generation: str, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """With a card for Ana: one suggestion with blanks and one without."""
    desk = await open_desk(chats=[chat("Ana", "> Olá!", "quanto custa?"), chat("Bia", "oi")], generation=generation)
    analyse = desk.analyst.analyse

    async def found(question: Question, *rest: object, **more: object) -> Analysis:
        answer: Analysis = await analyse(question, *rest, **more)
        return answer.model_copy(update={"suggested_responses": REPLIES})

    monkeypatch.setattr(desk.analyst, "analyse", found)
    await desk.opens("Ana")
    await painted(desk)
    return desk


async def painted(desk: Desk) -> str:
    """Wait until the card stands on the page; its offer id."""
    offer_id = await desk.card()
    async with asyncio.timeout(PATIENCE_S):
        while not await slots(desk):
            await asyncio.sleep(0.02)
    return offer_id


async def slots(desk: Desk) -> list[str]:
    """The texts of the suggestions on the page."""
    found: list[str] = await desk.page.bridge.call(
        "() => [...globalThis.cardRoot.querySelectorAll('.slot:not([data-phase=refused]) .slot-text')]"
        ".map((text) => text.textContent)"
    )
    return found


async def test_a_typed_text_is_kept_and_the_second_press_goes_to_the_cursor(desk: Desk) -> None:
    await desk.attendant.type("Oi, Ana!\nObrigada 👍🏽")
    for _ in range(len("Obrigada ")):  # The emoji is one step.
        await desk.tab.keyboard.press("ArrowLeft")
    await desk.attendant.pick(2)
    await desk.quiet(0.5)
    assert await desk.attendant.written() == "Oi, Ana!\nObrigada 👍🏽"
    await desk.tab.keyboard.press("ArrowLeft")
    await desk.attendant.pick(2)
    await desk.attendant.pick(2)
    await holds(desk, f"Oi, Ana!\n{PRICE}Obrigada 👍🏽")
    await counted(desk, Outcome.INSERTED)
    await desk.attendant.send()
    await counted(desk, Outcome.EDITED)


async def test_what_is_missing_is_selected_and_typing_fills_it(desk: Desk) -> None:
    await desk.attendant.pick(1)
    await holds(desk, ORDER)
    await counted(desk, Outcome.INSERTED)
    assert await desk.tab.evaluate("() => String(getSelection())") == "{nome}"
    await desk.tab.keyboard.type("Ana")
    await holds(desk, ORDER.replace("{nome}", "Ana"))


async def test_a_changed_text_goes_in_as_the_person_wrote_it(desk: Desk) -> None:
    await desk.tab.keyboard.press("Alt+Enter")
    await desk.tab.keyboard.press("Control+A")
    await desk.tab.keyboard.insert_text("Oi, Ana!\nO pedido 771 sai hoje 🚚")
    await desk.tab.keyboard.press("Alt+Enter")
    await holds(desk, "Oi, Ana!\nO pedido 771 sai hoje 🚚")
    await counted(desk, Outcome.INSERTED)
    await desk.attendant.send()
    await counted(desk, Outcome.EDITED)


async def test_a_changed_text_goes_in_when_its_card_is_gone(desk: Desk) -> None:
    before = await desk.card()
    await desk.tab.keyboard.press("Alt+Enter")
    await desk.tab.keyboard.press("Control+A")
    await desk.tab.keyboard.insert_text("Já vejo!")
    await desk.standin.deliver("ana", "e o frete?")
    await until(lambda: desk.flow.state.offer is not None and desk.flow.state.offer.offer_id != before)
    await desk.tab.keyboard.press("Alt+Enter")
    await holds(desk, "Já vejo!")


async def test_what_was_judged_is_stored_and_not_suggested_again_here(desk: Desk) -> None:
    before = await desk.card()
    for css in (".slot-thumb", "[data-reason=outdated]"):
        x, y = await desk.page.bridge.call(
            """(css) => {
              const box = globalThis.cardRoot.querySelector(`[data-slot="0"] ${css}`).getBoundingClientRect();
              return [box.left + box.width / 2, box.top + box.height / 2];
            }""",
            css,
        )
        await desk.attendant.click_at(x, y)
    await until(lambda: desk.flow.state.refused)
    async with asyncio.timeout(PATIENCE_S):
        while "suggestion.judged" not in {event.kind for event in await desk.store.events_after(0)}:
            await asyncio.sleep(0.05)
    assert await slots(desk) == [PRICE]
    await desk.standin.deliver("ana", "e o frete?")
    await until(lambda: desk.flow.state.offer is not None and desk.flow.state.offer.offer_id != before)
    offer = desk.flow.state.offer
    assert offer is not None
    assert [one.text for one in offer.suggestions] == [PRICE]
    assert await desk.attendant.written() == ""


async def test_the_text_of_one_chat_is_not_changed_in_another(desk: Desk) -> None:
    await desk.tab.keyboard.press("Alt+Enter")
    await desk.tab.keyboard.insert_text("só para a Ana")
    await desk.opens("Bia")
    await painted(desk)
    fields = "() => globalThis.cardRoot.querySelectorAll('.edit-field').length"
    assert await desk.page.bridge.call(fields) == 0
    await desk.tab.keyboard.press("Alt+Enter")
    await desk.tab.keyboard.press("Escape")
    assert await desk.attendant.written() == ""
