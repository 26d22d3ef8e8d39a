"""Compares what was read of a replayed page with what is to be read, and says why they differ.

The cause is looked for in the selectors: an anchor that is not found any more, or by another sign, explains the fields
that it is read from. Where all anchors do as they did, a rule of the reader has changed.
"""

from collections.abc import Iterator
from typing import Any

from agent.contract.base import Value
from agent.recordings.page_output import Output

_ANCHORS_OF = {
    "text": ("text", "pre_plain", "quoted", "read_more"),
    "truncated": ("read_more",),
    "time": ("pre_plain", "meta"),
    "date": ("pre_plain", "meta"),
    "author": ("author", "author_frame", "sender_label", "pre_plain"),
    "status": ("status", "meta"),
    "quoted": ("quoted", "author"),
    "edited": ("meta", "pre_plain"),
    "forwarded": ("forwarded",),
    "reactions": ("reactions",),
    "file_name": ("kind_document",),
    "direction": ("tail", "status", "meta", "sender_label", "author", "bubble"),
    "last_text": ("preview",),
    "last_time": ("chat_time",),
    "unread": ("unread",),
    "last_media": ("media_symbol", "preview_icon"),
    "is_open": ("open_row",),
}
_ANCHORS_OF_WHAT = {
    "row": ("message", "conversation", "chat_title"),
    "window": ("message", "conversation"),
    "opened": ("conversation", "chat_title"),
    "listed chat": ("chat_row", "chat_name", "chat_grid"),
    "list": ("chat_row", "chat_name"),
    "screen": ("ready", "startup", "loading", "dialog", "offline"),
}
RULE = "no selector does otherwise than before: a rule of the reader has changed, or of the recording"
_NOT_FOUND = "not found"
SELECTORS = "a selector finds otherwise than before"


class PageDifference(Value):
    """One thing that is read otherwise than it is to be."""

    what: str
    """``row``, ``opened``, ``listed chat``, ``screen``, ``anchor`` ..."""
    which: str
    field: str
    """Empty: the whole of it is missing, or was not there before."""
    expected: Any
    """None where there was nothing."""
    found: Any
    cause: str

    def __str__(self) -> str:
        """One line for a terminal."""
        field = f" {self.field}" if self.field else ""
        return f"{self.what} {self.which}:{field} {self.expected!r} is now {self.found!r} ({self.cause})"


def page_differences(expected: Output, found: Output) -> list[PageDifference]:
    """Everything that is otherwise, rows and chats first, selectors last."""
    anchors = _changed_anchors(expected, found)
    keys = [key for key in (*expected, *(key for key in found if key not in expected)) if key[0] != "anchor"]
    differences = [
        PageDifference(what=what, which=which, field=field, expected=was, found=now, cause=_cause(what, field, anchors))
        for what, which in keys
        for field, was, now in _fields(expected.get((what, which)), found.get((what, which)))
    ]
    for name, (was, now) in anchors.items():
        differences.append(
            PageDifference(what="anchor", which=name, field="", expected=was, found=now, cause=SELECTORS)
        )
    return differences


def _fields(was: Any, now: Any) -> Iterator[tuple[str, Any, Any]]:  # noqa: ANN401 (JSON)
    if isinstance(was, dict) and isinstance(now, dict):
        for field in dict.fromkeys((*was, *now)):
            if was.get(field) != now.get(field):
                yield field, was.get(field), now.get(field)
    elif was != now:
        yield "", was, now


def _changed_anchors(expected: Output, found: Output) -> dict[str, tuple[str, str]]:
    names = dict.fromkeys(which for what, which in (*expected, *found) if what == "anchor")
    told = {name: (_told(expected.get(("anchor", name))), _told(found.get(("anchor", name)))) for name in names}
    return {name: (was, now) for name, (was, now) in told.items() if was != now}


def _told(anchor: Any) -> str:  # noqa: ANN401 (JSON)
    if not isinstance(anchor, dict) or anchor.get("rank") is None:
        return _NOT_FOUND
    return f"sign {anchor['rank'] + 1}, {anchor['matches']} times"


def _cause(what: str, field: str, anchors: dict[str, tuple[str, str]]) -> str:
    """The selectors that this is read from, and that do otherwise; else any that do."""
    if not anchors:
        return RULE
    near = [*_ANCHORS_OF.get(field, ()), *_ANCHORS_OF_WHAT.get(what, ())]
    if field == "kind":
        near = [*(name for name in anchors if name.startswith("kind_")), "text", "pre_plain", "bubble", *near]
    named = [name for name in dict.fromkeys(near) if name in anchors] or list(anchors)[:3]
    named.sort(key=lambda name: anchors[name][1] != _NOT_FOUND)  # What is gone may be why another one does otherwise.
    return "; ".join(f"anchor {name}: {anchors[name][0]}, now {anchors[name][1]}" for name in named)
