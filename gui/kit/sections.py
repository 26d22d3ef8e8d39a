"""Sections of a tab, with their names at the left: each is made when it is first looked at."""

import tkinter as tk
from collections.abc import Callable, Mapping
from tkinter import ttk

from gui.kit.roomy import Roomy
from gui.office import Office

Make = Callable[[tk.Misc], tk.Widget]

_LEAST = (380, 390)
"""Pixels at 100 % under which a section is scrolled, if it has no ``least`` of its own."""
_WIDEST, _CLOSEST = 36, 26
"""A line of the names, at 100 %."""


class Sections(ttk.Frame):
    """The names, and the section that was chosen. The arrow keys go up and down; which one it was is remembered."""

    def __init__(
        self,
        master: tk.Misc,
        office: Office,
        sections: Mapping[str, tuple[str, Make]],
        *,
        on_change: Callable[[str], None] | None = None,
    ) -> None:
        """``sections``: by name, the title and what makes the widget. ``on_change`` is told what is shown now."""
        super().__init__(master)
        self._office, self._makers, self._on_change = office, dict(sections), on_change
        self.made: dict[str, tk.Widget] = {}
        self.shown: str | None = None
        px = office.theme.px
        self._style = f"{next(iter(sections))}.Sections.Treeview"
        side = ttk.Frame(self)
        side.pack(side="left", fill="y", padx=(0, px(10)))
        self.list = ttk.Treeview(side, show="tree", selectmode="browse", style=self._style, takefocus=True)
        self.list.column("#0", width=px(190), minwidth=px(120))
        for name, (title, _) in self._makers.items():
            self.list.insert("", "end", name, text=title)
        self.list.pack(side="left", fill="y", expand=True)
        self._bar = ttk.Scrollbar(side, command=self.list.yview)
        self.list.configure(yscrollcommand=self._bar.set)
        self.list.bind("<Configure>", lambda event: self._fit(event.height))
        self._room = Roomy(self, office.theme)
        self._room.pack(side="left", fill="both", expand=True)
        self.list.bind("<<TreeviewSelect>>", lambda _: self._chosen())
        office.theme.follow(self.list, self._restyle)
        self._key = next(iter(self._makers))
        last = office.memory.now.sections.get(self._key)
        self.choose(last if last in self._makers else self._key)

    @property
    def names(self) -> tuple[str, ...]:
        """Of all sections, whether they were looked at or not."""
        return tuple(self._makers)

    def choose(self, name: str) -> None:
        """Show this section."""
        self.list.selection_set(name)
        self.list.focus(name)
        self.list.see(name)
        self._show(name)

    def _chosen(self) -> None:
        for name in self.list.selection():
            self._show(name)

    def _show(self, name: str) -> None:
        if name == self.shown:
            return
        if self.shown is not None:
            self.made[self.shown].pack_forget()
        if name not in self.made:
            self.made[name] = self._makers[name][1](self._room.body)
        self.made[name].pack(fill="both", expand=True)
        px = self._office.theme.px
        wide, tall = getattr(self.made[name], "least", _LEAST)
        self._room.least = (px(wide), px(tall))
        self._room.fit()
        self.shown = name
        memory = self._office.memory
        if memory.now.sections.get(self._key) != name:
            memory.keep(sections={**memory.now.sections, self._key: name})
        if self._on_change is not None:
            self._on_change(name)

    def _fit(self, height: int) -> None:
        """Lines come closer together where the names would not all be seen; then they can be scrolled."""
        px, count = self._office.theme.px, len(self._makers)
        line = max(px(_CLOSEST), min(px(_WIDEST), (height - px(4)) // count))
        ttk.Style(self).configure(self._style, rowheight=line)
        if line * count > height:
            self._bar.pack(side="right", fill="y")
        else:
            self._bar.pack_forget()

    def _restyle(self) -> None:
        px = self._office.theme.px
        style = ttk.Style(self)
        style.configure("Sections.Treeview", indent=0)
        self._fit(self.list.winfo_height())
        # Nothing folds here: without the sign for it, long names have room.
        style.layout(
            "Sections.Treeview.Item", [("Treeitem.padding", {"children": [("Treeitem.text", {"sticky": "w"})]})]
        )
        style.configure("Sections.Treeview.Item", padding=(px(14), 0, 0, 0))
