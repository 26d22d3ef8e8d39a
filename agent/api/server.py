"""Serves the applications in the agent's own event loop."""

import asyncio
import contextlib
import ipaddress
import socket
import ssl
from collections.abc import Callable, Iterator

import psutil
import uvicorn
from starlette.types import ASGIApp

from agent.api.door import HEADERS_BYTES, HEADERS_S, MESSAGE_BYTES, STUCK_S, Door, Line
from agent.errors import PortInUse

ROOM = 256
"""Connections at once, beside the listeners of events."""

GRACE_S = 2

SEND_BUFFER = 131_072
"""Bytes that the system keeps for one client. By itself it would keep up to megabytes, and show late who is slow."""

Listener = socket.socket


class _Server(uvicorn.Server):
    """Leaves signals to the runtime, which shuts everything down in order."""

    def __init__(
        self, config: uvicorn.Config, tls: ssl.SSLContext | None, room: int, headers_s: float, stuck_s: float
    ) -> None:
        super().__init__(config)
        self._tls, self._room, self._headers_s, self._stuck_s = tls, room, headers_s, stuck_s

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Uvicorn's own, with a limit of connections, and of the time that TLS takes to begin."""
        await self.lifespan.startup()
        loop = asyncio.get_running_loop()

        def door() -> Door:
            return Door(self.config, self.server_state, self._room, self._headers_s, self._stuck_s)

        limit = self._headers_s if self._tls else None
        self.servers = [
            await loop.create_server(
                door, sock=one, ssl=self._tls, ssl_handshake_timeout=limit, backlog=self.config.backlog
            )
            for one in sockets or ()
        ]
        self.started = True

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def _owner(port: int) -> str:
    """The program on a port, as far as the system tells."""
    with contextlib.suppress(psutil.Error, OSError):
        for connection in psutil.net_connections("tcp"):
            if connection.laddr and connection.laddr.port == port and connection.status == psutil.CONN_LISTEN:
                pid = connection.pid
                return f"{psutil.Process(pid).name()} (process {pid})" if pid else "another program"
    return "another program"


def listen(host: str, port: int, setting: str = "api.port") -> socket.socket:
    """A listening socket, taken before anything is started. ``setting`` is where the port comes from.

    Raises:
        PortInUse: another program has the port; the text names it.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    if hasattr(socket, "SO_EXCLUSIVEADDRUSE"):
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
    else:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER)  # Its connections have the same.
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        raise PortInUse(
            f"Port {port} on {host} is used by {_owner(port)}.",
            f"Close that program, or set another {setting} in config.yaml.",
        ) from error
    listener.listen()
    listener.setblocking(False)
    return listener


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach the address; a name counts by all that it stands for here."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        pass
    try:
        found = {str(entry[4][0]) for entry in socket.getaddrinfo(host, None)}
    except OSError:
        return False
    return bool(found) and all(ipaddress.ip_address(one.partition("%")[0]).is_loopback for one in found)


async def serve(
    app: ASGIApp,
    listener: socket.socket,
    *,
    tls: ssl.SSLContext | None = None,
    room: int = ROOM,
    ping_s: float = 20.0,
    headers_s: float = HEADERS_S,
    stuck_s: float = STUCK_S,
    first: Callable[[], None] | None = None,
) -> None:
    """Serve until cancelled; then let requests under way finish.

    Args:
        app: what is served.
        listener: where; it is closed at the end.
        tls: speaks HTTPS with it.
        room: connections at once; further ones are answered with 503 before anything is read.
        ping_s: seconds between two pings of a WebSocket; a client that leaves one without answer as long is gone.
        headers_s: seconds that a request's headers, and the beginning of TLS, may take.
        stuck_s: seconds for which a client may take nothing of its answer.
        first: called when it is time to stop, to end what would not end by itself.
    """
    config = uvicorn.Config(
        app,
        ws=Line,
        ws_max_size=MESSAGE_BYTES,
        ws_ping_interval=ping_s,
        ws_ping_timeout=max(ping_s, 10.0),
        ws_per_message_deflate=False,  # it would be done anew for each listener
        log_config=None,
        access_log=False,
        lifespan="off",
        server_header=False,
        forwarded_allow_ips=["127.0.0.1", "::1"],
        h11_max_incomplete_event_size=HEADERS_BYTES,
        limit_concurrency=room + 1,
        timeout_keep_alive=5,
        timeout_graceful_shutdown=GRACE_S,
    )
    server = _Server(config, tls, room, headers_s, stuck_s)
    serving = asyncio.ensure_future(server.serve(sockets=[listener]))
    try:
        await asyncio.shield(serving)
    except asyncio.CancelledError:
        if first is not None:
            first()
        server.should_exit = True
        await serving
        raise
    finally:
        listener.close()
        for left in tuple(server.server_state.connections):
            left.transport.abort()
