"""A real server on free ports, and real WebSocket clients of it."""

import asyncio
import json
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, replace
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from agent.api.server import listen
from agent.api.site import Doors, Site
from agent.api.socket import EventSocket
from agent.settings.schema import ApiSettings, WebsocketSettings
from agent.storage.store import SqlStore
from agent.stream.memory import MemoryStream
from tests.api.conftest import LOCAL_TOKEN, Office

Said = dict[str, Any]

PATIENCE_S = 20.0


@dataclass
class Served:
    """The server and how to reach it."""

    doors: Doors
    socket: EventSocket
    stream: MemoryStream
    store: SqlStore

    @property
    def url(self) -> str:
        """Of the events' own port."""
        scheme = "ws" if self.doors.tls is None else "wss"
        return f"{scheme}://127.0.0.1:{self.doors.events_port}/ws"

    @property
    def beside(self) -> str:
        """Beside the routes."""
        scheme = "ws" if self.doors.tls is None else "wss"
        return f"{scheme}://127.0.0.1:{self.doors.http_port}/ws"

    def client(
        self, after: int | None = None, *, token: str | None = LOCAL_TOKEN, url: str | None = None, **options: Any
    ) -> connect:
        """A client; ``token`` goes into the header."""
        headers = {**({"Authorization": f"Bearer {token}"} if token else {}), **options.pop("headers", {})}
        address = (url or self.url) + ("" if after is None else f"?after={after}")
        return connect(address, additional_headers=headers, proxy=None, **options)

    async def append(self, count: int = 1, kind: str = "test.happened") -> None:
        """So many events, in one transaction."""
        async with self.store.together():
            for number in range(count):
                await self.store.announce(kind, {"n": number})


@asynccontextmanager
async def serving(
    office: Office,
    *,
    tls: ssl.SSLContext | None = None,
    slow_s: float = 10.0,
    token_s: float = 5.0,
    api: ApiSettings | None = None,
    http_port: int = 0,
    **settings: Any,
) -> AsyncIterator[Served]:
    """Serve the office's API and its live events; ``settings`` are those of the group ``websocket``."""
    group = WebsocketSettings(**{"port": 0, **settings})
    reach = replace(
        office.reach,
        settings=office.reach.settings.model_copy(update={"websocket": group, "api": api or office.reach.settings.api}),
    )
    stream = MemoryStream(office.store)
    office.store.on_events(stream.wake)
    doors = Doors(listen("127.0.0.1", http_port), listen("127.0.0.1", 0), tls)
    site = Site(reach, stream, slow_s=slow_s, token_s=token_s)
    assert site.socket is not None
    running = asyncio.create_task(site.serve(doors))
    try:
        yield Served(doors, site.socket, stream, office.store)
    finally:
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running


async def said(client: ClientConnection) -> Said:
    """The next message."""
    async with asyncio.timeout(PATIENCE_S):
        message: Said = json.loads(await client.recv())
        return message


async def events(client: ClientConnection, count: int) -> list[Said]:
    """The next events, so many at least; heartbeats are left out."""
    got: list[Said] = []
    while len(got) < count:
        message = await said(client)
        if message["kind"] == "events":
            got += message["events"]
    return got


async def ending(client: ClientConnection) -> tuple[int | None, str | None]:
    """Code and reason with which the server ends the connection, whatever it says before."""
    async with asyncio.timeout(PATIENCE_S):
        with suppress(ConnectionClosed):
            async for _ in client:
                pass
    return client.close_code, client.close_reason
