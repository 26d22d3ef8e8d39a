"""The stream passes on what the event log holds: all of it, once, in order, whatever happens in between."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import aclosing, asynccontextmanager, suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agent.contract.stored import StoredEvent
from agent.ports import EventBatch
from agent.storage.opening import open_store
from agent.storage.store import SqlStore
from agent.stream.memory import BATCH, MemoryStream

KEY = "0" * 64


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[SqlStore]:
    store = await open_store(tmp_path / "data.db", KEY)
    yield store
    await store.close()


@asynccontextmanager
async def running(store: SqlStore, **options: float) -> AsyncIterator[MemoryStream]:
    stream = MemoryStream(store, **options)  # type: ignore[arg-type]
    store.on_events(stream.wake)
    await stream.start()
    task = asyncio.create_task(stream.run())
    try:
        yield stream
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def append(store: SqlStore, count: int, kind: str = "test.happened") -> None:
    async with store.together():
        for number in range(count):
            await store.announce(kind, {"n": number})


async def taken_back(store: SqlStore) -> None:
    async with store.together():
        await store.announce("test.happened", {})
        raise LookupError


async def take(stream: MemoryStream, after: int, count: int) -> list[int]:
    """So many events at least that follow a number."""
    got: list[int] = []
    async with asyncio.timeout(10), aclosing(stream.follow(after)) as batches:
        async for batch in batches:
            got += batch.numbers
            if len(got) >= count:
                break
    return got


async def test_what_is_committed_is_passed_on_at_once_and_what_is_taken_back_is_not(store: SqlStore) -> None:
    woken = 0

    def wake() -> None:
        nonlocal woken
        woken += 1

    store.on_events(wake)
    async with running(store, look_s=60) as stream:
        with pytest.raises(LookupError):
            await taken_back(store)
        assert woken == 0
        async with store.together():
            await store.announce("test.happened", {})
            assert woken == 0, "nothing is committed yet"
            await store.announce("test.happened", {})
        assert woken == 1
        assert await take(stream, 0, 2) == [1, 2]
        await store.set_state([], "complete")  # type: ignore[arg-type]
        assert woken == 1, "nothing was appended"


async def test_a_line_is_the_event_as_json(store: SqlStore) -> None:
    async with running(store) as stream:
        await store.announce("test.happened", {"n": 7})
        async with asyncio.timeout(10), aclosing(stream.follow(0)) as batches:
            batch = await anext(batches)
    (stored,) = await store.events_after(0)
    assert [StoredEvent.model_validate_json(line) for line in batch.lines] == [stored]


async def test_listeners_at_the_same_place_get_the_same_object(store: SqlStore) -> None:
    async def first(stream: MemoryStream) -> EventBatch:
        async with aclosing(stream.follow(0)) as batches:
            return await anext(batches)

    async with running(store) as stream, asyncio.timeout(10), asyncio.TaskGroup() as tasks:
        both = [tasks.create_task(first(stream)) for _ in range(2)]
        await asyncio.sleep(0)
        await append(store, 3)
    assert both[0].result() is both[1].result()


async def test_a_listener_further_back_than_what_is_kept_reads_the_log(store: SqlStore) -> None:
    await append(store, 2 * BATCH + 10)
    async with running(store, room=20) as stream:
        assert stream.last == 2 * BATCH + 10
        for _ in range(5):
            await append(store, 10)
        assert await take(stream, 0, 2 * BATCH + 60) == list(range(1, 2 * BATCH + 61))
        assert await take(stream, 2 * BATCH + 57, 3) == [2 * BATCH + 58, 2 * BATCH + 59, 2 * BATCH + 60]


async def test_a_listener_that_was_there_and_falls_far_behind_is_told(store: SqlStore) -> None:
    async with running(store, room=20, gather_s=0) as stream:
        async with aclosing(stream.follow(0)) as batches:
            await append(store, 1)
            assert (await anext(batches)).numbers == (1,)
            for _ in range(4):
                await append(store, 10)
            assert len(await take(stream, 31, 10)) == 10
            with pytest.raises(BufferError):
                await anext(batches)
        assert await take(stream, 1, 40) == list(range(2, 42)), "it may begin anew where it stopped"


async def test_events_of_another_connection_are_found_by_looking(store: SqlStore, tmp_path: Path) -> None:
    async with running(store, look_s=0.05) as stream:
        other = await open_store(tmp_path / "data.db", KEY)
        await append(other, 2)
        await other.close()
        assert await take(stream, 0, 2) == [1, 2]


async def test_what_was_kept_before_an_erasure_is_passed_on_from_the_log_alone(store: SqlStore) -> None:
    async with running(store) as stream:
        await append(store, 5)
        assert len(await take(stream, 0, 5)) == 5
        async with store._write() as db:
            await db.exec_driver_sql("DELETE FROM events WHERE number IN (2, 3)")
        await store.announce("customer.erased", {})
        assert await take(stream, 5, 1) == [6]
        assert await take(stream, 0, 4) == [1, 4, 5, 6]
        await append(store, 1)
        assert await take(stream, 1, 4) == [4, 5, 6, 7]


async def test_a_failing_read_is_tried_again(store: SqlStore) -> None:
    class Failing:
        failures = 1

        async def last_event(self) -> int:
            return await store.last_event()

        async def events_after(self, number: int, limit: int = 500) -> list[StoredEvent]:
            if self.failures:
                self.failures -= 1
                raise OSError("no")
            return await store.events_after(number, limit)

    stream = MemoryStream(Failing(), look_s=0.02)
    await stream.start()
    task = asyncio.create_task(stream.run())
    await append(store, 1)
    assert await take(stream, 0, 1) == [1]
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


async def test_every_listener_ends_with_the_stream(store: SqlStore) -> None:
    async def count(stream: MemoryStream) -> int:
        return sum([len(batch.numbers) async for batch in stream.follow(0)])

    async with asyncio.timeout(10), asyncio.TaskGroup() as tasks, running(store) as stream:
        counting = tasks.create_task(count(stream))
        await append(store, 3)
        assert len(await take(stream, 0, 3)) == 3
    assert counting.result() == 3


Steps = st.lists(
    st.one_of(
        st.tuples(st.just("append"), st.integers(1, 30)),
        st.tuples(st.just("read"), st.integers(0, 2)),
        st.tuples(st.just("break"), st.integers(0, 2)),
    ),
    max_size=25,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=Steps, room=st.integers(1, 40))
async def test_listeners_that_break_off_and_resume_have_everything_once_and_in_order(
    store: SqlStore, steps: list[tuple[str, int]], room: int
) -> None:
    start = await store.last_event()
    seen: list[list[int]] = [[], [], []]

    async with running(store, room=room, gather_s=0) as stream:
        batches = [stream.follow(start) for _ in seen]

        async def read(one: int) -> None:
            """What is there; a listener that is told off resumes."""
            async with asyncio.timeout(10):
                while (seen[one][-1] if seen[one] else start) < await store.last_event():
                    try:
                        seen[one] += (await anext(batches[one])).numbers
                    except BufferError:
                        batches[one] = stream.follow(seen[one][-1] if seen[one] else start)

        for what, number in steps:
            if what == "append":
                await append(store, number)
            elif what == "read":
                await read(number)
            else:
                await batches[number].aclose()
                batches[number] = stream.follow(seen[number][-1] if seen[number] else start)
        for one in range(len(seen)):
            await read(one)
            await batches[one].aclose()
    last = await store.last_event()
    assert seen == [list(range(start + 1, last + 1))] * 3


async def test_what_was_just_stored_is_not_ahead_although_it_was_not_passed_on(store: SqlStore) -> None:
    stream = MemoryStream(store)
    await stream.start()
    await store.announce("page.state", {})
    assert stream.last == 0
    assert not await stream.is_ahead(1)
    assert await stream.is_ahead(2)
