"""Tests of the card meet one of the page's generations by turns; with ``--thorough`` each meets all of them.

What the card does by itself does not depend on the page: with the generations taken in turn its tests find what
they would find in all of them, in half the time. What reads the page or writes into it is not marked and meets all.
"""

from collections.abc import Sequence
from zlib import crc32

import pytest

GENERATIONS = {"2026", "2025", "2023", "mixed"}


def left_out(items: Sequence[pytest.Item]) -> set[pytest.Item]:
    """Of the tests marked ``by_turns`` that differ in the page's generation alone, all but one."""
    variants: dict[str, list[pytest.Item]] = {}
    for item in items:
        if item.get_closest_marker("by_turns") and (generation := _generation(item)):
            variants.setdefault(item.nodeid.replace(generation, "*", 1), []).append(item)
    return {
        item
        for name, group in variants.items()
        for n, item in enumerate(group)
        if n != crc32(name.encode()) % len(group)
    }


def _generation(item: pytest.Item) -> str | None:
    called = getattr(item, "callspec", None)
    values = called.params.values() if called else ()
    return next((value for value in values if isinstance(value, str) and value in GENERATIONS), None)
