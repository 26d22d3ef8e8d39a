"""Live events over real sockets: who may listen, what they hear, and how a connection ends."""

import asyncio
import json
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
import structlog
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.typing import Origin, Subprotocol

from agent.api.access import ATTENDANT
from agent.api.tokens import KEY_PREFIX, AccessTokens, Claims, digest_of
from agent.contract.access import Scope
from agent.storage.opening import open_store
from tests.api.conftest import LOCAL_TOKEN, Office
from tests.api.listening import Served, ending, events, said, serving
from tests.patience import PATIENCE_S
from tests.structure.sources import ROOT

NOBODY = (4401, "not_signed_in")
KEY = f"{KEY_PREFIX}{'k' * 40}"


async def key(office: Office, *scopes: Scope) -> int:
    """An API key, which is ``KEY``."""
    added = await office.store.api_keys.add(
        "crm", frozenset(scopes), "test", hint="k", digest=digest_of(KEY), days=None
    )
    return added.id


async def test_events_arrive_as_they_are_appended_at_both_addresses(office: Office) -> None:
    async with serving(office) as served:
        for before, url in ((0, served.url), (2, served.beside)):
            async with served.client(url=url) as client:
                assert await said(client) == {"kind": "hello", "last": before}
                await served.append(2)
                got = await events(client, 2)
                assert [one["number"] for one in got] == [before + 1, before + 2]
                assert (got[0]["kind"], got[0]["data"]) == ("test.happened", {"n": 0})


async def test_a_token_may_come_in_a_header_a_subprotocol_or_the_first_message(office: Office) -> None:
    await key(office, Scope.EVENTS_READ)
    async with serving(office) as served:
        tokens = (await office.token(ATTENDANT), LOCAL_TOKEN, KEY)
        await served.append(2)
        last = await served.store.last_event()
        for token in tokens:
            async with served.client(last - 2, token=token) as client:
                assert [one["number"] for one in await events(client, 2)] == [last - 1, last]
            offered = [Subprotocol("balcao.events"), Subprotocol(f"bearer.{token}")]
            async with served.client(last - 1, token=None, subprotocols=offered) as client:
                assert client.subprotocol == "balcao.events"
                assert [one["number"] for one in await events(client, 1)] == [last]
            async with served.client(token=None) as client:
                await client.send(json.dumps({"token": token, "after": last - 1}))
                assert [one["number"] for one in await events(client, 1)] == [last]
        async with served.client(token=None, headers={"X-API-Key": KEY}) as client:
            assert (await said(client))["kind"] == "hello"


async def test_whoever_shows_nothing_good_hears_nothing(office: Office) -> None:
    mine, claims = AccessTokens(office.reach.secrets.key("tokens")), Claims(1, "test-1")
    good = await office.token(ATTENDANT)
    wrong = {
        "of another key": AccessTokens(b"x" * 32).issue(claims, office.clock(), 15),
        "expired": mine.issue(claims, office.clock() - timedelta(minutes=16), 15),
        "of a family that was revoked": mine.issue(Claims(1, "another"), office.clock(), 15),
        "changed": good[:-4] + "AAAA",
        "an unknown key": f"{KEY_PREFIX}{'x' * 40}",
        "empty": " ",
        "nonsense": "x",
    }
    async with serving(office) as served:
        await served.append(5)
        with structlog.testing.capture_logs() as lines:
            for token in wrong.values():
                async with served.client(0, token=token) as client:
                    with pytest.raises(Exception, match="4401"):
                        await client.recv()
                async with served.client(token=None) as client:
                    await client.send(json.dumps({"token": token, "after": 0}))
                    assert await ending(client) == NOBODY
        assert [line.get("reason") for line in lines].count("not_signed_in") == 2 * len(wrong)
        async with served.client(token=None) as client:
            await client.send("{}")
            assert await ending(client) == NOBODY
        async with served.client(token=None, headers={"Authorization": f"Basic {good}"}) as client:
            assert await ending(client) == NOBODY
        assert served.socket.listeners == 0


async def test_who_says_nothing_is_sent_away_soon(office: Office) -> None:
    async with serving(office, token_s=0.2) as served, served.client(token=None) as client:
        assert await ending(client) == (4408, "too_late")


async def test_a_key_needs_the_scope(office: Office) -> None:
    await key(office, Scope.MESSAGES_READ)
    async with serving(office) as served, served.client(token=KEY) as client:
        assert await ending(client) == (4403, "forbidden")
    (line,) = await office.reach.audit.page(limit=5)
    assert (line.actor, line.action, line.data) == ("key:1", "refused", {"route": "WEBSOCKET /ws"})


async def test_a_token_in_the_address_is_refused(office: Office) -> None:
    async with serving(office) as served:
        async with served.client(token=None, url=f"{served.url}?token={LOCAL_TOKEN}") as client:
            assert await ending(client) == (4400, "token_in_address")
        for wrong in ("after=-1", "after=x", "after=99999999999999999999", "before=1"):
            async with served.client(url=f"{served.url}?{wrong}") as client:
                assert await ending(client) == (4400, "bad_request")


