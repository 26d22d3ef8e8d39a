"""What a request must not be: too large, too slow, too deep, or other than it says; and what every answer carries."""

import asyncio
import json
from typing import get_args

import pytest

from agent.api.limits import RateLimit
from agent.api.problem_texts import TEXTS
from agent.api.problems import Code, Language
from agent.api.server import listen, serve
from agent.api.shield import DEPTH, HEADERS
from agent.contract.access import Role
from agent.settings import Settings
from agent.settings.schema import ApiSettings
from tests.api.conftest import LOCAL_TOKEN, Office

LOGIN = "/api/auth/login"
JSON = {"Content-Type": "application/json"}


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"api": ApiSettings(body_kb=16, slow_body_s=0.3)})


async def test_every_answer_has_an_id_and_safe_headers(office: Office) -> None:
    client = await office.client()
    answers = [await client.get(path) for path in ("/api/health", "/api/audit", "/nothing", "/api/openapi.json")]
    answers.append(await client.post("/api/health"))
    assert [answer.status_code for answer in answers] == [200, 401, 404, 200, 405]
    for answer in answers:
        assert answer.headers.items() >= {name.lower(): value for name, value in HEADERS.items()}.items()
        assert "server" not in answer.headers
    assert len({answer.headers["x-request-id"] for answer in answers}) == len(answers)
    assert answers[1].json()["request"] == answers[1].headers["x-request-id"]
    assert answers[1].headers["www-authenticate"] == "Bearer"
    assert answers[4].headers["allow"] == "GET"


async def test_a_wrong_method_is_told_all_right_ones(office: Office) -> None:
    client = await office.client()
    assert (await client.put("/api/users")).headers["allow"] == "GET, POST"
    assert (await client.post("/api/openapi.json")).headers["allow"] == "GET"


async def test_errors_are_problems_in_the_language_asked_for(office: Office) -> None:
    client = await office.client()
    for wanted, title in (
        ("", "Não encontrado"),
        ("en-GB,en;q=0.9", "Not found"),
        ("fr, pt;q=0.5", "Não encontrado"),
        ("es-MX,es;q=0.9,en;q=0.5", "No encontrado"),
        ("x" * 10_000, "Não encontrado"),
    ):
        answer = await client.get("/api/nothing", headers={"Accept-Language": wanted})
        assert answer.headers["content-type"] == "application/problem+json"
        assert (answer.json()["title"], answer.json()["status"]) == (title, 404)


def test_every_refusal_has_its_words_in_every_language() -> None:
    assert TEXTS.keys() == {*get_args(Language)}
    assert [language for language, texts in TEXTS.items() if texts.keys() != {*Code}] == []


@pytest.mark.parametrize(
    ("body", "headers", "status", "code"),
    [
        (b"[" * 17_000, JSON, 413, "too_large"),
        (b"[" * (DEPTH + 1) + b"]" * (DEPTH + 1), JSON, 400, "too_deep"),
        (b'{"a":' * 3_000 + b"1" + b"}" * 3_000, JSON, 413, "too_large"),
        (b'{"a":' * 1_500 + b"1" + b"}" * 1_500, JSON, 400, "too_deep"),
        (b'"' + b"[" * 100 + b'"', JSON, None, None),
        (b'{"a": NaN}', JSON, 400, "bad_request"),
        (b'{"a": Infinity}', JSON, 400, "bad_request"),
        (b'{"a": ' + b"1" * 5_000 + b"}", JSON, 400, "bad_request"),
        (rb'{"a": "\ud800"}', JSON, 400, "bad_request"),
        (rb'{"a": [{"b": "\u0000"}]}', JSON, 400, "bad_request"),
        (rb'{"\u0000": 1}', JSON, 400, "bad_request"),
        (b'{"a": "\xff"}', JSON, 400, "bad_request"),
        (b"{", JSON, 400, "bad_request"),
        (b"username=a%00&password=b", {"Content-Type": "application/x-www-form-urlencoded"}, 400, "bad_request"),
        (b"<xml/>", {"Content-Type": "application/xml"}, 415, "media"),
        (b"{}", {}, 415, "media"),
    ],
)
async def test_a_body_is_what_it_says_and_no_more(
    office: Office, body: bytes, headers: dict[str, str], status: int | None, code: str | None
) -> None:
    answer = await (await office.client()).post("/api/health", content=body, headers=headers)
    # What passes the shield meets a route that takes no POST.
    assert (answer.status_code, answer.json()["code"]) == (status or 405, code or "method")


