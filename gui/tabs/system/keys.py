"""Keys for other systems: made with what they may do, shown once, revoked."""

import tkinter as tk
from collections.abc import Mapping
from datetime import UTC, datetime
from tkinter import ttk

from agent.contract.access import Scope
from agent.contract.signing_in import ApiKeyInfo, MadeKey
from gui.kit.dialogs import confirm
from gui.kit.forms import Field, Line
from gui.kit.typed import Wrong, whole, written
from gui.link.api import Api, Listed
from gui.office import Office
from gui.tabs.system.asking import Form
from gui.tabs.system.secret import SecretDialog
from gui.tabs.system.section import Row, Section, Table, enable
from gui.theme import Tone

_DAYS = 365


class KeysSection(Section):
    """The list, and what can be done about one of them."""

    title = "keys"

    def __init__(self, master: tk.Misc, office: Office) -> None:
        super().__init__(master, office)
        words = self.words
        self.known: dict[str, ApiKeyInfo] = {}
        self.tool(words("system.add_key"), self.add, main=True)
        self.revoke_button = self.tool(words("system.revoke"), self.revoke)
        self.table = Table(
            self, office,
            {"col_name": 170, "col_hint": 110, "col_state": 120, "col_made": 110, "col_expires": 110, "col_used": 110,
             "col_scopes": 220},
            empty=words("system.no_keys"), hint=words("system.no_keys_hint"), chosen=self._chosen,
        )  # fmt: skip
        self.table.pack(fill="both", expand=True)
        self._chosen()

    def refresh(self) -> None:
        """Ask for them."""
        self.office.ask(lambda api: api.listed("/api/keys", ApiKeyInfo, limit=200), self.fill, owner=self, key="keys")

    def fill(self, found: Listed[ApiKeyInfo]) -> None:
        """Show them."""
        self.known = {str(one.id): one for one in found.items}
        self.table.show([self._row(one) for one in found.items])

    def add(self) -> None:
        """Ask for a name, what it may do, and how long."""
        theme, words = self.office.theme, self.words
        form = Form(self.office, words("system.add_key"), words("system.add_key_hint"))
        form.add("name", Line(form.body, theme, words, words("system.col_name"), written(100, needed=True)))
        form.add("scopes", Scopes(form.body, self.office))
        days = Line(form.body, theme, words, words("system.key_days"), whole(1, 3650, empty=True))
        days.put(_DAYS)
        form.add("days", days)

        def job(api: Api, values: Mapping[str, object]) -> MadeKey:
            return api.write("POST", "/api/keys", MadeKey, values)

        form.send(words("system.make"), job, self._made)

    def revoke(self) -> None:
        """After a question: whoever uses it is locked out at once."""
        key, words = self.known.get(self.table.selected or ""), self.words
        if key is None:
            return

        def go() -> None:
            self.office.ask(lambda api: api.send("DELETE", f"/api/keys/{key.id}"), lambda _: self.refresh(), owner=self)

        confirm(
            self.office, words("system.revoke_ask", name=key.name), words("system.revoke_text"),
            yes=words("system.revoke"), then=go,
        )  # fmt: skip

    def _made(self, made: MadeKey) -> None:
        words = self.words
        SecretDialog(self.office, words("system.key_made"), words("system.key_text", name=made.info.name), made.key)
        self.refresh()

    def _chosen(self) -> None:
        key = self.known.get(self.table.selected or "")
        enable(self.revoke_button, key is not None and key.revoked_at is None)

    def _row(self, one: ApiKeyInfo) -> Row:
        clock, words = self.office.clock, self.words
        state, tone = "key_good", "good"
        if one.revoked_at is not None:
            state, tone = "key_revoked", "calm"
        elif one.expires_at is not None and one.expires_at < datetime.now(UTC):
            state, tone = "key_expired", "warn"
        shown: Tone = tone  # type: ignore[assignment]
        expires = words.day(one.expires_at) if one.expires_at else words("system.never")
        scopes = ", ".join(words(f"system.scope_{scope.name.lower()}") for scope in one.scopes)
        return Row(
            str(one.id),
            (
                one.name,
                f"{one.hint}…",
                words(f"system.{state}"),
                clock(one.made_at),
                expires,
                clock(one.used_at),
                scopes,
            ),
            shown,
        )


class Scopes(Field):
    """What a key may do, each to be ticked."""

    def __init__(self, master: tk.Misc, office: Office) -> None:
        super().__init__(master, office.theme, office.words, office.words("system.col_scopes"))
        self._ticks: dict[Scope, tk.BooleanVar] = {}
        self.buttons: dict[Scope, ttk.Checkbutton] = {}
        for at, scope in enumerate(Scope):
            tick = self._ticks[scope] = tk.BooleanVar(self, value=False)
            text = office.words(f"system.scope_{scope.name.lower()}")
            button = ttk.Checkbutton(self.control, text=text, variable=tick, command=self._typed)
            self.buttons[scope] = button
            button.grid(row=at // 2, column=at % 2, sticky="w", padx=(0, office.theme.px(12)))
        self._rows = len(Scope) // 2 + 1

    def read(self) -> object:
        """Those that are ticked. ``Wrong``: none is."""
        if found := [scope.value for scope, tick in self._ticks.items() if tick.get()]:
            return found
        raise Wrong("needed_one")

    def say(self, fault: str) -> None:
        """Under them."""
        self._fault.configure(text=fault)
        if fault:
            self._fault.grid(row=self._rows, column=0, columnspan=2, sticky="w")
        else:
            self._fault.grid_forget()
