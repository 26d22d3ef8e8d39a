"""Goes through what rrweb recorded, and lets through what is listed: forms of events, elements, attributes.

The same walk serves twice. While recording it replaces words. Before a replay it changes none, and takes out of a file
that somebody else made whatever could run or fetch something.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from agent.recordings.page_attributes import Words, attribute, css
from agent.recordings.page_places import BADGE, place_of
from agent.recordings.page_words import Place

FULL, CHANGE, META = 2, 3, 4
_MUTATION, _SCROLL, _RESIZE, _INPUT, _SHEETS = 0, 3, 4, 5, 15
_DOCUMENT, _TYPE, _ELEMENT, _TEXT = 0, 1, 2, 3

DEEPEST = 150
"""Elements within elements; a page has about 60."""

_NEVER = frozenset(
    [
        *("script", "noscript", "iframe", "frame", "frameset", "object", "embed", "applet", "base", "meta", "template"),
        *("portal", "fencedframe", "source", "track", "param", "foreignobject", "animate", "set", "use", "image"),
    ]
)
"""They become an empty ``div`` (``g`` in a drawing): the nodes around them keep their places."""
_ICON = re.compile(r"[a-z]+(?:[-_][a-z0-9]+)*")
"""Titles of drawings are their icons' names: ``tail-in``, ``wds-ic-read``."""
_COUNT = re.compile(r"\d{1,4}\+?")


@dataclass(frozen=True)
class _Place:
    """What is known of a node: its element's tag, and what stands in it."""

    tag: str
    where: Place = Place.ELSEWHERE
    counts: bool = False
    icon: bool = False


