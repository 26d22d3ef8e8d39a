"""The `.balcao` file: what is in it, how it is written, how it is opened.

A ZIP of ``manifest.json``, one file of JSON lines for each layer, and pictures of a failed comparison. A reader trusts
nothing in it: names, sizes and sums are checked before a line is given out, and nothing is ever unpacked to the disk.
``writing.RecordingWriter`` writes it.
"""

import hashlib
import json
import lzma
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any, Literal, Self

from pydantic import Field, ValidationError

from agent.contract.base import Value
from agent.errors import BadInput

FORMAT = 2
"""2: layers may be packed by LZMA, which finds again what an earlier picture of the page has already said."""
ENDING = ".balcao"
MANIFEST = "manifest.json"
FRAMES, GOLDEN, PAGE, PAGE_GOLDEN = "frames.jsonl", "golden.jsonl", "page.jsonl", "page_golden.jsonl"
LAYERS = (FRAMES, GOLDEN, PAGE, PAGE_GOLDEN)
PICTURES = "pictures/"

MOST_MEMBERS = 64
MOST_BYTES = 2 * 1024**3
"""Of one layer, unpacked."""
MOST_PICTURE = 8 * 1024**2
MOST_LINE = 32 * 1024**2
"""A whole page of WhatsApp Web as rrweb tells it is 1 to 3 MB."""
MOST_RATIO = 400
"""Unpacked to packed. JSON of a page reaches 60; deflate's limit is 1,032, LZMA has nearly none."""
_PLAINLY = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_PACKED = (*_PLAINLY, zipfile.ZIP_LZMA)
MOST_DICTIONARY = 64 * 1024**2
"""Memory that a file may have its reader take for unpacking it; LZMA's own choice is 8 MB."""
_SMALL = 1024 * 1024
"""Below, a ratio says nothing."""
_MANIFEST_BYTES = 256 * 1024
_CHUNK = 64 * 1024

Upgrade = Callable[[dict[str, Any]], dict[str, Any]]
UPGRADES: dict[int, Upgrade] = {1: dict}
"""By the format from which a step leads to the next one: a manifest in, a manifest out."""


class Member(Value):
    """One file of the recording."""

    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    bytes: int = Field(ge=0)
    lines: int = Field(ge=0)


Layer = Literal["frames", "page"]


class Renewal(Value):
    """Somebody accepted what a replay did as right."""

    day: date
    reason: str = Field(max_length=500)
    program: str = Field(max_length=40)
    layers: tuple[Layer, ...] = ()
    """Whose golden result was made anew; nobody knows of files that were renewed before this was noted."""


class Manifest(Value):
    """What a recording is."""

    format: int = FORMAT
    created: date
    program: str = Field(max_length=40)
    """Version of Balcão that made it."""
    origin: str = Field(default="page", max_length=40)
    """``page``: seen on a page; ``demo``: on the stand-in; ``chat``: an exported chat."""
    duration_s: float = Field(ge=0)
    zone: str | None = Field(default=None, max_length=64)
    page_generation: str | None = Field(default=None, max_length=40)
    """Which markup of WhatsApp Web the page layer holds."""
    keeps_text: bool = False
    """Texts and names are the real ones: somebody has agreed to it."""
    counts: dict[str, int] = Field(default_factory=dict)
    """``messages``, ``frames``, ``offers``, ``page_events`` ..."""
    live: dict[str, int] = Field(default_factory=dict)
    """What the agent itself did while it was recorded, in numbers: a check of the golden result."""
    history: tuple[Renewal, ...] = ()
    members: dict[str, Member] = Field(default_factory=dict)


