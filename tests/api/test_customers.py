"""Customers over the API: what people note of them, and who is who."""

from typing import Any
from urllib.parse import quote

import httpx
import pytest

from agent.api.app import create_app
from agent.api.reach import Reach
from agent.contract.access import Role
from agent.contract.commands import ReadCommand
from agent.contract.rows import OpenChat
from agent.storage.forgetting import Forgetting
from tests.api.conftest import Office
from tests.core.says import ANA
from tests.storage.chats import row, shows
from tests.storage.test_desk import INJECTIONS
from tests.test_flow import Running, until

PHONE = "+5511900000012"


@pytest.fixture
async def client(office: Office) -> httpx.AsyncClient:
    rows = (
        row("A1", "oi", date="2026-11-20", time="09:00"),
        row("A2", "olá", me=True, date="2026-11-20", time="09:01"),
    )
    await office.store.save(shows(*rows, title="Ana Conceição", phone=PHONE, zone="UTC"))
    await office.store.save(shows(row("B1", date="2026-11-21", time="10:00"), title="Bia 🌻", zone="UTC"))
    return await office.client(Role.ATTENDANT)


def path(*rest: str, who: str = PHONE) -> str:
    return "/".join(("/api/customers", who, *rest))


async def names(client: httpx.AsyncClient, **filters: Any) -> list[str]:
    answer = await client.get("/api/customers", params=filters)
    assert answer.status_code == 200, answer.text
    return [one["customer"] for one in answer.json()["items"]]


async def test_a_list_found_by_name_number_and_tag(client: httpx.AsyncClient) -> None:
    assert await names(client) == ["Bia 🌻", "Ana Conceição"]
    assert await names(client, text="conceicao") == ["Ana Conceição"]
    assert await names(client, text="90000-0012") == ["Ana Conceição"]
    assert (await client.put(path("tags", "cliente vip 🌟", who="2"))).status_code == 204
    assert await names(client, tag="cliente vip 🌟") == ["Bia 🌻"]
    first = (await client.get("/api/customers", params={"limit": 1})).json()
    assert await names(client, cursor=first["cursor"]) == ["Ana Conceição"]


@pytest.mark.parametrize("who", [PHONE, "11900000012", "(11) 90000-0012", "55 11 0000-0012", "1"])
async def test_one_by_any_way_of_writing_them(client: httpx.AsyncClient, who: str) -> None:
    answer = await client.get(path(who=who))
    if who == "55 11 0000-0012":
        assert answer.status_code == 404  # a landline, and another one
        return
    told = answer.json()
    assert (told["customer"], told["phone"], told["first_contact"]) == ("Ana Conceição", PHONE, "2026-11-20T09:00:00Z")
    assert (told["last_contact"], told["messages"], told["tags"]) == ("2026-11-20T09:01:00Z", 2, [])


async def test_two_of_one_number_are_told_apart_by_their_own(office: Office, client: httpx.AsyncClient) -> None:
    await office.store.save(shows(row("C1"), title="Ana", phone=PHONE, session="outra"))
    answer = await client.get(path())
    assert answer.status_code == 409
    assert answer.json()["detail"].endswith("Diga qual pelo número do cadastro: 1, 3.")
    assert (await client.get(path(who="3"))).json()["customer"] == "Ana"


async def test_notes_are_ones_own(office: Office, client: httpx.AsyncClient) -> None:
    made = await client.post(path("notes"), json={"text": "prefere à tarde\n🌻"})
    assert made.status_code == 201
    note = made.json()
    assert note["written_by"] == f"user:{office.users[Role.ATTENDANT]}"
    supervisor = await office.client(Role.SUPERVISOR)
    theirs = (await supervisor.post(path("notes"), json={"text": "do supervisor"})).json()
    for method in ("PATCH", "DELETE"):
        body = {"text": "x"} if method == "PATCH" else None
        refused = await client.request(method, path("notes", str(theirs["id"])), json=body)
        assert refused.status_code == 403
        other = await client.request(method, path("notes", str(note["id"]), who="2"), json=body)
        assert other.status_code == 404  # of another customer
    changed = await client.patch(path("notes", str(note["id"])), json={"text": "de manhã"})
    assert changed.json()["text"] == "de manhã"
    assert (await supervisor.delete(path("notes", str(note["id"])))).status_code == 204
    left = (await client.get(path("notes"))).json()
    assert [one["text"] for one in left["items"]] == ["do supervisor"]


async def test_notes_in_pages(client: httpx.AsyncClient) -> None:
    for n in range(3):
        await client.post(path("notes"), json={"text": str(n)})
    first = (await client.get(path("notes"), params={"limit": 2})).json()
    await client.post(path("notes"), json={"text": "nova"})
    second = (await client.get(path("notes"), params={"limit": 2, "cursor": first["cursor"]})).json()
    assert [one["text"] for one in (*first["items"], *second["items"])] == ["2", "1", "0"]


async def test_fields_tags_and_name(client: httpx.AsyncClient) -> None:
    assert (await client.put(path("fields", "número do pé"), json={"value": "39"})).status_code == 204
    assert (await client.put(path("fields", "plano"), json={"value": ""})).status_code == 204
    assert (await client.put(path("tags", "vip"))).status_code == 204
    renamed = (await client.patch(path(), json={"customer": "Ana (oficina)"})).json()
    assert (renamed["customer"], renamed["fields"], renamed["tags"]) == (
        "Ana (oficina)",
        {"número do pé": "39", "plano": ""},
        ["vip"],
    )
    assert (await client.delete(path("fields", "plano"))).status_code == 204
    assert (await client.delete(path("tags", "vip"))).status_code == 204
    assert (await client.delete(path("tags", "vip"))).status_code == 204
    told = (await client.patch(path(), json={"customer": None})).json()
    assert (told["customer"], told["fields"], told["tags"]) == ("Ana Conceição", {"número do pé": "39"}, [])


