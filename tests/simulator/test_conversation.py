"""The open chat: re-created at every opening, filled in blocks, virtualised, trimmed, and never losing its place."""

import asyncio
from itertools import pairwise

import pytest
from playwright.async_api import Page, expect

from simulator.attendant import Attendant
from tests.conftest import OpenStandIn
from tests.simulator.places import ANA, BIA, TURMA, long_chat

pytestmark = pytest.mark.browser

ROWS = "#main [data-id]"
SCROLLER = '[data-testid="conversation-panel-messages"]'
AT_BOTTOM = "list => list.scrollHeight - list.clientHeight - list.scrollTop < 2"


async def settled(page: Page) -> int:
    """Wait until the number of rows has been the same for a while; returns it."""
    count = -1
    while count != (now := await page.locator(ROWS).count()):
        count = now
        await asyncio.sleep(0.4)
    return count


async def test_main_is_another_node_after_every_switch(open_standin: OpenStandIn) -> None:
    standin, page = await open_standin(chats=[ANA, BIA])
    attendant = Attendant(page, standin)
    await attendant.open_chat("Ana Beatriz")
    await page.evaluate("() => { globalThis.first = document.querySelector('#main'); }")
    await attendant.open_chat("+55 11 90000-0102")
    assert not await page.evaluate("() => globalThis.first.isConnected")
    assert await page.locator("#main").count() == 1
    await attendant.open_chat("Ana Beatriz")
    assert await page.evaluate("() => document.querySelector('#main') !== globalThis.first")


async def test_header_names_the_chat_and_the_members(open_standin: OpenStandIn) -> None:
    standin, page = await open_standin(chats=[ANA, TURMA])
    attendant = Attendant(page, standin)
    await attendant.open_chat("Turma do bairro")
    title = page.locator('#main [data-testid="conversation-info-header-chat-title"]')
    assert await title.text_content() == "Turma do bairro"
    assert await title.get_attribute("title") is None
    assert await page.locator("#main header span[title]").get_attribute("title") == "Carla, Davi, Você"
    assert await page.locator('#main header [aria-label="Ligação de vídeo em grupo"]').count() == 1
    await attendant.open_chat("Ana Beatriz")
    assert await page.locator('#main [data-testid="chat-subtitle"]').count() == 0
    await standin.rename("ana", "Ana do Vestido 👗")
    await expect(title.locator("img")).to_have_attribute("alt", "👗")
    assert await attendant.open_title() == "Ana do Vestido 👗"


async def test_six_rows_come_first_and_the_rest_in_small_blocks(open_standin: OpenStandIn) -> None:
    standin, page = await open_standin(chats=[long_chat(60)])
    await page.evaluate(
        """() => {
          globalThis.sizes = [];
          new MutationObserver(() => {
            const size = document.querySelectorAll('#main [data-id]').length;
            if (size && sizes.at(-1) !== size) sizes.push(size);
          }).observe(document.body, {childList: true, subtree: true});
        }"""
    )
    await Attendant(page, standin).open_chat("Conversa longa")
    assert await settled(page) == 40
    sizes: list[int] = await page.evaluate("() => globalThis.sizes")
    assert sizes[0] == 6
    assert all(1 <= after - before <= 5 for before, after in pairwise(sizes))
    assert await page.locator(SCROLLER).evaluate(AT_BOTTOM)


async def test_far_rows_lose_their_children_but_not_their_place(open_standin: OpenStandIn) -> None:
    standin, page = await open_standin(chats=[long_chat(90)])
    await Attendant(page, standin).open_chat("Conversa longa")
    for expected in (40, 60, 80, 91, 91):
        assert await settled(page) == expected
        await page.locator(SCROLLER).evaluate("list => { list.scrollTop = 0; }")
    far = page.locator(f'{ROWS} > [data-virtualized="true"]')
    await expect(far).not_to_have_count(0)
    assert await far.last.evaluate("row => row.childElementCount === 0 && row.getBoundingClientRect().height > 20")
    assert await page.locator(f'{ROWS} > [data-virtualized="false"]').count() > 10
    await page.locator(SCROLLER).evaluate("list => { list.scrollTop = list.scrollHeight; }")
    await expect(page.locator(ROWS).last).to_contain_text("mensagem 89")


