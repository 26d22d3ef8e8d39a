"""Builds editions one after another, tells how far it is, and looks at what came out."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from agent import __version__
from gui.icon import SIZES
from standalone.editions import EDITIONS, ROOT, Edition
from standalone.licences import write_licences

TARGET = ROOT / "build" / "standalone"
WORK = ROOT / "build" / "standalone-work"

STAGES = {
    "Initializing module dependency graph": "looking for modules",
    "Looking for dynamic libraries": "looking for libraries",
    "Building PYZ": "packing modules",
    "Building EXE": "making the program",
    "Building COLLECT": "putting the folder together",
}
"""What PyInstaller writes when it begins with a part of its work."""

_LIMIT_S = 120
"""For a first start, on a slow disk with a virus scanner."""

Say = Callable[[str], None]


class NotBuilt(Exception):
    """PyInstaller gave up, or what it made does not start. The text says why."""


@dataclass(frozen=True, slots=True)
class Built:
    """One edition as it lies there."""

    name: str
    version: str
    """As the built program tells it."""
    folder: Path
    program: Path
    icon: str
    """What its windows wear."""
    size: int
    """Bytes of all its files."""
    seconds: float


def build(which: str, say: Say, *, llama: bool = True) -> Built:
    """Build one of ``EDITIONS`` into ``TARGET``, in place of an earlier build.

    Raises:
        NotBuilt: it could not be built.
    """
    edition, began = EDITIONS[which], time.monotonic()
    folder = TARGET / edition.name
    WORK.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(folder, ignore_errors=True)
    log = WORK / f"{edition.name}.log"
    command = [sys.executable, "-m", "standalone.bundling", which, str(TARGET), str(WORK)]
    command += [] if llama else ["--without-llama"]
    paths = os.pathsep.join((str(ROOT), str(ROOT / "scripts")))
    with subprocess.Popen(
        command,
        env={**os.environ, "PYTHONPATH": paths},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    ) as running:
        assert running.stdout is not None  # noqa: S101 (asked for above)
        with log.open("w", encoding="utf-8") as out:
            for line in running.stdout:
                out.write(line)
                for sign, stage in STAGES.items():
                    if sign in line:
                        say(f"{edition.name}: {stage} ({time.monotonic() - began:.0f} s)")
    program = folder / (f"{edition.name}.exe" if os.name == "nt" else edition.name)
    if running.returncode != 0 or not program.is_file():
        raise NotBuilt(f"{edition.name} was not built: {_last_line(log)} ({log} has the rest)")
    write_licences(folder)
    version, icon = version_of(program, edition), icon_of(folder)
    return Built(edition.name, version, folder, program, icon, size_of(folder), time.monotonic() - began)


def version_of(program: Path, edition: Edition) -> str:
    """What the built program says of itself.

    Raises:
        NotBuilt: it does not start.
    """
    command = [str(program), edition.asks_version]
    asked = subprocess.run(
        command, capture_output=True, encoding="utf-8", errors="replace", check=False, timeout=_LIMIT_S
    )
    if asked.returncode != 0:
        raise NotBuilt(f"{program} does not start: {(asked.stderr or asked.stdout).strip()[-300:]}")
    # A program of Windows without a console can print nothing: that it ended well has to do.
    return asked.stdout.split()[-1] if asked.stdout.strip() else __version__


def icon_of(folder: Path) -> str:
    """The sizes of the icon that was packed. Windows shows that of the program's file, too; Linux knows none there.

    Raises:
        NotBuilt: a size is missing.
    """
    found = {int(file.stem.rpartition("-")[2]) for file in folder.rglob("gui/icon/balcao-*.png")}
    if missing := [size for size in SIZES if size not in found]:
        raise NotBuilt(f"{folder} has no icon of {missing[0]} pixels.")
    return f"{min(found)} to {max(found)} px"


def size_of(folder: Path) -> int:
    """Bytes of all files. A link takes no room of its own."""
    return sum(file.lstat().st_size for file in folder.rglob("*") if file.is_file() and not file.is_symlink())


def _last_line(log: Path) -> str:
    lines = [line for line in log.read_text("utf-8").splitlines() if line.strip()]
    return lines[-1][:300] if lines else "PyInstaller said nothing"
