"""Small live charts on a canvas. They move what is there instead of drawing it anew.

Drawn here and not by matplotlib: a figure takes it 30 to 80 ms in Tk's thread on an old computer, and four charts that
live would hold the window up. Reports, which nobody scrolls, are another matter.
"""

import tkinter as tk
from collections.abc import Callable, Sequence
from tkinter import font

from gui.kit.shown_text import cut
from gui.theme import Theme


class Chart(tk.Canvas):
    """Shapes and letters that are made once and then moved, in the colours of the look."""

    def __init__(self, master: tk.Misc, theme: Theme, height: int) -> None:
        super().__init__(master, height=theme.px(height), highlightthickness=0, borderwidth=0, width=theme.px(160))
        self._theme = theme
        self._height = height
        self.bind("<Configure>", lambda _: self._draw())
        theme.follow(self, self._restyle)

    def _restyle(self) -> None:
        self.configure(background=self._theme.palette.paper, height=self._theme.px(self._height))
        self._draw()

    def _colour(self, name: str) -> str:
        return str(getattr(self._theme.palette, name))

    def _draw(self) -> None:
        raise NotImplementedError

    def _item(self, tag: str, kind: str) -> int:
        """The one item with this tag, made when it is first needed."""
        found = self.find_withtag(tag)
        if found:
            self.itemconfigure(found[0], state="normal")
            return int(found[0])
        make: dict[str, Callable[..., int]] = {
            "line": self.create_line, "rect": self.create_rectangle, "text": self.create_text,
            "oval": self.create_oval,
        }  # fmt: skip
        places = (0, 0) if kind == "text" else (0, 0, 0, 0)
        return make[kind](*places, tags=(tag,))

    def _write(self, tag: str, x: float, y: float, text: str, *, anchor: str, colour: str, size: int = 12) -> None:
        item = self._item(tag, "text")
        self.coords(item, x, y)
        self.itemconfigure(item, text=text, anchor=anchor, fill=self._colour(colour), font=self._theme.font(size))

    def _say_empty(self, text: str) -> None:
        """Nothing but this, in the middle."""
        middle = self.winfo_width() / 2, self.winfo_height() / 2
        self._write("empty", *middle, text, anchor="center", colour="ink_2")
        self._hide({"empty"})

    def _hide(self, but: set[str]) -> None:
        for item in self.find_all():
            tags = self.gettags(item)
            if not tags or tags[0] not in but:
                self.itemconfigure(item, state="hidden")


class Bars(Chart):
    """Lying bars with their names and values, the longest first, as many as there is room for."""

    def __init__(self, master: tk.Misc, theme: Theme, *, height: int = 170, most: int = 6, empty: str = "") -> None:
        """``empty``: what is said where there is no bar."""
        self._rows: Sequence[tuple[str, float, str, str]] = ()
        self._most, self._empty = most, empty
        super().__init__(master, theme, height)

    def show(self, rows: Sequence[tuple[str, float, str, str]]) -> None:
        """Name, value, value as it is written, colour."""
        self._rows = rows[: self._most]
        self._draw()

    def _draw(self) -> None:
        if not self._rows:
            self._say_empty(self._empty)
            return
        px, width = self._theme.px, self.winfo_width()
        most = max(row[1] for row in self._rows) or 1
        left, right, high = min(px(164), width // 2), width - px(52), px(26)
        used, letters = set[str](), font.Font(root=self, font=self._theme.font(12))
        for i, (name, value, written, colour) in enumerate(self._rows):
            middle = i * high + high / 2
            used |= {f"n{i}", f"g{i}", f"v{i}"}
            called = cut(name, letters, left - px(10))
            self._write(f"n{i}", 0, middle, called, anchor="w", colour="ink")
            ground = self._item(f"g{i}", "rect")
            self.coords(ground, left, middle - px(5), right, middle + px(5))
            self.itemconfigure(ground, fill=self._colour("calm_soft"), width=0)
            if value:  # A rectangle of no width is a pixel wide.
                used.add(f"b{i}")
                bar = self._item(f"b{i}", "rect")
                self.coords(bar, left, middle - px(5), left + max((right - left) * value / most, px(2)), middle + px(5))
                self.itemconfigure(bar, fill=self._colour(colour), width=0)
            self._write(f"v{i}", width, middle, written, anchor="e", colour="ink_2")
        self._hide(used)


class Share(Chart):
    """One bar that is shared out, with its parts named below, beside each other where there is room."""

    def __init__(self, master: tk.Misc, theme: Theme, *, empty: str = "") -> None:
        """``empty``: what is said where there is nothing to share out."""
        self._parts: Sequence[tuple[str, float, str, str]] = ()
        self._empty = empty
        super().__init__(master, theme, 66)

    def show(self, parts: Sequence[tuple[str, float, str, str]]) -> None:
        """Name, value, value as it is written, colour."""
        self._parts = parts
        self._draw()

    def _draw(self) -> None:
        px, width = self._theme.px, self.winfo_width()
        whole = sum(part[1] for part in self._parts)
        if not whole:
            self._say_empty(self._empty)
            return
        used: set[str] = set()
        bar_at, at, top = 0.0, 0.0, float(px(34))
        for i, (name, value, written, colour) in enumerate(self._parts):
            used |= {f"d{i}", f"t{i}"}
            if value:  # A rectangle of no width is a pixel wide.
                used.add(f"p{i}")
                bar, end = self._item(f"p{i}", "rect"), bar_at + value / whole * width
                self.coords(bar, bar_at, px(4), end, px(20))
                self.itemconfigure(bar, fill=self._colour(colour), width=0)
                bar_at = end
            self._write(f"t{i}", at + px(14), top, f"{name}  {written}", anchor="w", colour="ink_2")
            end = (self.bbox(f"t{i}") or (0, 0, 0, 0))[2]
            if end > width and at:
                at, top = 0.0, top + px(20)
                self.coords(f"t{i}", px(14), top)
                end = self.bbox(f"t{i}")[2]
            dot = self._item(f"d{i}", "rect")
            self.coords(dot, at, top - px(4), at + px(9), top + px(5))
            self.itemconfigure(dot, fill=self._colour(colour), width=0)
            at = end + px(14)
        self._hide(used)
