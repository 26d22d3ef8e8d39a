"""Fields with a name, that are looked at while one types, and that say under them what is wrong."""

import tkinter as tk
from collections.abc import Callable, Mapping, Sequence
from tkinter import ttk

from gui.kit.typed import Parse, Wrong
from gui.theme import Theme
from gui.words import Words

_NAME_WIDTH = 330
_CONTROL_WIDTH = 300


class Field(ttk.Frame):
    """One of them. ``beside``: its name stands at its left, with a note under it; else above it."""

    def __init__(
        self,
        master: tk.Misc,
        theme: Theme,
        words: Words,
        name: str,
        *,
        note: str = "",
        beside: bool = False,
        changed: Callable[[], None] = lambda: None,
    ) -> None:
        super().__init__(master)
        self.theme, self.words, self.changed = theme, words, changed
        px = theme.px
        self._head = head = ttk.Frame(self)
        wrap = px(_NAME_WIDTH - 10 if beside else 400)
        self.name = ttk.Label(head, text=name, justify="left", wraplength=wrap if beside else 0)
        self.note = ttk.Label(head, text=note, style="Caption.TLabel", justify="left", wraplength=wrap)
        self.name.pack(anchor="w")
        self.control = ttk.Frame(self)
        if beside:
            self._is_beside: bool | None = None
            self._fit(px(_NAME_WIDTH + _CONTROL_WIDTH))
            self.bind("<Configure>", lambda event: self._fit(event.width))
        else:
            self.name.configure(style="Caption.TLabel")
            head.pack(fill="x")
            self.control.pack(fill="x", pady=(px(2), 0))
        if note:
            self.note.pack(anchor="w")
        self._fault = ttk.Label(self.control, style="Fault.TLabel", wraplength=px(400), justify="left")
        self.kept: object = None
        """What it held when it was last filled."""

    def _fit(self, width: int) -> None:
        """The name at the left; above, where the control would have too little room beside it."""
        px = self.theme.px
        beside = width >= px(_NAME_WIDTH + _CONTROL_WIDTH)
        if beside == self._is_beside:
            return
        self._is_beside = beside
        self._head.grid(row=0, column=0, sticky="nw", padx=(0, px(20)))
        self.control.grid(row=0 if beside else 1, column=1 if beside else 0, sticky="new")
        for column, least in enumerate((_NAME_WIDTH, _CONTROL_WIDTH)):
            self.columnconfigure(column, minsize=px(least) if beside else 0, weight=int(column == beside))

    @property
    def fault(self) -> str:
        """What is said to be wrong; empty where nothing is."""
        return str(self._fault.cget("text"))

    def read(self) -> object:
        """What it holds. Raises ``Wrong``."""
        raise NotImplementedError

    def put(self, value: object) -> None:
        """Another value, that counts as not changed."""
        self._show(value)
        self.kept = value
        self.say("")

    def lock(self) -> None:
        """It can be read, and not be changed."""
        raise NotImplementedError

    def focus_it(self) -> None:
        """Put the keyboard into it."""

    @property
    def is_changed(self) -> bool:
        """Whether it holds something else than what it was filled with."""
        try:
            return self.read() != self.kept
        except Wrong:
            return True

    def check(self) -> bool:
        """Look whether it can be taken, and say what is wrong."""
        try:
            self.read()
        except Wrong as wrong:
            self.say(self.words(f"forms.{wrong.key}", **wrong.values))
            return False
        self.say("")
        return True

    def say(self, fault: str) -> None:
        """Say what is wrong with it."""
        self._fault.configure(text=fault)
        if fault and not self._fault.winfo_manager():
            self._fault.pack(side="bottom", anchor="w")
        elif not fault:
            self._fault.pack_forget()

    def _show(self, value: object) -> None:
        raise NotImplementedError

    def _typed(self, *_: object) -> None:
        self.check()
        self.changed()


class Line(Field):
    """A text of one line, and what it stands for."""

    def __init__(
        self, master: tk.Misc, theme: Theme, words: Words, name: str, parse: Parse, *,
        show: str = "", note: str = "", beside: bool = False, changed: Callable[[], None] = lambda: None,
    ) -> None:  # fmt: skip
        super().__init__(master, theme, words, name, note=note, beside=beside, changed=changed)
        self._parse = parse
        self._quiet = False
        self._text = tk.StringVar(self)
        self.entry = ttk.Entry(self.control, textvariable=self._text, show=show)
        self.entry.pack(fill="x")
        self._text.trace_add("write", self._written)

    def read(self) -> object:
        """What the text stands for."""
        return self._parse(self._text.get())

    def lock(self) -> None:
        """Grey, but the text can still be copied."""
        self.entry.state(["readonly"])
        self.theme.follow(self.entry, self._grey)

    def focus_it(self) -> None:
        """The keyboard goes to it."""
        self.entry.focus_set()

    def _show(self, value: object) -> None:
        self._quiet = True
        text = self.words.figure(value) if isinstance(value, float) else "" if value is None else str(value)
        self._text.set(text)
        self._quiet = False

    def _grey(self) -> None:
        self.entry.configure(foreground=self.theme.palette.ink_2)

    def _written(self, *_: object) -> None:
        if not self._quiet:
            self._typed()


