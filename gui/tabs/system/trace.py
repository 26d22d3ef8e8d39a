"""A figure over the last minutes, as a line that moves, with its limit; it is moved and not drawn anew."""

import tkinter as tk
from collections.abc import Sequence

from gui.theme import Theme


class Trace(tk.Canvas):
    """Values of one figure, the newest at the right."""

    def __init__(self, master: tk.Misc, theme: Theme, *, most: float, limit: float | None, room: int) -> None:
        """``most``: the top of the scale; ``room``: so many values fill the width."""
        super().__init__(master, height=theme.px(64), width=theme.px(120), highlightthickness=0, borderwidth=0)
        self._theme, self._most, self._limit, self._room = theme, most, limit, room
        self._values: Sequence[float] = ()
        self._under = self.create_polygon(0, 0, 0, 0, 0, 0, width=0)
        self._mark = self.create_line(0, 0, 0, 0, dash=(3, 3))
        self._line = self.create_line(0, 0, 0, 0, joinstyle="round")
        self.bind("<Configure>", lambda _: self._draw())
        theme.follow(self, self._restyle)

    def show(self, values: Sequence[float]) -> None:
        """Other values, the oldest first."""
        self._values = values[-self._room :]
        self._draw()

    @property
    def points(self) -> int:
        """So many values are drawn."""
        return len(self.coords(self._line)) // 2 if len(self._values) > 1 else 0

    def _restyle(self) -> None:
        colours = self._theme.palette
        self.configure(background=colours.paper, height=self._theme.px(64))
        self.itemconfigure(self._under, fill=colours.accent_soft)
        self.itemconfigure(self._mark, fill=colours.bad)
        self.itemconfigure(self._line, fill=colours.accent, width=self._theme.px(2))
        self._draw()

    def _draw(self) -> None:
        px = self._theme.px
        width, floor, top = self.winfo_width(), self.winfo_height() - px(3), px(4)
        step = width / max(self._room - 1, 1)

        def tall(value: float) -> float:
            return floor - (floor - top) * min(max(value / self._most, 0), 1)

        shown = self._limit is not None
        self.itemconfigure(self._mark, state="normal" if shown else "hidden")
        if self._limit is not None:
            self.coords(self._mark, 0, tall(self._limit), width, tall(self._limit))
        there = len(self._values) > 1
        for item in (self._line, self._under):
            self.itemconfigure(item, state="normal" if there else "hidden")
        if not there:
            return
        first = width - (len(self._values) - 1) * step
        places = [part for i, value in enumerate(self._values) for part in (first + i * step, tall(value))]
        self.coords(self._line, *places)
        self.coords(self._under, first, floor, *places, width, floor)
