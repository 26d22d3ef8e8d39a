"""One form for every way of writing a word, for the search: without case, accents, signs and what nobody sees.

Emoji and signs of currencies are words by themselves, whatever touches them; skin tones are left out like accents.
"""

import unicodedata
from collections.abc import Iterable, Sequence

Mark = tuple[int, int]
"""First character of a passage and the one behind its last, in the text as it was written."""

_SIGNS = ("So", "Sc")
"""Unicode's categories of emoji and of currencies."""


class _Folding(dict[int, str]):
    """Character -> what becomes of it, with a space where a word ends. Each is worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", chr(code)).casefold())
        self[code] = "".join(map(_piece, plain))
        return self[code]


def _piece(char: str) -> str:
    category = unicodedata.category(char)
    if category.startswith("M") or category == "Cf":  # accents, and what joins or hides characters
        return ""
    if category in _SIGNS:
        return f" {char} "
    return char if char.isalnum() else " "


_FOLDING = _Folding()


def folded(text: str | None) -> str | None:
    """The words of a text with one space between them; None where there is none."""
    return " ".join(text.translate(_FOLDING).split()) or None if text else None


def asked_for(typed: str) -> tuple[str, ...]:
    """The words that a person looks for, each once; one with which another one begins asks for nothing more."""
    words = dict.fromkeys((folded(typed) or "").split())
    return tuple(word for word in words if not any(other != word and other.startswith(word) for other in words))


def holds(words: str | None, wanted: Iterable[str]) -> bool:
    """Whether a folded text has, for each wanted word, one that begins with it."""
    there = f" {words or ''}"
    return all(f" {word}" in there for word in wanted)


def marks(text: str | None, wanted: Sequence[str]) -> tuple[Mark, ...]:
    """Where the words of a text are that begin with one of those wanted."""
    found: list[Mark] = []
    for word, first, end in _words(text or ""):
        if not word.startswith(tuple(wanted)):
            continue
        if found and first < found[-1][1]:  # two words in one character: ½
            found[-1] = (found[-1][0], end)
        else:
            found.append((first, end))
    return tuple(found)


def _words(text: str) -> list[tuple[str, int, int]]:
    """The folded words, each with its place in the text."""
    found: list[tuple[str, int, int]] = []
    going = False
    for at, char in enumerate(text):
        pieces = _FOLDING[ord(char)]
        if not pieces and found and found[-1][2] == at:  # an accent belongs to the letter before it
            word, first, _ = found[-1]
            found[-1] = (word, first, at + 1)
        for piece in pieces:
            if piece == " ":
                going = False
            elif going:
                word, first, _ = found[-1]
                found[-1] = (word + piece, first, at + 1)
            else:
                found.append((piece, at, at + 1))
                going = True
    return found
