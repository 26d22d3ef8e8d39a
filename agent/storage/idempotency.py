"""The part of the store that knows which writes were asked for before. ``SqlStore`` makes it."""

from collections.abc import Callable, Collection
from contextlib import AbstractAsyncContextManager
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from agent.storage.repositories import idempotency
from agent.storage.repositories.idempotency import Known

Begin = Callable[[], AbstractAsyncContextManager[AsyncConnection]]


class IdempotencyStore:
    """A write with a key is done once; whoever repeats it within a day gets the first answer."""

    def __init__(self, write: Begin, now: Callable[[], datetime]) -> None:
        """``write`` begins a transaction."""
        self._write, self._now = write, now

    async def begin(self, actor: str, key: str, fingerprint: str) -> Known | None:
        """Take the key; None where it is new, and what is known of it where it is not."""
        async with self._write() as db:
            return await idempotency.begin(db, actor, key, fingerprint, self._now())

    async def finish(
        self,
        actor: str,
        key: str,
        status: int,
        media_type: str | None,
        body: str | None,
        customers: Collection[int] = (),
    ) -> None:
        """Keep the answer. ``customers``: whose data it is about."""
        async with self._write() as db:
            await idempotency.finish(db, actor, key, status, media_type, body, customers)

    async def give_up(self, actor: str, key: str) -> None:
        """Nothing was changed: the key may be used again."""
        async with self._write() as db:
            await idempotency.give_up(db, actor, key)
