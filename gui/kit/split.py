"""Two places side by side: the left one as wide as it likes, but never so wide that nothing is left for the right."""

import tkinter as tk
from tkinter import ttk

_SHARE = 0.45
"""Of the whole, that the left side has at most: at 200 % on a small screen both must still be seen."""


class Split(ttk.PanedWindow):
    """A left and a right side, with a bar between them that the mouse moves."""

    def __init__(self, master: tk.Misc, wide: int) -> None:
        """``wide``: pixels of the left side, where there is room."""
        super().__init__(master, orient="horizontal")
        self._wide = wide
        self._placed: int | None = None
        self.bind("<Configure>", self._fit)

    def put(self, left: tk.Widget, right: tk.Widget) -> None:
        """Both sides."""
        left.configure(width=self._wide)  # type: ignore[call-arg]
        left.pack_propagate(False)
        self.add(left, weight=0)
        self.add(right, weight=1)

    def _fit(self, event: "tk.Event[tk.Misc]") -> None:
        if event.width <= 1 or len(self.tk.splitlist(self.tk.call(str(self), "panes"))) < 2:
            return
        most, now = int(event.width * _SHARE), self._bar()
        wanted = min(self._wide, most) if self._placed in (None, now) else min(now, most)  # Moved by hand: it stays.
        self._placed = self._bar(wanted) if wanted != now else now

    def _bar(self, *place: int) -> int:
        """Where the bar is, or is put."""
        return int(self.tk.call(str(self), "sashpos", 0, *place))
