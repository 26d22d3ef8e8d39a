"""Live events: a thread of its own, which breaks off and goes on where it stopped (docs/events.md)."""

import json
import threading
from collections.abc import Callable
from dataclasses import dataclass

from pydantic import TypeAdapter, ValidationError
from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidURI, WebSocketException
from websockets.sync.client import connect
from websockets.sync.connection import Connection

from agent.contract.stored import StoredEvent
from gui.link.credentials import Credentials

AHEAD = 4416
"""There is no such number: the database is another one."""
_NOT_SIGNED_IN, _FORBIDDEN = 4401, 4403
_PAUSES_S = (0.5, 1, 2, 4, 8)
_EVENTS = TypeAdapter(tuple[StoredEvent, ...])


@dataclass(frozen=True, slots=True)
class Arrived:
    """Events, in their order."""

    events: tuple[StoredEvent, ...]


@dataclass(frozen=True, slots=True)
class Connected:
    """Events come from now on."""

    last: int
    """The largest number there is."""


@dataclass(frozen=True, slots=True)
class Lost:
    """No events come; it is tried again."""


@dataclass(frozen=True, slots=True)
class Forbidden:
    """Who has signed in may not listen, also with a new token: they owe a password or a second factor."""


@dataclass(frozen=True, slots=True)
class BegunAnew:
    """The numbers begin anew: what was known is of another database."""


Signal = Arrived | Connected | Lost | BegunAnew | Forbidden


class Live:
    """Listens until it is closed."""

    def __init__(
        self, server: str, credentials: Credentials, renew: Callable[[str | None], bool], tell: Callable[[Signal], None]
    ) -> None:
        """Prepare.

        Args:
            server: The API's address; events come at ``/ws`` of the same port.
            credentials: Whose token is shown.
            renew: Asks for another token instead of one that was refused.
            tell: Called in this object's own thread.
        """
        self._address = f"ws{server.removeprefix('http')}/ws"
        self._credentials = credentials
        self._renew = renew
        self._tell = tell
        self._closed = threading.Event()
        self._socket: Connection | None = None
        self._after: int | None = None
        self._thread = threading.Thread(target=self._run, name="live", daemon=True)

    def begin(self, after: int | None) -> None:
        """Listen to what comes after this number."""
        self._after = after
        self._thread.start()

    def close(self) -> None:
        """End it; returns at once."""
        self._closed.set()
        socket = self._socket
        if socket is not None:
            threading.Thread(target=socket.close, daemon=True).start()

    def _run(self) -> None:
        tries, forbidden = 0, False
        while not self._closed.is_set():
            used = self._credentials.token()
            try:
                if used is not None and self._listen(used):
                    tries = 0
            except ConnectionClosed as closed:
                code = closed.rcvd.code if closed.rcvd else None
                if code == AHEAD:
                    self._after = None
                    self._tell(BegunAnew())
                elif code == _FORBIDDEN and forbidden:
                    self._tell(Forbidden())
                elif code in (_NOT_SIGNED_IN, _FORBIDDEN):
                    self._renewed(used)
                forbidden = code == _FORBIDDEN
            except InvalidHandshake:
                self._renewed(used)
            except (OSError, InvalidURI, WebSocketException, ValidationError, ValueError):
                pass  # Said below; it is tried again.
            if not self._closed.is_set():
                self._tell(Lost())
            self._closed.wait(_PAUSES_S[min(tries, len(_PAUSES_S) - 1)])
            tries += 1

    def _renewed(self, used: str | None) -> None:
        try:
            self._renew(used)
        except Exception:  # noqa: BLE001 (it is tried again, and the window says that nothing comes)
            return

    def _listen(self, token: str) -> bool:
        address = self._address if self._after is None else f"{self._address}?after={self._after}"
        headers = {"Authorization": f"Bearer {token}"}
        with connect(address, additional_headers=headers, proxy=None, open_timeout=5, max_size=2**24) as socket:
            self._socket = socket
            for raw in socket:
                message = json.loads(raw)
                if message["kind"] == "hello":
                    if self._after is None:
                        self._after = int(message["last"])
                    self._tell(Connected(int(message["last"])))
                elif events := message.get("events"):
                    read = _EVENTS.validate_python(events)
                    self._after = read[-1].number
                    self._tell(Arrived(read))
        return True
