"""What the sections of this tab are made of: a head with buttons, a list to choose from, a text of several lines."""

import tkinter as tk
from collections.abc import Callable, Iterable, Sequence
from tkinter import ttk

from gui.kit.dialogs import confirm
from gui.kit.edits import Edits
from gui.kit.forms import Lines
from gui.kit.heading import Heading
from gui.kit.panels import Empty
from gui.kit.plain_table import PlainTable
from gui.kit.typed import Wrong
from gui.kit.unsaved import Unsaved, ask_first
from gui.loop import Debounced
from gui.office import Office
from gui.parts import Part


class AiSection(Unsaved, ttk.Frame):
    """One of them; it asks when it comes into sight and when its parts have changed."""

    title = ""
    """Of the words' room ``ai``; what stands under it is the same with ``_hint``."""
    parts: frozenset[Part] = frozenset()

    def __init__(self, master: tk.Misc, office: Office) -> None:
        super().__init__(master)
        self.office, self.words = office, office.words
        px = office.theme.px
        head = Heading(self, office.theme, self.words(f"ai.{self.title}"), self.words(f"ai.{self.title}_hint"))
        head.pack(fill="x", pady=(px(4), px(12)))
        self.tools = head.tools

    @property
    def is_unsaved(self) -> bool:
        """Whether something was written in it that is not stored yet."""
        return False

    @property
    def edits(self) -> Edits | None:
        """The changes that can be taken back; None: there are none."""
        return None

    def refresh(self) -> None:
        """Ask the agent."""

    def leave(self, then: Callable[[], None]) -> None:
        """Show something else in the editor; where something was written, ask first."""
        ask_first(self.office, self, then)

    def take_away(
        self,
        path: str,
        name: str,
        text: str,
        gone: Callable[[], None],
        *,
        match: str | None = None,
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        """Take something away, if the person says yes; ``match``: only as it was seen."""

        def done(_: bytes) -> None:
            self.office.say(self.words("ai.deleted"))
            gone()
            self.refresh()

        def agreed() -> None:
            self.office.ask(lambda api: api.send("DELETE", path, match=match), done, owner=self, failed=failed)

        confirm(self.office, self.words("ai.delete_it", name=name), text, yes=self.words("ai.delete"), then=agreed)

    def halves(self) -> tuple[ttk.Frame, ttk.Frame]:
        """Two places beside each other. What is in them never changes how wide they are: broken lines would do so."""
        both = ttk.Frame(self)
        both.pack(fill="both", expand=True)
        both.rowconfigure(0, weight=1)
        made = []
        for at in range(2):
            half = ttk.Frame(both)
            half.pack_propagate(False)
            half.grid(row=0, column=at, sticky="nsew", padx=(0, 0 if at else self.office.theme.px(16)))
            both.columnconfigure(at, weight=1, uniform="halves")
            made.append(half)
        return made[0], made[1]

    def tool(self, key: str, do: Callable[[], None], *, main: bool = False) -> ttk.Button:
        """One more button in the head; the first stands outermost on the right."""
        return self.button(self.tools, key, do, main=main, side="right")

    def button(
        self, master: tk.Misc, key: str, do: Callable[[], None], *, main: bool = False, side: str = "left"
    ) -> ttk.Button:
        """A button with the words of this room."""
        made = ttk.Button(
            master, text=self.words(f"ai.{key}"), command=do, style="Accent.TButton" if main else "TButton"
        )
        gap = self.office.theme.px(8)
        made.pack(side="right" if side == "right" else "left", padx=(gap, 0) if side == "right" else (0, gap))
        return made


class Listing(ttk.Frame):
    """Lines to choose from. They keep their place and their choice when they come anew."""

    def __init__(
        self,
        master: tk.Misc,
        office: Office,
        columns: Sequence[tuple[str, int]],
        chosen: Callable[[str | None], None] = lambda _: None,
        *,
        empty: str = "",
        hint: str = "",
        height: int = 8,
        leave: Callable[[Callable[[], None]], None] = lambda then: then(),
    ) -> None:
        """``columns``: their headings and widths in pixels at 100 %; the first one takes what is left.

        ``leave``: does what it is given once another line may be chosen.
        """
        super().__init__(master)
        self._office, self._told, self._leave = office, chosen, leave
        px = office.theme.px
        names = [f"c{at}" for at in range(len(columns))]
        self.list = PlainTable(self, office, names, show="headings", height=height)
        for name, (heading, width) in zip(names, columns, strict=True):
            self.list.heading(name, text=heading, anchor="w")
            self.list.column(name, width=px(width), minwidth=px(40), stretch=name == "c0")
        bar = ttk.Scrollbar(self, command=self.list.yview)
        self.list.configure(yscrollcommand=bar.set)
        bar.pack(side="right", fill="y")
        self.list.pack(side="left", fill="both", expand=True)
        self._empty = Empty(self, empty, hint)
        self._last: str | None = None
        self._tell = Debounced(office.loop, self, 1, self._choose)
        self.list.bind("<<TreeviewSelect>>", self._tell)

    @property
    def selected(self) -> str | None:
        """The name of the chosen line."""
        return next(iter(self.list.selection()), None)

    def choose(self, name: str | None) -> None:
        """Choose a line, or none."""
        self._select(name)
        if self.selected is not None:
            self.list.see(self.selected)
        self._choose()

    def show(self, rows: Iterable[tuple[str, tuple[str, ...]]]) -> None:
        """Other lines, by name; what is the same stays as it is."""
        wanted = dict(rows)
        self.list.delete(*(name for name in self.list.get_children() if name not in wanted))
        for at, (name, values) in enumerate(wanted.items()):
            self.list.write(name, values, at=at)
        if wanted:
            self._empty.place_forget()
        else:
            self._empty.place(x=2, y=self._office.theme.px(34), relwidth=1, relheight=0.85, width=-20)

    def say_empty(self, title: str, hint: str = "") -> None:
        """Why there is nothing."""
        self._empty.say(title, hint)

    def _select(self, name: str | None) -> None:
        self.list.selection_set((name,) if name is not None and self.list.exists(name) else ())

    def _choose(self) -> None:
        wanted = self.selected
        if wanted is None and self._last is not None:
            self._take(None)
        elif wanted != self._last:
            self._leave(lambda: self._take(wanted))
            if self._last != wanted:  # Asked, and not answered yet.
                self._select(self._last)

    def _take(self, name: str | None) -> None:
        if self.selected != name:
            self._select(name)
        self._last = name
        self._told(name)


class Prose(Lines):
    """A text of several lines, as one text."""

    rows = 7

    def read(self) -> object:
        """What it stands for."""
        return self._parse(self.text.get("1.0", "end").strip("\n").rstrip())

    def _show(self, value: object) -> None:
        locked = str(self.text.cget("state")) == "disabled"
        self.text.configure(state="normal", height=self.rows, wrap="word")
        self.text.delete("1.0", "end")
        self.text.insert("1.0", str(value or ""))
        self.text.edit_reset()
        self.text.configure(state="disabled" if locked else "normal")


def prose(most: int, *, needed: bool = True) -> Callable[[str], object]:
    """A text of several lines, of at most so many letters."""

    def parse(text: str) -> object:
        if needed and not text.strip():
            raise Wrong("needed")
        if len(text) > most:
            raise Wrong("too_long", n=most)
        return text

    return parse


def wrapped(label: ttk.Label) -> ttk.Label:
    """Put it in its place, as wide as there is room, and broken into lines there."""
    label.configure(justify="left")
    label.pack(fill="x", anchor="w")
    label.bind("<Configure>", lambda event: label.configure(wraplength=max(event.width, 1)))
    return label


def enable(button: ttk.Button, *, is_so: bool) -> None:
    """Whether a button can be pressed."""
    button.state(["!disabled" if is_so else "disabled"])
