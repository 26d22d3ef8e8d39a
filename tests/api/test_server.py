"""The API's one route, over a real socket."""

import asyncio

import httpx
import pytest

from agent.api.server import listen, serve
from agent.contract.health import Health
from agent.errors import PortInUse
from tests.api.conftest import Office, healthy


async def test_health_is_served_and_the_server_stops_when_told(office: Office) -> None:
    listener = listen("127.0.0.1", 0)
    port = listener.getsockname()[1]
    serving = asyncio.create_task(serve(office.app, listener))
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", trust_env=False) as client:
        for _ in range(50):
            try:
                answer = await client.get("/api/health")
                break
            except httpx.ConnectError:
                await asyncio.sleep(0.05)
    assert answer.status_code == 200
    assert Health.model_validate(answer.json()) == healthy()
    serving.cancel()
    with pytest.raises(asyncio.CancelledError):
        await serving


def test_a_port_in_use_is_said_with_its_owner() -> None:
    with listen("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(PortInUse, match=rf"Port {port} .* is used by .*python.*api\.port"):
            listen("127.0.0.1", port)
