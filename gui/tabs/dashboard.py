"""Today at a glance: figures, charts, who waits, what happened last."""

import tkinter as tk
from collections.abc import Sequence
from tkinter import ttk

from agent.contract.analysis import Sentiment
from agent.contract.metrics import Dashboard
from agent.contract.stored import StoredEvent
from gui.kit.charts import Bars, Columns, Series, Share
from gui.kit.panels import Figure, Panel
from gui.kit.roomy import Roomy
from gui.office import Office
from gui.parts import Part
from gui.tabs.base import Tab

_COLUMNS = 4
_LEAST = (820, 500)
"""Pixels at 100 % under which the page is scrolled."""
_LINES = 40
_SILENT = frozenset({"offer.grown", "message.status", "suggestion.shown", "offer.answered"})
"""Kinds that say nothing to a person that another one does not say."""
_FIGURES = (
    "messages", "customers", "first_answer", "answer", "waiting", "conversion", "suggestions", "adoption",
)  # fmt: skip


class DashboardTab(Tab):
    """The first tab."""

    name = "dashboard"
    parts = frozenset({Part.FIGURES})

    def __init__(self, master: tk.Misc, office: Office) -> None:
        super().__init__(master, office)
        words, px = office.words, office.theme.px
        # Rows of their own: a grid does not keep columns equal under what spans several of them.
        room = Roomy(self, office.theme, (px(_LEAST[0]), px(_LEAST[1])))
        room.pack(fill="both", expand=True)
        top, below = ttk.Frame(room.body), ttk.Frame(room.body)
        top.pack(fill="x")
        below.pack(fill="both", expand=True)
        right = ttk.Frame(below)
        right.grid(row=0, column=1, sticky="nsew")
        self.figures = {name: Figure(top, office.theme, words(f"dashboard.{name}")) for name in _FIGURES}
        for i, figure in enumerate(self.figures.values()):
            figure.grid(row=i // _COLUMNS, column=i % _COLUMNS, sticky="nsew", padx=px(5), pady=px(5))
        self.hours = self._panel(below, "hours", 0, 0)
        self._hours = Columns(self.hours.body, office.theme, told=self._hour_told)
        self._hours.pack(fill="both", expand=True)
        moods = self._panel(right, "mood", 0, 0)
        self._moods = Share(moods.body, office.theme)
        self._moods.pack(fill="both", expand=True)
        intents = self._panel(right, "intents", 0, 1)
        self._intents = Bars(intents.body, office.theme)
        self._intents.pack(fill="both", expand=True)
        outcomes = self._panel(below, "outcomes", 1, 1)
        self._outcomes = Bars(outcomes.body, office.theme, height=150, most=5)
        self._outcomes.pack(fill="both", expand=True)
        recent = self._panel(below, "recent", 1, 0)
        self.recent = ttk.Treeview(recent.body, columns=("at", "what"), show="", height=6, selectmode="browse")
        self.recent.column("at", width=px(70), stretch=False)
        self.recent.column("what", width=px(300))
        bar = ttk.Scrollbar(recent.body, command=self.recent.yview)
        self.recent.configure(yscrollcommand=bar.set)
        bar.pack(side="right", fill="y")
        self.recent.pack(fill="both", expand=True)
        self.recent.bind("<Double-1>", lambda _: self._open_recent())
        self.recent.bind("<Return>", lambda _: self._open_recent())
        for frame, columns in ((top, _COLUMNS), (below, 2), (right, 2)):
            for column in range(columns):
                frame.columnconfigure(column, weight=1, uniform="columns")
        right.rowconfigure(0, weight=1)
        below.rowconfigure(1, weight=1)
        self._shown_events: dict[str, StoredEvent] = {}
        self._day: Dashboard | None = None

    def refresh(self, parts: frozenset[Part]) -> None:
        """Ask for the day's figures."""
        self.office.ask(
            lambda api: api.get("/api/metrics/dashboard", Dashboard), self.fill, owner=self, key="dashboard"
        )

    def fill(self, day: Dashboard) -> None:
        """Show a day."""
        self._day = day
        office, words = self.office, self.office.words
        figures, answers, cards = self.figures, day.answers, day.suggestions
        figures["messages"].show(
            office.number(day.messages_in + day.messages_out),
            words("dashboard.in_out", received=office.number(day.messages_in), sent=office.number(day.messages_out)),
        )
        figures["customers"].show(office.number(day.customers), words("dashboard.new_customers", n=day.new_customers))
        for name, times in (("first_answer", answers.first), ("answer", answers.all)):
            hint = words("dashboard.p90", time=office.duration(times.p90_s)) if times.count else words("dashboard.none")
            figures[name].show(office.duration(times.average_s), hint)
        waiting = day.waiting
        figures["waiting"].show(
            office.number(waiting.customers),
            words("dashboard.longest", time=office.duration(waiting.longest_s)) if waiting.customers else "",
            "warn" if waiting.customers else "good",
        )
        decided = sum(count for outcome, count in day.conversion.outcomes.items() if outcome != "open")
        figures["conversion"].show(office.percent(day.conversion.rate), words("dashboard.decided", n=decided))
        figures["suggestions"].show(
            office.number(cards.cards), words("dashboard.picked", n=cards.picked) if cards.cards else ""
        )
        figures["adoption"].show(
            office.percent(cards.rates.get("used")),
            words("dashboard.ignored", n=cards.ignored) if cards.cards else "",
        )
        self._hours.show(
            [f"{hour.hour}h" for hour in day.hours],
            (
                Series("in", [hour.messages_in for hour in day.hours], "accent"),
                Series("out", [hour.messages_out for hour in day.hours], "calm"),
            ),
        )
        tones = ((Sentiment.POSITIVE, "good"), (Sentiment.NEUTRAL, "calm"), (Sentiment.NEGATIVE, "bad"))
        self._moods.show(
            [(words(f"sentiment.{mood.value}"), day.sentiments.get(mood, 0), colour) for mood, colour in tones]
        )
        self._intents.show(
            [(words.label("intent", name), n, office.number(n), "accent") for name, n in day.intents.items() if n]
        )
        rates = [("picked", cards.picked), ("sent", cards.sent), ("edited", cards.edited), ("ignored", cards.ignored)]
        self._outcomes.show(
            [(words(f"dashboard.cards_{name}"), n, office.number(n), "calm" if name == "ignored" else "good")
             for name, n in rates]
        )  # fmt: skip

    def happened(self, events: Sequence[StoredEvent]) -> None:
        """Show what happened, the newest on top."""
        for event in events:
            if event.kind in _SILENT:
                continue
            line = self.recent.insert(
                "", 0, values=(self.office.clock(event.at), self.office.words.label("event", event.kind))
            )
            self._shown_events[line] = event
        for line in self.recent.get_children()[_LINES:]:
            self.recent.delete(line)
            self._shown_events.pop(line, None)

    def _panel(self, master: tk.Misc, name: str, row: int, column: int) -> Panel:
        px = self.office.theme.px
        panel = Panel(master, self.office.theme, self.office.words(f"dashboard.{name}"))
        panel.grid(row=row, column=column, sticky="nsew", padx=px(5), pady=px(5))
        return panel

    def _hour_told(self, at: int) -> str:
        if self._day is None or at >= len(self._day.hours):
            return ""
        hour = self._day.hours[at]
        return self.office.words(
            "dashboard.hour_told", hour=hour.hour, received=hour.messages_in, sent=hour.messages_out
        )

    def _open_recent(self) -> None:
        for line in self.recent.selection():
            event = self._shown_events.get(line)
            if event is not None and event.conversation_id is not None:
                self.office.go("messages", conversation=event.conversation_id)
