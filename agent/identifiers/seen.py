"""A text as a reader sees it, with the way back to the characters that were written.

Zero-width characters are left out, no-break spaces are spaces, full-width and circled digits are digits, every dash is
a hyphen, an emoji is a space: ``１１ ９００００‑００１２`` reads ``11 90000-0012``.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

BAR = "\x00"
"""Stands in the place of what was found already; nothing that is searched for reaches across it."""

_BLANK = frozenset("\u115f\u1160\u3164\uffa0\u2800\u034f")
_PLAIN = re.compile(r"[\n\x20-\x7e]*")
_KEPT_CHARS = 20_000


@dataclass(frozen=True, slots=True)
class Seen:
    """What is seen of a text."""

    text: str
    written: str
    starts: tuple[int, ...] | None
    """For each character that is seen, its offset in what was written; None: they are the same."""

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The written characters of ``text[start:end]``, which is not empty, with the marks drawn on the last one."""
        if self.starts is None:
            return start, end
        first, last = self.starts[start], self.starts[end - 1] + 1
        while last < len(self.written) and unicodedata.category(self.written[last]) in ("Mn", "Me"):
            last += 1
        return first, last


def see(written: str) -> Seen:
    """Read a text."""
    if _PLAIN.fullmatch(written):
        return Seen(written, written, None)
    drawn = written.translate(_DRAWN)
    if all(len(_DRAWN[ord(char)]) == 1 for char in set(written)):
        return Seen(drawn, written, None)
    starts = [offset for offset, char in enumerate(written) for _ in _DRAWN[ord(char)]]
    return Seen(drawn, written, tuple(starts))


def barred(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text, as long as before, with ``BAR`` in place of these parts. ``spans``: in order, apart from each other."""
    parts, end = list[str](), 0
    for start, stop in spans:
        parts += [text[end:start], BAR * (stop - start)]
        end = stop
    return "".join([*parts, text[end:]])


class _Drawn(dict[int, str]):
    """What is seen of a character, by its number."""

    def __missing__(self, code: int) -> str:
        if len(self) > _KEPT_CHARS:
            self.clear()
        self[code] = drawn = _draw(chr(code))
        return drawn


def _draw(char: str) -> str:
    category = unicodedata.category(char)
    if char in "\n\r\x0b\x0c\x85" or category in ("Zl", "Zp"):
        return "\n"
    if char == "\t" or category == "Zs":
        return " "
    if category in ("Cc", "Cf", "Mn", "Me") or char in _BLANK:
        return ""
    if category == "Cs":  # Half of a character: it cannot be encoded.
        return "\ufffd"
    if category == "Pd" or char == "\u2212":
        return "-"
    if category == "Nd":
        return str(unicodedata.decimal(char))
    if category in ("So", "Sk") and not char.isascii() and not unicodedata.normalize("NFKC", char).isalnum():
        return " "
    seen = unicodedata.normalize("NFKC", char)
    if category == "No":  # ``⑾`` is (11).
        return "".join(filter(str.isdecimal, seen)) or " "
    return seen if seen.isprintable() else " "


_DRAWN = _Drawn()
