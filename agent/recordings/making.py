"""Makes a file of a recording that has ended: computes its golden result, notes what is in it, and writes it."""

from collections.abc import Awaitable, Callable, Iterator
from datetime import date
from pathlib import Path

import agent
from agent.errors import BadInput
from agent.recordings import facts, lines
from agent.recordings.answers import Understands
from agent.recordings.chat_export import ExportedChat
from agent.recordings.chat_frames import frames_of
from agent.recordings.file import FRAMES, Manifest
from agent.recordings.frames import pseudonymised
from agent.recordings.lines import FrameLine, Line, StartLine
from agent.recordings.play import OpenStore
from agent.recordings.pseudonyms import Pseudonyms
from agent.recordings.replaying import golden_counts, golden_of
from agent.recordings.writing import RecordingWriter

PageGolden = Callable[[RecordingWriter], Awaitable[int]]
"""Adds a page layer's golden result to the recording; how many lines it has."""


async def finished(
    writer: RecordingWriter,
    manifest: Manifest,
    understands: Understands,
    open_store: OpenStore,
    *,
    page_golden: PageGolden | None = None,
) -> Path:
    """End a recording. The golden result is what comes of the pseudonymised frames, so a replay can reach it again."""
    golden = await golden_of(lambda: _lines(writer), understands, open_store)
    counts = {**manifest.counts, **golden_counts(golden)}
    if page_golden is not None and manifest.counts.get("page_events"):
        counts["golden_page"] = await page_golden(writer)
    return writer.finish(manifest.model_copy(update={"counts": counts}), map(facts.to_json, golden))


async def imported(
    chat: ExportedChat,
    path: Path,
    names: Pseudonyms,
    understands: Understands,
    open_store: OpenStore,
    *,
    me: str | None,
    zone: str,
    today: date,
    keeps_text: bool = False,
) -> Path:
    """A recording of an exported chat.

    Raises:
        BadInput: nobody in it is called ``me``, or the file is there already.
    """
    if not chat.messages:
        raise BadInput("The chat holds no message.", "Export another one.")
    frames = list(frames_of(chat, me, zone))
    began, last = frames[0][0], frames[-1][0]
    writer = RecordingWriter(path, keeps_text=keeps_text)
    try:
        writer.add(FRAMES, lines.to_json(StartLine(t=0.0, at_ms=began)))
        for at, frame in frames:
            if (kept := pseudonymised(frame, names)) is not None:
                writer.add(FRAMES, lines.to_json(FrameLine(t=(at - began) / 1000, v=kept)))
        manifest = Manifest(
            created=today,
            program=agent.__version__,
            origin="chat",
            duration_s=(last - began) / 1000,
            zone=zone,
            keeps_text=keeps_text,
            counts={"messages": len(chat.messages), "frames": len(frames)},
        )
        return await finished(writer, manifest, understands, open_store)
    except BaseException:
        writer.abandon()
        raise


def _lines(writer: RecordingWriter) -> Iterator[Line]:
    return (lines.from_json(raw) for raw in writer.lines(FRAMES))
