"""On which legal basis data of a customer are kept."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from agent.contract.desk import LegalBasis
from agent.contract.privacy import Consent
from agent.storage.tables import ConsentLine


async def listed(db: AsyncConnection, customer_ids: Collection[int]) -> list[Consent]:
    """All of a customer, oldest first, with those that were withdrawn."""
    query = select(*ConsentLine.__table__.columns).where(ConsentLine.customer_id.in_(customer_ids))
    return [Consent.model_validate(line._asdict()) for line in await db.execute(query.order_by(ConsentLine.id))]


async def add(
    db: AsyncConnection, customer_id: int, basis: LegalBasis, text: str, written_by: str, now: datetime
) -> Consent:
    """Note one."""
    values = {"customer_id": customer_id, "basis": basis, "text": text, "written_by": written_by, "at": now}
    made = (await db.execute(insert(ConsentLine).values(**values).returning(ConsentLine.id))).scalar_one()
    return Consent(id=made, **values)


async def change(
    db: AsyncConnection, customer_ids: Collection[int], consent_id: int, values: dict[str, object]
) -> Consent | None:
    """Change one of a customer's; None: they have no such one."""
    which = (ConsentLine.id == consent_id, ConsentLine.customer_id.in_(customer_ids))
    if values:
        await db.execute(update(ConsentLine).where(*which).values(**values))
    line = (await db.execute(select(*ConsentLine.__table__.columns).where(*which))).one_or_none()
    return None if line is None else Consent.model_validate(line._asdict())


async def remove(db: AsyncConnection, customer_ids: Collection[int], consent_id: int) -> bool:
    """Remove one that was noted by mistake; whether there was one."""
    which = (ConsentLine.id == consent_id, ConsentLine.customer_id.in_(customer_ids))
    return bool((await db.execute(delete(ConsentLine).where(*which))).rowcount)
