"""The selector registry, shared with the script in the page."""

import json
from functools import cache
from pathlib import Path

_REGISTRY = Path(__file__).parents[2] / "userscript" / "selectors.json"


@cache
def _anchors() -> dict[str, tuple[str, ...]]:
    registry = json.loads(_REGISTRY.read_text(encoding="utf-8"))
    return {a["name"]: tuple(alternative["css"] for alternative in a["alternatives"]) for a in registry["anchors"]}


def alternatives(anchor: str) -> tuple[str, ...]:
    """CSS selectors of an anchor, best first. Raises ``KeyError`` for a name that the registry does not have."""
    return _anchors()[anchor]


def names() -> frozenset[str]:
    """All anchors that the registry has."""
    return frozenset(_anchors())
