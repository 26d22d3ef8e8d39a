"""Asking, with real sockets: the connection goes where was checked, and nowhere else."""

import asyncio
import datetime
import socket
import ssl
import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from agent.net.addresses import Unreachable
from agent.net.client import Outside
from tests.net.receiver import Reply, Request, receiver


class Names:
    """A resolver that answers as it is told, each time anew."""

    def __init__(self, *answers: Sequence[str]) -> None:
        self.answers, self.asked = list(answers), 0

    async def __call__(self, host: str, port: int) -> Sequence[str]:
        self.asked += 1
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


def outside(look_up: Names, **options: Any) -> Outside:
    return Outside(**{"private": True, "timeout_s": 5, "look_up": look_up, **options})


def elsewhere(place: str, status: int, _request: Request) -> Reply:
    return Reply(status, headers={"Location": place})


async def test_a_redirect_is_an_answer_and_is_not_followed() -> None:
    async with receiver() as secret, receiver() as front:
        for status in (301, 302, 303, 307, 308):
            front.reply = partial(elsewhere, secret.url("/secret"), status)
            client = outside(Names(["127.0.0.1"]))
            answer = await client.ask("POST", front.url(), headers={}, body=b"{}")
            await client.close()
            assert answer.status == status
        assert len(front.requests) == 5
        assert secret.connections == 0


async def test_a_name_that_leads_inside_is_not_connected_to() -> None:
    async with receiver() as secret:
        client = outside(Names(["127.0.0.1"]), private=False)
        with pytest.raises(Unreachable, match="refused_address"):
            await client.ask("POST", secret.url(scheme="https", name="evil.example"), headers={})
        with pytest.raises(Unreachable, match="refused_address"):
            await client.ask("POST", secret.url(scheme="https"), headers={})
        assert secret.connections == 0


async def test_what_was_checked_is_what_is_connected_to(monkeypatch: pytest.MonkeyPatch) -> None:
    """The name leads elsewhere a moment later: for the system's resolver, and for ours when it is asked again."""
    async with receiver("127.0.0.2") as checked:
        server = await asyncio.start_server(lambda *_: pytest.fail("rebound"), "127.0.0.3", checked.port)
        real = socket.getaddrinfo

        def rebound(host: object, *rest: object, **options: object) -> object:
            return real("127.0.0.3" if host in ("rebind.example", b"rebind.example") else host, *rest, **options)  # type: ignore[arg-type]

        monkeypatch.setattr(socket, "getaddrinfo", rebound)
        names = Names(["127.0.0.2"], ["169.254.169.254"])
        client = outside(names)
        answer = await client.ask("GET", checked.url(name="rebind.example"), headers={})
        assert (answer.status, answer.body, answer.whole) == (200, b"ok", True)
        assert names.asked == 1
        assert checked.requests[0].headers["host"] == f"rebind.example:{checked.port}"
        with pytest.raises(Unreachable, match="refused_address"):  # Although a connection is still open.
            await client.ask("GET", checked.url(name="rebind.example"), headers={})
        assert len(checked.requests) == 1
        await client.close()
        server.close()


async def test_the_next_address_is_tried_where_nobody_listens() -> None:
    async with receiver("127.0.0.2") as there:
        client = outside(Names(["127.0.0.9", "127.0.0.2"]))
        assert (await client.ask("GET", there.url(name="two.example"), headers={})).status == 200
        with pytest.raises(Unreachable, match="connect"):
            await outside(Names(["127.0.0.9"])).ask("GET", there.url(name="one.example"), headers={})
        await client.close()


def certificate(folder: Path, *names: str) -> Path:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "test")])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(one) for one in names]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = folder / "cert.pem"
    no_password = serialization.NoEncryption()
    private = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, no_password)
    path.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return path


async def test_the_certificate_must_be_the_name_s_although_the_address_is_connected_to(tmp_path: Path) -> None:
    pem = certificate(tmp_path, "crm.example")
    serving = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    serving.load_cert_chain(pem)
    asked: list[str | None] = []
    serving.sni_callback = lambda _socket, name, _context: asked.append(name)
    trust = ssl.create_default_context(cafile=pem)
    async with receiver("127.0.0.2", serving) as there:
        client = outside(Names(["127.0.0.2"]), trust=trust)
        for _ in range(2):
            assert (await client.ask("GET", there.url(scheme="https", name="crm.example"), headers={})).status == 200
        assert there.connections == 1, "kept for the same name"
        with pytest.raises(Unreachable, match="tls"):  # The same address: another name's connection is not good for it.
            await client.ask("GET", there.url(scheme="https", name="other.example"), headers={})
        with pytest.raises(Unreachable, match="tls"):  # An authority that nobody knows.
            await outside(Names(["127.0.0.2"])).ask("GET", there.url(scheme="https", name="crm.example"), headers={})
        assert asked[:2] == ["crm.example", "other.example"]
        assert len(there.requests) == 2
        await client.close()


async def test_nothing_of_the_environment_or_of_earlier_answers_comes_along(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    async with receiver() as proxy, receiver() as there:
        for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "all_proxy"):
            monkeypatch.setenv(name, proxy.url(""))
        netrc = tmp_path / "netrc"
        netrc.write_text("machine 127.0.0.1 login ana password segredo\n", encoding="utf-8")
        monkeypatch.setenv("NETRC", str(netrc))
        there.reply = lambda _: Reply(headers={"Set-Cookie": "session=1"})
        client = outside(Names(["127.0.0.1"]))
        for _ in range(2):
            await client.ask("GET", there.url(), headers={})
        await client.close()
        assert proxy.connections == 0
        assert not {"cookie", "authorization"} & there.requests[1].headers.keys()


async def test_an_answer_has_its_limits() -> None:
    async with receiver() as there:
        there.reply = lambda _: Reply(body=b"x" * 1_000_000)
        client = outside(Names(["127.0.0.1"]), timeout_s=1)
        answer = await client.ask("GET", there.url(), headers={}, limit=1000)
        assert (answer.status, len(answer.body), answer.whole) == (200, 1000, False)
        there.reply = lambda _: Reply(headers={"Content-Length": "50"}, body=b"broken off")
        answer = await client.ask("GET", there.url(), headers={})
        assert (answer.status, answer.body, answer.whole) == (200, b"broken off", False)
        never = asyncio.Event()
        there.reply = lambda _: Reply(after=never)
        begun = time.monotonic()
        with pytest.raises(Unreachable, match="timeout"):
            await client.ask("GET", there.url(), headers={})
        assert time.monotonic() - begun < 4
        there.reply = lambda _: Reply(cut=True)
        with pytest.raises(Unreachable, match="protocol"):
            await client.ask("GET", there.url(), headers={})
        never.set()
        await client.close()
