"""Reads the machine every few seconds, beside the conversations; an alert is an event like all others."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from typing import Literal

import structlog

from agent.contract.jobs import JobName
from agent.contract.life import Life, LifeLevel, LifeReason
from agent.contract.monitor import AlertCode, Figures
from agent.errors import BalcaoError
from agent.storage.backup import BackupFolder
from agent.storage.rota import Rota
from agent.storage.store import SqlStore, utc_now
from agent.telemetry.alert_events import KINDS, LOOK_BACK, record_of
from agent.telemetry.alerts import Turn
from agent.telemetry.monitor import EVERY_S, Watch

log = structlog.get_logger(__name__)

COPIES = ("backup.made", "backup.proven", "backup.failed")
_DRAFTS = 5
_NOT_BLIND = (LifeReason.STARTING, LifeReason.PAUSED)
"""Nothing is wrong yet; a person wanted it so."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What the agent knows of itself."""

    session: str
    """State of the session, as the health route names it."""
    life: Life | None
    model: Literal["off", "loading", "ready", "failed"]
    first_token_ms: Sequence[float] = ()
    intents: int | None = None
    """Number of the version of the own intents that was learned last without anybody's asking."""


class Watching:
    """Feeds the monitor of one profile."""

    def __init__(
        self,
        watch: Watch,
        facts: Callable[[], Facts],
        copies: BackupFolder,
        now: Callable[[], datetime] = utc_now,
        rota: Rota | None = None,
    ) -> None:
        """``copies``: whose age is looked at. ``rota``: is told."""
        self._watch, self._facts, self._copies, self._now = watch, facts, copies, now
        self._rota = rota or Rota(now)
        self._begun = self._next_at = now()
        self._number = 0
        self._copy_failed: bool | None = None
        self._known = Facts("starting", None, "off")
        self._broken = False

    async def run(self, store: SqlStore) -> None:
        """Until cancelled."""
        await self.resume(store)
        with self._rota.planned(JobName.MONITOR, lambda: self._next_at):
            while True:
                self._next_at = self._now() + timedelta(seconds=EVERY_S)
                await asyncio.sleep(EVERY_S)  # also at first: a start has other things to do
                try:
                    # Its last run is not worth a write to the disk every few seconds.
                    async with self._rota.running(store, JobName.MONITOR, kept=False):
                        await self.look(store)
                    self._broken = False
                except (BalcaoError, OSError) as error:
                    if not self._broken:
                        log.warning("the machine could not be looked at", error=error)
                    self._broken = True

    async def resume(self, store: SqlStore) -> None:
        """Take up what was open when the agent last ended."""
        last = await store.last_event()
        found = await store.events_of((*KINDS, *COPIES), above=max(0, last - LOOK_BACK), limit=1000)
        self._number = last
        copies = [event for event in found if event.kind in COPIES]
        self._copy_failed = bool(copies) and copies[0].kind == "backup.failed"
        records = [record for event in found if (record := record_of(event)) is not None]
        for one in self._watch.resume(records):
            await self._tell(store, Turn(raised=False, code=one.code, value=one.value, limit=one.limit))

    async def look(self, store: SqlStore) -> Figures:
        """One reading, and what comes of it."""
        now = self._now()
        figures = await asyncio.to_thread(self._watch.read, now)
        age_h = await asyncio.to_thread(self._age_h, now)
        await self._follow_copies(store)
        facts = self._facts()
        await self._tell_changes(store, facts)
        first = facts.first_token_ms[-_DRAFTS:] if facts.model == "ready" else ()
        figures = figures.model_copy(
            update={"backup_age_h": age_h, "first_token_ms": round(median(first)) if first else None}
        )
        more = {
            AlertCode.BLIND: _blind(facts),
            AlertCode.MODEL_FAILED: float(facts.model == "failed"),
            AlertCode.BACKUP_FAILED: None if self._copy_failed is None else float(self._copy_failed),
            # Without any copy the agent's own time counts: it makes one in its first minutes.
            AlertCode.BACKUP_OLD: (now - self._begun).total_seconds() / 3600 if age_h is None else age_h,
        }
        if facts.model != "ready":
            more[AlertCode.MODEL_SLOW] = 0.0
        for turn in self._watch.take(figures, more):
            await self._tell(store, turn)
        return figures

    async def _follow_copies(self, store: SqlStore) -> None:
        last = await store.last_event()
        if last > self._number:
            found = await store.events_of(COPIES, above=self._number, limit=1)
            self._copy_failed = found[0].kind == "backup.failed" if found else self._copy_failed
        self._number = last

    def _age_h(self, now: datetime) -> float | None:
        made = self._copies.listed()
        return round(max((now - made[0].at).total_seconds(), 0) / 3600, 2) if made else None

    async def _tell_changes(self, store: SqlStore, facts: Facts) -> None:
        """What goes on in threads of the model and of the intents, nobody else would say."""
        known, self._known = self._known, facts
        if facts.model != known.model:
            await store.announce("model.state", {"state": facts.model})
        if facts.intents != known.intents:
            await store.announce("intents.changed", {"change": "learned", "number": facts.intents})

    @staticmethod
    async def _tell(store: SqlStore, turn: Turn) -> None:
        data = {"code": turn.code.value, "value": turn.value, "limit": turn.limit}
        await store.announce("alert.raised" if turn.raised else "alert.cleared", data)


def _blind(facts: Facts) -> float | None:
    if facts.session == "given_up":
        return 1.0
    if facts.session in ("stopping", "stopped"):  # A person wanted it so.
        return 0.0
    if facts.life is None:
        return None
    return float(facts.life.level is LifeLevel.BLIND and facts.life.reason not in _NOT_BLIND)
