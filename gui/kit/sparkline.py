"""A small line over time, between two bounds; the value under the pointer is told."""

import tkinter as tk
from collections.abc import Callable, Sequence

from gui.theme import Theme


class Sparkline(tk.Canvas):
    """Values from -1 to 1, with a line at 0."""

    def __init__(
        self, master: tk.Misc, theme: Theme, *, height: int = 72, told: Callable[[int], str] | None = None
    ) -> None:
        super().__init__(master, height=theme.px(height), width=theme.px(160), highlightthickness=0, borderwidth=0)
        self._theme, self._told = theme, told
        self._values: Sequence[float] = ()
        self._pointed: int | None = None
        self._zero = self.create_line(0, 0, 0, 0)
        self._line = self.create_line(0, 0, 0, 0, joinstyle="round", capstyle="round")
        self._dot = self.create_oval(0, 0, 0, 0)
        self._text = self.create_text(0, 0, anchor="nw")
        self.bind("<Configure>", lambda _: self._draw())
        self.bind("<Motion>", self._point)
        self.bind("<Leave>", lambda _: self._point(None))
        theme.follow(self, self._restyle)

    def show(self, values: Sequence[float]) -> None:
        """Other values, the oldest first."""
        self._values, self._pointed = values, None
        self._draw()

    def _point(self, event: "tk.Event[tk.Misc] | None") -> None:
        count = len(self._values)
        at = None
        if event is not None and count:
            at = min(max(round((event.x - self._left) / max(self._step, 1)), 0), count - 1)
        if at != self._pointed:
            self._pointed = at
            self._draw()

    @property
    def _left(self) -> int:
        return self._theme.px(6)

    @property
    def _step(self) -> float:
        return (self.winfo_width() - 2 * self._left) / max(len(self._values) - 1, 1)

    def _restyle(self) -> None:
        colours = self._theme.palette
        self.configure(background=colours.paper)
        self.itemconfigure(self._zero, fill=colours.line)
        self.itemconfigure(self._line, fill=colours.accent, width=self._theme.px(2))
        self.itemconfigure(self._text, fill=colours.ink_2, font=self._theme.font(12))
        self._draw()

    def _draw(self) -> None:
        px, colours = self._theme.px, self._theme.palette
        width, height = self.winfo_width(), self.winfo_height()
        top, floor = px(22), height - px(8)

        def tall(value: float) -> float:
            return floor - (max(-1.0, min(1.0, value)) + 1) / 2 * (floor - top)

        places = [(self._left + i * self._step, tall(value)) for i, value in enumerate(self._values)]
        self.coords(self._zero, 0, tall(0), width, tall(0))
        if len(places) > 1:
            self.coords(self._line, *(part for place in places for part in place))
        self.itemconfigure(self._line, state="normal" if len(places) > 1 else "hidden")
        at = self._pointed if self._pointed is not None else len(places) - 1
        if not places:
            self.itemconfigure(self._dot, state="hidden")
            self.itemconfigure(self._text, state="hidden")
            return
        x, y = places[at]
        value = self._values[at]
        colour = colours.good if value > 0.15 else colours.bad if value < -0.15 else colours.calm
        self.coords(self._dot, x - px(4), y - px(4), x + px(4), y + px(4))
        self.itemconfigure(self._dot, state="normal", fill=colour, outline=colours.paper)
        self.itemconfigure(self._text, state="normal", text=self._told(at) if self._told else "")
