"""Who waits in chats that nobody has opened, without opening any."""

import asyncio

import pytest

from agent.contract.triage import ListedChat
from agent.core.triage import Key
from simulator.world import Kind
from tests.browser.conftest import Desk, OpenDesk, chat
from tests.patience import PATIENCE_S

pytestmark = pytest.mark.browser


async def listed(desk: Desk, title: str) -> ListedChat:
    """The chat's line in the database, once its words were understood."""
    async with asyncio.timeout(PATIENCE_S):
        while True:
            found = [c for c in await desk.store.listed("loja") if c.preview.title == title]
            if found and (found[0].mood or not found[0].waits):
                return found[0]
            await asyncio.sleep(0.05)


@pytest.mark.parametrize("generation", ["2026", "2025"])
async def test_a_chat_that_is_not_open_is_known_to_wait_and_why(open_desk: OpenDesk, generation: str) -> None:
    desk = await open_desk(
        generation=generation,
        chats=[chat("Ana", "> Bom dia!", id="ana"), chat("Bia", "> Até logo", id="bia")],
    )
    await desk.opens("Bia")
    assert not (await listed(desk, "Ana")).waits
    await desk.standin.deliver("ana", "Quanto custa o vestido azul?")
    async with asyncio.timeout(PATIENCE_S):
        while not (await listed(desk, "Ana")).waits:
            await asyncio.sleep(0.05)
    ana = await listed(desk, "Ana")
    assert ana.preview.last_text == "Quanto custa o vestido azul?"
    assert ana.preview.unread == 1
    assert ana.waits_since is not None
    assert ana.mood is not None
    assert desk.flow.state.open is not None
    assert desk.flow.state.open.chat.title == "Bia"
    assert all(receipt.chat != "ana" for receipt in (await desk.standin.counters()).read_receipts)


WITHOUT_WORDS: tuple[Kind, ...] = ("image", "voice", "sticker", "document", "location", "poll", "call", "deleted")


@pytest.mark.parametrize("generation", ["2026", "2025", "2023", "mixed"])
async def test_no_mood_is_made_up_for_a_picture_and_the_like(open_desk: OpenDesk, generation: str) -> None:
    pictures = [chat(kind, "> Bom dia!") for kind in WITHOUT_WORDS]
    desk = await open_desk(generation=generation, chats=[chat("Bia", "> Bom dia!"), *pictures])
    for kind in WITHOUT_WORDS:
        await desk.standin.deliver(kind, "Qual delas?" if kind == "poll" else "", kind=kind, seconds=7)
    await desk.standin.deliver("bia", "Foto")
    # What is asked first is answered first.
    async with asyncio.timeout(PATIENCE_S):
        while (await listed(desk, "Bia")).mood is None:
            await asyncio.sleep(0.05)
    assert not desk.flow.state.listed[Key("Bia", 0)].preview.last_media
    shown = {c.preview.title: c for c in await desk.store.listed("loja")}
    for kind in WITHOUT_WORDS:
        assert desk.flow.state.listed[Key(kind, 0)].preview.last_media, kind
        assert (kind, shown[kind].waits, shown[kind].mood) == (kind, True, None)
