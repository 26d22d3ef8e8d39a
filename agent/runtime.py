"""Starts the parts, waits for a reason to stop, and stops them in order: page, API, model, database."""

import asyncio
import signal
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import structlog

from agent import __version__
from agent.api.app import create_app
from agent.api.health import Health, SessionHealth
from agent.api.server import listen, serve
from agent.contract.life import Life, LifeLevel, LifeReason
from agent.core.state import State
from agent.errors import BalcaoError, actionable
from agent.flow import Flow
from agent.lifeline import Lifeline
from agent.page.presence import Presence
from agent.page.renewal import Limits, keep_light
from agent.page.weight import Scales, Weight
from agent.ports import Analyst, Page, Store
from agent.supervisor import Vital, supervise
from agent.telemetry.measurements import Measurements

log = structlog.get_logger(__name__)

OpenPage = Callable[[], AbstractAsyncContextManager[Page]]


@dataclass(slots=True)
class Agent:
    """All parts of a running agent; ``compose.build`` makes one."""

    session: str
    open_page: OpenPage
    open_store: Callable[[], AbstractAsyncContextManager[Store]]
    analyst: Analyst
    first_state: Callable[[], State]
    address: tuple[str, int] | None
    """Host and port of the API; None when it is off."""
    room: int
    learn: Callable[[Store], Awaitable[None]] | None = None
    """Learns from what is stored, until cancelled."""
    browser_data: Path | None = None
    """Folder of the browser's profile, whose processes are weighed; None weighs nothing."""
    limits: Limits = field(default_factory=lambda: Limits(page_mb=0))
    """When a page that has grown is opened anew."""
    measurements: Measurements = field(default_factory=Measurements)
    vital: Vital = field(default_factory=Vital)
    flow: Flow | None = None
    page: Page | None = None
    store: Store | None = None
    weight: Weight | None = None
    reloads: int = 0
    """How often the page was loaded again without the session being started again, in the sessions before this one."""
    presence: Presence | None = None
    started: float = field(default_factory=time.monotonic)

    async def run(self, until: asyncio.Event | None = None) -> None:
        """Work until ``until`` is set, a signal comes, or the person closes the window.

        Raises:
            BalcaoError: something that a person must mend.
        """
        listener = listen(*self.address) if self.address else None
        try:
            async with self.open_store() as self.store:
                await self._run(listener, until or asyncio.Event())
        except Exception as error:
            if (act := actionable(error)) is not None:
                raise act from error
            raise
        finally:
            await self.analyst.close()
            if listener is not None:
                listener.close()

    async def _run(self, listener: object, stop: asyncio.Event) -> None:
        async with asyncio.TaskGroup() as tasks, _signals(stop):
            parts = [tasks.create_task(supervise(self.session, self._live, self.vital), name="session")]
            if listener is not None:
                parts.append(tasks.create_task(serve(create_app(self.health), listener), name="api"))  # type: ignore[arg-type]
            if self.learn is not None:
                parts.append(tasks.create_task(self._learn(self.learn), name="learn"))
            stopped = tasks.create_task(stop.wait(), name="stop")
            await asyncio.wait({parts[0], stopped}, return_when=asyncio.FIRST_COMPLETED)
            log.info("stopping")
            stopped.cancel()
            for part in parts:
                part.cancel()

    async def _learn(self, learn: Callable[[Store], Awaitable[None]]) -> None:
        assert self.store is not None  # noqa: S101 (run() opens it first)
        try:
            await learn(self.store)
        except BalcaoError:
            raise
        except Exception:
            # Conversations go on without learning; the next start tries again.
            log.exception("learning stopped")

    async def _live(self) -> None:
        proven = self.flow.lifeline.proven if self.flow else None
        self.flow = self.weight = None  # What the last session knew is no news of this one.
        async with self.open_page() as page:
            assert self.store is not None  # noqa: S101 (run() opens it first)
            self.page = page
            self.presence = presence = Presence(page)
            self.flow = flow = Flow(
                self.first_state(),
                presence,
                self.analyst,
                self.store,
                self.measurements,
                room=self.room,
                lifeline=Lifeline(proven=proven),
            )
            try:
                async with asyncio.TaskGroup() as tasks:
                    weighing = tasks.create_task(self._weigh(flow, presence), name="weigh")
                    await flow.run()
                    weighing.cancel()
            finally:
                self.reloads += _again(presence)
                self.presence = None

    async def _weigh(self, flow: Flow, presence: Presence) -> None:
        if self.browser_data is None:
            return

        def tell(weight: Weight) -> None:
            self.weight = weight

        def is_inserted() -> bool:
            return flow.state.offer is not None and flow.state.offer.inserted is not None

        await keep_light(Scales(self.browser_data), self.limits, presence, tell, is_inserted)

    async def health(self) -> Health:
        """The answer of the health route."""
        now = time.monotonic()
        state = self.flow.state if self.flow else self.first_state()
        counts = await self.store.counts() if self.store else None
        life = self.flow.lifeline.verdict if self.flow and self.vital.state == "running" else None
        proven = self.flow.lifeline.proven_age_s if self.flow else None
        return Health(
            status=_status(self.vital, life),
            version=__version__,
            uptime_s=round(now - self.started, 1),
            session=SessionHealth(
                name=self.session,
                state=self.vital.state,
                page=state.page,
                restarts=self.vital.restarts,
                life=life,
                last_proven_age_s=None if proven is None else round(proven, 1),
                reloads=self.reloads + (_again(self.presence) if self.presence else 0),
                agent_mb=self.weight and self.weight.agent_mb,
                browser_mb=self.weight and self.weight.browser_mb,
                page_mb=self.weight and self.weight.page_mb,
                browser_cpu_percent=self.weight and self.weight.browser_cpu_percent,
            ),
            model=self.analyst.model_state,
            model_name=self.analyst.model_name,
            messages=counts.messages_in + counts.messages_out if counts else 0,
            unfinished=counts.unfinished if counts else 0,
            last_event=counts.last_event if counts else 0,
        )


def _again(presence: Presence) -> int:
    return max(presence.documents - 1, 0)


def _status(vital: Vital, life: Life | None) -> Literal["ok", "starting", "degraded", "blind"]:
    if vital.state not in ("starting", "running"):
        return "degraded"
    if life is None or life.reason is LifeReason.STARTING:
        return "starting"
    return "ok" if life.level is LifeLevel.LIVE else life.level.value  # type: ignore[return-value]


@asynccontextmanager
async def _signals(stop: asyncio.Event) -> AsyncIterator[None]:
    """Ctrl+C and a service manager's stop end the agent in order instead of in the middle."""
    loop = asyncio.get_running_loop()
    wanted = (signal.SIGINT, signal.SIGTERM)
    if sys.platform == "win32":
        previous = {s: signal.signal(s, lambda *_: loop.call_soon_threadsafe(stop.set)) for s in wanted}
    else:
        for s in wanted:
            loop.add_signal_handler(s, stop.set)
    try:
        yield
    finally:
        if sys.platform == "win32":
            for s, handler in previous.items():
                signal.signal(s, handler)
        else:
            for s in wanted:
                loop.remove_signal_handler(s)
