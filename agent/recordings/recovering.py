"""Makes a recording of what a crash has left: a folder ``*.balcao.part``, each layer in pieces, the last one torn."""

import json
import shutil
import zlib
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from filelock import BaseFileLock, Timeout

import agent
from agent.contract.frames import HelloFrame
from agent.contract.recordings import KEEPS_TEXT
from agent.errors import BadInput
from agent.recordings import lines
from agent.recordings.answers import Understands
from agent.recordings.editing import Bench, Draft, Edited, PageLines, changed, check_target, walked, write_edited
from agent.recordings.file import ENDING, FRAMES, MOST_BYTES, PAGE, Manifest
from agent.recordings.lines import FrameLine, Line, StartLine
from agent.recordings.page_events import FULL, PageEvents
from agent.recordings.page_pseudonyms import AsRecorded
from agent.recordings.writing import PART, part_lock, part_of

_PACKED = 16 * 1024


async def recovered(part: Path, path: Path, understands: Understands, bench: Bench, *, origin: str = "page") -> Edited:
    """The recording of everything up to the last whole line. The folder goes when its file is there.

    Args:
        part: the folder.
        path: the new file.
        understands: the analysis, for the golden result: the crash came before it was made.
        bench: what else the golden result is made with.
        origin: what was recorded; see ``Manifest``.

    Raises:
        BadInput: it is no such folder, nothing whole is in it, or it is still being recorded.
    """
    lock = _claimed(part)
    try:
        made = await _file(part, path, understands, bench, origin)
    finally:
        lock.release()
    shutil.rmtree(part)
    return made


def check_recovered(part: Path, path: Path, *, replace: bool) -> None:
    """Whether the folder's recording may be made there; it may bear the folder's own name.

    Raises:
        BadInput: it is no such folder, the name has another ending, or something is there and is not to be replaced.
    """
    check_part(part)
    if part_of(path) == part and path.suffix == ENDING and not path.exists():
        return
    check_target(path, replace=replace)


def check_part(part: Path) -> None:
    """Whether it is a folder in which a recording grew.

    Raises:
        BadInput: it is none.
    """
    if not part.name.endswith(PART) or not part.is_dir():
        raise BadInput(f"{part} is no folder that a crash has left.", f"Name a folder that ends in {PART}.")


def _claimed(part: Path) -> BaseFileLock:
    check_part(part)
    lock = part_lock(part)
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        raise BadInput(
            f"{part} is still being recorded.", "End the recording, or the agent that began it, and try again."
        ) from error
    except OSError as error:
        raise BadInput(f"{part} cannot be used ({error.strerror}).", "Look at its permissions.") from error
    return lock


async def _file(part: Path, path: Path, understands: Understands, bench: Bench, origin: str) -> Edited:
    told, seen = Pieces(part, FRAMES), Pieces(part, PAGE)
    frames = list(_frames(told))
    page = walked(seen.lines(), PageEvents(AsRecorded()))
    if not any(line["event"]["type"] == FULL for line in page):
        page = PageLines()
    start = next((line for line in frames if isinstance(line, StartLine)), None)
    if start is None and not page:
        raise BadInput(
            f"{part} holds no whole line of a recording.", "Nothing can be made of it; the folder can be removed."
        )
    manifest = _manifest(frames, page, start, origin)
    if (part / KEEPS_TEXT).exists():
        manifest = manifest.model_copy(update={"keeps_text": True})
    torn = told.torn + seen.torn
    reason = f"recovered after a crash; torn at its end: {told.torn} lines of the frames, {seen.torn} of the page"
    notes = [
        f"{torn} torn lines were left out (frames {told.torn}, page {seen.torn}).",
        "What happened in the last second before the crash may be missing.",
    ]
    if told.damaged + seen.damaged:
        notes.append(f"{told.damaged + seen.damaged} pieces are damaged: what came after the damage in them is lost.")
    draft = Draft(changed(manifest, reason, bench.today), frames, page, understands, tuple(notes))
    return await write_edited(draft, path, bench)


def _frames(told: "Pieces") -> Iterator[Line]:
    for raw in told.lines():
        try:
            yield lines.from_json(raw)
        except BadInput:
            told.torn += 1


def _manifest(frames: list[Line], page: PageLines, start: StartLine | None, origin: str) -> Manifest:
    if start is not None:
        began_ms, length_s = start.at_ms + start.t * 1000, frames[-1].t
    else:
        began_ms = page[0]["event"]["timestamp"]
        length_s = (page[-1]["event"]["timestamp"] - began_ms) / 1000
    hellos = (line.v for line in frames if isinstance(line, FrameLine) and isinstance(line.v, HelloFrame))
    return Manifest(
        created=datetime.fromtimestamp(began_ms / 1000, UTC).date(),
        program=agent.__version__,
        origin=origin,
        duration_s=round(max(length_s, 0.0), 3),
        zone=next((hello.zone for hello in hellos if hello.zone), None),
    )


class Pieces:
    """One layer of such a folder."""

    def __init__(self, part: Path, layer: str) -> None:
        """Nothing is read before ``lines``."""
        self._paths = sorted(part.glob(f"*-{layer}.z"))
        self.torn = 0
        """Lines of which only a part is there."""
        self.damaged = 0
        """Pieces that cannot be unpacked to where they end."""

    def lines(self) -> Iterator[dict[str, Any]]:
        """The whole lines, in order; those that are torn are counted."""
        size = 0
        for path in self._paths:
            held = b""
            for data in self._unpacked(path):
                size += len(data)
                if size > MOST_BYTES:
                    raise BadInput(f"{path.parent} unpacks to more than a recording may hold.", "Remove the folder.")
                *whole, held = (held + data).split(b"\n")
                yield from self._read(whole)
            self.torn += bool(held)

    def _read(self, whole: list[bytes]) -> Iterator[dict[str, Any]]:
        for line in whole:
            try:
                value = json.loads(line)
            except ValueError:
                value = None
            if isinstance(value, dict):
                yield value
            else:
                self.torn += 1

    def _unpacked(self, path: Path) -> Iterator[bytes]:
        inflate = zlib.decompressobj()
        try:
            with path.open("rb") as file:
                while packed := file.read(_PACKED):
                    before = inflate.copy()
                    try:
                        yield inflate.decompress(packed)
                    except zlib.error:
                        yield from _up_to_the_damage(before, packed)
                        self.damaged += 1
                        return
        except OSError as error:
            raise BadInput(f"{path} cannot be read ({error.strerror}).", "Look at its permissions.") from error


def _up_to_the_damage(inflate: "zlib._Decompress", packed: bytes) -> Iterator[bytes]:
    with suppress(zlib.error):
        for byte in packed:
            yield inflate.decompress(bytes([byte]))
