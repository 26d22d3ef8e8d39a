"""The stand-in's memory outside the page: replayed into every new document, on disk when a file is given."""

import json
import time
from pathlib import Path

from simulator.world import Op


class Journal:
    """All changes of one world, in order.

    With a path, each change is one JSON line, written before it is acknowledged: a killed browser or agent loses none.
    The first line holds when the world began, so that history keeps its times after a restart.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self.started_ms = time.time() * 1000
        self.ops: list[Op] = []
        if path is None:
            return
        if path.exists():
            self._load(path)
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._write({"started_ms": self.started_ms})

    def _load(self, path: Path) -> None:
        lines = path.read_text(encoding="utf-8").splitlines()
        for line in lines:
            try:
                entry = json.loads(line)
            except json.JSONDecodeError:
                # Only the last line can be cut short, by a kill in the middle of its writing.
                continue
            if "started_ms" in entry:
                self.started_ms = float(entry["started_ms"])
            else:
                self.ops.append(entry)

    def _write(self, entry: Op) -> None:
        if self._path is None:
            return
        with self._path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(entry, ensure_ascii=False) + "\n")

    def add(self, op: Op) -> None:
        """Keep one change."""
        self._write(op)
        self.ops.append(op)
