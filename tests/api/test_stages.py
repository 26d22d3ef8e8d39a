"""The company's own stages over the API."""

from typing import Any

import pytest

from agent.contract.access import Role
from agent.contract.stages import MAX_STAGES
from tests.api.conftest import Office
from tests.storage.chats import row, shows

STAGES = "/api/stages"


async def test_a_conversation_goes_through_them(office: Office) -> None:
    client = await office.client(Role.SUPERVISOR)
    chat = (await office.store.save(shows(row("A1", "oi"), title="Ana"))).conversation_id
    made = await client.post(STAGES, json={"name": "Orçamento"})
    assert made.status_code == 201
    stage = made.json()["id"]
    path = f"/api/conversations/{chat}"
    assert (await client.patch(path, json={"stage_id": stage})).json()["stage_id"] == stage
    assert (await client.get(STAGES)).json()["items"] == [{"id": stage, "name": "Orçamento", "conversations": 1}]
    for query, found in (({"stage": stage}, [chat]), ({"stage": "none"}, []), ({"outcome": "open"}, [chat])):
        items = (await client.get("/api/conversations", params=query)).json()["items"]
        assert [one["id"] for one in items] == found
    told = (await client.patch(path, json={"outcome": "won"})).json()
    assert (told["outcome"], told["stage_id"]) == ("won", None)
    assert (await client.patch(path, json={"outcome": "lost", "stage_id": stage})).status_code == 409
    assert (await client.patch(path, json={"stage_id": 999})).status_code == 409
    await client.patch(path, json={"stage_id": stage})
    other = (await client.post(STAGES, json={"name": "Entrega"})).json()["id"]
    removed = await client.delete(f"{STAGES}/{stage}", params={"to": other})
    assert removed.json() == {"moved": 1, "to": other}
    assert (await client.get(path)).json()["stage_id"] == other


@pytest.mark.parametrize("name", ["", " ", "a ", "x" * 41, "a\nb", 7, None])
async def test_a_name_that_is_none(office: Office, name: Any) -> None:
    client = await office.client(Role.SUPERVISOR)
    assert (await client.post(STAGES, json={"name": name})).status_code == 422


async def test_what_cannot_be_is_refused(office: Office) -> None:
    client = await office.client(Role.SUPERVISOR)
    first = (await client.post(STAGES, json={"name": "Contato"})).json()["id"]
    assert (await client.post(STAGES, json={"name": "CONTATO"})).status_code == 409
    assert (await client.patch(f"{STAGES}/{first}", json={"place": MAX_STAGES})).status_code == 422
    assert (await client.patch(f"{STAGES}/{first}", json={})).json()["name"] == "Contato"
    assert (await client.delete(f"{STAGES}/{first}", params={"to": first})).status_code == 409
    assert (await client.delete(f"{STAGES}/{first}", params={"to": 999})).status_code == 409
    for method in ("PATCH", "DELETE"):
        assert (await client.request(method, f"{STAGES}/999", json={})).status_code == 404
    assert (await client.get("/api/conversations", params={"stage": "all"})).status_code == 422
    attendant = await office.client(Role.ATTENDANT)
    assert (await attendant.get(STAGES)).status_code == 200
    assert (await attendant.post(STAGES, json={"name": "Minha"})).status_code == 403
    assert (await attendant.delete(f"{STAGES}/{first}")).status_code == 403
