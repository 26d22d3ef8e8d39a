"""Replays the frame layer of a file, and compares it with its golden result."""

import time
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import Literal

from pydantic import Field

from agent.contract.base import Value
from agent.errors import BadInput
from agent.ports import Store
from agent.recordings import facts, lines
from agent.recordings.answers import NotedAnswers, RecordedAnswers, Understands
from agent.recordings.comparing import differences
from agent.recordings.facts import Answer, Difference, Fact, GoldenLine, Pair
from agent.recordings.file import FRAMES, PICTURES, Manifest, Recording
from agent.recordings.lines import Line
from agent.recordings.offers_again import OffersAgain
from agent.recordings.play import OpenStore, Pace, play
from agent.recordings.writing import json_line, write_recording

Moved = Callable[[float], None]
"""How far a replay has come, in seconds of the recording."""


class Replayed(Value):
    """What came of a replay."""

    name: str
    layer: Literal["frames", "page"] = "frames"
    differences: tuple[Difference, ...]
    duration_s: float
    """Of the recording."""
    took_s: float
    facts: int
    """How much was compared."""
    pictures: dict[str, Pair] = Field(default={}, exclude=True, repr=False)
    """Of the page, by the ``where`` of a difference; of some differences only."""
    fault: str | None = None
    """Why it could not be replayed; then nothing was compared."""

    @property
    def passed(self) -> bool:
        """Nothing is otherwise."""
        return self.fault is None and not self.differences

    @property
    def speed_x(self) -> float:
        """How many times as fast as it happened."""
        return self.duration_s / max(self.took_s, 1e-9)


async def golden_of(
    frames: Callable[[], Iterable[Line]], understands: Understands, open_store: OpenStore, pace: Pace | None = None
) -> list[GoldenLine]:
    """The golden result of these lines: what today's agent does with them. ``frames`` is called twice."""
    noted = NotedAnswers(understands)
    offers = OffersAgain.read(frames())
    done: list[GoldenLine] = [fact async for fact in play(frames(), offers, noted, open_store, pace)]
    return [*done, *noted.noted.values()]


async def replay(
    recording: Recording,
    open_store: OpenStore,
    analyst: Understands | None = None,
    *,
    pace: Pace | None = None,
    moved: Moved | None = None,
) -> tuple[Replayed, list[Fact]]:
    """Replay the frame layer and compare.

    Args:
        recording: an open one.
        open_store: makes an empty store.
        analyst: the analysis of today; None: the recorded answers.
        pace: waits for a second of the recording; None: as fast as it goes.
        moved: told of the progress.
    """
    if not recording.has(FRAMES):
        raise BadInput(f"{recording.path} has no frame layer.", "Replay its page layer.")
    golden = [facts.comparable(facts.from_json(raw)) for raw in recording.golden()]
    understands = analyst or RecordedAnswers(golden)
    offers = OffersAgain.read(frame_lines(recording))
    found, began = list[Fact](), time.perf_counter()

    @asynccontextmanager
    async def opened(now: Callable[[], datetime]) -> AsyncIterator[Store]:
        """Making an empty database takes a second, however long the recording is: it does not count."""
        nonlocal began
        async with open_store(now) as store:
            began = time.perf_counter()
            yield store

    async for fact in play(_watched(frame_lines(recording), moved), offers, understands, opened, pace):
        found.append(fact)
    took = time.perf_counter() - began
    wanted = [line for line in golden if isinstance(line, Fact)]
    told = Replayed(
        name=recording.path.name,
        differences=tuple(differences(wanted, found)),
        duration_s=recording.manifest.duration_s,
        took_s=took,
        facts=len(wanted),
    )
    return told, found


def frame_lines(recording: Recording) -> Iterator[Line]:
    """The frame layer, parsed."""
    return (lines.from_json(raw) for raw in recording.frames())


def rewrite(recording: Recording, path: Path, manifest: Manifest, layers: dict[str, Iterable[bytes]]) -> None:
    """Write a recording again with some layers of it changed, to ``path`` (which may be its own)."""
    kept = {name for name in recording.manifest.members if name not in layers and not name.startswith(PICTURES)}
    unchanged = {name: (json_line(line) for line in recording.lines(name)) for name in sorted(kept)}
    pictures = {name: recording.picture(name) for name in recording.pictures()}
    write_recording(path, manifest, {**unchanged, **layers}, pictures)


def golden_counts(golden: Iterable[GoldenLine]) -> dict[str, int]:
    """How much of what a golden result holds."""
    counted = Counter("answers" if isinstance(line, Answer) else line.k for line in golden)
    return {f"golden_{kind}": number for kind, number in sorted(counted.items())}


def _watched(all_lines: Iterable[Line], moved: Moved | None) -> Iterator[Line]:
    for line in all_lines:
        yield line
        if moved is not None:
            moved(line.t)


Waits = Callable[[float], Awaitable[None]]


def paced(speed: float, sleep: Waits, clock: Callable[[], float] = time.monotonic) -> Pace:
    """A pace of ``speed`` times as fast as it happened."""
    began = clock()

    async def wait(at_s: float) -> None:
        if (rest := at_s / speed - (clock() - began)) > 0:
            await sleep(rest)

    return wait
