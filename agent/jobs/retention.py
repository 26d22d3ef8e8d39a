"""Data are kept as long as the settings say: who has not written for so many days is erased, once a day."""

import asyncio
from collections.abc import Mapping
from datetime import timedelta

import structlog

from agent.contract.jobs import JobName
from agent.contract.privacy import ErasureReason, Expired, SignedReport
from agent.storage.forgetting import Forgetting
from agent.storage.rota import Rota
from agent.storage.store import utc_now

log = structlog.get_logger(__name__)

DAY_S = 24 * 3600.0
FIRST_S = 60.0
"""After the start, so long: the page comes first."""


class Retention:
    """By the age of the last message; customers with a tag may have a time of their own, the shortest counts."""

    def __init__(self, keep_days: int | None, by_tag: Mapping[str, int], rota: Rota | None = None) -> None:
        """``keep_days``: None keeps those without such a tag. ``rota``: is told."""
        self._keep_days, self._by_tag = keep_days, dict(by_tag)
        self._rota = rota or Rota()

    async def run(self, forgetting: Forgetting, first_s: float = FIRST_S, every_s: float = DAY_S) -> None:
        """Look once a day, until cancelled."""
        if self._keep_days is None and not self._by_tag:
            return
        next_at = utc_now() + timedelta(seconds=first_s)
        with self._rota.planned(JobName.RETENTION, lambda: next_at):
            pause_s = first_s
            while True:
                await asyncio.sleep(pause_s)
                async with self._rota.running(forgetting.store, JobName.RETENTION):
                    reports = await self.once(forgetting, "retention")
                if reports:
                    log.info("kept no longer", customers=len(reports))
                pause_s, next_at = every_s, utc_now() + timedelta(seconds=every_s)

    async def due(self, forgetting: Forgetting) -> list[Expired]:
        """Who is kept no longer; nothing is changed."""
        return await forgetting.store.privacy.expired(self._keep_days, self._by_tag)

    async def once(self, forgetting: Forgetting, actor: str) -> list[SignedReport]:
        """Erase all who are due, each with a report of their own."""
        due = [one.customer_id for one in await self.due(forgetting)]
        return await forgetting.erase_all(due, actor, ErasureReason.RETENTION)
