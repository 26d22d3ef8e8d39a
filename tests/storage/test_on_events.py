"""Whoever listens to the store is told after each commit that appended events, on each database."""

import pytest

from agent.storage.store import SqlStore


async def test_listeners_are_told_after_the_commit_and_only_of_events(store: SqlStore) -> None:
    told: list[int] = []

    def note() -> None:
        told.append(1)

    store.on_events(note)
    await store.set_state([], "complete")  # type: ignore[arg-type]
    assert told == []
    await store.announce("test.happened", {})
    assert told == [1]
    async with store.together():
        await store.announce("test.happened", {})
        await store.announce("test.happened", {})
        assert told == [1], "nothing is committed yet"
    assert told == [1, 1]
    assert await store.last_event() == (await store.events_after(0))[-1].number

    before = await store.last_event()
    with pytest.raises(LookupError):
        await _taken_back(store)
    assert (told, await store.last_event()) == ([1, 1], before)
    await store.set_state([], "complete")  # type: ignore[arg-type]
    assert told == [1, 1], "what was taken back is not told with the next commit"


async def _taken_back(store: SqlStore) -> None:
    async with store.together():
        await store.announce("test.happened", {})
        raise LookupError
