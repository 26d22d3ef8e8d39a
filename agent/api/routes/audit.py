"""Who read or changed what."""

from typing import Annotated

from fastapi import APIRouter, Query

from agent.api.guard import GuardedRoute, Reaching
from agent.api.paging import Limit, NumberCursor, Page, number_of
from agent.contract.audit import AuditRecord, AuditVerdict

router = APIRouter(route_class=GuardedRoute, tags=["audit"])

Word = Annotated[str | None, Query(max_length=120, pattern=r"^[^\x00-\x20\x7f]+$")]


@router.get("/api/audit")
async def lines(
    reach: Reaching, actor: Word = None, action: Word = None, limit: Limit = 50, cursor: NumberCursor = None
) -> Page[AuditRecord]:
    """The audit log, the newest line first. ``actor`` is ``user:3``, ``key:1``, ``local`` or ``command``."""
    found = await reach.audit.page(number_of(cursor), limit + 1, actor=actor, action=action)
    more = str(found[limit - 1].number) if len(found) > limit else None
    return Page(items=tuple(found[:limit]), cursor=more)


@router.get("/api/audit/verify")
async def verify(reach: Reaching) -> AuditVerdict:
    """Whether the audit log is as it was written: every line is proven by a hash over the one before it."""
    return await reach.audit.verify()
