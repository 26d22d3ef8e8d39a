"""The audit log: lines are only ever added, each proven by a hash over the one before it."""

import hmac
import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import insert, select
from sqlalchemy.engine import Row as Line
from sqlalchemy.ext.asyncio import AsyncConnection

from agent.contract.audit import AuditEntry, AuditRecord
from agent.storage.tables import AuditedCustomer, AuditLine

FIRST = "0" * 64
"""What stands for the hash before the first line."""


class Head(NamedTuple):
    """How far the chain has come."""

    number: int
    hash: str


async def append(
    db: AsyncConnection, entry: AuditEntry, now: datetime, key: bytes, head: Head | None = None
) -> AuditRecord:
    """Add a line, in a writing transaction: nobody else can come between the line before it and this one."""
    newest = select(AuditLine.number, AuditLine.hash).order_by(AuditLine.number.desc()).limit(1)
    last = (await db.execute(newest)).first()
    end = Head(last.number, last.hash) if last else Head(0, FIRST)
    if head is not None and head.number > end.number:
        end = head
    number, before = end.number + 1, end.hash
    values = {
        "number": number,
        "at": now,
        "actor": entry.actor,
        "action": entry.action,
        "request": entry.request,
        "address": entry.address,
        "data": {**entry.data, "customers": sorted(entry.customers)},
    }
    values["hash"] = proof(values, before, key)
    await db.execute(insert(AuditLine), values)
    if entry.customers:
        lines = [{"number": number, "customer_id": one} for one in sorted(set(entry.customers))]
        await db.execute(insert(AuditedCustomer), lines)
    return _record(values)


async def after(db: AsyncConnection, number: int, limit: int) -> list[AuditRecord]:
    """Lines with a larger number, in order."""
    query = select(*AuditLine.__table__.columns).where(AuditLine.number > number)
    return [_record(line._asdict()) for line in await db.execute(query.order_by(AuditLine.number).limit(limit))]


async def before(
    db: AsyncConnection,
    number: int | None,
    limit: int,
    *,
    customer_ids: Sequence[int] | None = None,
    actor: str | None = None,
    action: str | None = None,
) -> list[AuditRecord]:
    """The newest lines, or those before ``number``, the newest first."""
    query = select(*AuditLine.__table__.columns)
    if number is not None:
        query = query.where(AuditLine.number < number)
    if customer_ids is not None:
        about = select(AuditedCustomer.number).where(AuditedCustomer.customer_id.in_(customer_ids))
        query = query.where(AuditLine.number.in_(about))
    if actor is not None:
        query = query.where(AuditLine.actor == actor)
    if action is not None:
        query = query.where(AuditLine.action == action)
    found: Sequence[Line[Any]] = (await db.execute(query.order_by(AuditLine.number.desc()).limit(limit))).all()
    return [_record(line._asdict()) for line in found]


def proof(values: dict[str, Any], before: str, key: bytes) -> str:
    """The hash of a line, hex: keyed, so that whoever can write the database alone cannot make one."""
    said = {**values, "at": values["at"].isoformat(timespec="microseconds")}
    said.pop("hash", None)
    line = json.dumps([before, said], sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hmac.digest(key, line.encode(), "sha256").hex()


def values_of(record: AuditRecord) -> dict[str, Any]:
    """A line's columns again."""
    values = record.model_dump()
    values["data"] = {**values["data"], "customers": sorted(values.pop("customers"))}
    return values


def _record(values: dict[str, Any]) -> AuditRecord:
    data = dict(values["data"])
    customers = tuple(data.pop("customers", ()))
    return AuditRecord(**{**values, "data": data, "customers": customers})