class Recording:
    """An opened recording. Use it in a ``with``; lines come one by one and are never all in memory."""

    def __init__(self, path: Path, archive: zipfile.ZipFile, manifest: Manifest) -> None:
        """``open_recording`` makes one."""
        self.path = path
        self.manifest = manifest
        self._archive = archive

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._archive.close()

    @property
    def size(self) -> int:
        """Bytes of the file."""
        return self.path.stat().st_size

    def frames(self) -> Iterator[dict[str, Any]]:
        """What the agent was told, in order."""
        return self.lines(FRAMES)

    def golden(self) -> Iterator[dict[str, Any]]:
        """What is to come of it."""
        return self.lines(GOLDEN)

    def page(self) -> Iterator[dict[str, Any]]:
        """The page as rrweb tells it."""
        return self.lines(PAGE)

    def has(self, member: str) -> bool:
        """Whether there is such a layer."""
        return member in self.manifest.members

    def lines(self, member: str) -> Iterator[dict[str, Any]]:
        """The objects of a layer; none where it has no such layer.

        Raises:
            BadInput: it is not what the manifest says.
        """
        if not self.has(member):
            return
        for number, line in enumerate(_split(self.pieces(member)), 1):
            try:
                value = json.loads(line)
            except (ValueError, RecursionError) as error:
                raise _broken(self.path, f"{member}, line {number} is no JSON") from error
            if not isinstance(value, dict):
                raise _broken(self.path, f"{member}, line {number} is no object")
            yield value

    def picture(self, name: str) -> bytes:
        """A picture, PNG, by its name without folder."""
        return b"".join(self.pieces(PICTURES + name))

    def pictures(self) -> list[str]:
        """Names of the pictures."""
        return sorted(name.removeprefix(PICTURES) for name in self.manifest.members if name.startswith(PICTURES))

    def verify(self) -> None:
        """Read every byte.

        Raises:
            BadInput: something is not as it was written.
        """
        for member in self.manifest.members:
            for _ in self.pieces(member):
                pass

    def pieces(self, member: str) -> Iterator[bytes]:
        """A file of the recording, unpacked, in pieces. What is longer than announced is not read on.

        Raises:
            BadInput: it is not what the manifest says.
        """
        expected = self.manifest.members[member]
        summed, size = hashlib.sha256(), 0
        self._check_dictionary(member)
        try:
            with self._archive.open(member) as file:
                while piece := file.read(_CHUNK):
                    size += len(piece)
                    if size > expected.bytes:
                        raise _broken(self.path, f"{member} is longer than its manifest says")
                    summed.update(piece)
                    yield piece
        except (*_BROKEN, OSError) as error:
            raise _broken(self.path, f"{member} cannot be unpacked") from error
        if size != expected.bytes or summed.hexdigest() != expected.sha256:
            raise _broken(self.path, f"{member} does not have the sum that its manifest says")

    def _check_dictionary(self, member: str) -> None:
        """How much memory LZMA asks for stands in the file: bytes 5 to 8 of what is packed, after two lengths."""
        listed = self._archive.getinfo(member)
        if listed.compress_type != zipfile.ZIP_LZMA:
            return
        with self.path.open("rb") as file:
            file.seek(listed.header_offset + 26)
            name, extra = struct.unpack("<HH", file.read(4).ljust(4, b"\0"))
            file.seek(name + extra + 5, 1)
            (asked,) = struct.unpack("<I", file.read(4).ljust(4, b"\0"))
        if asked > MOST_DICTIONARY:
            raise _broken(self.path, f"{member} would take {asked:,} bytes of memory to unpack")


_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
)


def open_recording(path: Path) -> Recording:
    """Open a recording, and check everything that can be told without unpacking it.

    Raises:
        BadInput: it is no recording, is damaged, is too new, or is made to do harm.
    """
    archive = None
    try:
        archive = zipfile.ZipFile(path)
        manifest = _manifest(path, archive)
        _check_members(path, archive, manifest)
    except FileNotFoundError as error:
        raise BadInput(f"There is no recording {path}.", "Look at its name and folder.") from error
    except (*_BROKEN, ValueError) as error:
        if archive is not None:
            archive.close()
        raise _broken(path, "it is no whole ZIP file") from error
    except OSError as error:
        raise BadInput(f"{path} cannot be read ({error.strerror}).", "Look at its permissions.") from error
    except BadInput:
        if archive is not None:
            archive.close()
        raise
    return Recording(path, archive, manifest)


