"""One profile, one process: the lock of ``profiles/<name>`` and what a crash left behind."""

import json
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil
import structlog
from filelock import FileLock, Timeout

from agent.errors import DiskFull, ProfileLocked
from agent.page.weight import browser_processes

log = structlog.get_logger(__name__)

_LEAST_ROOM = 100 * 10**6
"""Bytes. The browser's own profile takes about half of it."""

_LEAVE_S = 8.0
"""A browser whose agent was killed closes by itself, because its pipe does; after this time it is ended.

Measured on Linux with kill -9 of the agent, of Playwright's driver and of both, also with a frozen page: 0.2 to 1.2 s.
"""


def _owner(note: Path) -> str:
    try:
        owner = json.loads(note.read_text(encoding="utf-8"))
        process = psutil.Process(owner["pid"])
        started = time.strftime("%H:%M", time.localtime(process.create_time()))
        return f"process {process.pid} ({process.name()}, started {started})"
    except (OSError, ValueError, KeyError, TypeError, psutil.Error):
        return "another process"


@contextmanager
def locked_profile(folder: Path) -> Iterator[None]:
    """Hold the profile for this process.

    Raises:
        ProfileLocked: another living process holds it; the text names that process.
        DiskFull: the folder cannot be written.
    """
    note = folder / "agent.owner"
    lock = FileLock(folder / "agent.lock", mode=0o600)
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        lock.acquire(timeout=0)
    except Timeout as error:
        raise ProfileLocked(
            f"The profile '{folder.name}' is already in use by {_owner(note)}.",
            "Close that Balcão first, or start with another --profile.",
        ) from error
    except OSError as error:
        raise DiskFull(
            f"The folder {folder} cannot be written ({error.strerror}).", "Free some space or mend its permissions."
        ) from error
    try:
        with os.fdopen(os.open(note, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
            json.dump({"pid": os.getpid()}, file)
        yield
    finally:
        lock.release()


def check_room(folder: Path) -> str:
    """What is free where the profile lies, in words.

    Raises:
        DiskFull: too little for the browser's data and the database to grow.
    """
    place = next(p for p in (folder, *folder.parents) if p.exists())
    free = shutil.disk_usage(place).free
    if free < _LEAST_ROOM:
        raise DiskFull(
            f"Only {free / 1e6:.1f} MB are free on the disk that holds {folder}.",
            f"Free some space (at least {_LEAST_ROOM // 10**6} MB) and start again: what was stored is kept.",
        )
    return f"{free / 1e6:,.0f} MB free"


def leave_no_orphans(user_data: Path) -> None:
    """Make the browser's folder, end browsers that a killed agent left on it, and clear their marks.

    The caller holds the profile. It may take some seconds: call it in a thread.

    Raises:
        ProfileLocked: a browser that a person started has this profile open.
    """
    user_data.mkdir(parents=True, exist_ok=True, mode=0o700)
    ours = browser_processes(user_data, psutil.process_iter())
    for process in ours:
        with suppress(psutil.Error):
            if "--remote-debugging-pipe" not in process.cmdline() and "--type=" not in " ".join(process.cmdline()):
                raise ProfileLocked(
                    f"The browser profile is open in process {process.pid} ({process.name()}).",
                    "Close that browser window, then start again.",
                )
    _, alive = psutil.wait_procs(ours, timeout=_LEAVE_S) if ours else ([], [])
    for process in alive:
        with suppress(psutil.Error):
            process.kill()
    if alive:
        psutil.wait_procs(alive, timeout=5)
        log.warning("ended browsers of an earlier run", processes=len(alive))
    # They name a process of a computer. Whose it was is gone now, and after a restart its number may be another's.
    for mark in user_data.glob("Singleton*"):
        mark.unlink(missing_ok=True)
