"""The agent's own log, as it is written: filtered, held still, copied."""

import json
import tkinter as tk
from itertools import count
from tkinter import ttk

from agent.contract.logs import LogLine, LogPage
from gui.kit.forms import Choice, Line
from gui.kit.typed import written
from gui.loop import Debounced
from gui.office import Office
from gui.tabs.system.section import Row, Section, Table, enable
from gui.theme import Tone

_EVERY_MS = 2000
_FIRST = 200
_KEPT = 1000
"""Lines that are shown; older ones are in the file."""
_TONES: dict[str, Tone] = {"debug": "calm", "warning": "warn", "error": "bad", "critical": "bad"}
_LEVELS = ("debug", "info", "warning", "error")


class LogsSection(Section):
    """The newest line on top."""

    title = "logs"
    every_ms = _EVERY_MS

    def __init__(self, master: tk.Misc, office: Office) -> None:
        super().__init__(master, office)
        words, px, theme = self.words, office.theme.px, office.theme
        self.is_held = False
        self._newest: str | None = None
        self._begun = False
        self._numbers = count()
        self.lines: dict[str, LogLine] = {}
        self.copy_button = self.tool(words("system.copy_line"), self.copy_line)
        self.hold_button = self.tool(words("system.hold"), self.hold)
        row = ttk.Frame(self)
        row.pack(fill="x", pady=(0, px(8)))
        self._soon = Debounced(office.loop, self, 400, self._anew)
        options = {level: words(f"system.level_{level}") for level in _LEVELS}
        self.level = Choice(row, theme, words, words("system.from_level"), options, changed=self._soon)
        self.level.put("info")
        self.level.pack(side="left", padx=(0, px(10)))
        self.text = Line(row, theme, words, words("system.log_text"), written(100), changed=self._soon)
        self.text.entry.configure(width=32)
        self.text.pack(side="left")
        self.line = ttk.Label(row, style="Quiet.TLabel")
        self.line.pack(side="left", padx=px(12), anchor="s")
        self.table = Table(
            self, office,
            {"col_at": 110, "col_level": 90, "col_event": 240, "col_logger": 170, "col_data": 300},
            empty=words("system.no_logs"), chosen=self._chosen, height=12,
        )  # fmt: skip
        self.table.pack(fill="both", expand=True)
        self.table.list.bind("<Control-c>", lambda _: self.copy_line())
        self._chosen()

    def refresh(self) -> None:
        """Ask for what was written since, or for the newest lines at first."""
        if self.is_held or not self.text.check():
            return
        level, words, after = self.level.read(), self.text.read() or None, self._newest
        if self._begun and after is not None:
            self.office.ask(
                lambda api: api.get("/api/logs", LogPage, limit=_FIRST, level=level, event=words, after=after),
                self._add, owner=self, key="logs",
            )  # fmt: skip
            return
        self.office.ask(
            lambda api: api.get("/api/logs", LogPage, limit=_FIRST, level=level, event=words), self._fill,
            owner=self, key="logs",
        )  # fmt: skip

    def hold(self) -> None:
        """Let it stand, or go on."""
        self.is_held = not self.is_held
        self.hold_button.configure(text=self.words("system.go_on_live" if self.is_held else "system.hold"))
        self.line.configure(text=self.words("system.held") if self.is_held else "")
        self.refresh()

    def copy_line(self) -> None:
        """The chosen line, whole."""
        line = self.lines.get(self.table.selected or "")
        if line is not None:
            at = line.at.isoformat() if line.at else "?"
            self.copy(f"{at} [{line.level}] {line.logger}: {line.event} {json.dumps(line.data, ensure_ascii=False)}")

    def _anew(self) -> None:
        self._begun = False
        self.refresh()

    def _fill(self, page: LogPage) -> None:
        self._begun, self._newest = True, page.newest
        self.lines = {}
        rows = [self._row(line) for line in page.items]
        self.table.show([])
        self.table.show(rows)

    def _add(self, page: LogPage) -> None:
        self._newest = page.newest
        for line in page.items:
            self.table.on_top(self._row(line), _KEPT)
        if len(self.lines) > _KEPT:
            kept = set(self.table.names)
            self.lines = {name: line for name, line in self.lines.items() if name in kept}

    def _chosen(self) -> None:
        enable(self.copy_button, self.table.selected is not None)

    def _row(self, line: LogLine) -> Row:
        name = str(next(self._numbers))
        self.lines[name] = line
        at = f"{line.at.astimezone():%H:%M:%S}" if line.at else "?"
        data = ", ".join(f"{key}={value}" for key, value in line.data.items())
        values = (at, self.words.label("system", f"level_{line.level}") if line.level else "?", line.event,
                  line.logger.removeprefix("agent."), data)  # fmt: skip
        return Row(name, values, _TONES.get(line.level))
