"""What one's own account is changed with: the fields of a new password, the picture of a second factor."""

import io
import tkinter as tk
from collections.abc import Callable
from tkinter import ttk

import segno

from agent.contract.passwords import Weakness, weakness_of
from agent.contract.signing_in import PASSWORD_LENGTH, SecondFactor
from gui.kit.forms import Line
from gui.kit.typed import Parse, Wrong, secret, written
from gui.link.api import Api
from gui.office import Office

CODE = "^[0-9]{6}$"
_DOT = 4
"""Pixels of the picture's smallest square, at 100 %."""
_SAID = {Weakness.NAME: "has_name", Weakness.GUESSED: "guessed"}


def new_password(master: tk.Misc, office: Office, name: str, old: Callable[[], str]) -> dict[str, Line]:
    """Fields for a new password and for the same again, looked at while one types by the agent's own rules.

    Args:
        master: Where they stand; they have to be packed.
        office: Of the window.
        name: Whose it is.
        old: The present one.
    """
    words, (least, most) = office.words, PASSWORD_LENGTH
    allowed = secret(most, least)

    def may_be(text: str) -> object:
        allowed(text)
        weakness = weakness_of(text, name)
        if weakness is not None:
            raise Wrong(_SAID[weakness])
        if text == old():
            raise Wrong("not_new")
        return text

    def same(text: str) -> object:
        if text != new.entry.get():
            raise Wrong("not_same")
        return text

    def compare() -> None:
        if again.fault:
            again.check()

    def line(key: str, parse: Parse) -> Line:
        return Line(master, office.theme, words, words(f"system.{key}"), parse, show="•")

    new, again = line("password_new", may_be), line("password_again", same)
    new.changed = compare
    return {"new": new, "again": again}


def begin_factor(api: Api, password: str, code: str | None, percent: int) -> tuple[SecondFactor, bytes]:
    """Ask for a second factor, beside the window; it with its picture, as PNG, in the window's size.

    Args:
        api: Of whose account it is.
        password: The present one.
        code: Of the present app, where there is one.
        percent: The window's scale.
    """
    wish = {"password": password, **({"code": code} if code else {})}
    made = api.write("POST", "/api/auth/totp", SecondFactor, wish)
    drawn = io.BytesIO()
    segno.make(made.uri, micro=False).save(drawn, kind="png", scale=round(_DOT * percent / 100), border=4)
    return made, drawn.getvalue()


class FactorPanel(ttk.Frame):
    """The picture for the authenticator app, the same in letters, and a field for its first code."""

    def __init__(self, master: tk.Misc, office: Office, made: SecondFactor, png: bytes) -> None:
        super().__init__(master)
        words, px = office.words, office.theme.px
        self.picture = tk.PhotoImage(master=self, data=png)
        ttk.Label(self, image=self.picture).pack(side="left", anchor="n", padx=(0, px(20)))
        text = ttk.Label(self, text=words("system.factor_scan"), wraplength=px(290), justify="left")
        text.pack(anchor="w", pady=(0, px(10)))
        ttk.Label(self, text=words("system.factor_secret"), style="Caption.TLabel").pack(anchor="w")
        self.secret = ttk.Entry(self, font="TkFixedFont", width=34)
        self.secret.insert(0, made.secret)
        self.secret.state(["readonly"])
        self.secret.pack(fill="x", pady=(px(2), px(10)))
        self.code = Line(self, office.theme, words, words("system.factor_code"), written(6, CODE, needed=True))
        self.code.pack(fill="x")
