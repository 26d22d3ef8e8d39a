"""Who waits in chats that nobody has opened, without opening any."""

import asyncio

import pytest

from agent.contract.triage import ListedChat
from tests.browser.conftest import Desk, OpenDesk, chat

pytestmark = pytest.mark.browser


async def listed(desk: Desk, title: str) -> ListedChat:
    """The chat's line in the database, once its words were understood."""
    async with asyncio.timeout(10):
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
    async with asyncio.timeout(10):
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
