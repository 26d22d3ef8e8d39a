"""What all parts of the window share: the way to the agent, what is known, the words, the look."""

import tkinter as tk
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from agent.contract.access import Role
from agent.contract.recordings import RecordingState
from gui.link.api import Api
from gui.link.errors import Foreign, Refused, Unreachable
from gui.loop import Loop
from gui.memory import Memory
from gui.snapshot import Connection, Outages, Snapshot
from gui.theme import Theme, Tone
from gui.toasts import Toasts
from gui.words import Words

Result = TypeVar("Result")


@dataclass
class Office:
    """Shared by the frame and its tabs; used in the window's thread only."""

    root: tk.Tk
    loop: Loop
    theme: Theme
    words: Words
    memory: Memory
    toasts: Toasts
    api: Api
    role: Role = Role.ATTENDANT
    who: str = ""
    connection: Connection = Connection.CONNECTING
    outages: Outages = field(default_factory=Outages)
    snapshot: Snapshot = field(default_factory=lambda: Snapshot(0))
    go: Callable[..., None] = lambda *_, **__: None
    """``go("messages", conversation=12)`` shows a tab, and something in it."""
    recording: RecordingState | None = None
    """Whether the session is being recorded; None: not known."""
    look_at_recording: Callable[[], None] = lambda: None
    """Asks for that anew, now."""

    def ask(
        self,
        job: Callable[[Api], Result],
        then: Callable[[Result], None],
        *,
        owner: tk.Misc,
        key: str | None = None,
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        """Ask the agent something beside the window; ``failed`` is told instead of a notice."""
        api = self.api
        self.loop.run(lambda: job(api), then, failed or self.complain, owner=owner, key=key)

    def complain(self, error: Exception) -> None:
        """Say what went wrong. That nobody answers, or that one has to sign in, is said by the window, once."""
        asked_who = isinstance(error, Refused) and self.connection is Connection.SIGNED_OUT
        if not isinstance(error, Unreachable) and not asked_who:
            self.toasts.say(self.explain(error), "bad")

    def explain(self, error: Exception) -> str:
        """An error in a person's words."""
        if isinstance(error, Refused):
            faults = "; ".join(where.rpartition(".")[2] for where, _ in error.faults)
            return f"{error.detail} ({faults})" if faults else error.detail
        if isinstance(error, Unreachable):
            return self.words("frame.unreachable")
        if isinstance(error, Foreign):
            return self.words("frame.foreign")
        return self.words("frame.failed", what=type(error).__name__)

    def say(self, text: str, tone: Tone = "good") -> None:
        """Tell that something was done."""
        self.toasts.say(text, tone)

    def may(self, role: Role) -> bool:
        """Whether who sits here may do what needs this role."""
        return self.role.covers(role)

    def clock(self, at: datetime | None) -> str:
        """A moment, as short as it can be understood."""
        if at is None:
            return "–"
        here, now = at.astimezone(), datetime.now().astimezone()
        if here.date() == now.date():
            return here.strftime("%H:%M")
        pattern = "%d/%m %H:%M" if self.words.language != "en" else "%b %d %H:%M"
        return here.strftime(pattern)

    def day(self, at: datetime) -> str:
        """A day of this year."""
        return at.astimezone().strftime("%b %d" if self.words.language == "en" else "%d/%m")

    def duration(self, seconds: float | None) -> str:
        """How long, in one or two units."""
        if seconds is None:
            return "–"
        if seconds < 60:
            return f"{seconds:.0f} s"
        minutes, hours = seconds / 60, seconds / 3600
        if minutes < 60:
            return f"{minutes:.0f} min"
        if hours < 24:
            return f"{int(hours)} h {int(minutes % 60)} min"
        return self.words("frame.days", n=round(hours / 24))

    def seconds(self, ms: float | None) -> str:
        """A short time, given in milliseconds: from a second on in seconds."""
        if ms is None:
            return "–"
        return f"{self.number(ms)} ms" if ms < 1000 else f"{self.number(ms / 1000, 1)} s"

    def number(self, value: float, places: int = 0) -> str:
        """A number with this language's signs."""
        written = f"{value:,.{places}f}"
        return written if self.words.language == "en" else written.translate(str.maketrans(",.", ".,"))

    def percent(self, share: float | None) -> str:
        """A share of one."""
        return "–" if share is None else f"{self.number(share * 100)} %"
