"""A tab: made when it is first looked at, and asked anew when what it shows is out of date, but not all the time."""

import tkinter as tk
from collections.abc import Callable, Sequence
from tkinter import ttk

from agent.contract.stored import StoredEvent
from gui.kit.edits import Edits
from gui.kit.unsaved import is_written_in
from gui.loop import Debounced
from gui.office import Office
from gui.parts import Part

_REST_MS = 1200
"""Between two times that the same things are asked for, however many events come."""


class Tab(ttk.Frame):
    """One page of the notebook."""

    name = ""
    parts: frozenset[Part] = frozenset()
    """What it shows."""

    def __init__(self, master: tk.Misc, office: Office) -> None:
        super().__init__(master)
        self.office = office
        self._out_of_date: set[Part] = set(self.parts)
        self._soon = Debounced(office.loop, self, _REST_MS, self._catch_up)
        self.seen = False

    @property
    def edits(self) -> Edits | None:
        """The changes that Ctrl+Z takes back here; None: there are none."""
        return None

    def show(self, **wanted: object) -> None:
        """It can be seen now; ``wanted``: something in it that is to be shown."""
        self.seen = True
        self.winfo_toplevel().bind("<Control-z>", self._undo)
        self._catch_up()
        if wanted:
            self.reveal(**wanted)

    def hide(self) -> None:
        """It cannot be seen any more."""
        if self.seen:
            self.winfo_toplevel().unbind("<Control-z>")
        self.seen = False

    def went_stale(self, parts: frozenset[Part]) -> None:
        """These may have changed."""
        mine = parts & self.parts
        if mine:
            self._out_of_date |= mine
            if self.seen:
                self._soon()

    def reveal(self, **wanted: object) -> None:
        """Show something in it."""

    def happened(self, events: Sequence[StoredEvent]) -> None:
        """What came in, in its order; told whether it can be seen or not."""

    def refresh(self, parts: frozenset[Part]) -> None:
        """Ask for these parts."""
        raise NotImplementedError

    def _undo(self, event: "tk.Event[tk.Misc]") -> None:
        """Not while somebody is writing: there the key is the field's own."""
        field = isinstance(event.widget, tk.Text | tk.Entry | ttk.Entry) and not isinstance(event.widget, ttk.Combobox)
        edits = self.edits if self.winfo_exists() and self.seen else None
        if edits is not None and not (field and is_written_in(event.widget)):
            edits.undo()

    def _catch_up(self) -> None:
        if self.seen and self._out_of_date:
            parts, self._out_of_date = frozenset(self._out_of_date), set()
            self.refresh(parts)


TabMaker = Callable[[tk.Misc, Office], Tab]
