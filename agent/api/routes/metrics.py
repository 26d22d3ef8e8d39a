"""The figures of the dashboard."""

from typing import Annotated

from fastapi import APIRouter, Query

from agent.api.guard import GuardedRoute, Reaching
from agent.api.problems import Code, Fault, Refused
from agent.contract.metrics import Dashboard
from agent.contract.written import Day

router = APIRouter(route_class=GuardedRoute, tags=["metrics"])

MOST_DAYS = 92


@router.get("/api/metrics/dashboard", summary="The figures of today, or of some days")
async def dashboard(
    reach: Reaching,
    first: Annotated[Day | None, Query(alias="from", description="First day; the last one when left out.")] = None,
    last: Annotated[Day | None, Query(alias="to", description="Last day; today when left out.")] = None,
) -> Dashboard:
    """Days are those of the time zone in which the page showed its clock last: ``zone`` says which. 92 at most.

    Messages of which nobody knows the moment are counted as ``messages_unknown`` and nowhere else.
    """
    found = await reach.store.dashboard.figures(first, last, MOST_DAYS)
    if found is None:
        fault = Fault(where="query.from", what=f"not within {MOST_DAYS} days before to")
        raise Refused(Code.CONFLICT, faults=[fault])
    return found
