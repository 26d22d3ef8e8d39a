"""The business's own intents: their examples, learning from them, how good that is, and the way back."""

import re
import tkinter as tk
import unicodedata
from functools import partial
from tkinter import ttk

from agent.contract.analysis import INTENTS
from agent.contract.intents import MAX_EXAMPLES, IntentShelf, OwnIntentEntry, Training
from gui.kit.forms import Choice, Field, Line, Lines, all_right
from gui.kit.panels import Figure
from gui.kit.typed import Wrong, entries, written
from gui.kit.unsaved import differs
from gui.link.api import part
from gui.link.errors import Refused
from gui.office import Office
from gui.parts import Part
from gui.tabs.ai.section import AiSection, Listing, enable

_OWN = "own"
_LONGEST = 300


def examples(text: str) -> object:
    """What customers write, one message a line."""
    found = entries(text)
    assert isinstance(found, list)  # noqa: S101 (it always is)
    if not found:
        raise Wrong("needed")
    if any(len(one) > _LONGEST for one in found):
        raise Wrong("too_long", n=_LONGEST)
    if len(found) > MAX_EXAMPLES:
        raise Wrong("at_most", most=MAX_EXAMPLES)
    if any(not any(letter.isalnum() for letter in one) for one in found):
        raise Wrong("not_so")
    return found


def name_of(title: str, taken: frozenset[str]) -> str:
    """A name for the file, from what people call it."""
    folded = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    wanted = "_".join(re.findall(r"[a-z0-9]+", folded))[:40] or "intent"
    name, number = wanted, 1
    while name in taken or name in INTENTS:
        number += 1
        name = f"{wanted}_{number}"
    return name


