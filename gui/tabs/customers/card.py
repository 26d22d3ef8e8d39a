"""All that is known of one customer."""

import tkinter as tk
from collections.abc import Callable
from tkinter import ttk

from agent.contract.customers import CustomerCard
from gui.kit.edits import Edits
from gui.kit.panels import Empty
from gui.kit.scrolled import Scrolled
from gui.kit.unsaved import Unsaved
from gui.link.api import part
from gui.link.errors import Refused, Unreachable
from gui.office import Office
from gui.tabs.customers.consents import Consents
from gui.tabs.customers.head import Head
from gui.tabs.customers.history import Chats, Connected, Feelings
from gui.tabs.customers.notes import Notes
from gui.tabs.customers.own_fields import OwnFields
from gui.tabs.customers.section import Section

_TWO_COLUMNS = 640
"""Pixels at 100 % from which the panels stand in two columns."""


class Card(Unsaved, ttk.Frame):
    """The customer who was opened last."""

    def __init__(self, master: tk.Misc, office: Office, edits: Edits) -> None:
        super().__init__(master)
        self.office = office
        self.customer: CustomerCard | None = None
        self.several: Callable[[str], None] = lambda _: None
        """Told the number that several customers have."""
        words = office.words
        self.empty = Empty(self, words("customers.choose"), words("customers.choose_hint"))
        self.empty.pack(fill="both", expand=True)
        self._page = Scrolled(self, office.theme, office.loop)
        body = self._page.body
        self._piles = (ttk.Frame(body), ttk.Frame(body))
        self.head = Head(body, office, edits)
        self.notes, self.fields = Notes(body, office, edits), OwnFields(body, office, edits)
        self.consents, self.feelings = Consents(body, office, edits), Feelings(body, office, edits)
        self.chats, self.connected = Chats(body, office, edits), Connected(body, office, edits)
        self.sections: tuple[Section, ...] = (
            self.head, self.notes, self.fields, self.consents, self.feelings, self.chats, self.connected,
        )  # fmt: skip
        self._columns = 0
        self.connected.on_shown = lambda: self._place(again=True)
        body.bind("<Configure>", lambda _: self._place(), add="+")

    @property
    def is_unsaved(self) -> bool:
        """Whether somebody is writing in it."""
        return any(section.busy for section in self.sections)

    def open(self, who: int | str) -> None:
        """Show a customer, by their own number or by a telephone number."""
        self.office.ask(
            lambda api: api.get(f"/api/customers/{part(who)}", CustomerCard),
            self._arrived, owner=self, key="card", failed=lambda error: self._failed(error, who),
        )  # fmt: skip

    def reload(self) -> None:
        """Ask for the same customer again."""
        if self.customer is not None:
            self.open(self.customer.id)

    def concerns(self, conversation_id: int | None) -> bool:
        """Whether an event may have changed what is shown here."""
        if self.customer is None:
            return False
        return conversation_id is None or any(chat.conversation_id == conversation_id for chat in self.customer.chats)

    def _arrived(self, card: CustomerCard) -> None:
        other = self.customer is None or self.customer.id != card.id
        self.customer = card
        for section in self.sections:
            section.show(card)
        self._place()
        if self._page.winfo_manager() == "":
            self.empty.pack_forget()
            self._page.pack(fill="both", expand=True)
        if other:
            self._page.to_top()

    def _failed(self, error: Exception, who: int | str) -> None:
        if isinstance(error, Refused) and error.status == 404:
            self._gone()
        elif isinstance(error, Refused) and error.status == 409:
            self.several(str(who))
        elif not isinstance(error, Unreachable):
            self.office.complain(error)

    def _gone(self) -> None:
        words = self.office.words
        self.customer = None
        self._page.pack_forget()
        self.empty.say(words("customers.gone"), words("customers.gone_hint"))
        self.empty.pack(fill="both", expand=True)

    def _place(self, *, again: bool = False) -> None:
        px, body = self.office.theme.px, self._page.body
        columns = 2 if body.winfo_width() >= px(_TWO_COLUMNS) else 1
        if columns == self._columns and not again:
            return
        self._columns = columns
        for section in self.sections[1:]:
            section.pack_forget()
        left: tuple[Section, ...] = (self.notes, self.fields, self.consents)
        right: tuple[Section, ...] = (self.feelings, self.chats, *((self.connected,) if self.connected.shown else ()))
        piles = (left, right) if columns == 2 else ((*left, *right),)
        gap = px(4)
        self.head.grid(row=0, column=0, columnspan=2, sticky="new", padx=gap, pady=gap)
        for column, holder in enumerate(self._piles):
            used = column < columns
            body.columnconfigure(column, weight=int(used), uniform="piles" if columns == 2 else "")
            if not used:
                holder.grid_remove()
                continue
            holder.grid(row=1, column=column, sticky="new")
            for section in piles[column]:
                section.pack(in_=holder, fill="x", padx=gap, pady=gap)
