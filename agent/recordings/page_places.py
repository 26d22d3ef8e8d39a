"""Where in a recorded page an element stands: in what somebody wrote, in a name, beside a message.

By the signs with which the reader finds them (``userscript/selectors.json``), of every generation of the page.
"""

from collections.abc import Mapping
from typing import Any

from agent.recordings.page_words import Place

BADGE = "icon-unread-count"
_NAMES = frozenset({"author", "cell-frame-title", "conversation-info-header-chat-title"})
_TIMES = frozenset({"msg-meta", "cell-frame-primary-detail"})
_PREVIEWS = frozenset({"last-msg-status", "cell-frame-secondary"})
_TEXTS = frozenset({"selectable-text", "image-caption", "media-caption", "quoted-message"})
_CARDS = ("poll-", "event-", "vcard", "link-preview")
_TEXT_CLASSES = frozenset({"selectable-text", "quoted-mention"})
_ROW_CLASSES = frozenset({"message-in", "message-out"})
_MESSAGE = "conv-msg-"


def place_of(tag: str, given: Mapping[str, Any], above: Place) -> Place:
    """An element's place.

    Args:
        tag: Small.
        given: Its attributes, as recorded.
        above: Where its parent stands.
    """
    mark = str(given.get("data-testid") or "")
    if above is Place.NAME or mark in _NAMES:
        return Place.NAME
    if mark in _TIMES:
        return Place.TIME
    if mark == BADGE:
        return Place.ELSEWHERE
    if above is Place.MEMBERS or tag == "header" or mark == "chat-subtitle":
        return Place.MEMBERS
    if above is Place.WRITTEN or _is_written(mark, given):
        return Place.WRITTEN
    is_free = tag == "span" and given.get("dir") == "auto"
    if above is Place.PREVIEW:  # In a group the author stands before the text, which has its direction.
        return Place.MEMBERS if is_free else Place.PREVIEW
    if mark in _PREVIEWS:
        return Place.PREVIEW
    if above is Place.ELSEWHERE and tag == "span" and given.get("title"):
        return Place.NAME if is_free else Place.PREVIEW  # Where the list has no test ids.
    if above is Place.ELSEWHERE and _is_row(mark, given):
        return Place.ROW
    return above


def _is_written(mark: str, given: Mapping[str, Any]) -> bool:
    return (
        not _TEXTS.isdisjoint(mark.split())
        or mark.startswith(_CARDS)
        or not _TEXT_CLASSES.isdisjoint(_classes(given))
        or given.get("contenteditable") == "true"
    )


def _is_row(mark: str, given: Mapping[str, Any]) -> bool:
    return "data-id" in given or mark.startswith(_MESSAGE) or not _ROW_CLASSES.isdisjoint(_classes(given))


def _classes(given: Mapping[str, Any]) -> list[str]:
    return str(given.get("class") or "").split()
