"""The part of the store that knows the keys of other systems. ``SqlStore`` makes it."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from agent.contract.access import Scope
from agent.contract.signing_in import ApiKeyInfo
from agent.storage.repositories import api_keys

Begin = Callable[[], AbstractAsyncContextManager[AsyncConnection]]


class ApiKeyStore:
    """Keys, of which only a digest is kept."""

    def __init__(self, write: Begin, read: Begin, now: Callable[[], datetime]) -> None:
        """``write`` and ``read`` begin transactions."""
        self._write, self._read, self._now = write, read, now

    async def add(
        self, name: str, scopes: frozenset[Scope], made_by: str, *, hint: str, digest: str, days: int | None
    ) -> ApiKeyInfo:
        """A new key, good for so many days."""
        async with self._write() as db:
            now = self._now()
            ends = None if days is None else now + timedelta(days=days)
            return await api_keys.add(db, name, scopes, made_by, hint, digest, now, ends)

    async def listed(self, before: int | None = None, limit: int | None = None) -> list[ApiKeyInfo]:
        """Keys, or those with a smaller id, the newest first; revoked ones too, all unless there is a ``limit``."""
        async with self._read() as db:
            return await api_keys.listed(db, before, limit)

    async def use(self, digest: str) -> ApiKeyInfo | None:
        """The key with this digest; None: there is none, or it is good no more."""
        async with self._read() as db:
            now = self._now()
            found = await api_keys.by_digest(db, digest, now)
        if found is not None and api_keys.is_news(found, now):
            async with self._write() as db:
                await api_keys.used(db, found.id, now)
        return found

    async def revoke(self, key_id: int) -> bool:
        """It is good no more; False: there is none, or it was revoked before."""
        async with self._write() as db:
            return await api_keys.revoke(db, key_id, self._now())
