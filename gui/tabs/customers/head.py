"""Who a customer is: name, number, tags, first and last contact; and what can be done with them as a whole."""

import tkinter as tk
from collections.abc import Callable
from tkinter import ttk

from agent.contract.access import Role
from agent.contract.customers import CustomerCard, CustomerName
from gui.kit.edits import Edit, Overtaken
from gui.kit.shown_text import one_line
from gui.link.api import Api, part
from gui.tabs.customers.checks import label_fault, name_fault
from gui.tabs.customers.merging import MergeDialog
from gui.tabs.customers.paper import Said, Slip, small_button
from gui.tabs.customers.privacy import AccessLog, ask_export, ask_forget
from gui.tabs.customers.section import Section
from gui.tabs.customers.writing import Editable, Writing


class Head(Section):
    """The top of the card."""

    def build(self) -> None:
        """Name, numbers, tags, and the menu."""
        office, theme, words, px = self.office, self.theme, self.office.words, self.office.theme.px
        top = Slip(self.body, theme)
        top.pack(fill="x")
        self.menu = tk.Menu(self, tearoff=False)
        self.more = ttk.Menubutton(top, text=words("customers.more"), menu=self.menu, style="Paper.TMenubutton")
        self.more.pack(side="right", anchor="n", padx=(px(8), 0))
        self.name = Editable(
            top, office, check=lambda text: name_fault(words, text), save=self._rename, font="SunValleySubtitleFont"
        )
        self.name.pack(side="left", fill="x", expand=True)
        self._about = Said(self.body, theme, ink="ink_2", wraps=True)
        self._about.pack(fill="x", pady=(px(2), 0))
        self._gone = Said(self.body, theme, ink="warn", wraps=True)
        self._tags = Slip(self.body, theme)
        self._tags.pack(fill="x", pady=(px(8), 0))
        self.add = small_button(self._tags, words("customers.add_tag"), self._write_tag)
        self.tag: Writing | None = None
        self._chips: dict[str, tk.Label] = {}
        self._tags.bind("<Configure>", lambda _: self._flow())

    @property
    def busy(self) -> bool:
        """Whether a name or a tag is being written."""
        return self.name.busy or (self.tag is not None and bool(self.tag.text))

    def show(self, card: CustomerCard) -> None:
        """Show a customer."""
        if self.customer is None or card.id != self.customer.id:
            self.name.close()
            self._close_tag()
        self.customer = card
        office, words = self.office, self.office.words
        self.name.show(card.customer)
        parts = [
            card.phone or words("customers.no_phone"),
            words("customers.count", n=card.messages),
            words("customers.first_contact", at=words.day(card.first_contact)),
            words("customers.last_contact", at=office.clock(card.last_contact)),
        ]
        self._about.configure(text=" · ".join(parts))
        if card.anonymised_at is not None:
            self._gone.configure(text=words("customers.is_anonymous", at=words.day(card.anonymised_at)))
            self._gone.pack(fill="x", after=self._about)
        else:
            self._gone.pack_forget()
        for tag in [one for one in self._chips if one not in card.tags]:
            self._chips.pop(tag).destroy()
        for tag in card.tags:
            if tag not in self._chips:
                self._chips[tag] = self._chip(tag)
        self._flow()
        self._fill_menu(card)

    def _fill_menu(self, card: CustomerCard) -> None:
        office, words, menu = self.office, self.office.words, self.menu
        menu.delete(0, "end")

        def entry(key: str, do: Callable[[], object]) -> None:
            menu.add_command(label=words(f"customers.{key}"), command=do)

        entry("take_title", self.take_title)
        if office.may(Role.SUPERVISOR):
            entry("merge", lambda: MergeDialog(office, card, self.edits))
            menu.add_separator()
            entry("export", lambda: ask_export(office, card, self.edits.line))
            entry("access_log", lambda: AccessLog(office, card))
        if office.may(Role.ADMIN):
            menu.add_separator()
            entry("anonymise", lambda: ask_forget(office, card, self.edits, "anonymise"))
            entry("erase", lambda: ask_forget(office, card, self.edits, "erase"))

    def _rename(self, text: str, failed: Callable[[str], None]) -> None:
        if self.customer is not None:
            self._set_name(text, failed)

    def take_title(self) -> None:
        """Be called as their chat is."""
        self._set_name(None, None)

    def _set_name(self, name: str | None, failed: Callable[[str], None] | None) -> None:
        if self.customer is None:
            return
        path, before = self.path(), self.customer.customer

        def named(api: Api, text: str | None) -> str:
            return api.write("PATCH", path, CustomerCard, CustomerName(customer=text)).customer

        def back(api: Api, now: str) -> None:
            if api.get(path, CustomerCard).customer != now:
                raise Overtaken
            # Whether the name of before was a person's or the chat's is not told: where both are one, the chat's.
            if name is None or named(api, None) != before:
                named(api, before)

        said = self.office.words("customers.did_title" if name is None else "customers.did_name")
        self.edit(said, Edit("", lambda api: named(api, name), back), failed)
        if name is not None:
            self.now(customer=name)

    def _chip(self, tag: str) -> tk.Label:
        theme, px = self.theme, self.theme.px
        short = one_line(tag, 28)
        chip = tk.Label(
            self._tags, text=f"{short}  ✕", font="SunValleyCaptionFont", padx=px(9), pady=px(4), cursor="hand2",
            takefocus=True, background=theme.palette.accent_soft, foreground=theme.palette.accent, highlightthickness=1,
            highlightbackground=theme.palette.accent_soft, highlightcolor=theme.palette.accent,
        )  # fmt: skip
        chip.bind("<Button-1>", lambda _: self._untag(tag))
        for key in ("<Delete>", "<BackSpace>", "<Return>"):
            chip.bind(key, lambda _: self._untag(tag))
        return chip

    def _flow(self) -> None:
        """Put the chips side by side, as many as fit."""
        gap, room = self.theme.px(6), max(self._tags.winfo_width(), 120)
        x = y = tall = 0
        last: list[tk.Widget] = [self.tag if self.tag is not None else self.add]
        for one in (*self._chips.values(), *last):
            wide, high = one.winfo_reqwidth(), one.winfo_reqheight()
            if x and x + wide > room:
                x, y = 0, y + tall + gap
                tall = 0
            one.place(x=x, y=y)
            x, tall = x + wide + gap, max(tall, high)
        self._tags.configure(height=y + tall)

    def _write_tag(self) -> None:
        words = self.office.words
        self.add.place_forget()
        self.tag = Writing(
            self._tags, self.office, check=lambda text: label_fault(words, text), save=self._tag,
            button=words("customers.add"), leave=self._close_tag,
        )  # fmt: skip
        self.tag.bind("<Configure>", lambda _: self._flow())
        self.tag.field.configure(width=20)
        self.tag.field.focus_set()
        self._flow()

    def _close_tag(self) -> None:
        if self.tag is not None:
            self.tag.destroy()
            self.tag = None
            self._flow()

    def _tag(self, tag: str) -> None:
        if self.customer is not None and tag in self.customer.tags:
            if self.tag is not None:
                self.tag.say(self.office.words("customers.has_tag"))
            return
        path = self.path("tags", part(tag))
        self._close_tag()
        said = self.office.words("customers.did_tag", tag=tag)
        self.edit(said, Edit("", lambda api: api.send("PUT", path), lambda api, _: api.send("DELETE", path)))

    def _untag(self, tag: str) -> None:
        path = self.path("tags", part(tag))
        said = self.office.words("customers.did_untag", tag=tag)
        self.edit(said, Edit("", lambda api: api.send("DELETE", path), lambda api, _: api.send("PUT", path)))

    def _restyle(self) -> None:
        super()._restyle()
        if hasattr(self, "_chips"):
            colours = self.theme.palette
            for chip in self._chips.values():
                chip.configure(
                    background=colours.accent_soft, foreground=colours.accent, highlightbackground=colours.accent_soft
                )
