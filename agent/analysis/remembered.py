"""Empties what the analysis remembers of texts that it has read: it would be quicker to read them again."""

import sys
from collections.abc import Iterator
from functools import _lru_cache_wrapper
from typing import Any

_ROOMS = ("agent.analysis.", "agent.identifiers.")
_SMALL = 8
"""Caches of no more than so many hold what was loaded, not what was read."""


def forget_texts() -> None:
    """Every cache of these rooms that is bounded: the others hold models and word lists."""
    for cache in _caches():
        size = cache.cache_parameters()["maxsize"]
        if size is not None and size > _SMALL:
            cache.cache_clear()


def _caches() -> Iterator["_lru_cache_wrapper[Any]"]:
    for name, module in list(sys.modules.items()):
        if name.startswith(_ROOMS):
            for value in list(vars(module).values()):
                if isinstance(value, _lru_cache_wrapper):
                    yield value
