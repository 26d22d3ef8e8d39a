"""Writes a recording: line by line into a folder ``*.balcao.part``, and at the end one file, whole or not at all.

A crash leaves the folder, whose lines up to the last second can be made a file (``recovering``). Rolling: after each
``checkpoint`` a new piece begins, and pieces that are older than what is to be kept are thrown away. So the lines after
a checkpoint must be understood without those before it.
"""

import hashlib
import json
import os
import shutil
import time
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from filelock import BaseFileLock, FileLock

from agent.contract.recordings import KEEPS_TEXT
from agent.errors import BadInput
from agent.recordings.file import ENDING, LAYERS, MANIFEST, PICTURES, Manifest, Member, is_known

PART = ENDING + ".part"
_FLUSH_S = 1.0
"""What a crash may cost."""
_CHUNK = 64 * 1024
_STAMP = (2020, 1, 1, 0, 0, 0)
"""Of the files inside: when a recording was made is told by its manifest, to the day."""


class RecordingWriter:
    """Takes lines that are pseudonymised already. For one task or thread.

    ``finish``, ``leave`` or ``abandon`` ends it.
    """

    def __init__(self, path: Path, *, keep_s: float | None = None, keeps_text: bool = False) -> None:
        """Begin ``path``, which must end in ``.balcao``.

        Args:
            path: the file that ``finish`` makes.
            keep_s: rolling: how much before the end is kept; None keeps all.
            keeps_text: the lines hold real names and texts, and the folder is marked so.
        """
        check_name(path)
        self.path = path
        self.part = part_of(path)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.part.mkdir(mode=0o700)
        self._lock = part_lock(self.part)
        self._lock.acquire(timeout=0)
        if keeps_text:
            (self.part / KEEPS_TEXT).touch(mode=0o600)
        self._keep_s = keep_s
        self._pieces: list[tuple[int, float]] = [(1, 0.0)]
        self._open: dict[str, _Piece] = {}
        self.heads: list[Callable[[], None]] = []
        """Called after a checkpoint: each layer adds what its next lines need in order to be understood."""

    def add(self, layer: str, line: Mapping[str, object]) -> None:
        """Append a line to a layer (``FRAMES``, ``PAGE``)."""
        if layer not in LAYERS:
            raise ValueError(layer)
        piece = self._open.get(layer)
        if piece is None:
            number = self._pieces[-1][0]
            piece = self._open[layer] = _Piece(self.part / f"{number:06d}-{layer}.z")
        piece.add(json_line(line))

    def checkpoint(self, at_s: float) -> None:
        """From here on lines are understood alone; ``at_s``: seconds from the recording's beginning."""
        self._close()
        self._pieces.append((self._pieces[-1][0] + 1, at_s))
        for head in self.heads:
            head()
        if self._keep_s is None:
            return
        while len(self._pieces) > 2 and self._pieces[1][1] <= at_s - self._keep_s:
            gone, _ = self._pieces.pop(0)
            for path in self.part.glob(f"{gone:06d}-*"):
                path.unlink(missing_ok=True)

    def lines(self, layer: str) -> Iterator[dict[str, Any]]:
        """What was written so far and is still kept."""
        self._close()
        self._pieces.append((self._pieces[-1][0] + 1, self._pieces[-1][1]))
        for data in _held(self.part, layer):
            for line in data.split(b"\n"):
                if line:
                    yield json.loads(line)

    def finish(self, manifest: Manifest, golden: Iterable[Mapping[str, object]] = ()) -> Path:
        """Make the file, and remove the folder. ``manifest`` gets its members here."""
        self._close()
        layers: dict[str, Iterable[bytes]] = {
            layer: _held(self.part, layer) for layer in LAYERS if any(self.part.glob(f"*-{layer}.z"))
        }
        layers["golden.jsonl"] = (json_line(line) for line in golden)
        write_recording(self.path, manifest, layers)
        self._lock.release()
        shutil.rmtree(self.part)
        return self.path

    def leave(self) -> None:
        """Write no more, and leave the folder as after a crash: a disk that is full may have room again later."""
        for piece in self._open.values():
            piece.drop()
        self._open.clear()
        self._lock.release()

    def abandon(self) -> None:
        """Leave nothing."""
        self.leave()
        shutil.rmtree(self.part, ignore_errors=True)

    def _close(self) -> None:
        for piece in self._open.values():
            piece.close()
        self._open.clear()


