"""Notices that come up in a corner of the window and go again; those that matter stay until they are closed."""

import tkinter as tk

from gui.loop import Loop
from gui.theme import Theme, Tone

_STAYS_MS = 6000
_MOST = 4


class Toasts:
    """The corner of one window."""

    def __init__(self, root: tk.Tk, theme: Theme, loop: Loop) -> None:
        self._root, self._theme, self._loop = root, theme, loop
        self._shown: list[tk.Frame] = []

    @property
    def texts(self) -> list[str]:
        """What is shown, the newest last."""
        return [str(toast.children["text"].cget("text")) for toast in self._shown]

    def say(self, text: str, tone: Tone = "calm", *, stays: bool = False) -> None:
        """Show a notice."""
        px = self._theme.px
        while len(self._shown) >= _MOST:
            self._close(self._shown[0])
        toast = tk.Frame(self._root, highlightthickness=1)
        label = tk.Label(
            toast, name="text", text=text, font="SunValleyBodyFont",
            wraplength=px(380), justify="left", anchor="w",
        )  # fmt: skip
        close = tk.Label(toast, text="✕", cursor="hand2", font="SunValleyBodyFont")
        label.pack(side="left", fill="both", expand=True, padx=(px(14), px(6)), pady=px(10))
        close.pack(side="right", anchor="n", padx=px(10), pady=px(8))
        for widget in (toast, label, close):
            widget.bind("<Button-1>", lambda _: self._close(toast))

        def restyle() -> None:
            colours = self._theme.palette
            ground = getattr(colours, f"{tone}_soft")
            ink = colours.ink if tone == "calm" else getattr(colours, tone)
            toast.configure(background=ground, highlightbackground=ink)
            for one in (label, close):
                one.configure(background=ground, foreground=ink)

        self._theme.follow(toast, restyle)
        self._shown.append(toast)
        self._place()
        if not stays:
            self._loop.later(_STAYS_MS, lambda: self._close(toast), toast)

    def _close(self, toast: tk.Frame) -> None:
        if toast in self._shown:
            self._shown.remove(toast)
            toast.destroy()
            self._place()

    def _place(self) -> None:
        px = self._theme.px
        down = -px(44)
        for toast in reversed(self._shown):
            toast.place(relx=1.0, rely=1.0, x=-px(18), y=down, anchor="se")
            toast.lift()
            toast.update_idletasks()
            down -= toast.winfo_reqheight() + px(8)
