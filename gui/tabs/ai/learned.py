"""Replies that were learned from what is sent again and again: a supervisor takes them, changes them or not."""

import tkinter as tk
from tkinter import ttk

from agent.contract.learning import Proposal, ProposalState
from agent.contract.replies import MAX_TEXT
from gui.kit.forms import Choice, Field, Line, all_right
from gui.kit.typed import written
from gui.kit.unsaved import differs
from gui.link.api import Api
from gui.office import Office
from gui.parts import Part
from gui.tabs.ai.section import AiSection, Listing, Prose, enable, prose, wrapped


class LearnedReplies(AiSection):
    """Those that wait for a decision, and those that were decided on."""

    title = "learned"
    parts = frozenset({Part.PROPOSALS})

    def __init__(self, master: tk.Misc, office: Office) -> None:
        super().__init__(master, office)
        px, words, theme = office.theme.px, self.words, office.theme
        self._proposals: dict[str, Proposal] = {}
        self._shown: Proposal | None = None
        left, right = self.halves()
        states = {state.value: words(f"ai.state_{state.value}") for state in ProposalState}
        self.which = Choice(left, theme, words, words("ai.which"), states, changed=self.refresh)
        self.which.put(ProposalState.PROPOSED.value)
        self.which.pack(fill="x", pady=(0, px(8)))
        columns = ((words("ai.reply_title"), 220), (words("ai.times"), 80), (words("ai.customers"), 80))
        self.listing = Listing(left, office, columns, self._chosen, leave=self.leave)
        self.listing.pack(fill="both", expand=True)
        self.fields: dict[str, Field] = {
            "title": Line(right, theme, words, words("ai.reply_title"), written(120, needed=True)),
            "shortcut": Line(right, theme, words, words("ai.shortcut"), written(31, r"^/[a-z0-9_-]+$", nothing=None),
                             note=words("ai.shortcut_note")),
            "text": Prose(right, theme, words, words("ai.reply_text"), prose(MAX_TEXT)),
        }  # fmt: skip
        for field in self.fields.values():
            field.pack(fill="x", pady=(0, px(10)))
        self.source = wrapped(ttk.Label(right, style="Quiet.TLabel"))
        foot = ttk.Frame(right)
        foot.pack(fill="x", pady=(px(14), 0))
        self.approve = self.button(foot, "approve", lambda: self._decide("approve"), main=True)
        self.reject = self.button(foot, "reject", lambda: self._decide("reject"))
        self.reopen = self.button(foot, "reopen", lambda: self._decide("reopen"))
        self._open(None)

    @property
    def is_unsaved(self) -> bool:
        """Whether a proposal was put into other words."""
        return self._shown is not None and any(map(differs, self.fields.values()))

    def refresh(self) -> None:
        """Ask for those in the chosen state."""
        state = str(self.which.read())
        self.office.ask(
            lambda api: api.listed("/api/proposals", Proposal, state=state).items,
            self.fill, owner=self, key="proposals",
        )  # fmt: skip

    def fill(self, found: tuple[Proposal, ...]) -> None:
        """Show them."""
        state, words = str(self.which.read()), self.words
        self._proposals = {str(one.id): one for one in found}
        self.listing.say_empty(words(f"ai.none_{state}"), words(f"ai.none_{state}_hint"))
        number = self.office.number
        self.listing.show((str(one.id), (one.title, number(one.times), number(one.customers))) for one in found)
        if self.listing.selected is None and not self.is_unsaved:
            self.listing.choose(str(found[0].id) if found else None)
        if not found:
            self._chosen(None)

    def _chosen(self, name: str | None) -> None:
        if name is not None or not self.is_unsaved:
            self._open(self._proposals.get(name or ""))

    def _open(self, one: Proposal | None) -> None:
        self._shown = one
        for name, field in self.fields.items():
            value = getattr(one, name) if one is not None else None
            field.put(value or None)
        said = ""
        if one is not None:
            who = one.sent_by or self.words("ai.somebody")
            said = self.words("ai.sent_by", who=who, at=self.office.clock(one.sent_at))
            said += "\n" + self.words("ai.masked")
        self.source.configure(text=said)
        state = one.state if one is not None else None
        enable(self.approve, is_so=state in (ProposalState.PROPOSED, ProposalState.REJECTED))
        enable(self.reject, is_so=state is ProposalState.PROPOSED)
        enable(self.reopen, is_so=state in (ProposalState.APPROVED, ProposalState.REJECTED))

    def _decide(self, what: str) -> None:
        one = self._shown
        if one is None or (what == "approve" and not all_right(list(self.fields.values()))):
            return
        changed = {name: field.read() for name, field in self.fields.items() if differs(field)}
        body = changed if what == "approve" and changed else None

        def job(api: Api) -> Proposal:
            return api.write("POST", f"/api/proposals/{one.id}/{what}", Proposal, body)

        def done(now: Proposal) -> None:
            self.office.say(self.words(f"ai.said_{now.state.value}", name=now.title))
            self._open(None)
            self.listing.choose(None)
            self.refresh()

        self.office.ask(job, done, owner=self)
