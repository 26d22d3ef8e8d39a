"""The tab "IA" in front of a driver: a section of it, and what stands in it."""

import tkinter as tk
from typing import TypeVar

from gui.tabs.ai.section import AiSection
from gui.tabs.ai.tab import AiTab
from tests.gui.driver import Driver

Kind = TypeVar("Kind", bound=AiSection)


def section(desk: Driver, name: str, kind: type[Kind]) -> Kind:
    """Open a section, as a click on its name does, once it is known who sits here."""
    desk.until(lambda: name in names(desk), name)
    desk.window.tabs["ai"].reveal(section=name)
    desk.turn(0.05)
    found = tab(desk).section
    assert isinstance(found, kind)
    return found


def names(desk: Driver) -> tuple[str, ...]:
    """The sections that are offered."""
    sections = tab(desk).sections if "ai" in desk.window.tabs else None
    return tuple(sections.list.get_children()) if sections is not None else ()


def tab(desk: Driver) -> AiTab:
    """The tab itself."""
    found = desk.window.tabs["ai"]
    assert isinstance(found, AiTab)
    return found


def told(desk: Driver, text: str) -> None:
    """Wait until a notice says it."""
    desk.until(lambda: any(text in one for one in desk.window.office.toasts.texts), text)


def type_into(desk: Driver, text: tk.Text, words: str) -> None:
    """Put a text in the place of what a field of several lines holds."""
    text.focus_force()
    text.delete("1.0", "end")
    text.insert("1.0", words)
    desk.turn()
    text.event_generate("<KeyRelease>", keysym="a")
    desk.turn()
