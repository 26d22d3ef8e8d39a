"""What runs by the clock beside the conversations."""

from fastapi import APIRouter

from agent.api.guard import GuardedRoute, Reaching
from agent.contract.jobs import Jobs

router = APIRouter(route_class=GuardedRoute, tags=["jobs"])


@router.get("/api/jobs", summary="Jobs that run by the clock")
async def jobs(reach: Reaching) -> Jobs:
    """When each last ran and how that ended, and when it runs next; also those that the settings switch off."""
    return await reach.rota.told(reach.store)