@pytest.mark.parametrize("path", ["/api/health%00", "/api/audit?actor=%00", "/api/audit?cursor=a%00b"])
async def test_no_nul_gets_in_by_the_address(office: Office, path: str) -> None:
    answer = await (await office.client(LOCAL_TOKEN)).get(path)
    assert (answer.status_code, answer.json()["code"]) == (400, "bad_request")


@pytest.mark.parametrize(
    "value", ["1\r\nSet-Cookie: a=b", "pt\r\nX-Evil: 1", "\x7f", "../../etc/passwd", "' OR 1=1 --", "<script>"]
)
async def test_what_is_sent_in_a_header_comes_back_in_none(office: Office, value: str) -> None:
    with listen("127.0.0.1", 0) as listener:
        port = listener.getsockname()[1]
        serving = asyncio.create_task(serve(office.app, listener))
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        names = ("Accept-Language", "Idempotency-Key", "X-Request-Id")
        sent = "".join(f"{name}: {value}\r\n" for name in names)
        writer.write(f"GET /api/nothing HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{sent}\r\n".encode())
        answer = (await asyncio.wait_for(reader.read(), 5)).decode()
        writer.close()
        serving.cancel()
        await asyncio.gather(serving, return_exceptions=True)
    head = answer.partition("\r\n\r\n")[0].lower()
    assert "set-cookie" not in head
    assert "x-evil" not in head
    assert "<script>" not in answer


async def test_a_body_that_drips_is_given_up(office: Office) -> None:
    with listen("127.0.0.1", 0) as listener:
        port = listener.getsockname()[1]
        serving = asyncio.create_task(serve(office.app, listener))
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        head = f"POST {LOGIN} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n"
        writer.write(head.encode() + b"{")
        answer = (await asyncio.wait_for(reader.read(), 5)).decode()
        writer.close()
        serving.cancel()
        await asyncio.gather(serving, return_exceptions=True)
    assert answer.startswith("HTTP/1.1 408 ")
    assert json.loads(answer.partition("\r\n\r\n")[2])["code"] == "too_slow"


async def test_a_body_without_end_is_cut_off(office: Office) -> None:
    async def endless():
        while True:
            yield b" " * 4096

    answer = await (await office.client()).post(LOGIN, content=endless(), headers=JSON)
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")


async def test_too_many_requests_are_told_when_to_come_again(office: Office) -> None:
    office.app.state.limit = RateLimit(10)
    client = await office.client(Role.ATTENDANT)
    codes = [(await client.get("/api/health")).status_code for _ in range(12)]
    assert codes == [200] * 10 + [429] * 2
    answer = await client.get("/api/health")
    assert 1 <= int(answer.headers["retry-after"]) <= 60
    elsewhere = await office.client(Role.SUPERVISOR, address="10.1.2.3")
    assert (await elsewhere.get("/api/health")).status_code == 200
    # The same user from another address is the same user.
    moved = await office.client(Role.ATTENDANT, address="10.1.2.4")
    assert (await moved.get("/api/health")).status_code == 429


async def test_pages_of_other_origins_may_not_ask_unless_they_are_named(office: Office, settings: Settings) -> None:
    client = await office.client(LOCAL_TOKEN)
    asked = {"Origin": "https://evil.example", "Access-Control-Request-Method": "GET"}
    assert "access-control-allow-origin" not in (await client.get("/api/health", headers=asked)).headers
    assert (await client.options("/api/audit", headers=asked)).status_code == 405


async def test_an_unforeseen_error_tells_nothing_and_still_has_the_headers(
    office: Office, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def broken(*_: object, **__: object) -> None:
        raise KeyError("Maria da Silva")

    monkeypatch.setattr("agent.storage.repositories.audit.before", broken)
    answer = await (await office.client(LOCAL_TOKEN)).get("/api/audit")
    assert (answer.status_code, answer.json()["code"]) == (500, "unexpected")
    assert "Maria" not in answer.text
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["x-request-id"] == answer.json()["request"]
