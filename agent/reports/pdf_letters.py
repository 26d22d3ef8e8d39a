"""What the standard fonts of a PDF can write: every reader has them, and the file stays small."""

import unicodedata

_LETTERS = str.maketrans({"ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ı": "i"})


def drawable(text: str) -> str:
    """What the standard fonts have letters for; an accent that they lack is left out, another letter is a question."""
    shown = []
    for char in text.translate(_LETTERS):
        if _has(char):
            shown.append(char)
            continue
        plain = "".join(one for one in unicodedata.normalize("NFKD", char) if not unicodedata.combining(one))
        shown.append(plain if plain and all(map(_has, plain)) else "?")
    return "".join(shown)


def _has(char: str) -> bool:
    try:
        return bool(char.encode("cp1252"))
    except UnicodeEncodeError:
        return False
