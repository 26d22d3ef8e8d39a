"""Reads the JSON log from its end, over its rotated files, within bounds.

A place in it is named by the file and the byte in it. A file is known by its first line, which holds the microsecond in
which it was written: its name changes when the log is rotated, and the system gives the number of a removed file anew.
"""

import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, NamedTuple, Self

BLOCK = 65_536
BUDGET = 4_000_000
"""Bytes that one reading looks at, at most: about ten thousand lines."""

_HEAD = 512


class Place(NamedTuple):
    """A byte between two lines."""

    file: str
    offset: int

    def __str__(self) -> str:
        return f"{self.file}.{self.offset}"

    @classmethod
    def parse(cls, text: str) -> "Place":
        """What ``str`` made of one."""
        file, _, offset = text.partition(".")
        return cls(file, int(offset))


class Line(NamedTuple):
    """One line."""

    values: dict[str, object] | None
    """None: it cannot be read."""
    begin: Place
    end: Place


@dataclass(slots=True)
class _Part:
    id: str
    file: BinaryIO
    size: int
    """Up to the end of the last whole line."""


class LogFile:
    """The log as it was when it was opened; use it in a ``with`` block."""

    def __init__(self, path: Path, old: int) -> None:
        """``old``: how many rotated files there may be beside it."""
        self._stack = ExitStack()
        self._parts: list[_Part] = []
        """The newest first."""
        # The newest is opened first: a file that is rotated meanwhile is met again under its next name; none is missed.
        for name in (path, *(path.with_name(f"{path.name}.{n}") for n in range(1, old + 1))):
            try:
                file = self._stack.enter_context(name.open("rb"))
            except FileNotFoundError:
                continue
            head = file.read(_HEAD)
            if b"\n" not in head and len(head) < _HEAD:
                continue  # Nothing whole in it yet.
            part = _Part(hashlib.sha256(head.partition(b"\n")[0]).hexdigest()[:16], file, _whole(file))
            if part.id not in {one.id for one in self._parts}:
                self._parts.append(part)
        self.left = BUDGET

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    @property
    def end(self) -> Place | None:
        """Behind the newest line; None where there is none."""
        return Place(self._parts[0].id, self._parts[0].size) if self._parts else None

    def before(self, place: Place | None) -> Iterator[Line]:
        """Lines from there on to the oldest, the newest first; None: from the end. It ends when the budget is spent."""
        parts = self._parts
        if place is not None:
            at = self._index(place.file)
            if at is None:
                return  # It was removed, and everything before it.
            parts = parts[at:]
        for number, part in enumerate(parts):
            until = part.size if place is None or number > 0 else min(place.offset, part.size)
            yield from self._backwards(part, until)
            if self.left <= 0:
                return

    def after(self, place: Place) -> Iterator[Line]:
        """Lines from there on to the newest, the oldest first. From the oldest file where that one was removed."""
        at = self._index(place.file)
        first = len(self._parts) - 1 if at is None else at
        for number in range(first, -1, -1):
            part = self._parts[number]
            yield from self._forwards(part, place.offset if number == at else 0)
            if self.left <= 0:
                return

    def _index(self, file: str) -> int | None:
        return next((number for number, part in enumerate(self._parts) if part.id == file), None)

    def _backwards(self, part: _Part, until: int) -> Iterator[Line]:
        begin = end = until
        pending = b""  # What lies between the two: the end of a line whose beginning is still to be read.
        while begin > 0 and self.left > 0:
            size = min(BLOCK, begin)
            begin -= size
            part.file.seek(begin)
            first, *whole = (part.file.read(size) + pending).split(b"\n")[:-1]
            self.left -= size
            for line in reversed(whole if begin > 0 else [first, *whole]):
                start = end - len(line) - 1
                yield _line(part.id, line, start, end)
                end = start
            pending = first + b"\n"

    def _forwards(self, part: _Part, begin: int) -> Iterator[Line]:
        part.file.seek(begin)
        pending = b""
        end = begin
        while end + len(pending) < part.size and self.left > 0:
            size = min(BLOCK, part.size - end - len(pending))
            self.left -= size
            *whole, pending = (pending + part.file.read(size)).split(b"\n")
            for line in whole:
                start, end = end, end + len(line) + 1
                yield _line(part.id, line, start, end)


def _whole(file: BinaryIO) -> int:
    """Bytes up to the end of the last whole line."""
    end = file.seek(0, os.SEEK_END)
    while end > 0:
        begin = max(end - BLOCK, 0)
        file.seek(begin)
        if (found := file.read(end - begin).rfind(b"\n")) >= 0:
            return begin + found + 1
        end = begin
    return 0


def _line(file: str, line: bytes, begin: int, end: int) -> Line:
    values: object = None
    with suppress(ValueError, RecursionError):
        values = json.loads(line.decode("utf-8"), parse_constant=str)
    return Line(values if isinstance(values, dict) else None, Place(file, begin), Place(file, end))
