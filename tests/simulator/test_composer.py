"""The message box is real Lexical with the page's handlers: what inserts, what fails and what sends is as measured."""

import asyncio

import pytest
from playwright.async_api import Page

from simulator.attendant import Attendant
from simulator.standin import StandIn
from tests.conftest import OpenStandIn
from tests.simulator.places import ANA, BIA, TURMA

pytestmark = pytest.mark.browser

BOX = '#main footer [data-testid="conversation-compose-box-input"]'
FOUR = "Linha 1\nLinha 2\n\nLinha 4 😊"
PASTE = """(box, text) => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  box.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
  return [...box.querySelectorAll("p")].map(line => line.textContent);
}"""


async def lines(page: Page) -> list[str]:
    """The box's paragraphs, once Lexical has had time to draw."""
    await asyncio.sleep(0.15)
    found: list[str] = await page.locator(BOX).evaluate("box => [...box.querySelectorAll('p')].map(p => p.textContent)")
    return found


async def clear(page: Page) -> None:
    await page.keyboard.press("Control+A")
    await page.keyboard.press("Backspace")
    assert await lines(page) == [""]


async def open_ana(open_standin: OpenStandIn, **options: object) -> tuple[StandIn, Page, Attendant]:
    standin, page = await open_standin(chats=[ANA, BIA, TURMA], **options)
    attendant = Attendant(page, standin)
    await attendant.open_chat("Ana Beatriz")
    await page.locator(f"{BOX}:focus").wait_for(timeout=3000)
    return standin, page, attendant


async def open_without_caret(open_standin: OpenStandIn) -> Page:
    """A chat whose box never had a caret: a dialog lay over the page when it opened."""
    standin, page = await open_standin(chats=[ANA])
    await standin.set_dialog(True)
    await page.locator("#pane-side span[title]").first.dispatch_event("mousedown", {"button": 0, "bubbles": True})
    await page.locator(BOX).wait_for()
    await standin.set_dialog(False)
    return page


async def test_markup_is_that_of_the_real_box(open_standin: OpenStandIn) -> None:
    _, page, attendant = await open_ana(open_standin)
    box = page.locator(BOX)
    for name, value in {
        "contenteditable": "true",
        "role": "textbox",
        "data-lexical-editor": "true",
        "data-tab": "10",
        "tabindex": "10",
        "aria-label": "Digite uma mensagem para Ana Beatriz",
        "aria-placeholder": "Digite uma mensagem",
        "aria-autocomplete": "list",
        "aria-owns": "emoji-suggestion",
        "spellcheck": "true",
    }.items():
        assert await box.get_attribute(name) == value
    await box.evaluate(PASTE, FOUR)
    await asyncio.sleep(0.1)
    html: str = await box.inner_html()
    line = (
        '<p class="selectable-text copyable-text x15bjb6t x1n2onr6" dir="ltr">'
        '<span class="selectable-text copyable-text" data-lexical-text="true">Linha 1</span></p>'
    )
    assert line in html
    assert "<br></p>" in html
    await attendant.open_chat("Turma do bairro")
    assert await box.get_attribute("aria-label") == "Digite uma mensagem para o grupo Turma do bairro"


async def test_synthetic_paste_gives_one_paragraph_a_line_and_not_in_the_same_tick(open_standin: OpenStandIn) -> None:
    standin, page, _ = await open_ana(open_standin)
    at_once = await page.locator(BOX).evaluate(PASTE, FOUR)
    assert at_once == [""]
    assert await lines(page) == FOUR.split("\n")
    inner: str = await page.locator(BOX).evaluate("box => box.innerText")
    assert inner.startswith("Linha 1\n\nLinha 2")
    assert (await standin.counters()).sends == 0


async def test_synthetic_paste_without_a_selection_inserts_nothing(open_standin: OpenStandIn) -> None:
    page = await open_without_caret(open_standin)
    await page.locator(BOX).evaluate(PASTE, "perdido")
    assert await lines(page) == [""]
    await page.locator(BOX).focus()
    await asyncio.sleep(0.1)
    await page.locator(BOX).evaluate(PASTE, "achado")
    assert await lines(page) == ["achado"]


async def test_paste_appends_at_the_caret_and_replaces_a_selection(open_standin: OpenStandIn) -> None:
    _, page, _ = await open_ana(open_standin)
    await page.keyboard.type("Oi")
    await page.locator(BOX).evaluate(PASTE, ", tudo bem?")
    assert await lines(page) == ["Oi, tudo bem?"]
    await page.keyboard.press("Control+A")
    await page.locator(BOX).evaluate(PASTE, "Nada disso")
    assert await lines(page) == ["Nada disso"]


async def test_sixty_lines_are_pasted_whole(open_standin: OpenStandIn) -> None:
    _, page, _ = await open_ana(open_standin)
    text = "\n".join(f"linha {index} {'x' * 60}" for index in range(60))
    await page.locator(BOX).evaluate(PASTE, text)
    assert await lines(page) == text.split("\n")


async def test_fill_and_insert_text_put_newlines_into_one_paragraph(open_standin: OpenStandIn) -> None:
    standin, page, _ = await open_ana(open_standin)
    await page.locator(BOX).fill("um\ndois")
    assert await lines(page) == ["um\ndois"]
    await clear(page)
    await page.keyboard.insert_text("três\nquatro")
    assert await lines(page) == ["três\nquatro"]
    assert (await standin.counters()).sends == 0


