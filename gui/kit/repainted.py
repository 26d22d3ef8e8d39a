"""Boxes and words that are painted anew at each look, with the canvas's items of the look before.

Making an item costs Tk ten times what changing its text costs, and a list that is scrolled is painted at each frame.
"""

import tkinter as tk
from tkinter import font
from typing import Any

_WORDS = "words"


class Repainted:
    """Paints on one canvas: ``begin``, what is seen from the lowest to the highest, ``end``. Words are above boxes."""

    def __init__(self, canvas: tk.Canvas) -> None:
        self._canvas = canvas
        self._boxes: list[_Item] = []
        self._words: list[_Item] = []
        self._boxes_used = self._words_used = 0

    def begin(self) -> None:
        """Nothing is painted yet."""
        self._boxes_used = self._words_used = 0

    def box(self, left: float, top: float, right: float, bottom: float, fill: str) -> None:
        """A filled rectangle; its right and bottom edges do not belong to it."""
        if self._boxes_used == len(self._boxes):
            number = self._canvas.create_rectangle(0, 0, 0, 0, width=0)
            if self._words:
                self._canvas.tag_lower(number, _WORDS)
            self._boxes.append(_Item(number))
        self._boxes[self._boxes_used].become(self._canvas, (left, top, right, bottom), {"fill": fill})
        self._boxes_used += 1

    def words(self, x: float, middle: float, text: str, letters: font.Font, fill: str, anchor: str = "w") -> None:
        """One line of text."""
        if self._words_used == len(self._words):
            self._words.append(_Item(self._canvas.create_text(0, 0, tags=_WORDS)))
        look = {"text": text, "font": letters.name, "fill": fill, "anchor": anchor}
        self._words[self._words_used].become(self._canvas, (x, middle), look)
        self._words_used += 1

    def end(self) -> None:
        """What the look before had, and this one has not, goes."""
        for items, used in ((self._boxes, self._boxes_used), (self._words, self._words_used)):
            self._canvas.delete(*(item.number for item in items[used:]))
            del items[used:]


class _Item:
    __slots__ = ("_look", "_place", "number")

    def __init__(self, number: int) -> None:
        self.number = number
        self._place: tuple[float, ...] = ()
        self._look: dict[str, Any] = {}

    def become(self, canvas: tk.Canvas, place: tuple[float, ...], look: dict[str, Any]) -> None:
        if place != self._place:
            canvas.coords(self.number, *place)
            self._place = place
        if look != self._look:
            changed = {name: value for name, value in look.items() if self._look.get(name) != value}
            canvas.itemconfigure(self.number, **changed)
            self._look = look