@pytest.mark.parametrize("typed", INJECTIONS)
async def test_what_is_typed_is_text(client: httpx.AsyncClient, typed: str) -> None:
    for name in ("text", "tag"):
        answer = await client.get("/api/customers", params={name: typed})
        assert answer.status_code == 422 or answer.json()["items"] == []
    kept = await client.post(path("notes"), json={"text": typed})
    assert kept.json()["text"] == typed
    renamed = await client.patch(path(), json={"customer": typed})
    assert renamed.status_code in (200, 422)
    tagged = await client.put(path("tags", quote(typed, safe="")))
    assert tagged.status_code in (204, 404, 422)
    assert "x-injected" not in tagged.headers
    told = (await client.get(path(who="1"))).json()
    assert len(told["chats"]) == 1


@pytest.mark.parametrize(
    ("method", "rest", "body"),
    [
        ("POST", ("notes",), {"text": ""}),
        ("POST", ("notes",), {"text": "x" * 4001}),
        ("PATCH", (), {"customer": ""}),
        ("PATCH", (), {"customer": "a\nb"}),
        ("PATCH", (), {}),
        ("PUT", ("fields", "x" * 61), {"value": "1"}),
        ("PUT", ("fields", "x"), {"value": "1" * 1001}),
        ("PUT", ("tags", "x" * 61), None),
        ("PUT", ("tags", "%20x"), None),
        ("POST", ("merge",), {"other": 0}),
    ],
)
async def test_what_cannot_be_taken_is_refused(
    office: Office, client: httpx.AsyncClient, method: str, rest: tuple[str, ...], body: Any
) -> None:
    who = await office.client(Role.SUPERVISOR)
    assert (await who.request(method, path(*rest), json=body)).status_code == 422


async def test_nobody_of_that_number(client: httpx.AsyncClient) -> None:
    for who in ("+5511911111111", "999"):
        for method, rest in (("GET", ()), ("PUT", ("tags", "x")), ("GET", ("notes",))):
            assert (await client.request(method, path(*rest, who=who))).status_code == 404
    assert (await client.get(path(who="ana"))).status_code == 422


async def test_two_are_one_and_then_not(office: Office, client: httpx.AsyncClient) -> None:
    supervisor = await office.client(Role.SUPERVISOR)
    assert (await client.post(path("merge"), json={"other": 2})).status_code == 403
    done = await supervisor.post(path("merge"), json={"other": 2})
    assert done.json() == {"customer_id": 1, "merged_id": 2, "moved": 0}
    assert len((await client.get(path(who="2"))).json()["chats"]) == 2
    assert (await supervisor.post(path("merge"), json={"other": 2})).status_code == 409
    back = await supervisor.post(path("split", who="2"), json={})
    assert (back.json()["customer_id"], back.json()["split_id"]) == (1, 2)
    assert (await client.get(path(who="2"))).json()["customer"] == "Bia 🌻"


async def test_a_chat_of_two_people_is_split(office: Office, client: httpx.AsyncClient) -> None:
    supervisor = await office.client(Role.SUPERVISOR)
    page = await office.store.desk.messages(1)
    assert page is not None
    done = (await supervisor.post(path("split"), json={"message_id": page.items[0].id})).json()
    assert (done["moved"], done["left"]) == (1, 1)
    assert len(await names(client)) == 3
    assert (await supervisor.post(path("split"), json={"message_id": 999})).status_code == 409


async def test_a_running_session_takes_notice_when_its_open_chat_is_joined(office: Office) -> None:
    """Without that, it would go on writing into the conversation that was emptied."""
    store = office.store
    older = OpenChat(token=9, title="Ana (antiga)", is_group=False)
    async with Running(store) as run:
        run.page.opens(older)
        run.page.shows(older, row("x1", "primeira"))
        run.page.opens(ANA)
        run.page.shows(ANA, row("a1", "quanto custa?"))
        await until(run.page.offers)
        parts = {name: getattr(office.reach, name) for name in Reach.__dataclass_fields__ if name != "understanding"}
        forgetting = Forgetting(store, office.reach.settings.profile_dir, office.reach.secrets, memory=run.flow)
        office.app = create_app(Reach(**{**parts, "forgetting": forgetting}))
        (kept,), (other,) = await store.people.find(older.title), await store.people.find(ANA.title)
        supervisor = await office.client(Role.SUPERVISOR)
        body = {"other": other.id, "same_chat": True}
        assert (await supervisor.post(path("merge", who=str(kept.id)), json=body)).status_code == 200
        assert run.flow.state.open is None
        assert run.flow.state.offer is None
        await until(lambda: any(isinstance(told, ReadCommand) for told in run.page.told))
        run.page.shows(ANA, row("a2", "alguém aí?"), window=["a1", "a2"])
        await until(lambda: run.flow.state.open is not None and run.flow.state.open.conversation_id is not None)
        assert run.flow.state.open is not None
        joined = await store.desk.messages(run.flow.state.open.conversation_id or 0)
    assert joined is not None
    assert [one.wa_id for one in joined.items] == ["a2", "a1", "x1"]
    (person,) = await store.people.find(ANA.title)
    assert run.flow.state.open.conversation_id == person.chats[0].conversation_id
