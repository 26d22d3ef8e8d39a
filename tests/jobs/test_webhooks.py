"""Webhooks from a real store to a real receiver; only the clock is the test's own."""

import asyncio
import sys
from collections import defaultdict
from datetime import timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import delete

from agent.contract.webhooks import DeliveryState
from agent.jobs.webhooks import LONGEST_S, Webhooks, pause_after, retry_after
from agent.net.client import Outside
from agent.net.signing import new_secret, signature
from agent.storage.opening import open_store
from agent.storage.store import SqlStore
from agent.storage.tables import EventLine
from tests.clock import NOON, Clock
from tests.jobs.conftest import added, numbers, states, webhooks, writes
from tests.net.receiver import Receiver, Reply, Request, receiver

KEY = "ab" * 32
ROOT = Path(__file__).parents[2]


async def test_an_event_is_told_with_ids_and_never_with_words(store: SqlStore, there: Receiver, clock: Clock) -> None:
    await writes(store, "Ana Beatriz", "antes")
    webhook = await added(store, there)
    await writes(store, "Ana Beatriz", "segredo")
    assert await webhooks(clock).turn(store) == 1
    (request,) = there.requests
    (event,) = [one for one in await store.events_after(0) if one.kind == "message.captured"][1:]
    (person,) = await store.people.find("Ana Beatriz")
    body = request.json
    assert body == {
        "id": request.headers["balcao-id"],
        "webhook": webhook.id,
        "number": event.number,
        "kind": "message.captured",
        "at": "2026-11-22T12:00:00Z",
        "conversation": event.conversation_id,
        "message": event.message_id,
        "customer": person.id,
        "data": event.data,
    }
    assert b"segredo" not in request.body
    assert b"Ana" not in request.body
    stamp = request.headers["balcao-timestamp"]
    assert stamp == str(int(NOON.timestamp()))
    expected = signature("whsec_test", body["id"], stamp, request.body)
    assert request.headers["balcao-signature"] == expected
    assert signature("whsec_test", body["id"], "1", request.body) != expected
    assert await states(store, webhook) == [("delivered", 1, None)]
    assert await webhooks(clock).turn(store) == 0


async def test_down_for_an_hour_then_everything_once_and_in_order(
    store: SqlStore, there: Receiver, clock: Clock
) -> None:
    webhook = await added(store, there)
    heard: dict[str, Request] = {}
    order: defaultdict[int, list[int]] = defaultdict(list)
    again = 0
    back_at = NOON + timedelta(hours=1)

    def answer(request: Request) -> Reply:
        nonlocal again
        if clock() < back_at:
            kind = len(there.requests) % 3
            return Reply(cut=True) if kind == 0 else Reply(503) if kind == 1 else Reply(500)
        body = request.json
        again += body["id"] in heard
        heard[body["id"]] = request
        order[body["customer"]].append(body["number"])
        return Reply(204, b"")

    there.reply = answer
    sender, names = webhooks(clock, chance=0.9), [f"Cliente {n}" for n in range(8)]
    written = 0
    while clock() < back_at + timedelta(hours=2):
        if clock() < back_at and written < 60:
            await writes(store, names[written % 7 if written % 5 else 7], str(written))
            written += 1
        await sender.turn(store)
        clock.passes(minutes=1)
    events = [one.number for one in await store.events_after(0, 1000) if one.kind == "message.captured"]
    assert written == 60
    assert sorted(request.json["number"] for request in heard.values()) == events
    assert again == 0
    assert len(order) == 8
    assert all(numbers == sorted(numbers) for numbers in order.values())
    assert {state for state, *_ in await states(store, webhook)} == {"delivered"}


async def test_one_customer_waits_for_their_own_events_and_for_no_others(
    store: SqlStore, there: Receiver, clock: Clock
) -> None:
    await added(store, there)
    await writes(store, "Ana", "1", "2", "3")
    await writes(store, "Bia", "1", "2")
    first = (await store.events_after(0))[1].number
    customers = {name: (await store.people.find(name))[0].id for name in ("Ana", "Bia")}

    def of(there: Receiver, name: str) -> list[int]:
        return numbers([one for one in there.requests if one.json["customer"] == customers[name]])

    there.reply = lambda request: Reply(500 if request.json["number"] == first else 200)
    sender = webhooks(clock)
    await sender.turn(store)
    assert of(there, "Ana") == [first], "what comes after an event that was not taken waits"
    assert of(there, "Bia") == [first + 3, first + 4]
    there.reply = lambda _: Reply()
    clock.passes(seconds=3)
    await sender.turn(store)
    assert of(there, "Ana") == [first, first, first + 1, first + 2]


async def test_customers_go_side_by_side_within_a_bound(store: SqlStore, there: Receiver, clock: Clock) -> None:
    await added(store, there)
    for name in "ABCDEFGH":
        await writes(store, name, "1", "2")
    gate = asyncio.Event()
    there.reply = lambda _: Reply(after=gate)
    turn = asyncio.create_task(webhooks(clock).turn(store))
    async with asyncio.timeout(10):
        while there.open_now < 4:
            await asyncio.sleep(0.01)
    gate.set()
    assert await turn == 16
    assert there.most_at_once == 4


