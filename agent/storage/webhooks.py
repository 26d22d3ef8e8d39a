"""The part of the store that keeps the addresses told of events. ``SqlStore`` makes it."""

from collections.abc import Callable, Collection, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from agent.contract.webhooks import Delivery, DeliveryState, Webhook
from agent.storage.repositories import events, webhooks
from agent.storage.repositories.events import Told
from agent.storage.repositories.webhooks import TEST, Outgoing

Begin = Callable[[], AbstractAsyncContextManager[AsyncConnection]]

MOST = 50
"""So many addresses at most: each event is queued for each of them."""

_DONE_DAYS, _DEAD_DAYS = 7, 30


class WebhookStore:
    """Addresses, and a durable queue for each."""

    def __init__(self, write: Begin, read: Begin, now: Callable[[], datetime]) -> None:
        """Use ``SqlStore.webhooks``."""
        self._write, self._read, self._now = write, read, now

    async def add(self, url: str, secret: str, kinds: Sequence[str] = ()) -> Webhook | None:
        """An address that is told of what happens from now on; None: there are too many."""
        async with self._write() as db:
            if await webhooks.count(db) >= MOST:
                return None
            made = await webhooks.add(db, url, secret, kinds, self._now())
            await self._tell(db, "webhook.added", made.id)
            return made

    async def all(self) -> list[Webhook]:
        """All of them, oldest first."""
        async with self._read() as db:
            return await webhooks.listed(db)

    async def get(self, webhook_id: int) -> Webhook | None:
        """One of them."""
        async with self._read() as db:
            return next(iter(await webhooks.listed(db, webhook_id)), None)

    async def change(
        self,
        webhook_id: int,
        *,
        url: str | None = None,
        kinds: Sequence[str] | None = None,
        enabled: bool | None = None,
        reason: str = "person",
    ) -> Webhook | None:
        """Change what is given; None: there is no such one. ``reason``: a label for the event log."""
        async with self._write() as db:
            await webhooks.change(db, webhook_id, url=url, kinds=kinds, enabled=enabled, now=self._now())
            changed = next(iter(await webhooks.listed(db, webhook_id)), None)
            if changed is not None:
                off = changed.disabled_at is not None
                await self._tell(db, "webhook.changed", webhook_id, enabled=not off, reason=reason)
            return changed

    async def remove(self, webhook_id: int) -> bool:
        """Remove an address and what waited for it; whether there was one."""
        async with self._write() as db:
            removed = await webhooks.remove(db, webhook_id)
            if removed:
                await self._tell(db, "webhook.removed", webhook_id)
            return removed

    async def test(self, webhook_id: int) -> int | None:
        """Make an event for this address alone; its number, or None where there is no such address."""
        async with self._write() as db:
            if not await webhooks.listed(db, webhook_id):
                return None
            return await self._tell(db, TEST, webhook_id)

    async def deliveries(
        self, webhook_id: int, state: DeliveryState | None = None, before: int | None = None, limit: int = 50
    ) -> list[Delivery]:
        """The newest deliveries, or those before an id."""
        async with self._read() as db:
            return await webhooks.deliveries(db, webhook_id, state, before, limit)

    async def delivery(self, delivery_id: int) -> Delivery | None:
        """One of them."""
        async with self._read() as db:
            return await webhooks.delivery(db, delivery_id)

    async def retry(self, delivery_id: int) -> bool | None:
        """Start one anew that was given up, or that waits. False: there is nothing left to send; None: no such one."""
        async with self._write() as db:
            return await webhooks.retry(db, delivery_id, self._now())

    async def fill(self, limit: int = 500) -> int:
        """Put new events into the queues, in one transaction with the cursors; how many were looked at."""
        async with self._read() as db:
            if not await webhooks.is_behind(db):
                return 0
        async with self._write() as db:
            return await webhooks.fill(db, self._now(), limit)

    async def due(self, webhook_id: int, limit: int, busy: Collection[str] = ()) -> list[Outgoing]:
        """Deliveries whose turn it is, one for each customer at most."""
        async with self._read() as db:
            return await webhooks.due(db, webhook_id, self._now(), limit, busy)

    async def waiting(self) -> list[int]:
        """The addresses that are on and for which something waits."""
        async with self._read() as db:
            return await webhooks.waiting(db)

    async def settle(
        self,
        out: Outgoing,
        state: DeliveryState,
        *,
        status: int | None = None,
        error: str | None = None,
        next_at: datetime | None = None,
        disable: bool = False,
    ) -> None:
        """Keep how an attempt ended; ``disable``: and send nothing more to this address."""
        async with self._write() as db:
            now = self._now()
            await webhooks.settle(db, out.id, state, now, status=status, error=error, next_at=next_at)
            if state is DeliveryState.DEAD:
                await self._tell(db, "webhook.dead", out.webhook_id, delivery_id=out.id, error=error)
            if disable:
                await webhooks.change(db, out.webhook_id, url=None, kinds=None, enabled=False, now=now)
                await self._tell(db, "webhook.changed", out.webhook_id, enabled=False, reason=error)

    async def hold(self, out: Outgoing, until: datetime) -> None:
        """Its address asks to be left alone until then, but for tests; a change or a retry lifts it."""
        async with self._write() as db:
            await webhooks.hold(db, out.webhook_id, out.url, until)

    async def prune(self) -> int:
        """Forget old deliveries; how many."""
        async with self._write() as db:
            return await webhooks.prune(db, self._now(), _DONE_DAYS, _DEAD_DAYS)

    async def _tell(self, db: AsyncConnection, kind: str, webhook_id: int, **data: object) -> int:
        await events.append(db, [Told(kind, None, None, {"webhook_id": webhook_id, **data})], self._now())
        return await events.last(db)
