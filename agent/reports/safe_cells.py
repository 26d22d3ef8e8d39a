"""Names that people gave themselves, in files that other programs open."""

import unicodedata

_FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""With which a spreadsheet begins a formula."""

_UNSEEN = ("Cc", "Cf", "Zl", "Zp", "Cs")


def harmless(text: str) -> str:
    """A cell that a spreadsheet shows and does not work out."""
    return f"'{text}" if text.lstrip(" \u00a0\ufeff").startswith(_FORMULAS) else text


def readable(text: str) -> str:
    """Its lines, without what nobody can see; the joiner of emoji stays."""
    lines = "\n".join(text.replace("\t", " ").splitlines())
    return "".join(char for char in lines if char in "\n\u200d" or unicodedata.category(char) not in _UNSEEN)


def seen(text: str) -> str:
    """Without control characters and such as turn the writing round."""
    return "".join(" " if unicodedata.category(char) in _UNSEEN else char for char in text).strip()