async def test_a_slow_receiver_does_not_hold_up_another(store: SqlStore, there: Receiver, clock: Clock) -> None:
    never = asyncio.Event()
    there.reply = lambda _: Reply(after=never)
    async with receiver() as quick:
        await added(store, there)
        await added(store, quick)
        running = asyncio.create_task(webhooks(clock).run(store))
        await writes(store, "Ana", "1")
        async with asyncio.timeout(10):
            while not there.requests:
                await asyncio.sleep(0.01)
            await writes(store, "Ana", "2", "3")
            while len(quick.requests) < 3:
                await asyncio.sleep(0.01)
        assert len(there.requests) == 1
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        never.set()


async def test_attempts_end_in_a_dead_letter_that_can_be_started_again(
    store: SqlStore, there: Receiver, clock: Clock
) -> None:
    webhook = await added(store, there)
    await writes(store, "Ana", "1", "2")
    there.reply = lambda request: Reply(302, headers={"Location": there.url("/other")})
    sender = webhooks(clock, attempts=3, chance=0.0)
    for pause in (0, 1, 2):  # Half of 2 s, then half of 4 s.
        clock.passes(seconds=pause)
        await sender.turn(store)
    assert len(there.requests) == 4, "three of the first, and then the second has its turn"
    assert {request.path for request in there.requests} == {"/hook"}
    assert await states(store, webhook) == [("dead", 3, "redirect"), ("waiting", 1, "redirect")]
    (dead,) = await store.webhooks.deliveries(webhook.id, DeliveryState.DEAD)
    assert (await store.webhooks.get(webhook.id)).dead == 1  # type: ignore[union-attr]
    assert "webhook.dead" in [one.kind for one in await store.events_after(0)]
    there.reply = lambda _: Reply()
    assert await store.webhooks.retry(dead.id)
    clock.passes(seconds=60)
    await sender.turn(store)
    assert [state for state, *_ in await states(store, webhook)] == ["delivered", "delivered"]
    assert there.requests[4].headers["balcao-id"] == dead.balcao_id == there.requests[0].headers["balcao-id"]
    assert await store.webhooks.retry(dead.id) is False
    assert await store.webhooks.retry(99) is None


@given(st.integers(1, 100), st.floats(0, 1, exclude_max=True))
def test_pauses_grow_and_are_never_in_step(attempts: int, chance: float) -> None:
    pause = pause_after(attempts, chance).total_seconds()
    longest = min(LONGEST_S, 2.0 * 2 ** (attempts - 1))
    assert longest / 2 <= pause <= longest
    assert pause_after(attempts, 0.25) < pause_after(attempts, 0.75)


def test_twenty_attempts_last_more_than_an_hour_with_the_worst_luck() -> None:
    assert sum((pause_after(n, 0.0) for n in range(1, 20)), timedelta()) > timedelta(hours=4)


async def test_a_receiver_may_say_when_to_come_back(store: SqlStore, there: Receiver, clock: Clock) -> None:
    await added(store, there)
    await writes(store, "Ana", "1")
    there.reply = lambda _: Reply(429, headers={"Retry-After": "120"})
    sender = webhooks(clock)
    assert await sender.turn(store) == 1
    await writes(store, "Bia", "1")
    clock.passes(seconds=119)
    assert await sender.turn(store) == 0, "it holds for everybody's events"
    there.reply = lambda _: Reply()
    clock.passes(seconds=1)
    assert await sender.turn(store) == 2


def test_both_forms_of_retry_after() -> None:
    at = NOON + timedelta(minutes=5)
    assert retry_after({"retry-after": format_datetime(at, usegmt=True)}, NOON) == timedelta(minutes=5)
    assert retry_after({"retry-after": format_datetime(NOON - timedelta(1), usegmt=True)}, NOON) == timedelta()
    assert retry_after({"retry-after": "999999999999"}, NOON) == timedelta(days=1)
    for odd in ("", "soon", "-5", "1e9", "²", "Wed, 99 Foo 2026"):
        assert retry_after({"retry-after": odd}, NOON) is None


async def test_gone_switches_it_off_until_a_person_switches_it_on(
    store: SqlStore, there: Receiver, clock: Clock
) -> None:
    webhook = await added(store, there)
    await writes(store, "Ana", "1", "2")
    there.reply = lambda _: Reply(410)
    sender = webhooks(clock)
    assert await sender.turn(store) == 1
    off = await store.webhooks.get(webhook.id)
    assert off is not None
    assert off.disabled_at == clock()
    await writes(store, "Ana", "3")
    clock.passes(hours=5)
    assert await sender.turn(store) == 0
    there.reply = lambda _: Reply()
    await store.webhooks.change(webhook.id, enabled=True)
    await writes(store, "Ana", "4")
    assert await sender.turn(store) == 2, "what waited, and what happens from now on; not what it was off for"
    assert await states(store, webhook) == [("dead", 1, "gone"), ("delivered", 1, None), ("delivered", 1, None)]


