"""HTTP itself, over real sockets: lengths, methods, forwarded addresses, other origins, encryption."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import httpx
import pytest

from agent.api import access
from agent.api.app import create_app
from agent.api.server import listen, serve
from agent.api.shield import HEADERS
from agent.api.tls import server_context
from agent.contract.access import Role
from agent.settings import Settings
from agent.settings.schema import ApiSettings, SecuritySettings
from tests.api.certificates import make
from tests.api.conftest import LOCAL_TOKEN, Office
from tests.api.listening import serving
from tests.api.test_tls import trusting
from tests.storage.chats import row, shows

PANEL = "https://painel.example"
NEXT = b"GET /api/health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
BODY = b'{"refresh_token": "x"}'


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """As they are, but for the limit of requests: some tests walk every route."""
    security = SecuritySettings(requests_a_minute=100_000)
    return Settings(profiles_dir=tmp_path / "profiles", profile="loja", security=security)


@asynccontextmanager
async def served(office: Office) -> AsyncIterator[int]:
    """The routes, on a port of their own."""
    listener = listen("127.0.0.1", 0)
    port: int = listener.getsockname()[1]
    task = asyncio.create_task(serve(office.app, listener))
    try:
        yield port
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def said(port: int, request: bytes, address: str = "127.0.0.1") -> list[bytes]:
    """The first line of each answer, until the connection ends."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port, local_addr=(address, 0))
    writer.write(request)
    async with asyncio.timeout(20):
        answer = await reader.read()
    writer.close()
    return re.findall(rb"HTTP/1\.1 [0-9]{3} [A-Z][A-Za-z ]+", answer)


@pytest.mark.parametrize("order", [("Transfer-Encoding: chunked", "Content-Length: 90"), ("Content-Length: 90", "")])
async def test_of_two_lengths_the_chunks_count(office: Office, order: tuple[str, str]) -> None:
    """Whoever counts otherwise takes what follows for a request, or a request for what follows."""
    framing = "\r\n".join(one or "Transfer-Encoding: chunked" for one in order).encode()
    head = b"POST /api/auth/logout HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n" + framing
    async with served(office) as port:
        answers = await said(port, head + b"\r\n\r\n0\r\n\r\n" + NEXT)
    assert answers == [b"HTTP/1.1 422 Unprocessable Entity", b"HTTP/1.1 200 OK"]


@pytest.mark.parametrize(
    "framing",
    [
        b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
        b"Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
        b"Content-Length: 22\r\nContent-Length: 5\r\n\r\n" + BODY,
        b"Content-Length: +22\r\n\r\n" + BODY,
        b"Content-Length : 22\r\n\r\n" + BODY,
        b"Content-Length: 0x16\r\n\r\n" + BODY,
    ],
)
async def test_a_length_that_can_be_read_in_two_ways_ends_the_connection(office: Office, framing: bytes) -> None:
    head = b"POST /api/auth/logout HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
    async with served(office) as port:
        answers = await said(port, head + framing + NEXT)
    assert answers == [b"HTTP/1.1 400 Bad Request"]


@pytest.mark.parametrize("method", ["TRACE", "CONNECT", "HEAD", "OPTIONS", "PROPFIND", "GET\u00e9"])
async def test_a_method_that_no_route_has_does_nothing(office: Office, method: str) -> None:
    async with served(office) as port:
        request = f"{method} /api/health HTTP/1.1\r\nHost: x\r\nX-Secret: s\r\nConnection: close\r\n\r\n"
        (answer,) = await said(port, request.encode("utf-8"))
    assert answer.startswith((b"HTTP/1.1 405 ", b"HTTP/1.1 400 "))


async def test_no_file_no_list_of_files_and_no_page_of_a_library_is_served(office: Office) -> None:
    client = await office.client(LOCAL_TOKEN)
    paths = ["/", "/api", "/api/", "/api/health/", "/docs", "/redoc", "/openapi.json", "/metrics", "/debug", "/static/"]
    paths += ["/.git/config", "/.git/", "/config.yaml", "/profiles/loja/data.key", "/api/../config.yaml"]
    paths += ["/api/%2e%2e/config.yaml", "/api/health/..%2f..%2fconfig.yaml", "//evil.example/", "/api//health"]
    for path in paths:
        answer = await client.get(path)
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found"), path


