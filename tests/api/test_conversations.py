"""Conversations over the API."""

from typing import Any

import httpx
import pytest

from agent.contract.access import Role
from agent.contract.rows import ChatPreview, Direction
from agent.contract.triage import ListedChat
from tests.api.conftest import LOCAL_TOKEN, Office
from tests.storage.chats import row, shows
from tests.storage.test_desk import INJECTIONS

LIST = "/api/conversations"


@pytest.fixture
async def client(office: Office) -> httpx.AsyncClient:
    return await office.client(Role.ATTENDANT)


async def filled(office: Office, *titles: str) -> dict[str, int]:
    found = {}
    for n, title in enumerate(titles):
        one = row(f"{title}-{n}", f"oi de {title}", date="2026-11-22", time=f"09:{n:02}")
        found[title] = (await office.store.save(shows(one, title=title, zone="UTC"))).conversation_id
    return found


async def test_a_list_and_its_pages(office: Office, client: httpx.AsyncClient) -> None:
    await filled(office, "Ana", "José Conceição", "Bia 🌻", "Z" * 300)
    told = (await client.get(LIST, params={"limit": 3})).json()
    assert [one["title"] for one in told["items"]] == ["Z" * 300, "Bia 🌻", "José Conceição"]
    assert told["items"][1]["last"]["text"] == "oi de Bia 🌻"
    assert told["items"][1]["waits_since"] == "2026-11-22T09:02:00Z"
    await filled(office, "Nova")
    rest = (await client.get(LIST, params={"limit": 3, "cursor": told["cursor"]})).json()
    assert ([one["title"] for one in rest["items"]], rest["cursor"]) == (["Ana"], None)


async def test_one_is_taken_closed_and_found_so(office: Office, client: httpx.AsyncClient) -> None:
    ids = await filled(office, "Ana", "Bia")
    me = (await client.get("/api/auth/me")).json()
    user = office.users[Role.ATTENDANT]
    path = f"{LIST}/{ids['Ana']}"
    changed = await client.patch(
        path, json={"assigned_to": user, "outcome": "won", "follow_up_at": "2026-12-01T09:00:00-03:00"}
    )
    told = changed.json()
    assert (told["assigned_to"], told["attendant"], told["follow_up_at"]) == (
        user,
        me.get("name"),
        "2026-12-01T12:00:00Z",
    )
    mine = (await client.get(LIST, params={"assigned_to": "me"})).json()["items"]
    assert [one["title"] for one in mine] == ["Ana"]
    nobodys = (await client.get(LIST, params={"assigned_to": "nobody"})).json()["items"]
    assert [one["title"] for one in nobodys] == ["Bia"]
    assert [one["title"] for one in (await client.get(LIST, params={"outcome": "won"})).json()["items"]] == ["Ana"]
    assert (await client.patch(path, json={"status": "closed"})).json()["follow_up_at"] == "2026-12-01T12:00:00Z"
    assert (await client.patch(path, json={"follow_up_at": None})).json()["follow_up_at"] is None
    assert (await client.get(path)).json()["status"] == "closed"


@pytest.mark.parametrize(
    "wrong",
    [
        {"assigned_to": 999},
        {"assigned_to": 0},
        {"assigned_to": 2**70},
        {"status": "asleep"},
        {"follow_up_at": "2026-12-01T09:00:00"},
        {"follow_up_at": "0001-01-01T00:00:00+14:00"},
        {"title": "Other"},
        [],
    ],
)
async def test_what_makes_no_sense_changes_nothing(office: Office, client: httpx.AsyncClient, wrong: Any) -> None:
    ids = await filled(office, "Ana")
    before = (await client.get(f"{LIST}/{ids['Ana']}")).json()
    expected = 409 if wrong == {"assigned_to": 999} else 422
    assert (await client.patch(f"{LIST}/{ids['Ana']}", json=wrong)).status_code == expected
    assert (await client.get(f"{LIST}/{ids['Ana']}")).json() == before


async def test_what_is_not_there(client: httpx.AsyncClient) -> None:
    for method, path in (("GET", f"{LIST}/9"), ("PATCH", f"{LIST}/9"), ("GET", f"{LIST}/9/messages")):
        answer = await client.request(method, path, json={} if method == "PATCH" else None)
        assert answer.status_code == 404
    assert (await client.get(f"{LIST}/x")).status_code == 422
    assert (await client.get(LIST, params={"cursor": "1.2"})).status_code == 409


@pytest.mark.parametrize("typed", INJECTIONS)
@pytest.mark.parametrize("name", ["text", "session"])
async def test_what_is_typed_is_text(office: Office, client: httpx.AsyncClient, name: str, typed: str) -> None:
    await filled(office, "Ana")
    answer = await client.get(LIST, params={name: typed})
    assert answer.status_code in (200, 422)
    assert "x-injected" not in answer.headers
    assert answer.status_code == 422 or answer.json()["items"] == []
    assert len((await client.get(LIST)).json()["items"]) == 1


async def test_messages_of_a_conversation(office: Office, client: httpx.AsyncClient) -> None:
    ids = await filled(office, "Ana")
    await office.store.save(shows(row("A1", "1"), row("A2", "2", me=True), title="Ana", window="Ana-0 A1 A2"))
    first = (await client.get(f"{LIST}/{ids['Ana']}/messages", params={"limit": 2})).json()
    second = (await client.get(f"{LIST}/{ids['Ana']}/messages", params={"cursor": first["cursor"]})).json()
    assert [one["text"] for one in (*first["items"], *second["items"])] == ["2", "1", "oi de Ana"]
    wrong = await client.get(f"{LIST}/{ids['Ana']}/messages", params={"cursor": "999"})
    assert wrong.status_code == 409


async def test_only_somebody_with_a_name_has_conversations_of_their_own(office: Office) -> None:
    client = await office.client(LOCAL_TOKEN)
    assert (await client.get(LIST, params={"assigned_to": "me"})).status_code == 409


async def test_who_waits_as_the_chat_list_shows_it(office: Office, client: httpx.AsyncClient) -> None:
    def chat(title: str, *, waits: bool) -> ListedChat:
        return ListedChat(preview=ChatPreview(title=title, last_text="oi", last_direction=Direction.IN), waits=waits)

    await office.store.save_listed("loja", [chat("Ana", waits=True), chat("Bia", waits=False)], "UTC")
    await office.store.save_listed("outra", [chat("Caio", waits=True)], "UTC")
    assert [one["preview"]["title"] for one in (await client.get("/api/waiting")).json()["items"]] == ["Ana"]
    everybody = (await client.get("/api/waiting", params={"all": True})).json()["items"]
    assert [one["preview"]["title"] for one in everybody] == ["Ana", "Bia"]


async def test_who_read_whose_conversations_is_in_the_audit_log(office: Office, client: httpx.AsyncClient) -> None:
    ids = await filled(office, "Ana", "Bia")
    await client.get(LIST)
    await client.patch(f"{LIST}/{ids['Ana']}", json={"status": "pending"})
    admin = await office.client(Role.ADMIN)
    lines = (await admin.get("/api/audit")).json()["items"]
    found = {line["action"]: line for line in lines}
    assert len(found["conversation.listed"]["customers"]) == 2
    assert found["conversation.changed"]["data"] == {"conversation_id": ids["Ana"], "fields": ["status"]}
