"""The machine's figures and alerts over the API."""

from datetime import timedelta

import pytest

from agent.contract.access import Role
from agent.contract.monitor import Figures
from agent.telemetry import alert_events
from tests.api.conftest import NOW, Office


def figures(cpu: float, second: int = 0) -> Figures:
    return Figures(
        at=NOW + timedelta(seconds=second),
        cpu_percent=cpu,
        memory_percent=50,
        disk_percent=40,
        disk_free_mb=1000,
        agent_mb=300,
    )


async def test_figures_and_open_alerts(office: Office):
    client = await office.client(Role.ATTENDANT)
    empty = (await client.get("/api/monitor")).json()
    assert (empty["figures"], empty["alerts"]) == ([], [])
    for second in (0, 30):
        office.reach.watch.take(figures(95, second))
    told = (await client.get("/api/monitor")).json()
    assert [one["cpu_percent"] for one in told["figures"]] == [95, 95]
    [alert] = told["alerts"]
    assert (alert["code"], alert["value"], alert["limit"]) == ("cpu", 95, 80)


async def test_history_by_cursor(office: Office):
    for kind in ("alert.raised", "alert.cleared", "alert.raised"):
        await office.store.announce(kind, {"code": "cpu", "value": 95, "limit": 80})
        await office.store.announce("replies.changed", {})
    await office.store.announce("alert.raised", {"code": "of a later version", "value": 1, "limit": 1})
    client = await office.client(Role.ATTENDANT)
    page = (await client.get("/api/alerts?limit=2")).json()
    found = page["items"]
    while page["cursor"] is not None:
        page = (await client.get(f"/api/alerts?limit=2&cursor={page['cursor']}")).json()
        found += page["items"]
    assert [one["raised"] for one in found] == [True, False, True]
    assert len({one["number"] for one in found}) == 3


async def test_a_long_log_is_looked_through_in_pieces(office: Office, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("agent.api.routes.monitor.LOOK_BACK", 3)
    assert alert_events.LOOK_BACK > 3
    await office.store.announce("alert.raised", {"code": "disk", "value": 90, "limit": 85})
    for _ in range(7):
        await office.store.announce("replies.changed", {})
    client = await office.client(Role.ATTENDANT)
    page, found, pages = (await client.get("/api/alerts")).json(), list[str](), 1
    found += [one["code"] for one in page["items"]]
    while page["cursor"] is not None:
        page = (await client.get(f"/api/alerts?cursor={page['cursor']}")).json()
        found += [one["code"] for one in page["items"]]
        pages += 1
    assert found == ["disk"]
    assert pages > 2, "most of them empty"
