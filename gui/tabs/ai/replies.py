"""The canned replies: a list with a search, and an editor that shows the text as a customer would get it."""

import tkinter as tk
from tkinter import ttk

from agent.contract.access import Role
from agent.contract.analysis import INTENTS
from agent.contract.replies import CannedReply, ReplyPreview, ReplyShelf
from gui.kit.dialogs import confirm
from gui.kit.edits import Edit, Edits, Overtaken
from gui.kit.forms import Field, Line, Lines, all_right
from gui.kit.scrolled import Scrolled
from gui.kit.shown_text import one_line
from gui.kit.typed import Wrong, entries, written
from gui.kit.unsaved import differs
from gui.link.api import Api, part
from gui.link.errors import Refused
from gui.loop import Debounced
from gui.office import Office
from gui.parts import Part
from gui.tabs.ai.section import AiSection, Listing, Prose, enable, prose, wrapped

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
        self._turn = 0
        """How often another reply was opened."""
        self._edits = Edits(office, self)
        self._edits.began, self._edits.changed = self._looked, self._settled
        self._edits.line.pack(side="bottom", fill="x")
        self._may = office.may(Role.SUPERVISOR)
        if self._may:
            self.add = self.tool("new_reply", lambda: self.leave(lambda: self._open(None)), main=True)
        left, right = self.halves()
        self.search = Line(left, theme, words, words("ai.search_replies"), written(100))
        self.search.changed = Debounced(office.loop, self, 250, self.refresh)
        self.search.pack(fill="x", pady=(0, px(8)))
        columns = ((words("ai.reply_title"), 220), (words("ai.shortcut"), 110))
        self.listing = Listing(left, office, columns, self._chosen, empty=words("ai.no_replies"), leave=self.leave)
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
            menu.add_checkbutton(label=words.intent(name), variable=tick, command=self._ticked)
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

    @property
    def is_unsaved(self) -> bool:
        """Whether something was written that is not stored yet."""
        known = set(self._shown.intents if self._shown else ())
        return any(map(differs, self.fields.values())) or known != set(self._ticked_names())

    @property
    def edits(self) -> Edits:
        """Replies that were added, changed and deleted."""
        return self._edits

    def refresh(self) -> None:
        """Ask for those that fit the search; what is being edited stays."""
        words = self.search.read() if self.search.check() else ""
        self.office.ask(lambda api: read_all(api, words or None), self.fill, owner=self, key="replies")

    def fill(self, found: tuple[ReplyShelf, str]) -> None:
        """Show them."""
        shelf, self.version = found
        self._replies = {one.id: one for one in shelf.items}
        self._variables.configure(
            text=self.words("ai.variables", names=" ".join(f"{{{name}}}" for name in shelf.variables))
        )
        self.listing.say_empty(self.words("ai.nothing_found" if self.search.read() else "ai.no_replies"))
        self.listing.show((one.id, (one.title, one.shortcut or "")) for one in shelf.items)
        if self._shown is not None and self._shown.id in self._replies and not self.is_unsaved:
            self._open(self._replies[self._shown.id])

    def store(self) -> None:
        """Save it; what it was before can be brought back."""
        if not all_right(list(self.fields.values())) or self.save.instate(["disabled"]):
            return
        was, version, turn = self._shown, self.version, self._turn
        body = {name: field.read() for name, field in self.fields.items()} | {"intents": self._ticked_names()}

        def write(api: Api) -> CannedReply:
            if was is None:
                answer = api.send("POST", "/api/replies", body, match=version)
            else:
                answer = api.send("PUT", _path(was.id), body, match=version)
            return CannedReply.model_validate_json(answer)

        def back(api: Api, now: CannedReply) -> tuple[str, CannedReply | None]:
            found, seen = api.seen(_path(now.id), CannedReply)
            if found != now:
                raise Overtaken
            if was is None:
                api.send("DELETE", _path(now.id), match=seen)
                return now.id, None
            before = was.model_dump(mode="json", include=set(_FIELDS))
            return now.id, CannedReply.model_validate_json(api.send("PUT", _path(now.id), before, match=seen))

        name = one_line(str(body["title"]), 60)
        said = self.words("ai.did_add_reply" if was is None else "ai.did_save_reply", name=name)
        self._edits.make(
            Edit(said, write, back, self._undone), then=lambda now: self._saved(turn, body, now), explain=self._why
        )

    def _saved(self, turn: int, sent: dict[str, object], now: CannedReply) -> None:
        """It is stored as it was sent; what was typed since stays, and is not stored yet."""
        self._replies[now.id] = now
        if turn != self._turn:
            return
        self._shown = now
        for name, field in self.fields.items():
            value = _held(now, name)
            field.kept = sent[name]
            if not differs(field):
                field.put(value)
            field.kept = value

    def _ask_delete(self) -> None:
        one = self._shown
        if one is None:
            return
        version, turn = self.version, self._turn
        before = one.model_dump(mode="json", include={"id", *_FIELDS})

        def delete(api: Api) -> None:
            api.send("DELETE", _path(one.id), match=version)

        def back(api: Api, _: object) -> tuple[str, CannedReply]:
            return one.id, api.write("POST", "/api/replies", CannedReply, before)

        def gone(_: object) -> None:
            if turn == self._turn:
                self._open(None)

        said = self.words("ai.did_delete_reply", name=one_line(one.title, 60))
        edit = Edit(said, delete, back, self._undone)
        confirm(
            self.office, self.words("ai.delete_it", name=one.title), self.words("ai.delete_reply_text"),
            yes=self.words("ai.delete"), then=lambda: self._edits.make(edit, then=gone, explain=self._why),
        )  # fmt: skip

    def _undone(self, stands: tuple[str, CannedReply | None]) -> None:
        """This reply is as it was before; None: it is no more."""
        name, now = stands
        mine = self._shown is None or self._shown.id == name
        if mine and not self.is_unsaved:
            self._open(now)
        elif mine and self._shown is not None:
            self._shown = now

    def _settled(self) -> None:
        self._looked()
        self.refresh()

    def _why(self, error: Exception) -> str:
        """What is said of a refusal; where it is about a field, it stands there, too."""
        if isinstance(error, Refused) and error.code == "conflict":
            # What is taken stands in it, in whatever language it is.
            if f"“{self.fields['shortcut'].read()}”" not in error.detail:
                return self.words("ai.changed_meanwhile")
            self.fields["shortcut"].say(self.words("ai.shortcut_taken"))
            return self.words("ai.shortcut_taken")
        if isinstance(error, Refused) and any("unknown variable" in what for _, what in error.faults):
            self.fields["text"].say(self.words("ai.unknown_variable"))
            return self.words("ai.unknown_variable")
        return self.office.explain(error)

    def _chosen(self, name: str | None) -> None:
        if name is not None and (self._shown is None or name != self._shown.id):
            self._open(self._replies.get(name))

    def _open(self, one: CannedReply | None) -> None:
        self._shown = one
        self._turn += 1
        for name, field in self.fields.items():
            field.put(_held(one, name))
        for name, tick in self._ticks.items():
            tick.set(one is not None and name in one.intents)
        if one is None:
            self.listing.choose(None)
        self._name_intents()
        self._looked()
        self._preview_soon()
        if one is None and self._may:
            self.fields["title"].focus_it()

    def _looked(self) -> None:
        free = not self._edits.busy
        enable(self.save, is_so=self.is_unsaved and free)
        enable(self.undo, is_so=self.is_unsaved)
        enable(self.delete, is_so=self._shown is not None and free)
        self._preview_soon()

    def _ticked(self) -> None:
        self._name_intents()
        self._looked()

    def _ticked_names(self) -> list[str]:
        return [name for name, tick in self._ticks.items() if tick.get()]

    def _name_intents(self) -> None:
        names = [self.words.intent(name) for name in self._ticked_names()]
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


def _path(name: str) -> str:
    return f"/api/replies/{part(name)}"


def _held(one: CannedReply | None, name: str) -> object:
    """What a field holds of a reply."""
    value = getattr(one, name) if one is not None else None
    return list(value or ()) if name == "examples" else value.strip() if value else value


def read_all(api: Api, words: object) -> tuple[ReplyShelf, str]:
    """Every reply that fits; from the beginning again where the list was changed between two pages."""
    shelf, version = api.seen("/api/replies", ReplyShelf, limit=_PAGE, q=words)
    items = [*shelf.items]
    while shelf.cursor is not None:
        shelf, now = api.seen("/api/replies", ReplyShelf, limit=_PAGE, q=words, cursor=shelf.cursor)
        if now != version:
            return read_all(api, words)
        items += shelf.items
    return shelf.model_copy(update={"items": tuple(items)}), version
