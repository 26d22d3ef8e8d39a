"""The rota: which jobs run by the clock, when each last ran and how it ended, and when it is due."""

import asyncio
import errno
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime

import structlog

from agent.contract.jobs import Job, JobFault, JobName, JobOutcome, Jobs, JobState
from agent.errors import BalcaoError, CorruptDatabase, DiskFull, ProfileLocked, WrongKey, actionable
from agent.storage.repositories.jobs import Run
from agent.storage.store import SqlStore, utc_now

log = structlog.get_logger(__name__)

_FAULTS: dict[type[Exception], JobFault] = {
    DiskFull: JobFault.DISK_FULL,
    CorruptDatabase: JobFault.DATABASE,
    WrongKey: JobFault.DATABASE,
    ProfileLocked: JobFault.BUSY,
    OSError: JobFault.FILES,
}
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT)


class Rota:
    """The jobs of one profile. They say themselves when they begin and end; nothing is started from here."""

    def __init__(self, now: Callable[[], datetime] = utc_now) -> None:
        """Nobody has said anything yet."""
        self._now = now
        self._due: dict[JobName, Callable[[], datetime] | None] = {}
        self._runs: dict[JobName, Run] = {}
        """Of this process. They count more than the stored ones: a full disk stores none."""
        self._running: set[JobName] = set()

    @contextmanager
    def planned(self, name: JobName, next_at: Callable[[], datetime]) -> Iterator[None]:
        """Inside, the job looks at the clock; ``next_at`` says when it is due, and is asked in a thread."""
        self._due[name] = next_at
        try:
            yield
        finally:
            self._due[name] = None

    @asynccontextmanager
    async def running(self, store: SqlStore, name: JobName, *, kept: bool = True) -> AsyncIterator[None]:
        """Inside, the job runs. ``kept``: also over a restart. One within another run of the same job is part of it."""
        if name in self._running:
            yield
            return
        run = Run(self._now())
        self._running.add(name)
        try:
            await self._keep(store, name, run, kept)
            yield
        except Exception as error:
            await self._keep(store, name, run._replace(ended_at=self._now(), fault=fault_of(error)), kept)
            raise
        else:
            await self._keep(store, name, run._replace(ended_at=self._now()), kept)
        finally:
            self._running.discard(name)

    async def told(self, store: SqlStore) -> Jobs:
        """How all of them stand."""
        runs = await store.jobs.runs() | {name.value: run for name, run in self._runs.items()}
        due = await asyncio.to_thread(self._dates)
        return Jobs(jobs=tuple(self._job(name, runs.get(name.value), due.get(name)) for name in JobName))

    def _dates(self) -> dict[JobName, datetime]:
        now = self._now()
        return {name: max(next_at().astimezone(UTC), now) for name, next_at in [*self._due.items()] if next_at}

    def _job(self, name: JobName, run: Run | None, due: datetime | None) -> Job:
        is_running = name in self._running
        stopped = JobState.STOPPED if name in self._due else JobState.OFF
        return Job(
            name=name,
            state=JobState.RUNNING if is_running else JobState.WAITING if due is not None else stopped,
            began_at=run and run.began_at,
            ended_at=run and run.ended_at,
            outcome=None if run is None or is_running else _outcome(run),
            fault=run and run.fault,
            next_at=due,
        )

    async def _keep(self, store: SqlStore, name: JobName, run: Run, kept: bool) -> None:
        self._runs[name] = run
        if not kept:
            return
        try:
            await store.jobs.keep(name, run)
        except BalcaoError as error:  # A job is not given up because nobody could write down that it ran.
            log.warning("the run of a job was not kept", job=name.value, error=error)


def fault_of(error: Exception) -> JobFault:
    """The kind of an error; nothing of its words, which may name a customer."""
    known = actionable(error) or error
    if isinstance(known, OSError) and known.errno in _NO_ROOM:
        return JobFault.DISK_FULL
    return next((fault for kind, fault in _FAULTS.items() if isinstance(known, kind)), JobFault.UNEXPECTED)


def _outcome(run: Run) -> JobOutcome:
    if run.ended_at is None:
        return JobOutcome.INTERRUPTED
    return JobOutcome.WELL if run.fault is None else JobOutcome.FAILED
