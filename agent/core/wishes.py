"""What the person asks for at the page: each wish goes to the part that it is about."""

from typing import assert_never

from agent.contract.wishes import (
    AskFrame,
    CannedFrame,
    CorrectedFrame,
    DismissedFrame,
    EditFrame,
    JudgedFrame,
    NewReplyFrame,
    PauseFrame,
    PickedFrame,
    PreferencesFrame,
    StopFrame,
    UseFrame,
    Wish,
)
from agent.core import canned, customer, liking, pausing, picking, queue, writing
from agent.core.effects import Effect
from agent.core.offers import Step
from agent.core.state import State


def heard(state: State, wish: Wish) -> Step:
    """A wish; one that is about a chat or a card of before is answered by a word, or by nothing."""
    match wish:
        case PickedFrame():
            return picking.picked(state, wish)
        case DismissedFrame():
            return picking.dismissed(state, wish)
        case CorrectedFrame():
            return picking.corrected(state, wish)
        case JudgedFrame():
            return picking.judged(state, wish)
        case CannedFrame():
            return canned.chosen(state, wish)
        case NewReplyFrame():
            return canned.added(state, wish)
        case AskFrame():
            return writing.asked(state, wish)
        case StopFrame():
            return writing.stopped(state, wish)
        case UseFrame():
            return writing.used(state, wish)
        case EditFrame():
            return customer.edited(state, wish)
        case PauseFrame():
            return pausing.wanted(state, wish)
        case PreferencesFrame():
            return liking.liked(state, wish)
        case _:
            assert_never(wish)


def greet(state: State) -> tuple[Effect, ...]:
    """What a new document is to know at once."""
    return (*liking.greet(state), *pausing.greet(state), *canned.greet(state), *queue.greet(state))