@pytest.mark.parametrize(
    ("peer", "forwarded", "believed"),
    [
        ("127.0.0.2", "198.51.100.7", "127.0.0.2"),
        ("127.0.0.1", "198.51.100.7", "198.51.100.7"),
        ("127.0.0.1", "203.0.113.9, 198.51.100.7", "198.51.100.7"),
        ("127.0.0.1", "203.0.113.9, 198.51.100.7, 127.0.0.1", "198.51.100.7"),
    ],
)
async def test_only_a_proxy_on_this_machine_says_whose_address_it_is(
    office: Office, peer: str, forwarded: str, believed: str
) -> None:
    """And of a list of addresses the one that the proxy added, not those that came along."""
    form = b"username=ana&password=nenhum+gato+pula+nada"
    head = (
        f"POST /api/auth/login HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-Forwarded-For: {forwarded}\r\n"
        "X-Real-IP: 192.0.2.3\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        f"Content-Length: {len(form)}\r\n\r\n"
    )
    async with served(office) as port:
        assert await said(port, head.encode() + form, peer) == [b"HTTP/1.1 401 Unauthorized"]
    (line,) = await office.reach.audit.page(action="auth.failed")
    assert line.address == believed


async def test_browsers_are_told_to_come_encrypted_where_it_is_encrypted(office: Office, tmp_path: Path) -> None:
    certificate, key = make(tmp_path, "own")
    async with (
        serving(office, tls=server_context(certificate, key)) as there,
        httpx.AsyncClient(verify=trusting(certificate), trust_env=False) as client,
    ):
        for path in ("/api/health", "/nothing"):
            answer = await client.get(f"https://127.0.0.1:{there.doors.http_port}{path}")
            said_ = answer.headers["strict-transport-security"].replace(" ", "").split(";")
            assert int(said_[0].removeprefix("max-age=")) >= 365 * 24 * 3600
            assert "includeSubDomains" in said_
    assert "strict-transport-security" not in (await (await office.client()).get("/api/health")).headers


async def test_only_the_origins_that_are_named_may_ask_and_never_with_cookies(office: Office) -> None:
    api = ApiSettings(cors_origins=(PANEL,))
    object.__setattr__(office.reach, "settings", office.reach.settings.model_copy(update={"api": api}))
    office.app = create_app(office.reach)
    client = await office.client(LOCAL_TOKEN)
    asked = {"Access-Control-Request-Method": "DELETE", "Access-Control-Request-Headers": "authorization"}
    for origin in (PANEL, f"{PANEL}.evil.example", "https://evil.example", "http://painel.example", "null", "*"):
        before = await client.options("/api/keys/1", headers={**asked, "Origin": origin})
        answer = await client.get("/api/health", headers={"Origin": origin})
        for one in (before, answer):
            assert one.headers.get("access-control-allow-origin") == (PANEL if origin == PANEL else None), origin
            assert "access-control-allow-credentials" not in one.headers
        assert (before.status_code, answer.status_code) == (200 if origin == PANEL else 400, 200)


async def test_reading_changes_nothing_and_no_answer_leads_elsewhere_or_sets_a_cookie(office: Office) -> None:
    """GET is what a picture or a link in any page makes a browser send."""
    await office.store.save(shows(row("A", "oi"), title="Ana"))
    client = await office.client(Role.ADMIN)
    before = await office.store.last_event()
    for method, path in access.NEEDS:
        answer = await client.request(method, path.replace("{", "0").replace("}", ""))
        assert not 300 <= answer.status_code < 400, (method, path)
        assert not {"location", "set-cookie"} & set(answer.headers), (method, path)
        if method == "GET":
            assert await office.store.last_event() == before, path
        before = await office.store.last_event()


async def test_what_is_exported_is_saved_by_a_browser_and_not_shown(office: Office) -> None:
    await office.store.save(shows(row("A", "oi"), title='Ana"; filename="x.exe', phone="+5511900000012"))
    client = await office.client(Role.SUPERVISOR)
    for form, ending in (("text/html", "html"), ("text/csv", "csv"), ("application/json", "json")):
        answer = await client.post("/api/customers/1/export", headers={"Accept": form})
        assert answer.headers["content-disposition"] == f'attachment; filename="customer-1.{ending}"'
        assert answer.headers["content-type"].startswith(form)
        assert answer.headers["content-security-policy"].startswith("default-src 'none'")


async def test_what_is_no_websocket_is_told_so_with_the_same_headers(office: Office) -> None:
    async with serving(office) as there, httpx.AsyncClient(trust_env=False) as client:
        answer = await client.get(f"http://127.0.0.1:{there.doors.events_port}/ws")
        assert answer.status_code == 426
        assert answer.headers["content-type"] == "text/plain; charset=utf-8"
        assert answer.headers.items() >= {name.lower(): value for name, value in HEADERS.items()}.items()
