"""A text that is written in its place: shown, edited, checked as one types, kept or left as it was."""

import tkinter as tk
from collections.abc import Callable
from tkinter import ttk

from gui.kit.shown_text import harmless
from gui.office import Office
from gui.tabs.customers.paper import Ink, Said, Slip, paint, small_button

Check = Callable[[str], str]


class Writing(Slip):
    """A field with its button, and below it what is wrong with what stands in it."""

    def __init__(
        self,
        master: tk.Misc,
        office: Office,
        *,
        check: Check,
        save: Callable[[str], None],
        button: str,
        lines: int = 1,
        leave: Callable[[], None] | None = None,
    ) -> None:
        """``leave``: what Escape and the second button do; without it, the field stays and is emptied."""
        super().__init__(master, office.theme)
        self._check, self._save, self._leave, self._several = check, save, leave, lines > 1
        px = office.theme.px
        self.field: ttk.Entry | tk.Text
        row = Slip(self, office.theme)
        row.pack(fill="x")
        below = row
        if self._several:
            self.field = tk.Text(
                row, height=lines, width=20, wrap="word", font="SunValleyBodyFont", undo=True, relief="flat",
                highlightthickness=1, padx=px(8), pady=px(5),
            )  # fmt: skip
            paint(self.field, office.theme)
            self.field.pack(fill="x")
            below = Slip(self, office.theme)
            below.pack(fill="x", pady=(px(4), 0))
        else:
            self._typing = tk.StringVar(self)
            self._typing.trace_add("write", self._typed)
            self.field = ttk.Entry(row, width=12, textvariable=self._typing)
        if leave is not None:
            small_button(below, office.words("dialogs.cancel"), self.leave).pack(side="right", padx=(px(4), 0))
        self._button = small_button(below, button, self.save, style="Paper.TButton")
        self._button.pack(side="right", padx=(px(6), 0))
        if not self._several:
            self.field.pack(side="left", fill="x", expand=True)
        self._fault = Said(self if not self._several else below, office.theme, ink="bad", font="SunValleyCaptionFont")
        if self._several:
            self.field.bind("<<Modified>>", self._modified)
        self.field.bind("<Control-Return>" if self._several else "<Return>", lambda _: self._enter())
        self.field.bind("<Escape>", lambda _: self.leave())
        self._typed()

    @property
    def text(self) -> str:
        """What stands in it, without blanks at its ends."""
        whole = self.field.get("1.0", "end") if isinstance(self.field, tk.Text) else self.field.get()
        return whole.strip()

    @property
    def fault(self) -> str:
        """What is said to be wrong with it."""
        return str(self._fault.cget("text"))

    def put(self, text: str) -> None:
        """Another text."""
        if isinstance(self.field, tk.Text):
            self.field.delete("1.0", "end")
            self.field.insert("1.0", text)
            self.field.edit_reset()
        else:
            self.field.delete(0, "end")
            self.field.insert(0, text)
        self._typed()

    def say(self, fault: str) -> None:
        """Tell what is wrong."""
        self._fault.configure(text=fault)
        if fault:
            self._fault.pack(side="left" if self._several else "top", anchor="w")
        else:
            self._fault.pack_forget()

    def save(self) -> None:
        """Hand the text over, where there is nothing wrong with it."""
        fault = self._check(self.text)
        self.say(fault)
        if fault:
            self.field.focus_set()
        else:
            self._save(self.text)

    def leave(self) -> None:
        """Leave it as it was."""
        if self._leave is not None:
            self._leave()
        else:
            self.put("")

    def check(self) -> None:
        """Look again: what it depends on has changed."""
        self._typed()

    def _enter(self) -> str:
        self.save()
        return "break"

    def _modified(self, _: object) -> None:
        if isinstance(self.field, tk.Text) and self.field.edit_modified():
            self.field.edit_modified(False)
            self._typed()

    def _typed(self, *_: object) -> None:
        text = self.text
        fault = self._check(text)
        self._button.state(["disabled" if fault else "!disabled"])
        self.say(fault if text else "")


class Editable(Slip):
    """A text that becomes a field when it is clicked."""

    def __init__(
        self,
        master: tk.Misc,
        office: Office,
        *,
        check: Check,
        save: Callable[[str, Callable[[str], None]], None],
        lines: int = 1,
        font: str = "SunValleyBodyFont",
        ink: Ink = "ink",
        editable: bool = True,
    ) -> None:
        """``save`` is given the text and what to call, with the reason, when it was not taken."""
        super().__init__(master, office.theme)
        self._office, self._check, self._save, self._lines = office, check, save, lines
        self.text = ""
        self._writing: Writing | None = None
        self._row = Slip(self, office.theme)
        self._row.pack(fill="x")
        self.pencil = small_button(self._row, office.words("customers.edit"), self.edit)
        if editable:
            self.pencil.pack(side="right", anchor="n")
        self._label = Said(self._row, office.theme, font=font, ink=ink, wraps=True)
        self._label.pack(side="left", fill="x", expand=True)
        if editable:
            self._label.bind("<Double-1>", lambda _: self.edit())

    @property
    def busy(self) -> bool:
        """Whether somebody is writing in it."""
        return self._writing is not None

    def show(self, text: str) -> None:
        """Another text; one that is being written stays."""
        self.text = text
        self._label.configure(text=harmless(text) or "–")

    def edit(self, text: str | None = None, fault: str = "") -> None:
        """Open the field."""
        if self._writing is None:
            self._row.pack_forget()
            self._writing = Writing(
                self, self._office, check=self._check, save=self._keep, button=self._office.words("customers.save"),
                lines=self._lines, leave=self.close,
            )  # fmt: skip
            self._writing.pack(fill="x")
        self._writing.put(self.text if text is None else text)
        if fault:
            self._writing.say(fault)
        self._writing.field.focus_set()

    def close(self) -> None:
        """Close the field without keeping what stands in it."""
        if self._writing is not None:
            self._writing.destroy()
            self._writing = None
            self._row.pack(fill="x")
            self.pencil.focus_set()

    def _keep(self, text: str) -> None:
        before = self.text
        self.close()
        if text == before:
            return
        self.show(text)

        def refused(why: str) -> None:
            self.show(before)
            if self.winfo_exists():
                self.edit(text, why)

        self._save(text, refused)
