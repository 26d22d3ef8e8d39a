"""The shield, from a customer's message to the line over the card. Nothing is sent, nothing is stopped."""

import pytest

from agent.contract.analysis import Analysis, Question, SuggestedResponse, SuggestionKind
from agent.contract.cares import CareCode
from tests.browser.conftest import Desk, OpenDesk, chat
from tests.browser.seeing import card, click, until
from tests.core.says import analysis
from tests.test_flow import ScriptedAnalyst

pytestmark = [pytest.mark.browser, pytest.mark.by_turns]

GENERATIONS = ["2026", "2025"]
ASKS = "me passa o código que chegou por sms"
CPF = "529.982.247-25"
BANNER, TYPED, SHEET = ".banner.care", ".care-typed", ".care-sheet"
ACTIVE = "() => document.activeElement?.closest('footer') !== null"


async def code(desk: Desk) -> str | None:
    """Of the caution over the card; None: there is none."""
    found: str | None = await card(desk, f"root => root.querySelector({BANNER!r})?.dataset.care ?? null")
    return found


async def says(desk: Desk, wanted: CareCode | None) -> None:
    async def so() -> bool:
        return await code(desk) == (None if wanted is None else wanted.value)

    await until(so, f"the card says {wanted}")


async def words(desk: Desk, selector: str) -> str:
    text: str = await card(desk, "(root, css) => root.querySelector(css)?.textContent ?? ''", selector)
    return text


async def shows(desk: Desk, selector: str, *, gone: bool = False) -> None:
    async def so() -> bool:
        there = await card(desk, "(root, css) => (root.querySelector(css)?.getClientRects().length ?? 0) > 0", selector)
        return bool(there) is not gone

    await until(so, f"{selector} {'goes' if gone else 'comes'}")


async def raised(desk: Desk) -> list[tuple[str, bool]]:
    """Codes that listeners were told, and whether the event has a message and a conversation."""
    events = await desk.store.events_after(0)
    return [
        (str(event.data["code"]), None not in (event.message_id, event.conversation_id))
        for event in events
        if event.kind == "care.raised"
    ]


@pytest.mark.parametrize("generation", GENERATIONS)
async def test_each_kind_of_message_is_told(open_desk: OpenDesk, generation: str) -> None:
    desk = await open_desk(generation=generation, chats=[chat("Ana", "oi, tudo bem?")])
    await desk.opens("Ana")
    await desk.attendant.composer.click()
    await desk.standin.deliver("ana", "olha https://itau.com.br.conta.xyz/entrar")
    await says(desk, CareCode.LOOKALIKE)
    await desk.standin.deliver("ana", kind="document", name="nota.pdf.exe")
    await says(desk, CareCode.DANGEROUS_FILE)
    await desk.standin.deliver("ana", "mudou a chave pix, agora é essa")
    await says(desk, CareCode.PIX_CHANGED)
    await desk.standin.deliver("ana", ASKS)
    await says(desk, CareCode.CODE_ASKED)
    assert "(+3)" in await words(desk, BANNER)
    # It came while the person writes: the focus is where it was.
    assert await desk.tab.evaluate(ACTIVE)

    async def all_told() -> bool:
        return len(await raised(desk)) == 4

    await until(all_told, "listeners are told")
    assert {one for one, _ in await raised(desk)} == {"lookalike", "dangerous_file", "pix_changed", "code_asked"}
    assert all(owned for _, owned in await raised(desk))


@pytest.mark.parametrize("generation", GENERATIONS)
async def test_a_turned_name_of_a_file_is_seen(open_desk: OpenDesk, generation: str) -> None:
    desk = await open_desk(generation=generation, chats=[chat("Ana", "oi")])
    await desk.opens("Ana")
    await desk.standin.deliver("ana", kind="document", name="nota_\u202efdp.exe")
    await says(desk, CareCode.DANGEROUS_FILE)
    await click(desk, f"{BANNER} [data-act=open]")
    await shows(desk, SHEET)
    assert await words(desk, ".care-shown") == "nota_fdp.exe"


async def test_the_list_and_taking_note(open_desk: OpenDesk) -> None:
    desk = await open_desk(chats=[chat("Ana", "mudou a chave pix", ASKS), chat("Bia", "oi")])
    await desk.opens("Ana")
    await says(desk, CareCode.CODE_ASKED)
    await click(desk, f"{BANNER} [data-act=open]")
    await shows(desk, SHEET)
    assert await card(desk, "root => root.querySelectorAll('.care-one').length") == 2
    assert await words(desk, ".care-one .care-shown") == ASKS
    await desk.tab.keyboard.press("Escape")
    await shows(desk, SHEET, gone=True)
    await click(desk, f"{BANNER} [data-act=noted]")
    await says(desk, CareCode.PIX_CHANGED)
    await click(desk, f"{BANNER} [data-act=noted]")
    await says(desk, None)
    # What was noted stays noted when the chat is opened again; what comes later is told.
    await desk.opens("Bia")
    await desk.opens("Ana")
    await desk.standin.deliver("ana", "e instala o anydesk")
    await says(desk, CareCode.CODE_ASKED)
    assert "(+" not in await words(desk, BANNER)


