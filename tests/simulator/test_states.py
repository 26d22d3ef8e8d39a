"""Every state of the app beside the chats: its markup, its words in both languages, and the way back to the chats."""

import re
from collections.abc import Awaitable, Callable

import pytest
from playwright.async_api import Page, expect

from simulator.standin import StandIn
from simulator.world import Bar, Language, Screen
from tests.conftest import OpenStandIn
from tests.simulator.places import ANA, many_chats

pytestmark = pytest.mark.browser

READY = "#pane-side [role=grid]"
LANGUAGES: tuple[Language, ...] = ("pt-BR", "en")
BARS: dict[Bar, dict[Language, str]] = {
    "offline": {"pt-BR": "Computador sem conexão", "en": "Computer not connected"},
    "connecting": {"pt-BR": "Conectando…", "en": "Connecting…"},
    "update": {"pt-BR": "Atualizar", "en": "Update available"},
}
WORDS: dict[Screen, dict[Language, str]] = {
    "qr_expired": {"pt-BR": "Clique para recarregar", "en": "Click to reload"},
    "pairing_entry": {"pt-BR": "Insira o número", "en": "Enter phone number"},
    "pairing": {"pt-BR": "Insira o código", "en": "Enter code"},
    "conflict": {"pt-BR": "aberto em outra janela", "en": "open in another window"},
    "temp_ban": {"pt-BR": "banida temporariamente", "en": "temporarily banned"},
    "screen_lock": {"pt-BR": "bloqueado", "en": "locked"},
    "logging_out": {"pt-BR": "Desconectando", "en": "Logging out"},
    "unsupported": {"pt-BR": "Google Chrome 85+", "en": "WhatsApp works with Google Chrome 85+"},
}


def at(test_id: str) -> str:
    return f'[data-testid="{test_id}"]'


async def _expired(page: Page, standin: StandIn) -> None:
    code = page.locator(at("link-device-qr-code") + "[data-ref]")
    await expect(code.locator("canvas")).to_have_css("opacity", "0.04")
    await standin.scan()
    assert await code.count() == 1, "a code that has expired cannot be scanned"
    await page.locator(at("link_device_qr_expired_refresh_button")).click()
    await expect(code.locator("canvas")).to_have_css("opacity", "1")
    await standin.scan()


async def _number(page: Page, standin: StandIn) -> None:
    await page.locator(at("link-device-phone-number-entry-screen")).wait_for()
    await page.locator(at("link-device-phone-number-entry-next-button")).click()
    await page.locator(at("link-device-phone-number-code-view")).wait_for()
    await standin.scan()


async def _code(page: Page, standin: StandIn) -> None:
    code = page.locator(at("link-device-phone-number-code-view") + " [data-link-code]")
    letters = (await code.get_attribute("data-link-code") or "").split(",")
    assert len(letters) == 8
    assert all(len(letter) == 1 for letter in letters)
    assert await code.text_content() == "".join(letters)
    await standin.scan()


async def _conflict(page: Page, _: StandIn) -> None:
    popup = page.locator('[role="dialog"][aria-modal="true"]' + at("confirm-popup"))
    cancel = popup.locator(at("popup-controls-cancel"))
    assert await cancel.text_content() in ("Fechar", "Close")
    use = popup.locator(at("popup-controls-ok"))
    assert await use.text_content() in ("Usar aqui", "Use here")
    await use.click()


async def _ban(page: Page, standin: StandIn) -> None:
    assert await page.locator("#app [data-testid]").count() == 0
    left = page.get_by_text(re.compile(r"^\d\d:\d\d:\d\d$"))
    first = await left.text_content()
    assert first is not None
    await expect(left).not_to_have_text(first)
    await standin.set_screen("ready")


async def _lock(page: Page, _: StandIn) -> None:
    password = page.locator(at("lock-screen-landing-window") + ' input[type="password"]')
    await password.press("Enter")
    assert await page.locator(READY).count() == 0, "an empty password opens nothing"
    await password.fill("segredo")
    await password.press("Enter")


async def _logout(page: Page, standin: StandIn) -> None:
    await expect(page.locator("#app progress")).to_have_count(1)
    await page.locator(at("link-device-qr-code")).wait_for()
    assert await standin._call("screen") == "qr"
    assert await page.evaluate("() => localStorage.getItem('standin-logged-in')") is None
    await standin.scan()


async def _unsupported(_: Page, standin: StandIn) -> None:
    await standin.set_screen("ready")


LEAVE: dict[Screen, Callable[[Page, StandIn], Awaitable[None]]] = {
    "qr_expired": _expired,
    "pairing_entry": _number,
    "pairing": _code,
    "conflict": _conflict,
    "temp_ban": _ban,
    "screen_lock": _lock,
    "logging_out": _logout,
    "unsupported": _unsupported,
}


async def _open_ana(page: Page) -> None:
    await page.locator("#pane-side [role=row]").first.locator(at("cell-frame-container")).click()
    await page.locator("#main footer").wait_for()


@pytest.mark.parametrize("language", LANGUAGES)
async def test_every_screen_takes_the_chats_away_and_gives_them_back(
    open_standin: OpenStandIn, language: Language
) -> None:
    standin, page = await open_standin(language=language, chats=[ANA], sync_seconds=0.05, logout_seconds=2)
    for screen, leave in LEAVE.items():
        await _open_ana(page)
        await standin.set_screen(screen)
        await expect(page.locator("#app")).to_contain_text(WORDS[screen][language])
        assert await page.locator("#pane-side, #main").count() == 0, screen
        await leave(page, standin)
        await page.locator(READY).wait_for()
        assert await page.locator("#main").count() == 0
    assert (await standin.counters()).sends == 0


