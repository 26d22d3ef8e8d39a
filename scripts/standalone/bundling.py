"""Puts one edition together with PyInstaller. A process of its own: a command line would be too long for Windows."""

import importlib.util
import os
import sys
from pathlib import Path

from standalone.editions import EDITIONS, ICONS, ROOT, Edition, data_files

LLAMA = "llama_cpp"


def arguments(edition: Edition, target: Path, work: Path, *, llama: bool = True) -> list[str]:
    """What PyInstaller is told. ``llama``: with llama.cpp, where it is installed."""
    asked = [
        "--noconfirm",
        "--onedir",
        "--name",
        edition.name,
        "--paths",
        str(ROOT),
        "--paths",
        str(ROOT / "scripts"),
        "--icon",
        str(_icon()),
    ]
    asked += ["--distpath", str(target), "--workpath", str(work), "--specpath", str(work)]
    if edition.windowed:
        asked.append("--windowed")
    for file, folder in data_files(edition):
        asked += ["--add-data", f"{file}{os.pathsep}{folder}"]
    for name in (*edition.packages, *edition.modules):
        asked += ["--collect-submodules", name] if _there(name) else []
    for name in edition.files_of:
        asked += ["--collect-data", name] if _there(name) else []
    for library in _libraries():
        asked += ["--add-binary", f"{library}{os.pathsep}."]
    excluded = list(edition.excluded)
    if LLAMA not in edition.excluded and "agent" in edition.packages:
        # Its libraries are opened by name, and look for each other in their own folder.
        asked += ["--collect-binaries", LLAMA] if llama and _there(LLAMA) else []
        excluded += [] if llama else [LLAMA]
    for name in excluded:
        asked += ["--exclude-module", name]
    return [*asked, str(Path(__file__).with_name(edition.begins))]


def _libraries() -> list[str]:
    """PyInstaller takes libX11 along and leaves libxcb, without which it does not load, to the machine."""
    if not sys.platform.startswith("linux"):
        return []
    from PyInstaller.depend.bindepend import resolve_library_path

    found = resolve_library_path("libxcb.so.1")
    return [found] if found else []


def _icon() -> Path:
    return ICONS / ("balcao-256.png" if sys.platform == "darwin" else "balcao.ico")


def _there(name: str) -> bool:
    try:
        return importlib.util.find_spec(name) is not None
    except ModuleNotFoundError:
        return False


if __name__ == "__main__":
    from PyInstaller.__main__ import run

    chosen, target, work, *rest = sys.argv[1:]
    run(arguments(EDITIONS[chosen], Path(target), Path(work), llama="--without-llama" not in rest))
