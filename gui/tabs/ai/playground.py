"""A message to try: what the agent understands of it, what it would suggest, and how long that takes."""

import tkinter as tk
from time import perf_counter
from tkinter import ttk

from agent.contract.analysis import Sentiment, SuggestionKind
from agent.contract.generation import MAX_TEXT, GeneratedAnalysis
from gui.kit.forms import Line, Switch, all_right
from gui.kit.panels import Figure, Panel
from gui.kit.scrolled import Scrolled
from gui.kit.typed import written
from gui.link.api import Api
from gui.office import Office
from gui.tabs.ai.section import AiSection, Prose, enable, prose, wrapped

_TONES = {Sentiment.POSITIVE: "good", Sentiment.NEUTRAL: "calm", Sentiment.NEGATIVE: "bad"}
_WAIT_S = 25.0


class Playground(AiSection):
    """Nothing that is tried here is stored."""

    title = "playground"

    def __init__(self, master: tk.Misc, office: Office) -> None:
        super().__init__(master, office)
        px, words, theme = office.theme.px, self.words, office.theme
        self.message = Prose(self, theme, words, words("ai.message"), prose(MAX_TEXT))
        self.message.rows = 3
        self.message.put(None)
        self.message.pack(fill="x")
        line = ttk.Frame(self)
        line.pack(fill="x", pady=px(10))
        self.go = self.button(line, "try", self.ask, main=True, side="right")
        self.customer = Line(line, theme, words, words("ai.customer"), written(100, nothing=None))
        self.customer.put(None)
        self.customer.pack(side="left", padx=(0, px(24)))
        self.draft = Switch(line, theme, words, words("ai.with_draft"))
        self.draft.put(False)
        self.draft.pack(side="left")
        self.message.text.bind("<Control-Return>", self._typed)
        self._figures = ttk.Frame(self)
        self._figures.pack(fill="x")
        names = ("mood", "intent", "time")
        self.figures = {name: Figure(self._figures, theme, words(f"ai.{name}")) for name in names}
        for at, figure in enumerate(self.figures.values()):
            figure.grid(row=0, column=at, sticky="nsew", padx=(0, px(10) if at < 2 else 0))
            self._figures.columnconfigure(at, weight=1, uniform="figures")
        self._scrolled = Scrolled(self, theme, office.loop)
        self._scrolled.pack(fill="both", expand=True, pady=(px(10), 0))
        self.line = wrapped(ttk.Label(self._scrolled.body, style="Quiet.TLabel", text=words("ai.try_hint")))
        self._cards: list[tk.Widget] = []

    def ask(self) -> None:
        """Try it."""
        if not all_right([self.message, self.customer]) or self.go.instate(["disabled"]):
            return
        body = {"text": self.message.read(), "customer": self.customer.read(), "draft": self.draft.read(),
                "draft_s": _WAIT_S}  # fmt: skip

        def job(api: Api) -> tuple[GeneratedAnalysis, float]:
            begun = perf_counter()
            found = api.write("POST", "/api/analysis/generate", GeneratedAnalysis, body)
            return found, perf_counter() - begun

        enable(self.go, is_so=False)
        self.line.configure(text=self.words("ai.trying"))
        self.office.ask(job, self._found, owner=self, key="playground", failed=self._failed)

    def _typed(self, _: object) -> str:
        self.ask()
        return "break"

    def _found(self, answer: tuple[GeneratedAnalysis, float]) -> None:
        found, seconds = answer
        words, office, sure = self.words, self.office, self.office.percent
        enable(self.go, is_so=True)
        scores = found.confidence_scores
        self.figures["mood"].show(
            words(f"sentiment.{found.sentiment.value}"), words("ai.sure", share=sure(scores.get("sentiment"))),
            _TONES[found.sentiment],  # type: ignore[arg-type]  # they are tones
        )  # fmt: skip
        titles = {one.name: one.title for one in found.intent_choices}
        intent = titles.get(found.intent) or words.intent(found.intent)
        share = words("ai.sure", share=sure(scores.get("intent")))
        self.figures["intent"].show(
            intent, words("ai.unsure", share=sure(scores.get("intent"))) if found.unsure else share,
            "warn" if found.unsure else "calm",
        )  # fmt: skip
        self.figures["time"].show(f"{office.number(seconds * 1000)} ms", found.model_version)
        for card in self._cards:
            card.destroy()
        self._cards = []
        for one in found.suggested_responses:
            source = f"{words(f'ai.kind_{one.kind.value}')} · {one.source} · {sure(one.score)}"
            self._card(source, one.text)
        if found.draft_state != "not_asked":
            name = found.model_name or words("ai.kind_draft")
            text = found.draft or words.label("ai", f"draft_{found.draft_state}")
            self._card(f"{words(f'ai.kind_{SuggestionKind.DRAFT.value}')} · {name}", text)
        self.line.configure(text="" if found.suggested_responses else words("ai.no_suggestion"))
        self._scrolled.to_top()

    def _failed(self, error: Exception) -> None:
        enable(self.go, is_so=True)
        self.line.configure(text=self.office.explain(error))

    def _card(self, source: str, text: str) -> None:
        theme, px = self.office.theme, self.office.theme.px
        panel = Panel(self._scrolled.body, theme)
        panel.pack(fill="x", pady=(0, px(8)), padx=(0, px(12)))
        head = tk.Label(panel.body, text=source, font="SunValleyCaptionFont", anchor="w")
        label = tk.Label(panel.body, text=text, font="SunValleyBodyFont", anchor="w", justify="left")
        head.pack(fill="x")
        label.pack(fill="x")
        label.bind("<Configure>", lambda event: label.configure(wraplength=max(event.width, 1)))

        def restyle() -> None:
            colours = theme.palette
            head.configure(background=colours.paper, foreground=colours.ink_2)
            label.configure(background=colours.paper, foreground=colours.ink)

        theme.follow(panel, restyle)
        self._cards.append(panel)
