"""Signing in to an agent: address, name, password, and the code of the authenticator app when it is asked for."""

import tkinter as tk
from collections.abc import Callable
from tkinter import ttk
from urllib.parse import urlsplit

from agent.contract.signing_in import SignedIn
from gui.kit.choices import ChoiceButton, languages, themes
from gui.kit.dialogs import Dialog, place
from gui.kit.roomy import Roomy
from gui.link.api import HERE, Api
from gui.link.errors import Refused
from gui.office import Office
from gui.owing import Owing
from gui.theme import ThemeName
from gui.words import Language


class _Who(ttk.Frame):
    """Name, password, and the code when it is asked for; then, in the place of its page, what this person owes."""

    def __init__(
        self,
        page: ttk.Frame,
        office: Office,
        server: Callable[[], str | None],
        entered: Callable[[Api], None],
        notice: str = "",
        grown: Callable[[], None] = lambda: None,
    ) -> None:
        """``server``: to which address; None: it has said what is wrong with it. ``grown``: there is another page."""
        super().__init__(page)
        self._page, self._office, self._server, self._entered = page, office, server, entered
        self._grown = grown
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

        self._office.loop.run(
            lambda: api.sign_in(name, password, code or None),
            lambda signed: self._done(api, signed, (name, password)),
            self._failed,
            owner=self,
        )

    def say(self, text: str, field: ttk.Entry) -> None:
        """What is wrong, and where."""
        self.fault.configure(text=text)
        field.focus_set()

    def _done(self, api: Api, signed: SignedIn, who: tuple[str, str]) -> None:
        self._office.memory.keep(server=api.server, name=who[0])
        if not signed.owes:
            self._entered(api)
            return
        self._page.pack_forget()
        Owing(
            self._page.master, self._office, api, signed.owes, who, self._entered, self._back, self._grown
        ).pack(fill="x")  # fmt: skip

    def _back(self, said: str) -> None:
        """From what is owed: whoever it is signs in again."""
        self._page.pack(fill="x")
        self.button.state(["!disabled"])
        for field in (self.password, self.code):
            field.delete(0, "end")
        self._code_part.pack_forget()
        self.say(said, self.password)
        self._grown()

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

    def __init__(
        self,
        master: tk.Misc,
        office: Office,
        entered: Callable[[Api], None],
        speak: Callable[[Language], None],
        look: Callable[[ThemeName], None],
        notice: str = "",
    ) -> None:
        """``speak`` and ``look``: from now on in another language, in other colours."""
        super().__init__(master)
        self._office, self._entered, self._speak, self._look = office, entered, speak, look
        px, remembered = office.theme.px, office.memory.now
        self._room = Roomy(self, office.theme)
        self._room.pack(fill="both", expand=True)
        for row, weight in enumerate((46, 0, 54)):
            self._room.body.rowconfigure(row, weight=weight)
        self._room.body.columnconfigure(0, weight=1)
        self._card = ttk.Frame(self._room.body, padding=px(28))
        self._card.grid(row=1, column=0)
        self._card.bind("<Configure>", lambda _: self._fit())
        self._build(remembered.server or office.api.server, remembered.name or "", notice)

    def _build(self, server: str, name: str, notice: str) -> None:
        office, card = self._office, self._card
        words, px = office.words, office.theme.px
        ttk.Label(card, text="Balcão", style="Title.TLabel").pack(anchor="w")
        page = ttk.Frame(card)
        page.pack(fill="x")
        ttk.Label(page, text=words("login.intro"), style="Quiet.TLabel").pack(anchor="w", pady=(px(2), px(16)))
        self.server = _field(page, office, words("login.server"), server)
        self.who = _Who(page, office, self._address, self._entered, notice)
        self.who.name.delete(0, "end")
        self.who.name.insert(0, name)
        self.who.pack(fill="x")
        self.server.bind("<Return>", lambda _: self.who.enter())
        foot = ttk.Frame(page)
        foot.pack(fill="x", pady=(px(22), 0))
        self.language = ChoiceButton(foot, languages(), lambda: office.words.language, self._other_language)
        self.theme = ChoiceButton(foot, themes(words), lambda: office.theme.name, self._look)
        for key, button in (("language", self.language), ("theme", self.theme)):
            side = ttk.Frame(foot)
            side.pack(side="left", fill="x", expand=True, padx=(0, px(10) if key == "language" else 0))
            ttk.Label(side, text=words(f"frame.{key}"), style="Caption.TLabel").pack(anchor="w")
            button.pack(in_=side, fill="x", pady=(px(2), 0))
            button.lift()
        self.who.first.focus_set()

    def _other_language(self, language: Language) -> None:
        """What was typed stays, but for the password."""
        self._speak(language)
        typed = self.server.get(), self.who.name.get()
        for one in self._card.winfo_children():
            one.destroy()
        self._build(*typed, "")

    def _fit(self) -> None:
        self._room.least = (self._card.winfo_reqwidth(), self._card.winfo_reqheight())
        self._room.fit()

    def _address(self) -> str | None:
        server = self.server.get().strip().rstrip("/")
        parts, wrong = urlsplit(server), None
        if parts.scheme not in ("http", "https") or not parts.hostname:
            wrong = "login.wrong_server"
        elif parts.scheme == "http" and parts.hostname not in HERE:
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
        super().__init__(office, office.words("login.again"), width=400)
        px = office.theme.px
        text = office.words("login.again_text")
        page = ttk.Frame(self.body)
        page.pack(fill="x")
        ttk.Label(page, text=text, wraplength=px(340), justify="left").pack(anchor="w", pady=(0, px(12)))
        self.who = _Who(page, office, lambda: office.api.server, entered, notice, self._grown)
        self.who.pack(fill="x")
        self.button(office.words("frame.sign_out"), leave)
        self.open(self.who.first)

    def _grown(self) -> None:
        """It is moved only where it would not be seen whole: on a screen without a manager that takes the keyboard."""
        self.update_idletasks()
        right, bottom = self.winfo_rootx() + self.winfo_reqwidth(), self.winfo_rooty() + self.winfo_reqheight()
        if right > self.winfo_screenwidth() or bottom > self.winfo_screenheight():
            place(self, self.office.root)

    def close(self) -> None:
        """Only by ``finish``: a key that is pressed by chance must lose nothing."""
        if self._over:
            super().close()

    def finish(self) -> None:
        """Go away; what had the keyboard before has it again."""
        self._over = True
        self.close()


def _field(master: tk.Misc, office: Office, name: str, value: str, show: str = "") -> ttk.Entry:
    px = office.theme.px
    ttk.Label(master, text=name, style="Caption.TLabel").pack(anchor="w")
    entry = ttk.Entry(master, width=44, show=show)
    entry.insert(0, value)
    entry.pack(fill="x", pady=(px(2), px(10)))
    return entry
