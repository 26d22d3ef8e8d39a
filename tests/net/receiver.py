"""A small real HTTP server for the tests of everything that asks other machines."""

import asyncio
import json
import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Request:
    """One that came in."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Reply:
    """What is answered."""

    status: int = 200
    body: bytes = b"ok"
    headers: dict[str, str] = field(default_factory=dict)
    after: asyncio.Event | None = None
    """Nothing is said before this is set."""
    cut: bool = False
    """The connection is closed without a word."""


@dataclass
class Receiver:
    """Keeps what it gets, and answers as it is told."""

    host: str
    port: int
    requests: list[Request] = field(default_factory=list)
    connections: int = 0
    open_now: int = 0
    most_at_once: int = 0
    reply: Callable[[Request], Reply] = lambda _request: Reply()

    def url(self, path: str = "/hook", scheme: str = "http", name: str | None = None) -> str:
        return f"{scheme}://{name or self.host}:{self.port}{path}"


@asynccontextmanager
async def receiver(host: str = "127.0.0.1", tls: ssl.SSLContext | None = None) -> AsyncIterator[Receiver]:
    """One that listens on a free port of an address."""
    made = Receiver(host, 0)
    serving: set[asyncio.Task[object]] = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        made.connections += 1
        task = asyncio.current_task()
        assert task is not None
        serving.add(task)
        try:
            while (request := await _read(reader)) is not None:
                made.requests.append(request)
                made.open_now += 1
                made.most_at_once = max(made.most_at_once, made.open_now)
                try:
                    said = made.reply(request)
                    if said.after is not None:
                        await said.after.wait()
                finally:
                    made.open_now -= 1
                if said.cut:
                    break
                headers = {"Content-Length": str(len(said.body)), **said.headers}
                lines = [f"HTTP/1.1 {said.status} Said", *(f"{name}: {value}" for name, value in headers.items())]
                writer.write("\r\n".join([*lines, "", ""]).encode() + said.body)
                await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass  # Ended below, or by the other side: asyncio's own streams would report it.
        finally:
            serving.discard(task)
            writer.close()

    server = await asyncio.start_server(serve, host, 0, ssl=tls)
    made.port = server.sockets[0].getsockname()[1]
    try:
        yield made
    finally:
        server.close()
        for task in list(serving):
            task.cancel()
        await asyncio.gather(*serving, return_exceptions=True)


async def _read(reader: asyncio.StreamReader) -> Request | None:
    try:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    except asyncio.IncompleteReadError:
        return None
    first, *lines = head.strip().split("\r\n")
    method, path, _ = first.split(" ")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    return Request(method, path, headers, await reader.readexactly(int(headers.get("content-length", 0))))
