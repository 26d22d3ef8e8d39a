"""Keys of other systems."""

from datetime import datetime, timedelta

from sqlalchemy import insert, select, update
from sqlalchemy.engine import CursorResult
from sqlalchemy.ext.asyncio import AsyncConnection

from agent.contract.access import Scope
from agent.contract.signing_in import ApiKeyInfo
from agent.storage.tables import ApiKey

_SHOWN = select(
    ApiKey.id,
    ApiKey.name,
    ApiKey.hint,
    ApiKey.scopes,
    ApiKey.made_by,
    ApiKey.made_at,
    ApiKey.expires_at,
    ApiKey.used_at,
    ApiKey.revoked_at,
)

_EACH = timedelta(minutes=1)
"""A use is written at most so often: a key may ask many times a second."""


async def add(
    db: AsyncConnection,
    name: str,
    scopes: frozenset[Scope],
    made_by: str,
    hint: str,
    digest: str,
    now: datetime,
    expires_at: datetime | None,
) -> ApiKeyInfo:
    """A new key."""
    values = {
        "name": name,
        "scopes": sorted(scope.value for scope in scopes),
        "made_by": made_by,
        "hint": hint,
        "digest": digest,
        "made_at": now,
        "expires_at": expires_at,
    }
    number = (await db.execute(insert(ApiKey).values(values).returning(ApiKey.id))).scalar_one()
    return ApiKeyInfo.model_validate((await db.execute(_SHOWN.where(ApiKey.id == number))).one()._asdict())


async def listed(db: AsyncConnection, before: int | None, limit: int | None) -> list[ApiKeyInfo]:
    """Keys, or those with a smaller id, the newest first; revoked ones too."""
    query = _SHOWN if before is None else _SHOWN.where(ApiKey.id < before)
    found = await db.execute(query.order_by(ApiKey.id.desc()).limit(limit))
    return [ApiKeyInfo.model_validate(line._asdict()) for line in found]


async def by_digest(db: AsyncConnection, digest: str, now: datetime) -> ApiKeyInfo | None:
    """The key with this digest, if it is good."""
    good = (ApiKey.revoked_at.is_(None), ApiKey.expires_at.is_(None) | (ApiKey.expires_at > now))
    line = (await db.execute(_SHOWN.where(ApiKey.digest == digest, *good))).first()
    return None if line is None else ApiKeyInfo.model_validate(line._asdict())


def is_news(key: ApiKeyInfo, now: datetime) -> bool:
    """Whether a use of it is to be written."""
    return key.used_at is None or now - key.used_at >= _EACH


async def used(db: AsyncConnection, key_id: int, now: datetime) -> None:
    """It was used."""
    await db.execute(update(ApiKey).where(ApiKey.id == key_id).values(used_at=now))


async def revoke(db: AsyncConnection, key_id: int, now: datetime) -> bool:
    """It is good no more; False: there is none, or it was revoked before."""
    mine = (ApiKey.id == key_id, ApiKey.revoked_at.is_(None))
    done = await db.execute(update(ApiKey).where(*mine).values(revoked_at=now))
    return isinstance(done, CursorResult) and done.rowcount == 1
