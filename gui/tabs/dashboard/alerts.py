"""What somebody should look at, as the agent's monitor has it. A click leads to the monitor."""

import tkinter as tk
from collections.abc import Sequence

from agent.contract.monitor import Monitor, OpenAlert
from gui.kit.panels import Panel
from gui.office import Office
from gui.tabs.alerting import called, measured

_MOST = 3
"""So many are told; of more, how many others there are."""


class Alerts(Panel):
    """A line for each alert that is open."""

    def __init__(self, master: tk.Misc, office: Office) -> None:
        self._tones: list[str] = []
        super().__init__(master, office.theme, office.words("dashboard.alerts"))
        self._office = office
        self.lines = [tk.Label(self.body, anchor="w", justify="left") for _ in range(_MOST + 1)]
        touched: tuple[tk.Frame | tk.Label, ...] = (self, self.title, self.body, *self.lines)
        for widget in touched:
            widget.configure(cursor="hand2")
            widget.bind("<Button-1>", lambda _: self._open())
        self.configure(takefocus=True)
        for key in ("<Return>", "<space>"):
            self.bind(key, lambda _: self._open())
        self.body.bind("<Configure>", lambda event: self._wrap(event.width))
        self._restyle()

    def refresh(self) -> None:
        """Ask the monitor."""
        self._office.ask(
            lambda api: api.get("/api/monitor", Monitor), self.fill, owner=self, key="dashboard-alerts",
            failed=lambda _: self._say([(self._office.words("dashboard.alerts_unknown"), "ink_2")]),
        )  # fmt: skip

    def fill(self, found: Monitor) -> None:
        """Show what is open, the newest first."""
        words, alerts = self._office.words, found.alerts[::-1]
        lines = [(self._told(one), "bad") for one in alerts[:_MOST]]
        if len(alerts) > _MOST:
            lines.append((words("dashboard.more_alerts", n=len(alerts) - _MOST), "bad"))
        self._say(lines or [(words("dashboard.no_alerts"), "good")])

    def _told(self, one: OpenAlert) -> str:
        office, over = self._office, measured(self._office, one)
        what = called(office, one.code)
        said = office.words("dashboard.detail", what=what, detail=over) if over else what
        return office.words("dashboard.since", what=said, at=office.clock(one.since))

    def _say(self, lines: Sequence[tuple[str, str]]) -> None:
        self._tones = [tone for _, tone in lines]
        for label, line in zip(self.lines, lines, strict=False):
            label.configure(text=line[0])
            label.pack(fill="x")
        for label in self.lines[len(lines) :]:
            label.pack_forget()
        self._restyle()

    def _open(self) -> None:
        self._office.go("system", section="monitor")

    def _wrap(self, width: int) -> None:
        for label in self.lines:
            label.configure(wraplength=max(width, 1))

    def _restyle(self) -> None:
        super()._restyle()
        colours = self.theme.palette
        for i, label in enumerate(getattr(self, "lines", ())):
            tone = self._tones[i] if i < len(self._tones) else "ink_2"
            label.configure(background=colours.paper, foreground=getattr(colours, tone))
