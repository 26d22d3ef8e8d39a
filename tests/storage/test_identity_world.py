"""Who is who in made-up worlds of contacts, on the real database.

One case can be told by nobody: two contacts of one name, of whom the page shows neither a known message nor a number.
While only one of them is stored, the other's messages go to that conversation, unless their clocks contradict. Once two
customers of that name are stored, such a window makes a conversation of its own. A person puts either right by
``customer split`` and ``customer merge``, and what they said stays so.
"""

import asyncio
from collections import Counter
from collections.abc import Callable, Coroutine, Iterator
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from agent.storage.store import SqlStore
from tests.storage.chats import table
from tests.storage.contacts import Step, World, apart, contacts, numbers_of_messages, steps, stored
from tests.storage.fresh import fresh_store

pytestmark = pytest.mark.slow

sessions = count()
made_up = settings(
    derandomize=True,
    deadline=None,
    max_examples=40,
    phases=[Phase.generate],  # to make a failing world smaller takes minutes, and what is found is short enough
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)

Run = Callable[[Callable[[SqlStore], Coroutine[Any, Any, None]]], None]


@pytest.fixture
def on_store() -> Iterator[Run]:
    """Runs a piece of a test on one store, in which each example is a profile of its own."""
    with asyncio.Runner() as runner:
        store = runner.run(fresh_store())
        yield lambda work: runner.run(work(store))
        runner.run(store.close())


async def watch(store: SqlStore, world: World, played: list[Step]) -> None:
    for opened in world.play(played):
        await store.save(world.batch(opened))


async def expect_one_contact_each(store: SqlStore, world: World) -> None:
    for ids in (await stored(store, world.session)).values():
        assert len({world.shown[one] for one in ids}) <= 1
        assert ids == sorted(ids)


async def expect_nothing_lost_or_doubled(store: SqlStore, world: World) -> None:
    ids = [one for theirs in (await stored(store, world.session)).values() for one in theirs]
    assert sorted(ids) == sorted(world.shown)


async def expect_a_customer_for_each_chat(store: SqlStore, world: World) -> None:
    found = [one for one in await table(store, "conversations") if one["session"] == world.session]
    people = [one["customer_id"] for one in found if not one["is_group"]]
    assert None not in people
    assert len(set(people)) == len(people)
    assert all(one["customer_id"] is None and one["phone"] is None for one in found if one["is_group"])


async def customers_of(store: SqlStore, session: str) -> dict[int, int]:
    """Conversation -> the customer that it was stored for, groups left out."""
    found = await table(store, "conversations")
    return {one["id"]: one["customer_id"] for one in found if one["session"] == session and not one["is_group"]}


async def snapshot(store: SqlStore, session: str) -> dict[str, Any]:
    conversations = [one for one in await table(store, "conversations") if one["session"] == session]
    theirs = {one["customer_id"] for one in conversations}
    return {
        "order": await stored(store, session),
        "conversations": conversations,
        "customers": [one for one in await table(store, "customers") if one["id"] in theirs],
        "people": [one for one in await store.people.listed() if one.id in theirs],
        "by hand": [await table(store, f"{name}") for name in ("merged_customers", "joined_conversations")],
        "moved": await table(store, "moved_messages"),
    }


def test_a_conversation_is_one_contacts_wherever_the_page_says_whose(on_store):
    seen = Counter[str]()

    @settings(made_up, max_examples=70)
    @given(contacts, steps)
    def look(made, played: list[Step]) -> None:
        async def check(store: SqlStore) -> None:
            world = World.of(f"w{next(sessions)}", made, played)
            for opened in world.play(played):
                seen["could be told" if world.can_be_told(opened) else "nobody can tell"] += 1
                if world.can_be_told(opened):
                    await store.save(world.batch(opened))
            await expect_one_contact_each(store, world)
            await expect_nothing_lost_or_doubled(store, world)
            await expect_a_customer_for_each_chat(store, world)
            chats = [world.shown[ids[0]] for ids in (await stored(store, world.session)).values() if ids]
            seen["one contact's chat stored as two"] += len(chats) - len(set(chats))

        on_store(check)

    look()
    assert len(seen) == 3
    assert min(seen.values()) >= 5, seen  # or the worlds would lack the cases that matter


