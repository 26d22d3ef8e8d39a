"""The pause: nothing is captured while it lasts, and everything visible afterwards."""

from typing import Any

import pytest
from sqlalchemy import func, select

from agent.contract.commands import InsertCode
from agent.contract.frames import PulseFrame
from agent.contract.life import LifeReason
from agent.storage import tables as tables_of
from simulator.world import Message
from tests.browser.conftest import Desk, OpenDesk, chat
from tests.browser.seeing import click, until

pytestmark = [pytest.mark.browser, pytest.mark.by_turns]

PAUSE = ".form-body .form-wide"
GO_ON = "[data-banner=paused] .button"


def reason(desk: Desk) -> LifeReason | None:
    return None if desk.life is None else desk.life.reason


def level(desk: Desk) -> str | None:
    return None if desk.life is None else desk.life.level.value


async def pulses(desk: Desk, count: int = 3) -> None:
    """So many looks around pass: whatever a look reads, it has been sent by then."""
    heard = [0]
    note = desk.flow.lifeline.heard

    def hear(frame: Any) -> None:
        heard[0] += isinstance(frame, PulseFrame)
        note(frame)

    desk.flow.lifeline.heard = hear  # type: ignore[method-assign]
    try:
        await until(lambda: heard[0] >= count, f"{count} pulses")
    finally:
        desk.flow.lifeline.heard = note  # type: ignore[method-assign]


async def stored(desk: Desk) -> tuple[int, int, int]:
    """All that the database has of the customers: messages, conversations, and lines of the chat list."""
    async with desk.store._read() as db:
        tables = (tables_of.Message, tables_of.Conversation, tables_of.ListedChat)
        one, two, three = [await db.scalar(select(func.count()).select_from(table)) or 0 for table in tables]
    return one, two, three


async def events_since(desk: Desk, number: int) -> list[str]:
    return [event.kind for event in await desk.store.events_after(number, 1_000)]


async def write(desk: Desk, key: str, text: str, number: int) -> None:
    """A customer writes; the page shows it, in the chat or in the list."""
    message_id = f"3AFF{number:04X}"
    await desk.standin.add(Message(id=message_id, chat=key, direction="in", text=text, at=1_783_100_000_000 + number))
    await desk.tab.locator(f"#pane-side >> text={text}").first.wait_for()


@pytest.mark.parametrize("generation", ["2026", "2025"])
async def test_nothing_is_captured_while_it_is_paused(open_desk: OpenDesk, generation: str) -> None:
    desk = await open_desk(generation=generation, lateness=0, chats=[chat("Ana", "oi"), chat("Bia", "olá", "> oi!")])
    await desk.opens("Ana")
    await desk.card()
    await desk.quiet()
    before = await stored(desk)
    assert before[0] > 0
    last_event = (await desk.store.counts()).last_event

    await click(desk, ".capture")
    await click(desk, PAUSE)
    await until(lambda: reason(desk) is LifeReason.PAUSED, "the verdict says so")
    assert level(desk) == "blind"
    assert desk.flow.state.offer is None, "what was suggested is gone"

    await write(desk, "ana", "Quanto custa o vestido azul", 1)
    await write(desk, "bia", "Cadê meu pedido", 2)
    await desk.opens("Bia")
    await desk.standin.set_writing("bia")
    await pulses(desk)
    assert await stored(desk) == before
    kinds = await events_since(desk, last_event)
    assert set(kinds) <= {"capture.paused", "session.life", "suggestion.dismissed", "suggestion.ignored"}, kinds
    assert desk.flow.state.offer is None
    assert (await desk.insert("Já vejo para você!")).code is InsertCode.INSERTED, "the box needs no capture"

    await desk.tab.reload()
    await desk.standin.ready()
    await until(lambda: reason(desk) is LifeReason.PAUSED, "a new document stays paused")
    await desk.opens("Ana")
    await pulses(desk)
    assert await stored(desk) == before

    await click(desk, GO_ON)
    await until(lambda: level(desk) == "live", "live again")
    await write(desk, "ana", "Voltou?", 3)
    await desk.captured(before[0] + 1)
    await desk.quiet()
    assert "capture.resumed" in await events_since(desk, last_event)
    assert level(desk) == "live", "and nothing of it is an alarm"


async def test_what_came_during_a_pause_is_read_when_it_goes_on(open_desk: OpenDesk) -> None:
    desk = await open_desk(lateness=0, chats=[chat("Ana", "oi")])
    await desk.opens("Ana")
    await desk.card()
    await click(desk, ".capture")
    await click(desk, PAUSE)
    await until(lambda: reason(desk) is LifeReason.PAUSED, "paused")
    await write(desk, "ana", "Ainda tem o azul?", 1)
    await pulses(desk)
    assert (await desk.store.counts()).messages_in == 1
    await click(desk, PAUSE)  # The same button lets it go on.
    await desk.captured(2)
    assert [row.text for row in desk.rows() if row.text][-1] == "Ainda tem o azul?"
    offer = await desk.card()
    assert offer
    await until(lambda: reason(desk) is None, "live again")


async def test_messages_just_before_a_pause_are_not_lost(open_desk: OpenDesk) -> None:
    desk = await open_desk(chats=[chat("Ana", "oi")])
    await desk.opens("Ana")
    await desk.card()
    await click(desk, ".capture")
    for number in range(20):
        await desk.standin.add(
            Message(id=f"3AEE{number:04X}", chat="ana", direction="in", text=f"linha {number}", at=1_783_100_000_000)
        )
    await desk.tab.locator("#main >> text=linha 19").first.wait_for()
    await click(desk, PAUSE)
    await until(lambda: reason(desk) is LifeReason.PAUSED, "paused")
    await desk.captured(21)
