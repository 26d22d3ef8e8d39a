"""The agent opens both ports, serves them while it works, and gives them back."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import pytest
from websockets.asyncio.client import connect

from agent.api.server import listen
from agent.api.site import Address, Site
from agent.core.state import State
from agent.errors import PortInUse
from agent.ports import Store
from agent.runtime import Agent
from agent.stream.memory import MemoryStream
from tests.api.conftest import LOCAL_TOKEN, Office
from tests.api.listening import ending, events, said
from tests.test_flow import ScriptedAnalyst, ScriptedPage


class Quiet(ScriptedPage):
    """Nothing happens on it."""

    async def frames(self) -> AsyncIterator[None]:  # type: ignore[override]
        await asyncio.Event().wait()
        yield None


async def test_an_agent_serves_both_ports_and_tells_its_listeners_when_it_stops(office: Office) -> None:
    @asynccontextmanager
    async def open_page() -> AsyncIterator[Quiet]:
        yield Quiet()

    @asynccontextmanager
    async def open_store() -> AsyncIterator[Store]:
        yield office.store

    def site(agent: Agent, store: Store) -> Site:
        stream = MemoryStream(office.store)
        office.store.on_events(stream.wake)
        return Site(office.reach, stream)

    agent = Agent(
        session="loja",
        open_page=open_page,  # type: ignore[arg-type]
        open_store=open_store,
        analyst=ScriptedAnalyst(),
        first_state=lambda: State(session="loja", run="r"),
        address=Address("127.0.0.1", 0, 0, None),
        room=10,
        site=site,
    )
    over = asyncio.Event()
    running = asyncio.create_task(agent.run(over))
    async with asyncio.timeout(10):
        while agent.doors is None:
            await asyncio.sleep(0.01)
    http, own = agent.doors.http_port, agent.doors.events_port or 0
    async with httpx.AsyncClient(trust_env=False) as client:
        assert (await client.get(f"http://127.0.0.1:{http}/api/health")).status_code == 200
    headers = {"Authorization": f"Bearer {LOCAL_TOKEN}"}
    async with connect(f"ws://127.0.0.1:{own}/ws", additional_headers=headers, proxy=None) as listener:
        await said(listener)
        await office.store.announce("test.happened", {})
        assert len(await events(listener, 1)) == 1
        over.set()
        assert await ending(listener) == (1012, "stopping")
    await asyncio.wait_for(running, 10)
    for port in (http, own):
        listen("127.0.0.1", port).close()


def test_a_taken_port_of_the_events_is_said_and_the_other_one_given_back() -> None:
    with listen("127.0.0.1", 0) as taken, listen("127.0.0.1", 0) as free:
        port = free.getsockname()[1]
        free.close()
        with pytest.raises(PortInUse, match=r"websocket\.port"):
            Address("127.0.0.1", port, taken.getsockname()[1], None).listen()
        listen("127.0.0.1", port).close()
