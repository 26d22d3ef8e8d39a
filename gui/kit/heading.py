"""The head of a section: title, hint and buttons, which go below where there is no room beside them."""

import tkinter as tk
from tkinter import ttk

from gui.theme import Theme

_LEAST = 240
"""Pixels at 100 % that a title and its hint want beside the buttons."""


class Heading(ttk.Frame):
    """Buttons belong into ``tools``."""

    def __init__(self, master: tk.Misc, theme: Theme, title: str, hint: str = "") -> None:
        super().__init__(master)
        self._theme = theme
        self._said, self.tools = ttk.Frame(self), ttk.Frame(self)
        self._title = ttk.Label(self._said, text=title, style="Title.TLabel")
        self._title.pack(anchor="w")
        if hint:
            label = ttk.Label(self._said, text=hint, style="Quiet.TLabel", justify="left")
            label.pack(anchor="w", fill="x")
            label.bind("<Configure>", lambda event: label.configure(wraplength=max(event.width, 1)))
        self.columnconfigure(0, weight=1)
        self._said.grid(row=0, column=0, sticky="ew")
        self._below: bool | None = None
        for one in (self, self.tools):
            one.bind("<Configure>", lambda _: self._fit(), add="+")
        self._fit()

    def _fit(self) -> None:
        px, wide = self._theme.px, self.winfo_width()
        least = max(self._title.winfo_reqwidth(), px(_LEAST))
        below = wide > 1 and least + px(16) + self.tools.winfo_reqwidth() > wide
        if below == self._below:
            return
        self._below = below
        if below:
            self.tools.grid(row=1, column=0, sticky="w", padx=0, pady=(px(6), 0))
        else:
            self.tools.grid(row=0, column=1, sticky="ne", padx=(px(16), 0), pady=0)
