"""Live events over WebSocket: as ``/ws`` beside the routes, and alone on a port of its own.

What is heard is told in docs/events.md. Everything that can be refused without a look into the database is refused
first, and whoever has not yet said who they are is one of few, for a few seconds.
"""

import asyncio
from collections import deque
from collections.abc import Callable
from contextlib import aclosing
from dataclasses import dataclass
from functools import lru_cache
from typing import Final
from urllib.parse import parse_qsl

import structlog
from pydantic import ValidationError
from starlette.requests import HTTPConnection
from starlette.types import Receive, Scope, Send
from uvicorn.protocols.utils import ClientDisconnected

from agent.api import access
from agent.api.door import LINE, Line, text_frame
from agent.api.identity import actor_of, holds_local_token
from agent.api.origins import is_foreign
from agent.api.problems import Refused
from agent.api.reach import Reach
from agent.api.shield import HEADERS
from agent.contract.audit import AuditEntry
from agent.contract.live import Opening
from agent.ports import EventBatch, EventStream

log = structlog.get_logger(__name__)

PATHS = ("/ws", "/")
SUBPROTOCOL = "balcao.events"
_BEARER = "bearer."

WAITING = 32
"""Connections at once that have not yet said who they are."""

TOKEN_S = 5.0
"""Seconds in which they must."""

SLOW_S = 10.0
"""Seconds for which a listener may take nothing."""

MESSAGES, MESSAGES_S = 10, 60.0
"""A listener may say so much in so many seconds."""

FULL: Final = (4429, "full")
TOO_LATE: Final = (4408, "too_late")
TOO_SLOW: Final = (4409, "too_slow")
NOT_SIGNED_IN: Final = (4401, "not_signed_in")
FORBIDDEN: Final = (4403, "forbidden")
AHEAD: Final = (4416, "ahead")
BAD_REQUEST: Final = (4400, "bad_request")
TOKEN_IN_ADDRESS: Final = (4400, "token_in_address")
TOO_MANY: Final = (4429, "too_many")
TOO_MUCH: Final = (1008, "too_much")
STOPPING: Final = (1012, "stopping")
"""Code and reason of each way in which the agent ends a connection."""


class Ended(Exception):
    """The agent ends a connection."""

    def __init__(self, why: tuple[int, str]) -> None:
        super().__init__(*why)
        self.code, self.reason = why


class Gone(Exception):
    """The client has ended it."""


@dataclass(slots=True)
class _Listener:
    connection: HTTPConnection
    token: str | None
    actor: str | None = None
    """Label of who it was at first: a newer token must be of the same."""


