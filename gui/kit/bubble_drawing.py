"""One bubble, drawn: how tall it is comes out of its texts."""

import tkinter as tk
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from gui.theme import Theme, Tone

Side = Literal["theirs", "ours", "middle"]

_WIDEST = 620
_SHARE = 0.74
_ROUND = 12


@dataclass(frozen=True, slots=True)
class Note:
    """A few words under a bubble."""

    text: str
    tone: Tone = "calm"


@dataclass(frozen=True, slots=True)
class Detail:
    """One thing that was suggested."""

    text: str
    hint: str
    """What became of it."""
    tone: Tone = "calm"


@dataclass(frozen=True, slots=True)
class Bubble:
    """What stands in one bubble, ready to be shown."""

    id: int
    side: Side
    text: str
    day: str = ""
    """Above the first one of a day."""
    author: str = ""
    quoted: tuple[str, str] | None = None
    """Who, and what."""
    kind: str = ""
    """What it is, where it is no text."""
    taken_back: bool = False
    foot: str = ""
    """Time, delivery, whether it was edited."""
    reactions: str = ""
    notes: Sequence[Note] = ()
    more: str = ""
    """Opens the details."""
    details: Sequence[Detail] = ()


class Drawing:
    """Draws on one canvas, in one width."""

    def __init__(self, canvas: tk.Canvas, theme: Theme, width: int) -> None:
        self._canvas, self._theme, self._width = canvas, theme, width
        self._tags: tuple[str, ...] = ()

    def draw(self, bubble: Bubble, top: float, *, opened: bool, chosen: bool, marked: bool) -> float:
        """Draw it from ``top`` on; how tall it is."""
        px, colours, canvas = self._theme.px, self._theme.palette, self._canvas
        self._tags = (f"b{bubble.id}",)
        y = top + px(3)
        if bubble.day:
            y += px(8)
            day = self._text(self._width / 2, y, bubble.day, 12, colours.ink_2, anchor="n")
            y = canvas.bbox(day)[3] + px(8)
        if bubble.side == "middle":
            line = self._text(
                self._width / 2, y, bubble.text or bubble.kind, 12, colours.ink_2, anchor="n", justify="center",
                width=int(self._width * _SHARE),
            )  # fmt: skip
            return canvas.bbox(line)[3] + px(5) - top
        y = self._box(bubble, y, chosen=chosen, marked=marked)
        y = self._notes(bubble, y)
        if bubble.more:
            y = self._more(bubble, y, opened=opened)
        return y + px(3) - top

    def _box(self, bubble: Bubble, top: float, *, chosen: bool, marked: bool) -> float:
        px, colours, canvas = self._theme.px, self._theme.palette, self._canvas
        ours = bubble.side == "ours"
        pad, margin = px(11), px(16)
        widest = min(int(self._width * _SHARE), px(_WIDEST)) - 2 * pad
        ground = colours.accent_soft if ours else colours.paper
        outline = colours.accent if chosen else colours.line
        if marked:
            ground, outline = colours.warn_soft, colours.warn
        box = canvas.create_polygon(0, 0, 0, 0, smooth=True, fill=ground, outline=outline, tags=self._tags)
        items, y = [], top + px(7)
        if bubble.author:
            items.append(self._text(pad, y, bubble.author, 12, colours.accent, bold=True, width=widest))
            y = canvas.bbox(items[-1])[3] + px(2)
        if bubble.quoted is not None:
            who, what = bubble.quoted
            quote = self._text(
                pad + px(10), y + px(2), f"{who}\n{what}" if who and what else who or what, 12, colours.ink_2,
                width=widest - px(10),
            )  # fmt: skip
            bottom = canvas.bbox(quote)[3]
            items += [quote, canvas.create_line(
                pad + px(2), y + px(2), pad + px(2), bottom, width=px(3), fill=colours.accent, tags=self._tags
            )]  # fmt: skip
            y = bottom + px(5)
        if bubble.kind:
            items.append(self._text(pad, y, bubble.kind, 13, colours.ink_2, width=widest))
            y = canvas.bbox(items[-1])[3] + px(2)
        if bubble.text:
            ink = colours.ink_2 if bubble.taken_back else colours.ink
            items.append(self._text(pad, y, bubble.text, 14, ink, width=widest))
            y = canvas.bbox(items[-1])[3] + px(2)
        inner = max((canvas.bbox(item)[2] for item in items), default=pad) - pad
        foot = self._text(0, y, bubble.foot or " ", 11, colours.ink_2, anchor="ne")
        y = canvas.bbox(foot)[3] + px(6) if bubble.foot else y + px(6)
        inner = max(inner, self._wide(foot), px(28))
        wide = inner + 2 * pad
        left = self._width - margin - wide if ours else margin
        for item in items:
            canvas.move(item, left, 0)
        canvas.move(foot, left + wide - pad, 0)
        canvas.coords(box, *_rounded(left, top, left + wide, y, px(_ROUND)))
        if bubble.reactions:
            at = left + wide - px(8) if ours else left + px(8)
            line = self._text(at, y - px(2), bubble.reactions, 13, colours.ink, anchor="ne" if ours else "nw")
            y = canvas.bbox(line)[3]
        return y

    def _notes(self, bubble: Bubble, y: float) -> float:
        px, colours = self._theme.px, self._theme.palette
        x: float = px(20)
        for note in bubble.notes:
            ink = {"good": colours.good, "warn": colours.warn, "bad": colours.bad}.get(note.tone, colours.ink_2)
            line = self._text(x, y + px(3), note.text, 12, ink)
            x = self._canvas.bbox(line)[2] + px(10)
        if not bubble.notes:
            return y
        return y + px(20)

    def _more(self, bubble: Bubble, y: float, *, opened: bool) -> float:
        px, colours, canvas = self._theme.px, self._theme.palette, self._canvas
        widest = min(int(self._width * _SHARE), px(_WIDEST))
        sign = "▾" if opened else "▸"
        line = self._text(px(20), y + px(2), f"{sign} {bubble.more}", 12, colours.accent, width=widest)
        canvas.addtag_withtag("more", line)
        y = canvas.bbox(line)[3] + px(4)
        if not opened:
            return y
        for detail in bubble.details:
            tone = {"good": colours.good, "warn": colours.warn, "bad": colours.bad}.get(detail.tone, colours.ink_2)
            text = self._text(px(34), y + px(2), detail.text, 13, colours.ink, width=widest - px(24))
            foot = self._text(px(34), canvas.bbox(text)[3] + px(1), detail.hint, 11, tone, width=widest - px(24))
            bottom = canvas.bbox(foot)[3]
            canvas.create_line(px(25), y + px(3), px(25), bottom, width=px(2), fill=tone, tags=self._tags)
            y = bottom + px(6)
        return y

    def _text(
        self,
        x: float,
        y: float,
        text: str,
        size: int,
        fill: str,
        *,
        anchor: Literal["nw", "ne", "n"] = "nw",
        bold: bool = False,
        width: int = 0,
        justify: Literal["left", "center"] = "left",
    ) -> int:
        return self._canvas.create_text(
            x, y, text=text, anchor=anchor, fill=fill, font=self._theme.font(size, "bold" if bold else "normal"),
            width=width, justify=justify, tags=self._tags,
        )  # fmt: skip

    def _wide(self, item: int) -> int:
        left, _, right, _ = self._canvas.bbox(item)
        return right - left


def _rounded(left: float, top: float, right: float, bottom: float, radius: float) -> list[float]:
    r = min(radius, (bottom - top) / 2)
    return [
        left + r, top, left + r, top, right - r, top, right - r, top, right, top, right, top + r, right, top + r,
        right, bottom - r, right, bottom - r, right, bottom, right - r, bottom, right - r, bottom,
        left + r, bottom, left + r, bottom, left, bottom, left, bottom - r, left, bottom - r,
        left, top + r, left, top + r, left, top,
    ]  # fmt: skip
