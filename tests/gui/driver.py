"""Drives the real window as a person would: looks for what can be seen, clicks, types."""

import tkinter as tk
from collections.abc import Callable, Iterator
from time import monotonic, sleep
from tkinter import ttk

from gui.kit.plain_table import PlainTable
from gui.window import Window
from tests.patience import PATIENCE_S


class Driver:
    """One window, and somebody in front of it."""

    def __init__(self, window: Window) -> None:
        self.window = window
        self.root = window.root

    def turn(self, seconds: float = 0.0) -> None:
        """Let the window live for so long, at least one turn."""
        until = monotonic() + seconds
        while True:
            self.root.update()
            if monotonic() >= until:
                return
            sleep(0.005)

    def until(self, true: Callable[[], object], what: str = "") -> None:
        """Let it live until something is so."""
        end = monotonic() + PATIENCE_S
        while not true():
            if monotonic() > end:
                raise AssertionError(f"never: {what or true}; seen: {self.texts()}")
            self.turn(0.02)

    def all(self, within: tk.Misc | None = None) -> Iterator[tk.Misc]:
        """Every widget that is mapped, dialogs too."""
        for widget in (within or self.root).winfo_children():
            if widget.winfo_ismapped() or isinstance(widget, tk.Toplevel):
                yield widget
                yield from self.all(widget)

    def texts(self, within: tk.Misc | None = None) -> list[str]:
        """Every text of labels, buttons, entries and lists that can be seen."""
        return [text for widget in self.all(within) for text in _texts(widget) if text]

    def sees(self, text: str) -> bool:
        """Whether some text that can be seen has this in it."""
        return any(text in one for one in self.texts())

    def named(self, text: str, kind: type[tk.Misc] = tk.Misc) -> tk.Misc:
        """The widget with this text, waited for."""
        found: list[tk.Misc] = []

        def there() -> bool:
            found[:] = [one for one in self.all() if isinstance(one, kind) and text in _texts(one)]
            return bool(found)

        self.until(there, f"no {kind.__name__} with {text!r}")
        return found[-1]

    def click(self, what: str | tk.Misc) -> None:
        """Click on a widget, in its middle, with a real event."""
        widget = self.named(what) if isinstance(what, str) else what
        self.root.update_idletasks()
        x, y = widget.winfo_width() // 2, widget.winfo_height() // 2
        for event in ("<Enter>", "<ButtonPress-1>", "<ButtonRelease-1>"):
            widget.event_generate(event, x=x, y=y)
        self.turn()

    def fill(self, entry: tk.Misc, text: str) -> None:
        """Put a text in the place of what a field holds, letter by letter."""
        entry.focus_force()
        assert isinstance(entry, ttk.Entry | tk.Entry)
        entry.delete(0, "end")
        for letter in text:
            entry.insert("end", letter)
        entry.event_generate("<KeyRelease>", keysym="a")
        self.turn()

    def press(self, keys: str, widget: tk.Misc | None = None) -> None:
        """A key as Tk names it: ``<Return>``, ``<Control-Key-2>``."""
        target = widget or self.root.focus_get() or self.root
        target.focus_force()
        self.turn()
        target.event_generate(keys)
        self.turn()


def _texts(widget: tk.Misc) -> list[str]:
    if isinstance(widget, tk.Text):
        return [widget.get("1.0", "end").strip()]
    if isinstance(widget, PlainTable):
        return [" ".join(widget.values(line)) for line in widget.get_children()]
    if isinstance(widget, ttk.Treeview):
        return [" ".join(map(str, widget.item(line, "values"))) for line in widget.get_children()]
    if isinstance(widget, tk.Canvas):
        there = [item for item in widget.find_all() if widget.itemcget(item, "state") != "hidden"]
        return [widget.itemcget(item, "text") for item in there if widget.type(item) == "text"]
    if isinstance(widget, ttk.Entry | tk.Entry):
        return [widget.get()]
    try:
        return [str(widget.cget("text"))]
    except tk.TclError:
        return []
