"""Cuts a stretch of time out of a recording: both layers begin with where the session stood at the first moment."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from agent.contract.frames import AnyFrame
from agent.core.events import FrameArrived
from agent.core.machine import handle
from agent.core.state import State
from agent.errors import BadInput
from agent.recordings.comparing import moment
from agent.recordings.editing import (
    Bench,
    Draft,
    Edited,
    PageLines,
    changed,
    checksum,
    read_frames,
    read_page,
    recorded_answers,
    write_edited,
)
from agent.recordings.file import FRAMES, PAGE, Recording
from agent.recordings.lines import FrameLine, Line, OfferedLine, StartLine
from agent.recordings.page_events import FULL
from agent.recordings.page_tree import PageTree
from agent.recordings.standing import rows_again, standing


async def trimmed(recording: Recording, path: Path, from_s: float, to_s: float | None, bench: Bench) -> Edited:
    """A new recording of a part of another one.

    Args:
        recording: an open one.
        path: the new file.
        from_s: its first second, as ``replay`` tells the recording's moments.
        to_s: its last one; None: the end.
        bench: what its golden result is made with.

    Raises:
        BadInput: there is no such stretch, or the recording cannot be used.
    """
    recording.verify()
    frames, page = read_frames(recording), read_page(recording)
    end = max(recording.manifest.duration_s, frames[-1].t if frames else 0.0)
    last = end if to_s is None else min(to_s, end)
    if not 0 <= from_s < last:
        raise BadInput(
            f"The recording ends at {moment(end)}: there is no stretch from {moment(from_s)} "
            f"to {'its end' if to_s is None else moment(to_s)}.",
            "Name a stretch of it, like --from 2:00 --to 5:30.",
        )
    kept, began_ms, ended_ms = _frames(frames, from_s, last)
    if not frames:
        first = page[0]["event"]["timestamp"] if page else 0
        began_ms, ended_ms = first + from_s * 1000, first + last * 1000
    seen = _page(page, began_ms, ended_ms)
    notes = []
    if recording.has(PAGE) and not seen:
        notes.append("The page was not shown in that time: the new file has no page layer.")
    if recording.pictures():
        notes.append("Pictures of comparisons were left out.")
    reason = f"cut to {moment(from_s)} - {moment(last)} of the recording with SHA-256 {checksum(recording.path)}"
    manifest = changed(recording.manifest, reason, bench.today, duration_s=round(last - from_s, 3))
    answers = recorded_answers(recording) if recording.has(FRAMES) else None
    return await write_edited(Draft(manifest, kept, seen, answers, tuple(notes)), path, bench)


def _frames(lines: Iterable[Line], from_s: float, to_s: float) -> tuple[list[Line], float, float]:
    """The lines of that time, and when it began and ended, in milliseconds since the epoch."""
    before, kept = _Before(), list[Line]()
    first: StartLine | None = None
    start = StartLine(t=0.0, at_ms=0.0)
    for line in lines:
        if line.t > to_s:
            break
        if isinstance(line, StartLine):
            start, first = line, first or line
        if line.t < from_s:
            before.take(line)
            continue
        if not kept and not isinstance(line, StartLine):
            kept += before.head(from_s)
        kept.append(_moved(line, from_s))
    if not kept and before.start is not None:
        kept = before.head(from_s)
    began = before.start or first or start
    return kept, began.at_ms + from_s * 1000, start.at_ms + to_s * 1000


class _Before:
    """What is to be known of the time before the cut."""

    def __init__(self) -> None:
        self.start: StartLine | None = None
        self._state = State(session="trim", run="trim", drafts=False)
        self._kinds = set[str]()
        self._offered = list[OfferedLine]()

    def take(self, line: Line) -> None:
        match line:
            case StartLine():
                self.start = line
                self._state = State(session="trim", run="trim", drafts=False, limit=line.limit, zone=line.zone)
                self._kinds.clear()
            case FrameLine(v=frame):
                self._kinds.add(frame.kind)
                self._state, _ = handle(self._state, FrameArrived(frame))
            case OfferedLine():
                self._offered.append(line)
            case _:
                pass

    def head(self, from_s: float) -> list[Line]:
        """The lines with which the cut recording begins; none where it begins with its own first line."""
        if self.start is None:
            return []
        now = self.start.at_ms + from_s * 1000
        told: list[AnyFrame] = [
            frame for frame in standing(self._state, now) if frame.kind in self._kinds or frame.kind == "hello"
        ]
        if (rows := rows_again(self._state, now)) is not None:
            told.append(rows)
        opened = self._state.open.rows if self._state.open else {}
        cards = [one.model_copy(update={"t": 0.0}) for one in self._offered if one.of in opened]
        first = self.start.model_copy(update={"t": 0.0, "at_ms": now})
        return [first, *cards, *(FrameLine(t=0.0, v=frame) for frame in told)]


def _moved(line: Line, by_s: float) -> Line:
    changes: dict[str, object] = {"t": max(line.t - by_s, 0.0)}
    if isinstance(line, StartLine):
        changes["at_ms"] = line.at_ms + by_s * 1000
    return line.model_copy(update=changes)


def _page(lines: PageLines, began_ms: float, ended_ms: float) -> PageLines:
    """The page in that time, beginning with a whole picture of what was shown then."""
    tree, kept, document, about = PageTree(), PageLines(), 0, dict[str, Any]()
    begun = False
    for line in lines:
        event: Mapping[str, Any] = line["event"]
        if event["timestamp"] > ended_ms:
            break
        if event["timestamp"] >= began_ms:
            if not begun:
                kept += _picture(tree, round(began_ms), document, about)
                begun = True
            kept.append(line)
            continue
        if event["type"] == FULL:
            document, about = line["doc"], line.get("about", about)
        # What comes before the first whole picture of a document changes something that is not there.
        if line["doc"] == document:
            tree.take(event)
    kept = kept if begun else _picture(tree, round(began_ms), document, about)
    return kept if any(line["event"]["type"] == FULL for line in kept) else []


def _picture(tree: PageTree, at: int, document: int, about: Mapping[str, Any]) -> PageLines:
    made = [{"doc": document, "event": event} for event in tree.picture(at)]
    return [{**made[0], "about": dict(about)}, *made[1:]] if made else []
