"""A file that a person has written, before and after the API changed something in it."""

import difflib
import stat
from pathlib import Path


def read(path: Path) -> str:
    return path.read_text("utf-8")


def write(path: Path, text: str) -> None:
    path.write_text(text, "utf-8")


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def changed_lines(path: Path, before: str) -> list[str]:
    lines = difflib.unified_diff(before.splitlines(), read(path).splitlines(), n=0, lineterm="")
    return [line for line in lines if line[:1] in "+-" and line[:3] not in ("+++", "---")]
