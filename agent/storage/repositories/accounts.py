"""Users, and what they sign in with."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, insert, select, update
from sqlalchemy.engine import CursorResult
from sqlalchemy.ext.asyncio import AsyncConnection

from agent.contract.access import Role, UserAccount
from agent.storage.tables import User

SHOWN = select(
    User.id,
    User.name,
    User.role,
    User.created_at,
    User.disabled_at,
    User.last_login_at,
    User.totp_confirmed_at.is_not(None).label("second_factor"),
    User.once_until.is_not(None).label("password_once"),
)


@dataclass(frozen=True, slots=True)
class Credential:
    """What somebody signs in with. It goes nowhere but to where it is compared."""

    user_id: int
    name: str
    role: Role
    password_hash: str | None
    disabled: bool
    once_until: datetime | None
    totp_secret: str | None
    totp_pending: str | None
    totp_step: int | None

    def is_good(self, now: datetime) -> bool:
        """Whether the password, if it is right, lets in."""
        return not self.disabled and (self.once_until is None or now < self.once_until)


_CREDENTIAL = select(
    User.id.label("user_id"),
    User.name,
    User.role,
    User.password_hash,
    User.disabled_at.is_not(None).label("disabled"),
    User.once_until,
    User.totp_secret,
    User.totp_pending,
    User.totp_step,
)


async def add(
    db: AsyncConnection,
    name: str,
    role: Role,
    password_hash: str | None,
    now: datetime,
    once_until: datetime | None = None,
) -> UserAccount:
    """A new user. ``ValueError``: the name is taken."""
    if (await db.execute(select(exists().where(User.name == name)))).scalar_one():
        raise ValueError("the name is taken")
    values = {"name": name, "role": role, "password_hash": password_hash, "created_at": now, "once_until": once_until}
    added = await db.execute(insert(User).values(values).returning(User.id))
    found = await one(db, added.scalar_one())
    assert found is not None  # noqa: S101 (it was just written)
    return found


async def one(db: AsyncConnection, user_id: int) -> UserAccount | None:
    """A user by id."""
    line = (await db.execute(SHOWN.where(User.id == user_id))).first()
    return None if line is None else UserAccount.model_validate(line._asdict())


async def listed(db: AsyncConnection, after: int, limit: int | None) -> list[UserAccount]:
    """Users with a larger id, in order."""
    found = await db.execute(SHOWN.where(User.id > after).order_by(User.id).limit(limit))
    return [UserAccount.model_validate(line._asdict()) for line in found]


async def credential(db: AsyncConnection, *, name: str | None = None, user_id: int | None = None) -> Credential | None:
    """What a user signs in with, by their name or id."""
    mine = User.name == name if user_id is None else User.id == user_id
    line = (await db.execute(_CREDENTIAL.where(mine))).first()
    return None if line is None else Credential(**line._asdict())


async def set_password(
    db: AsyncConnection, user_id: int, password_hash: str, now: datetime, once_until: datetime | None
) -> None:
    """Another password; with ``once_until`` one that they have to change."""
    values = {"password_hash": password_hash, "password_changed_at": now, "once_until": once_until}
    await db.execute(update(User).where(User.id == user_id).values(values))


async def change(
    db: AsyncConnection, user_id: int, role: Role | None, disabled: bool | None, now: datetime
) -> UserAccount | None:
    """Another role, or no entry any more; None where there is no such user.

    Raises:
        ValueError: nobody would be left who may look after users.
    """
    before = await one(db, user_id)
    if before is None:
        return None
    values: dict[str, object] = {} if role is None else {"role": role}
    if disabled is not None:
        values["disabled_at"] = (before.disabled_at or now) if disabled else None
    leaves = disabled or (role is not None and role is not Role.ADMIN)
    if leaves and before.role is Role.ADMIN and before.disabled_at is None:
        other = exists().where(User.role == Role.ADMIN, User.disabled_at.is_(None), User.id != user_id)
        if not (await db.execute(select(other))).scalar_one():
            raise ValueError("no administrator would be left")
    if values:
        await db.execute(update(User).where(User.id == user_id).values(values))
    return await one(db, user_id)


async def begin_second_factor(db: AsyncConnection, user_id: int, secret: str) -> None:
    """A secret that counts once it is confirmed."""
    await db.execute(update(User).where(User.id == user_id).values(totp_pending=secret))


async def confirm_second_factor(db: AsyncConnection, user_id: int, secret: str, step: int, now: datetime) -> bool:
    """The pending secret counts from now on; False: it is another one by now, or none."""
    values = {"totp_secret": secret, "totp_confirmed_at": now, "totp_step": step, "totp_pending": None}
    done = await db.execute(update(User).where(User.id == user_id, User.totp_pending == secret).values(values))
    return isinstance(done, CursorResult) and done.rowcount == 1


async def take_step(db: AsyncConnection, user_id: int, step: int) -> bool:
    """Accept a code of a 30-second step; False: one of this step or a later one was accepted before."""
    free = User.totp_step.is_(None) | (User.totp_step < step)
    done = await db.execute(update(User).where(User.id == user_id, free).values(totp_step=step))
    return isinstance(done, CursorResult) and done.rowcount == 1


async def remove_second_factor(db: AsyncConnection, user_id: int) -> None:
    """Forget their authenticator app. The last step stays: no code of the past is good again."""
    values = {"totp_secret": None, "totp_confirmed_at": None, "totp_pending": None}
    await db.execute(update(User).where(User.id == user_id).values(values))
