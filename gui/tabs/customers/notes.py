"""What people wrote down about a customer."""

from collections.abc import Callable
from dataclasses import dataclass

from agent.contract.customers import CustomerCard, Note, NoteText
from gui.kit.edits import Edit, Overtaken
from gui.link.api import Api, Listed
from gui.tabs.customers.checks import note_fault
from gui.tabs.customers.paper import Said, Slip, small_button
from gui.tabs.customers.section import Rows, Section, author
from gui.tabs.customers.writing import Editable, Writing


@dataclass
class _Known:
    """A note that was edited here. One that was removed and brought back has another number, or that of another one."""

    number: int


class _NoteRow(Slip):
    text: Editable
    about: Said


class Notes(Section):
    """A place for a new one, and those that are there, the newest first."""

    title_key = "customers.notes"

    def build(self) -> None:
        """The place to write, and the list."""
        theme, words, px = self.theme, self.office.words, self.theme.px
        self.new = Writing(
            self.body, self.office, check=lambda text: note_fault(words, text), save=self._add,
            button=words("customers.write_note"), lines=2,
        )  # fmt: skip
        self.new.pack(fill="x")
        self._list = Slip(self.body, theme)
        self._list.columnconfigure(0, weight=1)
        self._list.pack(fill="x", pady=(px(8), 0))
        self.rows = Rows[_NoteRow](self._list, lambda row: row.text.busy, px(10))
        self.older = small_button(self.body, words("customers.older"), self._older)
        self._more: tuple[Note, ...] = ()
        self._cursor: str | None = None
        self._known: dict[int, _Known] = {}

    @property
    def busy(self) -> bool:
        """Whether a note is being written."""
        return bool(self.new.text) or any(row.text.busy for row in self.rows.shown.values())

    def show(self, card: CustomerCard) -> None:
        """Show a customer. Older notes that were asked for are asked for again when somebody wants them."""
        if self.customer is None or card.id != self.customer.id:
            self.rows.clear()
            self.new.put("")
            self._more, self._cursor = (), None
        self.customer = card
        if card.notes:
            oldest = card.notes[-1].id
            self._more = tuple(note for note in self._more if note.id < oldest)
        if not self._more:
            self._cursor = str(card.notes[-1].id) if len(card.notes) >= 20 else None
        self._fill()

    def _fill(self) -> None:
        card = self.customer
        if card is None:
            return
        self.rows.sync([(note.id, note) for note in (*card.notes, *self._more)], self._row, self._fill_row)
        if self._cursor is not None:
            self.older.pack(anchor="w")
        else:
            self.older.pack_forget()

    def _row(self, note: Note) -> _NoteRow:
        theme, words = self.theme, self.office.words
        row = _NoteRow(self._list, theme)
        row.text = Editable(
            row, self.office, check=lambda text: note_fault(words, text), lines=3,
            save=lambda text, failed: self._write(note.id, text, failed),
        )  # fmt: skip
        row.text.pack(fill="x")
        below = Slip(row, theme)
        below.pack(fill="x")
        row.about = Said(below, theme, ink="ink_2", font="SunValleyCaptionFont")
        row.about.pack(side="left")
        small_button(below, words("customers.remove"), lambda: self._remove(note.id)).pack(side="right")
        return row

    def _fill_row(self, row: _NoteRow, note: Note) -> None:
        row.text.show(note.text)
        about = f"{author(self.office, note.written_by)} · {self.office.clock(note.at)}"
        changed = note.updated_at != note.at
        row.about.configure(text=about + (f" · {self.office.words('customers.note_changed')}" if changed else ""))

    def _older(self) -> None:
        if self.customer is None or self._cursor is None:
            return
        path, cursor = self.path("notes"), self._cursor

        def there(page: Listed[Note]) -> None:
            self._more, self._cursor = (*self._more, *page.items), page.cursor
            self._fill()

        self.office.ask(lambda api: api.listed(path, Note, cursor=cursor), there, owner=self, key="older notes")

    def _add(self, text: str) -> None:
        path, known = self.path("notes"), _Known(0)
        self.new.put("")

        def add(api: Api) -> None:
            known.number = api.write("POST", path, Note, NoteText(text=text)).id
            self._known[known.number] = known

        def back(api: Api, _: object) -> None:
            api.send("DELETE", f"{path}/{known.number}")

        def failed(why: str) -> None:
            if not self.new.text:
                self.new.put(text)
            self.new.say(why)

        said = self.office.words("customers.did_note")
        self.edit(said, Edit("", add, back), failed)

    def _write(self, note_id: int, text: str, failed: Callable[[str], None]) -> None:
        path, known = self.path("notes"), self._of(note_id)
        before = next((one.text for one in self._all if one.id == note_id), "")

        def write(api: Api, words: str) -> Note:
            return api.write("PATCH", f"{path}/{known.number}", Note, NoteText(text=words))

        def back(api: Api, _: Note) -> None:
            if any(one.id == known.number and one.text != text for one in api.listed(path, Note, limit=200).items):
                raise Overtaken
            write(api, before)

        self.now(notes=tuple(
            note.model_copy(update={"text": text}) if note.id == note_id else note
            for note in (self.customer.notes if self.customer else ())
        ))  # fmt: skip
        said = self.office.words("customers.did_write_note")
        self.edit(said, Edit("", lambda api: write(api, text), back), failed)

    def _remove(self, note_id: int) -> None:
        path, known = self.path("notes"), self._of(note_id)
        before = next((one.text for one in self._all if one.id == note_id), "")

        def back(api: Api, _: object) -> None:
            known.number = api.write("POST", path, Note, NoteText(text=before)).id
            self._known[known.number] = known

        self._known.pop(note_id, None)
        said = self.office.words("customers.did_remove_note")
        edit = Edit("", lambda api: api.send("DELETE", f"{path}/{known.number}"), back)
        self.edit(said, edit)

    @property
    def _all(self) -> tuple[Note, ...]:
        return (*(self.customer.notes if self.customer else ()), *self._more)

    def _of(self, note_id: int) -> _Known:
        return self._known.setdefault(note_id, _Known(note_id))
