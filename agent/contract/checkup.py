"""What ``python -m agent doctor --page`` learns of the live page: signs and structure, no words."""

from agent.contract.base import Value
from agent.contract.frames import PageState
from agent.contract.rows import Anchor


class PageCheck(Value):
    """One look at the page. Nothing is opened or pressed for it."""

    screen: PageState
    chat_open: bool
    lang: str | None
    needed: tuple[str, ...]
    """Anchors that this screen must have."""
    anchors: dict[str, Anchor]
    """Every anchor of the registry: which of its selectors matched, and how often."""
    signs: dict[str, int]
    """How many selectors each anchor has."""
    structure: tuple[str, ...]
    """One element a line, indented; made of the words of ``userscript/markup-words.json`` alone."""
    masked: int
    """Pieces of the structure that stand as ``*``."""
    cut: bool
    """The page was larger than a dump may be."""
