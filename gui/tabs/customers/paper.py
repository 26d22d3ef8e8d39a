"""Texts and places on the paper of a panel. One listener of the look repaints all of them: rows come and go."""

import tkinter as tk
from tkinter import ttk
from typing import Any, Literal

from gui.theme import Theme

Ink = Literal["ink", "ink_2", "accent", "good", "bad", "warn"]
_WIDEST = 4000


class Slip(tk.Frame):
    """A place on the paper."""

    def __init__(self, master: tk.Misc, theme: Theme, **more: Any) -> None:  # noqa: ANN401 (Tk's own)
        super().__init__(master, borderwidth=0, background=theme.palette.paper, **more)


class Said(tk.Label):
    """A text on the paper, in one of the palette's colours; ``wraps``: over as many lines as it needs."""

    def __init__(
        self,
        master: tk.Misc,
        theme: Theme,
        text: str = "",
        *,
        ink: Ink = "ink",
        font: str = "SunValleyBodyFont",
        wraps: bool = False,
    ) -> None:
        super().__init__(master, text=text, font=font, anchor="w", justify="left", borderwidth=0, padx=0, pady=0)
        self.ink: Ink = ink
        self._wide = 0
        paint(self, theme)
        if wraps:
            self.bind("<Configure>", self._wrap)

    def say(self, text: str) -> None:
        """Another text."""
        self.configure(text=text)

    def _wrap(self, event: "tk.Event[tk.Misc]") -> None:
        wide = min(max(event.width, 60), _WIDEST)
        if abs(self._wide - wide) > 2:
            self._wide = wide
            self.configure(wraplength=wide)


def paint(widget: tk.Misc, theme: Theme) -> None:
    """Give a widget its colours, where it is one of these."""
    colours = theme.palette
    if isinstance(widget, Said):
        widget.configure(background=colours.paper, foreground=getattr(colours, widget.ink))
    elif isinstance(widget, Slip):
        widget.configure(background=colours.paper)
    elif isinstance(widget, tk.Text):
        widget.configure(
            background=colours.ground, foreground=colours.ink, insertbackground=colours.ink,
            highlightbackground=colours.line, highlightcolor=colours.accent, selectbackground=colours.accent,
            selectforeground=colours.paper,
        )  # fmt: skip


def repaint(widget: tk.Misc, theme: Theme) -> None:
    """Give everything in a widget its colours."""
    for child in widget.winfo_children():
        paint(child, theme)
        repaint(child, theme)


def small_button(master: tk.Misc, text: str, do: Any, *, style: str = "Paper.Toolbutton") -> ttk.Button:  # noqa: ANN401
    """A quiet button in a row."""
    return ttk.Button(master, text=text, command=do, style=style, cursor="hand2")


def set_styles(theme: Theme) -> None:
    """Buttons that stand on paper have its colour at their corners."""
    style, colours = ttk.Style(), theme.palette
    for name in ("TButton", "Accent.TButton", "Toolbutton", "TEntry", "TCombobox", "TCheckbutton"):
        style.configure(f"Paper.{name}", background=colours.paper)
    style.configure("Paper.Toolbutton", padding=(theme.px(6), theme.px(2)), font="SunValleyCaptionFont")
    style.configure("Paper.TButton", padding=(theme.px(8), theme.px(3)))
