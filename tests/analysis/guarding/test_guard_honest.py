"""What real attendants would write is let through."""

from collections.abc import Iterator

import pytest

from agent.analysis.dialogues import HELD, TRAINING, AttendantTurn, Dialogue, load_dialogues
from agent.analysis.guarding.guard import Guard
from agent.analysis.guarding.language import is_in
from tests.analysis.suite import sources

pytestmark = pytest.mark.slow

MOST_BLOCKED = 0.02
MOST_FOREIGN = 0.01
LEAST = 300
_EVERY = 3
"""Of the training dialogues every third: all of them are counted by ``scripts/bench guard``."""


@pytest.fixture(scope="module")
def dialogues() -> list[Dialogue]:
    return [*load_dialogues(HELD), *load_dialogues(TRAINING)[::_EVERY]]


def answers(dialogues: list[Dialogue]) -> Iterator[tuple[Dialogue, int, str, Guard]]:
    """Every turn of an attendant with the guard as it would be then."""
    for dialogue in dialogues:
        for number, turn in enumerate(dialogue.turns):
            if isinstance(turn, AttendantTurn) and not turn.witnessed:
                before = dialogue.turns[:number]
                theirs = [one.text for one in before if not isinstance(one, AttendantTurn)]
                ours = [one.text for one in before if isinstance(one, AttendantTurn)]
                guard = Guard(theirs, ours, sources=sources(dialogue.business), names=[dialogue.customer])
                yield dialogue, number, turn.text, guard


def test_honest_turns_are_let_through_and_known_as_portuguese(dialogues):
    count, blocked, foreign = 0, [], []
    for dialogue, number, text, guard in answers(dialogues):
        count += 1
        if guard.finish(text, cut=False) != text:
            why = guard.findings[-1] if guard.findings else "cut"
            blocked.append(f"{dialogue.business} {dialogue.id} {number}: {guard.refusal} {why}: {text}")
        if guard.language == "pt" and not is_in(text, frozenset({"pt"})):
            foreign.append(text)
    assert count >= LEAST
    assert len(blocked) <= MOST_BLOCKED * count, "\n".join([f"{len(blocked)} of {count}", *blocked])
    assert len(foreign) <= MOST_FOREIGN * count, foreign
