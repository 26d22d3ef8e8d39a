"""A page that crashes is opened anew, and health says what is true of the new one only."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from agent.contract.frames import AnyFrame, PageState
from agent.contract.life import LifeLevel
from agent.core.state import State
from agent.runtime import Agent
from agent.storage.opening import open_store
from agent.storage.store import SqlStore
from tests.core.test_life import pulse, screen
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


async def test_a_crash_leaves_no_verdict_of_the_page_before(tmp_path: Path) -> None:
    pages: list[Crashing] = []
    opening = asyncio.Event()

    @asynccontextmanager
    async def open_page() -> AsyncIterator[Crashing]:
        if pages:
            await opening.wait()
        pages.append(Crashing())
        yield pages[-1]

    @asynccontextmanager
    async def store() -> AsyncIterator[SqlStore]:
        # In a file: one in memory is gone with its connection, when a session ends in the middle of a query.
        opened = await open_store(tmp_path / "data.db", "0" * 64)
        yield opened
        await opened.close()

    agent = Agent(
        session="loja",
        open_page=open_page,  # type: ignore[arg-type]
        open_store=store,
        analyst=ScriptedAnalyst(),
        first_state=lambda: State(session="loja", run="r"),
        address=None,
        room=10,
    )
    over = asyncio.Event()
    running = asyncio.create_task(agent.run(over))

    async def until(status: str) -> None:
        async with asyncio.timeout(10):
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
