"""The company's own stages: added, renamed, put in order, removed."""

import tkinter as tk
from collections.abc import Callable
from tkinter import ttk

from agent.contract.stages import MAX_NAME, MAX_STAGES, NewStage, Stage, StageChange, StageRemoved
from gui.kit.dialogs import Dialog
from gui.kit.plain_table import PlainTable
from gui.kit.shown_text import harmless
from gui.link.api import Api
from gui.office import Office

_ROWS = 8


class Stages(Dialog):
    """All stages, in their order; what is done in it counts at once."""

    def __init__(self, office: Office) -> None:
        words, px = office.words, office.theme.px
        super().__init__(office, words("customers.stages_title"), width=520)
        self.stages: tuple[Stage, ...] = ()
        ttk.Label(
            self.body, text=words("customers.stages_hint"), style="Quiet.TLabel", wraplength=px(472), justify="left"
        ).pack(anchor="w", pady=(0, px(10)))
        middle = ttk.Frame(self.body)
        middle.pack(fill="both", expand=True)
        self.list = PlainTable(middle, office, ("name", "count"), show="headings", height=_ROWS)
        self.list.heading("name", text=words("customers.stage_name"), anchor="w")
        self.list.column("name", width=px(250), anchor="w")
        self.list.heading("count", text=words("customers.stage_count"), anchor="e")
        self.list.column("count", width=px(110), stretch=False, anchor="e")
        self.list.pack(side="left", fill="both", expand=True)
        side = ttk.Frame(middle)
        side.pack(side="left", fill="y", padx=(px(8), 0))
        self.up = self._beside(side, "stage_up", lambda: self._shift(-1))
        self.down = self._beside(side, "stage_down", lambda: self._shift(1))
        self.drop = self._beside(side, "stage_remove", self._remove)
        self.typed = tk.StringVar(self)
        ttk.Label(self.body, text=words("customers.stage_called"), style="Caption.TLabel").pack(
            anchor="w", pady=(px(10), px(2))
        )
        row = ttk.Frame(self.body)
        row.pack(fill="x")
        self.entry = ttk.Entry(row, textvariable=self.typed)
        self.rename = ttk.Button(row, text=words("customers.stage_rename"), command=self._rename)
        self.add = ttk.Button(row, text=words("customers.stage_add"), command=self._add)
        for one in (self.rename, self.add):
            one.pack(side="right", padx=(px(8), 0))
        self.entry.pack(side="left", fill="x", expand=True)
        self.fault = ttk.Label(self.body, style="Fault.TLabel", wraplength=px(472), justify="left")
        self.fault.pack(anchor="w", pady=(px(4), 0))
        self.button(words("customers.stages_done"), self.close, main=True)
        self.typed.trace_add("write", lambda *_: self._look())
        self.entry.bind("<Return>", lambda _: self._enter())
        self.list.bind("<<TreeviewSelect>>", lambda _: self._look())
        self.list.bind("<Delete>", lambda _: self._remove())
        for keys, by in (("<Alt-Up>", -1), ("<Alt-Down>", 1)):
            self.list.bind(keys, lambda _, by=by: self._shift(by))  # type: ignore[misc]
        self._look()
        self._ask(lambda _: None)
        self.open(self.entry)

    @property
    def chosen(self) -> Stage | None:
        """The stage that is chosen in the list."""
        return next((one for one in self.stages for line in self.list.selection() if line == str(one.id)), None)

    def _beside(self, master: tk.Misc, key: str, do: Callable[[], object]) -> ttk.Button:
        made = ttk.Button(master, text=self.office.words(f"customers.{key}"), command=do)
        made.pack(fill="x", pady=(0, self.office.theme.px(6)))
        return made

    def _ask(self, job: Callable[[Api], object], *, choose: Callable[[], int | None] = lambda: None) -> None:
        """Do something, and show how the stages stand then."""

        def done(api: Api) -> tuple[Stage, ...]:
            job(api)
            return api.listed("/api/stages", Stage).items

        def shown(stages: tuple[Stage, ...]) -> None:
            self.fault.configure(text="")
            self._fill(stages, choose())

        self.office.ask(done, shown, owner=self, failed=self._refused)

    def _refused(self, error: Exception) -> None:
        self.fault.configure(text=self.office.explain(error))

    def _fill(self, stages: tuple[Stage, ...], choose: int | None) -> None:
        before = self.chosen
        self.stages = stages
        self.list.delete(*self.list.get_children())
        for one in stages:
            self.list.write(str(one.id), (harmless(one.name), self.office.number(one.conversations)))
        wanted = choose or (before.id if before is not None else None)
        if wanted in {one.id for one in stages}:
            self.list.selection_set(str(wanted))
            self.list.focus(str(wanted))
            self.list.see(str(wanted))
        self._look()

    def _name_fault(self, name: str, but: Stage | None = None) -> str:
        words = self.office.words
        if len(name) > MAX_NAME:
            return words("customers.too_long", n=MAX_NAME, now=len(name))
        if any(not letter.isprintable() for letter in name):
            return words("customers.bad_letters")
        if name.casefold() in {one.name.casefold() for one in self.stages if one is not but}:
            return words("customers.stage_taken")
        return ""

    def _look(self) -> None:
        """What can be done now."""
        name, chosen = self.typed.get().strip(), self.chosen
        at = self.stages.index(chosen) if chosen is not None else -1
        full = len(self.stages) >= MAX_STAGES
        new, other = self._name_fault(name), self._name_fault(name, chosen)
        said = self.office.words("customers.stage_full", n=MAX_STAGES) if full and name else new if name else ""
        self.fault.configure(text="" if chosen is not None and name and not other else said)
        for button, may in (
            (self.up, at > 0),
            (self.down, 0 <= at < len(self.stages) - 1),
            (self.drop, chosen is not None),
            (self.add, bool(name) and not new and not full),
            (self.rename, chosen is not None and bool(name) and not other and name != chosen.name),
        ):
            button.state(["!disabled" if may else "disabled"])

    def _enter(self) -> str:
        if not self.add.instate(["disabled"]):
            self._add()
        return "break"

    def _add(self) -> None:
        name, made = self.typed.get().strip(), list[int]()
        self.typed.set("")
        self._ask(
            lambda api: made.append(api.write("POST", "/api/stages", Stage, NewStage(name=name)).id),
            choose=lambda: made[0] if made else None,
        )

    def _rename(self) -> None:
        stage, name = self.chosen, self.typed.get().strip()
        if stage is not None:
            self.typed.set("")
            self._ask(lambda api: api.send("PATCH", f"/api/stages/{stage.id}", StageChange(name=name)))

    def _shift(self, by: int) -> str:
        stage = self.chosen
        to = self.stages.index(stage) + by if stage is not None else -1
        if stage is not None and 0 <= to < len(self.stages):
            self._ask(lambda api: api.send("PATCH", f"/api/stages/{stage.id}", StageChange(place=to)))
        return "break"

    def _remove(self) -> None:
        if self.chosen is not None:
            RemoveStage(self.office, self.chosen, self.stages, self._removed)

    def _removed(self, removed: StageRemoved) -> None:
        if removed.moved:
            self.office.say(self.office.words("customers.stage_moved", n=removed.moved))
        self._ask(lambda _: None)
        self.lift()
        self.grab_set()


