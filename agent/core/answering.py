"""Our side has answered: what the card's suggestions became of is told by what was sent."""

from dataclasses import replace

from agent.contract.frames import RowsFrame
from agent.contract.rows import Change, Direction, Kind, Row
from agent.contract.stored import Outcome
from agent.core import offers
from agent.core.effects import Answered, Effect, Mark
from agent.core.offers import Step
from agent.core.outcome import judge
from agent.core.state import Conversation, State, Unread

_USED = frozenset({Outcome.SENT, Outcome.EDITED})


def look(state: State, conversation: Conversation, frame: RowsFrame) -> Step:
    """Judge the card by what our side sent since the last frame.

    On a busy computer a row mounts before its text or its ticks. Such a row takes the card away, because it may be the
    answer, and the card is judged when the row can be read. Who opens a chat and answers in its first two seconds does
    so before the rows that were there are told from new ones: then only what is like the card is its answer, because it
    might have been there.
    """
    effects: tuple[Effect, ...] = ()
    for change in frame.changes:
        row, unread = change.row, conversation.unread
        if unread is not None and unread.wa_id == row.id:
            if _is_read(row):
                conversation = replace(conversation, unread=None)
                effects += _answered(row, unread)
        elif change.change is Change.BASELINE and state.offer is not None and _is_answer(row):
            answered = _answered(row, Unread(row.id, state.offer))
            if any(isinstance(mark, Mark) and mark.outcome in _USED for mark in answered):
                state, cleared = offers.withdraw(state)
                effects += (*answered, *cleared)
        elif change.change is Change.NEW and state.offer is not None:
            here = Unread(row.id, state.offer)
            if _is_answer(row):
                state, cleared = offers.withdraw(state)
                effects += (*_answered(row, here), *cleared)
            elif not _is_read(row):
                conversation = replace(conversation, unread=here)
    return replace(state, open=conversation), effects


def _answered(row: Row, unread: Unread) -> tuple[Effect, ...]:
    if not _is_answer(row):
        return ()
    return (*judge(unread.offer, row.text or ""), Answered(unread.offer.offer_id, row.id))


def _is_answer(row: Row) -> bool:
    return row.direction is Direction.OUT and bool(row.text)


def _is_read(row: Row) -> bool:
    """Whether the row says whose it is and what it is."""
    return (
        row.direction is not Direction.UNKNOWN
        and row.kind is not Kind.UNKNOWN
        and bool(row.text or row.kind is not Kind.TEXT)
    )
