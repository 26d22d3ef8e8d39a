"""A recording of a session that a test tells row by row, as the page would have told it."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from agent.contract.frames import FRAME, AnyFrame
from agent.contract.rows import OpenChat, Row
from agent.recordings.file import FRAMES, Manifest
from agent.recordings.frames import pseudonymised
from agent.recordings.lines import FrameLine, OfferedLine, StartLine, to_json
from agent.recordings.pseudonyms import KeptText, Pseudonyms
from agent.recordings.writing import RecordingWriter
from tests.recordings.conftest import TODAY

BEGAN = datetime(2026, 7, 14, 15, 30, 30, tzinfo=UTC)


class MadeSession:
    """``frame`` and ``rows`` add to it, in order of time; ``write`` makes the file."""

    def __init__(self) -> None:
        self.lines: list[tuple[float, AnyFrame]] = []
        self.told(0, "hello", script="1", lang="pt-BR", zone="UTC")
        self.told(0, "state", state="ready")
        self._windows = dict[str, list[str]]()
        self._open: str | None = None

    def told(self, t: float, kind: str, **fields: object) -> None:
        """The page says something, ``t`` seconds after the beginning."""
        value = {"kind": kind, "seq": len(self.lines) + 1, "at_ms": 0.0, **fields}
        self.lines.append((t, FRAME.validate_python(value)))

    def rows(self, t: float, chat: OpenChat, change: str, *rows: Row) -> None:
        """The open chat shows something."""
        if self._open != chat.title:
            self._open = chat.title
            self.told(t, "chat", chat=chat.model_dump())
        window = self._windows.setdefault(chat.title, [])
        new = [row.id for row in rows if row.id not in window]
        window[:] = [*new, *window] if change == "history" else [*window, *new]
        changes = [{"change": change, "row": row.model_dump(), "seen_ms": 0.0} for row in rows]
        self.told(t, "rows", chat=chat.model_dump(), changes=changes, window=tuple(window))

    def listed(self, t: float, *previews: dict[str, Any]) -> None:
        """The chat list shows these."""
        self.told(t, "chats", chats=previews)

    def write(self, path: Path, names: Pseudonyms | None = None) -> Path:
        """Make the file; in the clear, unless there are pseudonyms."""
        writer = RecordingWriter(path)
        writer.add(FRAMES, to_json(StartLine(t=0.0, at_ms=BEGAN.timestamp() * 1000)))
        for t, frame in self.lines:
            kept = pseudonymised(frame, names or KeptText())
            assert kept is not None
            writer.add(FRAMES, to_json(FrameLine(t=t, v=kept)))
        writer.add(FRAMES, to_json(OfferedLine(t=self.lines[-1][0], offer="o", of="x", shown=())))
        about = Manifest(created=TODAY, program="0", duration_s=self.lines[-1][0], keeps_text=names is None)
        return writer.finish(about)


def row(number: int, text: str | None = None, **fields: Any) -> Row:
    """A row: a text that came in, unless it is said otherwise. ``ago``: minutes before the beginning."""
    at = BEGAN - timedelta(minutes=fields.pop("ago", 0))
    values = {"kind": "text", "direction": "in", "time": f"{at:%H:%M}", "date": f"{at:%Y-%m-%d}", **fields}
    return Row(id=f"3A{number:018X}", text=text, **values)


def changed(before: Row, **fields: Any) -> Row:
    """The same row, later."""
    return Row.model_validate(before.model_dump() | fields)
