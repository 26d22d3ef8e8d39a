"""Where the window stands: as it was left, and always where somebody can see it."""

import re
import tkinter as tk
from typing import NamedTuple

from gui.memory import Memory

_SMALLEST = (900, 600)
_USUAL = (1280, 800)
_WRITTEN = re.compile(r"([0-9]{1,5})x([0-9]{1,5})(?:\+(-?[0-9]{1,5})\+(-?[0-9]{1,5}))?")


class Screen(NamedTuple):
    """All monitors together, in pixels."""

    left: int
    top: int
    width: int
    height: int


def within(geometry: str | None, screen: Screen) -> str:
    """A place as Tk writes it, moved and made smaller until all of it is on the screen. None: the usual size."""
    found = _WRITTEN.fullmatch(geometry or "")
    width, height = (int(found[1]), int(found[2])) if found else _USUAL
    width, height = min(width, screen.width), min(height, screen.height)
    if found is None or found[3] is None:
        return f"{width}x{height}"
    left = min(max(int(found[3]), screen.left), screen.left + screen.width - width)
    top = min(max(int(found[4]), screen.top), screen.top + screen.height - height)
    return f"{width}x{height}+{left}+{top}"


class Place:
    """Of the main window, remembered from one day to the next."""

    def __init__(self, root: tk.Tk, memory: Memory) -> None:
        self._root, self._memory = root, memory
        root.minsize(*_SMALLEST)
        root.geometry(within(memory.now.geometry, self._screen()))
        if memory.now.zoomed:
            self._zoom()

    def keep(self) -> None:
        """Write down where it stands."""
        zoomed = self._is_zoomed()
        geometry = self._memory.now.geometry if zoomed else self._root.geometry()
        self._memory.keep(geometry=geometry, zoomed=zoomed)

    def _screen(self) -> Screen:
        root = self._root
        return Screen(root.winfo_vrootx(), root.winfo_vrooty(), root.winfo_vrootwidth(), root.winfo_vrootheight())

    def _zoom(self) -> None:
        try:
            self._root.state("zoomed")
        except tk.TclError:
            self._root.attributes("-zoomed", True)

    def _is_zoomed(self) -> bool:
        try:
            return self._root.state() == "zoomed" or bool(self._root.attributes("-zoomed"))
        except tk.TclError:
            return False
