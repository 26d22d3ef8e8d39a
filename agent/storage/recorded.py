"""Recordings of the profile that were made with real names and texts: which there are, and an end to a person's.

One that holds a person goes as a whole. To take somebody out of it takes a browser, for what is left of the page, and
leaves what others have quoted of them; what was made to look into a fault is made again more easily.
"""

import json
import lzma
import shutil
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from filelock import FileLock, Timeout

from agent.contract.recordings import KEEPS_TEXT
from agent.storage.repositories.subject import Known

_FOLDER = "recordings"
_MANIFEST = "manifest.json"
_LAYER = ".jsonl"
_MOST_MANIFEST = 256 * 1024
_UNREADABLE = (
    OSError,
    KeyError,
    ValueError,
    EOFError,
    RuntimeError,
    NotImplementedError,
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
)


def with_texts(profile: Path) -> tuple[str, ...]:
    """Those that hold real names and texts, by name. What cannot be read may hold them, too."""
    return tuple(path.name for path in _paths(profile) if _keeps_texts(path) is not False)


def without(profile: Path, known: Known | None) -> tuple[int, tuple[str, ...]]:
    """Remove those that hold a person; how many, and which may hold somebody still: they cannot be read or removed.

    Args:
        profile: its folder.
        known: who it is; None: nobody knows any more, so all go.
    """
    gone, left = 0, list[str]()
    for path in _paths(profile):
        keeps = _keeps_texts(path)
        if keeps is False or (keeps and known is not None and not _holds(path, known)):
            continue
        if keeps and _removed(path):
            gone += 1
        else:
            left.append(path.name)
    return gone, tuple(left)


def _paths(profile: Path) -> list[Path]:
    return sorted((profile / _FOLDER).glob("*.balcao*"))


def _keeps_texts(path: Path) -> bool | None:
    """None: nobody can tell."""
    if path.is_dir():
        return (path / KEEPS_TEXT).exists()
    try:
        with zipfile.ZipFile(path) as archive, archive.open(_MANIFEST) as file:
            about = json.loads(file.read(_MOST_MANIFEST))
    except _UNREADABLE:
        return None
    keeps = about.get("keeps_text") if isinstance(about, dict) else None
    return keeps if isinstance(keeps, bool) else None


def _holds(path: Path, known: Known) -> bool:
    """Whether a finished one shows anything by which the person is known; one that a crash has left is torn: it may."""
    if path.is_dir():
        return True
    titles = {title for _, title, _ in known.listed}
    told = {wa_id for _, wa_id in known.messages} | titles
    named, traces = known.traces.as_written, known.traces
    try:
        with zipfile.ZipFile(path) as archive:
            return any(
                text in told or (named is not None and named.search(text) is not None) or traces.number_in(text)
                for text in _texts(archive)
            )
    except _UNREADABLE:
        return True


def _texts(archive: zipfile.ZipFile) -> Iterator[str]:
    for name in archive.namelist():
        if name.endswith(_LAYER):
            with archive.open(name) as file:
                for line in file:
                    yield from _strings(json.loads(line))
        elif name == _MANIFEST:
            yield from _strings(json.loads(archive.read(name)))


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, one in value.items():
            yield key
            yield from _strings(one)
    elif isinstance(value, list):
        for one in value:
            yield from _strings(one)


def _removed(path: Path) -> bool:
    """Whether it is gone. One that is being made stays: whoever makes it holds its lock."""
    with suppress(OSError):
        if not path.is_dir():
            path.unlink()
            return True
        lock = FileLock(path / "lock", mode=0o600)
        with suppress(Timeout):
            lock.acquire(timeout=0)
            lock.release()
            shutil.rmtree(path)
            return True
    return False
