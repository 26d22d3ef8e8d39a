"""A place that needs more room than there is: what does not fit is scrolled to, and nothing is cut off."""

import tkinter as tk
from itertools import count
from tkinter import ttk

from gui.theme import Theme

_numbers = count()
_STEP = 40


class Roomy(ttk.Frame):
    """A frame, ``body``, as large as its place, but never smaller than ``least``, in pixels, across and down."""

    def __init__(self, master: tk.Misc, theme: Theme, least: tuple[int, int] = (1, 1)) -> None:
        super().__init__(master)
        self._theme, self.least = theme, least
        self._canvas = canvas = tk.Canvas(self, highlightthickness=0, borderwidth=0, width=1, height=1)
        self._across = ttk.Scrollbar(self, orient="horizontal", command=canvas.xview)
        self._down = ttk.Scrollbar(self, command=canvas.yview)
        canvas.configure(xscrollcommand=self._across.set, yscrollcommand=self._down.set)
        canvas.configure(xscrollincrement=1, yscrollincrement=1)
        canvas.grid(row=0, column=0, sticky="nsew")
        self.rowconfigure(0, weight=1)
        self.columnconfigure(0, weight=1)
        self.body = ttk.Frame(canvas)
        self._window = canvas.create_window(0, 0, anchor="nw", window=self.body, width=1, height=1)
        self._tag = f"Roomy{next(_numbers)}"
        for event in ("<MouseWheel>", "<Button-4>", "<Button-5>"):
            self.bind_class(self._tag, event, self._turn)
        self.bind("<Configure>", lambda _: self.fit())
        self.bind("<Map>", lambda _: self._listen(self.body))
        theme.follow(self, self._restyle)

    def fit(self) -> None:
        """Give the body the room that there is."""
        wide, tall = self.winfo_width(), self.winfo_height()
        if wide <= 1 or tall <= 1:
            return
        across = self.least[0] > wide
        tall -= self._across.winfo_reqheight() if across else 0
        down = self.least[1] > tall
        wide -= self._down.winfo_reqwidth() if down else 0
        across = across or self.least[0] > wide
        for bar, shown, place in ((self._across, across, (1, 0, "ew")), (self._down, down, (0, 1, "ns"))):
            if shown:
                bar.grid(row=place[0], column=place[1], sticky=place[2])
            else:
                bar.grid_remove()
        wide, tall = max(wide, self.least[0]), max(tall, self.least[1])
        self._canvas.itemconfigure(self._window, width=wide, height=tall)
        self._canvas.configure(scrollregion=(0, 0, wide, tall))
        if down:
            self._listen(self.body)
        else:
            self._canvas.yview_moveto(0)
        if not across:
            self._canvas.xview_moveto(0)

    def see(self, widget: tk.Misc) -> None:
        """Scroll across until a widget of the body is seen as a whole."""
        room = self._canvas.winfo_width()
        left, wide, now = widget.winfo_x(), widget.winfo_width(), self._canvas.canvasx(0)
        wanted = left if left < now else max(now, left + wide - room)
        if wanted != now:
            self._canvas.xview_moveto(wanted / max(self.body.winfo_width(), 1))

    def push(self, x: int) -> None:
        """Scroll a little where the pointer, in pixels of the screen, is at an edge."""
        edge, inside = self._theme.px(36), x - self._canvas.winfo_rootx()
        if inside < edge:
            self._canvas.xview_scroll(-self._theme.px(16), "units")
        elif inside > self._canvas.winfo_width() - edge:
            self._canvas.xview_scroll(self._theme.px(16), "units")

    def _listen(self, widget: tk.Misc) -> None:
        """The wheel turns this place wherever nothing inside is turned by it."""
        tags = widget.bindtags()
        own = isinstance(widget, tk.Text | tk.Canvas | ttk.Treeview | ttk.Combobox)
        if not own and not any(tag.startswith(("Scrolled", "Roomy")) for tag in tags):
            widget.bindtags((*tags, self._tag))
        for child in widget.winfo_children():
            self._listen(child)

    def _turn(self, event: "tk.Event[tk.Misc]") -> None:
        if self.least[1] > self._canvas.winfo_height():
            up = event.num == 4 or event.delta > 0
            self._canvas.yview_scroll(-self._theme.px(_STEP) if up else self._theme.px(_STEP), "units")

    def _restyle(self) -> None:
        self._canvas.configure(background=self._theme.palette.ground)