async def test_a_number_that_does_not_exist_yet_is_refused(office: Office) -> None:
    """After a backup was restored, a listener that went on behind its own number would miss what comes in between."""
    async with serving(office) as served:
        await served.append(2)
        # The stream reads them a moment later, and whoever comes before that hears them, too.
        async with asyncio.timeout(PATIENCE_S):
            while served.stream.last < 2:
                await asyncio.sleep(0.01)
        async with served.client() as client:
            await said(client)
            await served.append()
            assert len(await events(client, 1)) == 1
        async with served.client(4) as client:
            assert await ending(client) == (4416, "ahead")


@pytest.mark.parametrize("beside", [False, True])
async def test_a_foreign_page_is_not_let_in(office: Office, beside: bool) -> None:
    async with serving(office) as served:
        url = served.beside if beside else served.url
        port = (served.doors.http_port if beside else served.doors.events_port) or 0
        foreign = [
            "https://evil.example",
            "null",
            f"http://evil.example:{port}",
            f"https://127.0.0.1:{port}",
            f"http://127.0.0.1:{port + 1}",
            f"http://127.0.0.1:{port}.evil.example",
        ]
        with structlog.testing.capture_logs() as lines:
            for origin in foreign:
                with pytest.raises(InvalidStatus) as refused:
                    await served.client(url=url, origin=Origin(origin))
                assert refused.value.response.status_code == 403
        assert [line["event"] for line in lines].count("a page of another origin asked for the events") == len(foreign)
        own = [f"http://127.0.0.1:{port}", f"http://localhost:{port}"]
        for origin in own:
            async with served.client(url=url, origin=Origin(origin)) as client:
                assert (await said(client))["kind"] == "hello"


async def test_a_page_whose_name_was_made_to_point_here_is_foreign(office: Office) -> None:
    """DNS rebinding: to the browser, page and server are of one origin, and the request's Host says so."""
    async with serving(office) as served:
        port = served.doors.events_port
        with pytest.raises(InvalidStatus) as refused:
            await served.client(
                url=f"ws://evil.example:{port}/ws", origin=Origin(f"http://evil.example:{port}"), host="127.0.0.1"
            )
        assert refused.value.response.status_code == 403


async def test_a_page_of_an_allowed_origin_is_let_in(office: Office) -> None:
    allowed = office.reach.settings.api.model_copy(update={"cors_origins": ("https://painel.example",)})
    async with serving(office, api=allowed) as served:
        async with served.client(origin=Origin("https://painel.example")) as client:
            assert (await said(client))["kind"] == "hello"
        with pytest.raises(InvalidStatus):
            await served.client(origin=Origin("https://painel.example.evil"))


async def test_another_path_and_plain_http_are_refused(office: Office) -> None:
    async with serving(office) as served:
        with pytest.raises(InvalidStatus) as refused:
            await served.client(url=served.url.replace("/ws", "/api/health"))
        assert refused.value.response.status_code == 403
        reader, writer = await asyncio.open_connection("127.0.0.1", served.doors.events_port)
        writer.write(b"GET /ws HTTP/1.1\r\nHost: x\r\n\r\n")
        answer = await reader.read()
        writer.close()
        assert answer.startswith(b"HTTP/1.1 426")
        assert b"server:" not in answer.lower()


async def test_an_expired_token_ends_the_connection_unless_a_newer_one_came(office: Office) -> None:
    async with serving(office, heartbeat_s=0.1) as served:
        token = await office.token(ATTENDANT)
        async with served.client(token=token) as client, served.client(token=token) as renewing:
            assert (await said(client))["kind"] == "hello"
            office.clock.at += timedelta(minutes=10)
            await renewing.send(json.dumps({"token": await office.token(ATTENDANT)}))
            office.clock.at += timedelta(minutes=6)
            assert await ending(client) == NOBODY
            await served.append()
            assert len(await events(renewing, 1)) == 1


async def test_a_newer_token_must_be_of_the_same_person(office: Office) -> None:
    async with serving(office) as served, served.client(token=await office.token(ATTENDANT)) as client:
        await client.send(json.dumps({"token": LOCAL_TOKEN}))
        assert await ending(client) == (4403, "forbidden")


async def test_a_revoked_key_and_a_disabled_user_hear_no_more(office: Office) -> None:
    number = await key(office, Scope.EVENTS_READ)
    async with serving(office, heartbeat_s=0.1) as served:
        token = await office.token(ATTENDANT)
        async with served.client(token=KEY) as one, served.client(token=token) as two:
            assert (await said(one))["kind"] == (await said(two))["kind"] == "hello"
            await office.store.api_keys.revoke(number)
            assert await ending(one) == NOBODY
            await office.store.accounts.change(office.users[ATTENDANT], disabled=True)
            assert await ending(two) == NOBODY


