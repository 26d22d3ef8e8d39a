"""A part of a customer's card."""

import tkinter as tk
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Generic, TypeVar

from agent.contract.customers import CustomerCard
from gui.kit.edits import Edit, Edits
from gui.kit.panels import Panel
from gui.kit.shown_text import one_line
from gui.office import Office
from gui.tabs.customers.paper import repaint

Row = TypeVar("Row", bound=tk.Misc)
Value = TypeVar("Value")


class Section(Panel):
    """A panel that shows some of what is known of a customer."""

    title_key = ""

    def __init__(self, master: tk.Misc, office: Office, edits: Edits) -> None:
        self.office, self.edits = office, edits
        self.customer: CustomerCard | None = None
        super().__init__(master, office.theme, office.words(self.title_key) if self.title_key else "")
        self.body.columnconfigure(0, weight=1)
        self.build()

    @property
    def busy(self) -> bool:
        """Whether somebody is writing in it."""
        return False

    def build(self) -> None:
        """Make what is always there."""
        raise NotImplementedError

    def show(self, card: CustomerCard) -> None:
        """Show a customer; what is being written stays."""
        raise NotImplementedError

    def path(self, *rest: str) -> str:
        """The customer's own path."""
        number = self.customer.id if self.customer else 0
        return "/".join((f"/api/customers/{number}", *rest))

    def edit(self, said: str, edit: Edit, failed: Callable[[str], None] | None = None) -> None:
        """Make a change of this customer, told with their name."""
        name = self.customer.customer if self.customer else ""
        told = self.office.words("customers.of", customer=one_line(name, 40), what=said)
        self.edits.make(replace(edit, said=told), failed=failed)

    def now(self, **values: object) -> None:
        """Take an edit for done until the agent has told how it is: the next edit builds on it."""
        if self.customer is not None:
            self.customer = self.customer.model_copy(update=values)

    def _restyle(self) -> None:
        super()._restyle()
        repaint(self.body, self.theme)


class Rows(Generic[Row]):
    """Rows that stay the same widgets while their values change, so that nobody's writing is lost."""

    def __init__(self, master: tk.Misc, busy: Callable[[Row], bool], gap: int) -> None:
        self._master, self._busy, self._gap = master, busy, gap
        self.shown: dict[object, Row] = {}

    def sync(
        self, values: Iterable[tuple[object, Value]], make: Callable[[Value], Row], fill: Callable[[Row, Value], None]
    ) -> None:
        """Show these, by their keys; a row that is gone elsewhere stays while somebody writes in it."""
        wanted = dict(values)
        for key in [one for one in self.shown if one not in wanted and not self._busy(self.shown[one])]:
            self.shown.pop(key).destroy()
        fresh = {key: self.shown.get(key) or make(value) for key, value in wanted.items()}
        kept = {key: row for key, row in self.shown.items() if key not in fresh}
        self.shown = {**fresh, **kept}
        for key, value in wanted.items():
            fill(fresh[key], value)
        for place, row in enumerate(self.shown.values()):
            row.grid(row=place, column=0, sticky="ew", pady=(0, self._gap))  # type: ignore[attr-defined]

    def clear(self) -> None:
        """Take all away, with what is written in them: another customer is shown."""
        for row in self.shown.values():
            row.destroy()
        self.shown = {}


def author(office: Office, actor: str) -> str:
    """Who did something: ``user:3``, ``key:1``, ``local`` ... in words."""
    kind, _, number = actor.partition(":")
    key = f"customers.actor_{kind}"
    return office.words(key, n=number) if office.words.has(key) else actor