async def test_clicks_of_scripts_do_nothing(open_desk: OpenDesk) -> None:
    desk = await open_desk(chats=[chat("Ana", ASKS)])
    await desk.opens("Ana")
    await says(desk, CareCode.CODE_ASKED)
    await card(desk, "root => root.querySelectorAll('.banner button').forEach(button => button.click())")
    assert (await code(desk), await words(desk, SHEET)) == ("code_asked", "")


@pytest.mark.parametrize("generation", GENERATIONS)
async def test_another_chat_an_edit_and_a_deletion_take_it_away(open_desk: OpenDesk, generation: str) -> None:
    chats = [chat("Ana", "oi"), chat("Bia", "oi")]
    desk = await open_desk(generation=generation, chats=chats)
    await desk.opens("Ana")
    first = await desk.standin.deliver("ana", ASKS)
    await says(desk, CareCode.CODE_ASKED)
    await desk.opens("Bia")
    await says(desk, None)
    await desk.opens("Ana")
    await says(desk, CareCode.CODE_ASKED)
    await desk.standin.edit("ana", first, "deixa pra lá")
    await says(desk, None)
    second = await desk.standin.deliver("ana", "troquei de banco, a conta é outra")
    await says(desk, CareCode.PIX_CHANGED)
    await desk.standin.delete("ana", second)
    await says(desk, None)


@pytest.mark.parametrize("generation", GENERATIONS)
async def test_a_cpf_in_the_box_is_said_and_told_to_nobody(open_desk: OpenDesk, generation: str) -> None:
    desk = await open_desk(generation=generation, chats=[chat("Ana", "oi"), chat("Bia", "oi")])
    await desk.opens("Ana")
    await desk.attendant.composer.click()
    await desk.tab.keyboard.type(f"seu cpf é {CPF}")
    await shows(desk, TYPED)
    assert await desk.attendant.written() == f"seu cpf é {CPF}"
    assert await desk.tab.evaluate(ACTIVE)
    assert await raised(desk) == []
    await desk.tab.keyboard.press("Backspace")
    await shows(desk, TYPED, gone=True)
    await desk.tab.keyboard.type("5 cartão 4111 1111 1111 1111")
    await shows(desk, f"{TYPED}[data-typed='cpf card']")
    await desk.opens("Bia")
    await shows(desk, TYPED, gone=True)


HOSTILE = [
    "<img src=x onerror=alert(1)><b>https://itau.com.br.conta.xyz</b>",
    "\u202e\u2066veja https://itau.com.br.conta.xyz \u202d\u200b",
    "https://itau.com.br." + "a" * 40 + ".conta.xyz/" + "x" * 60_000,
    '"><script>document.title="hacked"</script> https://itau.com.br.conta.xyz',
]


@pytest.mark.parametrize("text", HOSTILE, ids=["html", "bidi", "long", "script"])
async def test_hostile_words_are_only_words(open_desk: OpenDesk, text: str) -> None:
    desk = await open_desk(chats=[chat("Ana", "oi")])
    await desk.opens("Ana")
    await desk.standin.deliver("ana", text)
    await says(desk, CareCode.LOOKALIKE)
    await click(desk, f"{BANNER} [data-act=open]")
    await shows(desk, ".care-shown")
    shown = await words(desk, ".care-shown")
    assert 0 < len(shown) <= 120
    assert not set(shown) & set("\u202e\u202d\u2066\u200b")
    assert await card(desk, "root => root.querySelectorAll('.care-shown *').length") == 0
    boxes = "root => [...root.querySelectorAll('.care-one')].every(one => one.scrollWidth <= one.clientWidth)"
    assert await card(desk, boxes)


class Learned(ScriptedAnalyst):
    """Finds one reply that was learned, with a number of nobody's."""

    async def analyse(self, question: Question, limit: int = 3) -> Analysis:
        hit = SuggestedResponse(
            text="Custa R$ 70, CPF " + CPF,
            source="Preço",
            score=0.9,
            kind=SuggestionKind.LEARNED,
            cares=(CareCode.UNKNOWN_NUMBER,),
        )
        return analysis().model_copy(update={"suggested_responses": (hit,)})


@pytest.mark.parametrize("way", ["click", "key"])
async def test_a_suggestion_with_a_caution_is_inserted_by_the_second_press(open_desk: OpenDesk, way: str) -> None:
    desk = await open_desk(chats=[chat("Ana", "quanto custa?")], analyst=Learned())
    await desk.opens("Ana")
    await desk.attendant.composer.click()
    await shows(desk, ".slot-care[data-asking=false]")

    async def press() -> None:
        if way == "click":
            await click(desk, ".slot .slot-text")
        else:
            await desk.tab.keyboard.press("Alt+1")

    await press()
    await shows(desk, ".slot-care[data-asking=true]")
    assert await desk.attendant.written() == ""
    await press()

    async def inserted() -> bool:
        return CPF in await desk.attendant.written()

    await until(inserted, "inserted")
    # It stands in the box now: what is in it is said there too.
    await shows(desk, f"{TYPED}[data-typed='cpf']")
