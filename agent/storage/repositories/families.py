"""Signings-in, and the refresh tokens that follow from each."""

from datetime import datetime, timedelta
from typing import Literal, NamedTuple

from sqlalchemy import delete, insert, select, update
from sqlalchemy.engine import CursorResult
from sqlalchemy.ext.asyncio import AsyncConnection

from agent.contract.access import UserAccount
from agent.storage.repositories import accounts
from agent.storage.tables import RefreshToken, TokenFamily, User

IDLE = timedelta(days=7)
"""A refresh token that nobody uses for so long is good no more."""


class Entry(NamedTuple):
    """What was proven of somebody who signs in; it has to be so still when they are let in."""

    user_id: int
    password_hash: str | None
    """The one that their password was compared with."""
    rehashed: str | None = None
    """The same password by today's parameters."""
    step: int | None = None
    """The 30-second step of their code, where they gave one."""


class Renewed(NamedTuple):
    """What a refresh token led to."""

    outcome: Literal["ok", "unknown", "ended", "reused"]
    """``reused``: it was used before, and now its whole family is revoked."""
    user_id: int | None = None
    family: str | None = None


async def begin(db: AsyncConnection, entry: Entry, family: str, digest: str, now: datetime, lasts: timedelta) -> bool:
    """Let somebody in; False: their password has changed meanwhile, they were disabled, or their code was used."""
    if entry.step is not None and not await accounts.take_step(db, entry.user_id, entry.step):
        return False
    values: dict[str, object] = {"last_login_at": now}
    if entry.rehashed is not None:
        values["password_hash"] = entry.rehashed
    still = (User.id == entry.user_id, User.disabled_at.is_(None), User.password_hash == entry.password_hash)
    if not _one(await db.execute(update(User).where(*still).values(values))):
        return False
    await _forget(db, now)
    made = {"id": family, "user_id": entry.user_id, "made_at": now, "expires_at": now + lasts}
    await db.execute(insert(TokenFamily), made)
    await _add(db, family, digest, now, now + lasts)
    return True


async def renew(db: AsyncConnection, digest: str, next_digest: str, now: datetime) -> Renewed:
    """Take a refresh token's next one. Of many who come with the same one at once, exactly one gets it."""
    query = (
        select(
            RefreshToken.family_id,
            RefreshToken.expires_at,
            TokenFamily.user_id,
            TokenFamily.expires_at.label("ends_at"),
            TokenFamily.revoked_at,
            User.disabled_at,
        )
        .join(TokenFamily, TokenFamily.id == RefreshToken.family_id)
        .join(User, User.id == TokenFamily.user_id)
        .where(RefreshToken.digest == digest)
    )
    found = (await db.execute(query)).first()
    if found is None:
        return Renewed("unknown")
    if found.revoked_at is not None or found.disabled_at is not None or found.ends_at <= now:
        return Renewed("ended", found.user_id, found.family_id)
    mine = (RefreshToken.digest == digest, RefreshToken.used_at.is_(None))
    if not _one(await db.execute(update(RefreshToken).where(*mine).values(used_at=now))):
        reused = update(TokenFamily).where(TokenFamily.id == found.family_id)
        await db.execute(reused.values(revoked_at=now, reason="reused"))
        return Renewed("reused", found.user_id, found.family_id)
    if found.expires_at <= now:
        return Renewed("ended", found.user_id, found.family_id)
    await _add(db, found.family_id, next_digest, now, found.ends_at)
    return Renewed("ok", found.user_id, found.family_id)


async def sign_out(db: AsyncConnection, digest: str, now: datetime) -> int | None:
    """End the signing-in that a refresh token belongs to; whose it was, None where none is to be ended."""
    family = select(RefreshToken.family_id).where(RefreshToken.digest == digest).scalar_subquery()
    mine = (TokenFamily.id == family, TokenFamily.revoked_at.is_(None), TokenFamily.expires_at > now)
    ended = update(TokenFamily).where(*mine).values(revoked_at=now, reason="signed_out").returning(TokenFamily.user_id)
    return (await db.execute(ended)).scalar_one_or_none()


async def revoke_all(db: AsyncConnection, user_id: int, reason: str, now: datetime, *, but: str | None = None) -> None:
    """End all signings-in of a user, ``but`` for one of them."""
    theirs = update(TokenFamily).where(TokenFamily.user_id == user_id, TokenFamily.revoked_at.is_(None))
    if but is not None:
        theirs = theirs.where(TokenFamily.id != but)
    await db.execute(theirs.values(revoked_at=now, reason=reason))


async def who(db: AsyncConnection, user_id: int, family: str, now: datetime) -> UserAccount | None:
    """Whose signing-in it is; None: it has ended, or the user may not come in any more."""
    query = (
        accounts.SHOWN.join(TokenFamily, TokenFamily.user_id == User.id)
        .where(User.id == user_id, User.disabled_at.is_(None))
        .where(TokenFamily.id == family, TokenFamily.revoked_at.is_(None), TokenFamily.expires_at > now)
    )
    line = (await db.execute(query)).first()
    return None if line is None else UserAccount.model_validate(line._asdict())


async def _add(db: AsyncConnection, family: str, digest: str, now: datetime, ends_at: datetime) -> None:
    values = {"digest": digest, "family_id": family, "made_at": now, "expires_at": min(now + IDLE, ends_at)}
    await db.execute(insert(RefreshToken), values)


async def _forget(db: AsyncConnection, now: datetime) -> None:
    """Signings-in whose time is over tell nothing any more; the audit log has them."""
    over = select(TokenFamily.id).where(TokenFamily.expires_at <= now)
    await db.execute(delete(RefreshToken).where(RefreshToken.family_id.in_(over)))
    await db.execute(delete(TokenFamily).where(TokenFamily.expires_at <= now))


def _one(done: object) -> bool:
    return isinstance(done, CursorResult) and done.rowcount == 1
