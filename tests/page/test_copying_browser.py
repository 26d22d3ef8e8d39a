"""Where the message box is not sure, the reply goes to the clipboard; where the chat is not the right one, nowhere."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from playwright.async_api import BrowserContext, Route
from playwright.async_api import Page as Tab

from agent.contract.commands import InsertCode
from agent.contract.stored import Outcome
from tests.browser.conftest import Desk, OpenDesk, chat
from tests.browser.conftest import open_desk as open_desk  # noqa: PLC0414 - a fixture
from tests.patience import PATIENCE_S

pytestmark = [pytest.mark.browser, pytest.mark.by_turns]

READER = "https://reader.example/"
REPLY = "Resposta para quanto custa?"
BEFORE = "o que a pessoa tinha copiado"

NO_BOX = """() => setInterval(() => {
  const box = document.querySelector("#main footer [contenteditable]");
  for (const name of ["data-testid", "data-lexical-editor", "role", "data-tab"]) box?.removeAttribute(name);
}, 10)"""
UNKNOWN_LABEL = """() => document.querySelector("#main footer [contenteditable]")
  .setAttribute("aria-label", "Escreva aqui a sua resposta")"""
NO_TEXT = """() => {
  for (const type of ["paste", "beforeinput"]) window.addEventListener(type, event => {
    event.preventDefault();
    event.stopImmediatePropagation();
  }, true);
}"""
NO_CLIPBOARD = "() => Object.defineProperty(navigator, 'clipboard', {value: undefined})"


class Clipboard:
    """The browser's clipboard, as another site sees it that may read: the page itself never may."""

    def __init__(self, tab: Tab) -> None:
        self._tab = tab

    async def read(self) -> str:
        await self._tab.bring_to_front()
        text: str = await self._tab.evaluate("() => navigator.clipboard.readText()")
        return text

    async def write(self, text: str) -> None:
        await self._tab.bring_to_front()
        await self._tab.evaluate("text => navigator.clipboard.writeText(text)", text)


@pytest.fixture
async def clipboard(browser_context: BrowserContext) -> AsyncIterator[Clipboard]:
    async def serve(route: Route) -> None:
        await route.fulfill(body="<!doctype html><p>reader</p>", content_type="text/html")

    await browser_context.route(f"{READER}**", serve)
    await browser_context.grant_permissions(["clipboard-read", "clipboard-write"], origin=READER)
    tab = await browser_context.new_page()
    await tab.goto(READER)
    board = Clipboard(tab)
    await board.write(BEFORE)
    yield board
    await tab.close()


async def with_card(open_desk: OpenDesk, **options: object) -> Desk:
    desk = await open_desk(chats=[chat("Ana", "> Olá!", "quanto custa?"), chat("Bia", "oi")], **options)
    await desk.tab.bring_to_front()
    await desk.opens("Ana")
    await desk.card()
    return desk


async def written(desk: Desk) -> str:
    """What stands in the box, whatever became of its attributes."""
    text: str = await desk.tab.locator("#main footer [contenteditable]").inner_text()
    return text.strip()


async def picked(desk: Desk) -> None:
    """The attendant picks the first suggestion, and the agent has had its answer, whatever it was."""
    await desk.attendant.pick(1)
    async with asyncio.timeout(PATIENCE_S):
        while not (offer := desk.flow.state.offer) or offer.inserted is None:
            if (await desk.store.counts()).suggestions[Outcome.FAILED]:
                return
            await asyncio.sleep(0.05)


@pytest.mark.parametrize("generation", ["2026", "2025"])
@pytest.mark.parametrize("change", [NO_BOX, UNKNOWN_LABEL, NO_TEXT], ids=["no box", "unknown label", "takes nothing"])
async def test_an_unsure_box_gets_nothing_and_the_clipboard_the_reply(
    open_desk: OpenDesk, clipboard: Clipboard, change: str, generation: str
) -> None:
    desk = await with_card(open_desk, generation=generation, csp="trusted-types")
    await desk.tab.evaluate(change)
    await desk.tab.wait_for_timeout(50)
    await picked(desk)
    assert await clipboard.read() == REPLY
    assert await written(desk) == ""
    counts = (await desk.store.counts()).suggestions
    assert (counts[Outcome.INSERTED], counts[Outcome.FAILED]) == (0, 0)


async def test_without_the_clipboards_interface_a_field_of_our_own_is_copied_from(
    open_desk: OpenDesk, clipboard: Clipboard
) -> None:
    desk = await with_card(open_desk)
    await desk.tab.evaluate(NO_BOX)
    await desk.page.bridge.call(NO_CLIPBOARD)
    seen = "() => { globalThis.__copies = []; addEventListener('copy', () => __copies.push(1)); }"
    await desk.tab.evaluate(seen)
    await desk.tab.locator("#main footer p").click()
    await picked(desk)
    assert await desk.tab.evaluate("() => document.activeElement.closest('footer') !== null")
    assert await desk.tab.evaluate(
        "() => [globalThis.__copies.length, document.querySelectorAll('textarea').length]"
    ) == [
        0,
        0,
    ]
    assert await clipboard.read() == REPLY


async def test_the_sent_reply_is_judged_although_the_person_pasted_it(
    open_desk: OpenDesk, clipboard: Clipboard
) -> None:
    desk = await with_card(open_desk)
    await desk.tab.evaluate(UNKNOWN_LABEL)
    await picked(desk)
    await desk.attendant.composer.click()
    await desk.tab.keyboard.press("Control+V")
    async with asyncio.timeout(PATIENCE_S):
        while not await desk.attendant.written():
            await asyncio.sleep(0.05)
    assert await desk.attendant.send() == REPLY
    async with asyncio.timeout(PATIENCE_S):
        while not (await desk.store.counts()).suggestions[Outcome.SENT]:
            await asyncio.sleep(0.05)


async def test_a_draft_stays_and_nothing_is_copied(open_desk: OpenDesk, clipboard: Clipboard) -> None:
    desk = await with_card(open_desk)
    await desk.attendant.type("Já te respondo")
    await desk.attendant.pick(1)
    told = "() => globalThis.cardRoot.querySelector('.notice').dataset.code"
    async with asyncio.timeout(PATIENCE_S):
        while await desk.page.bridge.call(told) != "ask_cursor":
            await asyncio.sleep(0.05)
    assert await clipboard.read() == BEFORE
    assert await desk.attendant.written() == "Já te respondo"


async def test_another_chats_reply_is_neither_inserted_nor_copied(open_desk: OpenDesk, clipboard: Clipboard) -> None:
    desk = await with_card(open_desk)
    await desk.tab.evaluate(NO_TEXT)
    for title, token in (("Bia", None), ("Ana", 99)):
        assert (await desk.insert(REPLY, title=title, token=token)).code is InsertCode.WRONG_CHAT
    await desk.standin.set_dialog(True)
    assert (await desk.insert(REPLY)).code is InsertCode.DIALOG_OPEN
    await desk.standin.set_dialog(False)
    await desk.standin.set_blocked("ana", True)
    await desk.tab.locator("#main footer [contenteditable]").wait_for(state="detached")
    assert (await desk.insert(REPLY)).code is InsertCode.NO_BOX
    assert await clipboard.read() == BEFORE
