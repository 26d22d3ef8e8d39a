"""Messages over the API: found by their words, and one by one."""

from typing import Any

import httpx
import pytest

from agent.contract.access import Role
from agent.contract.stored import AnalysedMessage
from tests.api.conftest import Office
from tests.core.says import analysis
from tests.storage.chats import row, shows
from tests.storage.test_desk import INJECTIONS

SEARCH = "/api/messages"


@pytest.fixture
async def client(office: Office) -> httpx.AsyncClient:
    day = {"date": "2026-11-22"}
    rows = (
        row("A1", "Vocês entregam amanhã?", time="09:00", **day),
        row("A2", "Entregamos, sim! 🚚", time="09:05", me=True, **day),
        row("A3", "Ótimo, amanhã então", time="09:10", **day),
    )
    saved = await office.store.save(shows(*rows, title="José Conceição", phone="+55 11 90000-0012", zone="UTC"))
    await office.store.save(shows(row("B1", "amanhã não posso", time="10:00", **day), title="Bia", zone="UTC"))
    await office.store.save_analysis(AnalysedMessage(message_id=saved.ids["A1"], analysis=analysis("x")))
    await office.store.correct(saved.ids["A1"], "delivery")
    return await office.client(Role.ATTENDANT)


async def found(client: httpx.AsyncClient, text: str, **filters: Any) -> list[str]:
    answer = await client.get(SEARCH, params={"text": text, **filters})
    assert answer.status_code == 200, answer.text
    return [one["text"] for one in answer.json()["messages"]]


async def test_words_are_found_and_marked(client: httpx.AsyncClient) -> None:
    told = (await client.get(SEARCH, params={"text": "ENTREG amanha"})).json()["messages"]
    (one,) = told
    assert [one["text"][first:end] for first, end in one["marks"]] == ["entregam", "amanhã"]
    assert one["chat_title"] == "José Conceição"
    assert await found(client, "🚚") == ["Entregamos, sim! 🚚"]


async def test_every_filter(client: httpx.AsyncClient) -> None:
    amanha = ["amanhã não posso", "Ótimo, amanhã então", "Vocês entregam amanhã?"]
    assert await found(client, "amanhã") == amanha
    assert await found(client, "amanhã", chat="conceicao") == amanha[1:]
    assert await found(client, "amanhã", chat="90000") == amanha[1:]
    assert await found(client, "amanhã", intent="delivery") == amanha[2:]
    assert await found(client, "entreg", direction="out") == ["Entregamos, sim! 🚚"]
    assert await found(client, "amanhã", since="2026-11-22T09:05:00Z", before="2026-11-22T10:00:00Z") == amanha[1:2]
    assert (
        await found(client, "amanhã", since="0001-01-01T00:00:00+14:00", before="9999-12-31T23:59:59-12:00") == amanha
    )
    assert await found(client, "amanhã", sentiment="negative") == []
    assert len(await found(client, "amanhã", order="best")) == 3


async def test_pages(client: httpx.AsyncClient, office: Office) -> None:
    first = (await client.get(SEARCH, params={"text": "amanhã", "limit": 2})).json()
    await office.store.save(shows(row("C1", "amanhã", date="2026-11-22", time="11:00"), title="Caio", zone="UTC"))
    second = (await client.get(SEARCH, params={"text": "amanhã", "limit": 2, "cursor": first["cursor"]})).json()
    assert [one["text"] for one in (*first["messages"], *second["messages"])] == [
        "amanhã não posso",
        "Ótimo, amanhã então",
        "Vocês entregam amanhã?",
    ]
    assert second["cursor"] is None


@pytest.mark.parametrize("typed", INJECTIONS)
@pytest.mark.parametrize("name", ["text", "chat", "intent"])
async def test_what_is_typed_is_text(client: httpx.AsyncClient, name: str, typed: str) -> None:
    answer = await client.get(SEARCH, params={"text": "amanhã", name: typed})
    assert answer.status_code in (200, 422)
    assert "x-injected" not in answer.headers
    assert answer.status_code == 422 or answer.json()["messages"] == []
    assert len(await found(client, "amanhã")) == 3


@pytest.mark.parametrize(
    "wrong",
    [
        {"text": ""},
        {"text": "x" * 401},
        {"text": "x", "limit": 0},
        {"text": "x", "since": "2026-11-22"},
        {"text": "x", "direction": "sideways"},
        {},
    ],
)
async def test_what_makes_no_sense_is_refused(client: httpx.AsyncClient, wrong: dict[str, Any]) -> None:
    assert (await client.get(SEARCH, params=wrong)).status_code == 422


async def test_a_cursor_of_another_list_is_refused(client: httpx.AsyncClient) -> None:
    assert (await client.get(SEARCH, params={"text": "x", "cursor": "nonsense"})).status_code == 409


async def test_one_message(client: httpx.AsyncClient, office: Office) -> None:
    (one,) = (await client.get(SEARCH, params={"text": "entregam amanhã"})).json()["messages"]
    told = (await client.get(f"{SEARCH}/{one['message_id']}")).json()
    assert (told["text"], told["analysis"]["intent"], told["analysis"]["corrected"]) == (
        "Vocês entregam amanhã?",
        "delivery",
        True,
    )
    for path in ("999999", str(2**52)):
        assert (await client.get(f"{SEARCH}/{path}")).status_code == 404
    for path in ("0", "-1", str(2**70), "1;DROP"):
        assert (await client.get(f"{SEARCH}/{path}")).status_code == 422
    admin = await office.client(Role.ADMIN)
    lines = (await admin.get("/api/audit")).json()["items"]
    read = next(line for line in lines if line["action"] == "message.read")
    assert (read["data"], read["customers"]) == ({"message_id": one["message_id"]}, [told["customer_id"]])
    assert "amanhã" not in repr(lines)
