"""Two halves of one chat that were stored apart, in one order: pure."""

from collections.abc import Sequence
from datetime import datetime
from itertools import accumulate
from typing import NamedTuple

from agent.storage.placing import GAP


class Placed(NamedTuple):
    """One message, as far as its place in the chat goes."""

    id: int
    position: int
    clock: tuple[str, str] | None
    """Date and time as the page showed them; None where it did not show both."""
    first_seen: datetime


def woven(one: Sequence[Placed], other: Sequence[Placed]) -> dict[int, int]:
    """A position for every message of both, each given in its own order, which is kept.

    By the page's clock where both have one, and in the same minute what was stored first; otherwise all that was stored
    later comes after what was stored earlier. Between messages that were not stored side by side room is left, since
    the page may have others there: see ``placing``.
    """
    if not one or not other:
        return {message.id: message.position for message in (*one, *other)}
    earlier, later = sorted((one, other), key=lambda half: min((message.first_seen, message.id) for message in half))
    found: dict[int, int] = {}
    before: Placed | None = None
    position = one[0].position
    for message, is_next in _in_turn(earlier, later):
        if before is not None:
            position += message.position - before.position if is_next else GAP
        found[message.id] = position
        before = message
    return found


def _in_turn(earlier: Sequence[Placed], later: Sequence[Placed]) -> list[tuple[Placed, bool]]:
    """All messages in order, and of each whether the one before it is of the same half."""
    halves = (earlier, later)
    clocks = tuple(_clocks(half) for half in halves)
    at = [0, 0]
    last = -1
    found: list[tuple[Placed, bool]] = []
    while at[0] < len(earlier) or at[1] < len(later):
        if at[0] == len(earlier):
            half = 1
        elif at[1] == len(later) or not (clocks[0] and clocks[1]):
            half = 0
        else:
            half = 0 if clocks[0][at[0]] <= clocks[1][at[1]] else 1
        found.append((halves[half][at[half]], half == last))
        at[half] += 1
        last = half
    return found


def _clocks(half: Sequence[Placed]) -> list[tuple[str, str]]:
    """A clock for each message that never goes back: its own, or that of the one before it. Empty: there is none."""
    known = [message.clock for message in half if message.clock is not None]
    if not known:
        return []
    return list(accumulate((message.clock or known[0] for message in half), max))
