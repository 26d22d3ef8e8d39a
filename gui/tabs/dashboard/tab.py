"""Today at a glance: figures, charts, alerts, what happened last."""

import tkinter as tk
from collections.abc import Sequence
from tkinter import ttk
from typing import Any

from agent.contract.analysis import Sentiment
from agent.contract.metrics import Dashboard
from agent.contract.stored import StoredEvent
from gui.kit.charts import Bars, Share
from gui.kit.panels import Figure, Panel
from gui.kit.plots import Columns, Lines, Series
from gui.kit.roomy import Roomy
from gui.office import Office
from gui.parts import Part
from gui.tabs.base import Tab
from gui.tabs.dashboard.alerts import Alerts
from gui.tabs.dashboard.recent import Recent

_WIDE = 1060
"""Pixels at 100 % from which there are five figures beside each other, and three panels."""
_LEAST = {True: (_WIDE, 620), False: (820, 900)}
"""Pixels at 100 % under which the page is scrolled, where it is wide and where it is not."""
_FIGURES = (
    "messages", "customers", "waiting", "first_answer", "answer",
    "conversion", "suggestions", "picked", "adoption", "latency",
)  # fmt: skip
_PLACES = {
    True: {"hours": (0, 0), "speed": (0, 1), "side": (0, 2), "recent": (1, 0), "intents": (1, 1), "outcomes": (1, 2)},
    False: {"hours": (0, 0), "speed": (0, 1), "side": (1, 0), "intents": (1, 1), "recent": (2, 0), "outcomes": (2, 1)},
}
"""Row and column of each panel."""


