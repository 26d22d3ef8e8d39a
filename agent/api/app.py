"""The FastAPI application."""

from collections.abc import Awaitable, Callable

from fastapi import FastAPI

from agent import __version__
from agent.api.health import Health


def create_app(health: Callable[[], Awaitable[Health]]) -> FastAPI:
    """The routes. ``health`` is asked at each request."""
    app = FastAPI(title="Balcão", version=__version__, openapi_url="/api/openapi.json", docs_url=None, redoc_url=None)

    @app.get("/api/health")
    async def get_health() -> Health:
        """Whether the agent, its page and its model are alive. Public; holds no customer data."""
        return await health()

    return app
