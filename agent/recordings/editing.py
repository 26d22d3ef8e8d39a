"""Makes a new file of a recording that was cut, joined or cleaned: with its golden result renewed, and checked first.

Both layers are read here as a replay would read them. Nothing appears under the new name before the new file was read
whole and its frame layer replayed without a difference.
"""

import hashlib
import os
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import agent
from agent.contract.base import Value
from agent.contract.frames import RowsFrame
from agent.contract.rows import Change
from agent.errors import BadInput
from agent.recordings import facts, lines
from agent.recordings.answers import RecordedAnswers, Understands
from agent.recordings.facts import GoldenLine
from agent.recordings.file import (
    ENDING,
    FRAMES,
    GOLDEN,
    PAGE,
    PAGE_GOLDEN,
    Manifest,
    Recording,
    Renewal,
    open_recording,
    remove_quietly,
)
from agent.recordings.frames import pseudonymised
from agent.recordings.lines import FrameLine, Line, OfferedLine
from agent.recordings.page_events import FULL, PageEvents
from agent.recordings.page_pseudonyms import AsRecorded
from agent.recordings.play import OpenStore
from agent.recordings.pseudonyms import Pseudonyms
from agent.recordings.replaying import Moved, frame_lines, golden_counts, golden_of, replay
from agent.recordings.writing import check_name, json_line, write_recording

_CHUNK = 1024 * 1024

PageLines = list[dict[str, Any]]
PageGolden = Callable[[Sequence[Mapping[str, Any]]], Awaitable[PageLines]]
"""What is read of a page layer, as the lines of its golden result."""
Check = Callable[[Path], None]
"""Looks at a finished file before it gets its name; raises where it must not be."""


class Edited(Value):
    """What was made."""

    path: Path
    messages: int
    duration_s: float
    notes: tuple[str, ...] = ()
    """What somebody who keeps the file should know, a sentence each."""


@dataclass(frozen=True, slots=True)
class Draft:
    """Both layers of a recording to be."""

    manifest: Manifest
    """Its counts and members are made when it is written."""
    frames: list[Line]
    page: PageLines
    answers: Understands | None
    """Who answers what the replay asks; None: there is no frame layer."""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Bench:
    """What a new golden result is made with."""

    open_store: OpenStore
    page_golden: PageGolden
    today: date
    moved: Moved | None = None
    """Told of the progress, in seconds of the new recording."""


def read_page(recording: Recording) -> PageLines:
    """The page layer as a replay takes it: what could run or fetch something is not there any more."""
    return walked(recording.page(), PageEvents(AsRecorded()))


def renamed(lines: Iterable[Line], names: Pseudonyms) -> list[Line]:
    """The frame layer with other names; what cannot be kept under them is left out."""
    kept = list[Line]()
    for line in lines:
        match line:
            case FrameLine(v=frame):
                changed = pseudonymised(frame, names)
                kept += [] if changed is None else [line.model_copy(update={"v": changed})]
            case OfferedLine():
                shown = tuple(one.model_copy(update={"text": names.text(one.text)}) for one in line.shown)
                kept.append(line.model_copy(update={"of": names.identifier(line.of), "shown": shown}))
            case _:
                kept.append(line)
    return kept


def walked(given: Iterable[Mapping[str, Any]], events: PageEvents) -> PageLines:
    """The lines that a walk lets through, as it gives them."""
    kept = PageLines()
    for line in given:
        number, told = line.get("doc"), line.get("event")
        if not isinstance(number, int) or not isinstance(told, Mapping):
            continue
        if (event := events.event(told)) is not None:
            about = {"about": line["about"]} if event["type"] == FULL and isinstance(line.get("about"), dict) else {}
            kept.append({"doc": number, "event": event, **about})
    return kept


def recorded_answers(*recordings: Recording) -> RecordedAnswers:
    """The answers that stand in their golden results."""
    return RecordedAnswers(facts.from_json(raw) for recording in recordings for raw in recording.golden())


def read_frames(recording: Recording) -> list[Line]:
    """The frame layer.

    Raises:
        BadInput: it is damaged, or none of ours.
    """
    return list(frame_lines(recording))


