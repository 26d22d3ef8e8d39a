"""The stand-in's own truth: sends, read receipts, insertion times, and a world that outlives its page."""

import asyncio
import time
from pathlib import Path

import pytest
from playwright.async_api import BrowserContext, expect

from simulator.attendant import Attendant
from simulator.options import StandInOptions
from simulator.serve import install
from simulator.standin import StandIn
from simulator.world import Counters
from tests.conftest import OpenStandIn
from tests.simulator.places import ANA, BIA, long_chat

pytestmark = pytest.mark.browser


async def receipts_of(standin: StandIn, count: int) -> Counters:
    """Wait for so many read receipts."""
    for _ in range(100):
        counters = await standin.counters()
        if len(counters.read_receipts) >= count:
            return counters
        await asyncio.sleep(0.05)
    pytest.fail(f"fewer than {count} read receipts")


async def test_only_announced_trusted_sends_are_the_attendants(open_standin: OpenStandIn) -> None:
    standin, page = await open_standin(chats=[ANA])
    attendant = Attendant(page, standin)
    await attendant.open_chat("Ana Beatriz")
    await attendant.type("do atendente")
    assert await attendant.send() == "do atendente"
    await attendant.type("de outra pessoa")
    await page.keyboard.press("Enter")
    await attendant.type("por programa")
    await standin.expect_send("por programa")
    await page.locator('#main footer [data-tab="11"]').evaluate("button => button.click()")
    counters = await standin.counters()
    assert [(send.text, send.by, send.trusted) for send in counters.send_log] == [
        ("do atendente", "attendant", True),
        ("de outra pessoa", "agent", True),
        ("por programa", "agent", False),
    ]
    assert (counters.sends, counters.sends_trusted) == (3, 2)
    assert (counters.sends_by_attendant, counters.sends_by_agent) == (1, 2)
    with pytest.raises(ValueError, match="nothing"):
        await attendant.send()


async def test_a_sent_message_becomes_a_row_and_gets_its_ticks(open_standin: OpenStandIn) -> None:
    standin, page = await open_standin(chats=[ANA])
    attendant = Attendant(page, standin)
    await attendant.open_chat("Ana Beatriz")
    await attendant.type("Custa R$ 89,90\nPosso separar?")
    await attendant.send()
    sent = page.locator("#main [data-id]").last
    await expect(sent).to_contain_text("Posso separar?")
    await expect(sent.locator('[aria-label=" Entregue "]')).to_have_count(1)
    last = (await standin.snapshot()).chat("ana").messages[-1]
    assert (last.direction, last.text, last.status) == ("out", "Custa R$ 89,90\nPosso separar?", "delivered")
    assert await attendant.written() == ""


async def test_receipts_tell_a_real_press_from_a_programs(open_standin: OpenStandIn) -> None:
    standin, page = await open_standin(chats=[ANA, BIA])
    await standin.deliver("ana", "um")
    await standin.deliver("ana", "dois")
    await standin.deliver("bia", "três")
    assert (await standin.counters()).read_receipts == ()
    await Attendant(page, standin).open_chat("Ana Beatriz")
    receipts = (await receipts_of(standin, 1)).read_receipts
    assert [(receipt.chat, len(receipt.ids), receipt.by_trusted_open) for receipt in receipts] == [("ana", 2, True)]
    await (
        page.locator("#pane-side [role=row]", has_text="90000-0102")
        .locator("[data-tab]")
        .dispatch_event("mousedown", {"button": 0, "bubbles": True})
    )
    counters = await receipts_of(standin, 2)
    assert counters.read_receipts_by_agent == 1
    assert [receipt.chat for receipt in counters.read_receipts] == ["ana", "bia"]


async def test_no_receipt_while_the_reader_is_further_up(open_standin: OpenStandIn) -> None:
    standin, page = await open_standin(chats=[long_chat(80)])
    await Attendant(page, standin).open_chat("Conversa longa")
    scroller = page.locator('[data-testid="conversation-panel-messages"]')
    await expect(page.locator("#main [data-id]")).to_have_count(40)
    await scroller.evaluate("list => { list.scrollTop = 400; }")
    await asyncio.sleep(0.3)
    await standin.deliver("longa", "novidade")
    await asyncio.sleep(0.4)
    assert (await standin.counters()).read_receipts == ()
    assert (await standin.snapshot()).chat("longa").unread == 1
    await page.locator("#main button:has(path[d^='M5 8'])").click()
    await receipts_of(standin, 1)


async def test_insertion_times_are_epoch_milliseconds_of_every_mount(open_standin: OpenStandIn) -> None:
    standin, page = await open_standin(chats=[ANA, BIA])
    attendant = Attendant(page, standin)
    await attendant.open_chat("Ana Beatriz")
    before = time.time() * 1000
    message = await standin.deliver("ana", "oi")
    await page.locator(f'#main [data-id="{message}"]').wait_for()
    (at,) = (await standin.insertions())[message]
    assert before - 50 <= at <= time.time() * 1000 + 50
    await attendant.open_chat("+55 11 90000-0102")
    await attendant.open_chat("Ana Beatriz")
    await page.locator(f'#main [data-id="{message}"]').wait_for()
    assert len((await standin.insertions())[message]) == 2


async def test_the_world_outlives_reload_browser_and_absence(browser_context: BrowserContext, tmp_path: Path) -> None:
    options = StandInOptions(chats=(ANA,), journal=tmp_path / "world.jsonl")
    standin = await install(browser_context, options)
    page = await standin.open(browser_context.pages[0])
    await standin.ready()
    attendant = Attendant(page, standin)
    await attendant.open_chat("Ana Beatriz")
    first = await standin.deliver("ana", "antes")
    await attendant.type("resposta")
    await attendant.send()
    await page.goto("about:blank")
    second = await standin.deliver("ana", "ninguém olhando")
    with pytest.raises(ConnectionError):
        await standin.snapshot()
    # Another process, with the same file: as after a kill. The last line may be cut short.
    with (tmp_path / "world.jsonl").open("a", encoding="utf-8") as file:
        file.write('{"op": "mess')
    await browser_context.unroute_all()
    again = await install(browser_context, options)
    assert again.journal.started_ms == standin.journal.started_ms
    await again.open(page)
    await again.ready()
    texts = [(message.id, message.text) for message in (await again.snapshot()).chat("ana").messages[1:]]
    assert [text for _, text in texts] == ["antes", "resposta", "ninguém olhando"]
    assert (texts[0][0], texts[2][0]) == (first, second)
    assert (await again.counters()).sends_by_attendant == 1
    third = await again.deliver("ana", "depois")
    assert (await again.snapshot()).chat("ana").messages[-1].id == third
