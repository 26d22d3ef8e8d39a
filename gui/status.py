"""The line at the window's foot: connection, sessions, model, the last copy, the machine."""

import tkinter as tk
from collections.abc import Callable, Sequence
from tkinter import ttk
from typing import Literal

from agent.contract.access import Role
from agent.contract.backups import Backups
from agent.contract.health import Health
from agent.contract.monitor import AlertCode, Monitor
from agent.contract.recordings import RecordingState
from agent.contract.sessions import SessionState
from gui.link.api import Api
from gui.loop import Debounced
from gui.office import Office
from gui.parts import Part
from gui.snapshot import Connection, level_of
from gui.theme import Tone

_MACHINE_MS = 5000
_REST_MS = 800
_NAMES = ("connection", "session", "recording", "model", "backup", "machine")
_CAN_WAIT = ("model", "machine", "backup")
_APART = 18
_TONES: dict[str, Tone] = {"live": "good", "degraded": "warn", "blind": "bad", "paused": "warn", "stopped": "warn"}


class StatusLine(ttk.Frame):
    """Always there, and always true: what is not known is shown as not known."""

    parts = frozenset({Part.SESSIONS, Part.BACKUPS})

    def __init__(self, master: tk.Misc, office: Office) -> None:
        super().__init__(master)
        self._office = office
        self._labels: dict[str, tuple[tk.Label, Tone]] = {
            name: (tk.Label(self, font="SunValleyCaptionFont", anchor="w"), "calm") for name in _NAMES
        }
        self._seen: list[str] = []
        self.bind("<Configure>", lambda _: self._fit())
        self.session: SessionState | None = None
        self.followers: Sequence[Callable[[SessionState | None], None]] = ()
        """Called when the session is known anew."""
        self._out_of_date: frozenset[Part] = frozenset()
        self._soon = Debounced(office.loop, self, _REST_MS, self._refresh)
        office.theme.follow(self, self._restyle)
        self._look_at_machine()

    def text(self, name: str) -> str:
        """What one of its parts says."""
        return str(self._labels[name][0].cget("text"))

    def connection(self, state: Connection) -> None:
        """How the window stands with the agent."""
        tone: Tone = {"live": "good", "lost": "bad", "signed_out": "warn"}.get(state.value, "calm")  # type: ignore[assignment]
        self._say("connection", self._office.words(f"frame.connection_{state.value}"), tone)
        if state is Connection.LIVE:
            self._ask_machine()
        else:
            for name in ("session", "recording", "model", "backup", "machine"):
                self._say(name, "", "calm")

    def recording(self, state: RecordingState | None, seconds: float) -> None:
        """Whether the session is being recorded, and since when."""
        words, how = self._office.words, state.state if state is not None else "idle"
        time = f"{int(seconds) // 60:02}:{int(seconds) % 60:02}"
        kept = state is not None and state.keeps_text
        running = words("recording.running_texts" if kept else "recording.running", time=time)
        text = {"recording": running, "finishing": words("recording.finishing")}
        self._say("recording", text.get(how, ""), "bad" if how == "recording" else "calm")

    def went_stale(self, parts: frozenset[Part]) -> None:
        """These may have changed."""
        self._out_of_date |= parts & self.parts
        if self._out_of_date:
            self._soon()

    def _refresh(self) -> None:
        parts, self._out_of_date = self._out_of_date, frozenset()
        if Part.SESSIONS in parts:
            self._office.ask(_sessions, self.fill, owner=self, key="status", failed=lambda _: None)
        if Part.BACKUPS in parts and self._office.may(Role.SUPERVISOR):
            self._office.ask(_backups, self.fill_backups, owner=self, key="status-backups", failed=lambda _: None)

    def fill(self, found: tuple[Health, tuple[SessionState, ...]]) -> None:
        """Show the sessions and the model."""
        health, sessions = found
        words = self._office.words
        self.session = session = sessions[0] if sessions else None
        if session is not None:
            level = level_of(session)
            reason = session.life.reason if session.life else None
            text = f"● {session.name}: {words.label('life', level)}"
            if reason is not None and level != "paused":
                text += f" · {words.label('reason', reason.value)}"
            self._say("session", text, _TONES.get(level, "calm"))
        text = words(f"frame.model_{health.model}", name=health.model_name or "")
        self._say("model", text, "bad" if health.model == "failed" else "calm")
        for follow in self.followers:
            follow(session)

    def fill_backups(self, found: Backups) -> None:
        """Show the last copy, and the last one that was proven."""
        words, clock = self._office.words, self._office.clock
        if not found.backups:
            self._say("backup", words("frame.no_backup"), "warn")
            return
        text = words("frame.backup", at=clock(found.backups[0].at))
        proven = found.last_proven_at
        text += " · " + (words("frame.proven", at=clock(proven)) if proven else words("frame.not_proven"))
        self._say("backup", text, "calm" if proven else "warn")

    def _look_at_machine(self) -> None:
        if self._office.connection is Connection.LIVE:
            self._ask_machine()
        self._office.loop.later(_MACHINE_MS, self._look_at_machine, self)

    def _ask_machine(self) -> None:
        self._office.ask(_monitor, self.fill_machine, owner=self, key="status-machine", failed=lambda _: None)

    def fill_machine(self, found: Monitor) -> None:
        """Show the agent's machine, not the window's: red while an alert says so, not at every peak."""
        if not found.figures or self._office.connection is not Connection.LIVE:
            self._say("machine", "", "calm")
            return
        now, percent = found.figures[-1], self._office.percent
        where = "frame.machine" if self._office.api.is_here else "frame.machine_elsewhere"
        said = self._office.words(where, cpu=percent(now.cpu_percent / 100), memory=percent(now.memory_percent / 100))
        alarming = any(one.code in (AlertCode.CPU, AlertCode.MEMORY) for one in found.alerts)
        self._say("machine", said, "bad" if alarming else "calm")

    def _say(self, name: str, text: str, tone: Tone) -> None:
        label, _ = self._labels[name]
        self._labels[name] = (label, tone)
        label.configure(text=text, foreground=self._ink(tone))
        self._fit()

    def _fit(self) -> None:
        """What there is room for, each as a whole; what can wait goes first, and what is wrong last."""
        px, room = self._office.theme.px, self.winfo_width()
        seen = [name for name in _NAMES if self.text(name)]
        for name in sorted(_CAN_WAIT, key=lambda name: self._labels[name][1] in ("warn", "bad")):
            wanted = sum(self._labels[one][0].winfo_reqwidth() + px(_APART) for one in seen)
            if name in seen and room > 1 and wanted > room:
                seen.remove(name)
        if seen == self._seen:
            return
        self._seen = seen
        for name, (label, _) in self._labels.items():
            label.pack_forget()
            if name in seen:
                side: Literal["left", "right"] = "right" if name == "machine" else "left"
                label.pack(side=side, padx=(px(12), px(_APART - 12)), pady=px(5))

    def _ink(self, tone: Tone) -> str:
        colours = self._office.theme.palette
        return {"calm": colours.ink_2, "good": colours.good, "warn": colours.warn, "bad": colours.bad}[tone]

    def _restyle(self) -> None:
        for label, tone in self._labels.values():
            label.configure(background=self._office.theme.palette.ground, foreground=self._ink(tone))


def _sessions(api: Api) -> tuple[Health, tuple[SessionState, ...]]:
    return api.get("/api/health", Health), api.listed("/api/sessions", SessionState).items


def _monitor(api: Api) -> Monitor:
    return api.get("/api/monitor", Monitor)


def _backups(api: Api) -> Backups:
    return api.get("/api/backups", Backups)
