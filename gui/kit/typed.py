"""What a typed text stands for, and what is wrong with it: no widget is known here."""

import re
from collections.abc import Callable

Parse = Callable[[str], object]
"""What a typed text stands for. Raises ``Wrong``."""


class Wrong(ValueError):
    """A text that cannot be taken; ``key`` is of the words' room ``forms``."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key, self.values = key, values


def whole(least: float | None = None, most: float | None = None, *, empty: bool = False) -> Parse:
    """A whole number within limits; ``empty``: none is one, too."""

    def parse(text: str) -> object:
        if not (text := text.strip()):
            return _nothing(empty)
        if not re.fullmatch(r"[-+]?[0-9]{1,15}", text):
            raise Wrong("whole")
        return _within(int(text), least, most)

    return parse


def decimal(least: float | None = None, most: float | None = None, *, empty: bool = False) -> Parse:
    """A number within limits, with a comma or a point."""

    def parse(text: str) -> object:
        if not (text := text.strip()):
            return _nothing(empty)
        if not re.fullmatch(r"[-+]?[0-9]{1,15}([.,][0-9]{1,15})?", text):
            raise Wrong("number")
        return _within(float(text.replace(",", ".")), least, most)

    return parse


def written(
    most: int | None = None,
    pattern: str | None = None,
    *,
    needed: bool = False,
    least: int = 0,
    nothing: str | None = "",
) -> Parse:
    """A text of one line. ``needed``: it may not be empty; ``nothing``: what an empty one stands for."""

    def parse(text: str) -> object:
        text = text.strip()
        if not text:
            return _nothing(not needed, nothing)
        if len(text) < least:
            raise Wrong("too_short", n=least)
        if most is not None and len(text) > most:
            raise Wrong("too_long", n=most)
        if pattern is not None and re.search(pattern, text) is None:
            raise Wrong("not_so")
        return text

    return parse


def secret(most: int, least: int = 1) -> Parse:
    """A password: taken as it was typed, blanks too."""

    def parse(text: str) -> object:
        if not text:
            return _nothing(False)
        if len(text) < least:
            raise Wrong("too_short", n=least)
        if len(text) > most:
            raise Wrong("too_long", n=most)
        return text

    return parse


def entries(text: str) -> object:
    """One entry a line."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def pairs(text: str) -> object:
    """A name and a value a line, with a colon in between."""
    found: dict[str, object] = {}
    for line in text.splitlines():
        if not line.strip():
            continue
        name, colon, value = line.partition(":")
        if not colon or not name.strip() or not value.strip():
            raise Wrong("pair")
        found[name.strip()] = int(value) if value.strip().isdecimal() else value.strip()
    return found


def _nothing(may_be: bool, is_so: object = None) -> object:
    if not may_be:
        raise Wrong("needed")
    return is_so


def _within(number: float, least: float | None, most: float | None) -> float:
    low, high = (None if one is None else f"{one:g}" for one in (least, most))
    if (least is not None and number < least) or (most is not None and number > most):
        if low is not None and high is not None:
            raise Wrong("between", least=low, most=high)
        raise Wrong("at_least", least=low) if high is None else Wrong("at_most", most=high)
    return number
