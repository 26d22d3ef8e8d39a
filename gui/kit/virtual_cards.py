"""A list of cards over any number of rows: two lines each, with what was found marked in the second."""

import tkinter as tk
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from tkinter import font
from typing import Any, TypeVar

from gui.kit.shown_text import one_line
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
        self._cuts: dict[tuple[str, int, bool], str] = {}
        self.canvas = tk.Canvas(self, highlightthickness=0, borderwidth=0, takefocus=True, width=office.theme.px(280))
        self.canvas.pack(side="left", fill="both", expand=True)
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
        canvas, model, tall = self.canvas, self.model, self.office.theme.px(_TALL)
        canvas.delete("all")
        width = canvas.winfo_width()
        for line in range(min(self.fit() + 1, model.rows - self.first)):
            item = model.item(self.first + line)
            if item is None:
                if self._generation:
                    canvas.create_text(
                        self.office.theme.px(14), line * tall + tall / 2, anchor="w", text=self.placeholder(),
                        font=self._small, fill=self.office.theme.palette.ink_2,
                    )  # fmt: skip
                continue
            self._draw(self._card(item), line * tall, width, chosen=self.is_selected(self.first + line, item))

    def _draw(self, card: Card, top: int, width: int, *, chosen: bool) -> None:
        canvas, colours, px = self.canvas, self.office.theme.palette, self.office.theme.px
        tall = px(_TALL)
        if chosen:
            canvas.create_rectangle(0, top, width, top + tall, fill=colours.accent_soft, width=0)
            seen = self.canvas.focus_get() is canvas
            canvas.create_rectangle(0, top, px(3 if not seen else 5), top + tall, fill=colours.accent, width=0)
        canvas.create_line(px(14), top + tall - 1, width, top + tall - 1, fill=colours.line)
        right = width - px(12)
        at = canvas.create_text(right, top + px(19), anchor="e", text=card.at, font=self._small, fill=colours.ink_2)
        left_of_at = canvas.bbox(at)[0] if card.at else right
        title = self._cut(one_line(card.title), left_of_at - px(26), strong=card.strong)
        canvas.create_text(
            px(14), top + px(19), anchor="w", text=title, font=self._fonts[card.strong], fill=colours.ink
        )
        if card.hint:
            ink = {"good": colours.good, "warn": colours.warn, "bad": colours.bad}.get(card.tone, colours.ink_2)
            hint = canvas.create_text(right, top + px(40), anchor="e", text=card.hint, font=self._small, fill=ink)
            right = canvas.bbox(hint)[0] - px(8)
        self._line(card.pieces, top + px(40), right, strong=card.strong)

    def _line(self, pieces: Sequence[tuple[str, bool]], middle: int, right: int, *, strong: bool) -> None:
        canvas, colours, px = self.canvas, self.office.theme.palette, self.office.theme.px
        x, half = px(14), px(9)
        for text, marked in pieces:
            shown = self._cut(text, right - x, strong=None)
            if not shown:
                return
            wide = self._small.measure(shown)
            if marked:
                canvas.create_rectangle(x, middle - half, x + wide, middle + half, fill=colours.mark, width=0)
            ink = colours.ink if strong or marked else colours.ink_2
            canvas.create_text(x, middle, anchor="w", text=shown, font=self._small, fill=ink)
            x += wide
            if shown != text:
                return

    def _cut(self, text: str, pixels: int, *, strong: bool | None) -> str:
        """As much as there is room for; remembered, because measuring is slow."""
        if pixels <= 0:
            return ""
        known = (text, pixels, bool(strong))
        if known not in self._cuts:
            if len(self._cuts) > _MOST_CUTS:
                self._cuts.clear()
            measure = self._small.measure if strong is None else self._fonts[strong].measure
            wide, cut = measure(text), text
            while cut and wide > pixels:
                cut = cut[: min(len(cut) - 1, int(len(cut) * pixels / wide))]
                wide = measure(f"{cut}…")
            self._cuts[known] = cut if cut == text else f"{cut}…"
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
