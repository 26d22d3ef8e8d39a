"""What somebody has to do before they may go on, step by step: a password of their own, an authenticator app."""

import tkinter as tk
from collections.abc import Callable, Mapping
from tkinter import ttk
from typing import TypeVar

from agent.contract.access import Owed
from agent.contract.signing_in import PASSWORD_LENGTH, Me, SecondFactor
from gui.kit.account import FactorPanel, begin_factor, new_password
from gui.kit.forms import Field, all_right
from gui.link.api import Api
from gui.link.errors import Refused
from gui.office import Office

Result = TypeVar("Result")

_WIDE = 340
"""Of a text, in pixels at 100 %."""


class Owing(ttk.Frame):
    """Stands where somebody has just signed in. Whoever goes back is signed out again; what was stored stays."""

    def __init__(
        self,
        master: tk.Misc,
        office: Office,
        api: Api,
        owed: tuple[Owed, ...],
        who: tuple[str, str],
        done: Callable[[Api], None],
        back: Callable[[str], None],
        grown: Callable[[], None] = lambda: None,
    ) -> None:
        """Show the first step.

        Args:
            master: Where it stands.
            office: Of the window.
            api: As this person.
            owed: What is to be done, the first one first.
            who: The name and the password that were typed.
            done: Nothing is owed any more.
            back: To the sign-in, and what is said there.
            grown: It may need more room now.
        """
        super().__init__(master)
        self._office, self._api, self._owed, self._all = office, api, owed, len(owed)
        self._name, self._password = who
        self._finish, self._back, self._grown = done, back, grown
        self._over = False
        self.fields: dict[str, Field] = {}
        self.panel: FactorPanel | None = None
        self.bind("<Destroy>", self._left)
        self._show()

    def back(self, said: str = "") -> None:
        """To the sign-in."""
        self.destroy()
        self._back(said)

    def go_on(self) -> None:
        """Do what this step asks for."""
        if self.button.instate(["disabled"]) or not all_right(list(self.fields.values())):
            return
        values = {name: str(field.read()) for name, field in self.fields.items()}
        if self._owed[0] is Owed.PASSWORD:
            self._ask(lambda: self._choose(values), self._chosen(values["new"]))
        elif self.panel is None:
            self._begin()
        else:
            self._ask(lambda: self._confirm(values), self._settled)

    def _show(self) -> None:
        """The step that comes next; all that stood here before goes."""
        for one in self.winfo_children():
            one.destroy()
        words, px, owed = self._office.words, self._office.theme.px, self._owed[0]
        ttk.Frame(self, width=px(_WIDE), height=px(10)).pack()  # Never narrower, whatever stands in it.
        self.fields, self.panel = {}, None
        if self._all > 1:
            step = words("login.step", at=self._all - len(self._owed) + 1, of=self._all)
            ttk.Label(self, text=step, style="Caption.TLabel").pack(anchor="w", pady=(0, px(2)))
        ttk.Label(self, text=words(f"login.owed_{owed.value}"), style="Strong.TLabel").pack(anchor="w")
        text = words(f"login.owed_{owed.value}_text", n=PASSWORD_LENGTH[0])
        self._text = ttk.Label(self, text=text, style="Quiet.TLabel", wraplength=px(_WIDE), justify="left")
        self._text.pack(anchor="w", pady=(px(2), px(12)))
        self._place = ttk.Frame(self)
        self._place.pack(fill="x")
        self.fault = ttk.Label(self, style="Fault.TLabel", wraplength=px(_WIDE), justify="left")
        self.fault.pack(anchor="w", fill="x", pady=(px(4), px(8)))
        self.button = ttk.Button(self, text=words("system.go_on"), style="Accent.TButton", command=self.go_on)
        self.button.pack(fill="x")
        ttk.Button(self, text=words("login.back"), command=self.back).pack(fill="x", pady=(px(8), 0))
        if owed is Owed.PASSWORD:
            self._put(new_password(self._place, self._office, self._name, lambda: self._password))
        else:
            self._begin()

    def _put(self, fields: Mapping[str, Field]) -> None:
        for field in fields.values():
            field.pack(fill="x", pady=(0, self._office.theme.px(10)))
        self._listen(fields)

    def _listen(self, fields: Mapping[str, Field]) -> None:
        self.fields = dict(fields)
        for field in fields.values():
            for one in field.control.winfo_children():
                one.bind("<Return>", lambda _: self.go_on())
        next(iter(fields.values())).focus_it()
        self._grown()

    def _choose(self, values: Mapping[str, str]) -> tuple[Owed, ...]:
        body = {"old": self._password, "new": values["new"]}
        self._api.send("POST", "/api/auth/password", body)
        return self._still_owed()

    def _chosen(self, new: str) -> Callable[[tuple[Owed, ...]], None]:
        def then(owed: tuple[Owed, ...]) -> None:
            self._password = new
            self._settled(owed)

        return then

    def _begin(self) -> None:
        percent = self._office.theme.percent
        self._ask(lambda: begin_factor(self._api, self._password, None, percent), self._begun)

    def _begun(self, found: tuple[SecondFactor, bytes]) -> None:
        self.button.state(["!disabled"])
        self.fault.configure(text="")
        self.panel = FactorPanel(self._place, self._office, *found)
        self.panel.pack(fill="x")
        self.update_idletasks()
        wide = self.panel.winfo_reqwidth()
        for label in (self._text, self.fault):
            label.configure(wraplength=wide)
        self._listen({"code": self.panel.code})

    def _confirm(self, values: Mapping[str, str]) -> tuple[Owed, ...]:
        self._api.send("POST", "/api/auth/totp/confirm", values)
        return self._still_owed()

    def _still_owed(self) -> tuple[Owed, ...]:
        return self._api.get("/api/auth/me", Me).owes

    def _settled(self, owed: tuple[Owed, ...]) -> None:
        self._owed, self._all = owed, max(self._all, len(owed))
        if owed:
            self._show()
            return
        self._over = True
        self._finish(self._api)

    def _ask(self, job: Callable[[], Result], then: Callable[[Result], None]) -> None:
        self.button.state(["disabled"])
        self.fault.configure(text=self._office.words("login.waiting"))
        self._office.loop.run(job, then, self._refused, owner=self)

    def _refused(self, error: Exception) -> None:
        self.button.state(["!disabled"])
        self.fault.configure(text="")
        code = error.code if isinstance(error, Refused) else ""
        if code == "not_signed_in":
            self.back(self._office.explain(error))
        elif code == "conflict":  # An answer was lost on its way: what was asked for is done, or has to begin anew.
            self._ask(self._still_owed, self._settled)
        elif code == "wrong_login" and self.panel is None:
            self.back(self._office.words("login.password_gone"))
        elif self.panel is not None and code:
            wrong = code == "wrong_login"
            self.panel.code.say(self._office.words("login.wrong_code") if wrong else self._office.explain(error))
            self._grown()
        else:
            self.fault.configure(text=self._office.explain(error))
            self._grown()

    def _left(self, event: "tk.Event[tk.Misc]") -> None:
        if event.widget is self and not self._over:
            self._over = True
            self._office.loop.run(self._leave, lambda _: None, lambda _: None)

    def _leave(self) -> None:
        try:
            self._api.sign_out()
        finally:
            self._api.close()
