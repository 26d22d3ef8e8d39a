"""Looks for what must not be in a recording, or in a report of one: known names and numbers, in the unpacked bytes."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from agent.contract.base import Value
from agent.recordings.file import MANIFEST, open_recording

LEAST_DIGITS = 6
"""Shorter numbers are everywhere by chance."""
CALLABLE, SUBSCRIBER = 10, 8
"""A telephone has so many digits and more; its last eight are enough to call somebody."""
COUNTRY, LOCAL = "55", 11
_ZONE = re.compile(r'"zone": ?"[A-Za-z]+/[A-Za-z_/]+"')
"""America/Sao_Paulo is nobody."""
_ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")
WORD = re.compile(r"[^\W_]+")
NUMBER = re.compile(r"\d(?:[ \u00a0\u202f().\-/]{0,3}\d)*")


class Leak(Value):
    """Something known stands in a file."""

    where: str
    """Name of the file inside the recording."""
    known: int
    """Which of the known things, counted from 0: the leak is not spread further by telling it."""


class _Sought:
    """Known things, made ready to be looked for: a text is gone through once, however many there are."""

    def __init__(self, known: Iterable[str]) -> None:
        self._numbers, self._short = dict[str, int](), dict[str, int]()
        self._words = defaultdict[str, list[tuple[tuple[str, ...], int]]](list)
        for number, one in enumerate(known):
            text = plain(one)
            digits = re.sub(r"\D", "", text)
            if len(digits) >= LEAST_DIGITS and not re.search(r"[^\W\d_]", text):
                (self._numbers if len(digits) > SUBSCRIBER else self._short).setdefault(digits, number)
                if len(digits) >= CALLABLE:
                    self._short.setdefault(digits[-SUBSCRIBER:], number)
            elif words := tuple(WORD.findall(text)):
                self._words[words[0]].append((words, number))
        self._lengths = sorted({len(digits) for digits in self._numbers})

    def found_in(self, data: bytes) -> set[int]:
        text = plain(_ZONE.sub("", data.decode("utf-8", "replace")))
        return self._found_words(text) | self._found_numbers(text)

    def _found_words(self, text: str) -> set[int]:
        words = WORD.findall(text)
        return {
            number
            for at, word in enumerate(words)
            if word in self._words
            for wanted, number in self._words[word]
            if tuple(words[at : at + len(wanted)]) == wanted
        }

    def _found_numbers(self, text: str) -> set[int]:
        """Whatever stands between its digits, and within a longer number; eight digits and fewer only alone.

        A moment in milliseconds has thirteen, and eight of them are somebody's number by chance.
        """
        found = set[int]()
        for match in NUMBER.finditer(text) if self._numbers or self._short else ():
            digits = re.sub(r"\D", "", match[0])
            local = digits.removeprefix(COUNTRY) if len(digits) > LOCAL else digits
            for short in {digits, local[-SUBSCRIBER:] if len(local) <= LOCAL else digits}:
                if (number := self._short.get(short)) is not None:
                    found.add(number)
            for length in self._lengths:
                for at in range(len(digits) - length + 1):
                    if (number := self._numbers.get(digits[at : at + length])) is not None:
                        found.add(number)
        return found


def audit(path: Path, known: Iterable[str]) -> list[Leak]:
    """Every known name, number, address ... that a recording holds, in any case, with or without accents.

    Numbers are found whatever stands between their digits; a telephone also without its country and area. Names are
    found as whole words, one after another: three letters inside another word are nobody's name.

    Raises:
        BadInput: it is no recording.
    """
    sought = _Sought(known)
    with open_recording(path) as recording:
        found = [
            Leak(where=member, known=number)
            for member in recording.manifest.members
            for number in sorted(_in_pieces(recording.pieces(member), sought))
        ]
        manifest = recording.manifest.model_dump_json().encode()
    return [*found, *(Leak(where=MANIFEST, known=number) for number in sorted(sought.found_in(manifest)))]


def audit_text(text: str, known: Iterable[str], where: str = "text") -> list[Leak]:
    """The same for a report or the output of a test."""
    return [Leak(where=where, known=number) for number in sorted(_Sought(known).found_in(text.encode()))]


def _in_pieces(pieces: Iterator[bytes], sought: _Sought) -> set[int]:
    """By whole lines: what stands across the border of two pieces counts too."""
    found, rest = set[int](), b""
    for piece in pieces:
        lines, end, rest = (rest + piece).rpartition(b"\n")
        if end:
            found |= sought.found_in(lines)
    return found | sought.found_in(rest)


def plain(text: str) -> str:
    """Small, without accents, escapes of JSON resolved."""
    text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text).replace("\\n", "\n").replace("\\t", "\t")
    apart = unicodedata.normalize("NFD", text)
    return "".join(c for c in apart if not unicodedata.combining(c)).casefold()
