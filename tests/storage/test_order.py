"""``recent`` gives the order of the chat, in whatever order its parts were read."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent.contract.rows import Change, Kind
from agent.storage.placing import GAP
from tests.storage.chats import order, row, shows
from tests.storage.fresh import fresh_store

pytestmark = pytest.mark.slow


async def test_new_messages_go_below(store):
    saved = await store.save(shows(row("A", "um"), row("B", "dois"), change=Change.BASELINE))
    await store.save(shows(row("C", "três"), window="A B C"))
    await store.save(shows(row("D", "quatro"), window="B C D"))
    assert [m.wa_id for m in await store.recent(saved.conversation_id)] == ["A", "B", "C", "D"]


async def test_history_goes_above(store):
    saved = await store.save(shows(row("C", "três"), row("D", "quatro"), change=Change.BASELINE))
    await store.save(shows(row("A", "um"), row("B", "dois"), change=Change.HISTORY, window="A B C D"))
    assert [m.wa_id for m in await store.recent(saved.conversation_id)] == ["A", "B", "C", "D"]


async def test_recent_has_the_last_ones_without_system_rows(store):
    rows = [row("A", "um"), row("S", "avisos", kind=Kind.SYSTEM), row("B", "dois"), row("C", "três", me=True)]
    saved = await store.save(shows(*rows))
    assert [m.wa_id for m in await store.recent(saved.conversation_id, limit=2)] == ["B", "C"]
    assert [m.wa_id for m in await store.recent(saved.conversation_id)] == ["A", "B", "C"]


async def test_a_gap_is_filled_from_either_side_however_long_it_is(sqlite):
    saved = await sqlite.save(shows(row("old", "antes"), change=Change.BASELINE))
    await sqlite.save(shows(row("new", "depois"), change=Change.BASELINE))
    shown = ["new"]
    for n in range(120):  # scrolled up in blocks: far more often than a fraction could be halved
        block = [f"h{n}b", f"h{n}a"]
        await sqlite.save(shows(*[row(i, i) for i in block], change=Change.HISTORY, window=[*block, shown[0]]))
        shown = [*block, *shown]
    await sqlite.save(shows(row("below", "x"), window=["old", "below", shown[0]]))
    assert await order(sqlite, saved.conversation_id) == " ".join(["old", "below", *shown])


async def test_rows_between_two_neighbours_make_room_for_themselves(store):
    saved = await store.save(shows(row("A", "1"), row("Z", "9"), change=Change.BASELINE))
    await store.save(shows(row("M", "5"), row("N", "6"), change=Change.SETTLED, window="A M N Z"))
    await store.save(shows(row("B", "2"), change=Change.SETTLED, window="A B M N Z"))
    assert await order(store, saved.conversation_id) == "A B M N Z"


async def test_a_window_far_up_is_placed_by_its_clock(store):
    def at(wa_id: str, time: str):
        return row(wa_id, wa_id, date="2026-11-02", time=time)

    saved = await store.save(shows(at("E", "12:00"), at("F", "12:05"), change=Change.BASELINE))
    await store.save(shows(at("A", "08:00"), at("B", "08:01"), change=Change.BASELINE))
    await store.save(shows(at("C", "10:00"), change=Change.BASELINE))
    assert await order(store, saved.conversation_id) == "A B C E F"


async def test_without_a_clock_a_far_window_is_newer_unless_it_is_history(store):
    saved = await store.save(shows(row("M", "m"), change=Change.BASELINE))
    await store.save(shows(row("Z", "z"), change=Change.BASELINE))
    await store.save(shows(row("A", "a"), change=Change.HISTORY))
    assert await order(store, saved.conversation_id) == "A M Z"


async def test_the_page_corrects_an_order_that_was_guessed(store):
    saved = await store.save(shows(row("B", "b"), change=Change.BASELINE))
    await store.save(shows(row("A", "a"), change=Change.BASELINE))
    await store.save(shows(row("C", "c"), window="A B C"))
    assert await order(store, saved.conversation_id) == "A B C"


async def test_a_row_that_left_the_page_before_it_was_stored_has_a_place(store):
    saved = await store.save(shows(row("B", "b"), change=Change.BASELINE))
    await store.save(shows(row("C", "c"), window="B"))
    await store.save(shows(row("A", "a"), change=Change.HISTORY, window="B C"))
    assert await order(store, saved.conversation_id) == "A B C"


MORNING = datetime(2026, 11, 2, 8, tzinfo=UTC)
CHAT = [f"m{n:02}" for n in range(40)]


def _said(n: int):
    clock = MORNING + timedelta(minutes=7 * n)
    return row(CHAT[n], f"mensagem {n}", date=f"{clock:%Y-%m-%d}", time=f"{clock:%H:%M}")


windows = st.lists(st.tuples(st.integers(0, len(CHAT) - 1), st.integers(1, 12)), min_size=1, max_size=12)


@given(windows)
@settings(max_examples=20, deadline=None)
def test_any_windows_in_any_sequence_give_the_order_of_the_chat(seen):
    async def look() -> None:
        store = await fresh_store()
        conversation = None
        for first, length in seen:
            shown = [_said(n) for n in range(first, min(first + length, len(CHAT)))]
            conversation = (await store.save(shows(*shown, change=Change.BASELINE))).conversation_id
        expected = sorted({CHAT[n] for first, length in seen for n in range(first, min(first + length, len(CHAT)))})
        assert await order(store, conversation) == " ".join(expected)
        await store.close()

    asyncio.run(look())


def test_the_gap_is_wider_than_a_chat_is_long():
    assert GAP > 500_000
