"""Changes that people make, one after another, and how each is taken back."""

import tkinter as tk
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from tkinter import ttk
from typing import Any

from gui.kit.unsaved import Unsaved
from gui.link.api import Api
from gui.link.errors import Foreign, Refused, Unreachable
from gui.office import Office
from gui.theme import Tone

_MOST = 50


class Overtaken(Exception):
    """Somebody else has changed the same thing since: taking ours back would undo theirs."""


@dataclass(frozen=True, slots=True)
class Edit:
    """One change. Both run beside the window."""

    said: str
    """What was done, in the person's words."""
    do: Callable[[Api], Any]
    back: Callable[[Api, Any], object] | None = None
    """Takes it back; told what ``do`` gave. None: for good. Raises ``Overtaken``."""
    undone: Callable[[Any], None] = lambda _: None
    """Told what ``back`` gave, in the window."""


class NoticeLine(Unsaved, ttk.Frame):
    """What was done last, and the button that takes it back."""

    def __init__(self, master: tk.Misc, office: Office, undo: Callable[[], None]) -> None:
        super().__init__(master)
        self._office = office
        self.busy: Callable[[], bool] = lambda: False
        """Whether something is still on its way to the agent."""
        px = office.theme.px
        self._tone: Tone = "calm"
        self._ground = tk.Frame(self, highlightthickness=1)
        self._label = tk.Label(self._ground, anchor="w", font="SunValleyBodyFont", justify="left")
        self._undo = ttk.Button(self._ground, text=office.words("edits.undo"), command=undo)
        self._close = tk.Label(self._ground, text="✕", cursor="hand2", font="SunValleyBodyFont")
        self._close.bind("<Button-1>", lambda _: self.hide())
        self._close.pack(side="right", padx=px(12))
        self._label.pack(side="left", fill="x", expand=True, padx=px(12), pady=px(6))
        self._label.bind("<Configure>", lambda event: self._label.configure(wraplength=max(event.width, 80)))
        office.theme.follow(self, self._restyle)

    @property
    def is_unsaved(self) -> bool:
        """Whether a change would be lost if the window were closed now."""
        return self.busy()

    @property
    def text(self) -> str:
        """What it says; empty when it is not shown."""
        return str(self._label.cget("text")) if self._ground.winfo_manager() else ""

    def show(self, text: str, tone: Tone = "good", *, undo: bool = False) -> None:
        """Say something."""
        self._label.configure(text=text)
        self._tone = tone
        self._restyle()
        px = self._office.theme.px
        self._ground.pack(fill="x", pady=(px(6), 0))
        if undo:
            self._undo.pack(side="right", padx=px(6), pady=px(4))
        else:
            self._undo.pack_forget()

    def hide(self) -> None:
        """Say nothing more."""
        self._ground.pack_forget()
        self.configure(height=1)

    def _restyle(self) -> None:
        colours = self._office.theme.palette
        ground = {"good": colours.good_soft, "bad": colours.bad_soft, "warn": colours.warn_soft}
        ink = {"good": colours.good, "bad": colours.bad, "warn": colours.warn}
        below, above = ground.get(self._tone, colours.calm_soft), ink.get(self._tone, colours.ink)
        self._ground.configure(background=below, highlightbackground=colours.line)
        for label in (self._label, self._close):
            label.configure(background=below, foreground=above)


class Edits:
    """Makes changes one after another, and remembers how each is taken back."""

    def __init__(self, office: Office, master: tk.Misc) -> None:
        """``master``: where its notice line will stand."""
        self._office = office
        self.line = NoticeLine(master, office, self.undo)
        self.line.busy = lambda: self.busy
        self.began: Callable[[], None] = lambda: None
        """Told when the first of them begins."""
        self.changed: Callable[[], None] = lambda: None
        """Told when all of them are done."""
        self._done: list[tuple[Edit, Any]] = []
        self._waiting: deque[Callable[[], None]] = deque()

    @property
    def busy(self) -> bool:
        """Whether one is being made or waits for its turn."""
        return bool(self._waiting)

    def make(
        self,
        edit: Edit,
        *,
        then: Callable[[Any], None] | None = None,
        failed: Callable[[str], None] | None = None,
        explain: Callable[[Exception], str] | None = None,
    ) -> None:
        """Do it, after those before it.

        Args:
            edit: What.
            then: Told what it gave.
            failed: Told what went wrong, beside the notice line.
            explain: What the notice line says of an error; else what is said of it everywhere.
        """

        def done(gave: Any) -> None:  # noqa: ANN401 (as the edit gives it)
            if edit.back is not None:
                self._done = [*self._done[1 - _MOST :], (edit, gave)]
            self.line.show(edit.said, undo=edit.back is not None)
            if then is not None:
                then(gave)

        def refused(error: Exception) -> None:
            told = (explain or self._office.explain)(error)
            self.line.show(told, "bad")
            if failed is not None:
                failed(told)

        self._in_turn(lambda: self._ask(edit.do, done, refused))

    def undo(self) -> None:
        """Take the last one back that was not taken back yet, after what is still being done."""
        self._in_turn(self._undo_last)

    def _undo_last(self) -> None:
        if not self._done:
            self.line.show(self._office.words("edits.nothing_to_undo"), "calm")
            self._over()
            return
        edit, gave = self._done.pop()
        back = edit.back
        assert back is not None  # noqa: S101 (only such edits are remembered)

        def undone(gave: Any) -> None:  # noqa: ANN401 (as the edit gives it)
            edit.undone(gave)
            self.line.show(self._office.words("edits.undone", what=edit.said), undo=bool(self._done))

        def failed(error: Exception) -> None:
            if _may_work_later(error):
                self._done.append((edit, gave))
            overtaken = isinstance(error, Overtaken)
            why = self._office.words("edits.overtaken") if overtaken else self._office.explain(error)
            self.line.show(self._office.words("edits.not_undone", what=edit.said, why=why), "bad")

        self._ask(lambda api: back(api, gave), undone, failed)

    def _in_turn(self, start: Callable[[], None]) -> None:
        """One after another: what was written first is also stored first, and an undo means what stands by then."""
        self._waiting.append(start)
        if len(self._waiting) == 1:
            self.began()
            start()

    def _ask(self, job: Callable[[Api], Any], then: Callable[[Any], None], failed: Callable[[Exception], None]) -> None:
        def well(gave: Any) -> None:  # noqa: ANN401 (as the edit gives it)
            try:
                then(gave)
            finally:
                self._over()

        def badly(error: Exception) -> None:
            try:
                failed(error)
            finally:
                self._over()

        self._office.ask(job, well, owner=self.line, failed=badly)

    def _over(self) -> None:
        self._waiting.popleft()
        if self._waiting:
            self._waiting[0]()
        else:
            self.changed()


def _may_work_later(error: Exception) -> bool:
    """Nobody answered, or it is not about what was asked: who asks has to sign in again, or has to wait."""
    if isinstance(error, Refused):
        return error.status in (401, 429) or error.status >= 500
    return isinstance(error, Unreachable | Foreign)
