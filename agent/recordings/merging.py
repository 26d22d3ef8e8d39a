"""Puts recordings together: one after another in the order of their time, as if somebody had worked on."""

import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from agent.contract.frames import RowsFrame
from agent.errors import BadInput
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
    renamed,
    walked,
    write_edited,
)
from agent.recordings.file import Recording
from agent.recordings.lines import FrameLine, Line, OfferedLine, StartLine
from agent.recordings.page_events import FULL, PageEvents
from agent.recordings.page_pseudonyms import about
from agent.recordings.page_words import Place
from agent.recordings.pseudonyms import KEY_BYTES, KeptText, Pseudonyms

MOST = 20
"""Recordings in one."""
_PAUSE_S = 1.0
_SUM = 16
"""Digits of a checksum in the history: all of them would not fit."""


class _OtherIds(KeptText):
    """Other message ids, and everything else as it is."""

    def __init__(self) -> None:
        super().__init__()
        self._ids = Pseudonyms(os.urandom(KEY_BYTES))

    def identifier(self, value: str) -> str:
        return self._ids.identifier(value)

    def words(self, text: str, *, label: bool, place: Place = Place.ELSEWHERE) -> str:
        return text


async def merged(recordings: Sequence[Recording], path: Path, bench: Bench) -> Edited:
    """One recording of several.

    Args:
        recordings: open ones, at least two.
        path: the new file.
        bench: what its golden result is made with.

    Raises:
        BadInput: they do not go together, or one of them cannot be used.
    """
    if not 2 <= len(recordings) <= MOST:
        raise BadInput(f"Two to {MOST} recordings can be made one.", "Name them one after another.")
    for one in recordings:
        one.verify()
    parts = sorted((_Part(one) for one in recordings), key=lambda part: part.began_ms)
    _check_pages(parts)
    frames, page, renamed = list[Line](), PageLines(), 0
    taken, offers, end = set[str](), set[str](), 0.0
    for number, part in enumerate(parts, 1):
        ids = part.ids()
        if ids & taken:
            part.rename()
            renamed += 1
            ids = part.ids()
        taken |= ids
        own = {line.offer for line in part.frames if isinstance(line, OfferedLine)}
        part.shift(end + _PAUSE_S if number > 1 else None, f"{number}-" if own & offers else "")
        offers |= {line.offer for line in part.frames if isinstance(line, OfferedLine)}
        end = part.end_s
        frames += part.frames
        last = max((line["doc"] for line in page), default=0)
        page += [{**line, "doc": line["doc"] + last} for line in part.page]
    sums = ", ".join(checksum(part.recording.path)[:_SUM] for part in parts)
    abouts = [part.recording.manifest for part in parts]
    joined = abouts[0].model_copy(update={"history": tuple(renewal for one in abouts for renewal in one.history)})
    manifest = changed(
        joined,
        f"merged of {len(parts)} recordings; their SHA-256 begin with {sums}",
        bench.today,
        duration_s=round(end, 3),
        keeps_text=any(one.keeps_text for one in abouts),
    )
    answers = recorded_answers(*(part.recording for part in parts)) if frames else None
    draft = Draft(manifest, frames, page, answers, tuple(_notes(parts, renamed)))
    return await write_edited(draft, path, bench)


def _notes(parts: Sequence["_Part"], renamed: int) -> Iterable[str]:
    if renamed:
        yield f"{renamed} of them had message ids of another one: theirs were replaced."
    without = sum(not part.page for part in parts)
    if 0 < without < len(parts):
        yield f"{without} of them have no page layer: the page is that of the others."
    if any(part.recording.pictures() for part in parts):
        yield "Pictures of comparisons were left out."
    if any(part.recording.manifest.keeps_text for part in parts):
        yield "It holds real names and texts: one of them does."


class _Part:
    """One of them, as it will stand in the new file."""

    def __init__(self, recording: Recording) -> None:
        self.recording = recording
        self.frames = read_frames(recording)
        self.page = read_page(recording)
        first = self.frames[0] if self.frames else None
        if first is not None and not isinstance(first, StartLine):
            raise BadInput(
                f"{recording.path} does not say when it began.", "Its frame layer is none that Balcão wrote."
            )
        self.began_ms = float(self.page[0]["event"]["timestamp"]) if self.page else 0.0
        if first is not None:
            self.began_ms = first.at_ms + first.t * 1000
        self.end_s = max(recording.manifest.duration_s, self.frames[-1].t if self.frames else 0.0)

    def ids(self) -> set[str]:
        """Message ids; none of a page alone, which has them in its frame layer or not at all."""
        told = [line.v for line in self.frames if isinstance(line, FrameLine)]
        rows = [frame for frame in told if isinstance(frame, RowsFrame)]
        return {change.row.id for frame in rows for change in frame.changes}

    def rename(self) -> None:
        """Give its messages other ids, in both layers the same."""
        names = _OtherIds()
        self.frames = renamed(self.frames, names)
        self.page = walked(self.page, PageEvents(names))

    def shift(self, to_s: float | None, offers: str) -> None:
        """Have it begin at that second; its own clock stays. ``offers``: put before the ids of its cards."""
        first = self.frames[0].t if self.frames else 0.0
        by_s = 0.0 if to_s is None else to_s - first
        self.frames = [_shifted(line, by_s, offers) for line in self.frames]
        self.end_s += by_s


def _shifted(line: Line, by_s: float, offers: str) -> Line:
    changes: dict[str, Any] = {"t": line.t + by_s}
    if isinstance(line, StartLine):
        changes["at_ms"] = max(line.at_ms - by_s * 1000, 0.0)
    elif isinstance(line, OfferedLine):
        changes["offer"] = offers + line.offer
    elif isinstance(line, FrameLine) and (named := getattr(line.v, "offer_id", None)):
        changes["v"] = line.v.model_copy(update={"offer_id": offers + named})
    return line.model_copy(update=changes)


def _check_pages(parts: Sequence[_Part]) -> None:
    """A replay has one browser for all of them: its language and time zone cannot change in between.

    Raises:
        BadInput: they would have to.
    """
    told = dict.fromkeys(
        "{lang}, {zone}".format(**about(first.get("about") or {}))
        for part in parts
        if (first := next((line for line in part.page if line["event"]["type"] == FULL), None)) is not None
    )
    if len(told) > 1:
        raise BadInput(
            f"Their pages were recorded in different languages or time zones ({'; '.join(told)}).",
            "Merge recordings of computers with the same language and time zone.",
        )
