"""The sessions: what the page shows, whether messages are captured and if not why, and what they cost."""

import tkinter as tk
from collections.abc import Callable
from tkinter import ttk

from agent.contract.access import Role
from agent.contract.sessions import SessionState
from gui.kit.panels import Empty, Panel
from gui.kit.scrolled import Scrolled
from gui.link.api import Listed
from gui.office import Office
from gui.pairing import PairingWindow
from gui.parts import Part
from gui.snapshot import level_of
from gui.steering import is_closed, show_page, stop_or_start, turn_label
from gui.tabs.system.section import Section, enable
from gui.theme import Tone

_EVERY_MS = 5000
_LINES = ("state", "page", "proven", "restarts", "reloads", "memory", "processor", "model", "last_error")
_TONES: dict[str, Tone] = {"live": "good", "degraded": "warn", "blind": "bad", "paused": "warn", "stopped": "warn"}


class SessionsSection(Section):
    """A panel for each."""

    title = "sessions"
    parts = frozenset({Part.SESSIONS})
    every_ms = _EVERY_MS

    def __init__(self, master: tk.Misc, office: Office) -> None:
        super().__init__(master, office)
        self._scrolled = Scrolled(self, office.theme, office.loop)
        self._scrolled.pack(fill="both", expand=True)
        self._empty = Empty(self, self.words("frame.no_session"))
        self.cards: dict[str, SessionCard] = {}

    def refresh(self) -> None:
        """Ask for them."""
        self.office.ask(
            lambda api: api.listed("/api/sessions", SessionState), self.fill, owner=self, key="sessions",
            failed=self.office.complain,
        )  # fmt: skip

    def fill(self, found: Listed[SessionState]) -> None:
        """Show them."""
        for name in set(self.cards) - {one.name for one in found.items}:
            self.cards.pop(name).destroy()
        for one in found.items:
            if one.name not in self.cards:
                self.cards[one.name] = card = SessionCard(self._scrolled.body, self.office)
                card.pack(fill="x", pady=(0, self.office.theme.px(10)), padx=(0, self.office.theme.px(10)))
            self.cards[one.name].fill(one)
        if found.items:
            self._empty.place_forget()
        else:
            self._empty.place(relx=0, rely=0.2, relwidth=1, relheight=0.8)


class SessionCard(Panel):
    """One of them."""

    def __init__(self, master: tk.Misc, office: Office) -> None:
        self._tone: Tone = "calm"
        super().__init__(master, office.theme)
        self._office = office
        words, px = office.words, office.theme.px
        self.head = tk.Label(self.body, anchor="w", font="SunValleyBodyLargeFont", justify="left")
        self.head.grid(row=0, column=0, columnspan=2, sticky="w", pady=(0, px(8)))
        self.tools = tk.Frame(self.body)
        self.qr = ttk.Button(self.tools, text=words("frame.show_qr"), command=self._link)
        self.turn = ttk.Button(self.tools, command=lambda: self._do(stop_or_start))
        self.page = ttk.Button(self.tools, text=words("frame.show_page"), command=lambda: self._do(show_page))
        for button in (self.turn, self.page, self.qr):
            button.pack(side="right", padx=(px(8), 0))
        if office.may(Role.SUPERVISOR):
            self.tools.grid(row=0, column=2, sticky="e")
        self.lines: dict[str, tk.Label] = {}
        self._names: list[tk.Label] = []
        for at, name in enumerate(_LINES, 1):
            called = tk.Label(self.body, text=words(f"system.session_{name}"), anchor="w", font="SunValleyBodyFont")
            told = tk.Label(self.body, anchor="w", justify="left", font="SunValleyBodyFont", wraplength=px(560))
            called.grid(row=at, column=0, sticky="nw", padx=(0, px(24)), pady=px(2))
            told.grid(row=at, column=1, columnspan=2, sticky="nw", pady=px(2))
            self._names.append(called)
            self.lines[name] = told
        self.body.columnconfigure(1, weight=1)
        self._session: SessionState | None = None
        self._restyle()

    def fill(self, one: SessionState) -> None:
        """Show how it is."""
        words, office = self._office.words, self._office
        self._session = one
        level = level_of(one)
        text = f"● {one.name}: {words.label('life', level)}"
        if one.life is not None and one.life.reason is not None and level != "paused":
            text += f" · {words.label('reason', one.life.reason.value)}"
        self._tone = _TONES.get(level, "calm")
        self.head.configure(text=text)
        memory = [
            words(f"system.memory_{name}", mb=office.number(value))
            for name, value in (("agent", one.agent_mb), ("browser", one.browser_mb), ("page", one.page_mb))
            if value is not None
        ]
        proven, busy = one.last_proven_age_s, one.browser_cpu_percent
        told = {
            "state": words.label("system", f"state_{one.state}"),
            "page": words.label("system", f"screen_{one.page.value}"),
            "proven": words("system.ago", time=office.duration(proven)) if proven is not None else "–",
            "restarts": office.number(one.restarts),
            "reloads": office.number(one.reloads),
            "memory": " · ".join(memory) or "–",
            "processor": office.percent(busy / 100) if busy is not None else "–",
            "model": words(f"frame.model_{one.model}", name=one.model_name or ""),
            "last_error": one.last_error or "–",
        }
        for name, text in told.items():
            self.lines[name].configure(text=text)
        self.turn.configure(text=turn_label(office, one))
        for button in (self.qr, self.page):
            enable(button, not is_closed(one))
        self._restyle()

    def _link(self) -> None:
        if self._session is not None:
            PairingWindow(self._office, self._session.name)

    def _do(self, what: Callable[[Office, SessionState, tk.Misc], None]) -> None:
        if self._session is not None:
            what(self._office, self._session, self)

    def _restyle(self) -> None:
        super()._restyle()
        if not hasattr(self, "lines"):
            return
        colours = self.theme.palette
        tones = {"calm": colours.ink, "good": colours.good, "warn": colours.warn, "bad": colours.bad}
        self.head.configure(background=colours.paper, foreground=tones[self._tone])
        self.tools.configure(background=colours.paper)
        for label in self._names:
            label.configure(background=colours.paper, foreground=colours.ink_2)
        for label in self.lines.values():
            label.configure(background=colours.paper, foreground=colours.ink)
