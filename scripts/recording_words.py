#!/usr/bin/env python3
"""Writes agent/recordings/words/common.txt: the words that a recording keeps as they are, from the corpus.

A word is kept when several customers use it, and when it names nobody: no listed given name or surname, no name of the
stand-in's customers, and nothing that people write with a capital inside a sentence.
"""

import csv
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

CORPUS = ROOT / "agent" / "analysis" / "corpus"
WORDS = ROOT / "agent" / "recordings" / "words"
LEAST = 5
"""So many messages must use a word. With 5, nine words of ten in the corpus's messages are kept."""

_WORD = re.compile(r"[^\W\d_]+")
_OPENS = tuple(".!?:\n\"'“(")
_CAPITAL_SHARE = 0.2


def texts() -> Iterator[str]:
    """What customers write, and the lines of the canned replies."""
    for path in sorted((CORPUS / "messages").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            yield from (row["text"] for row in csv.DictReader(file))
    for path in sorted((CORPUS / "businesses").glob("*/replies.yaml")):
        yield from path.read_text("utf-8").splitlines()


def names() -> frozenset[str]:
    """Folded words that are somebody's name, or may be."""
    listed = (ROOT / "agent" / "analysis" / "guarding" / "given_names.txt").read_text("utf-8").split()
    return frozenset((*listed, *(WORDS / "names.txt").read_text("utf-8").split(), *_customers()))


def _customers() -> Iterator[str]:
    from simulator.scenario import load_all

    for scenario in load_all():
        for chat in scenario.chats:
            called = chat.members if chat.group else (chat.title or "",)
            yield from (folded(word) for one in called for word in _WORD.findall(one) if word[0].isupper())


def folded(word: str) -> str:
    """Small and without accents."""
    return "".join(c for c in unicodedata.normalize("NFD", word.lower()) if not unicodedata.combining(c))


def common() -> list[str]:
    """The words, sorted."""
    small, capital = Counter[str](), Counter[str]()
    for text in texts():
        seen = set[str]()
        for match in _WORD.finditer(text):
            word, before = match[0], text[: match.start()].rstrip()
            if word.islower():
                seen.add(word)
            elif word[0].isupper() and not word.isupper() and before and not before.endswith(_OPENS):
                capital[word.lower()] += 1
        small.update(seen)
    nobody = names()
    return sorted(
        word
        for word, count in small.items()
        if count >= LEAST and capital[word] <= _CAPITAL_SHARE * count and folded(word) not in nobody
    )


if __name__ == "__main__":
    (WORDS / "common.txt").write_text("\n".join(common()) + "\n", encoding="utf-8")
