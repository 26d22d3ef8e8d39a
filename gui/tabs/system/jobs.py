"""What the agent does by the clock: when each job last ran, how that ended, when it runs next."""

import tkinter as tk
from datetime import datetime
from tkinter import ttk

from agent.contract.jobs import Job, JobOutcome, Jobs, JobState
from gui.office import Office
from gui.parts import Part
from gui.steering import back_up
from gui.tabs.system.section import Register, Row, enable
from gui.theme import Tone

_EVERY_MS = 5000
_TONES: dict[JobOutcome, Tone] = {
    JobOutcome.WELL: "good", JobOutcome.FAILED: "bad", JobOutcome.INTERRUPTED: "warn",
}  # fmt: skip
_WRONG = (JobOutcome.FAILED, JobOutcome.INTERRUPTED)


class JobsSection(Register[Job]):
    """The list, and under it what the chosen one does."""

    title = "jobs"
    parts = frozenset({Part.BACKUPS})
    every_ms = _EVERY_MS

    def __init__(self, master: tk.Misc, office: Office) -> None:
        super().__init__(master, office)
        px = office.theme.px
        if self.admin:
            self.make_button = self.tool(self.words("system.make_backup"), self.make, main=True)
        said = ttk.Frame(self)
        said.pack(side="bottom", fill="x", pady=(px(10), 0))
        self.does, self.advice = ttk.Label(said), ttk.Label(said, style="Fault.TLabel")
        for label in (self.does, self.advice):
            label.configure(justify="left")
            label.pack(fill="x", anchor="w")
            label.bind("<Configure>", _broken_into_lines)
        self.lay_out(
            {"col_job": 200, "col_last_run": 115, "col_took": 75, "col_result": 300, "col_next_run": 160},
            self.words("system.no_jobs"), self.words("system.no_jobs_hint"),
        )  # fmt: skip
        self.table.show(())

    def refresh(self) -> None:
        """Ask for them."""
        self.office.ask(lambda api: api.get("/api/jobs", Jobs), self.fill, owner=self, key="jobs")

    def fill(self, found: Jobs) -> None:
        """Show them; at first the one that went wrong is chosen, if there is one."""
        self.things = {one.name.value: one for one in found.jobs}
        self.table.show([self._row(one) for one in found.jobs])
        if self.things and self.table.selected is None:
            wrong = [name for name, one in self.things.items() if one.outcome is JobOutcome.FAILED]
            self.table.choose([*wrong, *self.things][0])
        self.chosen()

    def make(self) -> None:
        """A copy of the database, now: the one job that a person may start."""
        enable(self.make_button, False)

        def ended() -> None:
            enable(self.make_button, True)
            self.refresh()

        back_up(self.office, self, ended)

    def chosen(self) -> None:
        """Say what it does, and what to do about a failure."""
        super().chosen()
        one, words = self.one, self.words
        self.does.configure(text=words.label("system", f"job_{one.name.value}_does") if one else "")
        wrong = [self._result(one)] if one is not None and one.outcome in _WRONG else []
        if one is not None and one.outcome is JobOutcome.FAILED and one.fault:
            wrong.append(words.label("system", f"job_advice_{one.fault.value}"))
        self.advice.configure(text=" ".join(wrong))

    def _row(self, one: Job) -> Row:
        values = (
            self.words.label("system", f"job_{one.name.value}"),
            self.words("system.never") if one.began_at is None else self.office.clock(one.began_at),
            self._took(one.began_at, one.ended_at),
            self._result(one),
            self._next(one),
        )
        return Row(one.name.value, values, self._tone(one))

    def _took(self, began: datetime | None, ended: datetime | None) -> str:
        if began is None or ended is None:
            return "–"
        seconds = (ended - began).total_seconds()
        return "< 1 s" if seconds < 1 else self.office.duration(seconds)

    def _result(self, one: Job) -> str:
        if one.state is JobState.RUNNING:
            return self.words("system.job_running")
        if one.outcome is None:
            return "–"
        said = one.fault if one.outcome is JobOutcome.FAILED and one.fault else one.outcome
        return self.words.label("system", f"job_ended_{said.value}")

    def _next(self, one: Job) -> str:
        if one.state is JobState.OFF:
            return self.words("system.job_off")
        if one.state is JobState.STOPPED:
            return self.words("system.job_stopped")
        return self.office.clock(one.next_at)

    @staticmethod
    def _tone(one: Job) -> Tone | None:
        if one.state is JobState.RUNNING:
            return None
        return _TONES[one.outcome] if one.outcome else "calm"


def _broken_into_lines(event: "tk.Event[ttk.Label]") -> None:
    event.widget.configure(wraplength=max(event.width, 1))