async def test_what_was_erased_is_not_sent_although_it_was_queued(
    store: SqlStore, there: Receiver, clock: Clock
) -> None:
    webhook = await added(store, there, "message.*")
    await writes(store, "Ana", "1", "2")
    await writes(store, "Bia", "1")
    there.reply = lambda _: Reply(500)
    sender = webhooks(clock)
    await sender.turn(store)
    (ana,) = await store.people.find("Ana")
    await store.people.erase(ana.id)
    there.requests.clear()
    there.reply = lambda _: Reply()
    clock.passes(minutes=1)
    await sender.turn(store)
    assert [request.json["customer"] for request in there.requests] == [ana.id + 1]
    assert ("delivered", 2, None) in await states(store, webhook)
    assert "waiting" not in {state for state, *_ in await states(store, webhook)}


async def test_an_event_that_is_gone_is_dropped(store: SqlStore, there: Receiver, clock: Clock) -> None:
    webhook = await added(store, there)
    await writes(store, "Ana", "1", "2")
    assert await store.webhooks.fill()
    async with store._database.engine.begin() as db:
        await db.execute(delete(EventLine).where(EventLine.number == webhook.upto + 2))
    await webhooks(clock).turn(store)
    assert len(there.requests) == 1
    assert ("dropped", 0, "erased") in await states(store, webhook)


async def test_only_the_kinds_asked_for_and_tests_always(store: SqlStore, there: Receiver, clock: Clock) -> None:
    async with receiver() as other:
        webhook = await added(store, there, "proposal.made", "chat.*")
        await added(store, other)
        await writes(store, "Ana", "1")
        await store.announce("chat.waits", {"unread": 1})
        await store.announce("chatter", {})
        number = await store.webhooks.test(webhook.id)
        await webhooks(clock).turn(store)
        sent = {request.json["kind"]: request.json["number"] for request in there.requests}
        assert sent == {"chat.waits": sent.get("chat.waits"), "webhook.test": number}
        kinds = [request.json["kind"] for request in other.requests]
        assert "webhook.test" not in kinds, "another's test"
        assert {"message.captured", "chat.waits", "chatter"} <= set(kinds)


async def test_an_address_inside_is_refused_at_every_attempt(store: SqlStore, there: Receiver, clock: Clock) -> None:
    webhook = await added(store, there)
    await writes(store, "Ana", "1")
    await Webhooks(Outside(private=False, timeout_s=5), attempts=20, now=clock).turn(store)
    assert there.connections == 0
    assert await states(store, webhook) == [("waiting", 1, "plain_http")]


@pytest.mark.skipif(sys.platform == "win32", reason="kills with SIGKILL")
async def test_killed_between_sending_and_storing_it_comes_twice_with_one_id(tmp_path: Path, there: Receiver) -> None:
    path = tmp_path / "data.db"
    store = await open_store(path, KEY)
    webhook = await added(store, there)
    await writes(store, "Ana", "1", "2", "3")
    await store.close()
    never = asyncio.Event()
    second: list[str] = []

    def answer(request: Request) -> Reply:
        second.append(request.headers["balcao-id"])
        return Reply(after=never if len(second) == 2 else None)

    there.reply = answer
    command = [sys.executable, "-m", "tests.jobs.sender", str(path), KEY]
    process = await asyncio.create_subprocess_exec(*command, cwd=ROOT)
    async with asyncio.timeout(60):
        while len(second) < 2:
            await asyncio.sleep(0.02)
    process.kill()
    await process.wait()
    never.set()
    store = await open_store(path, KEY)
    assert [state for state, *_ in await states(store, webhook)] == ["delivered", "waiting", "waiting"]
    await Webhooks(Outside(private=True, timeout_s=5), attempts=3).turn(store)
    ids = [request.headers["balcao-id"] for request in there.requests]
    assert ids == [ids[0], ids[1], ids[1], ids[3]], "at least once, in order"
    assert len(set(ids)) == 3, "and counted by id: once"
    await store.close()


async def test_old_deliveries_are_forgotten(store: SqlStore, there: Receiver, clock: Clock) -> None:
    webhook = await added(store, there)
    await writes(store, "Ana", "1")
    await webhooks(clock).turn(store)
    clock.passes(days=8)
    await writes(store, "Ana", "2")
    there.reply = lambda _: Reply(500)
    await webhooks(clock, attempts=1).turn(store)
    assert await store.webhooks.prune() == 1
    assert [state for state, *_ in await states(store, webhook)] == ["dead"]
    clock.passes(days=31)
    assert await store.webhooks.prune() == 1


def test_secrets_are_long_and_each_is_another() -> None:
    made = {new_secret() for _ in range(100)}
    assert len(made) == 100
    assert all(len(one) >= 43 for one in made)
