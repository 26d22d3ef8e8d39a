"""A conversation in bubbles on a canvas: theirs on the left, ours on the right, what is known of each below it.

Older ones are drawn above what is there, upwards into negative coordinates, so that nothing that is seen moves. However
many were read, only those near what is seen are on the canvas; of the others their place and height are known.
"""

import tkinter as tk
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from tkinter import ttk

from gui.kit.bubble_drawing import Bubble, Drawing
from gui.loop import Debounced, Loop
from gui.theme import Theme

_NEAR_TOP = 400
_NEAR_BOTTOM = 24
_STEP = 60
_RESIZED_MS = 120
_AROUND = 1.5
"""So many heights of the window are drawn above and below what is seen."""


@dataclass
class _Drawn:
    bubble: Bubble
    y: float
    height: float
    is_drawn: bool = True
    is_measured: bool = True
    """Whether its height is that of this width; else it is that of another one."""

    @property
    def tag(self) -> str:
        return f"b{self.bubble.id}"


class Bubbles(ttk.Frame):
    """The bubbles of one conversation."""

    def __init__(
        self, master: tk.Misc, theme: Theme, loop: Loop, *, older: Callable[[], None], seen_all: Callable[[], None]
    ) -> None:
        """``older``: the top is near; ``seen_all``: the newest can be seen now."""
        super().__init__(master)
        self._theme, self._older, self._seen_all = theme, older, seen_all
        self._drawn: list[_Drawn] = []
        self._on: list[_Drawn] = []
        """Those that may be on the canvas."""
        self.open: set[int] = set()
        """Bubbles of which the suggestions are shown."""
        self.chosen: int | None = None
        self.marked: int | None = None
        """The bubble that was looked for."""
        self._width = 0
        self.canvas = tk.Canvas(self, highlightthickness=0, borderwidth=0, takefocus=True, width=theme.px(320))
        bar = ttk.Scrollbar(self, command=self._scroll)
        self.canvas.configure(yscrollcommand=bar.set, yscrollincrement=1)
        bar.pack(side="right", fill="y")
        self.canvas.pack(side="left", fill="both", expand=True)
        self._listen()
        self._resized = Debounced(loop, self, _RESIZED_MS, self._redraw)
        theme.follow(self, self._restyle)

    @property
    def ids(self) -> list[int]:
        """What is shown, the oldest first."""
        return [one.bubble.id for one in self._drawn]

    @property
    def at_bottom(self) -> bool:
        """Whether the newest can be seen."""
        _, bottom = self._ends()
        seen = self.canvas.canvasy(self.canvas.winfo_height())
        return seen >= bottom - self._theme.px(_NEAR_BOTTOM)

    def bubble(self, number: int) -> Bubble | None:
        """One of them."""
        return next((one.bubble for one in self._drawn if one.bubble.id == number), None)

    def texts(self, number: int) -> list[str]:
        """Everything that is written in and under one of them."""
        items = self.canvas.find_withtag(f"b{number}")
        return [self.canvas.itemcget(item, "text") for item in items if str(self.canvas.type(item)) == "text"]

    def show(self, bubbles: Sequence[Bubble]) -> None:
        """Another conversation, at its end."""
        self.open.clear()
        self.chosen = self.marked = None
        self.canvas.delete("all")
        self._drawn, self._on = [], []
        self.append(bubbles)
        self.to_bottom()

    @property
    def drawn(self) -> int:
        """How many are on the canvas."""
        return sum(one.is_drawn for one in self._on)

    def prepend(self, bubbles: Sequence[Bubble]) -> None:
        """Older ones, above what is there; what is seen stays where it is."""
        y = self._ends()[0]
        above: list[_Drawn] = []
        for bubble in reversed(bubbles):
            first = self._next_item()
            height = self._draw(bubble, y)
            y -= height
            # By their numbers: to look for a tag, the canvas goes through everything on it.
            for item in range(first + 1, self._next_item()):
                self.canvas.move(item, 0, -height)
            above.append(_Drawn(bubble, y, height))
        self._drawn[:0] = reversed(above)
        self._on += above
        self._bound()
        self._draw_near()

    def append(self, bubbles: Sequence[Bubble]) -> None:
        """Newer ones, below; who sees the end goes on seeing it."""
        follow = self.at_bottom
        y = self._ends()[1]
        for bubble in bubbles:
            height = self._draw(bubble, y)
            self._drawn.append(_Drawn(bubble, y, height))
            self._on.append(self._drawn[-1])
            y += height
        self._bound()
        if follow:
            self.to_bottom()
        self._draw_near()

    def change(self, bubbles: Sequence[Bubble]) -> None:
        """Some of them say something else now."""
        new = {one.id: one for one in bubbles}
        follow = self.at_bottom
        for at, one in enumerate(self._drawn):
            bubble = new.get(one.bubble.id)
            if bubble is not None and bubble != one.bubble:
                self._drawn[at].bubble = bubble
                if one.is_drawn:
                    self._draw_again(at)
                else:
                    one.is_measured = False
        if follow:
            self.to_bottom()

    def remove(self, numbers: set[int]) -> None:
        """Some of them are gone."""
        for one in [one for one in self._drawn if one.bubble.id in numbers]:
            self.canvas.delete(one.tag)
        self._drawn = [one for one in self._drawn if one.bubble.id not in numbers]
        self._place()

    def choose(self, number: int | None) -> None:
        """Select one of them."""
        before, self.chosen = self.chosen, number
        for at, one in enumerate(self._drawn):
            if one.bubble.id in (before, number) and one.is_drawn:
                self._draw_again(at)

    def toggle(self, number: int) -> None:
        """Show what was suggested for it, or no more."""
        at = next((at for at, one in enumerate(self._drawn) if one.bubble.id == number), None)
        if at is None or not self._drawn[at].bubble.details:
            return
        self.open ^= {number}
        if self._drawn[at].is_drawn:
            self._draw_again(at)
        else:
            self._drawn[at].is_measured = False
        self.reveal(number)

    def mark(self, number: int) -> None:
        """Show the one that was looked for, in the middle."""
        self.marked = number
        self.choose(number)
        for one in self._drawn:
            if one.bubble.id == number:
                self._to(one.y - max(0, (self.canvas.winfo_height() - one.height) / 2))

    def reveal(self, number: int) -> None:
        """Scroll as little as it takes to see it."""
        for one in self._drawn:
            if one.bubble.id == number:
                top, tall = self.canvas.canvasy(0), self.canvas.winfo_height()
                if one.y < top or one.height > tall:
                    self._to(one.y)
                elif one.y + one.height > top + tall:
                    self._to(one.y + one.height - tall)

    def to_bottom(self) -> None:
        """Show the newest."""
        self._to(self._ends()[1])

    def scroll(self, pixels: float) -> None:
        """Move by so many pixels."""
        self._to(self.canvas.canvasy(0) + pixels)

    def _ends(self) -> tuple[float, float]:
        if not self._drawn:
            return 0, 0
        return self._drawn[0].y, self._drawn[-1].y + self._drawn[-1].height

    def _draw(self, bubble: Bubble, y: float) -> float:
        drawing = Drawing(self.canvas, self._theme, max(self.canvas.winfo_width(), self._theme.px(240)))
        return drawing.draw(
            bubble, y, opened=bubble.id in self.open, chosen=bubble.id == self.chosen, marked=bubble.id == self.marked
        )

    def _next_item(self) -> int:
        item = self.canvas.create_line(0, 0, 0, 0)
        self.canvas.delete(item)
        return item

    def _draw_again(self, at: int) -> None:
        one = self._drawn[at]
        self.canvas.delete(one.tag)
        height = self._draw(one.bubble, one.y)
        if height != one.height:
            one.height = height
            self._place()

    def _place(self) -> None:
        """Close the gaps; the first one stays where it is."""
        y = self._drawn[0].y if self._drawn else 0
        for one in self._drawn:
            if one.y != y:
                if one.is_drawn:
                    self.canvas.move(one.tag, 0, y - one.y)
                one.y = y
            y += one.height
        self._bound()

    def _draw_near(self) -> None:
        """Draw what is near the place that is seen, and take away what is not; what is seen stays where it is."""
        tall = max(self.canvas.winfo_height(), 1)
        seen = self.canvas.canvasy(0)
        first = bisect_left(self._drawn, seen - tall * _AROUND, key=lambda one: one.y + one.height)
        last, end = first, seen + tall * (1 + _AROUND)
        shifted = 0.0
        while last < len(self._drawn) and self._drawn[last].y + shifted <= end:
            one = self._drawn[last]
            one.y += shifted
            if shifted and one.is_drawn:
                self.canvas.move(one.tag, 0, shifted)
            if not one.is_drawn:
                height = self._draw(one.bubble, one.y)
                more = height - one.height
                one.is_drawn = one.is_measured = True
                one.height = height
                if more and one.y + height - more <= seen:  # Above what is seen: it grows upwards.
                    self._lift(last, more)
                else:
                    shifted += more
            last += 1
        for one in self._drawn[last:] if shifted else ():
            one.y += shifted
            if one.is_drawn:
                self.canvas.move(one.tag, 0, shifted)
        near = self._drawn[first:last]
        kept = {one.bubble.id for one in near}
        for one in self._on:
            if one.is_drawn and one.bubble.id not in kept:
                self.canvas.delete(one.tag)
                one.is_drawn = False
        self._on = near
        self._keep_seen(seen)

    def _lift(self, at: int, by: float) -> None:
        for one in self._drawn[: at + 1]:
            one.y -= by
            if one.is_drawn:
                self.canvas.move(one.tag, 0, -by)

    def _keep_seen(self, top: float) -> None:
        """The same place is seen, wherever the ends are now."""
        self._bound()
        region = [float(part) for part in str(self.canvas.cget("scrollregion")).split()]
        if self.canvas.canvasy(0) != top and region[3] > region[1]:
            self.canvas.yview_moveto((top - region[1]) / (region[3] - region[1]))

    def _bound(self) -> None:
        top, bottom = self._ends()
        # The newest stand at the foot, also where there are only few.
        top = min(top, bottom - self.canvas.winfo_height())
        self.canvas.configure(scrollregion=(0, top, self.canvas.winfo_width(), bottom))

    def _to(self, y: float) -> None:
        region = [float(part) for part in str(self.canvas.cget("scrollregion")).split()]
        if len(region) == 4 and region[3] > region[1]:
            self.canvas.yview_moveto((y - region[1]) / (region[3] - region[1]))
        self._draw_near()
        self._moved()

    def _scroll(self, *wanted: str) -> None:
        if wanted[0] == "scroll" and wanted[2] == "pages":
            self.scroll(int(wanted[1]) * self.canvas.winfo_height() * 0.9)
        elif wanted[0] == "scroll":
            self.scroll(int(wanted[1]) * self._theme.px(_STEP))
        else:
            self.canvas.yview(*wanted)
            self._draw_near()
            self._moved()

    def _moved(self) -> None:
        if not self._drawn:
            return
        if self.canvas.canvasy(0) - self._ends()[0] < self._theme.px(_NEAR_TOP):
            self._older()
        if self.at_bottom:
            self._seen_all()

    def _listen(self) -> None:
        canvas, px = self.canvas, self._theme.px
        moves: dict[str, Callable[[], None]] = {
            "<Up>": lambda: self._step(-1),
            "<Down>": lambda: self._step(1),
            "<Prior>": lambda: self.scroll(-canvas.winfo_height() * 0.9),
            "<Next>": lambda: self.scroll(canvas.winfo_height() * 0.9),
            "<Home>": lambda: self._to(self._ends()[0]),
            "<End>": self.to_bottom,
            "<Button-4>": lambda: self.scroll(-px(_STEP)),
            "<Button-5>": lambda: self.scroll(px(_STEP)),
            "<Return>": self._toggle_chosen,
            "<space>": self._toggle_chosen,
            "<Control-c>": self._copy,
        }
        for event, do in moves.items():
            canvas.bind(event, lambda _, do=do: (do(), "break")[1])  # type: ignore[misc]
        canvas.bind("<MouseWheel>", lambda event: self.scroll(-event.delta / 120 * px(_STEP)))
        canvas.bind("<Button-1>", self._clicked)
        canvas.bind("<Configure>", self._configured)

    def _step(self, by: int) -> None:
        ids = self.ids
        if not ids:
            return
        at = ids.index(self.chosen) + by if self.chosen in ids else len(ids) - 1
        self.choose(ids[max(0, min(at, len(ids) - 1))])
        if self.chosen is not None:
            self.reveal(self.chosen)
            self._moved()

    def _toggle_chosen(self) -> None:
        if self.chosen is not None:
            self.toggle(self.chosen)

    def _copy(self) -> None:
        bubble = None if self.chosen is None else self.bubble(self.chosen)
        if bubble is not None and bubble.text:
            self.clipboard_clear()
            self.clipboard_append(bubble.text)

    def _clicked(self, event: "tk.Event[tk.Misc]") -> None:
        self.canvas.focus_set()
        y = self.canvas.canvasy(event.y)
        for one in self._drawn:
            if one.y <= y < one.y + one.height:
                number = one.bubble.id
                on_more = "more" in {
                    tag for item in self.canvas.find_overlapping(event.x, y, event.x, y)
                    for tag in self.canvas.gettags(item)
                }  # fmt: skip
                self.choose(number)
                if on_more:
                    self.toggle(number)
                return

    def _configured(self, event: "tk.Event[tk.Misc]") -> None:
        if event.width != self._width:
            self._width = event.width
            self._resized()
        else:
            follow = self.at_bottom
            self._bound()
            if follow:
                self.to_bottom()
            else:
                self._draw_near()

    def _redraw(self) -> None:
        """Everything again, in another width or other colours; what is at the foot stays there."""
        foot = self.canvas.canvasy(self.canvas.winfo_height())
        follow = self.at_bottom
        kept = next((one for one in reversed(self._drawn) if one.y < foot), None)
        self.canvas.delete("all")
        for one in self._drawn:
            one.is_drawn = one.is_measured = False
        if follow or kept is None:
            self.to_bottom()
        else:
            self._to(kept.y + kept.height - self.canvas.winfo_height())
        if follow:
            self.to_bottom()

    def _restyle(self) -> None:
        self.canvas.configure(background=self._theme.palette.ground)
        self._redraw()
