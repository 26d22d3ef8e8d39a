"""What the lists of the tab are narrowed down by, and the fields it is said in."""

import tkinter as tk
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from tkinter import ttk

from agent.contract.analysis import INTENTS, Sentiment
from agent.contract.desk import ConversationOutcome, ConversationStatus
from gui.loop import Debounced
from gui.office import Office

_TYPING_MS = 350
_OTHER_WAY = ("%d/%m/%Y", "%Y-%m-%d")


@dataclass(frozen=True, slots=True)
class Choice:
    """One filter that is chosen from a list; its first option is no filter."""

    name: str
    options: Sequence[tuple[str, object]]
    """As it is written, and as it is asked."""


def conversation_choices(office: Office, *, is_user: bool) -> tuple[Choice, ...]:
    """Filters of the conversations. ``is_user``: somebody has signed in, so that there is a "mine"."""
    words = office.words
    anyone = words("messages.all")
    mine = [(words("messages.mine"), "me")] if is_user else []
    return (
        Choice("waiting", [(anyone, None), (words("messages.waiting"), True), (words("messages.not_waiting"), False)]),
        Choice("status", [(anyone, None), *((words(f"messages.status_{s}"), s) for s in ConversationStatus)]),
        Choice("outcome", [(anyone, None), *((words(f"messages.outcome_{o}"), o) for o in ConversationOutcome)]),
        Choice("assigned_to", [(anyone, None), *mine, (words("messages.nobodys"), "nobody")]),
    )


def message_choices(office: Office) -> tuple[Choice, ...]:
    """Filters of the messages."""
    words = office.words
    anyone = words("messages.all")
    sides = ("in", "out")
    intents = dict.fromkeys((*INTENTS, *sorted(words.titles, key=lambda name: words.intent(name).casefold())))
    return (
        Choice("direction", [(anyone, None), *((words(f"messages.direction_{side}"), side) for side in sides)]),
        Choice("sentiment", [(anyone, None), *((words(f"sentiment.{mood.value}"), mood) for mood in Sentiment)]),
        Choice("intent", [(anyone, None), *((words.intent(name), name) for name in intents)]),
    )


def day_of(written: str, *, end: bool = False) -> datetime | None:
    """A day as a person writes it: its beginning here, or the next one's. ``ValueError``: it is none."""
    if not written.strip():
        return None
    for pattern in _OTHER_WAY:
        try:
            day = datetime.strptime(written.strip(), pattern)  # noqa: DTZ007 (of this machine's zone, below)
            return (day + timedelta(days=1 if end else 0)).astimezone()
        except (ValueError, OverflowError):
            continue
    raise ValueError(written)


class Filters(ttk.Frame):
    """A few fields in two columns."""

    def __init__(
        self,
        master: tk.Misc,
        office: Office,
        choices: Sequence[Choice],
        changed: Callable[[], None],
        *,
        text: str = "",
        days: bool = False,
    ) -> None:
        """``text``: name of a filter that is typed; ``days``: from when until when, too."""
        super().__init__(master)
        self._office, self._changed, self._text = office, changed, text
        self._typed = Debounced(office.loop, self, _TYPING_MS, self._tell)
        self._before: dict[str, object] = {}
        self.boxes: dict[str, ttk.Combobox] = {}
        self.entries: dict[str, ttk.Entry] = {}
        self._offered: dict[str, Sequence[tuple[str, object]]] = {}
        self._places = 0
        if text:
            self._entry(text, wide=True)
        for choice in choices:
            self._box(choice)
        if days:
            for name in ("since", "before"):
                self._entry(name)
        self.fault = ttk.Label(self, style="Fault.TLabel", wraplength=office.theme.px(280), justify="left")
        ttk.Button(self, text=office.words("messages.clear_filters"), command=self.clear).grid(
            row=98, column=0, columnspan=2, sticky="e", pady=(0, office.theme.px(6))
        )
        for column in (0, 1):
            self.columnconfigure(column, weight=1, uniform="filters")

    @property
    def query(self) -> dict[str, object]:
        """What is asked, without what is not filtered. A day that is none is left out, and said."""
        found: dict[str, object] = {}
        for name, box in self.boxes.items():
            value = self._offered[name][max(box.current(), 0)][1]
            if value is not None:
                found[name] = value
        wrong = False
        for name, entry in self.entries.items():
            written = entry.get().strip()
            if name == self._text:
                found |= {name: written[:400]} if written else {}
                continue
            try:
                day = day_of(written, end=name == "before")
            except ValueError:
                wrong = True
                continue
            found |= {name: day.isoformat()} if day else {}
        self._complain(wrong)
        return found

    @property
    def active(self) -> int:
        """How many of them narrow the list down."""
        return len(self.query)

    def offer(self, choices: Sequence[Choice]) -> None:
        """Other options; what is chosen stays, if it is still among them."""
        for choice in choices:
            box, before = self.boxes[choice.name], self._offered[choice.name]
            if choice.options == before:
                continue
            chosen, values = before[max(box.current(), 0)][1], [value for _, value in choice.options]
            self._offered[choice.name] = choice.options
            box.configure(values=[text for text, _ in choice.options])
            box.current(values.index(chosen) if chosen in values else 0)
        self._tell()

    def clear(self) -> None:
        """No filter."""
        for box in self.boxes.values():
            box.current(0)
        for entry in self.entries.values():
            entry.delete(0, "end")
        self._tell()

    def _complain(self, wrong: bool) -> None:
        if wrong:
            self.fault.configure(text=self._office.words("messages.no_day"))
            self.fault.grid(row=99, column=0, columnspan=2, sticky="ew")
        else:
            self.fault.grid_remove()

    def _tell(self) -> None:
        now = self.query
        if now != self._before:
            self._before = now
            self._changed()

    def _place(self, name: str, *, wide: bool = False) -> ttk.Frame:
        px = self._office.theme.px
        if wide and self._places % 2:
            self._places += 1
        cell = ttk.Frame(self)
        row, column = divmod(self._places, 2)
        cell.grid(
            row=row, column=column, columnspan=2 if wide else 1, sticky="ew", pady=(0, px(6)),
            padx=(0, 0 if column or wide else px(6)),
        )  # fmt: skip
        self._places += 2 if wide else 1
        ttk.Label(cell, text=self._office.words(f"messages.filter_{name}"), style="Caption.TLabel").pack(anchor="w")
        return cell

    def _box(self, choice: Choice) -> None:
        cell = self._place(choice.name)
        box = ttk.Combobox(cell, state="readonly", values=[text for text, _ in choice.options], width=10)
        box.current(0)
        box.pack(fill="x")
        box.bind("<<ComboboxSelected>>", lambda _: self._tell())
        self.boxes[choice.name], self._offered[choice.name] = box, choice.options

    def _entry(self, name: str, *, wide: bool = False) -> None:
        entry = ttk.Entry(self._place(name, wide=wide), width=10)
        entry.pack(fill="x")
        entry.bind("<KeyRelease>", self._typed)
        self.entries[name] = entry
