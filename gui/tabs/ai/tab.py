"""The tab: its sections at the left, those that this person may use."""

import tkinter as tk
from importlib import import_module
from typing import NamedTuple

from agent.contract.access import Role
from gui.kit.edits import Edits
from gui.kit.sections import Make, Sections
from gui.office import Office
from gui.parts import Part
from gui.tabs.ai.section import AiSection
from gui.tabs.base import Tab


class _Entry(NamedTuple):
    role: Role
    kind: str


SECTIONS = {
    "playground": _Entry(Role.ATTENDANT, "Playground"),
    "replies": _Entry(Role.ATTENDANT, "Replies"),
    "learned": _Entry(Role.SUPERVISOR, "LearnedReplies"),
    "intents": _Entry(Role.SUPERVISOR, "Intents"),
    "knowledge": _Entry(Role.SUPERVISOR, "Knowledge"),
    "models": _Entry(Role.SUPERVISOR, "Models"),
    "comparison": _Entry(Role.SUPERVISOR, "Comparison"),
}
"""By the names of their modules, in their order."""


class AiTab(Tab):
    """What the agent understands and writes."""

    name = "ai"
    parts = frozenset(
        {Part.REPLIES, Part.PROPOSALS, Part.INTENTS, Part.KNOWLEDGE, Part.MODELS, Part.LEARNING, Part.FIGURES}
    )

    def __init__(self, master: tk.Misc, office: Office) -> None:
        super().__init__(master, office)
        self._role: Role | None = None
        self.sections: Sections | None = None
        self._build()

    @property
    def section(self) -> AiSection | None:
        """The one that can be seen."""
        if self.sections is None or self.sections.shown is None:
            return None
        shown = self.sections.made[self.sections.shown]
        return shown if isinstance(shown, AiSection) else None

    @property
    def edits(self) -> Edits | None:
        """Of the section that can be seen."""
        return self.section.edits if self.section is not None else None

    def went_stale(self, parts: frozenset[Part]) -> None:
        """These may have changed. Who sits here is known only once the agent has answered."""
        if self.office.role is not self._role:
            self._build()
        super().went_stale(parts)

    def reveal(self, **wanted: object) -> None:
        """``section="replies"`` shows that one."""
        name = wanted.get("section")
        if self.sections is not None and isinstance(name, str) and self.sections.list.exists(name):
            self.sections.choose(name)

    def refresh(self, parts: frozenset[Part]) -> None:
        """Ask for what can be seen; the other sections ask when they are looked at."""
        section = self.section
        if section is not None and parts & section.parts:
            section.refresh()

    def _build(self) -> None:
        self._role = self.office.role
        for widget in self.winfo_children():
            widget.destroy()
        self.sections = None
        entries = {
            name: (self.office.words(f"ai.{name}"), self._maker(name, one.kind))
            for name, one in SECTIONS.items()
            if self.office.may(one.role)
        }
        self.sections = Sections(self, self.office, entries, on_change=lambda _: self._turned())
        self.sections.pack(fill="both", expand=True)
        self._turned()

    def _maker(self, name: str, kind: str) -> Make:
        def make(master: tk.Misc) -> tk.Widget:
            made: AiSection = getattr(import_module(f"gui.tabs.ai.{name}"), kind)(master, self.office)
            return made

        return make

    def _turned(self) -> None:
        if self.section is not None:
            self.section.refresh()
