"""Notices that come up in a corner of the window and go again; those that matter stay until they are closed."""

import tkinter as tk
from dataclasses import dataclass

from gui.loop import Loop
from gui.theme import Theme, Tone

_STAYS_MS = 6000
_MOST = 4


@dataclass(frozen=True, slots=True, eq=False)
class _Toast:
    """One that is shown."""

    frame: tk.Frame
    stays: bool
    key: str | None


class Toasts:
    """The corner of one window."""

    def __init__(self, root: tk.Tk, theme: Theme, loop: Loop) -> None:
        self._root, self._theme, self._loop = root, theme, loop
        self._shown: list[_Toast] = []

    @property
    def texts(self) -> list[str]:
        """What is shown, the newest last."""
        return [str(toast.frame.children["text"].cget("text")) for toast in self._shown]

    def say(self, text: str, tone: Tone = "calm", *, stays: bool = False, key: str | None = None) -> None:
        """Show a notice.

        Args:
            text: What it says.
            tone: How it is meant.
            stays: Until somebody closes it; others go by themselves.
            key: What it is about. It takes the place of what was said about that, and ``close`` takes it away.
        """
        if key is not None:
            self.close(key)
        self._make_room(stays)
        px = self._theme.px
        frame = tk.Frame(self._root, highlightthickness=1)
        label = tk.Label(
            frame, name="text", text=text, font="SunValleyBodyFont",
            wraplength=px(380), justify="left", anchor="w",
        )  # fmt: skip
        close = tk.Label(frame, text="✕", cursor="hand2", font="SunValleyBodyFont")
        label.pack(side="left", fill="both", expand=True, padx=(px(14), px(6)), pady=px(10))
        close.pack(side="right", anchor="n", padx=px(10), pady=px(8))
        toast = _Toast(frame, stays, key)
        for widget in (frame, label, close):
            widget.bind("<Button-1>", lambda _: self._close(toast))

        def restyle() -> None:
            colours = self._theme.palette
            ground = getattr(colours, f"{tone}_soft")
            ink = colours.ink if tone == "calm" else getattr(colours, tone)
            frame.configure(background=ground, highlightbackground=ink)
            for one in (label, close):
                one.configure(background=ground, foreground=ink)

        self._theme.follow(frame, restyle)
        self._shown.append(toast)
        self._place()
        if not stays:
            self._loop.later(_STAYS_MS, lambda: self._close(toast), frame)

    def close(self, key: str) -> None:
        """Take away what was said about something."""
        for toast in [one for one in self._shown if one.key == key]:
            self._close(toast)

    def _make_room(self, stays: bool) -> None:
        """What goes by itself goes first, and takes the place of nothing that stays."""
        while len(self._shown) >= _MOST:
            going = next((one for one in self._shown if not one.stays), self._shown[0])
            if going.stays and not stays:
                return
            self._close(going)

    def _close(self, toast: _Toast) -> None:
        if toast in self._shown:
            self._shown.remove(toast)
            toast.frame.destroy()
            self._place()

    def _place(self) -> None:
        px = self._theme.px
        down = -px(44)
        for toast in reversed(self._shown):
            frame = toast.frame
            frame.place(relx=1.0, rely=1.0, x=-px(18), y=down, anchor="se")
            frame.lift()
            frame.update_idletasks()
            down -= frame.winfo_reqheight() + px(8)
