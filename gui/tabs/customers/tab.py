"""The tab: the list with the card beside it, or the board."""

import tkinter as tk
from collections.abc import Callable, Sequence
from tkinter import ttk

from agent.contract.customers import CustomerLine
from agent.contract.desk import ConversationLine
from agent.contract.stored import StoredEvent
from gui.kit.edits import Edits
from gui.kit.panels import Empty
from gui.kit.split import Split
from gui.kit.unsaved import ask_first
from gui.kit.virtual_list import Column, VirtualList
from gui.link.api import Api, Listed
from gui.loop import Debounced
from gui.office import Office
from gui.parts import Part, changed_by
from gui.tabs.base import Tab
from gui.tabs.customers.board import Board
from gui.tabs.customers.card import Card
from gui.tabs.customers.paper import set_styles

_TYPED_MS = 250
_LIST = 500
"""Pixels of the list at 100 %."""
_VIEWS = ("list", "board")


class CustomersTab(Tab):
    """The third tab."""

    name = "customers"
    parts = frozenset({Part.CUSTOMERS, Part.CONVERSATIONS, Part.PRIVACY})

    def __init__(self, master: tk.Misc, office: Office) -> None:
        super().__init__(master, office)
        words, px = office.words, office.theme.px
        office.theme.follow(self, lambda: set_styles(office.theme))
        top = ttk.Frame(self)
        top.pack(fill="x", pady=(0, px(8)))
        self.view = tk.StringVar(self, "list")
        for name in _VIEWS:
            ttk.Radiobutton(
                top, text=words(f"customers.view_{name}"), value=name, variable=self.view, style="Toggle.TButton",
                command=self._turned,
            ).pack(side="left", padx=(0, px(6)))  # fmt: skip
        self._edits = Edits(office, self)
        self.edits.changed = self._changed
        self.edits.line.pack(side="bottom", fill="x")
        self._both = Split(self, px(_LIST))
        left, right = ttk.Frame(self._both), ttk.Frame(self._both)
        self._both.put(left, right)
        self._typed = tk.StringVar(self)
        self._typed.trace_add("write", Debounced(office.loop, self, _TYPED_MS, self._look))
        self.search = ttk.Entry(left, textvariable=self._typed)
        self.hint = ttk.Label(left, text=words("customers.search"), style="Caption.TLabel")
        self.hint.pack(fill="x")
        self.search.pack(fill="x", pady=(px(2), px(6)))
        self._text: str | None = None
        self.list: VirtualList[CustomerLine] = VirtualList(
            left, office, _columns(office), self._page, self._row, self._open_line, chosen=self._chosen,
            filled=self._filled,
        )  # fmt: skip
        self.list.pack(fill="both", expand=True)
        self.nobody = Empty(left, "")
        self.search.bind("<Return>", lambda _: self.list.tree.focus_set())
        self.search.bind("<Down>", lambda _: self.list.tree.focus_set())
        self.card = Card(right, office, self.edits)
        self.card.several = self._several
        self.card.pack(fill="both", expand=True, padx=(px(8), 0))
        self.board = Board(self, office, self.edits, self._open_conversation)
        self._card_is_old = False
        self._turned()

    @property
    def edits(self) -> Edits:
        """Of the card and of the board."""
        return self._edits

    def reveal(self, **wanted: object) -> None:
        """``customer=12``: their card, also by a telephone number."""
        customer = wanted.get("customer")
        if isinstance(customer, int | str):
            self.view.set("list")
            self._turned()
            self._leaving(lambda: self.card.open(customer))

    def happened(self, events: Sequence[StoredEvent]) -> None:
        """Each look at a card is a line of the access log: it is asked for again only where it may have changed."""
        self._card_is_old = self._card_is_old or any(
            changed_by(event.kind) & self.parts and self.card.concerns(event.conversation_id) for event in events
        )

    def refresh(self, parts: frozenset[Part]) -> None:
        """Ask for what can be seen."""
        if self.view.get() == "board":
            self.board.reload()
            return
        self.list.reload()
        if self._card_is_old or parts == self.parts:
            self._card_is_old = False
            self.card.reload()

    def _turned(self) -> None:
        board = self.view.get() == "board"
        shown, hidden = (self.board, self._both) if board else (self._both, self.board)
        hidden.pack_forget()
        shown.pack(fill="both", expand=True)
        if board:
            self.board.reload()
        elif self.seen:
            self.list.reload()
            self.card.reload()

    def _changed(self) -> None:
        if self.view.get() == "board":
            self.board.reload()
        else:
            self.list.reload()
            self.card.reload()

    # The list

    def _page(self, api: Api, cursor: str | None) -> Listed[CustomerLine]:
        return api.listed("/api/customers", CustomerLine, text=self._text, cursor=cursor, limit=100)

    def _row(self, line: CustomerLine) -> Sequence[str]:
        office = self.office
        return (line.customer, line.phone or "", ", ".join(line.tags), office.clock(line.last_seen))

    def _look(self) -> None:
        text = self._typed.get().strip()[:400] or None
        if text != self._text:
            self._text = text
            self.list.reload(keep=False)

    def _filled(self) -> None:
        words = self.office.words
        if self.list.is_empty:
            if self._text:
                self.nobody.say(words("customers.nobody_found"), words("customers.nobody_found_hint"))
            else:
                self.nobody.say(words("customers.nobody"), words("customers.nobody_hint"))
            self.nobody.place(in_=self.list, relx=0, rely=0.1, relwidth=1, relheight=0.8)
            self.nobody.lift()
        else:
            self.nobody.place_forget()

    def _chosen(self, line: CustomerLine | None) -> None:
        if line is not None:
            self._open_line(line)

    def _open_line(self, line: CustomerLine) -> None:
        if self.card.customer is None or self.card.customer.id != line.id:
            self._leaving(lambda: self.card.open(line.id))

    def _leaving(self, then: Callable[[], None]) -> None:
        ask_first(self.office, self.card, then)

    def _several(self, number: str) -> None:
        self.edits.line.show(self.office.words("customers.several", number=number), "warn")
        self._typed.set(number)

    # The rest

    def _open_conversation(self, line: ConversationLine) -> None:
        self.office.go("messages", conversation=line.id)


def _columns(office: Office) -> tuple[Column, ...]:
    words = office.words
    return (
        Column("name", words("customers.column_name"), 140, stretch=True),
        Column("phone", words("customers.column_phone"), 130, spare=True),
        Column("tags", words("customers.column_tags"), 80, spare=True),
        Column("last", words("customers.column_last"), 110, anchor="e"),
    )