class RemoveStage(Dialog):
    """Ask before a stage is removed, and where what stands in it shall stand."""

    def __init__(
        self, office: Office, stage: Stage, stages: tuple[Stage, ...], done: Callable[[StageRemoved], None]
    ) -> None:
        words, px = office.words, office.theme.px
        super().__init__(office, words("customers.stage_remove_title", name=harmless(stage.name)))
        self._done, self._stage = done, stage
        key = "stage_remove_text" if stage.conversations else "stage_remove_empty"
        ttk.Label(
            self.body, text=words(f"customers.{key}", n=stage.conversations), wraplength=px(412),
            justify="left",
        ).pack(anchor="w")  # fmt: skip
        self._to: tuple[int | None, ...] = (None, *(one.id for one in stages if one.id != stage.id))
        names = [words("customers.outcome_open"), *(harmless(one.name) for one in stages if one.id != stage.id)]
        self.where = ttk.Combobox(self.body, state="readonly", values=names)
        self.where.current(0)
        if stage.conversations:
            self.where.pack(fill="x", pady=(px(12), 0))
        self.fault = ttk.Label(self.body, style="Fault.TLabel", wraplength=px(412), justify="left")
        self.fault.pack(anchor="w", pady=(px(6), 0))
        self.button(words("customers.stage_remove_yes"), self._go, main=True)
        self.open(self.button(words("dialogs.cancel"), self.close))

    def _go(self) -> None:
        to, number = self._to[self.where.current()], self._stage.id

        def removed(answer: StageRemoved) -> None:
            self.close()
            self._done(answer)

        def refused(error: Exception) -> None:
            self.fault.configure(text=self.office.explain(error))

        self.office.ask(
            lambda api: api.write("DELETE", f"/api/stages/{number}", StageRemoved, to=to),
            removed,
            owner=self,
            failed=refused,
        )