def changed(manifest: Manifest, reason: str, today: date, **values: object) -> Manifest:
    """The manifest of a file that was made of another one; the agent's own numbers were the other one's."""
    told = Renewal(day=today, reason=reason[:500], program=agent.__version__)
    return manifest.model_copy(update={"history": (*manifest.history, told), "live": {}, **values})


def checksum(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    summed = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(_CHUNK):
            summed.update(piece)
    return summed.hexdigest()


def check_target(path: Path, *, replace: bool) -> None:
    """Whether a file may be made there.

    Raises:
        BadInput: it has another ending, or something is there and is not to be replaced.
    """
    try:
        check_name(path)
    except BadInput:
        if path.suffix == ENDING and replace and path.is_file():
            return
        if path.suffix != ENDING:
            raise
        raise BadInput(f"{path} is there already.", "Choose another name, or replace it with --force.") from None


async def write_edited(draft: Draft, path: Path, bench: Bench, check: Check | None = None) -> Edited:
    """Make the file of a draft.

    Args:
        draft: both layers, with nothing in them that may not be read.
        path: the new file; ``check_target`` has looked at it.
        bench: what the golden result is made with.
        check: looks at the file before it gets its name.

    Raises:
        BadInput: nothing is left to be written, or a replay of it does not do the same twice.
    """
    if not draft.frames and not draft.page:
        raise BadInput("Nothing would be left of the recording.", "Keep more of it.")
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    layers, counts, notes = dict[str, Iterable[bytes]](), counted(draft), list(draft.notes)
    golden = await _golden(draft, bench)
    if draft.frames:
        layers |= {FRAMES: (json_line(lines.to_json(line)) for line in draft.frames)}
        layers |= {GOLDEN: (json_line(facts.to_json(line)) for line in golden)}
        counts |= golden_counts(golden)
        notes += _unanswered(golden)
    if draft.page:
        seen = await bench.page_golden(draft.page)
        layers |= {PAGE: map(json_line, draft.page), PAGE_GOLDEN: map(json_line, seen)}
        counts["golden_page"] = len(seen)
    manifest = draft.manifest.model_copy(update={"counts": counts})
    hidden = path.with_name(f".{path.name}.{os.getpid()}.edited")
    try:
        write_recording(hidden, manifest, layers)
        await _checked(hidden, bench)
        if check is not None:
            check(hidden)
        hidden.replace(path)
    finally:
        remove_quietly(hidden)
    return Edited(path=path, messages=counts["messages"], duration_s=manifest.duration_s, notes=tuple(notes))


def counted(draft: Draft) -> dict[str, int]:
    """What stands in the layers, as a recorder counts it."""
    told = [line.v for line in draft.frames if isinstance(line, FrameLine)]
    rows = (change for frame in told if isinstance(frame, RowsFrame) for change in frame.changes)
    seen = {change.row.id for change in rows if change.change is not Change.DELETED}
    offers = sum(isinstance(line, OfferedLine) for line in draft.frames)
    counts = {"frames": len(told), "messages": len(seen), "offers": offers, "page_events": len(draft.page)}
    return {name: number for name, number in counts.items() if number or name in ("frames", "messages")}


async def _golden(draft: Draft, bench: Bench) -> list[GoldenLine]:
    if not draft.frames or draft.answers is None:
        return []

    async def told(at_s: float) -> None:
        if bench.moved is not None:
            bench.moved(at_s)

    return await golden_of(lambda: draft.frames, draft.answers, bench.open_store, told)


def _unanswered(golden: Iterable[GoldenLine]) -> Iterator[str]:
    number = sum(isinstance(line, facts.Fact) and "unanswered" in line.what for line in golden)
    if number:
        yield (
            f"{number} questions have no recorded answer and stay unanswered in a replay; "
            "`replay --accept` has today's analysis answer them."
        )


async def _checked(path: Path, bench: Bench) -> None:
    with open_recording(path) as recording:
        recording.verify()
        if not recording.has(FRAMES):
            return
        done, _ = await replay(recording, bench.open_store)
    if done.differences:
        raise BadInput(
            f"A replay of the new file differs from itself ({done.differences[0].cause}). Nothing was written.",
            "Report it, with the recording.",
        )
