"""Serves the application in the agent's own event loop."""

import asyncio
import contextlib
import socket
from collections.abc import Iterator

import psutil
import uvicorn
from fastapi import FastAPI

from agent.errors import PortInUse


class _Server(uvicorn.Server):
    """Leaves signals to the runtime, which shuts everything down in order."""

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


def listen(host: str, port: int) -> socket.socket:
    """A listening socket, taken before anything is started.

    Raises:
        PortInUse: another program has the port; the text names it.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    if hasattr(socket, "SO_EXCLUSIVEADDRUSE"):
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
    else:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        raise PortInUse(
            f"Port {port} on {host} is used by {_owner(port)}.",
            "Close that program, or set another api.port in config.yaml.",
        ) from error
    listener.listen()
    listener.setblocking(False)
    return listener


async def serve(app: FastAPI, listener: socket.socket) -> None:
    """Serve until cancelled; then let requests under way finish."""
    config = uvicorn.Config(app, log_config=None, access_log=False, lifespan="off", timeout_graceful_shutdown=2)
    server = _Server(config)
    serving = asyncio.ensure_future(server.serve(sockets=[listener]))
    try:
        await asyncio.shield(serving)
    except asyncio.CancelledError:
        server.should_exit = True
        await serving
        raise
    finally:
        listener.close()