class Intents(AiSection):
    """The list, the editor, and what was learned."""

    title = "intents"
    parts = frozenset({Part.INTENTS})

    def __init__(self, master: tk.Misc, office: Office) -> None:
        super().__init__(master, office)
        px, words, theme = office.theme.px, self.words, office.theme
        self._shelf: IntentShelf | None = None
        self._version = "*"
        self._shown: OwnIntentEntry | None = None
        self.train = self.tool("train", self._train, main=True)
        self.add = self.tool("new_intent", lambda: self.leave(lambda: self._open(None)))
        learned = ttk.Frame(self)
        learned.pack(side="bottom", fill="x", pady=(px(14), 0))
        self.before = Figure(learned, theme, words("ai.before"))
        self.after_it = Figure(learned, theme, words("ai.after"))
        for at, figure in enumerate((self.before, self.after_it)):
            figure.grid(row=0, column=at, sticky="nsew", padx=(0, px(10)))
            learned.columnconfigure(at, weight=3, uniform="figures")
        versions = ttk.Frame(learned)
        versions.grid(row=0, column=2, sticky="nsew")
        learned.columnconfigure(2, weight=5, uniform="figures")
        kept = ((words("ai.version"), 120), (words("ai.examples"), 80), (words("ai.right"), 90))
        self.versions = Listing(versions, office, kept, lambda _: self._looked(), empty=words("ai.no_versions"),
                                height=3)  # fmt: skip
        self.versions.pack(side="left", fill="both", expand=True, padx=(0, px(10)))
        self.use = ttk.Button(versions, text=words("ai.use"), command=self._use)
        self.use.pack(anchor="n")
        left, right = self.halves()
        columns = ((words("ai.intent"), 200), (words("ai.examples"), 80))
        self.listing = Listing(left, office, columns, self._chosen, empty=words("ai.no_intents"),
                               hint=words("ai.no_intents_hint"), leave=self.leave)  # fmt: skip
        self.listing.pack(fill="both", expand=True)
        options = {_OWN: words("ai.own_intent")} | {name: words.label("intent", name) for name in INTENTS}
        self.kind = Choice(right, theme, words, words("ai.which_intent"), options, changed=self._looked)
        self.name = Line(right, theme, words, words("ai.intent_title"), written(60), changed=self._looked)
        self.texts = Lines(right, theme, words, words("ai.intent_examples"), examples,
                           note=words("ai.intent_examples_note"), changed=self._looked)  # fmt: skip
        self.fields: dict[str, Field] = {"kind": self.kind, "title": self.name, "examples": self.texts}
        for field in self.fields.values():
            field.pack(fill="x", pady=(0, px(10)))
        foot = ttk.Frame(right)
        foot.pack(fill="x")
        self.save = self.button(foot, "save", self.store, main=True, side="right")
        self.undo = self.button(foot, "undo", lambda: self._open(self._shown), side="right")
        self.delete = self.button(foot, "delete", self._ask_delete)
        self._open(None)

    def refresh(self) -> None:
        """Ask for them; what is being edited stays."""
        self.office.ask(lambda api: api.seen("/api/intents", IntentShelf), self.fill, owner=self, key="intents")

    def fill(self, found: tuple[IntentShelf, str]) -> None:
        """Show them."""
        self._shelf, self._version = found
        shelf, words, office = self._shelf, self.words, self.office
        self.listing.show((one.name, (self._title(one), office.number(len(one.examples)))) for one in shelf.items)
        self.versions.show(
            (str(one.number), (
                words("ai.version_in_use" if one.number == shelf.in_use else "ai.version_of",
                      n=one.number, at=office.clock(one.at)),
                office.number(one.examples), office.percent(one.accuracy_after),
            ))
            for one in shelf.versions
        )  # fmt: skip
        used = next((one for one in shelf.versions if one.number == shelf.in_use), None)
        self.before.show(office.percent(used.accuracy_before if used else None), words("ai.before_hint"))
        self.after_it.show(
            office.percent(used.accuracy_after if used else None), words("ai.after_hint"),
            "good" if used and used.accuracy_after >= (used.accuracy_before or 0) else "calm",
        )  # fmt: skip
        if self._shown is not None and not self.is_unsaved:
            self._open(next((one for one in shelf.items if one.name == self._shown.name), None))
        self._looked()

    def store(self) -> None:
        """Write it into the file; it counts once it has been learned."""
        if not all_right(list(self.fields.values())) or self.save.instate(["disabled"]):
            return
        kind, title = self.kind.read(), str(self.name.read() or "")
        if kind == _OWN and not title:
            self.name.say(self.words("forms.needed"))
            self.name.focus_it()
            return
        known = frozenset(one.name for one in self._shelf.items) if self._shelf else frozenset()
        name = self._shown.name if self._shown else name_of(title, known) if kind == _OWN else str(kind)
        texts, version = self.texts.read(), self._version
        if self._shown is None and name in known and self._shelf:
            # A built-in one that has examples already: these come to them.
            old = next(one for one in self._shelf.items if one.name == name)
            texts = [*old.examples, *(one for one in texts if one not in old.examples)]  # type: ignore[attr-defined]
        body = {"title": title, "examples": texts}

        def saved(_: bytes) -> None:
            self.office.say(self.words("ai.intent_saved"))
            self._open(OwnIntentEntry(name=name, title=title, examples=tuple(texts), built_in=name in INTENTS))  # type: ignore[arg-type]
            self.refresh()

        self.office.ask(
            lambda api: api.send("PUT", f"/api/intents/{part(name)}", body, match=version),
            saved, owner=self, failed=self._refused,
        )  # fmt: skip

    def _ask_delete(self) -> None:
        if one := self._shown:
            path, text = f"/api/intents/{part(one.name)}", self.words("ai.delete_intent_text", n=len(one.examples))
            gone = partial(self._open, None)
            self.take_away(path, self._title(one), text, gone, match=self._version, failed=self._refused)

    def _train(self) -> None:
        if self.train.instate(["disabled"]):
            return
        enable(self.train, is_so=False)
        self.train.configure(text=self.words("ai.training"))

        def done(found: Training) -> None:
            self._trained()
            version, percent = found.version, self.office.percent
            self.office.say(
                self.words("ai.trained" if found.new else "ai.trained_same", n=version.number,
                           before=percent(version.accuracy_before), after=percent(version.accuracy_after))
            )  # fmt: skip
            self.refresh()

        def failed(error: Exception) -> None:
            self._trained()
            if isinstance(error, Refused) and error.faults:
                self.office.say(self.words("ai.nothing_to_train"), "warn")
            else:
                self.office.complain(error)

        self.office.ask(
            lambda api: api.write("POST", "/api/training/intents", Training), done, owner=self, failed=failed
        )

    def _trained(self) -> None:
        enable(self.train, is_so=True)
        self.train.configure(text=self.words("ai.train"))

    def _use(self) -> None:
        number = self.versions.selected
        if number is None or self._shelf is None:
            return
        # The one in use is left for the built-in intents alone.
        wanted = 0 if int(number) == self._shelf.in_use else int(number)

        def done(_: bytes) -> None:
            self.office.say(self.words("ai.used" if wanted else "ai.used_none", n=wanted))
            self.refresh()

        self.office.ask(lambda api: api.send("POST", f"/api/intents/versions/{wanted}/use"), done, owner=self)

    def _refused(self, error: Exception) -> None:
        if isinstance(error, Refused) and error.code == "conflict":
            self.office.say(self.words("ai.changed_meanwhile"), "warn")
            self.refresh()
        else:
            self.office.complain(error)

    def _chosen(self, name: str | None) -> None:
        if name is not None and self._shelf is not None and (self._shown is None or name != self._shown.name):
            self._open(next((one for one in self._shelf.items if one.name == name), None))

    def _open(self, one: OwnIntentEntry | None) -> None:
        self._shown = one
        self.kind.put(one.name if one and one.built_in else _OWN)
        self.kind.box.state(["disabled"] if one else ["!disabled"])
        self.name.put(one.title if one else None)
        self.texts.put(list(one.examples) if one else [])
        if one is None:
            self.listing.choose(None)
        self._looked()

    @property
    def is_unsaved(self) -> bool:
        """Whether a name or examples were written that are not stored yet."""
        return any(differs(field) for field in (self.name, self.texts))

    def _looked(self) -> None:
        enable(self.save, is_so=self.is_unsaved)
        enable(self.undo, is_so=self.is_unsaved)
        enable(self.delete, is_so=self._shown is not None)
        number = self.versions.selected
        in_use = number is not None and self._shelf is not None and int(number) == self._shelf.in_use
        enable(self.use, is_so=number is not None)
        self.use.configure(text=self.words("ai.use_none" if in_use else "ai.use"))

    def _title(self, one: OwnIntentEntry) -> str:
        return one.title or self.words.label("intent", one.name)
