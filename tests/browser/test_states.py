"""Every screen of the stand-in is recognised by the real script, in both languages and generations."""

import asyncio

import pytest

from agent.contract.frames import PageNotice, PageState
from agent.contract.life import LifeLevel, LifeReason
from tests.browser.conftest import Desk, OpenDesk, chat
from tests.browser.seeing import until

pytestmark = pytest.mark.browser

SETTLED_S = 3.0
"""A chat that was opened just now is read by timers as well."""

SCREENS = {
    "qr": PageState.QR,
    "qr_expired": PageState.QR_EXPIRED,
    "pairing_entry": PageState.PAIRING,
    "pairing": PageState.PAIRING,
    "syncing": PageState.SYNCING,
    "conflict": PageState.CONFLICT,
    "temp_ban": PageState.TEMP_BAN,
    "screen_lock": PageState.SCREEN_LOCK,
    "logging_out": PageState.LOGGING_OUT,
    "unsupported": PageState.UNSUPPORTED,
}


def notices(desk: Desk) -> set[PageNotice]:
    return set(desk.flow.state.notices)


@pytest.mark.parametrize(("language", "generation"), [("pt-BR", "2026"), ("en", "2026"), ("pt-BR", "2025")])
async def test_every_screen_is_known(open_desk: OpenDesk, language: str, generation: str) -> None:
    desk = await open_desk(
        language=language, generation=generation, chats=[chat("Ana", "oi")], logout_seconds=5, sync_seconds=5
    )
    await until(lambda: desk.flow.state.page is PageState.READY, "ready")
    for screen, state in SCREENS.items():
        if (screen, generation) == ("pairing_entry", "2025"):
            continue  # Nothing is known of its older markup: it is "unknown", and blind after a while all the same.
        await desk.standin.set_screen(screen)
        await until(lambda state=state: desk.flow.state.page is state, f"{screen}, not {desk.flow.state.page}")
        await desk.standin.set_screen("ready")
        await until(lambda: desk.flow.state.page is PageState.READY, f"ready after {screen}")


async def test_what_lies_over_the_chats_is_known(open_desk: OpenDesk) -> None:
    desk = await open_desk(chats=[chat("Ana", "oi"), chat("Bia", "oi")])
    await desk.attendant.open_chat("Ana")
    for bar in ("offline", "connecting", "update"):
        await desk.standin.set_bar(bar)
        await until(lambda bar=bar: notices(desk) == {PageNotice(bar)}, bar)
    await desk.standin.set_bar(None)
    await until(lambda: not notices(desk), "no bar")
    for put, notice in (
        (desk.standin.set_dialog, PageNotice.DIALOG),
        (desk.standin.set_forced_reload, PageNotice.RELOAD),
        (desk.standin.set_restricted, PageNotice.RESTRICTED),
    ):
        await put(True)
        await until(lambda notice=notice: notices(desk) == {notice}, notice)
        await put(False)
        await until(lambda: not notices(desk), f"without {notice}")


async def test_life_follows_the_page_and_stands_on_the_card(open_desk: OpenDesk) -> None:
    desk = await open_desk(chats=[chat("Ana", "oi")])
    await until(lambda: desk.life is not None and desk.life.level is LifeLevel.LIVE, "live")
    await desk.standin.set_bar("offline")
    await until(lambda: desk.life is not None and desk.life.reason is LifeReason.OFFLINE, "offline")
    await desk.standin.set_bar(None)
    # A computer that is busy may be called slow for a minute.
    await until(lambda: desk.life is not None and desk.life.level is not LifeLevel.BLIND, "seeing again")
    await desk.standin.set_screen("conflict")
    await until(lambda: desk.life is not None and desk.life.screen == "conflict", "conflict")


async def test_rows_that_no_observer_announced_are_found_and_stored_once(open_desk: OpenDesk) -> None:
    desk = await open_desk(chats=[chat("Ana", "oi")])
    await desk.attendant.open_chat("Ana")
    await desk.captured(1)
    await asyncio.sleep(SETTLED_S)
    await desk.page.bridge.call("() => globalThis.__observers.forEach((one) => one.disconnect())")
    await desk.standin.deliver("ana", "cadê meu pedido?")
    await desk.captured(2)
    await until(lambda: desk.life is not None and desk.life.reason is LifeReason.MISSED, "missed")
    await desk.standin.deliver("ana", "alguém aí?")
    await desk.captured(3)
