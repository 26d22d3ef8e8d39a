"""HTTPS and secure WebSockets with a certificate, and never anything readable on a network without one."""

import ssl
from pathlib import Path

import httpx
import pytest

from agent.api.server import is_loopback
from agent.api.site import address
from agent.api.tls import check_address, server_context
from agent.errors import BadSettings
from agent.settings import Settings
from agent.settings.schema import ApiSettings
from tests.api.certificates import make
from tests.api.conftest import Office
from tests.api.listening import events, said, serving


def trusting(certificate: Path) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=str(certificate))


async def test_both_ports_speak_tls_and_nothing_else(office: Office, tmp_path: Path) -> None:
    certificate, key = make(tmp_path, "own")
    trusts = trusting(certificate)
    async with serving(office, tls=server_context(certificate, key)) as served:
        async with httpx.AsyncClient(verify=trusts, trust_env=False) as client:
            answer = await client.get(f"https://127.0.0.1:{served.doors.http_port}/api/health")
        assert answer.status_code == 200
        assert "server" not in answer.headers
        for url in (served.url, served.beside):
            async with served.client(url=url, ssl=trusts) as listener:
                await said(listener)
                await served.append()
                assert len(await events(listener, 1)) == 1
        async with httpx.AsyncClient(trust_env=False) as client:
            with pytest.raises(httpx.TransportError):
                await client.get(f"http://127.0.0.1:{served.doors.http_port}/api/health")


async def test_older_versions_and_weak_ciphers_are_refused(office: Office, tmp_path: Path) -> None:
    certificate, key = make(tmp_path, "own")
    tls = server_context(certificate, key)
    assert tls is not None
    assert tls.minimum_version is ssl.TLSVersion.TLSv1_2, "whatever the ciphers would allow"
    async with serving(office, tls=tls) as served:
        url = f"https://127.0.0.1:{served.doors.http_port}/api/health"
        for weakened in ("version", "ciphers", None):
            trusts = trusting(certificate)
            if weakened == "version":
                trusts.minimum_version, trusts.maximum_version = ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1
                trusts.set_ciphers("ALL:@SECLEVEL=0")
            elif weakened == "ciphers":
                trusts.maximum_version = ssl.TLSVersion.TLSv1_2
                trusts.set_ciphers("ECDHE+AES+SHA256:ECDHE+AES+SHA384:!AESGCM")
            else:
                trusts.maximum_version = ssl.TLSVersion.TLSv1_2
            async with httpx.AsyncClient(verify=trusts, trust_env=False) as client:
                if weakened is None:
                    assert (await client.get(url)).status_code == 200
                else:
                    with pytest.raises(httpx.ConnectError):
                        await client.get(url)


def test_neither_file_is_no_tls() -> None:
    assert server_context(None, None) is None


def test_files_that_cannot_be_used_are_said(tmp_path: Path) -> None:
    certificate, key = make(tmp_path, "own")
    _, other = make(tmp_path, "other")
    _, locked = make(tmp_path, "locked", b"secret")
    nonsense = tmp_path / "nonsense.key"
    nonsense.touch(0o600)
    nonsense.write_text("nothing")
    for given, what in {
        (certificate, None): "Only one of api.tls_certificate and api.tls_key",
        (None, key): "Only one of api.tls_certificate and api.tls_key",
        (tmp_path / "none.pem", key): r"none\.pem \(api\.tls_certificate\) cannot be read",
        (certificate, tmp_path / "none.key"): r"none\.key \(api\.tls_key\) cannot be read",
        (tmp_path, key): "cannot be read",
        (certificate, other): "does not belong to the certificate",
        (certificate, locked): "cannot be used as certificate and key",
        (certificate, nonsense): "cannot be used as certificate and key",
        (nonsense, key): "cannot be used as certificate and key",
    }.items():
        with pytest.raises(BadSettings, match=what):
            server_context(*given)


@pytest.mark.parametrize("mode", [0o644, 0o604, 0o660, 0o620, 0o602])
def test_a_key_that_others_can_read_or_change_is_refused(tmp_path: Path, mode: int) -> None:
    certificate, key = make(tmp_path, "own")
    key.chmod(mode)
    with pytest.raises(BadSettings, match=f"by others on this machine.*chmod 600 {key}"):
        server_context(certificate, key)
    key.chmod(0o640)
    assert server_context(certificate, key) is not None, "a group may be given the right to read it"


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.0.10", "203.0.113.7", "painel.example.invalid"])  # noqa: S104
def test_a_network_is_not_served_without_a_certificate(host: str, tmp_path: Path) -> None:
    assert not is_loopback(host)
    with pytest.raises(BadSettings, match=r"without a certificate.*tls_certificate.*127\.0\.0\.1.*proxy"):
        address(Settings(api=ApiSettings(host=host)))
    check_address(host, server_context(*make(tmp_path, "own")))


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.5", "::1", "localhost"])
def test_this_machine_is_served_without_one(host: str) -> None:
    assert is_loopback(host)
    found = address(Settings(api=ApiSettings(host=host)))
    assert found is not None
    assert (found.port, found.events_port, found.tls) == (8080, 8081, None)


def test_what_is_switched_off_takes_no_port() -> None:
    assert address(Settings(api=ApiSettings(enabled=False))) is None
