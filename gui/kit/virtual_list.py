"""A table over any number of rows: columns, and as many real lines as fit."""

import tkinter as tk
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from tkinter import font, ttk
from typing import Any, Literal, TypeVar

from gui.kit.shown_text import cut, one_line
from gui.kit.virtual_rows import Asks, Page, VirtualRows

Item = TypeVar("Item")

_HEADING = 30
_LINE = 30
"""As the theme has it, at 100 %."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column; ``width`` at 100 %."""

    name: str
    title: str
    width: int
    stretch: bool = False
    anchor: Literal["w", "center", "e"] = "w"
    spare: bool = False
    """Left out where there is no room for all."""


class VirtualList(VirtualRows[Item]):
    """The table. ``tree`` is its widget."""

    def __init__(
        self,
        master: tk.Misc,
        office: Asks,
        columns: Sequence[Column],
        fetch: Callable[[Any, str | None], Page[Item]],
        row: Callable[[Item], Sequence[str]],
        opened: Callable[[Item], None],
        *,
        chosen: Callable[[Item | None], None] | None = None,
        key: Callable[[Item], Hashable] | None = None,
        filled: Callable[[], None] | None = None,
        tag: Callable[[Item], str] | None = None,
    ) -> None:
        """See ``VirtualRows``; ``row``: what stands in the columns; ``tag``: a tag of ``tree`` for a row."""
        super().__init__(master, office, fetch, opened, chosen=chosen, key=key, filled=filled)
        px = office.theme.px
        self._columns, self._row, self._tag = columns, row, tag
        self._shown: list[tuple[object, ...]] = []
        self._letters = font.Font(self, font="SunValleyBodyFont")
        self._all = True
        self.tree = ttk.Treeview(
            self, columns=[one.name for one in columns], show="headings", selectmode="none", height=1
        )
        for one in columns:
            self.tree.heading(one.name, text=one.title, anchor=one.anchor)
            self.tree.column(one.name, width=px(one.width), minwidth=px(40), stretch=one.stretch, anchor=one.anchor)
        self.tree.pack(side="left", fill="both", expand=True)
        self.listen(self.tree)
        self.tree.bind("<Configure>", lambda event: self._choose_columns(event.width), add="+")
        self.tree.bind("<Button-1>", self._clicked)
        self.tree.bind("<Double-1>", self._double_clicked)
        office.theme.follow(self, self._restyle)

    def fit(self) -> int:
        """How many lines are seen as a whole."""
        px = self.office.theme.px
        return max(1, (self.tree.winfo_height() - px(_HEADING)) // px(_LINE))

    def paint(self) -> None:
        """Fill the real lines again, where they say something else now."""
        tree, model = self.tree, self.model
        count = min(self.fit() + 1, model.rows - self.first)
        while len(self._shown) > count:
            self._shown.pop()
            tree.delete(str(len(self._shown)))
        while len(self._shown) < count:
            tree.insert("", "end", iid=str(len(self._shown)))
            self._shown.append(())
        selected, wide = "", [int(tree.column(one.name, "width")) - self.office.theme.px(10) for one in self._columns]
        for line in range(count):
            item = model.item(self.first + line)
            if item is None:
                values, tag = self._waiting(), "waits"
            else:
                values = tuple(
                    self._short(one_line(value), room) for value, room in zip(self._row(item), wide, strict=True)
                )
                tag = self._tag(item) if self._tag else ""
                if self.is_selected(self.first + line, item):
                    selected = str(line)
            if self._shown[line] != (values, tag):
                self._shown[line] = (values, tag)
                # By Tk's own hands: ttk would turn the values into a text and back.
                tree.tk.call(str(tree), "item", str(line), "-values", values, "-tags", (tag,))
        if tree.selection() != ((selected,) if selected else ()):
            tree.selection_set(selected or ())
        if count:
            tree.yview_moveto(0)

    def _short(self, text: str, room: int) -> str:
        """What fits into a cell. A few letters surely do, and are not measured."""
        return text if len(text) * self.office.theme.px(14) <= room else cut(text, self._letters, room)

    def _choose_columns(self, width: int) -> None:
        """All columns, or only those that are needed where they do not fit beside each other."""
        fits = sum(self.office.theme.px(one.width) for one in self._columns) <= width
        if fits != self._all:
            self._all = fits
            shown = [one for one in self._columns if fits or not one.spare]
            self.tree.configure(displaycolumns=[one.name for one in shown])
            # The table gives room to its columns when it becomes wider, and not when there are fewer.
            rest = width - sum(self.office.theme.px(one.width) for one in shown)
            wide = [one for one in shown if one.stretch]
            for one in wide:
                self.tree.column(one.name, width=self.office.theme.px(one.width) + rest // len(wide))
        self._shown = [() for _ in self._shown]
        self.paint()

    def _waiting(self) -> tuple[str, ...]:
        wide = next((at for at, one in enumerate(self._columns) if one.stretch), 0)
        return tuple(self.placeholder() if at == wide else "" for at in range(len(self._columns)))

    def _clicked(self, event: "tk.Event[tk.Misc]") -> None:
        self.tree.focus_set()
        line = self.tree.identify_row(event.y)
        if line:
            self.pressed(self.first + int(line))

    def _double_clicked(self, event: "tk.Event[tk.Misc]") -> None:
        if self.tree.identify_row(event.y):
            self.opens()

    def _restyle(self) -> None:
        self.tree.tag_configure("waits", foreground=self.office.theme.palette.ink_2)