class DashboardTab(Tab):
    """The first tab."""

    name = "dashboard"
    parts = frozenset({Part.FIGURES, Part.ALERTS})

    def __init__(self, master: tk.Misc, office: Office) -> None:
        super().__init__(master, office)
        words, px, theme = office.words, office.theme.px, office.theme
        self._room = Roomy(self, theme, (px(_LEAST[False][0]), px(_LEAST[False][1])))
        self._room.pack(fill="both", expand=True)
        # Rows of their own: a grid does not keep columns equal under what spans several of them.
        self._top, self._below = ttk.Frame(self._room.body), ttk.Frame(self._room.body)
        self._top.pack(fill="x")
        self._below.pack(fill="both", expand=True)
        self.figures = {name: Figure(self._top, theme, words(f"dashboard.{name}")) for name in _FIGURES}
        side = ttk.Frame(self._below)
        panels = {name: self._panel(self._below, name) for name in ("hours", "speed", "intents", "outcomes")}
        moods = self._panel(side, "mood")
        moods.pack(fill="both", expand=True, padx=px(5), pady=px(5))
        self.alerts = Alerts(self._room.body, office)
        self.recent = Recent(self._below, office)
        self._panels: dict[str, tk.Widget] = {**panels, "side": side, "recent": self.recent}
        self.hours = Columns(panels["hours"].body, theme, written=office.number, least_step=1, told=self._hour_told)
        self.speed = Lines(
            panels["speed"].body, theme, written=office.seconds, told=self._speed_told,
            empty=words("dashboard.no_latency"),
        )  # fmt: skip
        self._moods = Share(moods.body, theme, empty=words("dashboard.none_understood"))
        self._intents = Bars(panels["intents"].body, theme, height=140, empty=words("dashboard.none_understood"))
        self._outcomes = Bars(panels["outcomes"].body, theme, height=120, most=4)
        for chart in (self.hours, self.speed, self._moods, self._intents, self._outcomes):
            chart.pack(fill="both", expand=True)
        self._is_wide: bool | None = None
        self._day: Dashboard | None = None
        self.bind("<Configure>", lambda event: self._arrange(is_wide=event.width >= px(_WIDE)))
        self._arrange(is_wide=False)

    def show(self, **wanted: object) -> None:
        """Names that are missing are asked for only when they can be seen."""
        super().show(**wanted)
        self.recent.look()

    def refresh(self, parts: frozenset[Part]) -> None:
        """Ask for the day's figures, and for the alerts."""
        if Part.FIGURES in parts:
            self.office.ask(
                lambda api: api.get("/api/metrics/dashboard", Dashboard), self.fill, owner=self, key="dashboard"
            )
        if Part.ALERTS in parts:
            self.alerts.refresh()

    def fill(self, day: Dashboard) -> None:
        """Show a day."""
        self._day = day
        self._fill_figures(day)
        self._fill_charts(day)

    def happened(self, events: Sequence[StoredEvent]) -> None:
        """Show what happened, the newest on top."""
        self.recent.happened(events)

    def _fill_figures(self, day: Dashboard) -> None:
        office, words, figures = self.office, self.office.words, self.figures
        number, answers, cards = office.number, day.answers, day.suggestions
        figures["messages"].show(
            number(day.messages_in + day.messages_out),
            words("dashboard.in_out", received=number(day.messages_in), sent=number(day.messages_out)),
        )
        figures["customers"].show(number(day.customers), words("dashboard.new_customers", n=day.new_customers))
        for name, times in (("first_answer", answers.first), ("answer", answers.all)):
            hint = words("dashboard.p90", time=office.duration(times.p90_s)) if times.count else words("dashboard.none")
            figures[name].show(office.duration(times.average_s), hint)
        waiting = day.waiting
        figures["waiting"].show(
            number(waiting.customers),
            words("dashboard.longest", time=office.duration(waiting.longest_s)) if waiting.customers else "",
            "warn" if waiting.customers else "good",
        )
        decided = sum(count for outcome, count in day.conversion.outcomes.items() if outcome != "open")
        figures["conversion"].show(office.percent(day.conversion.rate), words("dashboard.decided", n=decided))
        shown = cards.cards > 0
        kinds = sum(cards.suggestions.values())
        figures["suggestions"].show(number(cards.cards), words("dashboard.of_suggestions", n=kinds) if shown else "")
        figures["picked"].show(number(cards.picked), office.percent(cards.rates.get("picked")) if shown else "")
        hint = words("dashboard.edited_ignored", edited=number(cards.edited), ignored=number(cards.ignored))
        figures["adoption"].show(office.percent(cards.rates.get("used")), hint if shown else "")
        took = day.latency
        figures["latency"].show(
            office.seconds(took.p50_ms), words("dashboard.p95", time=office.seconds(took.p95_ms)) if took.count else ""
        )

    def _fill_charts(self, day: Dashboard) -> None:
        words, number = self.office.words, self.office.number
        self.hours.show(
            [f"{hour.hour}h" for hour in day.hours],
            (
                Series(words("dashboard.received"), [hour.messages_in for hour in day.hours], "accent"),
                Series(words("dashboard.sent"), [hour.messages_out for hour in day.hours], "calm"),
            ),
        )
        self.speed.show(
            [f"{hour.hour}h" for hour in day.latency_hours],
            (
                Series(words("dashboard.half"), [hour.p50_ms for hour in day.latency_hours], "accent"),
                Series(words("dashboard.most"), [hour.p95_ms for hour in day.latency_hours], "warn"),
            ),
        )
        tones = ((Sentiment.POSITIVE, "good"), (Sentiment.NEUTRAL, "calm"), (Sentiment.NEGATIVE, "bad"))
        counted = [(words(f"sentiment.{mood.value}"), day.sentiments.get(mood, 0), colour) for mood, colour in tones]
        whole = sum(n for _, n, _ in counted)
        percent = self.office.percent
        self._moods.show([(name, n, percent(n / whole) if whole else "", colour) for name, n, colour in counted])
        self._intents.show([(words.intent(name), n, number(n), "accent") for name, n in day.intents.items() if n])
        cards = day.suggestions
        rates = [("picked", cards.picked), ("sent", cards.sent), ("edited", cards.edited), ("ignored", cards.ignored)]
        self._outcomes.show(
            [(words(f"dashboard.cards_{name}"), n, number(n), "calm" if name == "ignored" else "good")
             for name, n in rates]
        )  # fmt: skip

    def _arrange(self, *, is_wide: bool) -> None:
        if is_wide == self._is_wide:
            return
        self._is_wide = is_wide
        px = self.office.theme.px
        across = 5 if is_wide else 4
        gaps: dict[str, Any] = {"padx": px(5), "pady": px(5)}
        for i, figure in enumerate(self.figures.values()):
            figure.grid(row=i // across, column=i % across, sticky="nsew", **gaps)
        for name, (row, column) in _PLACES[is_wide].items():
            gap = 0 if name == "side" else px(5)
            self._panels[name].grid(row=row, column=column, sticky="nsew", padx=gap, pady=gap)
        # Beside the figures there is room where they do not fill their last row.
        if is_wide:
            self.alerts.grid_forget()
            self.alerts.pack(in_=self._panels["side"], fill="both", expand=True, **gaps)
        else:
            self.alerts.pack_forget()
            self.alerts.grid(in_=self._top, row=2, column=2, columnspan=2, sticky="nsew", **gaps)
        self.alerts.lift()
        for frame, columns in ((self._top, across), (self._below, 3 if is_wide else 2)):
            for column in range(5):
                there = column < columns
                frame.columnconfigure(column, weight=int(there), uniform="columns" if there else "")
        for row in range(3):
            self._below.rowconfigure(row, weight=int(row < (2 if is_wide else 3)))
        self._room.least = (px(_LEAST[is_wide][0]), px(_LEAST[is_wide][1]))
        self._room.fit()

    def _panel(self, master: tk.Misc, name: str) -> Panel:
        return Panel(master, self.office.theme, self.office.words(f"dashboard.{name}"))

    def _hour_told(self, at: int) -> str:
        if self._day is None or at >= len(self._day.hours):
            return ""
        hour = self._day.hours[at]
        return self.office.words(
            "dashboard.hour_told", hour=hour.hour, received=hour.messages_in, sent=hour.messages_out
        )

    def _speed_told(self, at: int) -> str:
        if self._day is None or at >= len(self._day.latency_hours):
            return ""
        hour, office = self._day.latency_hours[at], self.office
        if not hour.count:
            return office.words("dashboard.speed_none", hour=hour.hour)
        half, most = office.seconds(hour.p50_ms), office.seconds(hour.p95_ms)
        return office.words("dashboard.speed_told", hour=hour.hour, half=half, most=most, n=hour.count)
