"""Data are kept as long as the settings say: who has not written for so many days is erased, once a day."""

import asyncio
from collections.abc import Mapping

import structlog

from agent.contract.privacy import ErasureReason, Expired, SignedReport
from agent.storage.forgetting import Forgetting

log = structlog.get_logger(__name__)

DAY_S = 24 * 3600.0
FIRST_S = 60.0
"""After the start, so long: the page comes first."""


class Retention:
    """By the age of the last message; customers with a tag may have a time of their own, the shortest counts."""

    def __init__(self, keep_days: int | None, by_tag: Mapping[str, int]) -> None:
        """``keep_days``: None keeps those without such a tag."""
        self._keep_days, self._by_tag = keep_days, dict(by_tag)

    async def run(self, forgetting: Forgetting, first_s: float = FIRST_S, every_s: float = DAY_S) -> None:
        """Look once a day, until cancelled."""
        if self._keep_days is None and not self._by_tag:
            return
        pause_s = first_s
        while True:
            await asyncio.sleep(pause_s)
            if reports := await self.once(forgetting, "retention"):
                log.info("kept no longer", customers=len(reports))
            pause_s = every_s

    async def due(self, forgetting: Forgetting) -> list[Expired]:
        """Who is kept no longer; nothing is changed."""
        return await forgetting.store.privacy.expired(self._keep_days, self._by_tag)

    async def once(self, forgetting: Forgetting, actor: str) -> list[SignedReport]:
        """Erase all who are due, each with a report of their own."""
        reports = []
        for one in await self.due(forgetting):
            try:
                done = await forgetting.erase(one.customer_id, actor, ErasureReason.RETENTION)
            except LookupError:
                continue  # somebody was quicker
            await forgetting.audited(actor, "customer.erased", [one.customer_id], {"report": done.report.id})
            reports.append(done)
        return reports