class Switch(Field):
    """On or off."""

    def __init__(
        self, master: tk.Misc, theme: Theme, words: Words, name: str, *,
        note: str = "", beside: bool = False, changed: Callable[[], None] = lambda: None,
    ) -> None:  # fmt: skip
        super().__init__(master, theme, words, name, note=note, beside=beside, changed=changed)
        self._on = tk.BooleanVar(self, value=False)
        self.button = ttk.Checkbutton(
            self.control, style="Switch.TCheckbutton", variable=self._on, command=self._switched
        )
        self.button.pack(anchor="w")

    def read(self) -> object:
        """Whether it is on."""
        return bool(self._on.get())

    def lock(self) -> None:
        """Grey."""
        self.button.state(["disabled"])

    def _show(self, value: object) -> None:
        self._on.set(bool(value))
        self._label_it()

    def _switched(self) -> None:
        self._label_it()
        self._typed()

    def _label_it(self) -> None:
        self.button.configure(text=self.words("forms.is_on" if self._on.get() else "forms.is_off"))


class Choice(Field):
    """One of several; ``options``: the values and what they are called."""

    def __init__(
        self, master: tk.Misc, theme: Theme, words: Words, name: str, options: Mapping[str, str], *,
        note: str = "", beside: bool = False, changed: Callable[[], None] = lambda: None,
    ) -> None:  # fmt: skip
        super().__init__(master, theme, words, name, note=note, beside=beside, changed=changed)
        self._called = dict(options)
        self.box = ttk.Combobox(self.control, values=list(self._called.values()), state="readonly")
        self.box.pack(fill="x")
        self.box.bind("<<ComboboxSelected>>", self._typed)

    def read(self) -> object:
        """The value that was chosen; None: none yet."""
        at = self.box.current()
        return list(self._called)[at] if at >= 0 else None

    def lock(self) -> None:
        """Grey."""
        self.box.state(["disabled"])

    def choose(self, value: str) -> None:
        """As a person would."""
        self.box.current(list(self._called).index(value))
        self._typed()

    def _show(self, value: object) -> None:
        names = list(self._called)
        if value in names:
            self.box.current(names.index(str(value)))
        else:
            self.box.set("")


class Lines(Field):
    """Several lines, and what they stand for."""

    def __init__(
        self, master: tk.Misc, theme: Theme, words: Words, name: str, parse: Parse, *,
        note: str = "", beside: bool = False, changed: Callable[[], None] = lambda: None,
    ) -> None:  # fmt: skip
        super().__init__(master, theme, words, name, note=note, beside=beside, changed=changed)
        self._parse = parse
        self.text = tk.Text(
            self.control, height=4, width=30, wrap="none", undo=True, borderwidth=0, highlightthickness=1,
            font="SunValleyBodyFont", padx=theme.px(8), pady=theme.px(6),
        )  # fmt: skip
        self.text.pack(fill="x")
        self.text.bind("<KeyRelease>", self._typed)
        # The Tab key leads on, as in every other field.
        self.text.bind("<Tab>", self._onwards)
        theme.follow(self.text, self._restyle)

    def read(self) -> object:
        """What the lines stand for."""
        return self._parse(self.text.get("1.0", "end"))

    def lock(self) -> None:
        """It can be read only."""
        self.text.configure(state="disabled")

    def focus_it(self) -> None:
        """The keyboard goes to it."""
        self.text.focus_set()

    def _show(self, value: object) -> None:
        lines: Sequence[object] = ()
        if isinstance(value, Mapping):
            lines = [f"{name}: {one}" for name, one in value.items()]
        elif isinstance(value, Sequence) and not isinstance(value, str):
            lines = value
        locked = str(self.text.cget("state")) == "disabled"
        self.text.configure(state="normal", height=min(max(len(lines) + 1, 3), 10))
        self.text.delete("1.0", "end")
        self.text.insert("1.0", "\n".join(map(str, lines)))
        self.text.edit_reset()
        self.text.configure(state="disabled" if locked else "normal")

    def _onwards(self, _: object) -> str:
        following = self.text.tk_focusNext()
        if following is not None:
            following.focus_set()
        return "break"

    def _restyle(self) -> None:
        colours = self.theme.palette
        self.text.configure(
            background=colours.paper, foreground=colours.ink, insertbackground=colours.ink,
            highlightbackground=colours.line, highlightcolor=colours.accent,
        )  # fmt: skip


def all_right(fields: Sequence[Field]) -> bool:
    """Look at all of them; the keyboard goes to the first that is wrong."""
    wrong = [field for field in fields if not field.check()]
    if wrong:
        wrong[0].focus_it()
    return not wrong
