"""Panels: a surface with a title, a figure with its name, an empty place that says why it is empty."""

import tkinter as tk
from tkinter import ttk

from gui.theme import Theme, Tone


class Panel(tk.Frame):
    """A surface with a thin line around it; what belongs on it goes into ``body``."""

    def __init__(self, master: tk.Misc, theme: Theme, title: str = "") -> None:
        super().__init__(master, highlightthickness=1, borderwidth=0)
        self.theme = theme
        px = theme.px
        self.title = tk.Label(self, text=title, anchor="w", font="SunValleyBodyStrongFont")
        if title:
            self.title.pack(fill="x", padx=px(14), pady=(px(10), 0))
        self.body = tk.Frame(self)
        self.body.pack(fill="both", expand=True, padx=px(14), pady=px(10))
        theme.follow(self, self._restyle)

    def _restyle(self) -> None:
        colours = self.theme.palette
        self.configure(background=colours.paper, highlightbackground=colours.line, highlightcolor=colours.line)
        self.body.configure(background=colours.paper)
        self.title.configure(background=colours.paper, foreground=colours.ink)


class Figure(Panel):
    """A figure, what it counts, and what there is to say of it."""

    def __init__(self, master: tk.Misc, theme: Theme, name: str) -> None:
        self._tone: Tone = "calm"
        super().__init__(master, theme)
        self._value = tk.Label(self.body, anchor="w", font="SunValleyTitleFont", text="–")
        self._name = tk.Label(self.body, anchor="w", text=name, font="SunValleyCaptionFont")
        self._hint = tk.Label(self.body, anchor="w", font="SunValleyCaptionFont")
        for label in (self._name, self._value, self._hint):
            label.pack(fill="x")
        self._restyle()

    @property
    def value(self) -> str:
        """What it shows."""
        return str(self._value.cget("text"))

    def show(self, value: str, hint: str = "", tone: Tone = "calm") -> None:
        """Another value. Nothing is drawn where it is the same."""
        self._value.configure(text=value)
        self._hint.configure(text=hint)
        if tone != self._tone:
            self._tone = tone
            self._restyle()

    def _restyle(self) -> None:
        super()._restyle()
        if not hasattr(self, "_hint"):
            return
        colours = self.theme.palette
        tones = {"calm": colours.ink, "good": colours.good, "warn": colours.warn, "bad": colours.bad}
        self._value.configure(background=colours.paper, foreground=tones[self._tone])
        for label in (self._name, self._hint):
            label.configure(background=colours.paper, foreground=colours.ink_2)


class Empty(ttk.Frame):
    """A place with nothing in it: what will be here, and what to do about it."""

    def __init__(self, master: tk.Misc, title: str, hint: str = "") -> None:
        super().__init__(master)
        middle = ttk.Frame(self)
        middle.place(relx=0.5, rely=0.45, anchor="center")
        self._title = ttk.Label(middle, text=title, style="Large.TLabel", justify="center")
        self._hint = ttk.Label(middle, text=hint, style="Quiet.TLabel", justify="center", wraplength=420)
        self._title.pack()
        self._hint.pack(pady=(6, 0))

    def say(self, title: str, hint: str = "") -> None:
        """Other words."""
        self._title.configure(text=title)
        self._hint.configure(text=hint)
