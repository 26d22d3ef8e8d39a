"""The timeline: a scale, a lane for each kind of mark, and where the player stands. A click goes there."""

import tkinter as tk
from collections.abc import Callable, Sequence
from tkinter import font

from agent.contract.recordings import MarkKind, RecordingMark
from gui.office import Office
from gui.player.playback import moment

LANES: dict[str, frozenset[MarkKind]] = {
    "in": frozenset({MarkKind.IN}),
    "out": frozenset({MarkKind.OUT}),
    "card": frozenset({MarkKind.CARD, MarkKind.OUTCOME}),
    "fault": frozenset({MarkKind.FAULT}),
}
"""By name, from the top; the words' room ``player`` calls them ``lane_<name>``."""
_COLOURS = {"in": "accent", "out": "calm", "card": "warn", "fault": "bad"}
_LANE, _SCALE, _TOP, _EDGE = 18, 20, 6, 10
_STEPS = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 21600, 43200, 86400)
_APART = 74
"""Pixels at 100 % between two labels of the scale."""


class Timeline(tk.Canvas):
    """Of one recording."""

    def __init__(self, master: tk.Misc, office: Office, go: Callable[[float], None]) -> None:
        """``go`` is told the second at which somebody clicked."""
        self._theme, self._words, self._go = office.theme, office.words, go
        px = self._theme.px
        super().__init__(
            master, height=px(_TOP + _LANE * len(LANES) + _SCALE), highlightthickness=1, borderwidth=0, width=px(200),
            takefocus=True, cursor="hand2",
        )  # fmt: skip
        self._seconds, self._at_s = 0.0, 0.0
        self._marks: Sequence[RecordingMark] = ()
        self._left = 0
        self.bind("<Configure>", lambda _: self._draw())
        self.bind("<Button-1>", self._pressed)
        self.bind("<B1-Motion>", self._pressed)
        self._theme.follow(self, self._restyle)

    def fill(self, seconds: float, marks: Sequence[RecordingMark]) -> None:
        """Another recording."""
        self._seconds, self._marks = seconds, marks
        self._draw()

    def stand(self, at_s: float) -> None:
        """Where the player is now."""
        self._at_s = at_s
        if self.find_withtag("now"):
            self._move()

    def x_of(self, at_s: float) -> int:
        """Where a second is, in pixels."""
        width = self.winfo_width() - self._left - self._theme.px(_EDGE)
        return self._left + round(width * at_s / self._seconds) if self._seconds else self._left

    def _pressed(self, event: "tk.Event[tk.Misc]") -> None:
        self.focus_set()
        width = self.winfo_width() - self._left - self._theme.px(_EDGE)
        if self._seconds and width > 0:
            self._go(min(max((event.x - self._left) / width, 0.0), 1.0) * self._seconds)

    def _restyle(self) -> None:
        colours = self._theme.palette
        self.configure(
            background=colours.paper, highlightbackground=colours.line, highlightcolor=colours.accent,
        )  # fmt: skip
        self._draw()

    def _draw(self) -> None:
        """Everything anew: other marks, another size, another look."""
        self.delete("all")
        px, colours = self._theme.px, self._theme.palette
        letters = font.Font(self, font="SunValleyCaptionFont")
        names = {lane: self._words(f"player.lane_{lane}") for lane in LANES}
        self._left = max(letters.measure(name) for name in names.values()) + px(_EDGE * 2)
        right, floor = self.winfo_width() - px(_EDGE), px(_TOP + _LANE * len(LANES))
        if right - self._left < px(20):
            return
        self._scale(floor, letters)
        for at, (lane, kinds) in enumerate(LANES.items()):
            top = px(_TOP + _LANE * at)
            middle, tall = top + px(_LANE) // 2, px(_LANE) // 2 - px(3)
            self.create_text(px(_EDGE), middle, text=names[lane], anchor="w", font=letters, fill=colours.ink_2)
            self.create_line(self._left, middle, right, middle, fill=colours.line)
            colour, wide = getattr(colours, _COLOURS[lane]), max(px(2), 2)
            for x in sorted({self.x_of(one.at_s) for one in self._marks if one.kind in kinds}):
                self.create_rectangle(x - wide / 2, middle - tall, x + wide / 2, middle + tall, fill=colour, width=0)
        self.create_line(0, 0, 0, 0, fill=colours.ink, width=max(px(1.5), 1), tags="now")
        self.create_polygon(0, 0, 0, 0, 0, 0, fill=colours.ink, tags="head")
        self._move()

    def _scale(self, floor: int, letters: font.Font) -> None:
        px, colours = self._theme.px, self._theme.palette
        fit = max((self.winfo_width() - self._left) // px(_APART), 1)
        days = self._seconds / 86400 / fit
        step = next((one for one in _STEPS if self._seconds / one <= fit), 86400 * (int(days) + 1))
        for number in range(int(self._seconds // step) + 1):
            x = self.x_of(number * step)
            self.create_line(x, px(_TOP), x, floor + px(4), fill=colours.line)
            text = moment(number * step)
            half = letters.measure(text) // 2
            x = min(max(x, self._left + (half if number else 0)), self.winfo_width() - half - px(4))
            self.create_text(
                x, floor + px(5), text=text, anchor="n" if number else "nw", font=letters, fill=colours.ink_2,
            )  # fmt: skip

    def _move(self) -> None:
        px, x = self._theme.px, self.x_of(self._at_s)
        floor = px(_TOP + _LANE * len(LANES))
        self.coords("now", x, 0, x, floor + px(4))
        self.coords("head", x - px(5), 0, x + px(5), 0, x, px(7))
