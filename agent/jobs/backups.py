"""Makes a copy of the database in good time, proves it by restoring it for trial, and removes the oldest ones.

A task with a clock, and no scheduler beside it: what counts is the moment of the last copy, which is in the folder, so
that a machine that was off at night makes up for it when it is back.
"""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import structlog

from agent.contract.backups import Backup
from agent.contract.jobs import JobName
from agent.errors import BalcaoError
from agent.storage.backup import BackupFolder
from agent.storage.rota import Rota
from agent.storage.store import SqlStore, utc_now

log = structlog.get_logger(__name__)

LOOK_S = 60.0
"""How often the clock is looked at. A machine that slept meanwhile has not counted the time."""

AGAIN = timedelta(hours=1)
"""After a failure."""


class BackupSchedule:
    """The copies of one profile by the clock."""

    def __init__(
        self,
        folder: BackupFolder,
        every_hours: int,
        keep: int,
        now: Callable[[], datetime] = utc_now,
        rota: Rota | None = None,
    ) -> None:
        """``every_hours`` 0: none is made. ``keep``: so many stay. ``rota``: is told."""
        self._folder, self._every, self._keep, self._now = folder, timedelta(hours=every_hours), keep, now
        self._rota = rota or Rota(now)
        self._failed_at: datetime | None = None

    async def run(self, store: SqlStore) -> None:
        """Make copies when they are due, until cancelled."""
        if not self._every:
            return
        with self._rota.planned(JobName.BACKUPS, self.next_at):
            while True:
                await asyncio.sleep(LOOK_S)  # also at first: a start has other things to do
                await self.look(store)

    async def look(self, store: SqlStore) -> Backup | None:
        """Make, prove and tidy if it is time; the copy. A failure is told, and tried again after an hour."""
        try:
            if not await asyncio.to_thread(self.due):
                return None
            async with self._rota.running(store, JobName.BACKUPS):
                made = await self._folder.make(store)
                made = await self._folder.prove(store, made.name)
                await self._folder.keep(store, self._keep)
        except (BalcaoError, LookupError, OSError) as error:
            # Told by an event already. Whatever is wrong with a copy, the conversations go on.
            log.warning("backup put off", error=error, minutes=AGAIN.total_seconds() // 60)
            self._failed_at = self._now()
            return None
        self._failed_at = None
        return made

    def due(self) -> bool:
        """Whether it is time for another one."""
        return self.next_at() <= self._now()

    def next_at(self) -> datetime:
        """When the next one is due, UTC; now or earlier: it is time."""
        now = self._now().astimezone(UTC)
        if self._failed_at is not None and timedelta() <= now - self._failed_at < AGAIN:
            return self._failed_at + AGAIN
        made = self._folder.listed()
        # One of a later moment than now was made under a wrong clock: it must not put off all others.
        return now if not made or made[0].at > now else made[0].at + self._every