async def test_typing_a_newline_sends_line_by_line(open_standin: OpenStandIn) -> None:
    standin, page, _ = await open_ana(open_standin)
    await page.keyboard.type("um\ndois\n")
    counters = await standin.counters()
    assert [send.text for send in counters.send_log] == ["um", "dois"]
    assert counters.sends_by_agent == 2
    assert all(send.trusted and send.via == "enter" for send in counters.send_log)


@pytest.mark.parametrize(
    ("wait_ms", "text", "expected"),
    [(0, "uma linha", [""]), (150, "uma linha", ["uma linha"]), (150, "Linha 1\nLinha 2", ["Linha 1Linha 2"])],
)
async def test_exec_command_is_too_early_or_joins_lines(
    open_standin: OpenStandIn, wait_ms: int, text: str, expected: list[str]
) -> None:
    page = await open_without_caret(open_standin)
    await page.locator(BOX).evaluate(
        """async (box, [wait, text]) => {
          box.focus();
          if (wait) await new Promise(done => setTimeout(done, wait));
          document.execCommand("insertText", false, text);
        }""",
        [wait_ms, text],
    )
    assert await lines(page) == expected


@pytest.mark.parametrize(
    "way",
    [
        "box => { box.textContent = 'direto'; box.dispatchEvent(new InputEvent('input', {bubbles: true})); }",
        "box => { box.innerHTML = '<p>direto</p>'; }",
        """box => {
          const data = new DataTransfer();
          data.setData("text/plain", "direto");
          box.dispatchEvent(new InputEvent("beforeinput",
            {inputType: "insertFromPaste", dataTransfer: data, bubbles: true, cancelable: true}));
        }""",
        """box => {
          const data = new DataTransfer();
          data.setData("text/plain", "direto");
          box.dispatchEvent(new DragEvent("drop", {dataTransfer: data, bubbles: true, cancelable: true}));
        }""",
        "box => document.execCommand('insertHTML', false, '<b>direto</b>')",
    ],
    ids=["textContent", "innerHTML", "beforeinput-paste", "drop", "insertHTML"],
)
async def test_ways_that_insert_nothing(open_standin: OpenStandIn, way: str) -> None:
    standin, page, _ = await open_ana(open_standin)
    await page.locator(BOX).evaluate(way)
    assert await lines(page) == [""]
    assert (await standin.counters()).sends == 0


async def test_shift_enter_breaks_the_line_and_lists_go_on(open_standin: OpenStandIn) -> None:
    _, page, attendant = await open_ana(open_standin)
    await page.keyboard.type("- pão")
    await page.keyboard.press("Shift+Enter")
    await page.keyboard.type("leite")
    assert await lines(page) == ["• pão", "• leite"]
    await clear(page)
    await page.keyboard.type("1. um")
    await page.keyboard.press("Shift+Enter")
    await page.keyboard.type("dois")
    assert await attendant.written() == "1. um\n2. dois"


async def test_enter_is_send_switched_off(open_standin: OpenStandIn) -> None:
    standin, page, attendant = await open_ana(open_standin, enter_is_send=False)
    await page.keyboard.type("um\ndois")
    assert await lines(page) == ["um", "dois"]
    assert (await standin.counters()).sends == 0
    for key in ("Shift", "Control", "Alt", "Meta"):
        await page.keyboard.type(key)
        await page.keyboard.press(f"{key}+Enter")
    counters = await standin.counters()
    assert [send.text for send in counters.send_log] == ["um\ndoisShift", "Control", "Alt", "Meta"]
    await attendant.type("pronto")
    await attendant.send()
    assert (await standin.counters()).sends_by_attendant == 1


async def test_send_button_exists_only_with_text(open_standin: OpenStandIn) -> None:
    standin, page, _ = await open_ana(open_standin)
    send = page.locator('#main footer button:has([data-icon="wds-ic-send-filled"])')
    voice = page.locator('#main footer [data-testid="ptt-ready-btn"]')
    assert await send.count() == 0
    assert await voice.count() == 1
    await page.keyboard.type("oi")
    await send.wait_for()
    assert await voice.count() == 0
    await send.click()
    counters = await standin.counters()
    assert [(entry.text, entry.via, entry.by) for entry in counters.send_log] == [("oi", "button", "agent")]
    assert await lines(page) == [""]


async def test_every_chat_keeps_its_draft(open_standin: OpenStandIn) -> None:
    _, page, attendant = await open_ana(open_standin)
    await attendant.type("rascunho\nde Ana")
    await attendant.open_chat("+55 11 90000-0102")
    assert await lines(page) in ([], [""])
    await attendant.open_chat("Ana Beatriz")
    await page.locator(f"{BOX} p").nth(1).wait_for()
    assert await lines(page) == ["rascunho", "de Ana"]


async def test_a_blocked_chat_has_no_box(open_standin: OpenStandIn) -> None:
    standin, page, _ = await open_ana(open_standin)
    await standin.set_blocked("ana", blocked=True)
    await page.locator('#main footer [data-testid="block-message"]').wait_for()
    assert await page.locator(BOX).count() == 0
