"""A write with an idempotency key is done once, whatever becomes of its answers."""

import asyncio
from datetime import timedelta

import httpx
import pytest

from agent.contract.access import Role
from tests.api.conftest import LOCAL_TOKEN, Office
from tests.storage.chats import row, shows

NOTES = "/api/customers/1/notes"


@pytest.fixture
async def client(office: Office) -> httpx.AsyncClient:
    await office.store.save(shows(row("A", "oi")))
    return await office.client(Role.ATTENDANT)


async def note(client: httpx.AsyncClient, key: str, text: str = "Prefere a tarde") -> httpx.Response:
    return await client.post(NOTES, json={"text": text}, headers={"Idempotency-Key": key})


async def notes(client: httpx.AsyncClient) -> int:
    return len((await client.get(NOTES)).json()["items"])


async def test_a_repeated_write_gets_the_first_answer_and_does_nothing(client: httpx.AsyncClient) -> None:
    first, again = await note(client, "k-1"), await note(client, "k-1")
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    assert "idempotency-replayed" not in first.headers
    assert again.headers["idempotency-replayed"] == "true"
    assert await notes(client) == 1
    assert (await note(client, "k-2")).json()["id"] != first.json()["id"]
    assert await notes(client) == 2


async def test_a_key_is_good_for_one_request_of_one_actor(client: httpx.AsyncClient, office: Office) -> None:
    await note(client, "k-1")
    other = await note(client, "k-1", "Outra nota")
    assert (other.status_code, other.json()["code"]) == (422, "key_reused")
    # Somebody else's key of the same name has nothing to do with it: nor does it show the first one's answer.
    elsewhere = await office.client(Role.SUPERVISOR)
    assert "idempotency-replayed" not in (await note(elsewhere, "k-1")).headers
    assert await notes(client) == 2


async def test_of_many_at_once_one_is_done(client: httpx.AsyncClient) -> None:
    answers = await asyncio.gather(*(note(client, "k-1") for _ in range(10)))
    assert {answer.status_code for answer in answers} <= {201, 409}
    assert {answer.json()["code"] for answer in answers if answer.status_code == 409} <= {"in_progress"}
    assert await notes(client) == 1


async def test_what_was_refused_may_be_tried_again(client: httpx.AsyncClient) -> None:
    assert (await note(client, "k-1", "")).status_code == 422
    assert (await note(client, "k-1")).status_code == 201


async def test_a_key_is_forgotten_after_a_day(client: httpx.AsyncClient, office: Office) -> None:
    await note(client, "k-1")
    office.clock.at += timedelta(hours=25)
    later = await office.client(Role.ATTENDANT)
    assert (await note(later, "k-1")).status_code == 201
    assert await notes(later) == 2


@pytest.mark.parametrize("key", ["", "x" * 201, "a b", "ç"])
async def test_a_key_that_is_none(client: httpx.AsyncClient, key: str) -> None:
    answer = await client.post(NOTES, json={"text": "x"}, headers={b"Idempotency-Key": key.encode()})
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")


async def test_an_erasure_forgets_the_answers_and_not_that_they_were_given(
    client: httpx.AsyncClient, office: Office
) -> None:
    await office.store.save(shows(row("B", "oi"), title="Bia"))
    assert (await note(client, "k-1")).status_code == 201
    answers = office.store.idempotency
    assert await answers.begin("user:1", "under way", "f") is None
    assert (await (await office.client(Role.ADMIN)).post("/api/customers/2/erase")).status_code == 200
    again = await note(client, "k-1")
    assert (again.status_code, again.json()["code"]) == (409, "conflict")
    assert (await note(client, "k-1", "Outra nota")).json()["code"] == "key_reused"
    assert await notes(client) == 1
    await answers.finish("user:1", "under way", 200, "application/json", '"whom it may hold"')
    known = await answers.begin("user:1", "under way", "f")
    assert known is not None
    assert (known.status, known.body, known.forgotten) == (200, None, True)
    assert (await note(client, "k-2")).status_code == (await note(client, "k-2")).status_code == 201


async def test_a_repetition_stands_in_the_customers_access_log(client: httpx.AsyncClient, office: Office) -> None:
    await note(client, "k-1")
    await note(client, "k-1")
    lines = await office.reach.audit.page(action="note.added")
    assert [line.customers for line in lines] == [(1,), (1,)]


async def test_an_answer_with_a_secret_is_kept_nowhere(office: Office) -> None:
    client = await office.client(LOCAL_TOKEN)
    made = {"name": "ERP", "scopes": ["messages:read"]}
    first = await client.post("/api/keys", json=made, headers={"Idempotency-Key": "k-1"})
    assert first.status_code == 201
    again = await client.post("/api/keys", json=made, headers={"Idempotency-Key": "k-1"})
    assert (again.status_code, again.json()["code"]) == (409, "conflict")
    assert len((await client.get("/api/keys")).json()["items"]) == 1
    known = await office.store.idempotency.begin("local", "k-1", "")
    assert known is not None
    assert (known.status, known.body) == (201, None)
