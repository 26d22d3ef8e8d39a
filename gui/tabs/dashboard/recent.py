"""What happened last: when, whose, what. The same thing again counts up instead of being told again."""

import tkinter as tk
from collections.abc import Sequence
from dataclasses import dataclass
from tkinter import font, ttk

from agent.contract.customers import CustomerCard
from agent.contract.desk import ConversationLine
from agent.contract.stored import StoredEvent
from gui.kit.panels import Panel
from gui.kit.shown_text import cut
from gui.link.api import Api
from gui.link.errors import Refused
from gui.loop import Debounced
from gui.office import Office
from gui.tabs.dashboard.telling import Whose, told, whose

_LINES = 40
_REST_MS = 600
_TODAY, _BEFORE = 56, 100
"""Pixels of a time at 100 %: of today, and with its day."""
_EDGES = 14
"""Pixels around the letters of a line, at 100 %."""
_ALONE, _AT_ONCE = 3, 100
"""Names are asked for one by one while there are so few; else those of so many conversations at once."""
_MOST = 10
"""Names that are asked for one by one in one go."""
_SILENT = frozenset({
    "offer.grown", "offer.painted", "message.status", "suggestion.shown", "offer.answered", "ranking.measured",
})  # fmt: skip
"""Kinds that say nothing to a person that another one does not say."""
_RENAMES = ("customer.", "backup.restored")


@dataclass(slots=True)
class _Line:
    event: StoredEvent
    """The newest of those that it stands for."""
    what: str
    whose: Whose | None
    times: int = 1


class Recent(Panel):
    """The newest on top. Names are not in the events: they are asked for while the list can be seen."""

    def __init__(self, master: tk.Misc, office: Office) -> None:
        super().__init__(master, office.theme, office.words("dashboard.recent"))
        self._office = office
        self._lines: list[_Line] = []
        self._names: dict[Whose, str] = {}
        """Empty: nobody has this number any more."""
        self._asking = False
        self._soon = Debounced(office.loop, self, _REST_MS, self._ask_names)
        px = office.theme.px
        self.list = ttk.Treeview(self.body, columns=("at", "what"), show="", height=4, selectmode="browse")
        self.list.column("at", width=px(_TODAY), stretch=False)
        self.list.column("what", width=px(200))
        bar = ttk.Scrollbar(self.body, command=self.list.yview)
        self.list.configure(yscrollcommand=bar.set)
        bar.pack(side="right", fill="y")
        self.list.pack(fill="both", expand=True)
        self.list.bind("<Configure>", lambda _: self._show())
        self.list.bind("<Double-1>", lambda _: self._open())
        self.list.bind("<Return>", lambda _: self._open())

    def happened(self, events: Sequence[StoredEvent]) -> None:
        """Tell of some more, the oldest first."""
        if events and self._lines and events[0].number <= self._lines[0].event.number:
            self._lines.clear()  # The numbers begin anew: these were another database's.
            self._names.clear()
        for event in events:
            if event.kind.startswith(_RENAMES):
                self._names.clear()
            if event.kind in _SILENT:
                continue
            line = _Line(event, told(event, self._office.words), whose(event))
            last = self._lines[0] if self._lines else None
            if last is not None and (last.what, last.whose) == (line.what, line.whose):
                last.event, last.times = event, last.times + 1
            else:
                self._lines.insert(0, line)
        del self._lines[_LINES:]
        self._show()

    def look(self) -> None:
        """It can be seen: the names that are missing are asked for."""
        if any(line.whose is not None and line.whose not in self._names for line in self._lines):
            self._soon()

    def _show(self) -> None:
        words, there = self._office.words, self.list.get_children()
        times = [self._office.clock(line.event.at) for line in self._lines]
        width = _TODAY if all(len(at) == len("12:34") for at in times) else _BEFORE
        self.list.column("at", width=self.theme.px(width))
        letters = font.nametofont("SunValleyBodyFont", self._office.root)
        room = self.list.winfo_width() - self.theme.px(width + _EDGES)
        for i, (line, at) in enumerate(zip(self._lines, times, strict=True)):
            what = line.what if line.times == 1 else words("dashboard.times", what=line.what, n=line.times)
            who = self._names.get(line.whose, "") if line.whose is not None else ""
            said = words("dashboard.whose", who=who, what=what) if who else what
            values = (at, cut(said, letters, room) if room > 0 else said)
            if i < len(there):
                self.list.item(there[i], values=values)
            else:
                self.list.insert("", "end", values=values)
        self.list.delete(*there[len(self._lines) :])
        self.look()

    def _ask_names(self) -> None:
        missing = {line.whose for line in self._lines if line.whose is not None} - self._names.keys()
        if not missing or self._asking or not self.winfo_viewable():
            return

        def named(found: dict[Whose, str]) -> None:
            self._asking = False
            self._names |= found
            self._show()

        def failed(_: Exception) -> None:
            self._asking = False

        self._asking = True
        self._office.ask(lambda api: _names(api, missing), named, owner=self, failed=failed)

    def _open(self) -> None:
        for item in self.list.selection():
            one = self._lines[self.list.index(item)].whose
            if one is not None and one.room == "conversations":
                self._office.go("messages", conversation=one.id)


def _names(api: Api, missing: set[Whose]) -> dict[Whose, str]:
    found = dict[Whose, str]()
    if len(missing) > _ALONE:
        for line in api.listed("/api/conversations", ConversationLine, limit=_AT_ONCE).items:
            found[Whose("conversations", line.id)] = line.title
    for one in sorted(missing - found.keys(), reverse=True)[:_MOST]:
        try:
            found[one] = _name(api, one)
        except Refused as refused:
            if refused.status != 404:
                raise
            found[one] = ""
    return found


def _name(api: Api, one: Whose) -> str:
    path = f"/api/{one.room}/{one.id}"
    return (
        api.get(path, ConversationLine).title if one.room == "conversations" else api.get(path, CustomerCard).customer
    )