@dataclass
class PageEvents:
    """One document after another; ``skipped`` counts what was not let through."""

    words: Words
    skipped: int = 0
    _places: dict[int, _Place] = field(default_factory=dict)

    def event(self, event: Mapping[str, Any]) -> dict[str, Any] | None:
        """The event as it may be written, or be replayed; None: it is left out."""
        try:
            kind, at, data = event["type"], round(float(event["timestamp"])), event["data"]
            kept = self._kept(kind, data)
        except (KeyError, TypeError, ValueError, OverflowError, RecursionError):
            kept = None
        if kept is None:
            self.skipped += 1
            return None
        return {"type": kind, "timestamp": at, "data": kept}

    def _kept(self, kind: object, data: Mapping[str, Any]) -> dict[str, Any] | None:
        if kind == META:
            return {"href": "", "width": int(data["width"]), "height": int(data["height"])}
        if kind == FULL:
            self._places.clear()
            node = self._node(data["node"], None, 0)
            return None if node is None else {"node": node, "initialOffset": {"left": 0, "top": 0}}
        if kind != CHANGE:
            return None
        source = data["source"]
        if source == _MUTATION:
            return self._mutation(data)
        if source == _SCROLL:
            return {"source": source, "id": int(data["id"]), "x": int(data["x"]), "y": int(data["y"])}
        if source == _RESIZE:
            return {"source": source, "width": int(data["width"]), "height": int(data["height"])}
        if source == _INPUT:
            text = "".join(c if c.isspace() else "*" for c in str(data["text"]))
            return {"source": source, "id": int(data["id"]), "text": text, "isChecked": bool(data["isChecked"])}
        return self._sheets(data) if source == _SHEETS else None

    def _mutation(self, data: Mapping[str, Any]) -> dict[str, Any]:
        removes = [{"parentId": int(one["parentId"]), "id": int(one["id"])} for one in data["removes"]]
        adds = [added for one in data["adds"] if (added := self._added(one)) is not None]
        texts = [
            {"id": int(one["id"]), "value": self._text(self._places.get(int(one["id"])), one["value"])}
            for one in data["texts"]
        ]
        attributes = [self._changed(one) for one in data["attributes"]]
        for one in removes:
            self._places.pop(one["id"], None)
        return {"source": _MUTATION, "texts": texts, "attributes": attributes, "removes": removes, "adds": adds}

    def _added(self, one: Mapping[str, Any]) -> dict[str, Any] | None:
        parent, following = int(one["parentId"]), one["nextId"]
        node = self._node(one["node"], self._places.get(parent), 0)
        if node is None:
            return None
        return {"parentId": parent, "nextId": None if following is None else int(following), "node": node}

    def _changed(self, one: Mapping[str, Any]) -> dict[str, Any]:
        number = int(one["id"])
        place = self._places.get(number, _Place("div"))
        attributes: dict[str, Any] = {}
        for name, value in one["attributes"].items():
            if value is None:
                attributes[name] = None
            elif name == "style" and isinstance(value, dict):
                attributes[name] = {css(str(key)): _style(part) for key, part in value.items()}
            elif (kept := attribute(place.tag, name, value, self.words, place.where)) is not None:
                attributes[name] = kept
        return {"id": number, "attributes": attributes}

    def _node(self, node: Mapping[str, Any], parent: _Place | None, depth: int) -> dict[str, Any] | None:
        if depth > DEEPEST:
            raise ValueError("too deep")
        kind, number = node["type"], int(node["id"])
        if kind == _DOCUMENT:
            children = [self._node(one, None, depth + 1) for one in node["childNodes"]]
            return {"type": kind, "id": number, "childNodes": [one for one in children if one is not None]}
        if kind == _TYPE:
            return {"type": kind, "id": number, "name": "html", "publicId": "", "systemId": ""}
        if kind == _TEXT:
            place = self._places[number] = parent or _Place("div")
            return {"type": kind, "id": number, "textContent": self._text(place, node["textContent"])}
        return self._element(node, number, parent, depth) if kind == _ELEMENT else None

    def _element(self, node: Mapping[str, Any], number: int, parent: _Place | None, depth: int) -> dict[str, Any]:
        tag, is_drawing = str(node["tagName"]).lower(), bool(node.get("isSVG"))
        given: Mapping[str, Any] = node["attributes"]
        never = tag in _NEVER or not (tag.isascii() and tag.isalnum())
        if never:
            tag = "g" if is_drawing else "div"
        above = parent or _Place("")
        where = place_of(tag, given, above.where)
        counts = above.counts or given.get("data-testid") == BADGE
        place = self._places[number] = _Place(tag, where, counts, is_drawing and tag == "title")
        kept = {} if never else {name: attribute(tag, name, value, self.words, where) for name, value in given.items()}
        built = {
            "type": _ELEMENT,
            "id": number,
            "tagName": tag,
            "attributes": {name: value for name, value in kept.items() if value is not None},
            "childNodes": [],
        }
        if is_drawing:
            built["isSVG"] = True
        if not never:
            children = (self._node(one, place, depth + 1) for one in node["childNodes"])
            built["childNodes"] = [one for one in children if one is not None]
        return built

    def _text(self, place: _Place | None, text: object) -> str:
        place = place or _Place("div")
        said = str(text or "")
        if place.tag == "style":
            return css(said)
        if (place.icon and _ICON.fullmatch(said)) or (place.counts and _COUNT.fullmatch(said)):
            return said
        return self.words.words(said, label=False, place=place.where)

    def _sheets(self, data: Mapping[str, Any]) -> dict[str, Any]:
        styles = [
            {"styleId": int(one["styleId"]), "rules": [{"rule": css(str(rule["rule"]))} for rule in one["rules"]]}
            for one in data.get("styles") or ()
        ]
        return {
            "source": _SHEETS,
            "id": int(data["id"]),
            "styles": styles,
            "styleIds": [int(number) for number in data["styleIds"]],
        }


def _style(part: object) -> object:
    if isinstance(part, list):
        return [css(str(one)) for one in part[:2]]
    return css(part) if isinstance(part, str) else False
