"""The tab of the system as a person uses it: its sections by name."""

from tkinter import ttk
from typing import Any

from agent.contract.access import Role
from gui.kit.forms import Field, Line
from gui.snapshot import Connection
from gui.tabs.system.section import Section
from gui.tabs.system.tab import SystemTab
from tests.gui.conftest import OpenWindow
from tests.gui.driver import Driver
from tests.gui.served import ServedOffice


def opened(
    open_window: OpenWindow, served: ServedOffice | None = None, role: Role | None = None, **remembered: Any
) -> Driver:
    """A window that shows the tab, connected: of this machine's owner, or of a user with a role."""
    if served is not None and role is not None:
        served.token_file.write_text(served.do(served.office.token(role)))
    desk = open_window(tab="system", **remembered)
    desk.until(lambda: desk.window.office.connection is Connection.LIVE and "system" in desk.window.tabs, "connected")
    return desk


def tab(desk: Driver) -> SystemTab:
    found = desk.window.tabs["system"]
    assert isinstance(found, SystemTab)
    return found


def names(desk: Driver) -> list[str]:
    """The sections that this person may use."""
    sections = tab(desk).sections
    assert sections is not None
    return list(sections.list.get_children())


def section(desk: Driver, name: str) -> Any:
    """Go to a section."""
    desk.until(lambda: name in names(desk), f"{name} may be used")
    sections = tab(desk).sections
    assert sections is not None
    sections.choose(name)
    desk.turn(0.05)
    found = sections.made[name]
    assert isinstance(found, Section)
    assert found.seen
    return found


def dialog(desk: Driver) -> Any:
    """The dialog that is open."""
    found: list[Any] = []

    def there() -> bool:
        found[:] = [
            one for one in desk.root.winfo_children() if one.winfo_class() == "Toplevel" and one.winfo_ismapped()
        ]
        return bool(found)

    desk.until(there, "a dialog")
    return found[-1]


def no_dialog(desk: Driver) -> None:
    desk.until(
        lambda: not [one for one in desk.root.winfo_children() if one.winfo_class() == "Toplevel"], "no dialog any more"
    )


def types(desk: Driver, field: Field, text: str) -> None:
    assert isinstance(field, Line)
    desk.fill(field.entry, text)


def press(desk: Driver, window: Any, text: str) -> None:
    """A button of a dialog."""
    button = next(one for one in desk.all(window) if isinstance(one, ttk.Button) and one.cget("text") == text)
    desk.click(button)


def told(desk: Driver, text: str) -> None:
    """A notice with this text comes."""
    desk.until(lambda: any(text in one for one in desk.window.office.toasts.texts), text)