@made_up
@given(contacts, steps)
def test_nothing_is_lost_or_doubled_even_where_nobody_can_tell(on_store, made, played):
    async def check(store: SqlStore) -> None:
        world = World.of(f"w{next(sessions)}", made, played)
        await watch(store, world, played)
        await expect_nothing_lost_or_doubled(store, world)
        await expect_a_customer_for_each_chat(store, world)

    on_store(check)


@made_up
@given(contacts, apart, steps, st.booleans())
def test_what_was_stored_apart_is_joined_for_good(on_store, made, before, after, backwards):
    async def check(store: SqlStore) -> None:
        world = World.of(f"w{next(sessions)}", made, [*before, *after])
        for opened in world.play(before):
            if world.can_be_told(opened):
                await store.save(world.batch(opened))
        joined: dict[int, int] = {}
        theirs: dict[int, set[int]] = {}
        customers = await customers_of(store, world.session)
        for chat, ids in sorted((await stored(store, world.session)).items(), reverse=backwards):
            if not ids or chat not in customers:
                continue
            contact = world.shown[ids[0]]
            theirs.setdefault(contact, set()).add(chat)
            if (kept := joined.setdefault(contact, chat)) != chat:
                former = await snapshot(store, world.session)
                done = await store.people.merge(customers[kept], customers[chat], same_chat=True)
                await store.people.part(done.merged_id)
                assert await snapshot(store, world.session) == former
                await store.people.merge(customers[kept], customers[chat], same_chat=True)
        await expect_one_contact_each(store, world)
        titles = {one["id"]: one["title"] for one in await table(store, "conversations")}
        for opened in world.play(after):
            contact = opened.who % len(world.contacts)
            known = any(one.id in world.shown for one in world.rows(opened))
            known |= world.shows_number(opened) and contact in world.numbers
            known |= world.contacts[contact].title in {titles[one] for one in theirs.get(contact, ())}
            if world.can_be_told(opened):
                saved = await store.save(world.batch(opened))
                if known and contact in joined:
                    assert saved.conversation_id == joined[contact]
                elif saved.conversation_id != joined.get(contact):
                    joined.pop(contact, None)  # nothing shown said whose it is: stored apart anew
        await expect_one_contact_each(store, world)
        await expect_nothing_lost_or_doubled(store, world)
        now = await stored(store, world.session)
        assert not any(now.get(one["conversation_id"]) for one in await table(store, "joined_conversations"))

    on_store(check)


@made_up
@given(contacts, steps, steps, st.data())
def test_what_was_split_stays_split(on_store, made, before, after, data):
    async def check(store: SqlStore) -> None:
        world = World.of(f"w{next(sessions)}", made, [*before, *after])
        await watch(store, world, before)
        customers = await customers_of(store, world.session)
        former = await stored(store, world.session)
        long = [chat for chat, ids in former.items() if len(ids) > 1 and chat in customers]
        if not long:
            return
        chat = data.draw(st.sampled_from(long))
        cut = data.draw(st.integers(1, len(former[chat]) - 1))
        earlier, later = former[chat][:cut], former[chat][cut:]
        numbers = await numbers_of_messages(store, world.session)
        done = await store.people.split(customers[chat], numbers[later[0]])
        assert (done.left, done.moved) == (len(earlier), len(later))
        (other,) = set(await stored(store, world.session)) - set(former)

        await store.people.merge(done.customer_id, done.split_id, same_chat=True)
        assert (await stored(store, world.session))[chat] == former[chat]
        await store.people.part(done.split_id)

        for opened in world.play(after):
            now = await stored(store, world.session)
            shown = {one.id for one in world.rows(opened)}
            where = {chat for chat, ids in now.items() if shown & set(ids)}
            saved = await store.save(world.batch(opened))
            if len(where) == 1:
                assert {saved.conversation_id} == where
        now = await stored(store, world.session)
        assert set(earlier) <= set(now[chat])
        assert set(later) <= set(now[other])
        await expect_nothing_lost_or_doubled(store, world)

    on_store(check)
