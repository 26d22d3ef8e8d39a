"""The page layer's lines: what rrweb recorded, with everybody's words replaced before a line is written.

A line is one event of one document. A line that holds a whole picture also says what the page's times are read with, so
that a recording can begin with it.
"""

import json
import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any

from agent.recordings.page_events import FULL, PageEvents
from agent.recordings.page_words import Place, is_page_word, page_parts
from agent.recordings.pseudonyms import Pseudonyms

_LONE = re.compile(r"\\u[dD][89a-fA-F][0-9a-fA-F]{2}")
"""Half of a sign: the page has cut a text in the middle of an emoji."""
_ZONE = re.compile(r"[A-Za-z_]+(?:/[A-Za-z0-9_+\-]+){0,2}")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,2}")
_BETWEEN = re.compile(r"([,、،]\s*)")
"""Stands between the members of a group; the last one may be "you"."""
_KEPT = 8_192


class PagePseudonyms:
    """Takes the recorder's batches, gives lines."""

    def __init__(self, pseudonyms: Pseudonyms) -> None:
        """``pseudonyms``: the recording's, so that a person is the same in both layers."""
        self._events = PageEvents(Replaced(pseudonyms))
        self._document = 0

    @property
    def skipped(self) -> int:
        """Events that were of no known form."""
        return self._events.skipped

    def lines(self, batch: str) -> Iterator[dict[str, Any]]:
        """The lines of one batch; it costs time, so not in the loop's thread."""
        given = json.loads(_LONE.sub(r"\\ufffd", batch))
        if given["batch"] == 1:
            self._document += 1
        for event in given["events"]:
            kept = self._events.event(event)
            if kept is None:
                continue
            line: dict[str, Any] = {"doc": self._document, "event": kept}
            if kept["type"] == FULL:
                line["about"] = about(given.get("about") or {})
            yield line


class Replaced:
    """Pseudonyms for everything but the page's own words."""

    def __init__(self, pseudonyms: Pseudonyms) -> None:
        """``pseudonyms``: of the whole recording."""
        self._pseudonyms = pseudonyms
        # A row is put into the page anew at every opening of its chat.
        self._said: Callable[[str, bool, Place], str] = lru_cache(maxsize=_KEPT)(self._words)
        self._named: Callable[[str], str] = lru_cache(maxsize=_KEPT)(pseudonyms.identifier)

    def words(self, text: str, *, label: bool, place: Place = Place.ELSEWHERE) -> str:
        """See ``page_attributes.Words``."""
        return self._said(text, label, place)

    def _words(self, text: str, label: bool, place: Place = Place.ELSEWHERE) -> str:
        if place is Place.NAME:
            return self.name(text)
        if not any(c.isalnum() for c in text) or is_page_word(text, label=label, place=place):
            return text
        made = {Place.MEMBERS: self._members, Place.TIME: self._pseudonyms.structured}.get(place, self._pseudonyms.text)
        parts = page_parts(text, label=label)
        if place is Place.MEMBERS:  # "Chamada de vídeo em grupo" has two: no other word stays here as a common one.
            parts = [one for part, own in parts for one in ([(part, own)] if own else page_parts(part, label=label))]
        return "".join(part if own else made(part) for part, own in parts)

    def _members(self, text: str) -> str:
        return "".join(map(self.name, _BETWEEN.split(text)))

    def name(self, text: str) -> str:
        """See ``page_attributes.Words``."""
        return self._pseudonyms.name(text)

    def identifier(self, value: str) -> str:
        """See ``page_attributes.Words``."""
        return self._named(value)


class AsRecorded:
    """Changes nothing: for the walk before a replay, and for recordings that keep their texts."""

    def words(self, text: str, *, label: bool, place: Place = Place.ELSEWHERE) -> str:
        """See ``page_attributes.Words``."""
        return text

    def name(self, text: str) -> str:
        """See ``page_attributes.Words``."""
        return text

    def identifier(self, value: str) -> str:
        """See ``page_attributes.Words``."""
        return value


def about(given: dict[str, Any]) -> dict[str, Any]:
    """Language, zone and size of a page, where they are what they should be."""
    zone, lang = str(given.get("zone") or ""), str(given.get("lang") or "")
    return {
        "zone": zone if _ZONE.fullmatch(zone) and len(zone) <= 40 else None,
        "lang": lang if _LANGUAGE.fullmatch(lang) else None,
        "width": _pixels(given.get("width"), 1280),
        "height": _pixels(given.get("height"), 900),
    }


def _pixels(value: object, otherwise: int) -> int:
    return min(max(int(value), 200), 4000) if isinstance(value, int | float) else otherwise
