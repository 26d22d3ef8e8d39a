"""Copies of the database: which there are, which of them were proven, and how one is restored."""

import tkinter as tk
from collections.abc import Callable
from tkinter import ttk
from typing import TypeVar

from agent.contract.backups import Backup, Backups, BackupVerdict, RestoreRequest
from agent.contract.health import Health
from agent.contract.sessions import SessionState
from gui.kit.dialogs import confirm
from gui.link.api import Api, part
from gui.office import Office
from gui.parts import Part
from gui.steering import back_up
from gui.tabs.system.section import Register, Row, enable

Answer = TypeVar("Answer")


class BackupsSection(Register[Backup]):
    """The list, and what can be done about one of them."""

    title = "backups"
    parts = frozenset({Part.BACKUPS})

    def __init__(self, master: tk.Misc, office: Office) -> None:
        super().__init__(master, office)
        words, px = self.words, office.theme.px
        self._profile: str | None = None
        if self.admin:
            self.make_button = self.tool(words("system.make_backup"), self.make, main=True)
            self.restore_button = self.about_one(words("system.restore"), self.ask_to_restore)
            self.verify_button = self.about_one(words("system.verify"), self.verify)
            self.remove_button = self.about_one(words("system.remove"), self.remove)
        self.line = ttk.Label(self, style="Quiet.TLabel")
        self.line.pack(anchor="w", pady=(0, px(8)))
        inside = ttk.Frame(self)
        inside.pack(side="bottom", fill="x", pady=(px(10), 0))
        ttk.Label(inside, text=words("system.restore_by_hand"), style="Strong.TLabel").pack(anchor="w")
        hint = ttk.Label(inside, text=words("system.restore_hint"), style="Quiet.TLabel", justify="left")
        hint.pack(anchor="w", fill="x")
        hint.bind("<Configure>", lambda event: hint.configure(wraplength=max(event.width, 1)))
        row = ttk.Frame(inside)
        row.pack(fill="x", pady=(px(8), 0))
        self.command = ttk.Entry(row, font="TkFixedFont")
        self.copy_button = ttk.Button(row, text=words("system.copy"), command=lambda: self.copy(self.command.get()))
        self.copy_button.pack(side="right", padx=(px(8), 0))
        self.command.pack(side="left", fill="x", expand=True)
        self.lay_out(
            {"col_made": 140, "col_size": 100, "col_messages": 110, "col_customers": 100, "col_proven": 260},
            words("frame.no_backup"), words("system.no_backups_hint"),
        )  # fmt: skip

    def refresh(self) -> None:
        """Ask for them."""
        self.office.ask(_look, self.fill, owner=self, key="backups")

    def fill(self, found: tuple[Backups, str | None]) -> None:
        """Show them."""
        backups, self._profile = found
        words, office = self.words, self.office
        self.things = {one.name: one for one in backups.backups}
        self.table.show([self._row(one) for one in backups.backups])
        every = words("system.every", n=backups.every_hours) if backups.every_hours else words("system.every_never")
        proven = backups.last_proven_at
        told = words("system.last_proven", at=office.clock(proven)) if proven else words("frame.not_proven")
        self.line.configure(text=f"{every} · {words('system.kept', n=backups.keep)} · {told}")
        if self.things and self.table.selected is None:
            self.table.choose(next(iter(self.things)))
        self.chosen()

    def make(self) -> None:
        """Another one, now."""
        enable(self.make_button, False)
        back_up(self.office, self, self._worked)

    def verify(self, copy: Backup) -> None:
        """Restore it for trial, into a folder of its own."""
        self.office.say(self.words("system.verifying"), "calm")
        self._work(
            lambda api: api.write("POST", f"/api/backups/{part(copy.name)}/verify", BackupVerdict), self._verified
        )

    def ask_to_restore(self, copy: Backup) -> None:
        """Say what it is, what would be lost, and have it confirmed by a word."""
        self.office.ask(lambda api: api.get("/api/health", Health), lambda now: self._ask(copy, now), owner=self)

    def _ask(self, copy: Backup, now: Health) -> None:
        words, number = self.words, self.office.number
        newer = max(now.messages - copy.messages, 0)
        text = words(
            "system.restore_text",
            size=f"{number(copy.bytes / 1e6, 1)} MB", messages=number(copy.messages), customers=number(copy.customers),
        )  # fmt: skip
        lost = words("system.restore_lost", n=newer, count=number(newer))
        proven = "" if copy.proven_at else f"\n\n{words('system.restore_unproven')}"
        confirm(
            self.office, words("system.restore_ask", at=words.moment(copy.at)), f"{text}\n\n{lost}{proven}",
            yes=words("system.restore"), then=lambda: self._restore(copy), word=words("system.restore_word"),
        )  # fmt: skip

    def _restore(self, copy: Backup) -> None:
        request = RestoreRequest(confirm=copy.name)
        self.office.ask(
            lambda api: api.send("POST", f"/api/backups/{part(copy.name)}/restore", request),
            lambda _: self.office.say(self.words("system.restoring", at=self.words.moment(copy.at)), "calm"),
            owner=self,
        )

    def remove(self, copy: Backup) -> None:
        """After a question."""
        words = self.words

        def go() -> None:
            self._work(
                lambda api: api.send("DELETE", f"/api/backups/{part(copy.name)}"),
                lambda _: self.office.say(words("system.backup_removed"), "calm"),
            )

        confirm(
            self.office, words("system.remove_backup_ask", at=words.moment(copy.at)),
            words("system.remove_backup_text"), yes=words("system.remove"), then=go,
        )  # fmt: skip

    def _work(self, job: Callable[[Api], Answer], then: Callable[[Answer], None]) -> None:
        enable(self.make_button, False)

        def done(answer: Answer) -> None:
            then(answer)
            self._worked()

        def failed(error: Exception) -> None:
            self.office.say(self.office.explain(error), "bad")
            self._worked()

        self.office.ask(job, done, owner=self, failed=failed)

    def _worked(self) -> None:
        enable(self.make_button, True)
        self.refresh()

    def _verified(self, verdict: BackupVerdict) -> None:
        words = self.words
        if verdict.proven:
            self.office.say(words("system.verified", s=self.office.number(verdict.seconds, 1)))
        else:
            self.office.say(words("system.not_verified", fault=verdict.fault or "?"), "bad")

    def chosen(self) -> None:
        """The command of its own, for where the agent does not start."""
        super().chosen()
        copy = self.one
        enable(self.copy_button, copy is not None)
        text = ""
        if copy is not None:
            profile = f" --profile {self._profile}" if self._profile else ""
            text = f"python -m agent restore {copy.name}{profile}"
        self.command.state(["!readonly"])
        self.command.delete(0, "end")
        self.command.insert(0, text)
        self.command.state(["readonly"])

    def _row(self, one: Backup) -> Row:
        words, number = self.words, self.office.number
        proven = words("system.proven_at", at=self.office.clock(one.proven_at)) if one.proven_at else "–"
        at, size = words.moment(one.at), f"{number(one.bytes / 1e6, 1)} MB"
        return Row(
            one.name,
            (at, size, number(one.messages), number(one.customers), proven),
            "good" if one.proven_at else None,
        )


def _look(api: Api) -> tuple[Backups, str | None]:
    sessions = api.listed("/api/sessions", SessionState).items
    return api.get("/api/backups", Backups), sessions[0].name if sessions else None
