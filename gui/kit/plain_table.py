"""A table of a few hundred lines at most, all of them real. Longer ones are ``VirtualList``'s matter."""

import tkinter as tk
from collections.abc import Iterable, Sequence
from tkinter import font, ttk
from typing import Any

from gui.kit.shown_text import cut, one_line
from gui.loop import Debounced
from gui.office import Office

_EDGES = 10


class PlainTable(ttk.Treeview):
    """What is too long for its cell ends with an ellipsis there, and is told as a whole to who asks for it."""

    def __init__(self, master: tk.Misc, office: Office, columns: Iterable[str], **options: Any) -> None:  # noqa: ANN401
        """``options``: of ``ttk.Treeview``."""
        self._names = tuple(columns)
        super().__init__(master, columns=self._names, selectmode="browse", **options)
        self._office = office
        self._values: dict[str, tuple[str, ...]] = {}
        self._rooms: tuple[int, ...] = ()
        self._letters = font.Font(self, font="SunValleyBodyFont")
        fit = Debounced(office.loop, self, 1, self._fit_once_drawn)
        for event in ("<Configure>", "<Expose>", "<ButtonRelease-1>"):  # The last one: a heading's edge was dragged.
            self.bind(event, fit, add=True)

    def values(self, line: str) -> tuple[str, ...]:
        """What stands in a line, as it was written."""
        return self._values[line]

    def write(self, line: str, values: Sequence[str], *, at: int | None = None, tag: str = "") -> None:
        """Write into a line; one that is not there yet is made at this place, at the end by default."""
        if line not in self._values:
            self.insert("", "end" if at is None else at, line)
        elif at is not None and self.index(line) != at:
            self.move(line, "", at)
        self.item(line, tags=(tag,) if tag else ())
        if self._values.get(line) != tuple(values):
            self._values[line] = tuple(values)
            self._paint(line)

    def delete(self, *items: str | int) -> None:
        """As in ``ttk.Treeview``."""
        super().delete(*items)
        for item in items:
            self._values.pop(str(item), None)

    def _fit_once_drawn(self) -> None:
        """Tk gives room to columns when it draws them, which it does when nothing else is to be done."""
        self._office.root.after_idle(lambda: self._fit() if self.winfo_exists() else None)

    def _fit(self) -> None:
        rooms = self._rooms_now()
        if rooms != self._rooms:
            self._rooms = rooms
            for line in self._values:
                self._paint(line)

    def _paint(self, line: str) -> None:
        rooms = self._rooms or self._rooms_now()
        shown = (self._short(one_line(value), room) for value, room in zip(self._values[line], rooms, strict=True))
        # By Tk's own hands: ttk would turn the values into a text and back.
        self.tk.call(str(self), "item", line, "-values", tuple(shown))

    def _short(self, text: str, room: int) -> str:
        sure = len(text) * self._office.theme.px(14) <= room
        return text if sure or room <= 0 else cut(text, self._letters, room)

    def _rooms_now(self) -> tuple[int, ...]:
        edges = self._office.theme.px(_EDGES)
        return tuple(int(self.column(name, "width")) - edges for name in self._names)