def upgraded(
    path: Path, raw: dict[str, Any], newest: int = FORMAT, steps: Mapping[int, Upgrade] | None = None
) -> dict[str, Any]:
    """A manifest in today's format, one step after another.

    Raises:
        BadInput: a newer Balcão wrote it, or none did.
    """
    steps = UPGRADES if steps is None else steps
    number = raw.get("format")
    if not isinstance(number, int) or isinstance(number, bool) or number < 1:
        raise _broken(path, "its manifest has no format number")
    if number > newest:
        raise BadInput(f"{path} was recorded by a newer Balcão (format {number}).", "Update Balcão.")
    while number < newest:
        raw = {**steps[number](raw), "format": number + 1}
        number += 1
    return raw


def _manifest(path: Path, archive: zipfile.ZipFile) -> Manifest:
    try:
        listed = archive.getinfo(MANIFEST)
    except KeyError as error:
        raise BadInput(
            f"{path} is no recording of Balcão: it has no {MANIFEST}.", "Take a file that `record` made."
        ) from error
    if listed.compress_type not in _PLAINLY:
        raise _broken(path, "its manifest is packed in a way that is none of ours")
    if listed.file_size > _MANIFEST_BYTES:
        raise _broken(path, "its manifest is too long")
    with archive.open(listed) as file:
        data = file.read(_MANIFEST_BYTES + 1)
    try:
        raw = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise _broken(path, "its manifest is no JSON") from error
    if not isinstance(raw, dict):
        raise _broken(path, "its manifest is no object")
    try:
        return Manifest.model_validate(upgraded(path, raw))
    except ValidationError as error:
        where = ".".join(map(str, error.errors()[0]["loc"]))[:80]
        raise _broken(path, f"its manifest is not what it should be at '{where}'") from error


def _check_members(path: Path, archive: zipfile.ZipFile, manifest: Manifest) -> None:
    listed = archive.infolist()
    names = [one.filename for one in listed]
    if len(listed) > MOST_MEMBERS or len(manifest.members) > MOST_MEMBERS:
        raise _broken(path, f"it holds more than {MOST_MEMBERS} files")
    if len(set(names)) != len(names):
        raise _broken(path, "it holds two files of one name")
    for one in listed:
        if one.filename != MANIFEST and not is_known(one.filename):
            raise _broken(path, f"it holds a file that is none of ours ({ascii(one.filename)[:60]})")
        if one.filename != MANIFEST and one.filename not in manifest.members:
            raise _broken(path, f"its manifest does not know {one.filename}")
        if one.flag_bits & 1 or one.compress_type not in _PACKED:
            raise _broken(path, f"{one.filename} is packed in a way that is none of ours")
        most = MOST_PICTURE if one.filename.startswith(PICTURES) else MOST_BYTES
        if one.file_size > most or one.file_size > max(_SMALL, MOST_RATIO * one.compress_size):
            raise _broken(path, f"{one.filename} would unpack to {one.file_size:,} bytes")
    for name, member in manifest.members.items():
        if name not in names or archive.getinfo(name).file_size != member.bytes:
            raise _broken(path, f"{ascii(name)[:60]} is missing, or has not the length that its manifest says")


def is_known(name: str) -> bool:
    """Whether a recording may hold a file of this name: ours alone, and no path but ``pictures/``."""
    if name in LAYERS:
        return True
    bare = name.removeprefix(PICTURES)
    return (
        name.startswith(PICTURES) and bare.endswith(".png") and bare[:-4].replace("-", "").isalnum() and bare.isascii()
    )


def _split(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Lines; the last one may have no end."""
    held = b""
    for piece in pieces:
        *lines, held = (held + piece).split(b"\n")
        yield from (line for line in lines if line)
        if len(held) > MOST_LINE:
            raise BadInput("A line of the recording is too long.", "Take the file from where it was made once more.")
    if held:
        yield held


def _broken(path: Path, why: str) -> BadInput:
    return BadInput(f"{path} cannot be used: {why}.", "Take the file once more from where it was made, or record anew.")


def remove_quietly(path: Path) -> None:
    """Remove a file that may be gone already."""
    with suppress(FileNotFoundError):
        path.unlink()