async def test_a_quiet_line_has_heartbeats(office: Office) -> None:
    async with serving(office, heartbeat_s=0.1) as served, served.client() as client:
        await said(client)
        assert [await said(client) for _ in range(2)] == [{"kind": "heartbeat", "last": served.stream.last}] * 2


async def test_who_says_too_much_is_sent_away(office: Office) -> None:
    async with serving(office) as served:
        async with served.client(token=None) as client:
            await client.send(json.dumps({"token": "x" * 10_000}))
            assert (await ending(client))[0] == 1009
        async with served.client() as client:
            for _ in range(11):
                await client.send(json.dumps({"token": LOCAL_TOKEN}))
            assert await ending(client) == (1008, "too_much")
        async with served.client() as client:
            for number in range(2_000):
                await client.ping(b"%060d" % number)
            assert await ending(client) == (1008, "too_much")
        for wrong in ("x", "[]", '{"token": 1}', '{"send": "hello"}', '{"after": 1}', '{"token": "\\ud800"}'):
            async with served.client() as client:
                await client.send(wrong)
                assert await ending(client) == (4400, "bad_request")


async def test_events_of_another_process_arrive(office: Office) -> None:
    async with serving(office) as served, served.client() as client:
        await said(client)
        other = await open_store(office.reach.settings.profile_dir / "data.db", "0" * 64)
        await other.announce("test.elsewhere", {"n": 1})
        await other.close()
        assert [one["kind"] for one in await events(client, 1)] == ["test.elsewhere"]


async def test_a_slow_client_is_dropped_with_a_reason_and_resumes_without_loss(office: Office) -> None:
    async with serving(office, slow_s=0.3) as served:
        await served.append(1)
        # One frame at a time is taken from the socket, and only when it is asked for.
        async with served.client(0, max_queue=1) as client:
            hello = await said(client)
            got = [one["number"] for one in await events(client, 1)]
            count = 0
            while served.socket.listeners and count < 400:
                await served.append(200)
                count += 1
            assert served.socket.listeners == 0
            with suppress(ConnectionClosed):
                while True:
                    got += [one["number"] for one in (await said(client))["events"]]
            assert (client.close_code, client.close_reason) == (4409, "too_slow")
        assert hello["last"] in (0, 1)  # What was just stored may be on its way.
        last = served.stream.last
        async with served.client(got[-1]) as client:
            await said(client)
            got += [one["number"] for one in await events(client, last - got[-1])]
        assert got == list(range(1, last + 1))


async def test_listeners_are_told_that_the_agent_stops(office: Office) -> None:
    async with serving(office) as served:
        client = await served.client()
        await said(client)
        begun = asyncio.get_running_loop().time()
    assert await ending(client) == (1012, "stopping")
    assert asyncio.get_running_loop().time() - begun < 1.5, "listeners must not hold up the end"


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(plan=st.lists(st.tuples(st.integers(0, 80), st.integers(0, 60), st.booleans()), min_size=1, max_size=8))
async def test_whoever_breaks_off_at_random_has_every_event_once_and_in_order(
    office: Office, plan: list[tuple[int, int, bool]]
) -> None:
    async with serving(office) as served:
        start = served.stream.last
        got: list[int] = []
        for appended, taken, politely in plan:
            await served.append(appended)
            await _some(served, start, got, taken, politely)
        await served.append()
        await _some(served, start, got, served.stream.last, True)
        while len(got) < (last := await served.store.last_event()) - start:
            await _some(served, start, got, last - start - len(got), True)
        assert got == list(range(start + 1, last + 1))


async def _some(served: Served, start: int, got: list[int], count: int, politely: bool) -> None:
    """Go on behind what is known, take some, and break off."""
    async with served.client(got[-1] if got else start) as client:
        await said(client)
        there = await served.store.last_event() - (got[-1] if got else start)
        taken = await events(client, min(count, there))
        got += [one["number"] for one in taken]
        if not politely:
            client.transport.abort()


async def test_the_example_of_the_document_hears_everything_through_a_break(office: Office) -> None:
    source = (ROOT / "docs" / "events.md").read_text("utf-8").partition("```python\n")[2].partition("```")[0]
    example: dict[str, Any] = {}
    exec(compile(source, "docs/events.md", "exec"), example)  # noqa: S102 (our own document)

    async with serving(office) as served:
        heard = example["listen"](served.url, LOCAL_TOKEN)
        first = asyncio.ensure_future(asyncio.to_thread(next, heard))
        await _listening(served)
        await served.append(3)
        numbers = [(await first)["number"]]
        for line in tuple(served.socket._lines):
            line.transport.abort()
        await served.append(2)
        numbers += [(await asyncio.to_thread(next, heard))["number"] for _ in range(4)]
        assert numbers == [1, 2, 3, 4, 5]
        heard.close()

        refused = example["listen"](served.url, "nobody's")
        with pytest.raises(ConnectionClosed, match="4401"):
            await asyncio.to_thread(next, refused)


async def _listening(served: Served) -> None:
    async with asyncio.timeout(10):
        while not served.socket.listeners:
            await asyncio.sleep(0.01)
