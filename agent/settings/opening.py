"""Opening hours as a person writes them: ``08:00-12:00, 13:30-18:00``."""

import re
from itertools import pairwise
from typing import Annotated, Literal

from pydantic import AfterValidator

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
WEEKDAYS: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
"""In Python's order: Monday is 0."""

DAY = 24 * 60
_SPAN = re.compile(r"(\d{1,2}):(\d{2})\s*[-–]\s*(\d{1,2}):(\d{2})")


def spans_of(text: str) -> tuple[tuple[int, int], ...]:
    """Beginning and end of each span, in minutes after midnight; an end after midnight is more than a day's minutes.

    Raises:
        ValueError: it cannot be understood; the text says what is wrong.
    """
    found = sorted(_span(part.strip()) for part in text.split(",") if part.strip())
    for (_, end), (start, _) in pairwise(found):
        if start < end:
            raise ValueError(f"two spans of one day overlap at {start // 60:02d}:{start % 60:02d}")
    return tuple(found)


def _span(text: str) -> tuple[int, int]:
    said = _SPAN.fullmatch(text)
    if said is None:
        raise ValueError(f"write times as 08:00-18:00, several with commas between them, not {text!r}")
    start, end = (_minutes(said[at], said[at + 1]) for at in (1, 3))
    if start in (end, DAY):
        raise ValueError(f"{text} has no length; a whole day is 00:00-24:00")
    return start, end if end > start else end + DAY


def _minutes(hours: str, minutes: str) -> int:
    at = int(hours) * 60 + int(minutes)
    if int(minutes) > 59 or at > DAY:
        raise ValueError(f"{hours}:{minutes} is no time of the day (00:00 to 24:00)")
    return at


def _readable(text: str) -> str:
    spans_of(text)
    return text


OpeningTimes = Annotated[str, AfterValidator(_readable)]
"""When it is open on one day; empty: closed."""
