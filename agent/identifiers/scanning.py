"""Goes through a text with a pattern, and asks of each place whether it is one."""

import re
from collections.abc import Callable, Iterator

from agent.identifiers.kinds import Found

Judge = Callable[[str, re.Match[str]], Found | None]
Rule = tuple[re.Pattern[str], Judge]

_NO_DIGIT = re.compile(r"\D")
_IN_NUMBER = re.compile(r"\d[.,\-/]$")
_GOES_ON = re.compile(r"[.,\-/]\d")
_ESCAPED = re.compile(r"%[0-9A-Fa-f]{2}$")


def scan(text: str, rule: Rule) -> Iterator[Found]:
    """All that the rule finds, in order, none within another.

    A place that is refused is left by one character only: what begins inside it is looked at too. A pattern matches
    a bounded length, so that the whole takes time in proportion to the text.
    """
    pattern, judge = rule
    at = last = 0
    while match := pattern.search(text, at):
        found = judge(text, match)
        if found is not None and found.start >= last:  # A judge may look back, but not into what was found already.
            yield found
            at = last = found.end
        else:
            at = match.start() + 1


def digits_of(written: str) -> str:
    """Only the digits."""
    return _NO_DIGIT.sub("", written)


def touches_letter(text: str, start: int, end: int) -> bool:
    """Whether a letter stands right before or behind: ``BR123456789BR``. ``%2B`` in an address is none."""
    before = start > 0 and text[start - 1].isalpha() and not _ESCAPED.search(text[max(0, start - 3) : start])
    return before or (end < len(text) and text[end].isalpha())


def continues_number(text: str, start: int) -> bool:
    """Whether digits stand before, past one point, comma, hyphen or slash."""
    return _IN_NUMBER.search(text[max(0, start - 2) : start]) is not None


def in_longer_number(text: str, start: int, end: int) -> bool:
    """Whether the digits go on before or behind."""
    return continues_number(text, start) or _GOES_ON.match(text, end) is not None
