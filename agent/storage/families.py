"""The part of the store that keeps signings-in and their refresh tokens. ``SqlStore`` makes it."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from agent.contract.access import UserAccount
from agent.storage.repositories import attempts, families
from agent.storage.repositories.families import Entry, Renewed

Begin = Callable[[], AbstractAsyncContextManager[AsyncConnection]]


class FamilyStore:
    """Each signing-in is a family of refresh tokens, of which one at a time is good."""

    def __init__(self, write: Begin, read: Begin, now: Callable[[], datetime]) -> None:
        """``write`` and ``read`` begin transactions."""
        self._write, self._read, self._now = write, read, now

    async def begin(self, entry: Entry, family: str, digest: str, lasts: timedelta, *, mark: str | None = None) -> bool:
        """Let somebody in, and forget the failures under ``mark``.

        False: what was proven of them is not so any more, or their code was used before.
        """
        async with self._write() as db:
            begun = await families.begin(db, entry, family, digest, self._now(), lasts)
            if begun and mark is not None:
                await attempts.clear(db, mark)
            return begun

    async def renew(self, digest: str, next_digest: str) -> Renewed:
        """The next refresh token for one; one that was used before ends its family."""
        async with self._write() as db:
            return await families.renew(db, digest, next_digest, self._now())

    async def sign_out(self, digest: str) -> int | None:
        """End the signing-in that a refresh token belongs to; whose it was, None where there was none."""
        async with self._write() as db:
            return await families.sign_out(db, digest, self._now())

    async def who(self, user_id: int, family: str) -> UserAccount | None:
        """Whose signing-in it is; None: it has ended, or the user may not come in any more."""
        async with self._read() as db:
            return await families.who(db, user_id, family, self._now())
