"""Starts the parts, waits for a reason to stop, and stops them in order: page, API, model, database."""

import asyncio
import signal
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import structlog

from agent import __version__
from agent.api.site import Address, Doors, Site
from agent.contract.frames import StateFrame
from agent.contract.health import Health, SessionHealth
from agent.contract.life import Life, LifeLevel, LifeReason
from agent.contract.sessions import PAIRING_KINDS, SessionState
from agent.core.events import Forgotten
from agent.core.state import State
from agent.errands import Worker
from agent.errors import BalcaoError, actionable
from agent.flow import Flow
from agent.lifeline import Lifeline
from agent.page.presence import Presence
from agent.page.renewal import Limits, keep_light
from agent.page.session import WhatsAppPage
from agent.page.weight import Scales, Weight
from agent.ports import Analyst, Connector, Page, Store
from agent.recordings.desk import RecordingDesk
from agent.storage.forgetting import Forgetting
from agent.supervisor import Switch, Vital, supervise
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
    address: Address | None
    """Where the API is to be; None when it is off."""
    room: int
    site: "Callable[[Agent, Store], Site] | None" = None
    """Makes the API once the store is open."""
    doors: Doors | None = None
    """Where the API is, while the agent runs."""
    webhooks: Callable[[Store], Awaitable[None]] | None = None
    """Tells other systems of events, until cancelled."""
    connector: Connector | None = None
    """Another system that knows the customers."""
    learn: Callable[[Store], Awaitable[None]] | None = None
    """Learns from what is stored, until cancelled."""
    workers: Callable[[Store], Sequence[Worker]] | None = None
    """Who does what a person at the page asks for beside the conversations."""
    backup: Callable[[Store], Awaitable[None]] | None = None
    """Copies the database in good time, until cancelled."""
    reports: Callable[[Store], Awaitable[None]] | None = None
    """Makes reports of the periods that are over, until cancelled."""
    watches: "Callable[[Agent, Store], Awaitable[None]] | None" = None
    """Reads the machine and raises alerts, until cancelled."""
    forgets: "Callable[[Agent, Store], Awaitable[Forgetting]] | None" = None
    """Erases again whom the store knows and must not; made once it is open."""
    forgetting: Forgetting | None = None
    recordings: RecordingDesk | None = None
    """Records the session, when somebody asks for it."""
    retention: Callable[[Forgetting], Awaitable[None]] | None = None
    """Erases those whose data are kept no longer, until cancelled."""
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
    switch: Switch = field(init=False)
    """Whether the session is wanted."""
    again: bool = False
    """The agent is to be built and started anew when it has ended."""
    _stop: asyncio.Event | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        """The session can be stopped and started."""
        self.switch = Switch(self._end_page, self._tell_turned)

    async def run(self, until: asyncio.Event | None = None) -> None:
        """Work until ``until`` is set, a signal comes, or the person closes the window.

        Raises:
            BalcaoError: something that a person must mend.
        """
        self.doors = self.address.listen() if self.address else None
        try:
            async with self.open_store() as self.store:
                if self.forgets is not None:
                    self.forgetting = await self.forgets(self, self.store)
                self._stop = until or asyncio.Event()
                await self._run(self._stop)
        except Exception as error:
            if (act := actionable(error)) is not None:
                raise act from error
            raise
        finally:
            if self.recordings is not None:
                await self.recordings.close()
            await self.analyst.close()
            if self.connector is not None:
                await self.connector.close()
            if self.doors is not None:
                self.doors.close()

    async def _run(self, stop: asyncio.Event) -> None:
        async with asyncio.TaskGroup() as tasks, _signals(stop):
            session = supervise(self.session, self._live, self.vital, switch=self.switch)
            parts = [tasks.create_task(session, name="session")]
            if self.doors is not None and self.site is not None:
                assert self.store is not None  # noqa: S101 (run() opens it first)
                parts.append(tasks.create_task(self.site(self, self.store).serve(self.doors), name="api"))
            parts += [tasks.create_task(_beside(name, work), name=name) for name, work in self._works()]
            stopped = tasks.create_task(stop.wait(), name="stop")
            await asyncio.wait({parts[0], stopped}, return_when=asyncio.FIRST_COMPLETED)
            log.info("stopping")
            stopped.cancel()
            for part in parts:
                part.cancel()

    def _works(self) -> Iterator[tuple[str, Awaitable[None]]]:
        """What runs beside the conversations, until it is cancelled."""
        assert self.store is not None  # noqa: S101 (run() opens it first)
        for name, work in (
            ("learning", self.learn),
            ("webhooks", self.webhooks),
            ("backups", self.backup),
            ("reports", self.reports),
        ):
            if work is not None:
                yield name, work(self.store)
        if self.watches is not None:
            yield "monitor", self.watches(self, self.store)
        if self.retention is not None and self.forgetting is not None:
            yield "retention", self.retention(self.forgetting)

    def pause(self, on: bool) -> bool:
        """Stop the capture, or let it go on; False: no page is open."""
        if self.flow is None or self.vital.state != "running":
            return False
        self.flow.pause(on, time.time() * 1000)
        return True

    def start_again(self) -> None:
        """End in order, to be built and started anew by whoever runs this."""
        log.info("the agent ends, to be started anew")
        self.again = True
        if self._stop is not None:
            self._stop.set()

    async def bring_to_front(self) -> bool:
        """Show the page's window at this machine; False: no page is open."""
        if self.vital.state != "running" or self.flow is None or not isinstance(self.page, WhatsAppPage):
            return False
        try:
            await self.page.bring_to_front()
        except ConnectionError:
            return False
        return True

    def _end_page(self) -> bool:
        """Read nothing more: what was read is stored, and the session ends. False: no page is open yet."""
        if self.flow is None or self.page is None:
            return False
        self.page.end()
        return True

    async def _tell_turned(self, on: bool) -> None:
        assert self.store is not None  # noqa: S101 (run() opens it first)
        await self.store.announce("session.started" if on else "session.stopped", {})

    @asynccontextmanager
    async def still(self) -> AsyncIterator[None]:
        """Nothing of the page is taken in, or stored, meanwhile."""
        async with self.flow.still() if self.flow is not None else nullcontext():
            yield

    def forget(self, gone: Forgotten) -> None:
        """Keep nothing of conversations that were erased, merged or split. Call it inside ``still``."""
        if self.flow is not None:
            self.flow.forget(gone)
        self.analyst.forget(gone.conversation_ids)
        if self.connector is not None and (gone.message_ids or gone.titles):
            self.connector.forget()

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
                connector=self.connector,
                erased=None if self.forgetting is None else self.forgetting.ledger,
                workers=() if self.workers is None else self.workers(self.store),
            )
            if self.recordings is not None:
                self.recordings.joins(flow)
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
        counts = await self.store.counts() if self.store else None
        session = self._session_health()
        return Health(
            status=_status(self.vital, session.life),
            version=__version__,
            uptime_s=round(now - self.started, 1),
            session=session,
            model=self.analyst.model_state,
            model_name=self.analyst.model_name,
            messages=counts.messages_in + counts.messages_out if counts else 0,
            unfinished=counts.unfinished if counts else 0,
            last_event=counts.last_event if counts else 0,
        )

    def _session_health(self) -> SessionHealth:
        state = self._state()
        life = self.flow.lifeline.verdict if self.flow and self.vital.state == "running" else None
        proven = self.flow.lifeline.proven_age_s if self.flow else None
        return SessionHealth(
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
        )

    def session_state(self) -> SessionState:
        """The answer of the sessions route."""
        screen, state = self.screen(), self._state()
        return SessionState(
            **dict(self._session_health()),
            notices=state.notices,
            progress=screen and screen.progress,
            pairing=screen and PAIRING_KINDS.get(screen.state),
            last_error=self.vital.last_error,
            model=self.analyst.model_state,
            model_name=self.analyst.model_name,
            open_conversation_id=state.open and state.open.conversation_id,
        )

    def _state(self) -> State:
        """What is known of the page; of one that is closed nothing is."""
        return self.flow.state if self.flow and self.vital.state != "stopped" else self.first_state()

    def screen(self) -> StateFrame | None:
        """What the page said last of its screen, the code on it included; None while no page is open."""
        if self.vital.state != "running" or self.flow is None or not isinstance(self.page, WhatsAppPage):
            return None
        return self.page.bridge.screen


async def _beside(name: str, work: Awaitable[None]) -> None:
    """Conversations go on without it when it fails; the next start tries again. What a person must mend ends all."""
    try:
        await work
    except BalcaoError:
        raise
    except Exception:
        log.exception("a part stopped", part=name)


def _again(presence: Presence) -> int:
    return max(presence.documents - 1, 0)


def _status(vital: Vital, life: Life | None) -> Literal["ok", "starting", "degraded", "blind"]:
    if vital.state in ("stopping", "stopped"):  # Nothing is captured, whoever wanted it so.
        return "blind"
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
