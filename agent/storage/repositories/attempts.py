"""Attempts to sign in: counted before they are judged, so that many at once are not more than one after another."""

import hmac
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import delete, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from agent.storage.tables import SignInAttempt

LONGEST = timedelta(days=1)
"""No lock is longer: whoever knows a name must not be able to shut a person out for good."""
FORGOTTEN = timedelta(days=7)
"""After so long without an attempt, those before it count no more."""


class LockRule(NamedTuple):
    """When a name is locked, and for how long."""

    after: int
    """So many failures in a row; each further one doubles the time."""
    first: timedelta

    def lasts(self, failures: int) -> timedelta | None:
        """For how long a name is locked after so many failures; None: not at all."""
        if failures < self.after:
            return None
        doubled = min(failures - self.after, 20)
        return max(self.first, min(self.first * (1 << doubled), LONGEST))


class Attempt(NamedTuple):
    """What became of counting an attempt."""

    locked_until: datetime | None
    """It is not to be judged; None: it may be."""
    locks_until: datetime | None = None
    """Until when the name is locked if this attempt fails too."""


def mark_of(key: bytes, name: str) -> str:
    """What stands for a name. ``key``: 32 bytes that only this profile has."""
    return hmac.digest(key, name.encode(), "sha256").hex()


async def count(db: AsyncConnection, mark: str, rule: LockRule, now: datetime) -> Attempt:
    """Count one more failure of a name, until ``forgive`` or ``clear`` says that it was none."""
    await db.execute(delete(SignInAttempt).where(SignInAttempt.at < now - FORGOTTEN))
    make = postgresql.insert if db.dialect.name == "postgresql" else sqlite.insert
    await db.execute(make(SignInAttempt).values(mark=mark, failures=0, at=now).on_conflict_do_nothing())
    shown = select(SignInAttempt.failures, SignInAttempt.locked_until)
    failures, locked_until = (await db.execute(shown.where(SignInAttempt.mark == mark).with_for_update())).one()
    if locked_until is not None and locked_until > now:
        return Attempt(locked_until)
    lasts = rule.lasts(failures + 1)
    locks_until = None if lasts is None else now + lasts
    values = {"failures": failures + 1, "locked_until": locks_until, "at": now}
    await db.execute(update(SignInAttempt).where(SignInAttempt.mark == mark).values(values))
    return Attempt(None, locks_until)


async def forgive(db: AsyncConnection, mark: str) -> None:
    """The attempt that was just counted was no failure; those before it stay."""
    less = {"failures": SignInAttempt.failures - 1, "locked_until": None}
    await db.execute(update(SignInAttempt).where(SignInAttempt.mark == mark, SignInAttempt.failures > 0).values(less))


async def clear(db: AsyncConnection, mark: str) -> None:
    """Everything was right: all failures are forgotten."""
    await db.execute(delete(SignInAttempt).where(SignInAttempt.mark == mark))


async def locks(db: AsyncConnection, marks: Collection[str], now: datetime) -> dict[str, datetime]:
    """Which of these names are locked, and until when."""
    query = select(SignInAttempt.mark, SignInAttempt.locked_until).where(
        SignInAttempt.mark.in_(marks), SignInAttempt.locked_until > now
    )
    return {line.mark: line.locked_until for line in await db.execute(query)}
