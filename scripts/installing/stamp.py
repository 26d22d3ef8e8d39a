"""Remembers inside the environment what was installed into it, so that a second run has nothing to do."""

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path


def digest(files: Iterable[Path], *words: str) -> str:
    """One value for the content of files and some words: another value means that a step must be done again."""
    whole = hashlib.sha256()
    for file in files:
        whole.update(hashlib.sha256(file.read_bytes()).digest())
    for word in words:
        whole.update(b"\0" + word.encode())
    return whole.hexdigest()


class Stamp:
    """A small JSON file of step -> value. It lies in the environment and goes with it."""

    def __init__(self, path: Path) -> None:
        """Read ``path``; a missing or damaged file counts as "nothing done yet"."""
        self.path = path
        self._values: dict[str, str] = {}
        try:
            read = json.loads(path.read_text("utf-8"))
        except (OSError, ValueError):
            return
        if isinstance(read, dict):
            self._values = {str(key): str(value) for key, value in read.items()}

    def get(self, step: str) -> str | None:
        """What was remembered of a step."""
        return self._values.get(step)

    def put(self, step: str, value: str | None) -> None:
        """Remember a step as done, or with None as not done."""
        self._values.pop(step, None)
        if value is not None:
            self._values[step] = value
        self.path.parent.mkdir(parents=True, exist_ok=True)
        beside = self.path.with_suffix(".new")
        beside.write_text(json.dumps(self._values, indent=1, sort_keys=True), "utf-8")
        beside.replace(self.path)
