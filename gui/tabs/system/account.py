"""One's own account: another password, and the second factor."""

import tkinter as tk
from collections.abc import Callable, Mapping
from tkinter import ttk

from agent.contract.signing_in import PASSWORD_LENGTH, Me, SecondFactor
from gui.kit.account import CODE, FactorPanel, begin_factor, new_password
from gui.kit.dialogs import Dialog
from gui.kit.forms import Line
from gui.kit.typed import secret, written
from gui.link.api import Api
from gui.office import Office
from gui.parts import Part
from gui.tabs.system.asking import Form
from gui.tabs.system.section import Section


class AccountSection(Section):
    """Who one is, and what one can do about it."""

    title = "account"
    parts = frozenset({Part.USERS})

    def __init__(self, master: tk.Misc, office: Office) -> None:
        super().__init__(master, office)
        px, words = office.theme.px, self.words
        self.who = ttk.Label(self, style="Large.TLabel")
        self.who.pack(anchor="w")
        self.line = ttk.Label(self, style="Quiet.TLabel", wraplength=px(560), justify="left")
        self.line.pack(anchor="w", pady=(px(4), 0))
        self._buttons = ttk.Frame(self)
        self.password = ttk.Button(self._buttons, text=words("system.change_password"), command=self.change_password)
        self.factor = ttk.Button(self._buttons, text=words("system.set_up_factor"), command=self.set_up_factor)
        self.password.pack(side="left")
        self.factor.pack(side="left", padx=px(8))
        self.me: Me | None = None

    def refresh(self) -> None:
        """Ask who one is."""
        self.office.ask(lambda api: api.get("/api/auth/me", Me), self.fill, owner=self, key="account")

    def fill(self, me: Me) -> None:
        """Show it."""
        self.me = me
        words = self.words
        role = words(f"system.role_{me.role.value}") if me.role else ""
        if me.kind != "user":
            self.who.configure(text=words("system.local_owner"))
            self.line.configure(text=words("system.local_owner_hint"))
            self._buttons.pack_forget()
            return
        self.who.configure(text=f"{me.name} · {role}")
        self.line.configure(text=words("system.factor_on" if me.second_factor else "system.factor_missing"))
        self.factor.configure(text=words("system.renew_factor" if me.second_factor else "system.set_up_factor"))
        self._buttons.pack(anchor="w", pady=self.office.theme.px(12))

    def change_password(self) -> None:
        """The old one, and the new one twice."""
        office, words = self.office, self.words
        least, most = PASSWORD_LENGTH
        form = Form(office, words("system.change_password"), words("system.password_hint", n=least))
        old = Line(form.body, office.theme, words, words("system.password_old"), secret(most), show="•")
        form.add("old", old)
        for name, field in new_password(form.body, office, self.me.name if self.me else "", old.entry.get).items():
            form.add(name, field)

        def job(api: Api, values: Mapping[str, object]) -> bytes:
            return api.send("POST", "/api/auth/password", {name: values[name] for name in ("old", "new")})

        form.send(words("system.change"), job, lambda _: office.say(words("system.password_changed")))

    def set_up_factor(self) -> None:
        """The password, the code of the present app where there is one, then the picture."""
        office, words, me, most = self.office, self.words, self.me, PASSWORD_LENGTH[1]
        if me is None:
            return
        form = Form(office, words("system.set_up_factor"), words("system.factor_hint"))
        form.add(
            "password",
            Line(form.body, office.theme, words, words("system.password_old"), secret(most), show="•"),
        )
        if me.second_factor:
            parse = written(6, CODE, needed=True)
            form.add("code", Line(form.body, office.theme, words, words("system.code_now"), parse))

        def job(api: Api, values: Mapping[str, object]) -> tuple[SecondFactor, bytes]:
            code = values.get("code")
            return begin_factor(api, str(values["password"]), str(code) if code else None, office.theme.percent)

        def show(found: tuple[SecondFactor, bytes]) -> None:
            FactorDialog(office, *found, done=self.refresh)

        form.send(words("system.go_on"), job, show)


class FactorDialog(Dialog):
    """The picture for the authenticator app, and a field for its first code."""

    def __init__(self, office: Office, made: SecondFactor, png: bytes, *, done: Callable[[], None]) -> None:
        super().__init__(office, office.words("system.set_up_factor"))
        words = office.words
        self._done = done
        self.panel = FactorPanel(self.body, office, made, png)
        self.panel.pack(fill="x")
        self.code = self.panel.code
        self.confirm_button = self.button(words("system.confirm"), self.confirm, main=True)
        self.button(words("dialogs.cancel"), self.close)
        self.bind("<Return>", lambda _: self.confirm())
        self.open()
        self.code.focus_it()

    def confirm(self) -> None:
        """Send the first code."""
        if not self.code.check() or self.confirm_button.instate(["disabled"]):
            return
        self.confirm_button.state(["disabled"])
        body = {"code": self.code.read()}
        self.office.ask(
            lambda api: api.send("POST", "/api/auth/totp/confirm", body), self._confirmed, owner=self,
            failed=self._refused,
        )  # fmt: skip

    def _confirmed(self, _: bytes) -> None:
        self.close()
        self.office.say(self.office.words("system.factor_done"))
        self._done()

    def _refused(self, error: Exception) -> None:
        self.confirm_button.state(["!disabled"])
        self.code.say(self.office.explain(error))
