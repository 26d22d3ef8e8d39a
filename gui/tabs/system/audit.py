"""The audit log: who read or changed what, and whether it is as it was written."""

import json
import re
import tkinter as tk
from tkinter import ttk

from agent.contract.audit import AuditRecord, AuditVerdict
from gui.kit.forms import Line
from gui.kit.typed import written
from gui.link.api import Listed
from gui.loop import Debounced
from gui.office import Office
from gui.tabs.system.section import Row, Section, Table

_PAGE = 100
_WORD = r"^[\w.:-]+$"


class AuditSection(Section):
    """The newest lines first, by page."""

    title = "audit"

    def __init__(self, master: tk.Misc, office: Office) -> None:
        super().__init__(master, office)
        words, px, theme = self.words, office.theme.px, office.theme
        self.verify_button = self.tool(words("system.verify_chain"), self.verify)
        row = ttk.Frame(self)
        row.pack(fill="x", pady=(0, px(8)))
        self._soon = Debounced(office.loop, self, 400, self.refresh)
        self.filters: dict[str, Line] = {}
        for name in ("actor", "action"):
            line = Line(row, theme, words, words(f"system.col_{name}"), written(120, _WORD), changed=self._soon)
            line.pack(side="left", padx=(0, px(10)))
            line.entry.configure(width=24)
            self.filters[name] = line
        self.verdict = ttk.Label(row, justify="left")
        self.verdict.pack(side="left", padx=px(10), anchor="s")
        self.more = ttk.Button(self, text=words("system.more"), command=self._more)
        self.more.pack(side="bottom", anchor="w", pady=(px(6), 0))
        self.table = Table(
            self, office,
            {"col_number": 70, "col_at": 110, "col_actor": 110, "col_action": 190, "col_customers": 100,
             "col_address": 120, "col_data": 240},
            empty=words("system.no_audit"),
        )  # fmt: skip
        self.table.pack(fill="both", expand=True)
        self.records: list[AuditRecord] = []
        self._cursor: str | None = None

    def refresh(self) -> None:
        """Ask for the newest."""
        self._ask(None)

    def verify(self) -> None:
        """Prove every line by the one before it."""
        self.verdict.configure(text=self.words("system.verifying_chain"), foreground=self.office.theme.palette.ink_2)
        self.office.ask(
            lambda api: api.get("/api/audit/verify", AuditVerdict), self._verified, owner=self, key="audit-verify",
            failed=self._not_verified,
        )  # fmt: skip

    def _ask(self, cursor: str | None) -> None:
        if not all(line.check() for line in self.filters.values()):
            return
        wanted = {name: str(line.read()) or None for name, line in self.filters.items()}
        self.office.ask(
            lambda api: api.listed("/api/audit", AuditRecord, limit=_PAGE, cursor=cursor, **wanted),
            lambda page: self._fill(page, cursor), owner=self, key="audit",
        )  # fmt: skip

    def _fill(self, page: Listed[AuditRecord], cursor: str | None) -> None:
        self.records = [*(self.records if cursor else ()), *page.items]
        self._cursor = page.cursor
        self.more.state(["!disabled" if page.cursor else "disabled"])
        self.table.show([self._row(one) for one in self.records])

    def _more(self) -> None:
        if self._cursor is not None:
            self._ask(self._cursor)

    def _not_verified(self, error: Exception) -> None:
        self.verdict.configure(text=self.office.explain(error), foreground=self.office.theme.palette.bad)

    def _verified(self, verdict: AuditVerdict) -> None:
        words, number = self.words, self.office.number
        if verdict.intact:
            text = words("system.chain_intact", n=verdict.lines, lines=number(verdict.lines))
        else:
            reason = words.label("system", f"chain_{verdict.reason}")
            text = words("system.chain_broken", number=verdict.broken_at or "?", reason=reason)
        colours = self.office.theme.palette
        self.verdict.configure(text=text, foreground=colours.good if verdict.intact else colours.bad)

    def _row(self, one: AuditRecord) -> Row:
        customers = ", ".join(map(str, one.customers[:5])) + ("…" if len(one.customers) > 5 else "")
        data = re.sub(r'[{}"]', "", json.dumps(one.data, ensure_ascii=False))
        values = (
            str(one.number), self.office.clock(one.at), one.actor, one.action, customers, one.address or "", data,
        )  # fmt: skip
        return Row(str(one.number), values)
