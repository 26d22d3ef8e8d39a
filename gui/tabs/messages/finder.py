"""The left side: all conversations, or the messages in which something was found."""

import tkinter as tk
from collections.abc import Callable
from tkinter import ttk
from typing import Any

from agent.contract.desk import ConversationLine, ConversationOutcome, ConversationStatus
from agent.contract.rows import Direction, Kind
from agent.contract.search import FoundMessage, FoundPage
from gui.kit.panels import Empty
from gui.kit.shown_text import one_line
from gui.kit.virtual_cards import Card, VirtualCards
from gui.link.api import Api, Listed
from gui.link.credentials import Person
from gui.loop import Debounced
from gui.office import Office
from gui.tabs.messages.filters import Filters, conversation_choices, message_choices
from gui.theme import Tone

_PAGE = 50
_TYPING_MS = 350
_WALKING_MS = 150
_BEFORE_MARK = 24
"""Characters that are shown before the first word that was found."""


class Finder(ttk.Frame):
    """Tells which conversation is wanted, and which message of it."""

    def __init__(self, master: tk.Misc, office: Office, wanted: Callable[[int, int | None], None]) -> None:
        """``wanted``: a conversation, and the message in it that was found."""
        super().__init__(master)
        self._office, self._wanted = office, wanted
        words, px = office.words, office.theme.px
        self._query: dict[str, object] = {}
        self._search: dict[str, object] = {}
        top = ttk.Frame(self)
        top.pack(fill="x", pady=(0, px(6)))
        ttk.Label(top, text=words("messages.search"), style="Caption.TLabel").pack(anchor="w")
        self.entry = ttk.Entry(top, width=16)
        self.entry.pack(side="left", fill="x", expand=True)
        self.toggle = ttk.Button(top, command=self._show_filters)
        self.toggle.pack(side="right", padx=(px(6), 0))
        soon = Debounced(office.loop, self, _TYPING_MS, self._typed)
        self.entry.bind("<KeyRelease>", soon)
        self.entry.bind("<Escape>", lambda _: self.clear())
        self.entry.bind("<Down>", lambda _: self.list.canvas.focus_set())
        is_user = isinstance(office.api.credentials, Person)
        self.filters = Filters(self, office, conversation_choices(office, is_user=is_user), self._changed, text="text")
        self.search_filters = Filters(self, office, message_choices(office), self._changed, days=True)
        # Who walks down the list by keys does not open, and is not noted to have read, what they pass by.
        self._stopped = Debounced(office.loop, self, _WALKING_MS, self._open_chosen)
        self._open = False
        self._searching = False
        self._lists = ttk.Frame(self)
        self._lists.pack(fill="both", expand=True)
        self.conversations: VirtualCards[ConversationLine] = VirtualCards(
            self._lists, office, self._fetch, self._card, lambda line: self._wanted(line.id, None),
            chosen=self._choose, filled=self._filled,
        )  # fmt: skip
        self.found: VirtualCards[FoundMessage] = VirtualCards(
            self._lists, office, self._find, self._found_card,
            lambda one: self._wanted(one.conversation_id, one.message_id),
            chosen=self._choose, key=lambda one: one.message_id, filled=self._filled,
        )  # fmt: skip
        self.empty = Empty(self._lists, "")
        self.conversations.pack(fill="both", expand=True)
        self._name_toggle()

    @property
    def list(self) -> VirtualCards[Any]:
        """The list that is shown."""
        return self.found if self._searching else self.conversations

    def refresh(self) -> None:
        """Ask again, and stay where one is."""
        self.search_filters.offer(message_choices(self._office))
        self.list.reload()

    def select(self, conversation: ConversationLine) -> None:
        """This one is shown now."""
        self.conversations.select(conversation)

    def clear(self) -> None:
        """Search for nothing."""
        self.entry.delete(0, "end")
        self._typed()

    def _fetch(self, api: Api, cursor: str | None) -> Listed[ConversationLine]:
        return api.listed("/api/conversations", ConversationLine, limit=_PAGE, cursor=cursor, **self._query)

    def _find(self, api: Api, cursor: str | None) -> Listed[FoundMessage]:
        page = api.get("/api/messages", FoundPage, limit=_PAGE, cursor=cursor, **self._search)
        return Listed[FoundMessage](items=page.messages, cursor=page.cursor)

    def _typed(self) -> None:
        words = self.entry.get().strip()[:400]
        if words == self._search.get("text", ""):
            return
        searching = bool(words)
        if searching != self._searching:
            self._searching = searching
            self.empty.place_forget()
            (self.conversations if searching else self.found).pack_forget()
            self.list.pack(fill="both", expand=True)
            if self._open:
                self._show_filters()
                self._show_filters()
            self._name_toggle()
        if searching:
            self._search = {"text": words, **self.search_filters.query}
            self.found.reload(keep=False)
        else:
            self._search = {}
            self.conversations.reload()

    def _choose(self, one: ConversationLine | FoundMessage | None) -> None:
        if one is not None:
            self._stopped()

    def _open_chosen(self) -> None:
        one = self.list.selected
        if isinstance(one, FoundMessage):
            self._wanted(one.conversation_id, one.message_id)
        elif isinstance(one, ConversationLine):
            self._wanted(one.id, None)

    def _changed(self) -> None:
        self._name_toggle()
        if self._searching:
            self._search = {"text": self._search["text"], **self.search_filters.query}
        else:
            self._query = self.filters.query
        self.list.reload(keep=False)

    def _show_filters(self) -> None:
        self._open = not self._open
        for one in (self.filters, self.search_filters):
            one.pack_forget()
        if self._open:
            self._shown_filters.pack(fill="x", before=self._lists)

    @property
    def _shown_filters(self) -> Filters:
        return self.search_filters if self._searching else self.filters

    def _name_toggle(self) -> None:
        active = self._shown_filters.active
        text = self._office.words("messages.filters")
        self.toggle.configure(text=f"{text} ({active})" if active else text)

    def _filled(self) -> None:
        words, shown = self._office.words, self.list
        if not shown.is_empty:
            self.empty.place_forget()
            return
        if self._searching or self._query:
            self.empty.say(words("messages.nothing_found"), words("messages.nothing_found_hint"))
        else:
            self.empty.say(words("messages.nobody_wrote"), words("messages.nobody_wrote_hint"))
        self.empty.place(relx=0, rely=0, relwidth=1, relheight=1)
        self.empty.lift()

    def _card(self, line: ConversationLine) -> Card:
        words, last = self._office.words, line.last
        said = ""
        if last is not None:
            kind = "" if last.kind is Kind.TEXT else words.label("messages", f"kind_{last.kind.value}")
            said = " ".join(filter(None, (kind, one_line(last.text or ""))))
            if last.direction is Direction.OUT:
                said = f"{words('messages.us')}: {said}"
        hint, tone = self._hint(line)
        return Card(line.title, self._office.clock(line.active_at), ((said, False),), line.waits, hint, tone)

    def _hint(self, line: ConversationLine) -> tuple[str, Tone]:
        words = self._office.words
        if line.waits:
            return words("messages.waits"), "warn"
        if line.outcome is not ConversationOutcome.OPEN:
            won = line.outcome is not ConversationOutcome.LOST
            return words(f"messages.outcome_{line.outcome.value}"), "good" if won else "bad"
        closed = line.status is ConversationStatus.CLOSED
        return (words("messages.status_closed"), "calm") if closed else ("", "calm")

    def _found_card(self, one: FoundMessage) -> Card:
        pieces = pieces_of(one.text, one.marks)
        if one.direction is Direction.OUT:
            pieces = [(f"{self._office.words('messages.us')}: ", False), *pieces]
        return Card(one.chat_title, self._office.clock(one.sent_at or one.first_seen), pieces)


def pieces_of(text: str, marks: tuple[tuple[int, int], ...]) -> list[tuple[str, bool]]:
    """A text from a little before its first mark on, in pieces, and which of them are marked."""
    first = marks[0][0] if marks else 0
    at = 0
    found: list[tuple[str, bool]] = []
    if first > _BEFORE_MARK * 2:
        at = first - _BEFORE_MARK
        found.append(("…", False))
    for begin, end in marks:
        found += [(_piece(text[at:begin]), False), (_piece(text[begin:end]), True)]
        at = end
    found.append((_piece(text[at : at + 300]), False))
    return [piece for piece in found if piece[0]]


def _piece(text: str) -> str:
    """On one line, but with the blanks at its ends: another piece follows."""
    inner = one_line(text).strip()
    if not inner:
        return " " if text else ""
    return (" " if text[0].isspace() else "") + inner + (" " if text[-1].isspace() else "")
