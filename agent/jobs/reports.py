"""Makes a report of each period that is over, and removes the oldest ones.

As with the copies, what counts is what lies in the folder: a machine that was off when a period ended makes up for the
last one when it is back.
"""

import asyncio
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import structlog

from agent.contract.audit import AuditEntry
from agent.contract.jobs import JobName
from agent.contract.report import ReportFormat, ReportLanguage, ReportPeriod
from agent.core.hours import Attendance
from agent.errors import BalcaoError
from agent.reports.files import FOLDER, keep, rendered
from agent.storage.audit import AuditStore
from agent.storage.days import before
from agent.storage.reporting import Wanted
from agent.storage.rota import Rota
from agent.storage.store import SqlStore, utc_now

log = structlog.get_logger(__name__)

LOOK_S = 60.0
"""How often the clock is looked at."""

AGAIN = timedelta(hours=1)
"""After a failure."""

_NAME = re.compile(r"(?P<set>(?P<period>day|week|month)-\d{4}-\d{2}-\d{2})\.(?:pdf|csv|xlsx)")


class Plan(NamedTuple):
    """What is to be made."""

    every: Sequence[str]
    formats: Sequence[str]
    keep: int
    """So many of each period stay."""


class _Missing(NamedTuple):
    """The files that a report does not have yet."""

    period: ReportPeriod
    first: date
    paths: Mapping[str, Path]
    """By format."""


class ReportSchedule:
    """The reports of one profile by the clock."""

    def __init__(
        self,
        profile: Path,
        plan: Plan,
        attendance: Attendance,
        company: Callable[[], str],
        language: ReportLanguage,
        now: Callable[[], datetime] = utc_now,
        rota: Rota | None = None,
        titles: Callable[[], Mapping[str, str]] = dict,
    ) -> None:
        """``profile``: its folder. ``company``: what the business is called when a report is made.

        ``rota`` is told when reports are made. ``titles``: what the business calls its own intents then.
        """
        self._folder, self._plan, self._attendance = profile / FOLDER, plan, attendance
        self._company, self._titles, self._language, self._now = company, titles, language, now
        self._failed_at: datetime | None = None
        self._rota = rota or Rota(now)
        self.next_at = now()
        """When there is something to do again, as far as is known."""

    async def run(self, store: SqlStore, audit: AuditStore) -> None:
        """Make reports when they are due, until cancelled."""
        if not self._plan.every or not self._plan.formats:
            return
        with self._rota.planned(JobName.REPORTS, lambda: self.next_at):
            while True:
                await asyncio.sleep(LOOK_S)  # also at first: a start has other things to do
                await self.look(store, audit)

    async def look(self, store: SqlStore, audit: AuditStore) -> list[Path]:
        """Make what is missing, and tidy; the files. A failure is told, and tried again after an hour."""
        now = self._now().astimezone(UTC)
        if self._failed_at is not None and timedelta() <= now - self._failed_at < AGAIN:
            return []
        made: list[Path] = []
        try:
            periods = [ReportPeriod(one) for one in sorted(set(self._plan.every))]
            today = await store.reporting.today()
            if missing := [one for period in periods if (one := self._missing(period, before(period, today)[0])).paths]:
                async with self._rota.running(store, JobName.REPORTS):
                    for one in missing:
                        await self._make(store, one)
                        for path in one.paths.values():
                            told = AuditEntry(actor="schedule", action="report.exported", data={"file": path.name})
                            await audit.append(told)
                            made.append(path)
            await asyncio.to_thread(self._tidy)
            self.next_at = min([await store.reporting.ends(period) for period in periods], default=now)
        except (BalcaoError, OSError) as error:
            # Whatever is wrong with a report, the conversations go on.
            log.warning("report put off", error=error, minutes=AGAIN.total_seconds() // 60)
            self._failed_at, self.next_at = now, now + AGAIN
            return made
        self._failed_at = None
        return made

    def _missing(self, period: ReportPeriod, first: date) -> _Missing:
        paths = {form: self._folder / f"{period.value}-{first}.{form}" for form in sorted(set(self._plan.formats))}
        return _Missing(period, first, {form: path for form, path in paths.items() if not path.exists()})

    async def _make(self, store: SqlStore, one: _Missing) -> None:
        company, titles = await asyncio.to_thread(lambda: (self._company(), self._titles()))
        report = await store.reporting.report(Wanted(one.period, one.first), self._attendance, company, titles)
        self._folder.mkdir(mode=0o700, exist_ok=True)
        for form, path in one.paths.items():
            content = await asyncio.to_thread(rendered, report, ReportFormat(form), self._language)
            await asyncio.to_thread(keep, path, content)

    def _tidy(self) -> None:
        """Only what this made is touched: a person may have put a file of their own there."""
        sets: dict[str, set[str]] = {}
        files = [(path, found) for path in self._folder.glob("*.*") if (found := _NAME.fullmatch(path.name))]
        for _, found in files:
            sets.setdefault(found["period"], set()).add(found["set"])
        kept = {one for names in sets.values() for one in sorted(names)[-self._plan.keep :]}
        for path, found in files:
            if found["set"] not in kept:
                path.unlink(missing_ok=True)
