"""What ends a session and what does not: health says what is true of the page that is open now."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from agent.contract.frames import AnyFrame, PageState
from agent.contract.life import LifeLevel
from agent.core.state import State
from agent.runtime import Agent
from agent.storage.opening import open_store
from agent.storage.store import SqlStore
from tests.core.says import ANA, row
from tests.core.test_life import pulse, screen
from tests.patience import PATIENCE_S
from tests.test_flow import ScriptedAnalyst, ScriptedPage


class Crashing(ScriptedPage):
    """Says that all is well, and crashes when told to."""

    def __init__(self) -> None:
        super().__init__()
        self.crash = asyncio.Event()

    async def frames(self) -> AsyncIterator[AnyFrame | None]:  # type: ignore[override]
        yield screen(PageState.READY)
        yield pulse()
        await self.crash.wait()
        raise ConnectionError("the page crashed")


def agent_with(folder: Path, open_page: Any, **parts: Any) -> Agent:
    """An agent on a store of its own."""

    @asynccontextmanager
    async def store() -> AsyncIterator[SqlStore]:
        # In a file: one in memory is gone with its connection, when a session ends in the middle of a query.
        opened = await open_store(folder / "data.db", "0" * 64)
        yield opened
        await opened.close()

    return Agent(
        session="loja",
        open_page=open_page,
        open_store=store,
        analyst=ScriptedAnalyst(),
        first_state=lambda: State(session="loja", run="r"),
        address=None,
        room=10,
        **parts,
    )


async def test_a_crash_leaves_no_verdict_of_the_page_before(tmp_path: Path) -> None:
    pages: list[Crashing] = []
    opening = asyncio.Event()

    @asynccontextmanager
    async def open_page() -> AsyncIterator[Crashing]:
        if pages:
            await opening.wait()
        pages.append(Crashing())
        yield pages[-1]

    agent = agent_with(tmp_path, open_page)
    over = asyncio.Event()
    running = asyncio.create_task(agent.run(over))

    async def until(status: str) -> None:
        async with asyncio.timeout(PATIENCE_S):
            while (await agent.health()).status != status:
                await asyncio.sleep(0.02)

    await until("ok")
    pages[0].crash.set()
    await until("degraded")
    await until("starting")
    told = (await agent.health()).session
    assert (told.life, told.page, told.restarts) == (None, PageState.UNKNOWN, 1)
    assert agent.vital.last_error == "the page crashed"
    opening.set()
    await until("ok")
    told = (await agent.health()).session
    assert told.life is not None
    assert told.life.level is LifeLevel.LIVE
    over.set()
    await asyncio.wait_for(running, 10)
    assert len(pages) == 2


async def test_backups_that_break_do_not_end_the_agent(tmp_path: Path) -> None:
    broke, over = asyncio.Event(), asyncio.Event()

    async def breaks(_store: object) -> None:
        broke.set()
        raise RuntimeError("a fault of ours")

    @asynccontextmanager
    async def open_page() -> AsyncIterator[Crashing]:
        yield Crashing()

    agent = agent_with(tmp_path, open_page, backup=breaks)
    running = asyncio.create_task(agent.run(over))
    await asyncio.wait_for(broke.wait(), 10)
    async with asyncio.timeout(10):
        while (await agent.health()).status != "ok":
            await asyncio.sleep(0.02)
    over.set()
    await asyncio.wait_for(running, 10)


class Reading(ScriptedPage):
    """Shows rows of a chat that is open, until it is closed."""

    def __init__(self, *texts: str) -> None:
        super().__init__()
        self.closed = False
        self._frames.put_nowait(screen(PageState.READY))
        self.opens(ANA)
        for number, text in enumerate(texts):
            self.shows(ANA, row(f"{text}-{number}", text), window=[f"{text}-{at}" for at in range(number + 1)])


async def test_a_session_is_stopped_with_all_stored_and_started_again(tmp_path: Path) -> None:
    pages: list[Reading] = []

    @asynccontextmanager
    async def open_page() -> AsyncIterator[Reading]:
        pages.append(Reading(*["oi"] * 30) if not pages else Reading("voltei"))
        yield pages[-1]
        pages[-1].closed = True

    agent = agent_with(tmp_path, open_page)
    over = asyncio.Event()
    running = asyncio.create_task(agent.run(over))

    async def until(fact: Callable[[], object]) -> None:
        async with asyncio.timeout(PATIENCE_S):
            while not fact():
                await asyncio.sleep(0.01)

    await until(lambda: agent.flow)
    assert agent.flow is not None
    agent.switch.turn(False)  # Most of the rows still wait.
    await until(lambda: agent.vital.state == "stopped")
    assert pages[0].closed
    health = await agent.health()
    assert (health.status, health.session.state, health.session.page) == ("blind", "stopped", PageState.UNKNOWN)
    assert health.messages == 30, "what was read is stored"
    assert not agent.pause(on=True), "there is no page to stop the capture of"
    assert not await agent.bring_to_front()
    assert len(pages) == 1

    agent.switch.turn(True)
    await until(lambda: len(pages) == 2)
    async with asyncio.timeout(PATIENCE_S):
        while (await agent.health()).messages != 31 or (await agent.health()).unfinished:
            await asyncio.sleep(0.02)
    store: Any = agent.store
    kinds = [event.kind for event in await store.events_after(0, 1000)]
    assert [kind for kind in kinds if kind.startswith("session.s")] == ["session.stopped", "session.started"]
    agent.switch.turn(False)
    over.set()  # The agent ends in the middle of the session's end.
    await asyncio.wait_for(running, PATIENCE_S)
    assert pages[1].closed
