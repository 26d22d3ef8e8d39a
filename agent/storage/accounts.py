"""The part of the store that knows who may sign in. ``SqlStore`` makes it."""

from collections.abc import Callable, Collection
from contextlib import AbstractAsyncContextManager
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from agent.contract.access import Role, UserAccount
from agent.storage.repositories import accounts, attempts, events, families
from agent.storage.repositories.accounts import Credential
from agent.storage.repositories.attempts import Attempt, LockRule
from agent.storage.repositories.events import Told

Begin = Callable[[], AbstractAsyncContextManager[AsyncConnection]]


class AccountStore:
    """Users and what they sign in with."""

    def __init__(self, write: Begin, read: Begin, now: Callable[[], datetime]) -> None:
        """``write`` and ``read`` begin transactions."""
        self._write, self._read, self._now = write, read, now

    async def add(
        self, name: str, role: Role, password_hash: str | None, *, once_until: datetime | None = None
    ) -> UserAccount:
        """A new user; with ``once_until`` they have to change the password. ``ValueError``: the name is taken."""
        async with self._write() as db:
            added = await accounts.add(db, name, role, password_hash, self._now(), once_until)
            await self._tell(db, added.id)
            return added

    async def user(self, user_id: int) -> UserAccount | None:
        """A user by id; None where there is none."""
        async with self._read() as db:
            return await accounts.one(db, user_id)

    async def listed(self, after: int = 0, limit: int | None = None) -> list[UserAccount]:
        """Users with a larger id, the oldest first; all of them unless there is a ``limit``."""
        async with self._read() as db:
            return await accounts.listed(db, after, limit)

    async def credential(self, *, name: str | None = None, user_id: int | None = None) -> Credential | None:
        """What a user signs in with, by their name or id; None where there is none."""
        async with self._read() as db:
            return await accounts.credential(db, name=name, user_id=user_id)

    async def change(
        self, user_id: int, *, role: Role | None = None, disabled: bool | None = None
    ) -> UserAccount | None:
        """Another role, or no entry any more: all their tokens end. None: there is no such user.

        Raises:
            ValueError: no administrator would be left.
        """
        async with self._write() as db:
            now = self._now()
            changed = await accounts.change(db, user_id, role, disabled, now)
            if changed is not None:
                if disabled:
                    await families.revoke_all(db, user_id, "disabled", now)
                await self._tell(db, user_id)
            return changed

    async def set_password(
        self, user_id: int, password_hash: str, *, once_until: datetime | None = None, but: str | None = None
    ) -> None:
        """Another password. All their signings-in end, ``but`` for the one in which it was changed."""
        async with self._write() as db:
            now = self._now()
            await accounts.set_password(db, user_id, password_hash, now, once_until)
            await families.revoke_all(db, user_id, "password", now, but=but)
            await self._tell(db, user_id)

    async def begin_second_factor(self, user_id: int, secret: str) -> None:
        """A secret of an authenticator app that counts once it is confirmed."""
        async with self._write() as db:
            await accounts.begin_second_factor(db, user_id, secret)

    async def confirm_second_factor(self, user_id: int, secret: str, step: int, *, but: str | None = None) -> bool:
        """It counts from now on, and all other signings-in end. False: it is not the pending one any more."""
        async with self._write() as db:
            now = self._now()
            done = await accounts.confirm_second_factor(db, user_id, secret, step, now)
            if done:
                await families.revoke_all(db, user_id, "second_factor", now, but=but)
                await self._tell(db, user_id)
            return done

    async def take_step(self, user_id: int, step: int) -> bool:
        """Accept a code of a 30-second step; False: one of it or of a later one was accepted before."""
        async with self._write() as db:
            return await accounts.take_step(db, user_id, step)

    async def remove_second_factor(self, user_id: int) -> None:
        """Forget their authenticator app; all their signings-in end."""
        async with self._write() as db:
            await accounts.remove_second_factor(db, user_id)
            await families.revoke_all(db, user_id, "second_factor", self._now())
            await self._tell(db, user_id)

    async def count_attempt(self, mark: str, rule: LockRule) -> Attempt:
        """Count an attempt as failed before it is judged."""
        async with self._write() as db:
            return await attempts.count(db, mark, rule, self._now())

    async def forgive_attempt(self, mark: str) -> None:
        """The attempt that was just counted was none."""
        async with self._write() as db:
            await attempts.forgive(db, mark)

    async def unlock(self, mark: str) -> None:
        """Forget all failures of a name."""
        async with self._write() as db:
            await attempts.clear(db, mark)

    async def locks(self, marks: Collection[str]) -> dict[str, datetime]:
        """Which of these names are locked, and until when."""
        async with self._read() as db:
            return await attempts.locks(db, marks, self._now())

    async def _tell(self, db: AsyncConnection, user_id: int) -> None:
        await events.append(db, [Told("user.changed", None, None, {"user_id": user_id})], self._now())
