"""The names and numbers of a person, to be found in a text in whatever form."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Self

from agent.storage.folding import folded
from agent.storage.phone import canonical

_NUMBER = re.compile(r"\+?\d[\d\s().\-/]{6,}\d")
_ENDING = 8
"""Digits by which a number is told from others: without country, area code and the ninth digit."""


@dataclass(frozen=True)
class Traces:
    """What a person is called."""

    names: frozenset[str] = frozenset()
    """As the page shows them."""
    phones: frozenset[str] = frozenset()
    """Canonical."""

    @classmethod
    def of(cls, names: Iterable[str | None], phones: Iterable[str | None]) -> Self:
        """Of names, some of which may be numbers, and of numbers."""
        called = frozenset(name for name in names if name)
        numbers = {canonical(one) for one in (*phones, *called) if one}
        return cls(called, frozenset(one for one in numbers if one))

    def is_number(self, written: str | None) -> bool:
        """Whether this is one of the numbers, however it is written."""
        return bool(self.phones) and canonical(written) in self.phones

    def number_in(self, text: str | None) -> bool:
        """Whether one of the numbers stands in a text, with or without country, area code and ninth digit."""
        if not text or not self.phones:
            return False
        return any(end in _digits(found[0]) for found in _NUMBER.finditer(text) for end in self._endings)

    @cached_property
    def _endings(self) -> frozenset[str]:
        return frozenset(phone[-_ENDING:] for phone in self.phones)

    def are_in(self, text: str | None) -> bool:
        """Whether a text holds one of the numbers or, as whole words, one of the names."""
        return self.number_in(text) or self._named(text, self.names)

    def full_in(self, text: str | None) -> bool:
        """The same, but for names of one word only: they may be anybody's."""
        return self.number_in(text) or self._named(text, (n for n in self.names if len((folded(n) or "").split()) > 1))

    @cached_property
    def as_written(self) -> re.Pattern[str] | None:
        """Finds the names as they are written; many times as quick as ``are_in``, but for accents and spaces."""
        names = sorted(map(re.escape, self.names), key=len, reverse=True)
        return re.compile(rf"(?<!\w)(?:{'|'.join(names)})(?!\w)", re.IGNORECASE) if names else None

    def _named(self, text: str | None, names: Iterable[str]) -> bool:
        said = f" {folded(text) or ''} "
        return any(f" {name} " in said for name in map(folded, names) if name)


def _digits(written: str) -> str:
    return "".join(char for char in written if char.isdecimal())
