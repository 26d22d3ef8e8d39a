"""A text as the rules read it: without accents, capitals and what nobody sees, in sentences."""

import re
import unicodedata

from agent.identifiers.seen import see

_END = re.compile(r"(?<![.!?…;])[.!?…;]++(?:\s|$)|\n")
_SPACES = re.compile(r"[^\S\n]+")
_MARKS = frozenset({"Mn", "Me"})


def fold(text: str) -> str:
    """Small letters without accents; what is drawn as nothing is left out, and spaces and emoji are one space."""
    seen = see(text).text.lower()
    if not seen.isascii():
        parts = unicodedata.normalize("NFKD", seen)
        seen = "".join(char for char in parts if unicodedata.category(char) not in _MARKS)
    return _SPACES.sub(" ", seen)


def sentences(text: str) -> list[str]:
    """The sentences of a text, each with the sign that ends it. A link or a number holds no end."""
    found, start = list[str](), 0
    for end in _END.finditer(text):
        if sentence := text[start : end.end()].strip():
            found.append(sentence)
        start = end.end()
    if rest := text[start:].strip():
        found.append(rest)
    return found
