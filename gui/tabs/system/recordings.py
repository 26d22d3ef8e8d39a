"""The recordings of the session: start and stop one, look at what there is, keep it elsewhere, remove it."""

import tkinter as tk
from pathlib import Path

from agent.contract.recordings import RecordingFile
from agent.contract.sessions import SessionState
from gui.kit import dialogs
from gui.kit.dialogs import confirm
from gui.link.api import Api, Listed, part
from gui.office import Office
from gui.parts import Part
from gui.player.playback import moment
from gui.player.window import PlayerWindow
from gui.recording import record_label, record_or_stop
from gui.steering import steered
from gui.tabs.system.section import Register, Row

_EVERY_MS = 5000

Found = tuple[Listed[RecordingFile], SessionState | None]


class RecordingsSection(Register[RecordingFile]):
    """The list, and what can be done about one of them."""

    title = "recordings"
    parts = frozenset({Part.SESSIONS})
    every_ms = _EVERY_MS

    def __init__(self, master: tk.Misc, office: Office) -> None:
        super().__init__(master, office)
        words = self.words
        self._session: SessionState | None = None
        self.record_button = self.tool(record_label(office), self._record, main=True)
        self.play_button = self.about_one(words("system.play"), self.play)
        self.keep_button = self.about_one(words("system.keep_file"), self.keep)
        self.remove_button = self.about_one(words("system.remove"), self.remove)
        self.lay_out(
            {
                "col_recorded": 150, "col_name": 220, "col_length": 90, "col_messages": 100, "col_layers": 190,
                "col_size": 90,
            },
            words("system.no_recordings"), words("system.no_recordings_hint"),
        )  # fmt: skip
        self.table.list.bind("<Double-1>", self._opened)
        self.table.list.bind("<Return>", self._opened)

    def refresh(self) -> None:
        """Ask for them."""
        self.office.ask(_look, self.fill, owner=self, key="recordings")

    def fill(self, found: Found) -> None:
        """Show them."""
        files, self._session = found
        self.record_button.configure(text=record_label(self.office))
        self.things = {one.name: one for one in files.items}
        self.table.show([self._row(one) for one in files.items])
        if self.things and self.table.selected is None:
            self.table.choose(next(iter(self.things)))
        self.chosen()

    def play(self, file: RecordingFile) -> None:
        """Look at it."""
        PlayerWindow(self.office, file)

    def keep(self, file: RecordingFile) -> None:
        """Write it where the person says; in it are pseudonyms, and still it is for its owner alone."""
        path = dialogs.save_as(self.office, file.name, self.words("system.recording_kind"))
        if path is None:
            return

        def job(api: Api) -> Path:
            return dialogs.keep(path, api.file(f"/api/recordings/{part(file.name)}/file"))

        self.office.ask(job, self._kept, owner=self, failed=lambda error: self._not_kept(error, path))

    def remove(self, file: RecordingFile) -> None:
        """After a question."""
        words = self.words
        confirm(
            self.office, words("system.remove_recording_ask", name=file.name), words("system.remove_recording_text"),
            yes=words("system.remove"), then=lambda: self._remove(file),
        )  # fmt: skip

    def _remove(self, file: RecordingFile) -> None:
        def done(_: bytes) -> None:
            self.office.say(self.words("system.recording_removed"), "calm")
            self.refresh()

        def failed(error: Exception) -> None:
            self.office.complain(error)
            self.refresh()

        path = f"/api/recordings/{part(file.name)}"
        self.office.ask(lambda api: api.send("DELETE", path), done, owner=self, failed=failed)

    def _record(self) -> None:
        steered(self.office, self._session, lambda session: record_or_stop(self.office, session, self))

    def _opened(self, event: "tk.Event[tk.Misc]") -> None:
        on_a_line = event.type is tk.EventType.KeyPress or self.table.list.identify_row(event.y)
        if on_a_line and self.one is not None:
            self.play(self.one)

    def _kept(self, path: Path) -> None:
        self.office.say(self.words("system.recording_kept", path=path))

    def _not_kept(self, error: Exception, path: Path) -> None:
        if isinstance(error, OSError):
            why = error.strerror or type(error).__name__
            self.office.say(self.words("report.not_written", path=path, why=why), "bad")
        else:
            self.office.complain(error)

    def _row(self, one: RecordingFile) -> Row:
        words, number = self.words, self.office.number
        layers = "both" if one.page and one.frames else "page" if one.page else "frames"
        told = words(f"player.layers_{layers}")
        return Row(
            one.name,
            (
                words.moment(one.written_at),
                one.name,
                moment(one.seconds),
                number(one.messages),
                f"{told} · {words('system.real_texts')}" if one.keeps_text else told,
                f"{number(one.bytes / 1e6, 1)} MB" if one.bytes >= 1e6 else f"{number(one.bytes / 1000)} kB",
            ),
            "warn" if one.keeps_text else None,
        )


def _look(api: Api) -> Found:
    sessions = api.listed("/api/sessions", SessionState).items
    return api.listed("/api/recordings", RecordingFile), sessions[0] if sessions else None
