"""Is the agent alive."""

from fastapi import APIRouter

from agent.api.guard import GuardedRoute, Reaching
from agent.contract.health import Health

router = APIRouter(route_class=GuardedRoute, tags=["health"])


@router.get("/api/health")
async def health(reach: Reaching) -> Health:
    """Whether the agent, its page and its model are alive. Public; holds no customer data."""
    return await reach.health()
