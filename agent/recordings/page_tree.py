"""A recorded page as it is at a moment: what rrweb told, applied one event after another, without a browser.

The order of what an event does is that of ``userscript/src/replay-document.ts``: removed, added, texts, attributes.
"""

import json
from collections.abc import Mapping
from typing import Any

from agent.recordings.page_events import CHANGE, FULL

_MUTATION, _SCROLL, _INPUT, _SHEETS = 0, 3, 5, 15
_DOCUMENT, _ELEMENT, _TEXT = 0, 2, 3

Node = dict[str, Any]


class PageTree:
    """One document after another. Takes events as ``PageEvents`` lets them through."""

    def __init__(self) -> None:
        """Nothing was shown yet."""
        self._root: Node | None = None
        self._nodes = dict[int, Node]()
        self._above = dict[int, int]()
        self._later = dict[tuple[str, int], dict[str, Any]]()
        """What a picture cannot hold, as the last event of its kind about a node."""
        self._sheets = dict[int, Any]()
        self._in_use: dict[str, Any] | None = None

    @property
    def is_shown(self) -> bool:
        """There is a document."""
        return self._root is not None

    def take(self, event: Mapping[str, Any]) -> None:
        """Apply an event."""
        data = event["data"]
        if event["type"] == FULL:
            self._whole(data["node"])
        elif event["type"] == CHANGE and self._root is not None:
            self._change(data)

    def picture(self, at: int) -> list[dict[str, Any]]:
        """Events that show the page as it is: a whole picture, and what belongs to it. ``at``: their time."""
        events = [{"node": self._root, "initialOffset": {"left": 0, "top": 0}}] if self._root is not None else []
        told = [{"type": FULL, "timestamp": at, "data": data} for data in events]
        told += [{"type": CHANGE, "timestamp": at, "data": data} for data in self._besides()]
        copied: list[dict[str, Any]] = json.loads(json.dumps(told))
        return copied

    def _besides(self) -> list[dict[str, Any]]:
        told = [data for (_, number), data in self._later.items() if number in self._nodes]
        if self._in_use is not None:
            styles = [{"styleId": number, "rules": rules} for number, rules in self._sheets.items()]
            told.append({**self._in_use, "styles": styles})
        return told

    def _whole(self, root: Node) -> None:
        self._nodes.clear()
        self._above.clear()
        self._later.clear()
        self._sheets.clear()
        self._in_use = None
        self._root = json.loads(json.dumps(root))
        waiting: list[tuple[Node, int | None]] = [(self._root or {}, None)]
        while waiting:
            node, above = waiting.pop()
            self._nodes[node["id"]] = node
            if above is not None:
                self._above[node["id"]] = above
            waiting += [(child, node["id"]) for child in node.get("childNodes", ())]

    def _change(self, data: Mapping[str, Any]) -> None:
        source = data["source"]
        if source == _MUTATION:
            for one in data["removes"]:
                self._remove(one["id"])
            self._add(list(data["adds"]))
            for one in data["texts"]:
                node = self._nodes.get(one["id"])
                if node is not None and node["type"] == _TEXT:
                    node["textContent"] = one["value"]
            for one in data["attributes"]:
                self._set(one["id"], one["attributes"])
        elif source in (_SCROLL, _INPUT):
            self._later[str(source), data["id"]] = dict(data)
        elif source == _SHEETS:
            self._sheets |= {one["styleId"]: one["rules"] for one in data["styles"]}
            self._in_use = dict(data)

    def _remove(self, number: int) -> None:
        node, above = self._nodes.get(number), self._nodes.get(self._above.get(number, -1))
        if node is None:
            return
        if above is not None:
            above["childNodes"] = [child for child in above["childNodes"] if child["id"] != number]
        waiting = [node]
        while waiting:
            gone = waiting.pop()
            self._nodes.pop(gone["id"], None)
            self._above.pop(gone["id"], None)
            for kind in ("style", str(_SCROLL), str(_INPUT)):
                self._later.pop((kind, gone["id"]), None)
            waiting += gone.get("childNodes", ())

    def _add(self, waiting: list[Mapping[str, Any]]) -> None:
        """A node may come before its parent or its neighbour: it waits for them."""
        anywhere = False
        while waiting:
            left = [one for one in waiting if not self._placed(one, anywhere=anywhere)]
            if anywhere and len(left) == len(waiting):
                return
            anywhere = len(left) == len(waiting)
            waiting = left

    def _placed(self, added: Mapping[str, Any], *, anywhere: bool) -> bool:
        above, following = self._nodes.get(added["parentId"]), added["nextId"]
        if above is None or "childNodes" not in above:
            return False
        places = [child["id"] for child in above["childNodes"]]
        if following is not None and following not in places and not anywhere:
            return False
        node: Node = {**added["node"]}
        if "childNodes" in node:
            node["childNodes"] = []
        self._remove(node["id"])
        if above["type"] == _DOCUMENT and node["type"] == _ELEMENT:
            for child in [child for child in above["childNodes"] if child["type"] == _ELEMENT]:
                self._remove(child["id"])
        children = above["childNodes"]
        place = next((n for n, child in enumerate(children) if child["id"] == following), len(children))
        children.insert(place, node)
        self._nodes[node["id"]], self._above[node["id"]] = node, above["id"]
        return True

    def _set(self, number: int, attributes: Mapping[str, Any]) -> None:
        node = self._nodes.get(number)
        if node is None or node["type"] != _ELEMENT:
            return
        own = node["attributes"] = {**node["attributes"]}
        for name, value in attributes.items():
            if isinstance(value, Mapping):
                self._restyle(number, value)
                continue
            if name == "style":
                self._later.pop(("style", number), None)
            if value is None:
                own.pop(name, None)
            elif isinstance(value, str):
                own[name] = value

    def _restyle(self, number: int, changes: Mapping[str, Any]) -> None:
        held = self._later.get(("style", number))
        before = held["attributes"][0]["attributes"]["style"] if held is not None else {}
        style = {"id": number, "attributes": {"style": {**before, **changes}}}
        empty: dict[str, Any] = {"texts": [], "removes": [], "adds": []}
        self._later["style", number] = {"source": _MUTATION, **empty, "attributes": [style]}
