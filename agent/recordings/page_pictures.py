"""Pictures of what a page's replay reads otherwise: the row as it stood then, with what was read of it, and what is.

A recording holds no pictures. So the recorded page is shown once more, up to the moment at which the row was read, and
the row is outlined twice: in green with what the golden result has, in red with what is read now.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from playwright.async_api import Error, FloatRect, ViewportSize

from agent.recordings.facts import Pair
from agent.recordings.page_differences import PageDifference
from agent.recordings.page_player import PagePlayer

MOST_PAIRS = 6
"""A pair is two pictures; each is about 20 kB."""
SHOWN = ("row", "window", "listed chat", "opened")
"""What of a page has a place in it."""

_WRITTEN = frozenset({"text", "author", "time", "file_name", "last_text", "last_author"})
"""Fields whose value stands in the page as it is: its place can be found."""
_GOLDEN, _NOW = "#0b7a3b", "#c0271c"
_AROUND_PX = 64
_HIGHEST_PX, _WIDEST_PX = 420, 900
_MOST_LABEL = 90


class Wanted(NamedTuple):
    """A difference that is to be shown."""

    at_ms: float
    """Since the first event."""
    difference: PageDifference


def wanted(differences: Iterable[PageDifference], moments: Mapping[tuple[str, str], float]) -> list[Wanted]:
    """Those to be shown, in the order of time: of each cause and field one, before a second of any.

    Args:
        differences: all.
        moments: milliseconds since the first event, by what and which.
    """
    placed = [one for one in differences if one.what in SHOWN and (one.what, one.which) in moments]
    rank, seen = dict[int, int](), dict[tuple[str, str, str], int]()
    for number, one in enumerate(placed):
        kind = (one.cause, one.what, one.field)
        # How often a row was read says least to whoever looks at it.
        rank[number] = seen.get(kind, 0) + (MOST_PAIRS if one.field == "changes" else 0)
        seen[kind] = seen.get(kind, 0) + 1
    chosen, rows = list[PageDifference](), set[tuple[str, str, str]]()
    for number in sorted(rank, key=lambda number: (rank[number], number)):
        one = placed[number]
        if (one.what, one.which, one.field) not in rows and len(chosen) < MOST_PAIRS:
            rows.add((one.what, one.which, one.field))
            chosen.append(one)
    return sorted((Wanted(moments[one.what, one.which], one) for one in chosen), key=lambda one: one.at_ms)


async def pictures_of(player: PagePlayer, asked: Sequence[Wanted]) -> list[tuple[PageDifference, Pair]]:
    """Take them; what cannot be seen at its moment is left out.

    Args:
        player: at the beginning of the recording.
        asked: in the order of time.
    """
    taken: list[tuple[PageDifference, Pair]] = []
    for at_ms, one in asked:
        await player.seek(at_ms)
        golden = await _picture(player, one, one.expected, _GOLDEN)
        now = await _picture(player, one, one.found, _NOW)
        if golden is not None and now is not None:
            taken.append((one, Pair(golden, now)))
    return taken


async def _picture(player: PagePlayer, one: PageDifference, value: Any, colour: str) -> bytes | None:  # noqa: ANN401 (JSON)
    title, _, message = one.which.rpartition(" | ")
    tab = player.tab.tab
    asked = {
        "what": one.what,
        "title": title or one.which,
        "id": message,
        "value": value if isinstance(value, str) and one.field in _WRITTEN else "",
        "label": _label(one.field, value),
        "colour": colour,
    }
    try:
        place = await tab.evaluate(_marking(), asked)
        if place is None:
            return None
        return await tab.screenshot(clip=_clip(place, tab.viewport_size), animations="disabled", caret="hide")
    except Error:
        return None
    finally:
        with suppress(Error):
            await tab.evaluate("() => document.getElementById('balcao-mark')?.remove()")


def _label(field: str, value: Any) -> str:  # noqa: ANN401 (JSON)
    said = "nothing" if value is None else "" if isinstance(value, dict) else json.dumps(value, ensure_ascii=False)
    if not field:
        return "not read" if value is None else "read"
    text = f"{field}: {said}"
    return text if len(text) <= _MOST_LABEL else text[: _MOST_LABEL - 1] + "…"


def _clip(place: Sequence[float], size: ViewportSize | None) -> FloatRect:
    """The row and a little of what is around it."""
    left, top, width, height = place
    most_x, most_y = (size["width"], size["height"]) if size else (1280, 900)
    x, y = max(left - 12, 0.0), max(top - _AROUND_PX, 0.0)
    wide, high = min(width + 24, _WIDEST_PX), min(height + 2 * _AROUND_PX, _HIGHEST_PX)
    x, y = min(x, max(most_x - 40.0, 0)), min(y, max(most_y - 40.0, 0))
    return {"x": x, "y": y, "width": max(min(wide, most_x - x), 40), "height": max(min(high, most_y - y), 40)}


@cache
def _marking() -> str:
    return (Path(__file__).parent / "page_marks.js").read_text(encoding="utf-8")
