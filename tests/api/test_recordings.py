"""Recording over the API: who may, one at a time, and what there is afterwards."""

from dataclasses import dataclass, replace

from agent.api.app import create_app
from agent.cli.recording_over_api import record_running
from agent.contract.access import Role
from agent.errors import BadInput
from agent.flow import Flow
from agent.ports import Page
from agent.recordings.desk import RecordingDesk
from tests.api.conftest import Office
from tests.recordings.conftest import Understood, empty_store

PATH = "/api/sessions/loja/recording"


@dataclass
class Running:
    flow: Flow | None = None
    page: Page | None = None


def with_desk(office: Office) -> RecordingDesk:
    desk = RecordingDesk(office.reach.settings.profile_dir, Running(), Understood(), empty_store)
    office.reach = replace(office.reach, recordings=desk)
    office.app = create_app(office.reach)
    return desk


async def test_a_supervisor_records_and_stops(office: Office) -> None:
    desk = with_desk(office)
    client = await office.client(Role.SUPERVISOR)
    assert (await client.get(PATH)).json()["state"] == "idle"
    assert (await client.delete(PATH)).status_code == 409
    begun = await client.post(PATH, json={"keep_minutes": 10, "page": False})
    assert (begun.status_code, begun.json()["state"]) == (202, "recording")
    assert (await client.post(PATH, json={})).status_code == 409
    assert (await client.delete(PATH)).status_code == 202
    path = await desk.done()
    assert path is not None
    listed = (await client.get(f"{PATH}s")).json()["items"]
    assert [one["name"] for one in listed] == [path.name]
    told = {line.action for line in await office.reach.audit.page()}
    assert {"session.recorded", "session.recording_ended"} <= told


async def test_who_may_not_and_what_is_not_there(office: Office) -> None:
    with_desk(office)
    attendant = await office.client(Role.ATTENDANT)
    assert (await attendant.post(PATH, json={})).status_code == 403
    supervisor = await office.client(Role.SUPERVISOR)
    assert (await supervisor.post("/api/sessions/other/recording", json={})).status_code == 404
    assert (await supervisor.post(PATH, json={"keep_minutes": 0})).status_code == 422
    assert (await supervisor.post(PATH, json={"folder": "/etc"})).status_code == 422


async def test_without_a_desk_it_is_unavailable(office: Office) -> None:
    client = await office.client(Role.SUPERVISOR)
    assert (await client.get(PATH)).status_code == 503


def test_the_command_says_when_no_agent_runs(office: Office) -> None:
    import pytest

    with pytest.raises(BadInput, match="No agent runs"):
        record_running(office.reach.settings, None, 1, page=True)
