"""Many and slow connections: the good ones go on, and the others are refused at little cost."""

import asyncio
from collections import Counter
from contextlib import AsyncExitStack, suppress

import httpx
import pytest
from starlette.types import Receive, Scope, Send
from websockets.exceptions import InvalidHandshake, WebSocketException

from agent.api.server import listen, serve
from agent.api.socket import WAITING
from tests.api.conftest import Office
from tests.api.listening import Served, ending, events, said, serving

pytestmark = pytest.mark.slow

ALLOWED = 100
TRIED = 10_000
AT_ONCE = 250


async def test_ten_thousand_connections_are_tried_where_a_hundred_are_allowed(office: Office) -> None:
    async with serving(office, max_connections=ALLOWED) as served, AsyncExitStack() as stack:
        good = [await stack.enter_async_context(served.client(compression=None)) for _ in range(ALLOWED)]
        for client in good:
            await said(client)
        async with served.client() as one_more:
            assert await ending(one_more) == (4429, "full")
        ends = Counter[str]()
        for portion in range(TRIED // AT_ONCE):
            ends.update(await asyncio.gather(*(_tried(served) for _ in range(AT_ONCE))))
            if portion % 10 == 0:
                await served.append()
        assert set(ends) <= {"full", "503", "cut"}, ends
        assert ends.total() == TRIED
        assert served.socket.listeners == ALLOWED
        for client in good:
            assert [one["data"]["n"] for one in await events(client, TRIED // AT_ONCE // 10)] == [0] * 4
        async with httpx.AsyncClient(trust_env=False) as asking:
            answer = await asking.get(f"http://127.0.0.1:{served.doors.http_port}/api/health")
        assert answer.status_code == 200
        await good.pop().close()
        async with served.client() as next_one:
            assert (await said(next_one))["kind"] == "hello"


_KNOCK = (
    b"GET /ws HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"
)


async def _tried(served: Served) -> str:
    """How one attempt ends; over a bare socket, since ten thousand clients of a library take minutes."""
    try:
        reader, writer = await asyncio.open_connection("127.0.0.1", served.doors.events_port)
    except ConnectionError:
        return "cut"
    try:
        writer.write(_KNOCK)
        async with asyncio.timeout(20):
            answer = await reader.readuntil(b"\r\n\r\n")
            if answer.startswith(b"HTTP/1.1 503"):
                return "503"
            assert answer.startswith(b"HTTP/1.1 101")
            close = await reader.readexactly(8)
            assert close[0] == 0x88
            assert int.from_bytes(close[2:4]) == 4429
            return close[4:].decode()
    except (ConnectionError, asyncio.IncompleteReadError):
        return "cut"
    finally:
        writer.transport.abort()


async def test_only_some_may_be_silent_at_once_and_who_has_a_token_ready_does_not_wait_for_them(office: Office) -> None:
    async with serving(office, token_s=30) as served, AsyncExitStack() as stack:
        silent = [await stack.enter_async_context(served.client(token=None)) for _ in range(WAITING)]
        async with served.client(token=None) as one_more:
            assert await ending(one_more) == (4429, "full")
        async with served.client() as ready:
            assert (await said(ready))["kind"] == "hello"
        await silent[0].send("{}")
        assert (await ending(silent[0]))[0] == 4401
        async with served.client(token=None) as next_one:
            with suppress(TimeoutError):
                async with asyncio.timeout(0.3):
                    await next_one.wait_closed()
            assert next_one.close_code is None, "there is room for another"


async def _served(office: Office, **options: object) -> tuple[int, "asyncio.Task[None]"]:
    listener = listen("127.0.0.1", 0)
    port: int = listener.getsockname()[1]
    return port, asyncio.create_task(serve(office.app, listener, **options))  # type: ignore[arg-type]


async def _stop(task: "asyncio.Task[None]") -> None:
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


async def test_headers_that_drip_are_cut_off_and_so_is_silence(office: Office) -> None:
    port, task = await _served(office, headers_s=0.5)

    async def lasts(first: bytes, drip: bytes) -> float:
        loop = asyncio.get_running_loop()
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(first)
        begun = loop.time()
        async with asyncio.timeout(10):
            with suppress(ConnectionError):
                while drip and not reader.at_eof():
                    writer.write(drip)
                    with suppress(TimeoutError):
                        async with asyncio.timeout(0.1):
                            await reader.read(4096)
                await reader.read()
        writer.transport.abort()
        return loop.time() - begun

    whole = b"GET /api/health HTTP/1.1\r\nHost: x\r\n\r\n"
    times = await asyncio.gather(
        lasts(b"", b""), lasts(b"GET / HTTP/1.1\r\n", b"X: y\r\n"), lasts(whole + b"GET / HTTP/1.1\r\n", b"X: y\r\n")
    )
    assert max(times) < 4, times
    await _stop(task)


async def test_who_does_not_take_the_answer_is_cut_off() -> None:
    over = asyncio.Event()

    async def large(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        for _ in range(1_000):
            await send({"type": "http.response.body", "body": b"x" * 65_536, "more_body": True})
        over.set()

    listener = listen("127.0.0.1", 0)
    task = asyncio.create_task(serve(large, listener, stuck_s=0.3))
    reader, writer = await asyncio.open_connection(*listener.getsockname())
    writer.write(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
    await asyncio.wait_for(over.wait(), 10)
    with suppress(ConnectionError):
        assert len(await reader.read(70_000_000)) < 65_536_000
    writer.transport.abort()
    await _stop(task)


async def test_headers_that_are_too_large_are_refused(office: Office) -> None:
    port, task = await _served(office)
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(b"GET /api/health HTTP/1.1\r\nHost: x\r\nX: " + b"y" * 40_000)
    async with asyncio.timeout(10):
        answer = b""
        with suppress(ConnectionError):
            answer = await reader.read()
    assert not answer or answer.startswith(b"HTTP/1.1 400")
    writer.transport.abort()
    await _stop(task)


async def test_connections_beyond_the_room_are_answered_at_once(office: Office) -> None:
    port, task = await _served(office, room=3)
    held = [await asyncio.open_connection("127.0.0.1", port) for _ in range(3)]
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    async with asyncio.timeout(5):
        assert (await reader.read()).startswith(b"HTTP/1.1 503")
    writer.close()
    for _, one in held:
        one.transport.abort()
    async with httpx.AsyncClient(trust_env=False) as client, asyncio.timeout(10):
        while True:
            with suppress(httpx.TransportError):
                if (await client.get(f"http://127.0.0.1:{port}/api/health")).status_code == 200:
                    break
    await _stop(task)


async def test_a_handshake_that_is_none_is_refused(office: Office) -> None:
    async with serving(office) as served:
        for wrong in ({"Sec-WebSocket-Version": "7"}, {"Sec-WebSocket-Key": "x"}):
            try:
                async with served.client(headers=wrong):
                    raise AssertionError("was let in")
            except (InvalidHandshake, WebSocketException):
                pass
