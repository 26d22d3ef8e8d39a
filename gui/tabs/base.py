"""A tab: made when it is first looked at, and asked anew when what it shows is out of date, but not all the time."""

import tkinter as tk
from collections.abc import Callable, Sequence
from tkinter import ttk

from agent.contract.stored import StoredEvent
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

    def show(self, **wanted: object) -> None:
        """It can be seen now; ``wanted``: something in it that is to be shown."""
        self.seen = True
        self._catch_up()
        if wanted:
            self.reveal(**wanted)

    def hide(self) -> None:
        """It cannot be seen any more."""
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

    def _catch_up(self) -> None:
        if self.seen and self._out_of_date:
            parts, self._out_of_date = frozenset(self._out_of_date), set()
            self.refresh(parts)


TabMaker = Callable[[tk.Misc, Office], Tab]
