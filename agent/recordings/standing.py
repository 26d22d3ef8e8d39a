"""Where a session stands, told as frames: what follows them can be understood without what was before."""

from collections.abc import Iterator

from agent.contract.frames import AnyFrame, ChatFrame, ChatsFrame, HelloFrame, PulseFrame, RowsFrame, StateFrame
from agent.contract.rows import Change, RowChange
from agent.contract.wishes import PauseFrame
from agent.core.state import State


def standing(state: State, at_ms: float) -> Iterator[AnyFrame]:
    """The session's state, as if the page had just been opened; ``at_ms``: milliseconds since the Unix epoch."""
    yield HelloFrame(kind="hello", seq=1, at_ms=at_ms, script="", lang=None, zone=state.zone)
    yield StateFrame(kind="state", seq=2, at_ms=at_ms, state=state.page, notices=state.notices)
    yield PulseFrame(kind="pulse", seq=3, at_ms=at_ms, late_ms=0, missed=0, broken=(), worn=(), online=True)
    yield ChatsFrame(kind="chats", seq=4, at_ms=at_ms, chats=state.previews)
    yield ChatFrame(kind="chat", seq=5, at_ms=at_ms, chat=state.open.chat if state.open else None)
    if state.paused:
        yield PauseFrame(kind="pause", seq=6, at_ms=at_ms, on=True)


def rows_again(state: State, at_ms: float) -> RowsFrame | None:
    """The rows of the open chat as the page would read them once more; None where there are none."""
    opened = state.open
    if opened is None or not opened.rows:
        return None
    known = [opened.rows[wa_id] for wa_id in opened.order if wa_id in opened.rows]
    changes = tuple(RowChange(change=Change.BASELINE, row=one.row, seen_ms=at_ms) for one in known)
    return RowsFrame(kind="rows", seq=7, at_ms=at_ms, chat=opened.chat, changes=changes, window=opened.order)
