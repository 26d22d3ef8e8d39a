"""How the machine is doing, and what somebody should look at."""

from fastapi import APIRouter

from agent.api.guard import GuardedRoute, Reaching
from agent.api.paging import Limit, NumberCursor, Page, number_of
from agent.contract.monitor import AlertRecord, Monitor
from agent.telemetry.alert_events import KINDS, LOOK_BACK, record_of

router = APIRouter(route_class=GuardedRoute, tags=["monitor"])


@router.get("/api/monitor", summary="How the machine is doing")
async def monitor(reach: Reaching) -> Monitor:
    """The last ten minutes of processor, memory and disk, and the alerts that are open now."""
    return reach.watch.told()


@router.get("/api/alerts", summary="Alerts that were raised and cleared")
async def alerts(reach: Reaching, limit: Limit = 50, cursor: NumberCursor = None) -> Page[AlertRecord]:
    """The newest first. One page looks through a part of the event log: it may be empty and have a cursor."""
    before = number_of(cursor) or await reach.store.last_event() + 1
    floor = max(0, before - 1 - LOOK_BACK)
    found = await reach.store.events_of(KINDS, above=floor, before=before, limit=limit)
    last = found[-1].number if len(found) == limit else floor + 1
    records = tuple(record for event in found if (record := record_of(event)) is not None)
    return Page(items=records, cursor=str(last) if last > 1 else None)
