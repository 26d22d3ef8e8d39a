"""Drafts by a server: llama.cpp's own OpenAI-compatible one, with the smallest model."""

import asyncio
import socket
import threading
import time
from contextlib import contextmanager

import pytest

from agent.analysis.drafting.drafts import Drafter
from agent.analysis.drafting.prompt import Briefing
from agent.analysis.drafting.server import ServerOptions, ServerWriter, check_address
from agent.analysis.drafting.writer import DraftOptions, WriterFailed
from agent.errors import BadInput
from tests.analysis.conftest import turn

BRIEFING = Briefing(
    base="You work in a pizza shop.",
    later="",
    examples=(("hi", "Hello, how can I help?"),),
    public=("The large pizza is R$ 48.",),
    private=(),
)
OPTIONS = DraftOptions(max_tokens=24, temperature=0)
SAID = [turn(1, "hello, how are you today?")]


@pytest.fixture(scope="module")
def app(smallest):
    pytest.importorskip("llama_cpp.server.app", reason="llama-cpp-python's server needs the packages of the dev group")
    from llama_cpp.server.app import create_app
    from llama_cpp.server.settings import ModelSettings, ServerSettings

    small = ModelSettings(model=str(smallest), model_alias="small", n_ctx=1024, n_threads=1, verbose=False)
    return create_app(server_settings=ServerSettings(api_key="secret"), model_settings=[small])


@contextmanager
def serving(app, port=0):
    import uvicorn

    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    try:
        yield server.servers[0].sockets[0].getsockname()[1]
    finally:
        server.should_exit = True
        thread.join(20)


def writer(port, key_env=None):
    return ServerWriter(ServerOptions(f"http://127.0.0.1:{port}/v1", "small", key_env), OPTIONS, BRIEFING)


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


@pytest.mark.parametrize(
    "url", ["https://api.example.com/v1", "http://192.168.1.5:8000/v1", "http://localhost.evil.example"]
)
def test_nothing_leaves_this_machine_unless_it_was_set_by_hand(url):
    with pytest.raises(BadInput, match="another machine"):
        check_address(url, remote=False)
    check_address(url, remote=True)


@pytest.mark.parametrize("url", ["http://127.0.0.1:8000/v1", "http://localhost:11434/v1", "http://[::1]:80"])
def test_this_machine_may_be_asked(url):
    check_address(url, remote=False)


def test_a_key_that_is_not_set_is_said(monkeypatch):
    monkeypatch.delenv("NO_SUCH_KEY", raising=False)
    with pytest.raises(BadInput, match="NO_SUCH_KEY"):
        writer(1, "NO_SUCH_KEY")


def test_a_proxy_of_the_environment_is_not_told_what_customers_write(monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    one = writer(free_port())
    assert not one._client.trust_env
    one.close()


@pytest.mark.model
def test_a_real_server_streams_stops_and_wants_its_key(app, monkeypatch):
    monkeypatch.setenv("DRAFT_KEY", "secret")
    with serving(app) as port:
        one = writer(port, "DRAFT_KEY")
        one.open(lambda: False)
        one.read(SAID, lambda: False)
        parts = list(one.write(SAID, (), lambda: False))
        assert parts[-1][1] in ("finished", "limit")
        assert len("".join(text for text, _ in parts)) > 5
        assert [ended for _, ended in one.write(SAID, (), lambda: True)] == ["stopped"]
        one.close()
        stranger = writer(port)
        with pytest.raises(WriterFailed, match="does not accept the key") as failed:
            stranger.open(lambda: False)
        assert failed.value.retry_s
        stranger.close()


@pytest.mark.model
async def test_a_server_that_is_away_is_said_and_used_when_it_is_back(app, monkeypatch):
    monkeypatch.setenv("DRAFT_KEY", "secret")
    monkeypatch.setattr("agent.analysis.drafting.server.RETRY_S", 0.2)
    port = free_port()
    drafter = Drafter(writer(port, "DRAFT_KEY"), BRIEFING)
    drafter.start()
    try:
        await until(lambda: drafter.state == "failed")
        assert "cannot be reached" in drafter.reason
        assert [text async for text in drafter.draft(SAID)] == []
        drafter.prefetch(SAID)
        with serving(app, port):
            await until(lambda: drafter.state == "ready")
            assert drafter.reason is None
            async for _ in drafter.draft(SAID):
                pass
            assert len(drafter.first_token_ms) == 1
        async for _ in drafter.draft(SAID):
            pass
        await until(lambda: drafter.state == "failed")
    finally:
        await drafter.close()


async def until(true, seconds=60):
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end
        await asyncio.sleep(0.05)
