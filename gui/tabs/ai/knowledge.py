"""The knowledge base: the business's texts, from which passages are suggested."""

import base64
import tkinter as tk
from functools import partial
from pathlib import Path
from tkinter import filedialog, ttk

from agent.contract.knowledge import ENDINGS, KNOWLEDGE_NAME, MAX_KNOWLEDGE, KnowledgeBase, KnowledgeFile, KnowledgeText
from gui.kit.forms import Line, all_right
from gui.kit.typed import written
from gui.kit.unsaved import differs
from gui.link.api import Api, part
from gui.link.errors import Refused
from gui.office import Office
from gui.parts import Part
from gui.tabs.ai.section import AiSection, Listing, Prose, enable, prose, wrapped


class Knowledge(AiSection):
    """Files are added and removed; those that are texts can be changed here."""

    title = "knowledge"
    parts = frozenset({Part.KNOWLEDGE})

    def __init__(self, master: tk.Misc, office: Office) -> None:
        super().__init__(master, office)
        px, words, theme = office.theme.px, self.words, office.theme
        self._files: dict[str, KnowledgeFile] = {}
        self._shown: KnowledgeFile | None = None
        self._editable = True
        self._filled = False
        self.add = self.tool("add_file", self._ask_file, main=True)
        self.new = self.tool("new_text", lambda: self.leave(lambda: self._open(None)))
        left, right = self.halves()
        columns = ((words("ai.file"), 200), (words("ai.size"), 80), (words("ai.passages"), 80))
        self.listing = Listing(left, office, columns, self._chosen, empty=words("ai.no_knowledge"),
                               hint=words("ai.no_knowledge_hint"), leave=self.leave)  # fmt: skip
        self.listing.pack(fill="both", expand=True)
        self.name = Line(right, theme, words, words("ai.file_name"), written(100, KNOWLEDGE_NAME, needed=True),
                         note=words("ai.file_name_note"), changed=self._looked)  # fmt: skip
        self.name.pack(fill="x", pady=(0, px(10)))
        foot = ttk.Frame(right)
        foot.pack(side="bottom", fill="x", pady=(px(10), 0))
        self.fault = ttk.Label(right, style="Fault.TLabel")
        self.fault.pack(side="bottom", fill="x")
        self.note = wrapped(ttk.Label(right, style="Quiet.TLabel"))
        self.text = Prose(right, theme, words, words("ai.file_text"), prose(MAX_KNOWLEDGE), changed=self._looked)
        self.text.rows = 14
        self.text.pack(fill="both", expand=True)
        self.save = self.button(foot, "save", self.store, main=True, side="right")
        self.undo = self.button(foot, "undo", lambda: self._open(self._shown), side="right")
        self.delete = self.button(foot, "delete", self._ask_delete)
        self._open(None)

    @property
    def is_unsaved(self) -> bool:
        """Whether the text or its name was changed."""
        return differs(self.text) or differs(self.name)

    def refresh(self) -> None:
        """Ask for the list."""
        self.office.ask(lambda api: api.get("/api/knowledge", KnowledgeBase), self.fill, owner=self, key="knowledge")

    def fill(self, found: KnowledgeBase) -> None:
        """Show it."""
        self._files = {one.name: one for one in found.items}
        self._editable = found.editable
        number, words = self.office.number, self.words
        self.listing.show(
            (one.name, (one.name, f"{number(one.size / 1024, 1)} KB",
                        words("ai.unreadable") if one.fault or not one.passages else number(one.passages)))
            for one in found.items
        )  # fmt: skip
        for button in (self.add, self.new):
            enable(button, is_so=found.editable)
        if not self.is_unsaved:  # What was written stays, also where its file was removed elsewhere.
            if self._shown is not None and self._shown.name not in self._files:
                self._open(None)
            elif self._shown is None and found.items and not self._filled:
                self.listing.choose(found.items[0].name)
        self._filled = True
        self._looked()

    def store(self) -> None:
        """Write the text."""
        if not all_right([self.name, self.text]) or self.save.instate(["disabled"]):
            return
        self._put(str(self.name.read()), {"text": self.text.read()}, typed=True)

    def take(self, file: Path) -> None:
        """Add a file of this machine."""
        name, words = file.name, self.words
        if file.suffix.lower() not in ENDINGS:
            self.office.say(words("ai.wrong_kind"), "bad")
            return

        def job(_: Api) -> dict[str, object]:
            content = file.read_bytes()
            if len(content) > MAX_KNOWLEDGE:
                raise Refused(413, "too_large", words("ai.file_too_large"))
            if file.suffix.lower() == ".pdf":
                return {"content": base64.b64encode(content).decode()}
            try:
                return {"text": content.decode("utf-8-sig")}
            except UnicodeDecodeError:
                return {"text": content.decode("cp1252", "replace")}  # As old spreadsheets write.

        self.office.ask(job, lambda body: self._put(name, body), owner=self)

    def _put(self, name: str, body: dict[str, object], *, typed: bool = False) -> None:
        def saved(now: KnowledgeFile) -> None:
            self.office.say(self.words("ai.knowledge_saved", n=now.passages))
            self._files[now.name] = now
            if typed:
                self._typed(now, body["text"])
            elif not self.is_unsaved:
                self._open(now)
            self.refresh()

        def refused(error: Exception) -> None:
            faults = error.faults if isinstance(error, Refused) else ()
            if not faults:
                self.office.complain(error)
                return
            nothing = any("nothing can be read" in what for _, what in faults)
            said = self.words("ai.nothing_in_it") if nothing else self.office.explain(error)
            self.fault.configure(text=said)
            self.office.say(said, "bad")

        self.office.ask(
            lambda api: api.write("PUT", f"/api/knowledge/{part(name)}", KnowledgeFile, body),
            saved, owner=self, failed=refused,
        )  # fmt: skip

    def _ask_file(self) -> None:
        kinds = [(self.words("ai.knowledge_kinds"), " ".join(f"*{ending}" for ending in ENDINGS))]
        chosen = filedialog.askopenfilename(parent=self.office.root, title=self.words("ai.add_file"), filetypes=kinds)
        if chosen:
            self.take(Path(chosen))

    def _ask_delete(self) -> None:
        if one := self._shown:
            path, text = f"/api/knowledge/{part(one.name)}", self.words("ai.delete_file_text")
            self.take_away(path, one.name, text, partial(self._open, None))

    def _chosen(self, name: str | None) -> None:
        if name is not None and (self._shown is None or name != self._shown.name):
            self._open(self._files.get(name))

    def _open(self, one: KnowledgeFile | None) -> None:
        self._shown = one
        self.name.put(one.name if one else None)
        self.name.entry.state(["readonly"] if one else ["!readonly"])
        self.text.put(None)
        self.fault.configure(text="")
        self.note.configure(text=(one.fault or "") if one else "")
        if one is None:
            self.listing.choose(None)
        elif "/" in one.name:
            self.note.configure(text=self.words("ai.in_a_folder"))
        else:
            self.office.ask(
                lambda api: api.get(f"/api/knowledge/{part(one.name)}", KnowledgeText),
                self._read, owner=self, key="knowledge-text",
            )  # fmt: skip
        self._looked()

    def _typed(self, now: KnowledgeFile, sent: object) -> None:
        """It is stored as it was sent; what was typed since stays, and is not stored yet."""
        self._shown, self.text.kept = now, sent
        self.name.put(now.name)
        self.name.entry.state(["readonly"])
        self.fault.configure(text="")
        self._looked()

    def _read(self, found: KnowledgeText) -> None:
        if self._shown is None or found.name != self._shown.name:
            return
        self.text.put(found.text.rstrip() if found.text else None)
        if found.text is None:
            self.note.configure(text=self.words("ai.is_pdf"))
        self._looked()

    def _looked(self) -> None:
        deep = self._shown is not None and ("/" in self._shown.name or self._shown.name.lower().endswith(".pdf"))
        changed = self.is_unsaved
        self.text.text.configure(state="disabled" if deep or not self._editable else "normal")
        enable(self.save, is_so=changed and self._editable and not deep)
        enable(self.undo, is_so=changed)
        removable = self._shown is not None and "/" not in self._shown.name
        enable(self.delete, is_so=removable and self._editable)
