"""What a reader sees of a text, and what is hidden in it: the guard compares only what is seen."""

import re
import unicodedata
from functools import lru_cache

_ORDINALS = str.maketrans(
    {"º": " ", "ª": " ", "°": " ", "\u00a0": " ", "\u202f": " ", "。": ".", "｡": ".", "\u2024": ".", "❶": "1"}
)
_DROPPED = frozenset({"Cf", "Cc", "Mn", "Me"})
_BLANK = frozenset("\u115f\u1160\u3164\uffa0\u2800\u034f\u17b4\u17b5")
"""Letters and signs that are drawn as nothing."""

_JOINED = re.compile(r"(?<=[\u2600-\u27BF\uFE0F\U0001F000-\U0001FAFF])\u200D(?=[\u2600-\u27BF\U0001F000-\U0001FAFF])")
_EMOJI = (0x1F000, 0x1FBFF)
_WORD = re.compile(r"[^\W_]+")


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """NFKC without invisible characters, accents and capitals; ``R＄ 4８`` becomes ``r$ 48``. Line breaks stay."""
    if text.isascii() and text.isprintable():
        return text.lower()
    seen = unicodedata.normalize("NFKC", text.translate(_ORDINALS))
    parts = unicodedata.normalize("NFKD", seen)
    return "".join(
        c for c in parts if c == "\n" or (unicodedata.category(c) not in _DROPPED and c not in _BLANK)
    ).lower()


def words(text: str) -> list[str]:
    """The folded words of a text, without punctuation."""
    return _WORD.findall(fold(text))


def hidden(text: str) -> str:
    """The characters of a text that nobody sees: zero-width, direction, tags, controls. Emoji may be joined."""
    if text.isascii() and text.isprintable():
        return ""
    return "".join(c for c in _JOINED.sub("", text) if _is_hidden(c))


def without_hidden(text: str) -> str:
    """The text without what nobody sees in it."""
    gone = hidden(text)
    if not gone:
        return text
    kept = _JOINED.sub("\ue000", text)  # A private sign stands for the joins of emoji while the others are taken out.
    return "".join(c for c in kept if c == "\ue000" or c not in gone).replace("\ue000", "\u200d")


def foreign_letters(text: str) -> str:
    """Letters of other alphabets than the Latin one, such as the Cyrillic ``а`` in a word that looks Portuguese."""
    if text.isascii():
        return ""
    return "".join(c for c in text if c.isalpha() and not c.isascii() and not _is_latin(c))


@lru_cache(maxsize=1024)
def _is_latin(letter: str) -> bool:
    return letter in "ªºµ" or unicodedata.name(letter, "").startswith(("LATIN", "FULLWIDTH LATIN"))


@lru_cache(maxsize=1024)
def _is_hidden(char: str) -> bool:
    category = unicodedata.category(char)
    if category == "Cn":  # Emoji that are younger than this Python.
        return not _EMOJI[0] <= ord(char) <= _EMOJI[1]
    return char in _BLANK or category in ("Cf", "Co", "Cs") or (category == "Cc" and char not in "\n\r\t")
