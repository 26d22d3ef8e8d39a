"""Other people's texts as the window may show them: nothing in them turns round, hides or ends what stands beside."""

import re
from tkinter import font

_LINE_ENDS = str.maketrans(dict.fromkeys("\r\x0b\x0c\x85\u2028\u2029", "\n"))
_NEVER_SHOWN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f"  # controls
    "\u00ad\u061c\u180e\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"  # no width, direction
    "\ud800-\udfff\ue000-\uf8ff\U000e0000-\U000e0fff\U000f0000-\U0010ffff]"  # halves, characters of nobody
)
"""The joiner of emoji stays."""
_LONGEST_LINE = 300


def harmless(text: str) -> str:
    """A text without what nobody can see; its lines stay."""
    if text.isprintable():
        return text
    return _NEVER_SHOWN.sub("", text.replace("\r\n", "\n").translate(_LINE_ENDS))


def one_line(text: str, most: int = _LONGEST_LINE) -> str:
    """As much of a text as a line of a list can use."""
    if text.isprintable() and len(text) <= most:
        return text
    found = " ".join(harmless(text[: most * 2]).split())
    return found if len(found) <= most else f"{found[: most - 1]}…"


def cut(text: str, letters: font.Font, pixels: int) -> str:
    """As much of a text as fits, with an ellipsis where it does not."""
    if letters.measure(text) <= pixels:
        return text
    short, long = 0, len(text)
    while short < long:
        middle = (short + long + 1) // 2
        if letters.measure(f"{text[:middle]}…") <= pixels:
            short = middle
        else:
            long = middle - 1
    return f"{text[:short].rstrip()}…"
