"""Two customers are one person: choose the other one, see both side by side, and join them."""

import tkinter as tk
from tkinter import ttk

from agent.contract.customers import CustomerCard, CustomerLine, MergeRequest, SplitRequest
from agent.contract.people import Merged
from gui.kit.dialogs import Dialog
from gui.kit.edits import Edit, Edits
from gui.kit.panels import Panel
from gui.kit.plain_table import PlainTable
from gui.kit.shown_text import one_line
from gui.link.api import Api, Listed
from gui.loop import Debounced
from gui.office import Office
from gui.tabs.customers.paper import Said, repaint

_TYPED_MS = 250
_SIDE = 300
"""Pixels of a text at 100 %."""


class _Side(Panel):
    """One of the two, in short."""

    def __init__(self, master: tk.Misc, office: Office, title: str) -> None:
        self._office = office
        super().__init__(master, office.theme, title)
        self.name = Said(self.body, office.theme, font="SunValleyBodyLargeFont")
        self._lines = Said(self.body, office.theme, ink="ink_2")
        for label in (self.name, self._lines):
            label.configure(wraplength=office.theme.px(_SIDE))
            label.pack(fill="x")

    def show(self, card: CustomerCard | None) -> None:
        """Show one, or nobody yet."""
        words = self._office.words
        if card is None:
            self.name.configure(text="–")
            self._lines.configure(text=words("customers.nobody_chosen"))
            return
        self.name.configure(text=one_line(card.customer, 120))
        tags, fields = ", ".join(card.tags), ", ".join(f"{name}: {value}" for name, value in card.fields.items())
        lines = [
            card.phone or words("customers.no_phone"),
            words("customers.count", n=card.messages),
            words("customers.first_contact", at=words.day(card.first_contact)),
            words("customers.last_contact", at=self._office.clock(card.last_contact)),
            words("customers.chats_named", names=", ".join(chat.title for chat in card.chats)),
            *([words("customers.tags_named", names=tags)] if tags else []),
            *([one_line(fields, 200)] if fields else []),
            *([words("customers.notes_counted", n=len(card.notes))] if card.notes else []),
        ]
        self._lines.configure(text="\n".join(lines))

    def _restyle(self) -> None:
        super()._restyle()
        repaint(self.body, self.theme)


class MergeDialog(Dialog):
    """For a supervisor."""

    def __init__(self, office: Office, card: CustomerCard, edits: Edits) -> None:
        words, px = office.words, office.theme.px
        super().__init__(office, words("customers.merge_title"), width=720)
        self._card, self._edits = card, edits
        self.other: CustomerCard | None = None
        ttk.Label(self.body, text=words("customers.merge_text"), wraplength=px(672), justify="left").pack(anchor="w")
        self._text = tk.StringVar(self)
        self._text.trace_add("write", Debounced(office.loop, self, _TYPED_MS, self._look))
        self.search = ttk.Entry(self.body, textvariable=self._text)
        self.search.pack(fill="x", pady=(px(8), px(4)))
        self.search.bind("<Down>", lambda _: self._into_list())
        self.list = PlainTable(self.body, office, ("name", "phone", "messages"), show="", height=4)
        self.list.column("messages", width=px(120), stretch=False)
        self.list.column("phone", width=px(180), stretch=False)
        self.list.pack(fill="x")
        self.list.bind("<<TreeviewSelect>>", lambda _: self._choose())
        both = ttk.Frame(self.body)
        both.pack(fill="both", expand=True, pady=(px(10), 0))
        self.sides = [_Side(both, office, words(f"customers.merge_{name}")) for name in ("this", "other")]
        for place, side in enumerate(self.sides):
            both.columnconfigure(place, weight=1, uniform="sides")
            side.grid(row=0, column=place, sticky="nsew", padx=(0 if place == 0 else px(8), 0))
            side.show(card if place == 0 else None)
        self.same_chat = tk.BooleanVar(self, False)
        ttk.Checkbutton(self.body, text=words("customers.merge_same_chat"), variable=self.same_chat).pack(
            anchor="w", pady=(px(8), 0)
        )
        self.fault = ttk.Label(self.body, style="Fault.TLabel", wraplength=px(672), justify="left")
        self.fault.pack(anchor="w")
        self.do = self.button(words("customers.merge_yes"), self._merge, main=True)
        self.do.state(["disabled"])
        self.button(words("dialogs.cancel"), self.close)
        self._lines: dict[str, CustomerLine] = {}
        self.open(self.search)
        self._look()

    def _look(self) -> None:
        text = self._text.get().strip()[:400] or None
        self.office.ask(
            lambda api: api.listed("/api/customers", CustomerLine, text=text, limit=50),
            self._found, owner=self, key="merge search", failed=self._failed,
        )  # fmt: skip

    def _found(self, page: Listed[CustomerLine]) -> None:
        self.list.delete(*self.list.get_children())
        self._lines = {str(one.id): one for one in page.items if one.id != self._card.id}
        for key, one in self._lines.items():
            count = self.office.words("customers.count", n=one.messages)
            self.list.write(key, (one.customer, one.phone or "", count))
        self.fault.configure(text="" if self._lines else self.office.words("customers.nobody_found"))

    def _into_list(self) -> None:
        first = next(iter(self.list.get_children()), None)
        if first is not None:
            self.list.focus_set()
            self.list.focus(first)
            self.list.selection_set(first)

    def _choose(self) -> None:
        chosen = next(iter(self.list.selection()), None)
        if chosen is None or (self.other is not None and str(self.other.id) == chosen):
            return
        self.other = None
        self.do.state(["disabled"])
        self.office.ask(
            lambda api: api.get(f"/api/customers/{chosen}", CustomerCard),
            self._chosen, owner=self, key="merge card", failed=self._failed,
        )  # fmt: skip

    def _chosen(self, card: CustomerCard) -> None:
        self.other = card
        self.sides[1].show(card)
        self.fault.configure(text="")
        self.do.state(["!disabled"])

    def _merge(self) -> None:
        if self.other is None:
            return
        own, other, words = self._card, self.other, self.office.words
        wanted = MergeRequest(other=other.id, same_chat=self.same_chat.get())

        def merge(api: Api) -> Merged:
            return api.write("POST", f"/api/customers/{own.id}/merge", Merged, wanted)

        def back(api: Api, done: Merged) -> None:
            api.send("POST", f"/api/customers/{done.merged_id}/split", SplitRequest())

        def told(done: Merged) -> None:
            if done.moved:
                self._edits.line.show(f"{said} {words('customers.moved', n=done.moved)}", undo=True)
            self.close()

        self.do.state(["disabled"])
        said = words("customers.did_merge", other=other.customer, customer=own.customer)
        self._edits.make(Edit(said, merge, back), then=told, failed=self._refused)

    def _failed(self, error: Exception) -> None:
        self._refused(self.office.explain(error))

    def _refused(self, why: str) -> None:
        if self.winfo_exists():
            self.fault.configure(text=why)
            self.do.state(["!disabled" if self.other is not None else "disabled"])
