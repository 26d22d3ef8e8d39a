"""Commands reach the page in order, and nobody waits for a busy page."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from agent.contract.analysis import Sentiment
from agent.contract.commands import (
    AnyCommand,
    ClearCommand,
    DraftCommand,
    NoticeCommand,
    OfferCommand,
    ReadCommand,
    StatusCommand,
)
from agent.outbox import Outbox
from tests.test_flow import ScriptedPage


class BusyPage(ScriptedPage):
    """Takes commands only while ``free`` is set; loses the first one when told to."""

    def __init__(self) -> None:
        super().__init__()
        self.free = asyncio.Event()
        self.loses = 0

    async def tell(self, command: AnyCommand) -> None:
        await self.free.wait()
        if self.loses:
            self.loses -= 1
            raise ConnectionError("the page is gone")
        self.told.append(command)


@pytest.fixture
async def page() -> BusyPage:
    return BusyPage()


@pytest.fixture
async def outbox(page: BusyPage) -> AsyncIterator[Outbox]:
    outbox = Outbox(page)
    running = asyncio.create_task(outbox.run())
    yield outbox
    running.cancel()


def offer(offer_id: str) -> OfferCommand:
    return OfferCommand(
        offer_id=offer_id, chat_token=1, message_id="A", seen_ms=0, sentiment=Sentiment.NEUTRAL, intent="price",
        suggestions=(), draft_slot=0,
    )  # fmt: skip


def draft(text: str, offer_id: str = "2") -> DraftCommand:
    return DraftCommand(offer_id=offer_id, slot=0, text=text, source="m", state="streaming")


async def took(page: BusyPage, outbox: Outbox, *commands: AnyCommand) -> list[AnyCommand]:
    """What a page that was busy gets of commands that came meanwhile."""
    outbox.put(ReadCommand())
    await asyncio.sleep(0.01)
    for command in commands:
        outbox.put(command)
    page.free.set()
    await asyncio.sleep(0.01)
    assert page.told[0] == ReadCommand()
    return page.told[1:]


async def test_commands_keep_their_order(page, outbox):
    commands = [offer("1"), NoticeCommand(code="inserted"), StatusCommand(model="off"), ClearCommand()]
    assert await took(page, outbox, *commands) == commands


async def test_a_card_that_was_taken_away_meanwhile_is_not_painted(page, outbox):
    assert await took(page, outbox, offer("1"), offer("2"), draft("Cl"), draft("Claro")) == [offer("2"), draft("Claro")]


async def test_drafts_of_two_cards_are_two(page, outbox):
    assert await took(page, outbox, draft("a", "1"), draft("b", "2")) == [draft("a", "1"), draft("b", "2")]


async def test_a_command_that_the_page_did_not_take_holds_nothing_up(page, outbox):
    page.loses = 1
    outbox.put(ReadCommand())
    outbox.put(NoticeCommand(code="stale"))
    page.free.set()
    await asyncio.sleep(0.01)
    assert page.told == [NoticeCommand(code="stale")]
