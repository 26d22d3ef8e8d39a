"""Recording the session: asks how, starts, stops, and watches how it stands."""

import tkinter as tk
from collections.abc import Callable, Sequence
from time import monotonic
from tkinter import ttk

from agent.contract.access import Role
from agent.contract.recordings import RecordingState, RecordingWanted
from agent.contract.sessions import SessionState
from gui.kit.dialogs import Dialog
from gui.kit.forms import Line, Switch, all_right
from gui.kit.typed import whole
from gui.link.api import part
from gui.link.errors import Refused
from gui.office import Office
from gui.snapshot import Connection

Listener = Callable[[RecordingState | None, float], None]

_EVERY_MS, _SELDOM_MS, _TICK_MS = 4000, 30_000, 500
_MINUTES = 10
_MOST_MINUTES = 240


class RecordDialog(Dialog):
    """All of it, or the last minutes."""

    def __init__(self, office: Office, session: str) -> None:
        words, px = office.words, office.theme.px
        super().__init__(office, words("recording.title"), width=480)
        self._path = _path(session)
        ttk.Label(
            self.body, text=words("recording.about"), style="Quiet.TLabel", wraplength=px(432), justify="left"
        ).pack(anchor="w", pady=(0, px(12)))  # fmt: skip
        self.keeps = tk.StringVar(self, "all")
        for name in ("all", "last"):
            ttk.Radiobutton(
                self.body, text=words(f"recording.keep_{name}"), value=name, variable=self.keeps, command=self._chosen
            ).pack(anchor="w")  # fmt: skip
        self.minutes = Line(
            self.body, office.theme, words, words("recording.minutes"), whole(1, _MOST_MINUTES),
            note=words("recording.minutes_note"),
        )  # fmt: skip
        self.minutes.put(_MINUTES)
        self.page = Switch(self.body, office.theme, words, words("recording.page"), note=words("recording.page_note"))
        self.page.put(True)
        self.page.pack(fill="x", pady=(px(12), 0))
        self.said = ttk.Label(self.body, style="Fault.TLabel", wraplength=px(432), justify="left")
        self.said.pack(anchor="w", pady=(px(8), 0))
        self.start = self.button(words("recording.start"), self._start, main=True)
        self.button(words("dialogs.cancel"), self.close)
        self.open(self.start)

    def _chosen(self) -> None:
        if self.keeps.get() == "last":
            self.minutes.pack(fill="x", before=self.page, pady=(self.office.theme.px(8), 0))
            self.minutes.focus_it()
        else:
            self.minutes.pack_forget()

    def _start(self) -> None:
        keep = None
        if self.keeps.get() == "last":
            if not all_right([self.minutes]):
                return
            keep = self.minutes.read()
        wanted = RecordingWanted.model_validate({"keep_minutes": keep, "page": self.page.read()})
        self.start.state(["disabled"])
        self.office.ask(
            lambda api: api.write("POST", self._path, RecordingState, wanted), self._started, owner=self,
            failed=self._failed,
        )  # fmt: skip

    def _started(self, _: RecordingState) -> None:
        self.office.say(self.office.words("recording.started"))
        self.office.look_at_recording()
        self.close()

    def _failed(self, error: Exception) -> None:
        again = isinstance(error, Refused) and error.code == "conflict"
        self.said.configure(text=self.office.words("recording.goes_on") if again else self.office.explain(error))
        self.start.state(["!disabled"])


def record_or_stop(office: Office, session: SessionState, owner: tk.Misc) -> None:
    """Ask how to record, or end the recording that goes on."""
    if office.recording is None or office.recording.state == "idle":
        RecordDialog(office, session.name)
    elif office.recording.state == "recording":
        office.ask(
            lambda api: api.write("DELETE", _path(session.name), RecordingState),
            lambda _: office.look_at_recording(),
            owner=owner,
        )
    else:
        office.say(office.words("recording.finishing"), "calm")


def record_label(office: Office) -> str:
    """What the button that starts or stops it says."""
    goes = office.recording is not None and office.recording.state != "idle"
    return office.words("recording.stop" if goes else "recording.open")


class RecordingWatch:
    """Asks now and then whether the session is being recorded, and tells it: to the office, and whoever listens."""

    def __init__(self, office: Office, owner: tk.Misc, listeners: Sequence[Listener]) -> None:
        """``listeners`` are told the state and, while it goes on, how many seconds it has been going; often."""
        self._office, self._owner, self._listeners = office, owner, listeners
        self._session: str | None = None
        self._seen_at = 0.0
        self._turn = 0
        office.recording, office.look_at_recording = None, self.look
        self._tick()

    def follow(self, session: SessionState | None) -> None:
        """The session is known, or another one."""
        name = session.name if session is not None else None
        if name != self._session:
            self._session = name
            self.look()

    def look(self) -> None:
        """Ask now; the next time by itself."""
        self._turn += 1
        self._look(self._turn)

    def _look(self, turn: int) -> None:
        office, session = self._office, self._session
        if turn != self._turn or session is None:
            return
        if not office.may(Role.SUPERVISOR) or office.connection is not Connection.LIVE:
            office.recording = None  # Nobody knows now.
            self._again(turn, _EVERY_MS)
            return
        path = _path(session)
        office.ask(
            lambda api: api.get(path, RecordingState), lambda found: self._found(found, turn), owner=self._owner,
            key="recording", failed=lambda _: self._again(turn, _SELDOM_MS),
        )  # fmt: skip

    def _again(self, turn: int, after_ms: int) -> None:
        self._office.loop.later(after_ms, lambda: self._look(turn), self._owner)

    def _found(self, now: RecordingState, turn: int) -> None:
        before, self._office.recording = self._office.recording, now
        self._seen_at = monotonic()
        self._tell()
        if before is not None and before.state != "idle" and now.state == "idle":
            self._ended(now)
        self._again(turn, _EVERY_MS)

    def _ended(self, now: RecordingState) -> None:
        office = self._office
        if now.failure is not None:
            office.say(office.words(f"recording.failed_{now.failure}"), "bad")
        else:
            office.say(office.words("recording.made", name=now.name or ""))

    def _tick(self) -> None:
        goes = self._office.recording is not None and self._office.recording.state == "recording"
        if goes and self._office.connection is Connection.LIVE:
            self._tell()
        self._office.loop.later(_TICK_MS, self._tick, self._owner)

    def _tell(self) -> None:
        state = self._office.recording
        passed = monotonic() - self._seen_at if state is not None and state.state == "recording" else 0.0
        for listener in self._listeners:
            listener(state, passed + (state.seconds if state is not None else 0.0))


def _path(session: str) -> str:
    return f"/api/sessions/{part(session)}/recording"
