"""The code that links the phone, in a window of its own. It is another one every 20 seconds, and kept nowhere."""

import tkinter as tk
from tkinter import ttk

from agent.contract.sessions import Pairing, PairingKind
from gui.kit.dialogs import place
from gui.link.api import Api, part
from gui.link.errors import Refused
from gui.office import Office

_EVERY_MS = 2000
_ZOOM = 1


class PairingWindow(tk.Toplevel):
    """Shows the code for as long as it is open."""

    def __init__(self, office: Office, session: str) -> None:
        super().__init__(office.root, highlightthickness=1)
        self._office, self._session = office, session
        px, words = office.theme.px, office.words
        self.title(words("pairing.title"))
        self.transient(office.root)
        colours = office.theme.palette
        self.configure(background=colours.ground, highlightbackground=colours.line, highlightcolor=colours.line)
        body = ttk.Frame(self, padding=px(24))
        body.pack(fill="both", expand=True)
        self.line = ttk.Label(body, text=words("pairing.asking"), wraplength=px(340), justify="left")
        self.line.pack(anchor="w", pady=(0, px(12)))
        self.code = ttk.Label(body, anchor="center", style="Title.TLabel")
        self.code.pack(pady=px(8))
        ttk.Button(body, text=words("frame.close"), command=self.destroy).pack(anchor="e", pady=(px(12), 0))
        self.bind("<Escape>", lambda _: self.destroy())
        place(self, office.root)
        self._picture: tk.PhotoImage | None = None
        self.seen_ms: float | None = None
        self._ask()

    def _ask(self) -> None:
        self._office.ask(self._fetch, self._show, owner=self, key="pairing", failed=self._none)
        self._office.loop.later(_EVERY_MS, self._ask, self)

    def _fetch(self, api: Api) -> tuple[Pairing, bytes]:
        path = f"/api/sessions/{part(self._session)}"
        pairing = api.get(f"{path}/pairing", Pairing)
        shown = pairing.kind is PairingKind.QR
        return pairing, api.send("GET", f"{path}/qr?format=png") if shown else b""

    def _show(self, found: tuple[Pairing, bytes]) -> None:
        pairing, png = found
        self.line.configure(text=self._office.words(f"pairing.{pairing.kind.value}"))
        if pairing.seen_ms == self.seen_ms:
            return
        self.seen_ms = pairing.seen_ms
        self._picture = tk.PhotoImage(master=self, data=png).zoom(_ZOOM) if png else None
        self.code.configure(image=self._picture or "", text=pairing.link_code or "")

    def _none(self, error: Exception) -> None:
        missing = isinstance(error, Refused) and error.status == 404
        self.line.configure(text=self._office.words("pairing.linked") if missing else self._office.explain(error))
        self.code.configure(image="", text="")
        self._picture = self.seen_ms = None
