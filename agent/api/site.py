"""What the agent offers to other programs, where, and both servers of it in the agent's own event loop."""

import asyncio
import ssl
from dataclasses import dataclass

import structlog
from fastapi import FastAPI
from starlette.routing import WebSocketRoute

from agent.api.app import create_app
from agent.api.reach import Reach
from agent.api.server import ROOM, Listener, listen, serve
from agent.api.socket import SLOW_S, TOKEN_S, WAITING, EventSocket
from agent.api.tls import check_address, server_context
from agent.ports import EventStream
from agent.settings import Settings

log = structlog.get_logger(__name__)

_SPARE = 32
"""Connections of events beyond those that listen or are asked who they are: they hear that it is full."""


@dataclass(frozen=True, slots=True)
class Doors:
    """Listening sockets, taken before anything is started."""

    http: Listener
    events: Listener | None
    tls: ssl.SSLContext | None

    @property
    def http_port(self) -> int:
        """The port of the routes."""
        port: int = self.http.getsockname()[1]
        return port

    @property
    def events_port(self) -> int | None:
        """The port of the live events alone."""
        return None if self.events is None else self.events.getsockname()[1]

    def close(self) -> None:
        """Give the ports back."""
        self.http.close()
        if self.events is not None:
            self.events.close()


@dataclass(frozen=True, slots=True)
class Address:
    """Where the API is to be, and with which certificate."""

    host: str
    port: int
    events_port: int | None
    tls: ssl.SSLContext | None

    def listen(self) -> Doors:
        """Take the ports. Raises ``PortInUse``."""
        http = listen(self.host, self.port)
        try:
            events = None if self.events_port is None else listen(self.host, self.events_port, "websocket.port")
        except BaseException:
            http.close()
            raise
        return Doors(http, events, self.tls)


def address(settings: Settings) -> Address | None:
    """By the settings; None where the API is off.

    Raises:
        BadSettings: the certificate cannot be used, or others could read along.
    """
    if not settings.api.enabled:
        return None
    tls = server_context(settings.tls_certificate_file, settings.tls_key_file)
    check_address(settings.api.host, tls)
    events_port = settings.websocket.port if settings.websocket.enabled else None
    return Address(settings.api.host, settings.api.port, events_port, tls)


class Site:
    """The routes and the live events, sharing everything behind them."""

    def __init__(self, reach: Reach, stream: EventStream, *, slow_s: float = SLOW_S, token_s: float = TOKEN_S) -> None:
        """``stream`` is listened to where the settings say so; the seconds are those of ``EventSocket``."""
        self._settings, self.stream = reach.settings.websocket, stream
        self.app: FastAPI = create_app(reach)
        self._understanding = reach.understanding
        self.socket: EventSocket | None = None
        if self._settings.enabled:
            self.socket = EventSocket(reach, stream, self.app.state.limit.count, slow_s=slow_s, token_s=token_s)
            self.app.router.routes.append(WebSocketRoute("/ws", self.socket))

    async def serve(self, doors: Doors) -> None:
        """Serve until cancelled: then the listeners are told, and both servers stop."""
        await self.stream.start()
        log.info("the API listens", port=doors.http_port, events_port=doors.events_port, tls=doors.tls is not None)
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self.stream.run(), name="stream")
            tasks.create_task(self._understanding.run(), name="understand")
            room = self._room() if self.socket else 0
            tasks.create_task(self._serve(self.app, doors.http, doors, ROOM + room), name="http")
            if doors.events is not None and self.socket is not None:
                tasks.create_task(self._serve(self.socket, doors.events, doors, room), name="events")

    def _room(self) -> int:
        return self._settings.max_connections + WAITING + _SPARE

    async def _serve(self, app: "FastAPI | EventSocket", listener: Listener, doors: Doors, room: int) -> None:
        first = self.socket.close if self.socket else None
        await serve(app, listener, tls=doors.tls, room=room, ping_s=self._settings.heartbeat_s, first=first)
