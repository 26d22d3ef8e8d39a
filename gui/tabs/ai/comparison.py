"""How well what is shown first is what is sent: week by week, and beside a ranking that nobody sees."""

import tkinter as tk
from tkinter import ttk

from agent.contract.learning import Learned
from agent.contract.metrics import Dashboard
from gui.kit.forms import Choice
from gui.kit.panels import Figure
from gui.link.api import Api
from gui.link.errors import Refused
from gui.office import Office
from gui.parts import Part
from gui.tabs.ai.section import AiSection, Listing, enable, wrapped

_FIGURES = ("answered", "hits", "used_today", "shadow_hits")
_CANDIDATES = ("bold", "cautious", "shared", "unlearned")


class Comparison(AiSection):
    """Figures, the weeks, and the ranking in shadow."""

    title = "comparison"
    parts = frozenset({Part.LEARNING})

    def __init__(self, master: tk.Misc, office: Office) -> None:
        super().__init__(master, office)
        px, words, theme = office.theme.px, self.words, office.theme
        top = ttk.Frame(self)
        top.pack(fill="x")
        self.figures = {name: Figure(top, theme, words(f"ai.{name}")) for name in _FIGURES}
        for at, figure in enumerate(self.figures.values()):
            figure.grid(row=0, column=at, sticky="nsew", padx=(0, px(10) if at < 3 else 0))
            top.columnconfigure(at, weight=1, uniform="figures")
        self.line = wrapped(ttk.Label(self, style="Strong.TLabel"))
        self.line.pack_configure(pady=(px(14), px(6)))
        row = ttk.Frame(self)
        row.pack(fill="x", pady=(0, px(12)))
        rankings = {name: words(f"ai.ranking_{name}") for name in _CANDIDATES}
        self.candidate = Choice(row, theme, words, words("ai.candidate"), rankings, changed=self._looked)
        self.candidate.pack(side="left", padx=(0, px(10)))
        self.start = self.button(row, "start_shadow", self._start)
        self.promote = self.button(row, "promote", lambda: self._do("promote", "ai.promoted"))
        self.back = self.button(row, "roll_back", lambda: self._do("rollback", "ai.rolled_back"))
        for button in (self.start, self.promote, self.back):
            button.pack_configure(anchor="s")
        columns = (
            (words("ai.week"), 180), (words("ai.cards"), 90), (words("ai.score_none"), 130),
            (words("ai.score_active"), 130), (words("ai.score_shadow"), 130),
        )  # fmt: skip
        self.weeks = Listing(self, office, columns, empty=words("ai.no_weeks"), hint=words("ai.no_weeks_hint"))
        self.weeks.pack(fill="both", expand=True)

    def refresh(self) -> None:
        """Ask for both: what was learned, and the day's use."""

        def job(api: Api) -> tuple[Learned, Dashboard]:
            return api.get("/api/learning", Learned), api.get("/api/metrics/dashboard", Dashboard)

        self.office.ask(job, self.fill, owner=self, key="comparison")

    def fill(self, found: tuple[Learned, Dashboard]) -> None:
        """Show it."""
        learned, day = found
        words, office = self.words, self.office
        number, percent = office.number, office.percent
        figures, totals = self.figures, learned.shadow_totals
        figures["answered"].show(number(learned.answered), words("ai.answered_hint", n=learned.picked))
        last = learned.evaluations[0].scores.get("active") if learned.evaluations else None
        figures["hits"].show(percent(last.top1 if last else None), words("ai.hits_hint"))
        figures["used_today"].show(percent(day.suggestions.rates.get("used")), words("ai.used_today_hint"))
        share = totals.hits / totals.answered if totals is not None and totals.answered else None
        figures["shadow_hits"].show(
            percent(share),
            words("ai.shadow_hits_hint", shown=percent(totals.shown_hits / totals.answered))
            if totals is not None and totals.answered else words("ai.shadow_none"),
        )  # fmt: skip
        active = words.label("ai", f"ranking_{learned.ranking.name}") if learned.ranking else words("ai.ranking_own")
        shadow = words.label("ai", f"ranking_{learned.shadow.name}") if learned.shadow else words("ai.shadow_none")
        said = words("ai.rankings", active=active, shadow=shadow)
        if totals is not None:
            said += " " + words("ai.shadow_cards", n=totals.cards, agreed=totals.agreed)
        self.line.configure(text=said if learned.enabled else words("ai.learning_off"))
        enable(self.promote, is_so=learned.shadow is not None)
        enable(self.back, is_so=learned.ranking is not None)
        self.weeks.show(
            (one.at.isoformat(), (
                f"{office.clock(one.first)} – {office.clock(one.last)}",
                number(max((score.cards for score in one.scores.values()), default=0)),
                *(percent(one.scores[name].top1) if name in one.scores else "–"
                  for name in ("none", "active", "shadow")),
            ))
            for one in learned.evaluations
        )  # fmt: skip
        self._looked()

    def _start(self) -> None:
        name = self.candidate.read()
        if name is not None:
            self._do(f"shadow/{name}", "ai.started")

    def _do(self, what: str, said: str) -> None:
        def done(_: bytes) -> None:
            self.office.say(self.words(said))
            self.refresh()

        def failed(error: Exception) -> None:
            if isinstance(error, Refused) and error.code == "conflict":
                self.refresh()
            self.office.complain(error)

        self.office.ask(lambda api: api.send("POST", f"/api/learning/{what}"), done, owner=self, failed=failed)

    def _looked(self) -> None:
        enable(self.start, is_so=self.candidate.read() is not None)
