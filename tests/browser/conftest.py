"""The whole agent but for the model, on the stand-in page, in a real browser.

Whatever a test does, at its end the agent must have sent nothing and have read no message in the customer's name.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.async_api import BrowserContext
from playwright.async_api import Page as Tab

from agent.contract.commands import InsertCommand, InsertResult
from agent.contract.life import Life
from agent.contract.rows import Row
from agent.contract.stored import StoredMessage
from agent.core.state import State
from agent.errands import Worker
from agent.flow import Flow
from agent.page.bridge import Bridge, with_configuration
from agent.page.script import script_source
from agent.page.session import WhatsAppPage
from agent.ports import Connector
from agent.storage.store import SqlStore
from agent.telemetry.measurements import Measurements
from simulator.attendant import Attendant
from simulator.options import StandInOptions
from simulator.serve import install
from simulator.standin import ORIGIN, StandIn
from simulator.world import ChatSeed, Message
from tests.page.desk import KEEP_ROOT
from tests.patience import PATIENCE_S
from tests.storage.fresh import fresh_store
from tests.test_flow import ScriptedAnalyst

PULSE_MS = 500
"""Ten times as often as in life: whatever the look around finds by mistake shows here."""

OBSERVERS = """
globalThis.__observers = [];
globalThis.MutationObserver = class extends MutationObserver {
  constructor(callback) { super(callback); globalThis.__observers.push(this); }
};
"""
"""Lets a test take the observers away, as a page that does something odd may."""


@dataclass
class Desk:
    """An attendant's desk: the page, the agent beside it, the customers."""

    tab: Tab
    standin: StandIn
    attendant: Attendant
    page: WhatsAppPage
    flow: Flow
    store: SqlStore
    analyst: ScriptedAnalyst

    @property
    def life(self) -> Life | None:
        """The verdict on the capture."""
        return self.flow.lifeline.verdict

    async def opens(self, title: str) -> None:
        """The attendant opens a chat, and the agent has noticed."""
        await self.attendant.open_chat(title)
        async with asyncio.timeout(PATIENCE_S):
            while self.flow.state.open is None or self.flow.state.open.chat.title != title:
                await asyncio.sleep(0.02)

    async def captured(self, count: int) -> None:
        """Wait until so many customers' messages are stored and understood."""
        counts = await self.store.counts()
        try:
            async with asyncio.timeout(PATIENCE_S):
                while counts.messages_in < count or counts.unfinished:
                    await asyncio.sleep(0.05)
                    counts = await self.store.counts()
        except TimeoutError:
            pytest.fail(f"captured {counts.messages_in} of {count} messages, {counts.unfinished} unfinished")

    async def quiet(self, seconds: float = 1.0) -> None:
        """Wait until the event log has not grown for a while."""
        last, since = -1, asyncio.get_running_loop().time()
        while asyncio.get_running_loop().time() - since < seconds:
            now = (await self.store.counts()).last_event
            if now != last:
                last, since = now, asyncio.get_running_loop().time()
            await asyncio.sleep(0.05)

    async def card(self) -> str:
        """Wait for a card; its offer id."""
        async with asyncio.timeout(PATIENCE_S):
            while self.flow.state.offer is None:
                await asyncio.sleep(0.02)
        return self.flow.state.offer.offer_id

    async def insert(self, text: str, title: str | None = None, token: int | None = None, **parts: Any) -> InsertResult:
        """The agent inserts a text, as after a pick."""
        chat = self.flow.state.open
        assert chat is not None
        return await self.page.insert(
            InsertCommand(
                chat_token=chat.chat.token if token is None else token,
                chat_title=chat.chat.title if title is None else title,
                text=text,
                **parts,
            )
        )

    def rows(self) -> list[Row]:
        """What the agent has read of the open chat, in the chat's order."""
        chat = self.flow.state.open
        assert chat is not None
        return [chat.rows[wa_id].row for wa_id in chat.order if wa_id in chat.rows]

    async def stored(self, conversation_id: int, limit: int = 500) -> list[StoredMessage]:
        """The messages of a conversation, oldest first."""
        return await self.store.recent(conversation_id, limit)


OpenDesk = Callable[..., Awaitable[Desk]]


@pytest.fixture
async def open_desk(browser_context: BrowserContext) -> AsyncIterator[OpenDesk]:
    """``await open_desk(generation="2025", chats=[...])``: everything running. Counts sends at the end."""
    opened: list[tuple[Desk, asyncio.Task[None]]] = []

    async def open_it(
        connector: Connector | None = None,
        workers: Callable[[SqlStore], Sequence[Worker]] = lambda _: (),
        analyst: ScriptedAnalyst | None = None,
        store: SqlStore | None = None,
        **options: object,
    ) -> Desk:
        standin = await install(browser_context, StandInOptions.model_validate(options))
        tab = browser_context.pages[0]
        bridge = Bridge()
        await bridge.attach(tab, OBSERVERS + KEEP_ROOT + with_configuration(script_source(), pulse_ms=PULSE_MS))
        await tab.goto(ORIGIN, wait_until="commit")
        store, analyst = store or await fresh_store(), analyst or ScriptedAnalyst()
        page = WhatsAppPage(tab, bridge)
        state = State(
            session="loja",
            run="r",
            connected=connector is not None,
            drafts=analyst.model_state != "off",
            model=analyst.model_state,
        )
        flow = Flow(state, page, analyst, store, Measurements(), connector=connector, workers=workers(store))
        desk = Desk(tab, standin, Attendant(tab, standin), page, flow, store, analyst)
        opened.append((desk, asyncio.create_task(flow.run())))
        if options.get("start", "ready") == "ready":
            await standin.ready()
        return desk

    yield open_it
    for desk, running in opened:
        counters = await desk.standin.counters()
        assert desk.page.bridge.unreadable == 0, desk.page.bridge.last_error
        desk.page.bridge.end()
        await asyncio.wait_for(running, 10)
        await desk.store.close()
        assert (counters.sends_by_agent, counters.read_receipts_by_agent) == (0, 0)


def chat(title: str, *texts: str, **fields: object) -> ChatSeed:
    """A chat with a history: each text a customer's message, ``> text`` one of ours."""
    chat_id = title.casefold().replace(" ", "-")
    messages = tuple(
        Message(
            id=f"3A{abs(hash((title, n))) % 16**12:012X}{n:06X}",
            chat=chat_id,
            direction="out" if text.startswith("> ") else "in",
            text=text.removeprefix("> "),
            at=1_783_000_000_000 + n * 60_000,
            status="read" if text.startswith("> ") else None,
        )
        for n, text in enumerate(texts)
    )
    return ChatSeed.model_validate({"id": chat_id, "title": title, "messages": messages, **fields})
