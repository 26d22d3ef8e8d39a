"""Attributes of a recorded page: which are structure and stay, which are words, and which may never be in a recording.

Allowed is what is listed. An attribute that nobody knows is taken for somebody's name, and one that could run or fetch
something is left out.
"""

import re
from functools import lru_cache
from typing import Protocol

from agent.recordings.page_words import Place

_NAME = re.compile(r"[a-z_:][\w:.-]{0,60}", re.IGNORECASE)

_STRUCTURE = frozenset(
    [
        *("class", "role", "dir", "lang", "type", "tabindex", "contenteditable", "spellcheck", "autocomplete"),
        *("data-testid", "data-icon", "data-tab", "data-virtualized", "data-lexical-editor", "data-lexical-text"),
        *("data-scrolltracepolicy", "data-animate-modal-popup", "data-animate-modal-body", "data-app-text-template"),
        *("aria-hidden", "aria-selected", "aria-modal", "aria-live", "aria-checked", "aria-pressed", "aria-disabled"),
        *("aria-expanded", "aria-haspopup", "aria-multiline", "aria-autocomplete", "aria-rowcount", "aria-rowindex"),
        *("aria-colcount", "aria-colindex", "aria-level", "aria-setsize", "aria-posinset", "aria-valuenow"),
        *("aria-valuemin", "aria-valuemax", "aria-busy", "aria-atomic", "aria-sort", "aria-orientation"),
        *("width", "height", "min", "max", "step", "rows", "cols", "colspan", "rowspan", "size", "maxlength"),
        *("hidden", "disabled", "checked", "selected", "readonly", "multiple", "draggable", "autoplay", "loop"),
        *("viewbox", "preserveaspectratio", "fill", "stroke", "stroke-width", "stroke-linecap", "stroke-linejoin"),
        *("fill-rule", "clip-rule", "opacity", "x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "rx", "ry", "d"),
        *("points", "transform", "version", "xmlns", "xml:space", "compatmode", "media", "open", "inert"),
        *("rr_width", "rr_height", "rr_scrolltop", "rr_scrollleft"),
    ]
)
_STRUCTURAL_VALUE = re.compile(r"[\w\s.,:;#%()+*/~\u2060-]{0,4000}")
_LONG_NUMBER = re.compile(r"\d{7,}")
_GEOMETRY = frozenset({"d", "points", "viewbox", "transform", "class"})

_WORDS = frozenset(
    [
        *("title", "aria-label", "alt", "placeholder", "aria-placeholder", "aria-valuetext", "aria-description"),
        *("aria-roledescription", "value", "data-plain-text", "label", "summary", "content"),
    ]
)
_LABELS = frozenset({"aria-label", "alt", "title", "aria-valuetext", "placeholder", "aria-placeholder"})
_REFERENCES = frozenset(
    ["id", "for", "name", "aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", "aria-activedescendant"]
)
_OWN_IDS = frozenset(
    [
        *("app", "main", "side", "pane-side", "whatsapp-web", "wa_web_initial_startup", "startup", "initial_startup"),
        *("wa-popovers-bucket", "expressions-panel-container", "has-finished-comet-page", "all-filter"),
        *("unread-filter", "favorites-filter", "group-filter", "favicon"),
    ]
)
_MESSAGE = "conv-msg-"
_SAYS = (":", "：")
"""A label that ends so is the name of whoever wrote the row."""

_PICTURES = re.compile(
    r"(blob:)|(data:image/(?:jpe?g|png|webp|gif))|(?:https://|about:)(pps\.whatsapp\.net)", re.IGNORECASE
)
"""By the kind of its address the reader tells a photograph, a sticker and somebody's own picture."""
_MAP = re.compile(r"https?://(?:maps\.google\.|(?:www\.)?google\.[a-z.]+/maps)", re.IGNORECASE)
_ELSEWHERE = "https://example.invalid/"

_CSS_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_CSS_FETCH = re.compile(r"url\s*\([^)]*\)?|(?:image-set|src|image|element|cross-fade)\s*(?=\()", re.IGNORECASE)
_CSS_AT = re.compile(r"@(?:import|charset|namespace)[^;]*;?", re.IGNORECASE)
_CSS_TEXT = re.compile(r"""(?P<selector>[=]\s*)?(?:"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')""", re.DOTALL)
"""Behind an equals sign it is the value of an attribute in a selector."""


class Words(Protocol):
    """What becomes of words and of what tells who somebody is."""

    def words(self, text: str, *, label: bool, place: Place = Place.ELSEWHERE) -> str:
        """Anything that a person may read, and where; ``label``: in an attribute for screen readers."""

    def name(self, text: str) -> str:
        """What stands where the page writes a name."""

    def identifier(self, value: str) -> str:
        """Ids of messages and people, and everything unknown."""


def attribute(tag: str, name: str, value: object, words: Words, place: Place = Place.ELSEWHERE) -> object:
    """What a recording keeps of an attribute; None: nothing.

    Args:
        tag: Of the element, small.
        name: As recorded.
        value: A text; true, a number.
        words: What becomes of words.
        place: Where the element stands.
    """
    small = name.lower()
    if not _NAME.fullmatch(name) or small.startswith("on"):
        return None
    if isinstance(value, bool | int | float):
        return value if small in _STRUCTURE else None
    if not isinstance(value, str):
        return None
    if small in ("style", "_csstext"):
        return css(value)
    if small in ("href", "src"):
        return _address(tag, small, value)
    if small == "data-id" or small in ("data-ref", "data-link-code"):
        return words.identifier(value)
    if small == "data-pre-plain-text":
        return _copied(value, words, place)
    if small == "data-testid" and value.startswith(_MESSAGE):
        return _MESSAGE + words.identifier(value.removeprefix(_MESSAGE))
    if small in _STRUCTURE:
        return value if _is_structure(small, value) else words.identifier(value)
    if small in _REFERENCES:
        return " ".join(one if one in _OWN_IDS else words.identifier(one) for one in value.split(" "))
    if small in _WORDS:
        named = small == "aria-label" and value.rstrip().endswith(_SAYS)
        return words.words(value, label=small in _LABELS, place=Place.NAME if named else place)
    return words.identifier(value) if small.startswith(("data-", "aria-")) else None


def _is_structure(name: str, value: str) -> bool:
    if not _STRUCTURAL_VALUE.fullmatch(value):
        return False
    return name in _GEOMETRY or _LONG_NUMBER.search(value) is None


def _copied(value: str, words: Words, place: Place) -> str:
    """``[20:31, 11/07/2026] Maria: ``; on lines of a list it is a mark without words."""
    when, end, who = value.partition("] ")
    if value.startswith("[") and end:
        return f"{words.words(when, label=False, place=Place.TIME)}{end}{words.name(who)}"
    return value if not any(c.isalpha() for c in value) else words.words(value, label=False, place=place)


def _address(tag: str, name: str, value: str) -> str | None:
    """Only which kind of address it is: nothing can be fetched from it, and it names nobody."""
    if tag == "img" and name == "src":
        kind = _PICTURES.match(value)
        return None if kind is None else kind[1] or (f"{kind[2]}," if kind[2] else f"about:{kind[3]}")
    if tag != "a":
        return None
    if _MAP.match(value):
        return "https://maps.google.com/"
    return _ELSEWHERE if value.lower().startswith("http") else "#"


@lru_cache(maxsize=1024)
def css(text: str) -> str:
    """Rules without words and without anything that would be fetched."""
    bare = _CSS_AT.sub("", _CSS_COMMENT.sub("", text))
    bare = _CSS_TEXT.sub(lambda found: found[0] if found["selector"] else '""', bare)
    return _CSS_FETCH.sub("none", bare)
