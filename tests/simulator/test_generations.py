"""Older pages, pages in the middle of a roll-out, the third language, both clocks, and the newer kinds."""

import re

import pytest
from playwright.async_api import Page, expect

from simulator.attendant import Attendant
from simulator.standin import StandIn
from simulator.world import ChatSeed, Clock, Generation, Kind, Language, Message
from tests.conftest import OpenStandIn

pytestmark = pytest.mark.browser

AT = 1_783_135_860_000
"""4 July 2026, 00:31 in São Paulo."""


async def open_ana(open_standin: OpenStandIn, *messages: Message, **options: object) -> tuple[StandIn, Page]:
    ana = ChatSeed(id="ana", title="Ana Beatriz", messages=messages)
    standin, page = await open_standin(chats=[ana], own_name="Flor de Lis", lateness=0, whole=True, **options)
    await Attendant(page, standin).open_chat("Ana Beatriz")
    return standin, page


def message(number: int, kind: Kind = "text", **fields: object) -> Message:
    told = {"id": f"3A{number:018X}", "chat": "ana", "direction": "in", "kind": kind, "at": AT + number * 60_000}
    return Message.model_validate(told | fields)


async def test_the_page_of_2023(open_standin: OpenStandIn) -> None:
    ours = message(2, text="Temos!", direction="out", status="read")
    _, page = await open_ana(open_standin, message(1, text="oi"), ours, generation="2023")
    assert await page.locator("#pane-side [role=list] [role=listitem][data-testid=list-item-0]").count() == 1
    row = page.locator('#main [data-id^="true_"]')
    data_id = await row.get_attribute("data-id")
    assert await row.get_attribute("data-testid") == f"conv-msg-{data_id}"
    assert await row.locator("div.message-out.focusable-list-item [data-testid=msg-container]").count() == 1
    # Two ticks had one icon; only the label said that the message was read.
    ticks = row.locator("[data-testid=msg-meta] [data-icon=msg-dblcheck][data-testid=msg-dblcheck]")
    assert await ticks.get_attribute("aria-label") == " Lida "
    # Test ids that came later are not there.
    assert await page.locator("[data-testid=selectable-text], [data-testid=forwarded-header]").count() == 0
    box = page.locator("#main footer [contenteditable]")
    assert await box.get_attribute("aria-label") == await box.get_attribute("aria-placeholder") == "Digite uma mensagem"


async def test_in_the_middle_of_a_roll_out_rows_of_one_chat_differ(open_standin: OpenStandIn) -> None:
    messages = [message(number, text=f"oi {number}") for number in range(30)]
    standin, page = await open_ana(open_standin, *messages, generation="mixed")
    written = await standin.row_styles("ana")
    styles = {one.id: written[one.id] for one in messages}
    assert set(styles.values()) == {"2026", "2025", "2023", "between"}
    bare = page.locator("#main [data-id^='3A'][data-testid^='conv-msg-3A']")
    classed = page.locator("#main [data-id^='false_']:has(.message-in)")
    assert await classed.count() == sum(style != "2026" for style in styles.values())
    assert await bare.count() == sum(style == "2026" for style in written.values())
    between = page.locator("#main [data-id^='false_']:not([data-testid]) [data-testid=selectable-text]")
    assert await between.count() == list(styles.values()).count("between")
    assert await page.locator("#pane-side [data-testid]").count() == 0
    assert await page.locator("#main [data-testid=conversation-info-header-chat-title]").count() == 1
    assert await page.locator("#main footer [data-testid]").count() == 0


@pytest.mark.parametrize(
    ("language", "clock", "written"),
    [
        ("pt-BR", None, "00:31, 04/07/2026"),
        ("pt-BR", "12h", "12:31 AM, 04/07/2026"),
        ("en", None, "12:31 AM, 7/4/2026"),
        ("en", "24h", "00:31, 04/07/2026"),
        ("es", None, "12:31 a. m., 4/7/2026"),
        ("es", "24h", "00:31, 4/7/2026"),
    ],
)
async def test_clocks(open_standin: OpenStandIn, language: Language, clock: Clock | None, written: str) -> None:
    _, page = await open_ana(open_standin, message(0, text="oi"), language=language, clock=clock)
    pre = await page.locator('#main [data-pre-plain-text^="["]').get_attribute("data-pre-plain-text") or ""
    # The spaces of the 12-hour clock are narrow or must not break.
    assert re.sub(r"[\u00a0\u202f]", " ", pre) == f"[{written}] Ana Beatriz: "
    assert await page.locator("html").get_attribute("lang") == language


async def test_spanish_and_back_again(open_standin: OpenStandIn) -> None:
    ours = message(1, text="Hay", direction="out", status="delivered")
    standin, page = await open_ana(open_standin, ours, language="es")
    assert await page.locator('#main [aria-label=" Entregado "]').count() == 1
    assert await page.locator('#main span[aria-label="Tú:"]').count() == 1
    box = page.locator("#main footer [contenteditable]")
    assert await box.get_attribute("aria-label") == "Escribir un mensaje para Ana Beatriz"
    await standin.set_language("en")
    await expect(page.locator("html")).to_have_attribute("lang", "en")
    await expect(page.locator('#main [aria-label=" Delivered "]')).to_have_count(1)


CARDS: dict[Kind, tuple[dict[str, object], str]] = {
    "album": ({"tiles": 6}, "[data-testid=media-album] [style*=grid-area] [data-testid=image-thumb]"),
    "gif": ({}, "[data-testid=video-content] [data-testid=media-state-gif-icon] [data-icon=media-gif]"),
    "audio": ({"seconds": 70}, "[data-icon=audio-file]"),
    "poll": ({"text": "Qual?", "choices": ["A", "B"]}, "[data-testid=poll-bubble] [data-testid=poll-view-votes]"),
    "event": ({"text": "Bazar"}, "[data-testid=event-bubble]"),
    "call": ({}, "[data-testid=call-log-system-message] [data-testid=msg-meta]"),
    "view_once": ({}, "[data-testid=view-once-sunset]"),
    "text": ({"text": "veja https://a.example/1", "preview": "Loja"}, "[data-testid=link-preview-container]"),
}


@pytest.mark.parametrize("generation", ["2026", "2025"])
async def test_cards_have_the_marks_that_are_known(open_standin: OpenStandIn, generation: Generation) -> None:
    messages = [message(number, kind, **fields) for number, (kind, (fields, _)) in enumerate(CARDS.items())]
    _, page = await open_ana(open_standin, *messages, generation=generation)
    for written, (_, mark) in zip(messages, CARDS.values(), strict=True):
        row = page.locator(f'#main [data-id*="{written.id}"]')
        if generation == "2026":
            await expect(row.locator(mark).first, written.kind).to_be_attached()
        else:
            assert await row.locator("[data-testid]").count() == 0, written.kind
    album = page.locator(f'#main [data-id*="{messages[0].id}"]')
    if generation == "2025":
        assert re.fullmatch(r"album-false_\d+@c\.us_\w+-6", await album.get_attribute("data-id") or "")
    await expect(album.get_by_text("+2")).to_be_visible()