async def test_the_hint_leads_from_the_code_to_the_number(open_standin: OpenStandIn) -> None:
    _, page = await open_standin(start="qr_expired")
    await page.locator(at("link-device-qrcode-alt-linking-hint")).get_by_role("button").click()
    await expect(page.locator(at("link-device-phone-number-entry-screen"))).to_have_count(1)
    assert await page.locator(at("link-device-qr-code")).count() == 0


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_bar_stands_above_the_list(open_standin: OpenStandIn, language: Language) -> None:
    standin, page = await open_standin(language=language, chats=[ANA])
    await _open_ana(page)
    for bar, texts in BARS.items():
        await standin.set_bar(bar)
        strip = page.locator(at("chat-butterbar-offline" if bar == "offline" else "chat-butterbar"))
        await expect(strip).to_contain_text(texts[language])
        assert await page.locator('[data-testid^="chat-butterbar"]').count() == 1
        below = await page.locator("#pane-side").bounding_box()
        above = await strip.bounding_box()
        assert below is not None
        assert above is not None
        assert above["y"] + above["height"] <= below["y"]
        await page.locator("#main footer [contenteditable]").wait_for()
    await standin.set_bar(None)
    await expect(page.locator('[data-testid^="chat-butterbar"]')).to_have_count(0)
    await standin.set_bar("update")
    async with page.expect_event("domcontentloaded"):
        await page.locator(at("chat-butterbar")).get_by_role("button").click()
    await page.locator(READY).wait_for()
    assert (await standin.counters()).sends == 0


@pytest.mark.parametrize(
    ("language", "words"), [("pt-BR", "Não é possível iniciar novas conversas"), ("en", "You can't start new chats")]
)
async def test_a_restricted_account_has_no_box(open_standin: OpenStandIn, language: Language, words: str) -> None:
    standin, page = await open_standin(language=language, chats=[ANA])
    await _open_ana(page)
    box = page.locator("#main footer [contenteditable]")
    await box.fill("rascunho")
    await standin.set_restricted(True)
    await expect(page.locator("#main footer " + at("reachout-timelock-compose-bar"))).to_contain_text(words)
    await expect(page.locator("#side " + at("reachout-timelock-butterbar"))).to_contain_text(words)
    assert await box.count() == 0
    await standin.set_restricted(False)
    await expect(box).to_have_text("rascunho")
    await standin.set_restricted(True)
    await page.reload()
    await page.locator(at("reachout-timelock-butterbar")).wait_for()
    assert (await standin.counters()).sends == 0


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_forced_reload_has_one_way_out(open_standin: OpenStandIn, language: Language) -> None:
    standin, page = await open_standin(language=language, chats=[ANA])
    await standin.set_forced_reload(True)
    refresh = page.locator('[role="dialog"][aria-modal="true"] ' + at("popup-controls-refresh"))
    assert await refresh.text_content() == ("Update" if language == "en" else "Atualizar")
    assert await page.locator(READY).count() == 1
    async with page.expect_event("domcontentloaded"):
        await refresh.click()
    await page.locator(READY).wait_for()
    assert await page.locator("[role=dialog]").count() == 0


async def test_a_broken_list_counts_rows_that_it_does_not_show(open_standin: OpenStandIn) -> None:
    standin, page = await open_standin(chats=many_chats(40))
    rows = page.locator("#pane-side [role=row]")
    await standin.empty_chat_list(True)
    await expect(rows).to_have_count(0)
    assert await page.locator(READY).get_attribute("aria-rowcount") == "40"
    await standin.deliver("c1", "oi")
    assert await rows.count() == 0
    await standin.empty_chat_list(False)
    await expect(rows.first).to_contain_text("Cliente 001")


async def test_the_account_changes_its_generation(open_standin: OpenStandIn) -> None:
    standin, page = await open_standin(chats=many_chats(3))
    await _open_ana(page)
    await page.locator("#main footer [contenteditable]").fill("rascunho")
    bare = await page.locator("#main [data-id]").last.get_attribute("data-id")
    for reload in (False, True):
        await standin.set_generation("2025")
        if reload:
            await page.reload()
            await page.locator(READY).wait_for()
            assert await page.locator("#app [data-testid]").count() == 0, "the new markup came back"
            continue
        await expect(page.locator("#app [data-testid]")).to_have_count(0)
        await expect(page.locator("#main .message-in")).to_have_count(1)
        assert str(await page.locator("#main [data-id]").last.get_attribute("data-id")).endswith(f"_{bare}")
        await expect(page.locator("#main footer [contenteditable]")).to_have_text("rascunho")
    await standin.set_generation("2026")
    await page.locator(at("chat-list")).wait_for()
    assert (await standin.counters()).sends == 0


async def test_older_pages_tell_their_state_without_test_ids(open_standin: OpenStandIn) -> None:
    standin, page = await open_standin(generation="2025", chats=[ANA], logout_seconds=2)
    await standin.set_bar("offline")
    await expect(page.locator('#side [data-icon^="alert-"]')).to_have_count(1)
    await standin.set_bar(None)
    await standin.set_restricted(True)
    await expect(page.locator("#side")).to_contain_text("restrita")
    for screen in WORDS:
        await standin.set_screen(screen)
        await expect(page.locator("#app")).to_contain_text(WORDS[screen]["pt-BR"])
        assert await page.locator("#app [data-testid]").count() == 0, screen
    await standin.set_screen("pairing")
    await page.locator("[data-link-code]").wait_for()
    await standin.set_screen("conflict")
    await page.get_by_role("button", name="Usar aqui").click()
    await page.locator(READY).wait_for()
