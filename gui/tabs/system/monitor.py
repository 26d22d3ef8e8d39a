"""How the machine is doing, what is open, what was: the agent's alerts, and this window's own."""

import tkinter as tk
from tkinter import ttk

from agent.contract.monitor import AlertCode, AlertRecord, Figures, Monitor
from gui.kit.panels import Figure, Panel
from gui.link.api import Api, Listed
from gui.link.errors import Unreachable
from gui.notices import LOST
from gui.office import Office
from gui.parts import Part
from gui.tabs.alerting import PERCENT, called, measured
from gui.tabs.system.section import Row, Section, Table
from gui.tabs.system.trace import Trace

_EVERY_MS = 5000
_ROOM = 120
_PAGE = 50


class MonitorSection(Section):
    """Figures that move, open alerts, history."""

    title = "monitor"
    parts = frozenset({Part.ALERTS, Part.SESSIONS})
    every_ms = _EVERY_MS

    def __init__(self, master: tk.Misc, office: Office) -> None:
        super().__init__(master, office)
        px = office.theme.px
        row = ttk.Frame(self)
        row.pack(fill="x")
        self.figures: dict[str, Figure] = {}
        self.traces: dict[str, Trace] = {}
        for at, (name, limit) in enumerate((("cpu", 80), ("memory", 90), ("disk", 85))):
            figure = Figure(row, office.theme, self.words(f"system.figure_{name}"))
            figure.grid(row=0, column=at, sticky="nsew", padx=(0 if at == 0 else px(8), 0))
            trace = Trace(figure.body, office.theme, most=100, limit=limit, room=_ROOM)
            trace.pack(fill="x", pady=(px(6), 0))
            row.columnconfigure(at, weight=1, uniform="figures")
            self.figures[name], self.traces[name] = figure, trace
        self.line = ttk.Label(self, style="Quiet.TLabel")
        self.line.pack(anchor="w", pady=(px(8), px(8)))
        below = ttk.Frame(self)
        below.pack(fill="both", expand=True)
        open_ = Panel(below, office.theme, self.words("system.open_alerts"))
        open_.grid(row=0, column=0, sticky="nsew")
        self.open = Table(
            open_.body, office, {"col_since": 60, "col_alert": 160, "col_value": 95},
            empty=self.words("system.no_alerts"), height=3,
        )  # fmt: skip
        self.open.pack(fill="both", expand=True)
        past = Panel(below, office.theme, self.words("system.history"))
        past.grid(row=0, column=1, sticky="nsew", padx=(px(8), 0))
        self.history = Table(
            past.body, office, {"col_at": 80, "col_what": 80, "col_alert": 170, "col_value": 95},
            empty=self.words("system.no_history"), height=3,
        )  # fmt: skip
        below.columnconfigure(0, weight=4, uniform="alerts")
        below.columnconfigure(1, weight=5, uniform="alerts")
        below.rowconfigure(0, weight=1)
        self.more = ttk.Button(past.body, text=self.words("system.more"), command=self._more)
        self.more.pack(side="bottom", anchor="w", pady=(px(6), 0))
        self.history.pack(fill="both", expand=True)
        self._records: dict[int, AlertRecord] = {}
        self._cursor: str | None = None
        self._monitor: Monitor | None = None
        self._unanswered = False
        self.more.state(["disabled"])

    def refresh(self) -> None:
        """Ask for the figures, and for what was told last."""
        self.office.ask(_look, self.fill, owner=self, key="monitor", failed=self._not_there)

    def fill(self, found: tuple[Monitor, Listed[AlertRecord]]) -> None:
        """Show how it is."""
        self._monitor, page = found
        self._unanswered = False
        known = bool(self._records)
        self._records |= {one.number: one for one in page.items}
        if not known:
            self._cursor = page.cursor
        self._show()

    def _not_there(self, error: Exception) -> None:
        if not isinstance(error, Unreachable):
            self.office.complain(error)
            return
        self._monitor, self._unanswered = None, True
        self._show()

    def _show(self) -> None:
        figures = self._monitor.figures if self._monitor else ()
        self._show_figures(figures)
        self._show_open()
        self._show_history()
        self.more.state(["!disabled" if self._cursor else "disabled"])

    def _show_figures(self, figures: tuple[Figures, ...]) -> None:
        office, words = self.office, self.words
        now = figures[-1] if figures else None
        alerts = {one.code for one in self._monitor.alerts} if self._monitor else set()
        for name, code in zip(self.figures, PERCENT, strict=True):
            values = [float(getattr(one, f"{name}_percent")) for one in figures]
            free = words("system.disk_free", gb=office.number(now.disk_free_mb / 1000, 1)) if now else ""
            self.figures[name].show(
                office.percent(values[-1] / 100) if values else "–",
                free if code is AlertCode.DISK else "",
                "bad" if code in alerts else "calm",
            )
            self.traces[name].show(values)
        parts = []
        if now is not None:
            parts.append(words("system.agent_memory", mb=office.number(now.agent_mb)))
            if now.first_token_ms is not None:
                parts.append(words("system.first_token", s=office.number(now.first_token_ms / 1000, 1)))
            if now.backup_age_h is not None:
                parts.append(words("system.backup_age", time=office.duration(now.backup_age_h * 3600)))
        waiting = words("system.lost_line" if self._unanswered else "system.no_figures")
        self.line.configure(text=" · ".join(parts) if parts else waiting)

    def _show_open(self) -> None:
        clock, rows = self.office.clock, list[Row]()
        if (since := self.office.outages.since) is not None:
            rows.append(Row(LOST, (clock(since), self.words(f"system.alert_{LOST}"), ""), "bad"))
        for one in self._monitor.alerts if self._monitor else ():
            said = called(self.office, one.code), measured(self.office, one)
            rows.append(Row(one.code.value, (clock(one.since), *said), "bad"))
        self.open.show(rows)

    def _show_history(self) -> None:
        lines = [
            (one.at, Row(
                str(number), (self.office.clock(one.at), self._turned(one.raised), called(self.office, one.code),
                measured(self.office, one) if one.raised else ""), "bad" if one.raised else "good",
            ))
            for number, one in self._records.items()
        ] + [
            (at, Row(
                f"own{i}", (self.office.clock(at), self._turned(lost), self.words(f"system.alert_{LOST}"), ""),
                "bad" if lost else "good",
            ))
            for i, (at, lost) in enumerate(self.office.outages.moments)
        ]  # fmt: skip
        self.history.show([row for _, row in sorted(lines, key=lambda line: line[0], reverse=True)])

    def _more(self) -> None:
        cursor = self._cursor

        def add(page: Listed[AlertRecord]) -> None:
            self._records |= {one.number: one for one in page.items}
            self._cursor = page.cursor
            self._show()

        self.office.ask(
            lambda api: api.listed("/api/alerts", AlertRecord, limit=_PAGE, cursor=cursor), add, owner=self, key="more"
        )

    def _turned(self, raised: bool) -> str:
        return self.words("system.raised" if raised else "system.cleared")


def _look(api: Api) -> tuple[Monitor, Listed[AlertRecord]]:
    return api.get("/api/monitor", Monitor), api.listed("/api/alerts", AlertRecord, limit=_PAGE)
