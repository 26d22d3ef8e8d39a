"""Where a message stands in its conversation: whole numbers with room between them, derived from the page's own order.

The page shows a window of at most about 100 rows, in the order of the chat, and it moves: older rows are loaded above,
new ones come below, a search jumps far away. Clock times order nothing (they have no seconds). So each new row gets a
number next to its neighbours in the window: below the last known one counting up, above the first known one counting
down. A window without any known row is put down with a wide gap around it, for what is still to be loaded between.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from agent.contract.rows import Change, RowChange

GAP = 1_000_000
"""Room left free where rows are missing. A conversation has fewer rows; 64 bits hold nine trillion gaps."""


class Run(NamedTuple):
    """Unknown rows that follow each other in the window, and the known rows around them."""

    ids: tuple[str, ...]
    above: str | None
    below: str | None


def chat_order(window: Sequence[str], changes: Iterable[RowChange]) -> list[str]:
    """Every id of a batch once, top to bottom.

    A changed row may have left the window already: history goes on top, all else to the bottom.
    """
    shown = set(window)
    gone = {c.row.id: c.change for c in changes if c.row.id not in shown}
    top = [wa_id for wa_id, change in gone.items() if change is Change.HISTORY]
    bottom = [wa_id for wa_id, change in gone.items() if change is not Change.HISTORY]
    return list(dict.fromkeys([*top, *window, *bottom]))


def runs(order: Sequence[str], known: Mapping[str, int], fresh: Mapping[str, object]) -> list[Run]:
    """The runs of ``fresh`` ids in ``order``, top to bottom. Ids that are neither known nor fresh are passed over."""
    found: list[Run] = []
    above: str | None = None
    ids: list[str] = []
    for wa_id in order:
        if wa_id in fresh:
            ids.append(wa_id)
        elif wa_id in known:
            if ids:
                found.append(Run(tuple(ids), above, wa_id))
                ids = []
            above = wa_id
    if ids:
        found.append(Run(tuple(ids), above, None))
    return found


def redealt(order: Sequence[str], known: Mapping[str, int]) -> dict[str, int]:
    """New positions for known rows that the page shows in another order than the one stored.

    Their own positions are dealt out again, so that no row outside the window is passed.
    """
    shown = [wa_id for wa_id in order if wa_id in known]
    dealt = zip(shown, sorted(known[wa_id] for wa_id in shown), strict=True)
    return {wa_id: position for wa_id, position in dealt if known[wa_id] != position}


def spread(count: int, left: int | None, right: int | None, *, from_below: bool = False) -> list[int] | None:
    """``count`` positions between two others, next to ``left``, or to ``right`` with ``from_below``; None: no room."""
    if left is None and right is None:
        return list(range(count))
    if left is not None and right is not None and right - left <= count:
        return None
    if right is not None and (left is None or from_below):
        return list(range(right - count, right))
    start = (left or 0) + 1
    return list(range(start, start + count))
