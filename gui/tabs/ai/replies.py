"""The canned replies: a list with a search, and an editor that shows the text as a customer would get it."""

import tkinter as tk
from collections.abc import Callable
from tkinter import ttk

from agent.contract.access import Role
from agent.contract.analysis import INTENTS
from agent.contract.replies import CannedReply, ReplyPreview, ReplyShelf
from gui.kit.dialogs import confirm
from gui.kit.forms import Field, Line, Lines, Wrong, all_right, entries, written
from gui.kit.scrolled import Scrolled
from gui.link.api import Api, part
from gui.link.errors import Refused
from gui.loop import Debounced
from gui.office import Office
from gui.parts import Part
from gui.tabs.ai.section import AiSection, Listing, Prose, differs, enable, prose, wrapped

_PAGE = 200
_FIELDS = ("title", "shortcut", "intents", "text", "examples")


def examples(text: str) -> object:
    """Texts, one a line, as short as the agent takes them."""
    found = entries(text)
    if isinstance(found, list) and any(len(one) > 300 for one in found):
        raise Wrong("too_long", n=300)
    return found


class Replies(AiSection):
    """Everybody may look; a supervisor changes them."""

    title = "replies"
    parts = frozenset({Part.REPLIES})

    def __init__(self, master: tk.Misc, office: Office) -> None:
        super().__init__(master, office)
        px, words, theme = office.theme.px, self.words, office.theme
        self._replies: dict[str, CannedReply] = {}
        self.version = "*"
        self._shown: CannedReply | None = None
        self._back: Callable[[Api], object] | None = None
        self._may = office.may(Role.SUPERVISOR)
        if self._may:
            self.add = self.tool("new_reply", lambda: self._open(None), main=True)
            self.take_back = self.tool("take_back", self._take_back)
            enable(self.take_back, is_so=False)
        left, right = self.halves()
        self.search = Line(left, theme, words, words("ai.search_replies"), written(100))
        self.search.changed = Debounced(office.loop, self, 250, self.refresh)
        self.search.pack(fill="x", pady=(0, px(8)))
        columns = ((words("ai.reply_title"), 220), (words("ai.shortcut"), 110))
        self.listing = Listing(left, office, columns, self._chosen, empty=words("ai.no_replies"))
        self.listing.pack(fill="both", expand=True)
        foot = ttk.Frame(right)
        foot.pack(side="bottom", fill="x", pady=(px(8), 0))
        scrolled = Scrolled(right, theme, office.loop)
        scrolled.pack(fill="both", expand=True)
        body = scrolled.body
        body.configure(padding=(0, 0, px(12), 0))
        look = self._looked
        self.fields: dict[str, Field] = {
            "title": Line(body, theme, words, words("ai.reply_title"), written(120, needed=True), changed=look),
            "shortcut": Line(body, theme, words, words("ai.shortcut"),
                             written(31, r"^/[a-z0-9_-]+$", nothing=None),
                             note=words("ai.shortcut_note"), changed=look),
            "text": Prose(body, theme, words, words("ai.reply_text"), prose(4000), changed=look),
            "examples": Lines(body, theme, words, words("ai.reply_examples"), examples,
                              note=words("ai.examples_note"), changed=look),
        }  # fmt: skip
        for name, field in self.fields.items():
            field.pack(fill="x", pady=(0, px(10)))
            if name == "text":
                self._variables = wrapped(ttk.Label(body, style="Caption.TLabel"))
                ttk.Label(body, text=words("ai.preview"), style="Caption.TLabel").pack(anchor="w", pady=(px(8), px(2)))
                self.preview = wrapped(ttk.Label(body, style="Strong.TLabel"))
                self.unknown = wrapped(ttk.Label(body, style="Fault.TLabel"))
                self._intents = ttk.Menubutton(body, text="")
                ttk.Label(body, text=words("ai.reply_intents"), style="Caption.TLabel").pack(
                    anchor="w", pady=(px(8), px(2))
                )
                self._intents.pack(anchor="w", pady=(0, px(10)))
        menu = tk.Menu(self._intents, tearoff=False)
        self._ticks = {name: tk.BooleanVar(self) for name in INTENTS}
        for name, tick in self._ticks.items():
            menu.add_checkbutton(label=words.label("intent", name), variable=tick, command=self._ticked)
        self._intents.configure(menu=menu)
        self.save = self.button(foot, "save", self.store, main=True, side="right")
        self.undo = self.button(foot, "undo", lambda: self._open(self._shown), side="right")
        self.delete = self.button(foot, "delete", self._ask_delete)
        self._preview_soon = Debounced(office.loop, self, 350, self._ask_preview)
        if not self._may:
            for field in self.fields.values():
                field.lock()
            self._intents.state(["disabled"])
            foot.pack_forget()
        self._open(None)

    def refresh(self) -> None:
        """Ask for those that fit the search; what is being edited stays."""
        words = self.search.read() if self.search.check() else ""
        self.office.ask(
            lambda api: api.seen("/api/replies", ReplyShelf, limit=_PAGE, q=words or None),
            self.fill, owner=self, key="replies",
        )  # fmt: skip

    def fill(self, found: tuple[ReplyShelf, str]) -> None:
        """Show them."""
        shelf, self.version = found
        self._replies = {one.id: one for one in shelf.items}
        self._variables.configure(
            text=self.words("ai.variables", names=" ".join(f"{{{name}}}" for name in shelf.variables))
        )
        self.listing.say_empty(self.words("ai.nothing_found" if self.search.read() else "ai.no_replies"))
        self.listing.show((one.id, (one.title, one.shortcut or "")) for one in shelf.items)
        if self._shown is not None and self._shown.id in self._replies and not self._changed():
            self._open(self._replies[self._shown.id])

    def store(self) -> None:
        """Save it; what it was before can be brought back."""
        if not all_right(list(self.fields.values())) or self.save.instate(["disabled"]):
            return
        was, version = self._shown, self.version
        body = {name: field.read() for name, field in self.fields.items()} | {"intents": self._ticked_names()}
        path = "/api/replies" if was is None else f"/api/replies/{part(was.id)}"
        enable(self.save, is_so=False)
        self.office.ask(
            lambda api: CannedReply.model_validate_json(
                api.send("POST" if was is None else "PUT", path, body, match=version)
            ),
            lambda now: self._saved(was, now), owner=self, failed=self._refused,
        )  # fmt: skip

    def _saved(self, was: CannedReply | None, now: CannedReply) -> None:
        path = f"/api/replies/{part(now.id)}"
        if was is None:
            self._can_go_back(lambda api: api.send("DELETE", path, match="*"))
        else:
            before = was.model_dump(mode="json", include=set(_FIELDS))
            self._can_go_back(lambda api: api.send("PUT", path, before, match="*"))
        self.office.say(self.words("ai.saved"))
        self._replies[now.id] = now
        self._open(now)
        self.refresh()

    def _ask_delete(self) -> None:
        one = self._shown
        if one is None:
            return
        version = self.version
        before = one.model_dump(mode="json", include={"id", *_FIELDS})

        def gone(_: bytes) -> None:
            self._can_go_back(lambda api: api.send("POST", "/api/replies", before))
            self.office.say(self.words("ai.deleted"))
            self._open(None)
            self.refresh()

        confirm(
            self.office, self.words("ai.delete_it", name=one.title), self.words("ai.delete_reply_text"),
            yes=self.words("ai.delete"),
            then=lambda: self.office.ask(
                lambda api: api.send("DELETE", f"/api/replies/{part(one.id)}", match=version),
                gone, owner=self, failed=self._refused,
            ),
        )  # fmt: skip

    def _can_go_back(self, back: Callable[[Api], object]) -> None:
        self._back = back
        enable(self.take_back, is_so=True)

    def _take_back(self) -> None:
        back, self._back = self._back, None
        if back is None:
            return
        enable(self.take_back, is_so=False)

        def done(_: object) -> None:
            self.office.say(self.words("ai.taken_back"))
            self._open(None)
            self.refresh()

        self.office.ask(back, done, owner=self)

    def _refused(self, error: Exception) -> None:
        self._looked()
        if isinstance(error, Refused) and error.code == "conflict":
            if error.detail == self.fields["shortcut"].read():
                self.fields["shortcut"].say(self.words("ai.shortcut_taken"))
                return
            self.office.say(self.words("ai.changed_meanwhile"), "warn")
            self.refresh()
            return
        if isinstance(error, Refused) and any("unknown variable" in what for _, what in error.faults):
            self.fields["text"].say(self.words("ai.unknown_variable"))
            return
        self.office.complain(error)

    def _chosen(self, name: str | None) -> None:
        if name is not None and (self._shown is None or name != self._shown.id):
            self._open(self._replies.get(name))

    def _open(self, one: CannedReply | None) -> None:
        self._shown = one
        for name, field in self.fields.items():
            value = getattr(one, name) if one is not None else None
            field.put(list(value or ()) if name == "examples" else value.strip() if value else value)
        for name, tick in self._ticks.items():
            tick.set(one is not None and name in one.intents)
        if one is None:
            self.listing.choose(None)
        self._name_intents()
        self._looked()
        self._preview_soon()
        if one is None and self._may:
            self.fields["title"].focus_it()

    def _changed(self) -> bool:
        known = set(self._shown.intents if self._shown else ())
        return any(differs(field) for field in self.fields.values()) or known != set(self._ticked_names())

    def _looked(self) -> None:
        enable(self.save, is_so=self._changed())
        enable(self.undo, is_so=self._changed())
        enable(self.delete, is_so=self._shown is not None)
        self._preview_soon()

    def _ticked(self) -> None:
        self._name_intents()
        self._looked()

    def _ticked_names(self) -> list[str]:
        return [name for name, tick in self._ticks.items() if tick.get()]

    def _name_intents(self) -> None:
        names = [self.words.label("intent", name) for name in self._ticked_names()]
        shown = ", ".join(names[:3]) + (f" +{len(names) - 3}" if len(names) > 3 else "")
        self._intents.configure(text=shown or self.words("ai.any_intent"))

    def _ask_preview(self) -> None:
        try:
            text = str(self.fields["text"].read() or "")
        except Wrong:
            text = ""
        if not text.strip():
            self.preview.configure(text="–")
            self.unknown.configure(text="")
            return
        body = {"text": text.strip(), "customer": self.words("ai.preview_customer"), "order": "12345"}
        self.office.ask(
            lambda api: api.write("POST", "/api/replies/preview", ReplyPreview, body),
            self._previewed, owner=self, key="reply-preview", failed=self._not_previewed,
        )  # fmt: skip

    def _not_previewed(self, _: Exception) -> None:
        self.preview.configure(text="–")

    def _previewed(self, seen: ReplyPreview) -> None:
        self.preview.configure(text=seen.text)
        unknown = ", ".join(f"{{{name}}}" for name in seen.unknown)
        self.unknown.configure(text=self.words("ai.unknown_names", names=unknown) if unknown else "")
