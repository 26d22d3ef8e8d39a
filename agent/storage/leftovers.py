"""What the profile's files, beside the database, hold of a person: logs, exports, and what was fitted from them."""

import logging
import os
import shutil
from collections.abc import Collection, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from agent.storage.traces import Traces

EXPORTS = "exports"
_LOGS = "logs"
_FITTED = "intents"


def clear(profile: Path, traces: Traces, customer_ids: Collection[int], *, fitted: bool) -> dict[str, int]:
    """Remove a person from the profile's files; how many of each went. May be called again.

    ``fitted``: ``intents/`` goes whole, since each version may rest on their corrections; they are fitted anew from
    what is left.
    """
    return {
        "log_lines": sum(_without(path, traces) for path in sorted((profile / _LOGS).glob("*.log*"))),
        "exports": sum(_drop(profile / EXPORTS, number) for number in customer_ids),
        "fitted_intents": _forget_fitted(profile / _FITTED) if fitted else 0,
    }


def _without(path: Path, traces: Traces) -> int:
    """Rewrite a log without the lines that name the person. In its place: a running agent goes on writing to it."""
    with _nobody_writes(path), path.open("r+b") as file:
        lines = file.readlines()
        kept = [line for line in lines if not _names(line.decode("utf-8", "replace"), traces)]
        if len(kept) == len(lines):
            return 0
        file.seek(0)
        file.write(b"".join(kept))
        left = file.tell()
        file.write(b"\0" * (os.fstat(file.fileno()).st_size - left))  # Overwritten first: cut off alone, it would stay.
        file.flush()
        os.fsync(file.fileno())
        file.truncate(left)
        return len(lines) - len(kept)


def _names(line: str, traces: Traces) -> bool:
    named = traces.as_written is not None and traces.as_written.search(line) is not None
    return named or traces.number_in(line)


@contextmanager
def _nobody_writes(path: Path) -> Iterator[None]:
    """This process's own handlers wait meanwhile."""
    with ExitStack() as stack:
        for handler in logging.getLogger().handlers:
            if isinstance(handler, logging.FileHandler) and Path(handler.baseFilename).parent == path.parent:
                handler.acquire()
                stack.callback(handler.release)
                handler.flush()
        yield


def _drop(exports: Path, customer_id: int) -> int:
    found = [*exports.glob(f"customer-{customer_id}-*")]
    for path in found:
        shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(missing_ok=True)
    return len(found)


def _forget_fitted(folder: Path) -> int:
    fitted = [*folder.glob("[0-9]*.npz")]
    for path in (*fitted, *folder.glob("[0-9]*.json"), folder / "current.json"):
        path.unlink(missing_ok=True)
    return len(fitted)
