"""A real API on real ports, in a thread of its own: the window under test is a client like any other."""

import asyncio
import threading
from collections.abc import Coroutine
from concurrent.futures import Future
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from agent.settings import Settings
from agent.storage.key import KEY_FILE, SECRET_FILE, Keys
from agent.storage.restore_order import RestoreOrders
from tests.api.conftest import LOCAL_TOKEN, Office, opened
from tests.api.listening import Served, serving
from tests.clock import Clock
from tests.patience import PATIENCE_S

Result = TypeVar("Result")


class Now(Clock):
    """The real time: the window compares with its own."""

    def __call__(self) -> datetime:
        return datetime.now(UTC)


class ServedOffice:
    """An office that can be asked over the network, stopped, and started again on the same port."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.settings = Settings(profiles_dir=folder / "profiles", profile="loja")
        self.token_file = folder / "api.token"
        self.token_file.write_text(f"{LOCAL_TOKEN}\n")
        self.office: Office
        self.served: Served
        self.port = 0
        self._loop = asyncio.new_event_loop()
        self._stack = AsyncExitStack()
        self._door = AsyncExitStack()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self.do(self._open())

    @property
    def address(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.port}"

    def do(self, what: Coroutine[Any, Any, Result]) -> Result:
        """Run something in the office's own loop, and wait for it."""
        running: Future[Result] = asyncio.run_coroutine_threadsafe(what, self._loop)
        return running.result(PATIENCE_S)

    def stop_serving(self) -> None:
        """As when the agent ends."""
        self.do(self._door.aclose())
        self.served.doors.close()

    def serve_again(self) -> None:
        """As when it is started anew: on the port of before."""
        self.do(self._serve(self.port))

    def restart(self) -> None:
        """As when it was asked to restore a copy: ends, carries that out, and starts on the port of before."""
        self.do(self._restart())

    def close(self) -> None:
        """End everything."""
        self.do(self._shut())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(PATIENCE_S)
        self._loop.close()

    async def _open(self) -> None:
        self.office = await self._stack.enter_async_context(opened(self.settings, self.folder, Now()))
        await self._serve(0)

    async def _serve(self, port: int) -> None:
        self._door = AsyncExitStack()
        self.served = await self._door.enter_async_context(serving(self.office, http_port=port))
        self.port = self.served.doors.http_port

    async def _restart(self) -> None:
        await self._shut()
        self.served.doors.close()
        profile = self.settings.profile_dir
        for name, key in ((KEY_FILE, "0" * 64), (SECRET_FILE, (b"s" * 32).hex())):
            (profile / name).write_text(key)
            (profile / name).chmod(0o600)
        orders = RestoreOrders(profile, Keys(profile).derived, Now())
        done = await orders.carry_out(Keys(profile))
        self._stack = AsyncExitStack()
        self.office = await self._stack.enter_async_context(opened(self.settings, self.folder, Now()))
        if done is not None:
            await orders.tell(done, self.office.store, self.office.reach.audit)
        await self._serve(self.port)

    async def _shut(self) -> None:
        await self._door.aclose()
        await self._stack.aclose()
