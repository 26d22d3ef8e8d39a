"""What stands between a connection and the application: uvicorn's protocols, with the bounds that they lack.

uvicorn counts requests and not connections, waits for ever for a request's headers, and for a client to take what was
sent to it. Whatever is bounded here costs nobody a look into the database.
"""

import asyncio
from typing import Any

import h11
from uvicorn import Config
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.protocols.utils import ClientDisconnected
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from uvicorn.server import ServerState
from websockets.frames import Frame, Opcode
from websockets.http11 import Request

HEADERS_S = 10.0
"""Seconds for the headers of a request, from the first byte; for the first one of a connection, from its beginning."""

HEADERS_BYTES = 16_384

STUCK_S = 30.0
"""Seconds for which a client may take nothing of its answer."""

MESSAGE_BYTES = 8_192
"""Longest message of a client: a token and a number."""

CLOSE_S = 5.0
"""Seconds that a client gets to take the last of what was sent and to say goodbye; then the line is cut."""

INPUT, INPUT_A_S = 65_536, 1_024
"""Bytes that a listener may send at once, and for each further second: it has hardly anything to say."""

LINE = "balcao.line"
"""Where the application finds the ``Line`` of a connection, in its scope's extensions."""

_FULL = b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 5\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


def text_frame(text: bytes) -> bytes:
    """A whole WebSocket frame of a server, which is the same for every client."""
    return Frame(Opcode.TEXT, text).serialize(mask=False)


class Door(H11Protocol):
    """HTTP/1.1. Refuses connections beyond the room, and those whose headers take too long."""

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        room: int,
        headers_s: float = HEADERS_S,
        stuck_s: float = STUCK_S,
    ) -> None:
        """``room``: connections of this server at once."""
        super().__init__(config, server_state, {})
        self._room, self._headers_s, self._stuck_s = room, headers_s, stuck_s
        self._limit: asyncio.TimerHandle | None = None
        self._stuck: asyncio.TimerHandle | None = None
        self._refused = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Before a byte was read."""
        super().connection_made(transport)
        if len(self.connections) > self._room:
            self._refused = True
            transport.write(_FULL)
            transport.close()
        else:
            self._limit = self.loop.call_later(self._headers_s, transport.abort)

    def data_received(self, data: bytes) -> None:
        """Part of a request, or several."""
        if self._refused:
            return
        super().data_received(data)
        self._watch()

    def pause_writing(self) -> None:
        """The client does not take its answer."""
        super().pause_writing()
        self._stuck = self.loop.call_later(self._stuck_s, self.transport.abort)

    def resume_writing(self) -> None:
        """It does."""
        super().resume_writing()
        self._free()

    def handle_websocket_upgrade(self, event: h11.Request) -> None:
        """From here on ``Line`` has the connection."""
        self._disarm()
        super().handle_websocket_upgrade(event)

    def connection_lost(self, exc: Exception | None) -> None:
        """The end."""
        self._disarm()
        self._free()
        super().connection_lost(exc)

    def _watch(self) -> None:
        if self.conn.their_state is not h11.IDLE:
            self._disarm()
        elif self._limit is None and not self.transport.is_closing():
            self._limit = self.loop.call_later(self._headers_s, self.transport.abort)

    def _free(self) -> None:
        if self._stuck is not None:
            self._stuck.cancel()
            self._stuck = None

    def _disarm(self) -> None:
        if self._limit is not None:
            self._limit.cancel()
            self._limit = None


class Line(WebSocketsSansIOProtocol):
    """One WebSocket connection. Frames that are the same for all are handed on as they are."""

    def __init__(self, config: Config, server_state: ServerState, app_state: dict[str, Any]) -> None:
        """As uvicorn makes it."""
        super().__init__(config, server_state, app_state)
        self.close_timeout = CLOSE_S  # of uvicorn's own way to close
        self._allowance, self._counted = float(INPUT), self.loop.time()

    def handle_connect(self, event: Request) -> None:
        """Let the application reach this line."""
        super().handle_connect(event)
        if self.response.status_code == 101:
            self.scope["extensions"][LINE] = self  # type: ignore[assignment]

    def data_received(self, data: bytes) -> None:
        """Frames, of which pings and pieces never reach the application: so they are counted here."""
        super().data_received(data)
        now = self.loop.time()
        self._allowance = min(self._allowance + (now - self._counted) * INPUT_A_S, INPUT) - len(data)
        self._counted = now
        if self._allowance < 0:
            self.drop(1008, "too_much")

        if self.transport.is_closing():
            self._cut_later()  # what closes in order waits until the client has taken everything

    @property
    def is_open(self) -> bool:
        """Whether anything can be sent."""
        return self.handshake_complete and not (self.close_sent or self.disconnected or self.transport.is_closing())

    async def pass_on(self, frame: bytes) -> None:
        """Send a whole frame, once there is room for it.

        Raises:
            ClientDisconnected: nothing can be sent any more.
        """
        if not self.writable.is_set():
            await self.writable.wait()
        if not self.is_open:
            raise ClientDisconnected
        self.transport.write(frame)

    def drop(self, code: int, reason: str) -> None:
        """Close, also where the client takes nothing: then the line is cut after ``CLOSE_S``."""
        if not self.handshake_complete:
            self.transport.abort()
        elif self.is_open:
            self.queue.put_nowait({"type": "websocket.disconnect", "code": code, "reason": reason})
            self.conn.send_close(code, reason)
            self.transport.write(b"".join(self.conn.data_to_send()))
            self.close_sent = True
            if self.read_paused:  # or the answer to our goodbye would not be seen
                self.read_paused = False
                self.transport.resume_reading()
            self._cut_later()

    def keepalive_timeout(self) -> None:
        """The client has not answered a ping."""
        super().keepalive_timeout()
        self._cut_later()

    def shutdown(self) -> None:
        """The server stops."""
        if self.handshake_complete:
            self.drop(1012, "stopping")
        else:
            super().shutdown()

    def _cut_later(self) -> None:
        if self.close_timer is None and not self.disconnected:
            self.close_timer = self.loop.call_later(CLOSE_S, self.transport.abort)