def part_of(path: Path) -> Path:
    """The folder in which a recording grows."""
    return path.with_name(path.stem + PART)


def part_lock(part: Path) -> BaseFileLock:
    """Held by who writes into the folder; the system lets it go when that process ends, however it ends."""
    return FileLock(part / "lock", mode=0o600)


def check_name(path: Path) -> None:
    """Whether a recording can be made there.

    Raises:
        BadInput: it has another ending, or something is there already.
    """
    if path.suffix != ENDING:
        raise BadInput(f"{path.name} is no name of a recording.", f"End it with {ENDING}.")
    if path.exists() or part_of(path).exists():
        raise BadInput(f"{path} is there already.", "Choose another name, or remove it.")


class _Piece:
    """Deflated lines, flushed every second."""

    def __init__(self, path: Path) -> None:
        self._file = os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")
        self._deflate = zlib.compressobj(6)
        self._flushed = time.monotonic()

    def add(self, line: bytes) -> None:
        self._file.write(self._deflate.compress(line))
        if time.monotonic() - self._flushed > _FLUSH_S:
            self._file.write(self._deflate.flush(zlib.Z_SYNC_FLUSH))
            self._file.flush()
            self._flushed = time.monotonic()

    def close(self) -> None:
        self._file.write(self._deflate.flush())
        self._file.close()

    def drop(self) -> None:
        """Close it without what was not written yet."""
        with suppress(OSError):
            self._file.close()


def write_recording(
    path: Path, manifest: Manifest, layers: Mapping[str, Iterable[bytes]], pictures: Mapping[str, bytes] | None = None
) -> None:
    """Make a file of these layers, for its owner only, whole or not at all.

    Args:
        path: where; what is there is replaced.
        manifest: without members.
        layers: by name, as pieces of JSON lines.
        pictures: by name without folder, PNG.
    """
    draft = path.with_name(f".{path.name}.{os.getpid()}.draft")
    members = dict[str, Member]()
    try:
        with (
            os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file,
            zipfile.ZipFile(file, "w") as archive,
        ):
            named = ((f"{PICTURES}{name}", [data]) for name, data in (pictures or {}).items())
            for name, data in (*layers.items(), *named):
                if not is_known(name):
                    raise ValueError(name)
                members[name] = _write_member(archive, name, data)
            whole = manifest.model_copy(update={"members": members})
            archive.writestr(_info(MANIFEST), whole.model_dump_json(indent=1).encode())
            archive.close()
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def _write_member(archive: zipfile.ZipFile, name: str, pieces: Iterable[bytes]) -> Member:
    summed, size, lines = hashlib.sha256(), 0, 0
    with archive.open(_info(name), "w", force_zip64=True) as file:
        for piece in pieces:
            summed.update(piece)
            size += len(piece)
            lines += piece.count(b"\n")
            file.write(piece)
    return Member(sha256=summed.hexdigest(), bytes=size, lines=0 if name.startswith(PICTURES) else lines)


def _info(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, _STAMP)
    # A chat that is opened again is told again, with megabytes between: deflate looks back 32 kB, LZMA 8 MB.
    info.compress_type = zipfile.ZIP_LZMA if name in LAYERS else zipfile.ZIP_DEFLATED
    info.external_attr = 0o600 << 16
    return info


def _held(part: Path, layer: str) -> Iterator[bytes]:
    """The layer's pieces in order, each up to its last whole line."""
    for path in sorted(part.glob(f"*-{layer}.z")):
        inflate, held = zlib.decompressobj(), b""
        with path.open("rb") as file:
            while packed := file.read(_CHUNK):
                held += inflate.decompress(packed)
                whole, end, held = held.rpartition(b"\n")
                if end:
                    yield whole + end


def json_line(line: Mapping[str, object]) -> bytes:
    """A line as it is written."""
    return json.dumps(line, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode() + b"\n"
