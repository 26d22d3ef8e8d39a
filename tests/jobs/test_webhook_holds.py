"""A receiver that asks to be left alone is left alone, until a person sees to it."""

from datetime import timedelta

import pytest

from agent.contract.webhooks import Webhook
from agent.jobs.webhooks import Webhooks
from agent.storage.store import SqlStore
from tests.clock import Clock
from tests.jobs.conftest import added, numbers, states, webhooks, writes
from tests.net.receiver import Receiver, Reply, receiver

HELD = Reply(429, headers={"Retry-After": "86400"})


async def held(store: SqlStore, there: Receiver, clock: Clock) -> tuple[Webhook, Webhooks]:
    """An address that asks to be left alone for a day while two events wait for it."""
    webhook = await added(store, there)
    await writes(store, "Ana", "1", "2")
    there.reply = lambda _: HELD
    sender = webhooks(clock)
    assert await sender.turn(store) == 1
    found = await store.webhooks.get(webhook.id)
    assert found is not None
    assert found.held_until == clock() + timedelta(days=1)
    there.reply = lambda _: Reply()
    there.requests.clear()
    return webhook, sender


@pytest.mark.parametrize("switched", [False, True])
async def test_a_changed_address_is_not_held_any_more(
    store: SqlStore, there: Receiver, clock: Clock, *, switched: bool
) -> None:
    async with receiver() as other:
        webhook, sender = await held(store, there, clock)
        if switched:
            await store.webhooks.change(webhook.id, enabled=False)
            await store.webhooks.change(webhook.id, enabled=True)
        else:
            await store.webhooks.change(webhook.id, url=other.url())
        assert (await store.webhooks.get(webhook.id)).held_until is None  # type: ignore[union-attr]
        assert await sender.turn(store) == 2
        assert len((there if switched else other).requests) == 2


async def test_other_kinds_do_not_lift_what_is_held(store: SqlStore, there: Receiver, clock: Clock) -> None:
    webhook, sender = await held(store, there, clock)
    await store.webhooks.change(webhook.id, kinds=("message.*",))
    assert await sender.turn(store) == 0


async def test_a_test_passes_what_is_held(store: SqlStore, there: Receiver, clock: Clock) -> None:
    webhook, sender = await held(store, there, clock)
    number = await store.webhooks.test(webhook.id)
    assert await sender.turn(store) == 1
    assert numbers(there.requests) == [number]


async def test_what_is_started_anew_by_hand_passes_and_the_rest_after_it(
    store: SqlStore, there: Receiver, clock: Clock
) -> None:
    webhook, sender = await held(store, there, clock)
    first = (await store.webhooks.deliveries(webhook.id))[-1]
    assert await store.webhooks.retry(first.id)
    assert await sender.turn(store) == 2
    assert {state for state, *_ in await states(store, webhook)} == {"delivered"}


async def test_it_outlives_the_sender_and_is_the_old_addresss_alone(
    store: SqlStore, there: Receiver, clock: Clock
) -> None:
    async with receiver() as other:
        webhook = await added(store, there)
        await writes(store, "Ana", "1", "2")
        await store.webhooks.fill()
        (out,) = await store.webhooks.due(webhook.id, 4)
        await store.webhooks.hold(out, clock() + timedelta(hours=1))
        assert await webhooks(clock).turn(store) == 0, "after a restart"
        await store.webhooks.change(webhook.id, url=other.url())
        await store.webhooks.hold(out, clock() + timedelta(hours=1))
        assert await webhooks(clock).turn(store) == 2, "an answer of the old address does not hold the new one"


async def test_a_test_that_is_asked_to_wait_waits(store: SqlStore, there: Receiver, clock: Clock) -> None:
    webhook, sender = await held(store, there, clock)
    await store.webhooks.test(webhook.id)
    there.reply = lambda _: HELD
    assert await sender.turn(store) == 1
    clock.passes(hours=23)
    assert await sender.turn(store) == 0
