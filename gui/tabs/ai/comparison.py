"""How well what is shown first is what is sent: week by week, and beside a ranking that nobody sees."""

import tkinter as tk
from collections.abc import Sequence
from tkinter import ttk

from agent.contract.learning import EvaluatedWeek, Learned
from agent.contract.metrics import Dashboard
from gui.kit.forms import Choice
from gui.kit.panels import Figure, Panel
from gui.kit.plots import Lines, Series
from gui.link.api import Api
from gui.link.errors import Refused
from gui.office import Office
from gui.parts import Part
from gui.tabs.ai.section import AiSection, Listing, enable, wrapped

_FIGURES = ("answered", "hits", "used_today", "shadow_hits")
_ORDERS = ("none", "active", "shadow")
_CHART = 120
_CANDIDATES = ("bold", "cautious", "shared", "unlearned")


class Comparison(AiSection):
    """Figures, the weeks, and the ranking in shadow."""

    title = "comparison"
    parts = frozenset({Part.LEARNING, Part.FIGURES})
    least = (560, 580)
    """Pixels at 100 % under which it is scrolled."""

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
        charts = ttk.Frame(self)
        charts.pack(fill="x", pady=(0, px(12)))
        panels = [Panel(charts, theme, words(f"ai.{name}_over_time")) for name in ("accuracy", "latency")]
        for at, panel in enumerate(panels):
            panel.grid(row=0, column=at, sticky="nsew", padx=(0 if at == 0 else px(10), 0))
            charts.columnconfigure(at, weight=1, uniform="charts")
        none = words("ai.no_weeks")
        self.accuracy = Lines(panels[0].body, theme, written=office.percent, height=_CHART, every=1, most=1, empty=none)
        self.latency = Lines(panels[1].body, theme, written=office.seconds, height=_CHART, every=1, empty=none)
        for chart in (self.accuracy, self.latency):
            chart.pack(fill="both", expand=True)
        columns = (
            (words("ai.week"), 180), (words("ai.cards"), 90), (words("ai.score_none"), 130),
            (words("ai.score_active"), 130), (words("ai.score_shadow"), 130),
            (words("ai.half"), 100), (words("ai.most"), 100),
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
                  for name in _ORDERS),
                office.seconds(one.latency.p50_ms),
                office.seconds(one.latency.p95_ms),
            ))
            for one in learned.evaluations
        )  # fmt: skip
        self._draw(learned.evaluations[::-1])
        self._looked()

    def _draw(self, weeks: Sequence[EvaluatedWeek]) -> None:
        words = self.words
        labels = [self.office.day(one.last) for one in weeks]
        scores = {name: [score.top1 if (score := one.scores.get(name)) else None for one in weeks] for name in _ORDERS}
        self.accuracy.show(
            labels,
            [
                Series(words(f"ai.score_{name}"), values, colour)
                for (name, values), colour in zip(scores.items(), ("calm", "accent", "warn"), strict=True)
                if any(value is not None for value in values)
            ],
        )
        self.latency.show(
            labels,
            (
                Series(words("ai.half"), [one.latency.p50_ms for one in weeks], "accent"),
                Series(words("ai.most"), [one.latency.p95_ms for one in weeks], "warn"),
            ),
        )

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