async def test_older_messages_load_at_the_top_and_the_view_stays(open_standin: OpenStandIn) -> None:
    standin, page = await open_standin(chats=[long_chat(300)])
    await Attendant(page, standin).open_chat("Conversa longa")
    assert await settled(page) == 40
    moved = await page.locator(SCROLLER).evaluate(
        """async list => {
          list.scrollTop = 250;
          const first = document.querySelector('#main [data-id]').dataset.id;
          const edge = list.getBoundingClientRect().top;
          const seen = [...document.querySelectorAll('#main [data-id]')]
            .find(row => row.getBoundingClientRect().bottom > edge);
          const before = seen.getBoundingClientRect().top;
          for (let wait = 0; wait < 60 && document.querySelector('#main [data-id]').dataset.id === first; wait++)
            await new Promise(done => setTimeout(done, 50));
          return seen.getBoundingClientRect().top - before;
        }"""
    )
    assert abs(moved) < 2
    assert await page.locator(ROWS).count() == 60


async def test_never_more_than_a_hundred_rows_and_both_ends_come_back(open_standin: OpenStandIn) -> None:
    standin, page = await open_standin(chats=[long_chat(300)])
    await Attendant(page, standin).open_chat("Conversa longa")
    await settled(page)
    scroller = page.locator(SCROLLER)
    async with asyncio.timeout(60):
        while (
            await page.locator(ROWS).filter(has_text="mensagem 3").count() == 0
            or not await page.locator('[data-id="3A000000000000000003"]').count()
        ):
            await scroller.evaluate("list => { list.scrollTop = 0; }")
            await asyncio.sleep(0.1)
            assert await page.locator(ROWS).count() <= 100
    # The newest rows have left the document.
    assert await page.locator('[data-id="3A00000000000000012B"]').count() == 0
    # A message that arrives meanwhile does not show, and does not move the reader.
    await standin.deliver("longa", "cheguei agora")
    await asyncio.sleep(0.3)
    assert await page.get_by_text("cheguei agora").count() == 1, "in the chat list only"
    async with asyncio.timeout(60):
        while await page.locator(ROWS).filter(has_text="cheguei agora").count() == 0:
            await scroller.evaluate("list => { list.scrollTop = list.scrollHeight; }")
            await asyncio.sleep(0.1)
            assert await page.locator(ROWS).count() <= 100


async def test_incoming_scrolls_only_for_a_reader_at_the_bottom(open_standin: OpenStandIn) -> None:
    standin, page = await open_standin(chats=[long_chat(80)])
    await Attendant(page, standin).open_chat("Conversa longa")
    await settled(page)
    scroller = page.locator(SCROLLER)
    await standin.deliver("longa", "no fim")
    await expect(page.locator(ROWS).last).to_contain_text("no fim")
    assert await scroller.evaluate(AT_BOTTOM)
    await scroller.evaluate("list => { list.scrollTop = 600; }")
    await settled(page)
    top = await scroller.evaluate("list => list.scrollTop")
    await standin.deliver("longa", "lá embaixo")
    await expect(page.locator(ROWS).last).to_contain_text("lá embaixo")
    assert abs(await scroller.evaluate("list => list.scrollTop") - top) < 2


async def test_media_mount_after_their_row(open_standin: OpenStandIn) -> None:
    standin, page = await open_standin(chats=[ANA])
    await Attendant(page, standin).open_chat("Ana Beatriz")
    late = await page.evaluate(
        """() => new Promise(done => {
          let born = null;
          new MutationObserver(() => {
            const row = document.querySelector('[data-id="3ALATE"]');
            if (row && born === null) born = [performance.now(), row.querySelector('img, button') === null];
            if (row?.querySelector('[aria-label="Reproduzir mensagem de voz"]'))
              done({empty: born[1], after: performance.now() - born[0]});
          }).observe(document.body, {childList: true, subtree: true});
          __standin.deliver({chat: "ana", kind: "voice", seconds: 14, id: "3ALATE"});
        })"""
    )
    assert late["empty"]
    assert late["after"] >= 100
    assert await page.locator("#main audio").count() == 0


async def test_dividers_stand_between_days_and_before_unread(open_standin: OpenStandIn) -> None:
    seed = long_chat(12)
    old = seed.messages[0].model_copy(update={"id": "3AOLD", "at": seed.messages[0].at - 40 * 86_400_000})
    seed = seed.model_copy(update={"messages": (old, *seed.messages), "unread": 2})
    standin, page = await open_standin(chats=[seed])
    await Attendant(page, standin).open_chat("Conversa longa")
    await settled(page)
    texts: list[str] = await page.locator(
        '#main [role="application"] > div > div:not([role="row"])'
    ).all_text_contents()
    assert "Hoje" in texts
    assert "2 mensagens não lidas" in texts
    assert any(text.count("/") == 2 for text in texts)
    assert await page.locator('#main span[aria-live="polite"]').text_content() == "2 mensagens não lidas"
    assert await page.locator("#main [data-id] :text('Hoje')").count() == 0
