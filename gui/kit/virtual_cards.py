"""A list of cards over any number of rows: two lines each, with what was found marked in the second."""

import tkinter as tk
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from tkinter import font
from typing import Any, TypeVar

from gui.kit.repainted import Repainted
from gui.kit.shown_text import cut, one_line
from gui.kit.virtual_rows import Asks, Page, VirtualRows
from gui.theme import Tone

Item = TypeVar("Item")

_TALL = 58
_MOST_CUTS = 5000


@dataclass(frozen=True, slots=True)
class Card:
    """What stands in one row."""

    title: str
    at: str
    pieces: Sequence[tuple[str, bool]]
    """The second line in pieces, and which of them are marked."""
    strong: bool = False
    hint: str = ""
    """At the end of the second line."""
    tone: Tone = "calm"
    """Of the hint."""


class VirtualCards(VirtualRows[Item]):
    """The list; drawn on one canvas, so that a thousand cards cost what ten do."""

    def __init__(
        self,
        master: tk.Misc,
        office: Asks,
        fetch: Callable[[Any, str | None], Page[Item]],
        card: Callable[[Item], Card],
        opened: Callable[[Item], None],
        *,
        chosen: Callable[[Item | None], None] | None = None,
        key: Callable[[Item], Hashable] | None = None,
        filled: Callable[[], None] | None = None,
    ) -> None:
        """See ``VirtualRows``."""
        super().__init__(master, office, fetch, opened, chosen=chosen, key=key, filled=filled)
        self._card = card
        self._cuts: dict[tuple[str, int, bool | None], tuple[str, int]] = {}
        self.canvas = tk.Canvas(self, highlightthickness=0, borderwidth=0, takefocus=True, width=office.theme.px(280))
        self.canvas.pack(side="left", fill="both", expand=True)
        self._paint = Repainted(self.canvas)
        self.listen(self.canvas)
        self.canvas.bind("<Button-1>", self._clicked)
        self.canvas.bind("<Double-1>", lambda _: self.opens())
        for event in ("<FocusIn>", "<FocusOut>"):
            self.canvas.bind(event, lambda _: self.paint(), add=True)
        self._fonts = {strong: font.Font(self, office.theme.font(14)) for strong in (False, True)}
        self._small = font.Font(self, office.theme.font(12))
        office.theme.follow(self, self._restyle)

    @property
    def texts(self) -> list[str]:
        """Titles and second lines of the cards that can be seen."""
        canvas = self.canvas
        return [canvas.itemcget(item, "text") for item in canvas.find_all() if str(canvas.type(item)) == "text"]

    def fit(self) -> int:
        """How many cards are seen as a whole."""
        return max(1, self.canvas.winfo_height() // self.office.theme.px(_TALL))

    def paint(self) -> None:
        """Draw the cards that can be seen."""
        model, px = self.model, self.office.theme.px
        tall, width = px(_TALL), self.canvas.winfo_width()
        self._paint.begin()
        for line in range(min(self.fit() + 1, model.rows - self.first)):
            item = model.item(self.first + line)
            if item is not None:
                self._draw(self._card(item), line * tall, width, chosen=self.is_selected(self.first + line, item))
            elif self._generation:
                middle, ink = line * tall + tall / 2, self.office.theme.palette.ink_2
                self._paint.words(px(14), middle, self.placeholder(), self._small, ink)
        self._paint.end()

    def _draw(self, card: Card, top: int, width: int, *, chosen: bool) -> None:
        paint, colours, px = self._paint, self.office.theme.palette, self.office.theme.px
        bottom = top + px(_TALL)
        if chosen:
            paint.box(0, top, width, bottom, colours.accent_soft)
            paint.box(0, top, px(5 if self.canvas.focus_get() is self.canvas else 3), bottom, colours.accent)
        paint.box(px(14), bottom - 1, width, bottom, colours.line)
        right = width - px(12)
        at, room = self._cut(card.at, right, strong=None)
        paint.words(right, top + px(19), at, self._small, colours.ink_2, "e")
        title, _ = self._cut(one_line(card.title), right - room - px(26), strong=card.strong)
        paint.words(px(14), top + px(19), title, self._fonts[card.strong], colours.ink)
        if card.hint:
            ink = {"good": colours.good, "warn": colours.warn, "bad": colours.bad}.get(card.tone, colours.ink_2)
            hint, room = self._cut(card.hint, right, strong=None)
            paint.words(right, top + px(40), hint, self._small, ink, "e")
            right -= room + px(8)
        self._line(card.pieces, top + px(40), right, strong=card.strong)

    def _line(self, pieces: Sequence[tuple[str, bool]], middle: int, right: int, *, strong: bool) -> None:
        colours, px = self.office.theme.palette, self.office.theme.px
        x, half = px(14), px(9)
        for text, marked in pieces:
            shown, wide = self._cut(text, right - x, strong=None)
            if not shown:
                return
            if marked:
                self._paint.box(x, middle - half, x + wide, middle + half, colours.mark)
            self._paint.words(x, middle, shown, self._small, colours.ink if strong or marked else colours.ink_2)
            x += wide
            if shown != text:
                return

    def _cut(self, text: str, pixels: int, *, strong: bool | None) -> tuple[str, int]:
        """As much as there is room for, and its width; remembered, because measuring is slow."""
        if pixels <= 0:
            return "", 0
        known = (text, pixels, strong)
        if known not in self._cuts:
            if len(self._cuts) > _MOST_CUTS:
                self._cuts.clear()
            letters = self._small if strong is None else self._fonts[strong]
            shown = cut(text, letters, pixels)
            self._cuts[known] = shown, letters.measure(shown)
        return self._cuts[known]

    def _clicked(self, event: "tk.Event[tk.Misc]") -> None:
        self.canvas.focus_set()
        self.pressed(self.first + event.y // self.office.theme.px(_TALL))

    def _restyle(self) -> None:
        theme = self.office.theme
        self._fonts[False].configure(**_named(theme.font(14)))
        self._fonts[True].configure(**_named(theme.font(14, "bold")))
        self._small.configure(**_named(theme.font(12)))
        self._cuts.clear()
        self.canvas.configure(background=theme.palette.paper)
        self.paint()


def _named(written: tuple[str, int, str]) -> dict[str, Any]:
    family, size, weight = written
    return {"family": family, "size": size, "weight": weight}
