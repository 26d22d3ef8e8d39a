"""Something that is shown once: it can be copied, and is gone when the dialog is closed."""

from tkinter import ttk

from gui.kit.dialogs import Dialog
from gui.office import Office


class SecretDialog(Dialog):
    """Shows it until it is closed."""

    def __init__(self, office: Office, title: str, text: str, secret: str) -> None:
        """``text`` says what it is for, and until when."""
        super().__init__(office, title)
        px = office.theme.px
        ttk.Label(self.body, text=text, wraplength=px(412), justify="left").pack(anchor="w", pady=(0, px(10)))
        self.entry = ttk.Entry(self.body, font="TkFixedFont")
        self.entry.insert(0, secret)
        self.entry.state(["readonly"])
        self.entry.pack(fill="x")
        self.copied = ttk.Label(self.body, style="Caption.TLabel")
        self.copied.pack(anchor="w", pady=(px(4), 0))
        close = self.button(office.words("frame.close"), self.close)
        self.button(office.words("system.copy"), self._copy, main=True)
        self._secret = secret
        self.open(close)

    def _copy(self) -> None:
        self.clipboard_clear()
        self.clipboard_append(self._secret)
        self.copied.configure(text=self.office.words("system.copied"))
