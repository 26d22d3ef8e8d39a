"""Dialogs of the window: centred on it, closed by Escape, and the focus goes back to where it was."""

import os
import tkinter as tk
import unicodedata
from collections.abc import Callable, Sequence
from pathlib import Path
from tkinter import filedialog, ttk

from gui.office import Office


def place(window: tk.Toplevel, root: tk.Tk) -> None:
    """Put it in the middle of the main window, a little above."""
    window.update_idletasks()
    width, height = max(window.winfo_reqwidth(), window.minsize()[0]), window.winfo_reqheight()
    left = root.winfo_rootx() + (root.winfo_width() - width) // 2
    top = root.winfo_rooty() + max((root.winfo_height() - height) // 3, 0)
    window.geometry(f"+{max(left, 0)}+{max(top, 0)}")


class Dialog(tk.Toplevel):
    """A window above the main one; what belongs in it goes into ``body``, its buttons into ``foot``."""

    def __init__(self, office: Office, title: str, *, width: int = 460) -> None:
        """``width``: in pixels at 100 %."""
        self._back_to, self._beneath = _focused(office.root), _grabbing(office.root)
        super().__init__(office.root, highlightthickness=1)
        self.withdraw()
        self.office = office
        px = office.theme.px
        self.title(title)
        self.transient(office.root)
        self.minsize(px(width), 1)
        self.protocol("WM_DELETE_WINDOW", self.close)
        self.bind("<Escape>", lambda _: self.close())
        outside = ttk.Frame(self, padding=(px(24), px(20)))
        outside.pack(fill="both", expand=True)
        ttk.Label(outside, text=title, style="Title.TLabel", wraplength=px(width - 48)).pack(anchor="w")
        self.foot = ttk.Frame(outside)
        self.foot.pack(side="bottom", fill="x", pady=(px(18), 0))
        self.body = ttk.Frame(outside)
        self.body.pack(fill="both", expand=True, pady=(px(10), 0))
        office.theme.follow(self, self._restyle)

    def button(self, text: str, do: Callable[[], object], *, main: bool = False) -> ttk.Button:
        """One more button; the first stands outermost on the right."""
        style = "Accent.TButton" if main else "TButton"
        made = ttk.Button(self.foot, text=text, style=style, command=do)
        made.bind("<Return>", lambda _: made.invoke())
        made.pack(side="right", padx=(self.office.theme.px(8), 0))
        return made

    def open(self, focus: tk.Misc | None = None) -> None:
        """Show it in the middle of the window."""
        place(self, self.office.root)
        self.deiconify()
        self.lift()
        self.office.loop.later(1, self._hold, self)
        (focus or self).focus_force()

    def close(self) -> None:
        """Go away, and give the focus back; a dialog below this one is again the only one that can be used."""
        if not self.winfo_exists():
            return
        back = self._back_to
        self.destroy()
        if self._beneath is not None and self._beneath.winfo_exists():
            self._beneath.grab_set()
        if back is not None and back.winfo_exists():
            back.focus_set()

    def _hold(self) -> None:
        if self.winfo_viewable():
            self.grab_set()

    def _restyle(self) -> None:
        colours = self.office.theme.palette
        self.configure(background=colours.ground, highlightbackground=colours.line, highlightcolor=colours.line)


def confirm(
    office: Office,
    title: str,
    text: str,
    *,
    yes: str,
    then: Callable[[], None],
    word: str | Sequence[str] | None = None,
) -> Dialog:
    """Ask before something is done.

    Args:
        office: Of the window.
        title: The question.
        text: What it would do.
        yes: What the button says that does it.
        then: Does it.
        word: What has to be typed first, or any one of several; letters and digits alone count.
    """
    dialog, words, px = Dialog(office, title), office.words, office.theme.px
    ttk.Label(dialog.body, text=text, wraplength=px(412), justify="left").pack(anchor="w")

    def go() -> None:
        if wanted and _plain(letters.get()) not in wanted:
            return
        dialog.close()
        then()

    shown = (word,) if isinstance(word, str) else tuple(word or ())
    wanted = {_plain(one) for one in shown} - {""}
    letters = tk.StringVar(dialog)  # Kept by ``go``: a variable that nobody keeps tells nobody anything.
    entry = ttk.Entry(dialog.body, textvariable=letters)
    do = dialog.button(yes, go, main=True)
    no = dialog.button(words("dialogs.cancel"), dialog.close)
    if not wanted:
        dialog.open(no)
        return dialog
    named = words("dialogs.or").join(f"“{one}”" for one in shown if _plain(one))
    ttk.Label(dialog.body, text=words("dialogs.type", word=named), wraplength=px(412), justify="left").pack(
        anchor="w", pady=(px(14), px(4))
    )
    entry.pack(fill="x")
    fault = ttk.Label(dialog.body, style="Fault.TLabel")
    fault.pack(anchor="w")
    do.state(["disabled"])

    def typed(*_: object) -> None:
        right = _plain(letters.get()) in wanted
        do.state(["!disabled" if right else "disabled"])
        fault.configure(text="" if right or not letters.get().strip() else words("dialogs.not_that"))

    letters.trace_add("write", typed)
    entry.bind("<Return>", lambda _: go())
    dialog.open(entry)
    return dialog


def save_as(office: Office, name: str, kind: str) -> Path | None:
    """Where a file is to be kept; None: nowhere after all.

    Args:
        office: Of the window.
        name: That is suggested, with its ending.
        kind: What such files are called.
    """
    ending = Path(name).suffix
    chosen = filedialog.asksaveasfilename(
        parent=office.root, title=office.words("dialogs.save_as"), initialfile=name, defaultextension=ending,
        filetypes=[(kind, f"*{ending}")],
    )  # fmt: skip
    return Path(chosen) if chosen else None


def keep(path: Path, content: bytes) -> Path:
    """Write a file that only its owner may read, beside the window; its path again. Raises ``OSError``."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(content)
    return path


def _plain(text: str) -> str:
    """Its letters and digits: nobody has to type a name's signs or a number's blanks. Signs where it is only signs."""
    whole = unicodedata.normalize("NFKC", text).casefold()
    return "".join(char for char in whole if char.isalnum()) or whole.strip()


def _grabbing(root: tk.Misc) -> Dialog | None:
    try:
        holder = root.grab_current()
    except KeyError:  # A list of a combobox, which Tk made without tkinter's knowing.
        return None
    return holder if isinstance(holder, Dialog) else None


def _focused(root: tk.Misc) -> tk.Misc | None:
    try:
        return root.focus_get()
    except KeyError:  # A list of a combobox, which Tk made without tkinter's knowing.
        return None
