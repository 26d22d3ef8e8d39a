"""Everything that was said: conversations and what is found on the left, one of them in bubbles on the right."""

import tkinter as tk
from collections.abc import Sequence

from agent.contract.desk import ConversationLine
from agent.contract.stored import StoredEvent
from gui.kit.edits import Edits
from gui.kit.split import Split
from gui.office import Office
from gui.parts import Part
from gui.tabs.base import Tab
from gui.tabs.messages.finder import Finder
from gui.tabs.messages.view import ConversationView

_FINDER = 330


class MessagesTab(Tab):
    """The second tab."""

    name = "messages"
    parts = frozenset({Part.CONVERSATIONS, Part.MESSAGES, Part.USERS})

    def __init__(self, master: tk.Misc, office: Office) -> None:
        super().__init__(master, office)
        px = office.theme.px
        panes = Split(self, px(_FINDER))
        panes.pack(fill="both", expand=True)
        self.finder = Finder(panes, office, self._wanted)
        self.finder.configure(padding=(0, 0, px(8), 0))
        self.view = ConversationView(panes, office, self._shown)
        panes.put(self.finder, self.view)
        for canvas in (self.finder.conversations.canvas, self.finder.found.canvas, self.view.bubbles.canvas):
            canvas.bind("<Control-f>", lambda _: self.finder.entry.focus_set())

    @property
    def edits(self) -> Edits:
        """How conversations stand, and who looks after them."""
        return self.view.edits

    def went_stale(self, parts: frozenset[Part]) -> None:
        """Where everything is, nobody knows what happened meanwhile."""
        if parts == frozenset(Part):
            self.view.is_old = True
        super().went_stale(parts)

    def refresh(self, parts: frozenset[Part]) -> None:
        """Ask again for what may have changed; neither side moves."""
        if Part.CONVERSATIONS in parts:
            self.finder.refresh()
        self.view.refresh()

    def happened(self, events: Sequence[StoredEvent]) -> None:
        """Remember which messages are another now."""
        self.view.happened(events)

    def reveal(self, **wanted: object) -> None:
        """``conversation=12``, and ``message=345`` in it."""
        conversation, message = wanted.get("conversation"), wanted.get("message")
        if isinstance(conversation, int):
            self.view.open(conversation, message if isinstance(message, int) else None)

    def _wanted(self, conversation: int, message: int | None) -> None:
        self.view.open(conversation, message)

    def _shown(self, line: ConversationLine) -> None:
        self.finder.select(line)
