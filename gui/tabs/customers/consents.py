"""On which legal basis a customer's data are kept."""

from tkinter import ttk

from agent.contract.access import Role
from agent.contract.customers import CustomerCard
from agent.contract.desk import LegalBasis
from agent.contract.privacy import Consent, ConsentChange, NewConsent
from gui.kit.edits import Edit
from gui.link.api import Api
from gui.link.errors import Refused
from gui.tabs.customers.checks import consent_fault
from gui.tabs.customers.paper import Said, Slip, small_button
from gui.tabs.customers.section import Rows, Section, author
from gui.tabs.customers.writing import Writing


class _ConsentRow(Slip):
    text: Said
    about: Said


class Consents(Section):
    """Those that are noted, the withdrawn ones too, and a place for another one."""

    title_key = "customers.consents"

    def build(self) -> None:
        """The list, and what adds to it."""
        theme, words, px = self.theme, self.office.words, self.theme.px
        self._list = Slip(self.body, theme)
        self._list.columnconfigure(0, weight=1)
        self._list.pack(fill="x")
        self.rows = Rows[_ConsentRow](self._list, lambda _: False, px(8))
        self._none = Said(self.body, theme, words("customers.no_consents"), ink="ink_2", wraps=True)
        self._new = Slip(self.body, theme)
        self._new.pack(fill="x", pady=(px(6), 0))
        self._names = {words(f"customers.basis_{basis.value}"): basis for basis in LegalBasis}
        self.basis = ttk.Combobox(self._new, values=list(self._names), state="readonly")
        self.basis.current(0)
        self.basis.pack(fill="x", pady=(0, px(4)))
        self.text = Writing(
            self._new, self.office, check=lambda text: consent_fault(words, text), save=self._add,
            button=words("customers.add_consent"), lines=2,
        )  # fmt: skip
        self.text.pack(fill="x")

    @property
    def busy(self) -> bool:
        """Whether one is being written."""
        return bool(self.text.text)

    def show(self, card: CustomerCard) -> None:
        """Show a customer, and ask for their consents."""
        if self.customer is None or card.id != self.customer.id:
            self.rows.clear()
            self.text.put("")
        self.customer = card
        path = self.path("consents")
        self.office.ask(
            lambda api: api.get(path, tuple[Consent, ...]), self._fill, owner=self, key="consents",
            failed=lambda error: None if isinstance(error, Refused) else self.office.complain(error),
        )  # fmt: skip

    def _fill(self, found: tuple[Consent, ...]) -> None:
        may_remove = self.office.may(Role.SUPERVISOR)
        self.rows.sync(
            [((one.id, one.withdrawn_at is None, may_remove), one) for one in found], self._row, self._fill_row
        )
        if found:
            self._none.pack_forget()
        else:
            self._none.pack(fill="x", before=self._new)

    def _row(self, one: Consent) -> _ConsentRow:
        row, words = _ConsentRow(self._list, self.theme), self.office.words
        top = Slip(row, self.theme)
        top.pack(fill="x")
        if one.withdrawn_at is None:
            if self.office.may(Role.SUPERVISOR):
                small_button(top, words("customers.remove"), lambda: self._remove(one)).pack(side="right", anchor="n")
            small_button(top, words("customers.withdraw"), lambda: self._withdraw(one)).pack(side="right", anchor="n")
        row.text = Said(top, self.theme, ink="ink" if one.withdrawn_at is None else "ink_2", wraps=True)
        row.text.pack(side="left", fill="x", expand=True)
        row.about = Said(row, self.theme, ink="ink_2", font="SunValleyCaptionFont", wraps=True)
        row.about.pack(fill="x")
        return row

    def _fill_row(self, row: _ConsentRow, one: Consent) -> None:
        words = self.office.words
        row.text.configure(text=one.text)
        told = [words(f"customers.basis_{one.basis.value}"), author(self.office, one.written_by), words.day(one.at)]
        if one.withdrawn_at is not None:
            told.append(words("customers.withdrawn", at=words.day(one.withdrawn_at)))
        row.about.configure(text=" · ".join(told))

    def _add(self, text: str) -> None:
        path, new = self.path("consents"), NewConsent(basis=self._names[self.basis.get()], text=text)
        self.text.put("")

        def failed(why: str) -> None:
            if not self.text.text:
                self.text.put(text)
            self.text.say(why)

        def add(api: Api) -> Consent:
            return api.write("POST", path, Consent, new)

        def back(api: Api, made: Consent) -> None:
            api.send("DELETE", f"{path}/{made.id}")

        # To remove one takes a supervisor: an attendant can withdraw it, which is another thing.
        edit = Edit("", add, back if self.office.may(Role.SUPERVISOR) else None)
        self.edit(self.office.words("customers.did_consent"), edit, failed)

    def _withdraw(self, one: Consent) -> None:
        path = self.path("consents", str(one.id))
        edit = Edit(
            "",
            lambda api: api.send("PATCH", path, ConsentChange(withdrawn=True)),
            lambda api, _: api.send("PATCH", path, ConsentChange(withdrawn=False)),
        )
        self.edit(self.office.words("customers.did_withdraw"), edit)

    def _remove(self, one: Consent) -> None:
        path, again = self.path("consents"), NewConsent(basis=one.basis, text=one.text)
        edit = Edit(
            "",
            lambda api: api.send("DELETE", f"{path}/{one.id}"),
            lambda api, _: api.send("POST", path, again),
        )
        self.edit(self.office.words("customers.did_remove_consent"), edit)
