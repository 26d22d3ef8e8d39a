"""Words that are in everybody's mouth: a recording keeps them, so that what is read and offered stays what it was."""

import unicodedata
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent / "words"
_LISTED = Path(__file__).parent.parent / "analysis" / "guarding" / "given_names.txt"


def folded(word: str) -> str:
    """Small and without accents."""
    return "".join(c for c in unicodedata.normalize("NFD", word.lower()) if not unicodedata.combining(c))


@cache
def names() -> frozenset[str]:
    """Words that name a person, or may: folded. None of them is ever kept or made up."""
    return frozenset((*_LISTED.read_text("utf-8").split(), *map(folded, _words("names.txt"))))


@cache
def kept_words() -> frozenset[str]:
    """Words that stay, in small letters: of the corpus, of WhatsApp's own screens, and endings of file names."""
    return frozenset(w for w in (*_words("common.txt"), *_words("kept.txt")) if folded(w) not in names())


def _words(name: str) -> list[str]:
    return (_FOLDER / name).read_text("utf-8").split()
