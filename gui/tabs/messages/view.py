"""The right side: one conversation, with what is known of it, growing as it goes on."""

import tkinter as tk
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tkinter import filedialog, ttk

from agent.contract.access import Role
from agent.contract.desk import ConversationLine
from agent.contract.history import MessageCard, MessagePage
from agent.contract.stored import StoredEvent
from gui.kit import dialogs
from gui.kit.bubble_drawing import Bubble
from gui.kit.bubbles import Bubbles
from gui.kit.edits import Edits
from gui.kit.panels import Empty
from gui.kit.shown_text import one_line
from gui.link.api import Api
from gui.link.errors import Refused
from gui.office import Office
from gui.parts import Part, changed_by
from gui.tabs.messages.bubbles import bubbles
from gui.tabs.messages.desk import DeskControls
from gui.tabs.messages.thread import Changes, Thread

_PAGE = 40
_MOST_PAGES = 40
"""So far back a message that was found is looked for."""
_MOST_SINGLES = 20
_GONE = 404
_OF_ALL = ("user.changed", "stages.changed")
"""Kinds that tell of what every conversation can be given to, or put into."""


@dataclass(frozen=True, slots=True)
class _Opened:
    line: ConversationLine
    pages: Sequence[MessagePage]


class ConversationView(ttk.Frame):
    """Nothing, or one conversation."""

    def __init__(self, master: tk.Misc, office: Office, changed: Callable[[ConversationLine], None]) -> None:
        """``changed``: the conversation stands otherwise now, or is another one."""
        super().__init__(master)
        self._office, self._changed = office, changed
        words, px = office.words, office.theme.px
        self.line: ConversationLine | None = None
        self.thread = Thread()
        self._wanted: int | None = None
        """The conversation that is shown, or on its way."""
        self._touched: set[int] = set()
        """Messages of which something was told since the last reading."""
        self._titles = words.titles
        self._loads_older = False
        self.is_old = False
        """Something of it may be another now."""
        self.body = ttk.Frame(self)
        head = ttk.Frame(self.body)
        head.pack(fill="x", padx=(px(8), 0))
        first = ttk.Frame(head)
        first.pack(fill="x")
        self.export = ttk.Button(first, text=words("messages.export"), command=self.save_as)
        if office.may(Role.SUPERVISOR):
            self.export.pack(side="right")
        self.customer = ttk.Button(first, text=words("messages.customer"), command=self._open_customer)
        self.title = ttk.Label(first, style="Title.TLabel")
        self.title.pack(side="left", fill="x", expand=True)
        self.about = ttk.Label(head, style="Quiet.TLabel")
        self.about.pack(fill="x", pady=(0, px(4)))
        self.edits = Edits(office, self.body)
        self.edits.line.pack(side="bottom", fill="x")
        self.desk = DeskControls(head, office, self.edits, self._stands)
        self.desk.pack(anchor="w", pady=(0, px(8)))
        self.bubbles = Bubbles(self.body, office.theme, office.loop, older=self._older, seen_all=self._seen_all)
        self.bubbles.pack(fill="both", expand=True)
        self.hint = ttk.Button(
            self.bubbles, text=words("messages.new_ones"), style="Accent.TButton", command=self.bubbles.to_bottom
        )
        self.empty = Empty(self, words("messages.none_chosen"), words("messages.none_chosen_hint"))
        self.empty.pack(fill="both", expand=True)
        self.bubbles.canvas.bind("<Control-s>", lambda _: self.save_as())

    def open(self, conversation: int, message: int | None = None) -> None:
        """Show a conversation, and a message in it."""
        if self.line is not None and self._wanted == self.line.id == conversation:
            if message is None:
                return
            if message in self.bubbles.ids:
                self.bubbles.mark(message)
                return
        self._wanted = conversation
        self._office.ask(
            lambda api: _read(api, conversation, message),
            lambda found: self._opened(found, message),
            owner=self,
            key="messages-open",
            failed=self._not_opened,
        )

    def refresh(self) -> None:
        """What is new, without moving what is read. Each look is a line of the access log: none without a reason."""
        if self.line is None or self._wanted != self.line.id or not self.is_old:
            return
        self.is_old = False
        conversation, touched = self.line.id, self._touched
        self._touched = set()
        newest = {card.id for card in self.thread.messages[-_PAGE:]}
        singles = [number for number in touched & set(self.bubbles.ids) if number not in newest][:_MOST_SINGLES]
        self._office.ask(
            lambda api: _news(api, conversation, singles),
            self._newer,
            owner=self,
            key="messages-news",
            failed=self._not_opened,
        )

    def happened(self, events: Sequence[StoredEvent]) -> None:
        """Remember which messages are another now."""
        if any(event.kind == "user.changed" for event in events):
            self.desk.forget_people()
        if self.line is not None:
            self.is_old = self.is_old or any(
                event.conversation_id == self.line.id
                or (event.conversation_id is None and Part.MESSAGES in changed_by(event.kind))
                or event.kind in _OF_ALL
                for event in events
            )
            self._touched |= {
                event.message_id for event in events
                if event.conversation_id == self.line.id and event.message_id is not None
            }  # fmt: skip

    def save_as(self) -> None:
        """Ask where to, and write all of it there."""
        line, words = self.line, self._office.words
        if line is None or not self._office.may(Role.SUPERVISOR):
            return
        name = "".join(c if c.isalnum() or c in " -_" else "_" for c in one_line(line.title, 60)).strip() or "balcao"
        chosen = filedialog.asksaveasfilename(
            parent=self, title=words("messages.export"), initialfile=f"{name}.csv", defaultextension=".csv",
            filetypes=[(words("messages.file_csv"), "*.csv"), (words("messages.file_txt"), "*.txt")],
        )  # fmt: skip
        if not chosen:
            return
        path = Path(chosen)

        def job(api: Api) -> Path:
            query = {"format": "txt" if path.suffix.lower() == ".txt" else "csv", "language": words.language}
            return dialogs.keep(path, api.file(f"/api/conversations/{line.id}/export", **query))

        self._office.ask(
            job,
            lambda kept: self._office.say(words("messages.saved", path=kept)),
            owner=self,
            failed=self._not_saved,
        )

    def _not_saved(self, error: Exception) -> None:
        if isinstance(error, OSError):
            self._office.say(self._office.words("messages.not_saved", why=error.strerror or ""), "bad")
        else:
            self._office.toasts.say(self._office.explain(error), "bad")

    def _opened(self, found: _Opened, message: int | None) -> None:
        self._wanted, self._touched, self.is_old = found.line.id, set(), False
        self.thread.begin(found.pages)
        self._loads_older = False
        self._show_line(found.line)
        self.empty.pack_forget()
        self.body.pack(fill="both", expand=True)
        self.update_idletasks()
        self._show_all()
        if message is not None and message in self.bubbles.ids:
            self.bubbles.mark(message)
        self._changed(found.line)

    def _not_opened(self, error: Exception) -> None:
        if not (isinstance(error, Refused) and error.status == _GONE):
            self._office.complain(error)
            if self.line is not None:
                self._wanted = self.line.id
            return
        words = self._office.words
        self.line = self._wanted = None
        self.body.pack_forget()
        self.empty.say(words("messages.gone"), words("messages.gone_hint"))
        self.empty.pack(fill="both", expand=True)

    def _show_all(self) -> None:
        self.hint.place_forget()
        self.bubbles.show(self._written(self.thread.messages, None))

    def _show_line(self, line: ConversationLine) -> None:
        words, self.line = self._office.words, line
        self.title.configure(text=one_line(line.title, 48))
        said = [words("messages.group") if line.is_group else line.phone or words("messages.no_phone"), line.session]
        if line.waits:
            since = self._office.clock(line.waits_since) if line.waits_since else ""
            said.append(words("messages.waits_since", at=since) if since else words("messages.waits"))
        if line.follow_up_at is not None:
            said.append(words("messages.follow_up", at=self._office.clock(line.follow_up_at)))
        self.about.configure(text=" · ".join(said))
        if line.customer_id is None:
            self.customer.pack_forget()
        else:
            self.customer.pack(side="right", padx=(0, self._office.theme.px(8)))
        self.desk.show(line)

    def _stands(self, line: ConversationLine) -> None:
        self._show_line(line)
        self._changed(line)

    def _older(self) -> None:
        if self._loads_older or self.line is None or self.thread.cursor is None:
            return
        self._loads_older = True
        conversation, cursor = self.line.id, self.thread.cursor

        def then(page: MessagePage) -> None:
            if self.line is None or self.line.id != conversation or self.thread.cursor != cursor:
                return
            self._loads_older = False
            first = self.thread.messages[0] if self.thread.messages else None
            new = self.thread.older(page)
            self.bubbles.prepend(self._written(new, None))
            if first is not None and new:
                # It is no more the first one, and so perhaps not the first of its day.
                self.bubbles.change(self._written((first,), new[-1]))

        def failed(error: Exception) -> None:
            self._loads_older = False
            self._office.complain(error)

        self._office.ask(
            lambda api: api.get(
                f"/api/conversations/{conversation}/messages", MessagePage, limit=_PAGE, cursor=cursor
            ),
            then, owner=self, failed=failed,
        )  # fmt: skip

    def _newer(self, found: tuple[ConversationLine, MessagePage, list[MessageCard]]) -> None:
        line, page, singles = found
        if self.line is None or self._wanted != self.line.id:
            return
        if line.id != self.line.id:
            self.open(line.id)
            return
        self._show_line(line)
        changes = self.thread.newer(page, singles)
        if changes.anew:
            self._loads_older = False
            self._show_all()
            return
        self._take(changes)
        if self._titles != self._office.words.titles:
            self._titles = self._office.words.titles
            self.bubbles.change(self._written(self.thread.messages, None))

    def _take(self, changes: Changes) -> None:
        if changes.gone:
            self.bubbles.remove(set(changes.gone))
        all_of_them = self.thread.messages
        touched = {card.id for card in changes.changed}
        for at, card in enumerate(all_of_them):
            if card.id in touched:
                self.bubbles.change(self._written((card,), all_of_them[at - 1] if at else None))
        if changes.added:
            at_bottom = self.bubbles.at_bottom
            before = all_of_them[-len(changes.added) - 1] if len(all_of_them) > len(changes.added) else None
            self.bubbles.append(self._written(changes.added, before))
            if not at_bottom:
                self.hint.place(relx=0.5, rely=1.0, y=-self._office.theme.px(14), anchor="s")

    def _written(self, cards: Sequence[MessageCard], before: MessageCard | None) -> list[Bubble]:
        group = self.line is not None and self.line.is_group
        return bubbles(cards, self._office.words, before, group=group)

    def _seen_all(self) -> None:
        self.hint.place_forget()

    def _open_customer(self) -> None:
        if self.line is not None and self.line.customer_id is not None:
            self._office.go("customers", customer=self.line.customer_id)


def _read(api: Api, conversation: int, message: int | None) -> _Opened:
    line = api.get(f"/api/conversations/{conversation}", ConversationLine)
    pages: list[MessagePage] = []
    cursor: str | None = None
    while len(pages) < _MOST_PAGES:
        page = api.get(f"/api/conversations/{line.id}/messages", MessagePage, limit=_PAGE, cursor=cursor)
        pages.append(page)
        cursor = page.cursor
        there = message is None or any(card.id == message for card in page.items)
        if cursor is None or there:
            break
    else:
        pages = pages[:1]
    return _Opened(line, pages)


def _news(
    api: Api, conversation: int, singles: Sequence[int]
) -> tuple[ConversationLine, MessagePage, list[MessageCard]]:
    line = api.get(f"/api/conversations/{conversation}", ConversationLine)
    page = api.get(f"/api/conversations/{line.id}/messages", MessagePage, limit=_PAGE)
    found = []
    for number in singles:
        try:
            found.append(api.get(f"/api/messages/{number}", MessageCard))
        except Refused as refused:
            if refused.status != _GONE:
                raise
    return line, page, found
