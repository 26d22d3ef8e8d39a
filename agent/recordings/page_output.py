"""What the userscript made of a page, in a form that does not depend on when it said it.

This is the page layer's golden result: what was opened, how each row was read at last and what happened to it, what the
list showed at last, which screens there were, and how each selector did.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from agent.contract.frames import AnyFrame
from agent.contract.inspection import Inspection
from agent.contract.rows import Anchor

Output = dict[tuple[str, str], Any]
"""(what, which one) -> JSON. ``row`` is named ``title | id``, the others by their place or their own name."""
Moments = dict[tuple[str, str], float]
"""(what, which one) -> milliseconds since the epoch at which it was read last."""


class PageOutput:
    """Collects frames."""

    def __init__(self) -> None:
        """Nothing was said yet."""
        self._opened: list[dict[str, Any]] = []
        self._states: list[dict[str, Any]] = []
        self._rows: dict[str, dict[str, Any]] = {}
        self._windows: dict[str, list[str]] = {}
        self._chats: dict[str, dict[str, Any]] = {}
        self._order: list[str] = []
        self._anchors: dict[str, Anchor] = {}
        self._faults: list[str] = []
        self._typing = 0
        self.messages = 0
        """Rows that were read, each once."""
        self.moments: Moments = {}

    def take(self, frames: Iterable[AnyFrame]) -> None:
        """Frames in the order in which they were sent."""
        for frame in frames:
            self._take(frame)

    def _take(self, frame: AnyFrame) -> None:
        if frame.kind == "chat" and frame.chat is not None:
            self._opened.append(frame.chat.model_dump(mode="json", exclude={"token"}))
            self.moments["opened", str(len(self._opened))] = frame.at_ms
        elif frame.kind == "state":
            self._states.append({"state": frame.state.value, "notices": [one.value for one in frame.notices]})
            self.moments["screen", str(len(self._states))] = frame.at_ms
        elif frame.kind == "chats":
            self._order = [chat.title for chat in frame.chats]
            for chat in frame.chats:
                shown = chat.model_dump(mode="json")
                if self._chats.get(chat.title) != shown:
                    self.moments["listed chat", chat.title] = frame.at_ms
                self._chats[chat.title] = shown
        elif frame.kind == "rows":
            self._windows[frame.chat.title] = list(frame.window)
            for change in frame.changes:
                key = f"{frame.chat.title} | {change.row.id}"
                known = self._rows.setdefault(key, {"changes": []})
                known |= change.row.model_dump(mode="json")
                known["changes"] = [*known["changes"], change.change.value]
                self.moments["row", key] = frame.at_ms
            self.messages = len(self._rows)
        elif frame.kind == "anchors":
            self.anchors(frame.anchors)
        elif frame.kind == "typing":
            self._typing += 1
        elif frame.kind == "fault":
            self._faults.append(f"{frame.where}: {frame.error}")

    def inspected(self, inspection: Inspection) -> None:
        """What can be read of the document at the end."""
        self.anchors(inspection.anchors)

    def anchors(self, anchors: Mapping[str, Anchor]) -> None:
        """How the selectors did: the best of each is kept."""
        for name, found in anchors.items():
            known = self._anchors.get(name)
            self._anchors[name] = found if known is None else _better(known, found)

    def result(self) -> Output:
        """Everything, to be compared or written down."""
        listed: Output = {("opened", str(n)): chat for n, chat in enumerate(self._opened, 1)}
        listed |= {("screen", str(n)): state for n, state in enumerate(self._states, 1)}
        listed |= {("row", key): row for key, row in self._rows.items()}
        listed |= {("window", title): window for title, window in self._windows.items()}
        listed |= {("listed chat", title): chat for title, chat in self._chats.items()}
        listed["list", "order"] = self._order
        listed |= {("anchor", name): found.model_dump(mode="json") for name, found in self._anchors.items()}
        listed |= {("fault", str(n)): fault for n, fault in enumerate(self._faults, 1)}
        listed["typing", "times"] = self._typing
        return listed


def _better(one: Anchor, other: Anchor) -> Anchor:
    if one.rank is None or other.rank is None or one.rank != other.rank:
        ranked = [found for found in (one, other) if found.rank is not None]
        return min(ranked, key=lambda found: found.rank or 0, default=one)
    return one if one.matches >= other.matches else other


def golden_lines(output: Output, moments: Moments | None = None, began_ms: float = 0) -> list[dict[str, Any]]:
    """The result as lines of the layer ``PAGE_GOLDEN``.

    Args:
        output: what was read.
        moments: when; a line without one has no ``t``.
        began_ms: the first event's time; ``t`` is seconds since then.
    """
    times = {key: {"t": round((at_ms - began_ms) / 1000, 3)} for key, at_ms in (moments or {}).items()}
    return [{"what": key[0], "which": key[1], **times.get(key, {}), "is": value} for key, value in output.items()]


def golden_output(lines: Iterable[Mapping[str, Any]]) -> Output:
    """The result that ``golden_lines`` wrote."""
    return {_key(line): line.get("is") for line in lines}


def golden_moments(lines: Iterable[Mapping[str, Any]]) -> dict[tuple[str, str], float]:
    """When each was read last, in seconds since the first event; nothing of a result that did not note it."""
    told = ((_key(line), line.get("t")) for line in lines)
    return {key: float(at) for key, at in told if isinstance(at, int | float) and not isinstance(at, bool)}


def _key(line: Mapping[str, Any]) -> tuple[str, str]:
    return str(line.get("what")), str(line.get("which"))
