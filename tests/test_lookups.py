"""Asking the connected system beside everything else: late, wrong or broken, it never holds up a conversation."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from agent.contract.commands import OfferCommand, RecordCommand
from agent.contract.connector import CustomerRecord, RecordField
from agent.contract.rows import OpenChat
from agent.core.state import State
from agent.flow import Flow
from agent.ports import Store
from agent.telemetry.measurements import Measurements
from tests.core.says import row
from tests.test_flow import ScriptedAnalyst, ScriptedPage, until

FIRST = OpenChat(token=1, title="+55 11 90000-0001", is_group=False, phone="+5511900000001")
SECOND = OpenChat(token=2, title="+55 11 90000-0002", is_group=False, phone="+5511900000002")
NAMED = OpenChat(token=3, title="Ana", is_group=False)


class Crm:
    """Answers when it is let; fails where it is told to."""

    source = "crm.example"

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.gates: dict[str, asyncio.Event] = {}
        self.failure: Exception | None = None
        self.given_up = 0

    async def look_up(self, phone: str) -> CustomerRecord | None:
        self.asked.append(phone)
        if self.failure is not None:
            raise self.failure
        try:
            if phone in self.gates:
                await self.gates[phone].wait()
        except asyncio.CancelledError:
            self.given_up += 1
            raise
        return CustomerRecord(source=self.source, fields=(RecordField(label="Número", value=phone),))

    def forget(self) -> None:
        return

    async def close(self) -> None:
        return


@pytest.fixture
async def desk(store: Store) -> AsyncIterator[tuple[ScriptedPage, Crm]]:
    page, crm = ScriptedPage(), Crm()
    state = State(session="loja", run="r", connected=True)
    flow = Flow(state, page, ScriptedAnalyst(), store, Measurements(), connector=crm)
    running = asyncio.create_task(flow.run())
    yield page, crm
    page.ends()
    await asyncio.wait_for(running, 10)


def values(page: ScriptedPage) -> list[tuple[int, str]]:
    """What was shown: the chat and the value."""
    shown = [command for command in page.told if isinstance(command, RecordCommand)]
    return [(command.chat_token, field.value) for command in shown for field in command.fields]


async def test_a_suggestion_does_not_wait_for_a_system_that_hangs(desk: tuple[ScriptedPage, Crm]) -> None:
    page, crm = desk
    crm.gates["+5511900000001"] = asyncio.Event()
    page.opens(FIRST)
    page.shows(FIRST, row("A", "Quanto custa?"))
    await until(lambda: any(isinstance(command, OfferCommand) for command in page.told))
    assert crm.asked == ["+5511900000001"]
    assert values(page) == []
    crm.gates["+5511900000001"].set()
    await until(lambda: values(page) == [(1, "+5511900000001")])


async def test_a_late_answer_of_one_chat_is_not_shown_in_the_next(desk: tuple[ScriptedPage, Crm]) -> None:
    page, crm = desk
    crm.gates["+5511900000001"] = asyncio.Event()
    page.opens(FIRST)
    await until(lambda: crm.asked == ["+5511900000001"])
    page.opens(SECOND)
    await until(lambda: len(crm.asked) == 2)
    crm.gates["+5511900000001"].set()
    await until(lambda: values(page) == [(2, "+5511900000002")])
    assert crm.given_up == 1


async def test_a_saved_contact_is_asked_for_by_the_number_that_was_seen_before(desk: tuple[ScriptedPage, Crm]) -> None:
    page, crm = desk
    page.opens(FIRST)
    page.shows(FIRST, row("A", "Oi"))
    await until(lambda: crm.asked == ["+5511900000001"])
    page.opens(NAMED)
    page.shows(NAMED, row("A", "Oi"))  # The same message: the person has saved the contact meanwhile.
    await until(lambda: values(page)[-1:] == [(3, "+5511900000001")])


async def test_a_failure_is_no_end_of_the_session(desk: tuple[ScriptedPage, Crm]) -> None:
    page, crm = desk
    for failure in (ConnectionError("down"), ValueError("odd")):
        crm.failure = failure
        asked = len(crm.asked)
        page.opens(FIRST)
        await until(lambda asked=asked: len(crm.asked) > asked)
        page.opens(None)  # type: ignore[arg-type]
    crm.failure = None
    page.opens(SECOND)
    await until(lambda: values(page) == [(2, "+5511900000002")])
