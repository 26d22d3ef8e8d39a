"""What happened in a recording: a line for each event, and one of them in full below."""

import tkinter as tk
from collections.abc import Callable, Sequence
from itertools import islice
from tkinter import font, ttk

from agent.contract.recordings import MarkKind, RecordingMark
from gui.kit.shown_text import cut, harmless, one_line
from gui.loop import Debounced
from gui.office import Office
from gui.player.playback import moment
from gui.theme import Tone

_AT_ONCE = 200
"""Lines that are made in one turn."""
_AT = 74
"""Pixels at 100 % of the column of moments."""
_FULL, _SHORT, _LOW = 7, 5, 400
"""Lines of the event that is shown in full; the fewer where all of it is lower than so many pixels at 100 %."""
_TITLE = 40
"""Letters of a conversation's title."""
_RESIZED_MS = 200
_TONES: dict[MarkKind, Tone | None] = {
    MarkKind.IN: "good",
    MarkKind.CARD: "warn",
    MarkKind.OUTCOME: "warn",
    MarkKind.FAULT: "bad",
    MarkKind.OUT: None,
}


class Events(ttk.Frame):
    """The list and what one of its lines says in full."""

    def __init__(self, master: tk.Misc, office: Office, chosen: Callable[[int], None]) -> None:
        """``chosen`` is told which event somebody chose, by its place."""
        super().__init__(master)
        self._office, self._chosen, self._quiet = office, chosen, -1
        px, words = office.theme.px, office.words
        self._marks: Sequence[RecordingMark] = ()
        below = ttk.Frame(self)
        below.pack(side="bottom", fill="x", pady=(px(8), 0))
        self.told = tk.Text(
            below, height=_FULL, width=10, wrap="word", borderwidth=0, highlightthickness=1, font="SunValleyBodyFont",
            padx=px(10), pady=px(8), state="disabled", takefocus=False, cursor="arrow",
        )  # fmt: skip
        inside = ttk.Frame(self)
        inside.pack(fill="both", expand=True)
        self.list = ttk.Treeview(inside, columns=("at", "what"), show="headings", selectmode="browse", height=4)
        self.list.heading("at", text=words("player.at"), anchor="w")
        self.list.heading("what", text=words("player.what"), anchor="w")
        self.list.column("at", width=px(_AT), minwidth=px(50), stretch=False)
        self.list.column("what", width=px(200), minwidth=px(80))
        for scrolled in (self.list, self.told):
            bar = ttk.Scrollbar(scrolled.master, command=scrolled.yview)
            scrolled.configure(yscrollcommand=bar.set)
            bar.pack(side="right", fill="y")
            scrolled.pack(side="left", fill="both", expand=True)
        self.list.bind("<<TreeviewSelect>>", self._selected)
        self._letters = font.Font(self, font="SunValleyBodyFont")
        self._room, self._listing, self._last = 0, 0, -1
        self._resized = Debounced(office.loop, self, _RESIZED_MS, self._list)
        self.bind("<Configure>", self._resize)
        self.list.bind("<Configure>", self._resized)
        office.theme.follow(self, self._restyle)

    def fill(self, marks: Sequence[RecordingMark]) -> None:
        """Everything that happened, in the order of time."""
        self._marks, self._room = marks, 0
        self._list()

    def _list(self) -> None:
        """Write the lines, as long as there is room; another width, other lines."""
        room = self.list.winfo_width() - self._office.theme.px(_AT + 24)
        if room <= 0 or room == self._room:  # What has no width yet gets one soon, and is listed then.
            return
        self._room = room
        self._listing = turn = self._listing + 1
        rest = iter(enumerate(self._marks))

        def some() -> None:
            made = 0 if turn == self._listing else _AT_ONCE
            for at, mark in islice(rest, _AT_ONCE - made):
                values = (moment(mark.at_s), cut(self.line(mark), self._letters, room))
                if self.list.exists(str(at)):
                    self.list.item(str(at), values=values)
                else:
                    self.list.insert("", "end", str(at), values=values, tags=(_tag(mark),))
                made += 1
            self.stand(self._last)
            if made == _AT_ONCE and turn == self._listing:
                self._office.loop.later(1, some, self)

        some()

    def _resize(self, event: "tk.Event[tk.Misc]") -> None:
        lines = _SHORT if event.height < self._office.theme.px(_LOW) else _FULL
        if int(self.told.cget("height")) != lines:
            self.told.configure(height=lines)

    def stand(self, index: int) -> None:
        """This event happened last; -1: none yet."""
        self._last, name = index, str(index)
        if self.list.selection() == ((name,) if index >= 0 else ()):
            return
        if index >= 0 and not self.list.exists(name):
            return  # It is still being listed.
        self._quiet = index
        self.list.selection_set(name if index >= 0 else ())
        if index >= 0:
            self.list.focus(name)
            self.list.see(name)
        self._tell(index)

    def line(self, mark: RecordingMark) -> str:
        """An event in one line."""
        words = self._office.words
        head = words(f"player.kind_{mark.kind.value}")
        match mark.kind:
            case MarkKind.IN | MarkKind.OUT | MarkKind.NOTE:
                said = self._message(mark)
            case MarkKind.CARD:
                said = " · ".join(mark.replies) or words("player.no_replies")
            case MarkKind.CHAT:
                said = mark.title or ""
            case _:
                said = self._named(mark)
        return one_line(f"{head}: {said}")

    def _message(self, mark: RecordingMark) -> str:
        kind = self._office.words.label("messages", f"kind_{mark.message_kind}") if mark.message_kind else ""
        return " ".join(part for part in (kind if mark.message_kind != "system" else "", mark.text or "") if part)

    def _named(self, mark: RecordingMark) -> str:
        words, code = self._office.words, mark.code or ""
        if mark.kind is MarkKind.SCREEN:
            return words.label("system", f"screen_{code}")
        if mark.kind is MarkKind.LIFE:
            return words.label("life", code)
        if mark.kind is MarkKind.OUTCOME:
            return words.label("event", f"suggestion.{code}")
        if mark.kind is MarkKind.CHANGED:
            return words.label("event", code)
        return words("player.lost") if code == "lost" else code

    def _tell(self, index: int) -> None:
        """Show one in full."""
        self.told.configure(state="normal")
        self.told.delete("1.0", "end")
        if 0 <= index < len(self._marks):
            for text, tag in self._whole(self._marks[index]):
                self.told.insert("end", harmless(text), tag)
        self.told.configure(state="disabled")

    def _whole(self, mark: RecordingMark) -> list[tuple[str, str]]:
        words = self._office.words
        messages = (MarkKind.IN, MarkKind.OUT, MarkKind.NOTE)
        head = words(f"player.kind_{mark.kind.value}")
        where = f" · {one_line(mark.title, _TITLE)}" if mark.title and mark.kind in messages else ""
        before = f" · {words('player.before')}" if mark.before else ""
        told = [(f"{head}{where}", "head"), (f" · {moment(mark.at_s)}{before}\n", "quiet")]
        if mark.kind in messages:
            told.append((f"{self._message(mark)}\n", ""))
        elif mark.kind is MarkKind.CARD:
            told += [(f"{number}  {text}\n", "item") for number, text in enumerate(mark.replies, 1)]
        else:
            told.append((f"{mark.title or self._named(mark)}\n", ""))
        if mark.intent is not None:
            mood = words.label("sentiment", mark.sentiment) if mark.sentiment else "–"
            known = words("player.understood", intent=words.intent(mark.intent), mood=mood)
            told.append((known, "quiet"))
        return told

    def _selected(self, _: object) -> None:
        index = next((int(name) for name in self.list.selection()), -1)
        if index == self._quiet:
            return
        self._quiet = index
        self._tell(index)
        if index >= 0:
            self._chosen(index)

    def _restyle(self) -> None:
        theme, colours = self._office.theme, self._office.theme.palette
        tones = {"good": colours.good, "warn": colours.warn, "bad": colours.bad, "quiet": colours.ink_2}
        for tag, colour in {**tones, "plain": colours.ink}.items():
            self.list.tag_configure(tag, foreground=colour)
        self.told.configure(
            background=colours.paper, foreground=colours.ink, highlightbackground=colours.line,
            highlightcolor=colours.line, selectbackground=colours.accent_soft, selectforeground=colours.ink,
        )  # fmt: skip
        self.told.tag_configure("head", font="SunValleyBodyStrongFont", spacing3=theme.px(4))
        self.told.tag_configure("quiet", foreground=colours.ink_2, font="SunValleyCaptionFont")
        self.told.tag_configure("item", lmargin2=theme.px(18), spacing1=theme.px(3))


def _tag(mark: RecordingMark) -> str:
    """What was there before stays in the background; so does what is neither a message nor a card."""
    tone = _TONES.get(mark.kind, "quiet") or "plain"
    return "quiet" if mark.before else tone
