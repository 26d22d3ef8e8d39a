"""Two sides of a difference: what of them is the same and what is not, and which differences have one cause."""

import re
from collections.abc import Iterable
from difflib import SequenceMatcher
from typing import NamedTuple

from agent.recordings.facts import Difference
from agent.recordings.page_differences import SELECTORS

_WORDS = re.compile(r"\w+|\s+|.", re.DOTALL)
_LEAST_ALIKE = 0.65
"""Below, two texts have nothing to do with each other, and marks would only confuse."""


class Piece(NamedTuple):
    """Some of a text."""

    text: str
    other: bool
    """It is not so on the other side."""


class Cause(NamedTuple):
    """Differences that have one cause, in the order of time."""

    said: str
    differences: tuple[Difference, ...]


def sides(expected: str | None, found: str | None) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Both texts in pieces, by words; a side that is not there has none."""
    if expected is None or found is None:
        return _whole(expected), _whole(found)
    above, below = expected.split("\n"), found.split("\n")
    if len(above) == len(below) > 1:  # Lines are places: what stands in one is compared with what stands in it now.
        pairs = [_sides(f"{one}\n", f"{other}\n") for one, other in zip(above, below, strict=True)]
        return tuple(piece for left, _ in pairs for piece in left), tuple(
            piece for _, right in pairs for piece in right
        )
    return _sides(expected, found)


def _sides(expected: str, found: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    left, right = _WORDS.findall(expected), _WORDS.findall(found)
    compared = SequenceMatcher(None, left, right, autojunk=False)
    if compared.ratio() < _LEAST_ALIKE:
        return _whole(expected), _whole(found)
    one, other = list[Piece](), list[Piece]()
    for how, a, a_end, b, b_end in compared.get_opcodes():
        if a < a_end:
            one.append(Piece("".join(left[a:a_end]), how != "equal"))
        if b < b_end:
            other.append(Piece("".join(right[b:b_end]), how != "equal"))
    return tuple(one), tuple(other)


def by_cause(differences: Iterable[Difference]) -> list[Cause]:
    """Differences of one cause together: selectors first, which explain others, and then as they first appear."""
    grouped = dict[str, list[Difference]]()
    for one in differences:
        grouped.setdefault(_bare(one.cause), []).append(one)
    causes = [Cause(said, tuple(held)) for said, held in grouped.items()]
    return sorted(causes, key=lambda cause: cause.said != SELECTORS)


def _bare(cause: str) -> str:
    """Without the values, which both sides show: ``intent: "price" -> "delivery"`` is ``intent``."""
    parts = re.split(r"; (?=[\w ]+: )", cause)
    return "; ".join(part.partition(": ")[0] if " -> " in part else part for part in parts)


def _whole(text: str | None) -> tuple[Piece, ...]:
    return () if text is None else (Piece(text, other=True),)
