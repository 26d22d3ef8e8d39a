"""Small live charts on a canvas. They move what is there instead of drawing it anew.

Drawn here and not by matplotlib: a figure takes it 30 to 80 ms in Tk's thread on an old computer, and four charts that
live would hold the window up. Reports, which nobody scrolls, are another matter.
"""

import tkinter as tk
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from gui.theme import Theme


@dataclass(frozen=True, slots=True)
class Series:
    """Values of one kind, with the colour of a palette by its name."""

    name: str
    values: Sequence[float]
    colour: str


class _Chart(tk.Canvas):
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
        }  # fmt: skip
        places = (0, 0) if kind == "text" else (0, 0, 0, 0)
        return make[kind](*places, tags=(tag,))

    def _hide(self, but: set[str]) -> None:
        for item in self.find_all():
            tags = self.gettags(item)
            if not tags or tags[0] not in but:
                self.itemconfigure(item, state="hidden")


class Columns(_Chart):
    """Columns side by side or stacked, a label under some of them; the values of one under the pointer are told."""

    def __init__(
        self,
        master: tk.Misc,
        theme: Theme,
        *,
        height: int = 150,
        every: int = 3,
        told: Callable[[int], str] | None = None,
    ) -> None:
        self._labels: Sequence[str] = ()
        self._series: Sequence[Series] = ()
        self._every, self._told = every, told
        self._pointed: int | None = None
        super().__init__(master, theme, height)
        self.bind("<Motion>", self._point)
        self.bind("<Leave>", self._point)

    def show(self, labels: Sequence[str], series: Sequence[Series]) -> None:
        """Other values."""
        self._labels, self._series = labels, series
        self._draw()

    def _point(self, event: "tk.Event[tk.Misc]") -> None:
        count = len(self._labels)
        inside = count and event.type is tk.EventType.Motion
        at = int(event.x / max(self.winfo_width(), 1) * count) if inside else None
        if at != self._pointed:
            self._pointed = at
            self._draw()

    def _draw(self) -> None:
        px, count = self._theme.px, len(self._labels)
        width, height = self.winfo_width(), self.winfo_height()
        if not count or width < px(40):
            self._hide(set())
            return
        floor, top = height - px(20), px(20)
        most = max((sum(one.values[i] for one in self._series) for i in range(count)), default=0) or 1
        step = width / count
        used = {"floor"}
        line = self._item("floor", "line")
        self.coords(line, 0, floor, width, floor)
        self.itemconfigure(line, fill=self._colour("line"))
        for i, label in enumerate(self._labels):
            base = float(floor)
            for n, one in enumerate(self._series):
                tall = (floor - top) * one.values[i] / most
                if not tall:
                    continue
                tag = f"bar{n}-{i}"
                used.add(tag)
                bar = self._item(tag, "rect")
                self.coords(bar, i * step + step * 0.18, base - tall, (i + 1) * step - step * 0.18, base)
                self.itemconfigure(bar, fill=self._colour(one.colour), width=0)
                base -= tall
            if i % self._every == 0:
                tag = f"label{i}"
                used.add(tag)
                text = self._item(tag, "text")
                self.coords(text, i * step + step / 2, floor + px(11))
                self.itemconfigure(text, text=label, fill=self._colour("ink_2"), font=self._theme.font(11))
        if self._told is not None and self._pointed is not None and self._pointed < count:
            used.add("told")
            text = self._item("told", "text")
            left = self._pointed < count / 2
            self.coords(text, 0 if not left else width, px(8))
            self.itemconfigure(
                text, text=self._told(self._pointed), anchor="e" if left else "w", fill=self._colour("ink"),
                font=self._theme.font(12),
            )  # fmt: skip
        self._hide(used)


class Bars(_Chart):
    """Lying bars with their names and values, the longest first, as many as there is room for."""

    def __init__(self, master: tk.Misc, theme: Theme, *, height: int = 170, most: int = 6) -> None:
        self._rows: Sequence[tuple[str, float, str, str]] = ()
        self._most = most
        super().__init__(master, theme, height)

    def show(self, rows: Sequence[tuple[str, float, str, str]]) -> None:
        """Name, value, value as it is written, colour."""
        self._rows = rows[: self._most]
        self._draw()

    def _draw(self) -> None:
        px, width = self._theme.px, self.winfo_width()
        most = max((row[1] for row in self._rows), default=0) or 1
        left, right, high = min(px(150), width // 2), width - px(52), px(26)
        used: set[str] = set()
        for i, (name, value, written, colour) in enumerate(self._rows):
            middle = i * high + high / 2 + px(4)
            for tag, kind in ((f"n{i}", "text"), (f"g{i}", "rect"), (f"b{i}", "rect"), (f"v{i}", "text")):
                used.add(tag)
                self._item(tag, kind)
            self.coords(f"n{i}", 0, middle)
            self.itemconfigure(
                f"n{i}", text=shortened(name, self._theme, left - px(10)), anchor="w", fill=self._colour("ink"),
                font=self._theme.font(12),
            )  # fmt: skip
            self.coords(f"g{i}", left, middle - px(5), right, middle + px(5))
            self.itemconfigure(f"g{i}", fill=self._colour("calm_soft"), width=0)
            end = left + max((right - left) * value / most, px(2) if value else 0)
            self.coords(f"b{i}", left, middle - px(5), end, middle + px(5))
            self.itemconfigure(f"b{i}", fill=self._colour(colour), width=0)
            self.coords(f"v{i}", width, middle)
            self.itemconfigure(f"v{i}", text=written, anchor="e", fill=self._colour("ink_2"), font=self._theme.font(12))
        self._hide(used)


class Share(_Chart):
    """One bar that is shared out, with its parts named below."""

    def __init__(self, master: tk.Misc, theme: Theme) -> None:
        self._parts: Sequence[tuple[str, float, str]] = ()
        super().__init__(master, theme, 96)

    def show(self, parts: Sequence[tuple[str, float, str]]) -> None:
        """Name, value, colour."""
        self._parts = parts
        self._draw()

    def _draw(self) -> None:
        px, width = self._theme.px, self.winfo_width()
        whole = sum(part[1] for part in self._parts)
        used: set[str] = set()
        at = 0.0
        for i, (name, value, colour) in enumerate(self._parts):
            share = value / whole if whole else 0
            used |= {f"p{i}", f"d{i}", f"t{i}"}
            bar = self._item(f"p{i}", "rect")
            self.coords(bar, at, px(6), at + share * width, px(24))
            self.itemconfigure(bar, fill=self._colour(colour), width=0)
            at += share * width
            top = px(38) + i * px(20)
            dot = self._item(f"d{i}", "rect")
            self.coords(dot, 0, top, px(9), top + px(9))
            self.itemconfigure(dot, fill=self._colour(colour), width=0)
            text = self._item(f"t{i}", "text")
            self.coords(text, px(16), top + px(5))
            self.itemconfigure(
                text, text=f"{name}  {share:.0%}" if whole else name, anchor="w", fill=self._colour("ink_2"),
                font=self._theme.font(12),
            )  # fmt: skip
        self._hide(used)


def shortened(text: str, theme: Theme, pixels: int) -> str:
    """As much of a text as fits, with an ellipsis where it does not."""
    from tkinter import font

    family, size, weight = theme.font(12)
    measure = font.Font(family=family, size=size, weight=weight).measure  # type: ignore[arg-type]
    if measure(text) <= pixels:
        return text
    while text and measure(f"{text}…") > pixels:
        text = text[:-1]
    return f"{text}…"