class EventSocket:
    """The application behind both addresses; they share its limits."""

    def __init__(
        self,
        reach: Reach,
        stream: EventStream,
        count: Callable[[str], None],
        *,
        slow_s: float = SLOW_S,
        token_s: float = TOKEN_S,
    ) -> None:
        """One for both addresses.

        Args:
            reach: what the routes can reach.
            stream: what is listened to.
            count: counts an attempt of somebody; raises ``Refused`` when there were too many.
            slow_s: how long a listener may take nothing.
            token_s: how long it may be silent at first.
        """
        self._reach, self._stream, self._slow_s, self._token_s = reach, stream, slow_s, token_s
        self._count = count
        self._room = reach.settings.websocket.max_connections
        self._lines = set[Line]()
        self._listeners = set[Line]()
        self._waiting = 0
        self._is_closing = False

    @property
    def listeners(self) -> int:
        """How many listen now."""
        return len(self._listeners)

    def close(self) -> None:
        """End all connections and take no more: they go on elsewhere, or when the agent is back."""
        self._is_closing = True
        for line in tuple(self._lines):
            line.drop(*STOPPING)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One connection, as ASGI has it."""
        if scope["type"] != "websocket":
            await _upgrade_needed(send)
            return
        line: Line = scope["extensions"][LINE]
        if scope["path"] not in PATHS or is_foreign(scope, self._reach.settings):
            log.info("a page of another origin asked for the events")
            await send({"type": "websocket.close"})  # before it is accepted: 403
            return
        await receive()
        connection = HTTPConnection(scope)
        offered = scope["subprotocols"]
        await send({"type": "websocket.accept", "subprotocol": SUBPROTOCOL if SUBPROTOCOL in offered else None})
        self._lines.add(line)
        try:
            await self._attend(line, connection, receive)
        except Ended as ended:
            if (ended.code, ended.reason) not in (FULL, STOPPING):  # Those may be ten thousand.
                log.info("a listener of events was sent away", reason=ended.reason)
            line.drop(ended.code, ended.reason)
        except (Gone, ClientDisconnected):
            pass
        finally:
            self._lines.discard(line)
            self._listeners.discard(line)

    async def _attend(self, line: Line, connection: HTTPConnection, receive: Receive) -> None:
        self._check_room()
        after = _after(connection)
        if (token := _token(connection)) is None:
            opening = await self._opening(receive)
            token, after = opening.access_token, after if opening.after is None else opening.after
        listener = _Listener(connection, token)
        await self._sign_in(listener)
        self._check_room()
        self._listeners.add(line)
        last = self._stream.last
        if after is not None and await self._stream.is_ahead(after):
            raise Ended(AHEAD)
        log.info("a listener of events", actor=listener.actor, after=after, listeners=len(self._listeners))
        await self._hand(line, text_frame(b'{"kind":"hello","last":%d}' % last))
        why: Exception = Gone()
        try:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self._hear(listener, receive))
                tasks.create_task(self._beat(line, listener))
                await self._tell(line, last if after is None else after)
        except* (Ended, Gone, ClientDisconnected) as group:
            why = next((one for one in group.exceptions if isinstance(one, Ended)), why)
        raise why

    def _check_room(self) -> None:
        if self._is_closing:
            raise Ended(STOPPING)
        if len(self._listeners) >= self._room:
            raise Ended(FULL)

    async def _opening(self, receive: Receive) -> Opening:
        if self._waiting >= WAITING:
            raise Ended(FULL)
        self._waiting += 1
        try:
            async with asyncio.timeout(self._token_s):
                return await _message(receive)
        except TimeoutError:
            raise Ended(TOO_LATE) from None
        finally:
            self._waiting -= 1

    async def _sign_in(self, listener: "_Listener") -> None:
        connection = listener.connection
        address = connection.client.host if connection.client else None
        try:
            if not holds_local_token(connection, self._reach):
                self._count(f"address {address}")
            await self._check(listener)
            if listener.actor != "local":
                self._count(str(listener.actor))
        except Refused:
            raise Ended(TOO_MANY) from None
        except Ended as ended:
            if ended.code == FORBIDDEN[0]:
                told = AuditEntry(
                    actor=str(listener.actor), action="refused", address=address, data={"route": "WEBSOCKET /ws"}
                )
                await self._reach.audit.append(told)
            raise

    async def _check(self, listener: "_Listener") -> None:
        """Whether the listener's token is good, still or at all."""
        if listener.token is None:
            raise Ended(NOT_SIGNED_IN)
        try:
            actor = await actor_of(listener.token, listener.connection, self._reach)
        except Refused:
            raise Ended(NOT_SIGNED_IN) from None
        before, listener.actor = listener.actor, actor.label
        if not access.EVENTS.allows(actor) or before not in (None, actor.label):
            raise Ended(FORBIDDEN)

    async def _tell(self, line: Line, after: int) -> None:
        try:
            async with aclosing(self._stream.follow(after)) as batches:
                async for batch in batches:
                    await self._hand(line, _frame(batch))
        except BufferError:
            raise Ended(TOO_SLOW) from None
        raise Ended(STOPPING)

    async def _beat(self, line: Line, listener: "_Listener") -> None:
        while True:
            await asyncio.sleep(self._reach.settings.websocket.heartbeat_s)
            await self._check(listener)
            await self._hand(line, text_frame(b'{"kind":"heartbeat","last":%d}' % self._stream.last))

    async def _hear(self, listener: "_Listener", receive: Receive) -> None:
        """A newer token, before the old one ends: nothing else is there to be said."""
        loop, heard = asyncio.get_running_loop(), deque[float](maxlen=MESSAGES)
        while True:
            said = await _message(receive)
            if len(heard) == MESSAGES and loop.time() - heard[0] < MESSAGES_S:
                raise Ended(TOO_MUCH)
            heard.append(loop.time())
            if said.access_token is None or said.after is not None:
                raise Ended(BAD_REQUEST)
            listener.token = said.access_token
            await self._check(listener)

    async def _hand(self, line: Line, frame: bytes) -> None:
        if line.writable.is_set():
            await line.pass_on(frame)
            return
        try:
            async with asyncio.timeout(self._slow_s):
                await line.pass_on(frame)
        except TimeoutError:
            raise Ended(TOO_SLOW) from None


@lru_cache(maxsize=64)
def _frame(batch: EventBatch) -> bytes:
    """One for all listeners."""
    return text_frame(b'{"kind":"events","events":[' + b",".join(batch.lines) + b"]}")


async def _message(receive: Receive) -> Opening:
    message = await receive()
    if message["type"] == "websocket.disconnect":
        raise Gone
    try:
        return Opening.model_validate_json(message.get("text") or b"")
    except ValidationError:
        raise Ended(BAD_REQUEST) from None


def _token(connection: HTTPConnection) -> str | None:
    """What a program says in a header, and a browser, which cannot, in the list of protocols that it offers."""
    if (header := connection.headers.get("authorization")) is not None:
        kind, _, token = header.partition(" ")
        return token if kind.lower() == "bearer" else ""
    if (key := connection.headers.get("x-api-key")) is not None:
        return key
    offered = (one for one in connection.scope["subprotocols"] if one.startswith(_BEARER))
    return next((one.removeprefix(_BEARER) for one in offered), None)


def _after(connection: HTTPConnection) -> int | None:
    """The number in the address, which holds nothing else: addresses are written into logs."""
    asked = parse_qsl(connection.scope["query_string"].decode("latin-1"), keep_blank_values=True)
    if any(name in ("token", "access_token", "key", "api_key", "authorization") for name, _ in asked):
        raise Ended(TOKEN_IN_ADDRESS)
    try:
        return Opening.model_validate(dict(asked)).after
    except ValidationError:
        raise Ended(BAD_REQUEST) from None


async def _upgrade_needed(send: Send) -> None:
    headers = [(name.lower().encode(), value.encode()) for name, value in HEADERS.items()]
    headers += [(b"content-type", b"text/plain; charset=utf-8")]
    headers += [(b"upgrade", b"websocket"), (b"connection", b"Upgrade, close")]
    await send({"type": "http.response.start", "status": 426, "headers": headers})
    await send({"type": "http.response.body", "body": b"Here is a WebSocket only. The routes are on the other port.\n"})
