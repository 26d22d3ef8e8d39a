"""Names that people gave themselves, in files that other programs open."""

import unicodedata

_FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""With which a spreadsheet begins a formula."""


def harmless(text: str) -> str:
    """A cell that a spreadsheet shows and does not work out."""
    return f"'{text}" if text.lstrip(" \u00a0\ufeff").startswith(_FORMULAS) else text


def seen(text: str) -> str:
    """Without control characters and such as turn the writing round."""
    return "".join(
        " " if unicodedata.category(char) in ("Cc", "Cf", "Zl", "Zp", "Cs") else char for char in text
    ).strip()
