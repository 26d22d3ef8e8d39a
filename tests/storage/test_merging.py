"""Readings of one message, merged: nothing is lost, and repeating them changes nothing."""

import asyncio

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent.contract.rows import Change, Delivery, Direction, Kind, Quote, Row
from agent.contract.stored import MessageState
from agent.storage.merging import first_state, merge, next_state
from tests.storage.chats import kinds_of_events, shows, table
from tests.storage.fresh import fresh_store

pytestmark = pytest.mark.slow

texts = st.none() | st.sampled_from(["", " ", "oi", "oi, tudo bem?", "oi, tu", "oi, tu…", "não", "😀"])


def readings(ids: str = "A") -> st.SearchStrategy[Row]:
    return st.builds(
        Row,
        id=st.sampled_from(list(ids)),
        kind=st.sampled_from([Kind.TEXT, Kind.IMAGE, Kind.WAITING, Kind.DELETED, Kind.UNKNOWN, Kind.SYSTEM]),
        direction=st.sampled_from(Direction),
        author=st.none() | st.just("Ana"),
        text=texts,
        time=st.none() | st.just("10:30"),
        date=st.none() | st.just("2026-11-02"),
        status=st.none() | st.sampled_from(Delivery),
        quoted=st.none() | st.builds(Quote, author=st.none() | st.just("Bia"), text=texts),
        edited=st.booleans(),
        forwarded=st.booleans(),
        truncated=st.booleans(),
    )


@given(readings(), readings())
def test_reading_the_same_again_changes_nothing(known, read):
    once = merge(known, read)
    assert merge(once, read) == once
    assert merge(known, known) == known


@given(readings(), readings())
def test_nothing_read_becomes_unknown(known, read):
    merged = merge(known, read)
    for name in ("author", "time", "date", "status", "quoted"):
        assert getattr(known, name) is None or getattr(merged, name) is not None
    assert not (known.text and known.text.strip()) or (merged.text and merged.text.strip())
    assert known.kind is Kind.UNKNOWN or merged.kind is not Kind.UNKNOWN
    assert known.direction is Direction.UNKNOWN or merged.direction is known.direction
    assert merged.edited >= known.edited


@given(readings(), readings())
def test_nothing_is_invented(known, read):
    merged = merge(known, read)
    for name in ("kind", "direction", "author", "text", "time", "date", "status", "truncated"):
        assert getattr(merged, name) in (getattr(known, name), getattr(read, name))


@given(readings(), readings(), st.sampled_from(MessageState))
def test_a_message_never_waits_for_an_analysis_that_nobody_will_make(known, read, state):
    merged = merge(known, read)
    if first_state(merged) is MessageState.COMPLETE:
        assert next_state(state, known, merged) in (MessageState.COMPLETE, MessageState.ERROR)
    elif merged.text != known.text:
        assert next_state(state, known, merged) is MessageState.RECEIVED


batches = st.lists(
    st.tuples(st.lists(readings("ABCD"), min_size=1, max_size=4), st.sampled_from(Change)), min_size=1, max_size=6
)


@given(batches)
@settings(max_examples=15, deadline=None)
def test_batches_stored_again_leave_the_same_lines(said):
    async def look() -> None:
        store = await fresh_store()
        for rows, change in said:
            batch = shows(*rows, change=change)
            await store.save(batch)
            last = [await table(store, "messages", "updated_at"), await kinds_of_events(store)]
            if len({row.id for row in rows}) == len(rows):  # the last reading of each is the one just stored
                await store.save(batch)
                assert last == [await table(store, "messages", "updated_at"), await kinds_of_events(store)]
        lines = await table(store, "messages")
        assert sorted(line["wa_id"] for line in lines) == sorted({row.id for rows, _ in said for row in rows})
        assert (await kinds_of_events(store)).count("message.captured") == len(lines)
        await store.close()

    asyncio.run(look())
