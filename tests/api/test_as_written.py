"""What is written is taken as it stands: decoded once, compared whole, and a token from its one place only."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import httpx
import jwt
import pytest
import structlog

from agent.contract.access import Role
from agent.storage.traces import Traces
from tests.api.conftest import LOCAL_TOKEN, Office
from tests.api.signing import PASSWORD, login, person, signed_in, status
from tests.storage.chats import row, shows

JSON = {"Content-Type": "application/json"}


async def test_what_stands_in_an_address_is_decoded_once(office: Office) -> None:
    await office.store.save(shows(row("A", "oi"), title="Ana", phone="+5511900000012"))
    client = await office.client(Role.ATTENDANT)
    for written, kept in (("%2541", "%41"), ("a%252Fb", "a%2Fb"), ("a%2500", "a%00"), ("%C3%A1", "á"), ("a+b", "a+b")):
        assert (await client.put(f"/api/customers/1/tags/{written}")).status_code == 204
        told = (await client.get("/api/customers/1")).json()
        assert told["tags"] == [kept]
        assert (await client.delete(f"/api/customers/1/tags/{written}")).status_code == 204
    assert (await client.get("/api/customers/%2B5511900000012")).status_code == 200
    assert (await client.get("/api/customers/%252B5511900000012")).status_code == 422


@pytest.mark.parametrize(
    "change",
    [
        str.upper,
        str.title,
        lambda word: f" {word}",
        lambda word: f"{word} ",
        lambda word: word[:-1],
        lambda word: word * 2,
    ],
)
async def test_a_password_is_compared_whole_and_exactly(office: Office, change: Callable[[str], str]) -> None:
    await person(office)
    assert (await login(office, password=change(PASSWORD))).json()["code"] == "wrong_login"
    assert (await login(office)).status_code == 200


async def test_a_long_password_counts_to_its_last_character_and_never_runs_out(office: Office) -> None:
    await person(office)
    client, _ = await signed_in(office)
    long = "oito cabras sobem o monte e nove " + "".join(chr(0x4E00 + n) for n in range(200))
    assert (await client.post("/api/auth/password", json={"old": PASSWORD, "new": long})).status_code == 204
    for short in (long[:64], long[:72], long[:-1], f"{long[:-1]}x"):
        assert (await login(office, password=short)).json()["code"] == "wrong_login"
    office.clock.at += timedelta(days=4000)
    answer = await login(office, password=long)
    assert (answer.status_code, answer.json()["owes"]) == (200, [])


async def test_tokens_are_long_and_each_is_another(office: Office) -> None:
    await person(office)
    found = [(await login(office)).json() for _ in range(8)]
    for name in ("access_token", "refresh_token"):
        assert len({one[name] for one in found}) == len(found)
    assert all(len(one["refresh_token"]) >= 43 for one in found), "256 bits"


async def test_a_token_anywhere_but_in_its_header_is_none(office: Office) -> None:
    """So no page can make a browser use one, and none gets into a log of addresses."""
    token = await office.token(Role.ADMIN)
    client = await office.client()
    for name in ("access_token", "token", "authorization", "api_key", "X-API-Key"):
        assert (await client.get("/api/keys", params={name: token})).status_code == 401
        assert (await client.get("/api/keys", headers={"Cookie": f"{name}={token}"})).status_code == 401
        made = await client.post("/api/keys", json={"name": "x", "scopes": ["analysis"], name: token})
        assert made.status_code == 401
    basic = httpx.BasicAuth("admin-1", token)
    assert (await client.get("/api/keys", auth=basic)).status_code == 401
    assert (await client.get("/api/keys", headers={"Authorization": f"Bearer {token}"})).status_code == 200


async def test_a_parameter_that_comes_twice_gets_nobody_past_a_limit(office: Office) -> None:
    for n in range(4):
        await office.store.save(shows(row(f"M{n}", "oi"), title=f"Chat {n}"))
    client = await office.client(Role.ATTENDANT)
    for path in ("limit=1&limit=9999", "limit=9999&limit=9999", "limit=9999&limit=2", "limit=2&limit=2"):
        assert (await client.get(f"/api/conversations?{path}")).status_code == 400, path
    assert (await client.get("/api/conversations?limit[]=9999&limit=9999")).status_code == 422
    assert len((await client.get("/api/conversations?limit=2")).json()["items"]) == 2
    assert (await client.post("/api/customers/1/notes?text=a", json={})).status_code == 422
    twice = b'{"text": "a", "text": ""}'
    answer = await client.post("/api/customers/1/notes", content=twice, headers=JSON)
    assert answer.status_code == 422, "the one that is judged is the one that would be kept"


KEY_HEADERS: dict[str, dict[str, Any]] = {
    "jwk": {"jwk": {"kty": "oct", "k": "eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHg"}},
    "jku": {"jku": "https://evil.example/keys"},
    "x5u": {"x5u": "https://evil.example/cert"},
    "kid": {"kid": "../../../../dev/null"},
}


@pytest.mark.parametrize("header", KEY_HEADERS.values(), ids=KEY_HEADERS)
async def test_a_token_does_not_say_with_which_key_it_is_read(office: Office, header: dict[str, Any]) -> None:
    await person(office)
    token = (await login(office)).json()["access_token"]
    claims = jwt.decode(token, options={"verify_signature": False})
    for key, expected in ((b"x" * 32, 401), (office.reach.secrets.key("tokens"), 200)):
        assert await status(office, jwt.encode(claims, key, "HS256", headers={"typ": "at+jwt", **header})) == expected


async def test_who_asks_for_what_they_may_not_is_in_the_audit_log(office: Office) -> None:
    client = await office.client(Role.ATTENDANT)
    assert (await client.get("/api/keys")).status_code == 403
    (line,) = await office.reach.audit.page(action="refused")
    assert (line.actor, line.address) == (f"user:{office.users[Role.ATTENDANT]}", "127.0.0.1")
    assert line.data == {"route": "GET /api/keys"}
    assert line.request is not None


async def test_every_refused_request_is_a_line_of_the_log(office: Office) -> None:
    attendant, nobody = await office.client(Role.ATTENDANT), await office.client()
    with structlog.testing.capture_logs() as lines:
        answers = [
            await nobody.get("/api/keys"),
            await attendant.get("/api/conversations", params={"limit": 0, "text": "Maria da Silva"}),
            await attendant.post(
                "/api/customers/1/notes", content=b"[" * 40 + b"]" * 40, headers={"Content-Type": "application/json"}
            ),
        ]
    told = [line for line in lines if line["event"] == "request"]
    assert [(line["status"], line["request"]) for line in told] == [
        (answer.status_code, answer.headers["x-request-id"]) for answer in answers
    ]
    assert [answer.status_code for answer in answers] == [401, 422, 400]
    assert {line["log_level"] for line in told} == {"info"}
    assert "Maria" not in str(lines)


async def test_writes_and_reads_of_customers_are_told_and_what_is_polled_is_not(office: Office) -> None:
    await office.store.save(shows(row("A", "oi"), title="Maria da Silva", phone="+5511911112222"))
    client = await office.client(Role.SUPERVISOR)
    with structlog.testing.capture_logs() as lines:
        answers = [
            await client.get("/api/customers/+5511911112222"),
            await client.patch("/api/conversations/1", json={"status": "closed"}),
            await client.get("/api/health"),
            await client.get("/api/sessions"),
        ]
    assert [answer.status_code for answer in answers] == [200] * 4
    told = [line for line in lines if line["event"] == "request"]
    assert [line["request"] for line in told] == [answer.headers["x-request-id"] for answer in answers]
    who = f"user:{office.users[Role.SUPERVISOR]}"
    assert [(line["log_level"], line["method"], line["route"], line["actor"]) for line in told] == [
        ("info", "GET", "/api/customers/{phone}", who),
        ("info", "PATCH", "/api/conversations/{conversation_id}", who),
        ("debug", "GET", "/api/health", who),
        ("debug", "GET", "/api/sessions", who),
    ]
    assert "11911112222" not in str(lines)
    assert "Maria" not in str(lines)


async def test_an_unforeseen_error_is_in_the_log_by_the_number_of_its_answer(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: object, **__: object) -> None:
        raise KeyError("x")

    monkeypatch.setattr("agent.storage.repositories.audit.before", broken)
    client = await office.client(LOCAL_TOKEN)
    with structlog.testing.capture_logs() as lines:
        answer = await client.get("/api/audit")
    assert answer.status_code == 500
    (line,) = [line for line in lines if line["log_level"] == "error"]
    assert line["request"] == answer.json()["request"]
    assert isinstance(line["exc_info"], KeyError)


def test_a_name_is_no_expression() -> None:
    """Lines of the log files that name an erased person are found by an expression made of the name."""
    for name, other in (("Ana (.*)", "Ana (x)"), ("a.c", "abc"), ("x|Bia", "Bia"), ("(a+)+$", "aaaa"), ("[z-a]", "z")):
        found = Traces.of([name], []).as_written
        assert found is not None
        assert found.search(f"chat {name} opened")
        assert not found.search(f"chat {other} opened")
