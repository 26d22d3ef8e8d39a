"""A place that is taller than there is room for."""

import tkinter as tk
from itertools import count
from tkinter import ttk

from gui.loop import Debounced, Loop
from gui.theme import Theme

_numbers = count()
_STEP = 40


class Scrolled(ttk.Frame):
    """A frame, ``body``, that is scrolled by its bar and by the wheel, wherever in it the pointer is."""

    def __init__(self, master: tk.Misc, theme: Theme, loop: Loop) -> None:
        super().__init__(master)
        self._theme = theme
        self._canvas = tk.Canvas(self, highlightthickness=0, borderwidth=0, width=1, height=1)
        bar = ttk.Scrollbar(self, command=self._canvas.yview)
        self._canvas.configure(yscrollcommand=bar.set, yscrollincrement=1)
        bar.pack(side="right", fill="y")
        self._canvas.pack(side="left", fill="both", expand=True)
        self.body = ttk.Frame(self._canvas)
        # As wide as the canvas from the first moment, never as wide as its longest line would like to be.
        self._window = self._canvas.create_window(0, 0, anchor="nw", window=self.body, width=1)
        self._tag = f"Scrolled{next(_numbers)}"
        for event in ("<MouseWheel>", "<Button-4>", "<Button-5>"):
            self.bind_class(self._tag, event, self._turn)
        self._soon = Debounced(loop, self, 50, self._fit)
        self.body.bind("<Configure>", self._soon)
        self._canvas.bind("<Configure>", lambda event: self._canvas.itemconfigure(self._window, width=event.width))
        theme.follow(self, self._restyle)

    def to_top(self) -> None:
        """Show its beginning."""
        self._canvas.yview_moveto(0)

    def _restyle(self) -> None:
        self._canvas.configure(background=self._theme.palette.ground)

    def _fit(self) -> None:
        self._canvas.configure(scrollregion=(0, 0, 1, self.body.winfo_reqheight()))
        self._listen(self._canvas)

    def _listen(self, widget: tk.Misc) -> None:
        tags = widget.bindtags()
        if self._tag not in tags and not isinstance(widget, tk.Text | ttk.Treeview | ttk.Combobox):
            widget.bindtags((*tags, self._tag))
        for child in widget.winfo_children():
            self._listen(child)

    def _turn(self, event: "tk.Event[tk.Misc]") -> None:
        if self.body.winfo_reqheight() <= self._canvas.winfo_height():
            return
        up = event.num == 4 or event.delta > 0
        self._canvas.yview_scroll(-self._theme.px(_STEP) if up else self._theme.px(_STEP), "units")
