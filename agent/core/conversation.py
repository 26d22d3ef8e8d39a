"""The open chat: which rows it has, and which message waits for an answer."""

from dataclasses import replace

from agent.contract.analysis import Turn
from agent.contract.frames import RowsFrame
from agent.contract.rows import Direction, Kind
from agent.core.state import Conversation, Seen

CONTEXT_TURNS = 4
"""So many texts above a message go along with it: more say little of what it wants."""

_SILENT = frozenset({Kind.SYSTEM, Kind.CALL})
"""Rows that are nobody's message: they neither ask nor answer."""


def with_rows(conversation: Conversation, frame: RowsFrame) -> Conversation:
    """The conversation after a rows frame. Rows that left the window stay known."""
    rows = dict(conversation.rows)
    for change in frame.changes:
        known = rows.get(change.row.id)
        rows[change.row.id] = Seen(change.row, known.seen_ms if known else change.seen_ms)
    return replace(conversation, chat=frame.chat, rows=rows, order=frame.window)


def waiting(conversation: Conversation) -> Seen | None:
    """The customer's last text after our last answer; None when nobody waits.

    A voice note or picture after the text does not hide the question before it. A row of unknown direction ends the
    search: it may be our answer, and a suggestion on top of an answer is worse than none.
    """
    for wa_id in reversed(conversation.order):
        seen = conversation.rows.get(wa_id)
        if seen is None or seen.row.kind in _SILENT:
            continue
        if seen.row.direction is not Direction.IN:
            return None
        if seen.row.text:
            return seen
    return None


def before(conversation: Conversation, wa_id: str) -> tuple[Turn, ...]:
    """The last few texts above a row, oldest first; rows of unknown direction are left out."""
    turns: list[Turn] = []
    above = conversation.order[: conversation.order.index(wa_id)] if wa_id in conversation.order else ()
    for other in reversed(above):
        row = seen.row if (seen := conversation.rows.get(other)) else None
        if row is None or not row.text or row.kind in _SILENT or row.direction is Direction.UNKNOWN:
            continue
        turns.append(Turn(out=row.direction is Direction.OUT, text=row.text))
        if len(turns) == CONTEXT_TURNS:
            break
    return tuple(reversed(turns))
