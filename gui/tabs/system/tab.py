"""The tab: a list of sections, of which those are shown that this person may use."""

import tkinter as tk
from collections.abc import Callable
from importlib import import_module
from typing import NamedTuple

from agent.contract.access import Role
from gui.kit.sections import Make, Sections
from gui.office import Office
from gui.parts import Part
from gui.tabs.base import Tab
from gui.tabs.system.section import Section


class _Known(NamedTuple):
    role: Role
    module: str
    kind: str


ATTENDANT, SUPERVISOR, ADMIN = Role
SECTIONS = {
    "monitor": _Known(ATTENDANT, "monitor", "MonitorSection"),
    "sessions": _Known(ATTENDANT, "sessions", "SessionsSection"),
    "recordings": _Known(SUPERVISOR, "recordings", "RecordingsSection"),
    "account": _Known(ATTENDANT, "account", "AccountSection"),
    "jobs": _Known(SUPERVISOR, "jobs", "JobsSection"),
    "backups": _Known(SUPERVISOR, "backups", "BackupsSection"),
    "users": _Known(SUPERVISOR, "users", "UsersSection"),
    "general": _Known(ADMIN, "settings", "GeneralSection"),
    "server": _Known(ADMIN, "settings", "ServerSection"),
    "model": _Known(ADMIN, "settings", "ModelSection"),
    "database": _Known(ADMIN, "settings", "DatabaseSection"),
    "security": _Known(ADMIN, "settings", "SecuritySection"),
    "logging": _Known(ADMIN, "settings", "LoggingSection"),
    "keys": _Known(ADMIN, "keys", "KeysSection"),
    "webhooks": _Known(ADMIN, "webhooks", "WebhooksSection"),
    "audit": _Known(ADMIN, "audit", "AuditSection"),
    "logs": _Known(ADMIN, "logs", "LogsSection"),
}
"""By name, in their order."""


class SystemTab(Tab):
    """The last tab."""

    name = "system"
    parts = frozenset({Part.SESSIONS, Part.USERS, Part.BACKUPS, Part.WEBHOOKS, Part.ALERTS})

    def __init__(self, master: tk.Misc, office: Office) -> None:
        super().__init__(master, office)
        self._current: Section | None = None
        self._build()

    def went_stale(self, parts: frozenset[Part]) -> None:
        """These may have changed, and at the very first so may what this person may do."""
        if self.office.role is not self._role:
            self._build()
            if self.seen and self._current is not None:
                self._current.show()
        super().went_stale(parts)

    def show(self, **wanted: object) -> None:
        """It can be seen now, and so can its section."""
        self._out_of_date.clear()
        super().show(**wanted)
        if self._current is not None:
            self._current.show()

    def hide(self) -> None:
        """Nothing of it can be seen any more."""
        super().hide()
        if self._current is not None:
            self._current.hide()

    def reveal(self, **wanted: object) -> None:
        """``section="monitor"`` shows that one."""
        name = wanted.get("section")
        if isinstance(name, str) and self.sections is not None and self.sections.list.exists(name):
            self.sections.choose(name)

    def refresh(self, parts: frozenset[Part]) -> None:
        """Ask for what the section shows; the others ask when they are looked at."""
        if self._current is not None and parts & self._current.parts:
            self._current.refresh()

    def _build(self) -> None:
        office = self.office
        self._role = office.role
        self._current = None
        for widget in self.winfo_children():
            widget.destroy()
        shown = {
            name: (office.words(f"system.{name}"), self._maker(name))
            for name, known in SECTIONS.items()
            if office.may(known.role)
        }
        self.sections: Sections | None = None
        self.sections = Sections(self, office, shown, on_change=lambda _: self._changed())
        self.sections.pack(fill="both", expand=True)
        self._changed()

    def _maker(self, name: str) -> Make:
        def make(master: tk.Misc) -> Section:
            known = SECTIONS[name]
            kind: Callable[[tk.Misc, Office], Section] = getattr(
                import_module(f"gui.tabs.system.{known.module}"), known.kind
            )
            return kind(master, self.office)

        return make

    def _changed(self) -> None:
        if self.sections is None or self.sections.shown is None:
            return  # It is being made.
        now = self.sections.made[self.sections.shown]
        if now is self._current or not isinstance(now, Section):
            return
        if self._current is not None:
            self._current.hide()
        self._current = now
        if self.seen:
            now.show()
