"""Live charts with a value axis and a legend: columns, and lines. They move what is there, and draw nothing anew."""

import tkinter as tk
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import ceil, floor, log10
from tkinter import font
from typing import NamedTuple

from gui.kit.charts import Chart
from gui.theme import Theme

_STEPS = (1, 2, 5, 10)
_DOT = 2.5


@dataclass(frozen=True, slots=True)
class Series:
    """Values of one kind, with the colour of a palette by its name; None: there is none at this place."""

    name: str
    values: Sequence[float | None]
    colour: str


class _Place(NamedTuple):
    """Where the values are drawn."""

    left: float
    step: float
    """Pixels from one place to the next."""
    floor: float
    tall: float
    """Pixels of the largest value of the axis."""
    most: float

    def x(self, i: int) -> float:
        return self.left + (i + 0.5) * self.step

    def y(self, value: float) -> float:
        return self.floor - self.tall * min(value / self.most, 1)


def scale(most: float, least_step: float = 0) -> tuple[float, float]:
    """The end of an axis that holds ``most``, and the step between its two or three lines."""
    half = max(most / 2, least_step, 1e-9)
    size = 10.0 ** floor(log10(half))
    step = next(one * size for one in _STEPS if one * size >= half * (1 - 1e-9))
    return step * max(ceil(most / step - 1e-9), 1), step


class Plot(Chart):
    """What columns and lines share: axis, labels below, legend; the values under the pointer are told in its place."""

    def __init__(
        self,
        master: tk.Misc,
        theme: Theme,
        *,
        written: Callable[[float], str],
        height: int = 150,
        every: int = 3,
        most: float | None = None,
        least_step: float = 0,
        told: Callable[[int], str] | None = None,
        empty: str = "",
    ) -> None:
        """Make it.

        Args:
            master: where it stands.
            theme: its colours.
            written: how a value stands at the axis.
            height: pixels at 100 %.
            every: so many places have one label.
            most: the end of the axis; None: as the values need it.
            least_step: between two lines of the axis.
            told: what is said of a place that the pointer is over.
            empty: what is said where there is no value.
        """
        self._labels: Sequence[str] = ()
        self._is_filled = False
        self._series: Sequence[Series] = ()
        self._written, self._every, self._fixed, self._least = written, every, most, least_step
        self._told, self._empty = told, empty
        self._pointed: int | None = None
        self._left = 0.0
        super().__init__(master, theme, height)
        self.bind("<Motion>", self._point)
        self.bind("<Leave>", self._point)

    def show(self, labels: Sequence[str], series: Sequence[Series]) -> None:
        """Other values, one for each label."""
        self._labels, self._series, self._is_filled = labels, series, True
        self._draw()

    def _highest(self) -> float:
        return max((value for one in self._series for value in one.values if value is not None), default=0)

    def _marks(self, place: _Place) -> Iterator[str]:
        """Draw the values; the tags of what is used."""
        raise NotImplementedError

    def _point(self, event: "tk.Event[tk.Misc]") -> None:
        count, at = len(self._labels), None
        if count and event.type is tk.EventType.Motion and event.x >= self._left:
            wide = max(self.winfo_width() - self._left, 1)
            at = min(int((event.x - self._left) / wide * count), count - 1)
        if at != self._pointed:
            self._pointed = at
            self._draw()

    def _draw(self) -> None:
        px, count = self._theme.px, len(self._labels)
        width, height = self.winfo_width(), self.winfo_height()
        known = any(value is not None for one in self._series for value in one.values)
        if self._is_filled and self._empty and not known and width >= px(60):
            self._say_empty(self._empty)
            return
        if not count or width < px(60):
            self._hide(set())
            return
        end, step = scale(self._highest(), self._least) if self._fixed is None else (self._fixed, self._fixed / 2)
        lines = [step * n for n in range(round(end / step) + 1)]
        small = font.Font(root=self, font=self._theme.font(11))
        self._left = left = max(small.measure(self._written(value)) for value in lines) + px(8)
        bottom, top = height - px(20), px(26)
        place = _Place(left, (width - left) / count, bottom, bottom - top, end)
        used = set(self._axis(place, lines, width))
        used |= set(self._marks(place))
        for i in range(0, count, self._every):
            used.add(f"label{i}")
            self._write(
                f"label{i}", place.x(i), bottom + px(11), self._labels[i], anchor="center", colour="ink_2", size=11
            )
        if self._told is not None and self._pointed is not None and self._pointed < count:
            used.add("told")
            self._write("told", width, px(9), self._told(self._pointed), anchor="e", colour="ink")
        else:
            used |= set(self._legend())
        self._hide(used)

    def _axis(self, place: _Place, lines: Sequence[float], width: int) -> Iterator[str]:
        for n, value in enumerate(lines):
            line, y = self._item(f"axis{n}", "line"), place.y(value)
            self.coords(line, place.left, y, width, y)
            self.itemconfigure(line, fill=self._colour("line"))
            self.tag_lower(line)
            written = self._written(value)
            self._write(f"value{n}", place.left - self._theme.px(6), y, written, anchor="e", colour="ink_2", size=11)
            yield from (f"axis{n}", f"value{n}")

    def _legend(self) -> Iterator[str]:
        px, at = self._theme.px, 0.0
        for n, one in enumerate(self._series):
            dot = self._item(f"dot{n}", "rect")
            self.coords(dot, at, px(5), at + px(9), px(14))
            self.itemconfigure(dot, fill=self._colour(one.colour), width=0)
            self._write(f"name{n}", at + px(14), px(9), one.name, anchor="w", colour="ink_2")
            at = (self.bbox(f"name{n}") or (0, 0, 0, 0))[2] + px(14)
            yield from (f"dot{n}", f"name{n}")


class Columns(Plot):
    """Columns, each with the values of one place on top of each other."""

    def _highest(self) -> float:
        sums = (sum(one.values[i] or 0 for one in self._series) for i in range(len(self._labels)))
        return max(sums, default=0)

    def _marks(self, place: _Place) -> Iterator[str]:
        for i in range(len(self._labels)):
            base, low = 0.0, place.left + i * place.step
            for n, one in enumerate(self._series):
                value = one.values[i]
                if not value:
                    continue
                bar = self._item(f"bar{n}-{i}", "rect")
                edges = (low + place.step * 0.18, place.y(base + value), low + place.step * 0.82, place.y(base))
                self.coords(bar, *edges)
                self.itemconfigure(bar, fill=self._colour(one.colour), width=0)
                base += value
                yield f"bar{n}-{i}"


class Lines(Plot):
    """A line for each series, broken off where there is no value; each value is a dot, so that one alone is seen."""

    def _marks(self, place: _Place) -> Iterator[str]:
        dot = self._theme.px(_DOT * 2) / 2
        for n, one in enumerate(self._series):
            colour = self._colour(one.colour)
            for i, value in enumerate(one.values):
                if value is None:
                    continue
                x, y = place.x(i), place.y(value)
                before = one.values[i - 1] if i else None
                if before is not None:
                    line = self._item(f"line{n}-{i}", "line")
                    self.coords(line, place.x(i - 1), place.y(before), x, y)
                    self.itemconfigure(line, fill=colour, width=self._theme.px(2))
                    yield f"line{n}-{i}"
                point = self._item(f"point{n}-{i}", "oval")
                self.coords(point, x - dot, y - dot, x + dot, y + dot)
                self.itemconfigure(point, fill=colour, width=0)
                yield f"point{n}-{i}"
