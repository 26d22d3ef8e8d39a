"""What waits for the flow: in order, in turns, and rows of one chat together."""

import asyncio

from agent.contract.frames import ChatFrame, RowsFrame
from agent.contract.rows import Change, OpenChat, RowChange
from agent.core.events import Event, FrameArrived, FramesLost, ModelChanged
from agent.inbox import MOST_CHANGES, Inbox
from tests.core.says import ANA, BIA, row

READY = ModelChanged("ready", "modelo")


def rows(chat: OpenChat, *ids: str) -> RowsFrame:
    changes = tuple(RowChange(change=Change.NEW, row=row(wa_id, wa_id), seen_ms=0) for wa_id in ids)
    return RowsFrame(seq=1, at_ms=0, kind="rows", chat=chat, changes=changes, window=ids)


def ids(event: Event | None) -> list[str]:
    assert isinstance(event, FrameArrived)
    assert isinstance(event.frame, RowsFrame)
    return [change.row.id for change in event.frame.changes]


async def test_rows_that_wait_one_behind_another_are_one_frame_with_the_last_window():
    inbox = Inbox(10)
    for frame in (rows(ANA, "A"), rows(ANA, "B"), rows(ANA, "C"), rows(BIA, "D")):
        await inbox.frame(frame)
    first = await inbox.next()
    assert ids(first) == ["A", "B", "C"]
    assert isinstance(first, FrameArrived)
    assert isinstance(first.frame, RowsFrame)
    assert first.frame.window == ("C",)
    assert ids(await inbox.next()) == ["D"]


async def test_nothing_passes_what_lies_between():
    inbox = Inbox(10)
    closed = ChatFrame(seq=1, at_ms=0, kind="chat", chat=None)
    for frame in (rows(ANA, "A"), None, rows(ANA, "B"), closed, rows(ANA, "C")):
        await inbox.frame(frame)
    assert ids(await inbox.next()) == ["A"]
    assert await inbox.next() == FramesLost()
    assert ids(await inbox.next()) == ["B"]
    assert await inbox.next() == FrameArrived(closed)
    assert ids(await inbox.next()) == ["C"]


async def test_what_is_joined_stays_short():
    inbox = Inbox(10)
    long = [f"A{n}" for n in range(MOST_CHANGES)]
    for frame in (rows(ANA, *long), rows(ANA, "B")):
        await inbox.frame(frame)
    assert [len(ids(await inbox.next())) for _ in range(2)] == [MOST_CHANGES, 1]


async def test_answers_and_frames_take_turns_and_the_answer_is_first():
    inbox = Inbox(10)
    await inbox.frame(rows(ANA, "A"))
    await inbox.frame(rows(BIA, "B"))
    inbox.answer(READY)
    inbox.answer(READY)
    order = [type(await inbox.next()) for _ in range(4)]
    assert order == [ModelChanged, FrameArrived, ModelChanged, FrameArrived]


async def test_a_full_inbox_makes_frames_wait_until_one_was_handled():
    inbox = Inbox(1)
    await inbox.frame(rows(ANA, "A"))
    second = asyncio.create_task(inbox.frame(rows(ANA, "B")))
    assert ids(await inbox.next()) == ["A"]
    await asyncio.sleep(0.01)
    assert not second.done()  # A is still being handled.
    assert ids(await asyncio.wait_for(inbox.next(), 1)) == ["B"]
    await second


async def test_it_ends_when_all_is_handled():
    inbox = Inbox(10)
    await inbox.frame(rows(ANA, "A"))
    inbox.end()
    assert ids(await inbox.next()) == ["A"]
    assert await inbox.next() is None
