"""A customer's fields of the company's own: a plan, a shoe size."""

import tkinter as tk
from collections.abc import Callable
from tkinter import ttk

from agent.contract.customers import CustomerCard, FieldValue
from gui.kit.edits import Edit, Overtaken
from gui.link.api import Api, part
from gui.tabs.customers.checks import label_fault, value_fault
from gui.tabs.customers.paper import Said, Slip, small_button
from gui.tabs.customers.section import Rows, Section
from gui.tabs.customers.writing import Editable, Writing


class _FieldRow(Slip):
    value: Editable


class OwnFields(Section):
    """All of them, and a line for another one."""

    title_key = "customers.fields"

    def build(self) -> None:
        """The list, and what adds to it."""
        theme, words, px = self.theme, self.office.words, self.theme.px
        self._list = Slip(self.body, theme)
        self._list.columnconfigure(0, weight=1)
        self._list.pack(fill="x")
        self.rows = Rows[_FieldRow](self._list, lambda row: row.value.busy, px(6))
        self._none = Said(self.body, theme, words("customers.no_fields"), ink="ink_2", wraps=True)
        self._new = Slip(self.body, theme)
        self._new.pack(fill="x", pady=(px(6), 0))
        Said(self._new, theme, words("customers.new_field"), ink="ink_2", font="SunValleyCaptionFont").pack(anchor="w")
        self._naming = tk.StringVar(self)
        self._naming.trace_add("write", lambda *_: self.value.check())
        self.name = ttk.Entry(self._new, width=14, textvariable=self._naming)
        self.name.pack(fill="x", pady=(px(2), px(4)))
        self.value = Writing(self._new, self.office, check=self._check, save=self._add, button=words("customers.add"))
        self.value.pack(fill="x")
        self.name.bind("<Return>", lambda _: self.value.field.focus_set())

    @property
    def busy(self) -> bool:
        """Whether a field is being written."""
        return bool(self.name.get().strip() or self.value.text) or any(
            row.value.busy for row in self.rows.shown.values()
        )

    def show(self, card: CustomerCard) -> None:
        """Show a customer."""
        if self.customer is None or card.id != self.customer.id:
            self.rows.clear()
            self.name.delete(0, "end")
            self.value.put("")
        self.customer = card
        named = [(name, (name, value)) for name, value in sorted(card.fields.items(), key=lambda one: one[0].lower())]
        self.rows.sync(named, self._row, lambda row, one: row.value.show(one[1]))
        if card.fields:
            self._none.pack_forget()
        else:
            self._none.pack(fill="x", before=self._new)

    def _row(self, named: tuple[str, str]) -> _FieldRow:
        name, _ = named
        row = _FieldRow(self._list, self.theme)
        top = Slip(row, self.theme)
        top.pack(fill="x")
        words = self.office.words
        small_button(top, words("customers.remove"), lambda: self._drop(name)).pack(side="right", anchor="n")
        Said(top, self.theme, name, ink="ink_2", font="SunValleyCaptionFont", wraps=True).pack(
            side="left", fill="x", expand=True
        )
        row.value = Editable(
            row, self.office, check=lambda text: value_fault(words, text),
            save=lambda text, failed: self._set(name, text, failed),
        )  # fmt: skip
        row.value.pack(fill="x")
        return row

    def _check(self, value: str) -> str:
        words, name = self.office.words, self.name.get().strip()
        fault = label_fault(words, name)
        if fault and not name:
            return words("customers.field_needs_name") if value else fault
        return fault or value_fault(words, value)

    def _add(self, value: str) -> None:
        name = self.name.get().strip()
        if self.customer is not None and name in self.customer.fields:
            self.value.say(self.office.words("customers.has_field"))
            return

        def failed(why: str) -> None:
            if not self.name.get() and not self.value.text:
                self.name.insert(0, name)
                self.value.put(value)
            self.value.say(why)

        self._set(name, value, failed)
        self.name.delete(0, "end")
        self.value.put("")
        self.name.focus_set()

    def _set(self, name: str, value: str, failed: Callable[[str], None] | None = None) -> None:
        card, path, field = self.path(), self.path("fields", part(name)), FieldValue(value=value)
        before = self.customer.fields.get(name) if self.customer else None

        def back(api: Api, _: object) -> None:
            if api.get(card, CustomerCard).fields.get(name) != value:
                raise Overtaken
            if before is None:
                api.send("DELETE", path)
            else:
                api.send("PUT", path, FieldValue(value=before))

        if self.customer is not None:
            self.now(fields={**self.customer.fields, name: value})
        said = self.office.words("customers.did_field", name=name)
        self.edit(said, Edit("", lambda api: api.send("PUT", path, field), back), failed)

    def _drop(self, name: str) -> None:
        card, path = self.path(), self.path("fields", part(name))
        before = FieldValue(value=self.customer.fields.get(name, "") if self.customer else "")

        def back(api: Api, _: object) -> None:
            if name in api.get(card, CustomerCard).fields:
                raise Overtaken
            api.send("PUT", path, before)

        if self.customer is not None:
            self.now(fields={key: value for key, value in self.customer.fields.items() if key != name})
        said = self.office.words("customers.did_drop_field", name=name)
        self.edit(said, Edit("", lambda api: api.send("DELETE", path), back))
