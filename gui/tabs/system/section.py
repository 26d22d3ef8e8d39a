"""What the sections of this tab have in common: a head with buttons, a table, asking again while it can be seen."""

import tkinter as tk
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from tkinter import ttk
from typing import Generic, TypeVar

from agent.contract.access import Role
from gui.kit.heading import Heading
from gui.kit.panels import Empty
from gui.kit.plain_table import PlainTable
from gui.loop import Debounced
from gui.office import Office
from gui.parts import Part
from gui.theme import Tone

Thing = TypeVar("Thing")


class Section(ttk.Frame):
    """One of them. It asks when it is shown, when its parts change, and every ``every_ms`` while it can be seen."""

    title = ""
    """Of the words' room ``system``; its hint is the same with ``_hint``."""
    parts: frozenset[Part] = frozenset()
    every_ms = 0

    def __init__(self, master: tk.Misc, office: Office) -> None:
        super().__init__(master)
        self.office, self.words = office, office.words
        self.seen = False
        self._turn = 0
        px = office.theme.px
        hint = f"system.{self.title}_hint"
        said = self.words(hint) if self.words.has(hint) else ""
        head = Heading(self, office.theme, self.words(f"system.{self.title}"), said)
        head.pack(fill="x", pady=(px(4), px(10)))
        self.tools = head.tools

    def show(self) -> None:
        """It can be seen now."""
        self.seen = True
        self._turn += 1
        self.refresh()
        self._later(self._turn)

    def hide(self) -> None:
        """It cannot be seen any more."""
        self.seen = False

    def refresh(self) -> None:
        """Ask the agent."""
        raise NotImplementedError

    def tool(self, text: str, do: Callable[[], None], *, main: bool = False) -> ttk.Button:
        """A button of the head, the first one outermost on the right."""
        button = ttk.Button(self.tools, text=text, command=do, style="Accent.TButton" if main else "TButton")
        button.pack(side="right", padx=(self.office.theme.px(8), 0))
        return button

    def copy(self, text: str) -> None:
        """Into the clipboard."""
        self.clipboard_clear()
        self.clipboard_append(text)
        self.office.say(self.words("system.copied"), "calm")

    def _later(self, turn: int) -> None:
        def again() -> None:
            if self.seen and turn == self._turn:
                self.refresh()
                self._later(turn)

        if self.every_ms:
            self.office.loop.later(self.every_ms, again, self)


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table: its own name, what its columns say, how it is meant."""

    name: str
    values: tuple[str, ...]
    tone: Tone | None = None


class Table(ttk.Frame):
    """Lines that keep their place and their choice when they come anew."""

    def __init__(
        self,
        master: tk.Misc,
        office: Office,
        columns: Mapping[str, int],
        *,
        empty: str = "",
        hint: str = "",
        chosen: Callable[[], None] = lambda: None,
        height: int = 8,
    ) -> None:
        """``columns``: the words' key of each, and its share of the width."""
        super().__init__(master)
        self._office, self._chosen = office, chosen
        px = office.theme.px
        self.list = PlainTable(self, office, columns, show="headings", height=height)
        self._shares = {name: share / sum(columns.values()) for name, share in columns.items()}
        for name, width in columns.items():
            self.list.heading(name, text=office.words(f"system.{name}"), anchor="w")
            self.list.column(name, width=px(width) // 2, minwidth=px(30), stretch=True)
        self.list.bind("<Configure>", lambda event: self._share_out(event.width), add=True)
        self._bar = ttk.Scrollbar(self, command=self.list.yview)
        self.list.configure(yscrollcommand=self._scrolled)
        self.list.grid(row=0, column=0, sticky="nsew")
        self.columnconfigure(0, weight=1)
        self.rowconfigure(0, weight=1)
        self._empty = Empty(self, empty, hint)
        self._tell = Debounced(office.loop, self, 1, chosen)
        self.list.bind("<<TreeviewSelect>>", self._tell)
        office.theme.follow(self.list, self._restyle)

    @property
    def names(self) -> tuple[str, ...]:
        """Of all lines, from the top."""
        return self.list.get_children()

    @property
    def selected(self) -> str | None:
        """The name of the line that was chosen."""
        return next(iter(self.list.selection()), None)

    def choose(self, name: str) -> None:
        """Choose a line."""
        self.list.selection_set(name)
        self.list.focus(name)
        self.list.see(name)

    def show(self, rows: Sequence[Row]) -> None:
        """Other lines; only what differs is touched."""
        wanted = {row.name for row in rows}
        for name in self.list.get_children():
            if name not in wanted:
                self.list.delete(name)
        for at, row in enumerate(rows):
            self.list.write(row.name, row.values, at=at, tag=row.tone or "plain")
        self._say_empty(not rows)
        self._tell()

    def on_top(self, row: Row, most: int) -> None:
        """One more line above the others, of which the oldest go."""
        self.list.write(row.name, row.values, at=0, tag=row.tone or "plain")
        for name in self.list.get_children()[most:]:
            self.list.delete(name)
        self._say_empty(False)

    def _share_out(self, width: int) -> None:
        """Tk widens columns, and cuts off those for which there is no room."""
        for name, share in self._shares.items():
            self.list.column(name, width=int((width - 4) * share))

    def _scrolled(self, first: float, last: float) -> None:
        """The bar is there only where there is something to scroll."""
        self._bar.set(first, last)
        if float(first) > 0 or float(last) < 1:
            self._bar.grid(row=0, column=1, sticky="ns")
        else:
            self._bar.grid_remove()

    def _say_empty(self, is_empty: bool) -> None:
        if is_empty:
            top = self._office.theme.px(34)
            self._empty.place(x=2, y=top, relwidth=1, relheight=1, width=-4, height=-top - 4)
        else:
            self._empty.place_forget()

    def _restyle(self) -> None:
        colours = self._office.theme.palette
        for tone, colour in (
            ("plain", colours.ink), ("calm", colours.ink_2), ("good", colours.good), ("warn", colours.warn),
            ("bad", colours.bad),
        ):  # fmt: skip
            self.list.tag_configure(tone, foreground=colour)


class Register(Section, Generic[Thing]):
    """A section of one table, with buttons for administrators: some of them about the line that was chosen."""

    def __init__(self, master: tk.Misc, office: Office) -> None:
        super().__init__(master, office)
        self.admin = office.may(Role.ADMIN)
        self.things: dict[str, Thing] = {}
        """By the names of their lines."""
        self._about_one: list[ttk.Button] = []

    def about_one(self, text: str, do: Callable[[Thing], None]) -> ttk.Button:
        """A button of the head that does something with the line that was chosen."""

        def go() -> None:
            if (thing := self.one) is not None:
                do(thing)

        button = self.tool(text, go)
        self._about_one.append(button)
        return button

    def lay_out(self, columns: Mapping[str, int], empty: str, hint: str) -> None:
        """Make the table, under everything that is there."""
        self.table = Table(self, self.office, columns, empty=empty, hint=hint, chosen=self.chosen)
        self.table.pack(fill="both", expand=True)
        self.chosen()

    @property
    def one(self) -> Thing | None:
        """What was chosen."""
        return self.things.get(self.table.selected or "")

    def chosen(self) -> None:
        """Another line was chosen, or none."""
        for button in self._about_one:
            enable(button, self.one is not None)


def enable(button: ttk.Button, is_so: bool) -> None:
    """Whether a button can be pressed."""
    button.state(["!disabled" if is_so else "disabled"])
