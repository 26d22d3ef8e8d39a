"""Signing in to an agent: address, name, password, and the code of the authenticator app when it is asked for."""

import tkinter as tk
from collections.abc import Callable
from contextlib import suppress
from tkinter import ttk
from urllib.parse import urlsplit

from gui.kit.dialogs import Dialog
from gui.link.api import Api
from gui.link.errors import Refused
from gui.office import Office

_LOCAL = ("127.0.0.1", "localhost", "::1")


class _Who(ttk.Frame):
    """Name, password, and the code when it is asked for."""

    def __init__(
        self,
        master: tk.Misc,
        office: Office,
        server: Callable[[], str | None],
        entered: Callable[[Api], None],
        notice: str = "",
    ) -> None:
        """``server``: to which address; None: it has said what is wrong with it."""
        super().__init__(master)
        self._office, self._server, self._entered = office, server, entered
        words, px, remembered = office.words, office.theme.px, office.memory.now
        self.name = _field(self, office, words("login.name"), remembered.name or "")
        self.password = _field(self, office, words("login.password"), "", show="•")
        self._code_part = ttk.Frame(self)
        self.code = _field(self._code_part, office, words("login.code"), "")
        self.fault = ttk.Label(self, text=notice, style="Fault.TLabel", wraplength=px(340), justify="left")
        self.fault.pack(anchor="w", fill="x", pady=(px(4), px(8)))
        self.button = ttk.Button(self, text=words("login.enter"), style="Accent.TButton", command=self.enter)
        self.button.pack(fill="x")
        for field in (self.name, self.password, self.code):
            field.bind("<Return>", lambda _: self.enter())
        self.first = self.password if remembered.name else self.name

    def enter(self) -> None:
        """Try it."""
        words, server = self._office.words, self._server()
        name, password, code = self.name.get().strip(), self.password.get(), self.code.get().strip()
        if server is None or self.button.instate(["disabled"]):
            return
        if not (name and password):
            missing, text = (self.password, "login.no_password") if name else (self.name, "login.no_name")
            self.say(words(text), missing)
            return
        self.button.state(["disabled"])
        self.fault.configure(text=words("login.entering"))
        api = Api(server, language=words.language)

        def sign_in() -> Api:
            api.sign_in(name, password, code or None)
            return api

        self._office.loop.run(sign_in, self._done, self._failed, owner=self)

    def say(self, text: str, field: ttk.Entry) -> None:
        """What is wrong, and where."""
        self.fault.configure(text=text)
        field.focus_set()

    def _done(self, api: Api) -> None:
        self._office.memory.keep(server=api.server, name=self.name.get().strip())
        self._entered(api)

    def _failed(self, error: Exception) -> None:
        self.button.state(["!disabled"])
        wants_code = isinstance(error, Refused) and error.code == "code_needed"
        if wants_code and not self._code_part.winfo_ismapped():
            self._code_part.pack(fill="x", before=self.fault)
            self.say(self._office.words("login.code_wanted"), self.code)
            return
        self.password.selection_range(0, "end")
        self.say(self._office.explain(error), self.password)


class Login(ttk.Frame):
    """Fills the window until somebody is signed in."""

    def __init__(self, master: tk.Misc, office: Office, entered: Callable[[Api], None], notice: str = "") -> None:
        super().__init__(master)
        self._office = office
        words, px, remembered = office.words, office.theme.px, office.memory.now
        card = ttk.Frame(self, padding=px(28))
        card.place(relx=0.5, rely=0.46, anchor="center")
        ttk.Label(card, text="Balcão", style="Title.TLabel").pack(anchor="w")
        ttk.Label(card, text=words("login.intro"), style="Quiet.TLabel").pack(anchor="w", pady=(px(2), px(16)))
        self.server = _field(card, office, words("login.server"), remembered.server or office.api.server)
        self.who = _Who(card, office, self._address, entered, notice)
        self.who.pack(fill="x")
        self.server.bind("<Return>", lambda _: self.who.enter())
        self.who.first.focus_set()

    def _address(self) -> str | None:
        server = self.server.get().strip().rstrip("/")
        parts, wrong = urlsplit(server), None
        if parts.scheme not in ("http", "https") or not parts.hostname:
            wrong = "login.wrong_server"
        elif parts.scheme == "http" and parts.hostname not in _LOCAL:
            wrong = "login.not_secure"
        if wrong is None:
            return server
        self.who.say(self._office.words(wrong), self.server)
        return None


class SignInAgain(Dialog):
    """Above the window of somebody whose sign-in has ended: what they were doing stays as it is behind it."""

    def __init__(
        self, office: Office, entered: Callable[[Api], None], leave: Callable[[], None], notice: str = ""
    ) -> None:
        """``leave``: they go, or somebody else comes."""
        self._over = False
        self._beneath: tk.Misc | None = None
        with suppress(KeyError):  # A list of a combobox, which Tk made without tkinter's knowing.
            self._beneath = office.root.grab_current()
        super().__init__(office, office.words("login.again"), width=400)
        px = office.theme.px
        text = office.words("login.again_text")
        ttk.Label(self.body, text=text, wraplength=px(340), justify="left").pack(anchor="w", pady=(0, px(12)))
        self.who = _Who(self.body, office, lambda: office.api.server, entered, notice)
        self.who.pack(fill="x")
        self.button(office.words("frame.sign_out"), leave)
        self.open(self.who.first)

    def close(self) -> None:
        """Only by ``finish``: a key that is pressed by chance must lose nothing."""
        if self._over:
            super().close()

    def finish(self) -> None:
        """Go away; what had the keyboard before has it again."""
        self._over = True
        self.close()
        if self._beneath is not None and self._beneath.winfo_exists():
            self._beneath.grab_set()


def _field(master: tk.Misc, office: Office, name: str, value: str, show: str = "") -> ttk.Entry:
    px = office.theme.px
    ttk.Label(master, text=name, style="Caption.TLabel").pack(anchor="w")
    entry = ttk.Entry(master, width=44, show=show)
    entry.insert(0, value)
    entry.pack(fill="x", pady=(px(2), px(10)))
    return entry
