"""The list of chats: virtualised and recycled rows, sorting, badges, and opening on mousedown alone."""

import pytest
from playwright.async_api import Page, expect

from simulator.attendant import Attendant
from simulator.world import ChatSeed, Message
from tests.conftest import OpenStandIn
from tests.simulator.places import ANA, BIA, TURMA, many_chats

pytestmark = pytest.mark.browser

ROWS = '#pane-side [role="row"][data-testid^="list-item-"]'
NAMES = """() => [...document.querySelectorAll('#pane-side [role="row"]')]
  .map(row => [new DOMMatrix(getComputedStyle(row).transform).f,
               row.querySelector('[data-testid="cell-frame-title"] span[title]').title.slice(1, -1)])
  .sort((a, b) => a[0] - b[0]).map(pair => pair[1])"""


async def names(page: Page) -> list[str]:
    found: list[str] = await page.evaluate(NAMES)
    return found


async def test_only_rows_near_the_view_exist_and_nodes_are_recycled(open_standin: OpenStandIn) -> None:
    _, page = await open_standin(chats=many_chats(120))
    grid = page.locator("#pane-side [role=grid]")
    assert await grid.get_attribute("aria-rowcount") == "120"
    assert await grid.get_attribute("aria-label") == "Lista de conversas"
    await expect(grid).to_have_css("height", "9120px")
    assert 10 <= await page.locator(ROWS).count() <= 24
    assert (await names(page))[0] == "Cliente 000"
    recycled = await page.evaluate(
        """async () => {
          const row = [...document.querySelectorAll('#pane-side [role="row"]')][0];
          const name = () => row.querySelector('span[title]').title;
          const before = name();
          document.querySelector('#pane-side').scrollTop = 5000;
          await new Promise(done => setTimeout(done, 300));
          return row.isConnected && name() !== before;
        }"""
    )
    assert recycled, "the same node shows another chat"
    assert "Cliente 000" not in await names(page)
    assert 10 <= await page.locator(ROWS).count() <= 24


async def test_a_new_message_moves_its_chat_to_the_top(open_standin: OpenStandIn) -> None:
    standin, page = await open_standin(chats=many_chats(30))
    await standin.deliver("c25", "cheguei")
    await expect(page.locator(ROWS).filter(has_text="cheguei")).to_have_count(1)
    assert (await names(page))[:2] == ["Cliente 025", "Cliente 000"]


async def test_click_does_nothing_and_mousedown_opens(open_standin: OpenStandIn) -> None:
    standin, page = await open_standin(chats=[ANA])
    row = page.locator(ROWS).first
    await row.evaluate("row => row.click()")
    await row.dispatch_event("click")
    assert await page.locator("#main").count() == 0
    await expect(page.locator('[data-testid="intro-panel"] [data-testid="intro-title"]')).to_be_visible()
    await row.click()
    await page.locator("#main").wait_for()
    await expect(page.locator('#pane-side [aria-selected="true"]')).to_have_count(1)
    assert await page.locator('[data-testid="intro-panel"]').count() == 0
    await standin.close_chat()
    await expect(page.locator("#main")).to_have_count(0)


async def test_titles_carry_direction_marks_and_long_names_are_cut(open_standin: OpenStandIn) -> None:
    long = "Família Souza da casa azul da esquina, portão branco"
    last = "primeira linha\nsegunda linha, " + "bem comprida " * 20
    _, page = await open_standin(
        chats=[
            ChatSeed(
                id="f",
                title=long,
                messages=(Message(id="3A" + "0" * 18, chat="f", direction="in", text=last, at=1_780_000_000_000),),
            )
        ]
    )
    title = page.locator('#pane-side [data-testid="cell-frame-title"] span[title]')
    assert await title.get_attribute("title") == f"\u202a{long}\u202c"
    shown = await title.text_content() or ""
    assert shown.endswith("…")
    assert long.startswith(shown[:-1])
    preview = page.locator('#pane-side [data-testid="last-msg-status"]')
    assert await preview.get_attribute("title") == f"\u202a{last}\u202c"


@pytest.mark.parametrize(
    ("language", "one", "many"),
    [
        ("pt-BR", "1 mensagem não lida", "3 mensagens não lidas"),
        ("en", "1 unread message", "3 unread messages"),
    ],
)
async def test_badges_count_in_the_pages_language(
    open_standin: OpenStandIn, language: str, one: str, many: str
) -> None:
    standin, page = await open_standin(language=language, chats=[ANA])
    badge = page.locator('#pane-side [data-testid="icon-unread-count"]')
    assert await badge.count() == 0
    await standin.deliver("ana", "um")
    await expect(badge).to_have_attribute("aria-label", one)
    await standin.deliver("ana", "dois")
    await standin.deliver("ana", "três")
    await expect(badge).to_have_attribute("aria-label", many)
    assert await badge.text_content() == "3"
    await standin.write_from_phone("ana", "já vi")
    await expect(badge).to_have_count(0)


async def test_last_message_shows_our_ticks_or_the_groups_author(open_standin: OpenStandIn) -> None:
    standin, page = await open_standin(chats=[ANA, TURMA])
    ours = await standin.write_from_phone("ana", "Pode deixar", status="sent")
    await standin.deliver("turma", "bora", author="Carla")
    secondary = page.locator('#pane-side [data-testid="cell-frame-secondary"]')
    mine = secondary.filter(has_text="Pode deixar").locator("svg title")
    await expect(mine).to_have_text("wds-ic-delivered")
    await standin.set_status("ana", ours, "read")
    await expect(mine).to_have_text("wds-ic-read")
    await expect(secondary.filter(has_text="bora")).to_contain_text("Carla:\u00a0bora")
    assert await secondary.filter(has_text="bora").locator("svg").count() == 0


async def test_search_filters_and_adds_a_heading_row(open_standin: OpenStandIn) -> None:
    _, page = await open_standin(chats=[ANA, BIA, TURMA])
    await page.locator('#side input[role="textbox"][data-tab="3"]').fill("ana b")
    rows = page.locator('#pane-side [role="row"]')
    await expect(rows).to_have_count(2)
    await expect(rows.first).to_have_text("Conversas")
    await expect(page.locator("#pane-side [role=grid]")).to_have_attribute("aria-label", "Resultados da pesquisa.")


async def test_older_generation_has_72_pixel_items_without_test_ids(open_standin: OpenStandIn) -> None:
    standin, page = await open_standin(generation="2025", chats=[ANA, TURMA])
    await standin.deliver("ana", "oi")
    assert await page.locator("[data-testid]").count() == 0
    item = page.locator('#pane-side [role="listitem"]').first
    await expect(item).to_have_css("height", "72px")
    await expect(item.locator('[aria-colindex="2"] span[dir="auto"][title]')).to_have_text("Ana Beatriz")
    await expect(item.locator('[aria-colindex="1"] span[aria-label]')).to_have_attribute(
        "aria-label", "1 mensagem não lida"
    )
    assert await page.locator('#side div[contenteditable="true"][data-tab="3"]').count() == 1


async def test_the_attendant_finds_a_chat_far_down_the_list(open_standin: OpenStandIn) -> None:
    standin, page = await open_standin(chats=many_chats(120))
    attendant = Attendant(page, standin)
    await attendant.open_chat("Cliente 097")
    assert (await standin.snapshot()).open == "c97"
    with pytest.raises(LookupError, match="Ninguém"):
        await attendant.open_chat("Ninguém")
