"""How a conversation stands, as on the board, and who looks after it: changed here, and taken back."""

import tkinter as tk
from collections.abc import Callable, Mapping
from tkinter import ttk
from typing import cast

from agent.contract.access import Role, UserAccount
from agent.contract.desk import ConversationLine, ConversationOutcome, ConversationStatus
from agent.contract.signing_in import Me
from agent.contract.stages import Stage
from gui.kit.edits import Edit, Edits, Overtaken
from gui.kit.shown_text import one_line
from gui.link.api import Api
from gui.office import Office
from gui.tabs.places import Place, change_to, place_of, places

_FIELDS = ("status", "outcome", "assigned_to")

People = tuple[tuple[int, str], ...]
Change = Mapping[str, object]


class DeskControls(ttk.Frame):
    """Three choices; each of them can be taken back."""

    def __init__(
        self, master: tk.Misc, office: Office, edits: Edits, changed: Callable[[ConversationLine], None]
    ) -> None:
        """``changed``: the conversation as it stands after a change."""
        super().__init__(master)
        self._office, self._edits, self._changed = office, edits, changed
        edits.began, edits.changed = self._disable, self._enable
        words, px = office.words, office.theme.px
        self._line: ConversationLine | None = None
        self._people: People | None = None
        self._stages: tuple[Stage, ...] = ()
        self._values: dict[str, list[object]] = {
            "status": list(ConversationStatus), "outcome": [], "assigned_to": [None],
        }  # fmt: skip
        self.boxes: dict[str, ttk.Combobox] = {}
        for column, name in enumerate(_FIELDS):
            cell = ttk.Frame(self)
            cell.grid(row=0, column=column, padx=(0, px(8)), sticky="ew")
            self.columnconfigure(column, weight=1)
            ttk.Label(cell, text=words(f"messages.{name}"), style="Caption.TLabel").pack(anchor="w")
            box = ttk.Combobox(cell, state="readonly", width=12 if name != "assigned_to" else 16)
            box.pack(fill="x")
            box.bind("<<ComboboxSelected>>", lambda _, name=name: self._chosen(name))  # type: ignore[misc]
            self.boxes[name] = box
        self.boxes["status"].configure(values=[words(f"messages.status_{one}") for one in ConversationStatus])

    def show(self, line: ConversationLine) -> None:
        """This conversation, as it stands."""
        self._line = line
        if self._people is None:
            self._people = ()
            role = self._office.role
            self._office.ask(
                _people if role.covers(Role.SUPERVISOR) else _oneself, self._known, owner=self, key="messages-people",
                failed=lambda _: None,
            )  # fmt: skip
        self._office.ask(
            lambda api: api.listed("/api/stages", Stage).items, self._staged, owner=self, key="messages-stages",
            failed=lambda _: None,
        )  # fmt: skip
        self._fill()

    def forget_people(self) -> None:
        """Ask again who there is, when it is next shown."""
        self._people = None

    def _known(self, people: People) -> None:
        self._people = people
        self._fill()

    def _staged(self, stages: tuple[Stage, ...]) -> None:
        if stages != self._stages:
            self._stages = stages
            self._fill()

    def _fill(self) -> None:
        line, words = self._line, self._office.words
        if line is None:
            return
        people = dict(self._people or ())
        if line.assigned_to is not None:
            people.setdefault(line.assigned_to, line.attendant or f"#{line.assigned_to}")
        self._values["assigned_to"] = [None, *people]
        self.boxes["assigned_to"].configure(values=[words("messages.nobody"), *people.values()])
        titles: dict[Place, str] = {one: words(f"messages.outcome_{one}") for one in ConversationOutcome}
        titles |= {one.id: one.name for one in self._stages}
        order = places(self._stages)
        if place_of(line) not in order:  # A stage that was added a moment ago.
            order.append(place_of(line))
        self._values["outcome"] = list(order)
        self.boxes["outcome"].configure(values=[one_line(titles.get(one, "…"), 60) for one in order])
        for name in _FIELDS:
            self.boxes[name].current(self._values[name].index(_value(line, name)))

    def _chosen(self, name: str) -> None:
        box, line = self.boxes[name], self._line
        box.selection_clear()
        if line is None:
            return
        wanted, before = self._values[name][box.current()], _value(line, name)
        if wanted == before:
            return
        path = f"/api/conversations/{line.id}"

        def written(api: Api, value: object) -> ConversationLine:
            return api.write("PATCH", path, ConversationLine, _change(name, value))

        def back(api: Api, _: object) -> ConversationLine:
            if _value(api.get(path, ConversationLine), name) != wanted:
                raise Overtaken
            return written(api, before)

        said = self._office.words(f"messages.did_{name}", customer=one_line(line.title, 40), value=box.get())
        self._edits.make(Edit(said, lambda api: written(api, wanted), back, self._stands), then=self._stands)

    def _stands(self, now: ConversationLine) -> None:
        if self._line is not None and self._line.id == now.id:
            self._line = now
            self._changed(now)

    def _disable(self) -> None:
        for box in self.boxes.values():
            box.state(["disabled"])

    def _enable(self) -> None:
        for box in self.boxes.values():
            box.state(["!disabled", "readonly"])
        self._fill()


def _value(line: ConversationLine, name: str) -> object:
    return place_of(line) if name == "outcome" else getattr(line, name)


def _change(name: str, value: object) -> Change:
    if name != "outcome":
        return {name: value}
    return change_to(cast("Place", value)).model_dump(mode="json", exclude_unset=True)


def _people(api: Api) -> People:
    found: list[UserAccount] = []
    cursor: str | None = None
    while True:
        page = api.listed("/api/users", UserAccount, limit=200, cursor=cursor)
        found += page.items
        cursor = page.cursor
        if cursor is None:
            return tuple((one.id, one.name) for one in found if one.disabled_at is None)


def _oneself(api: Api) -> People:
    me = api.get("/api/auth/me", Me)
    return ((me.id, me.name),) if me.kind == "user" and me.id is not None else ()
