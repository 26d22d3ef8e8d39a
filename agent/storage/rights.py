"""Whether anybody but their owner can read the files of a profile."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

BROWSER = "browser"
"""The browser's own folder: closed as a whole, and what is inside is the browser's business."""

BY_HAND = frozenset({"replies.yaml", "knowledge", "intents.yaml", "selectors.override.json"})
"""What a person puts there. It holds no customer's words, and the profile's folder is closed around it."""


def open_to_others(profile: Path) -> list[Path]:
    """The profile's folders wider than 0700, and files wider than 0600. Empty where rights are not kept in modes."""
    if os.name != "posix" or not profile.is_dir():
        return []
    return [path for path in (profile, *_inside(profile, BY_HAND)) if _is_open(path)]


def _inside(folder: Path, but: frozenset[str] = frozenset()) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if path.name in but or path.is_symlink():
            continue
        yield path
        if path.is_dir() and path.name != BROWSER:
            yield from _inside(path)


def _is_open(path: Path) -> bool:
    try:
        return bool(stat.S_IMODE(path.lstat().st_mode) & 0o077)
    except FileNotFoundError:  # gone meanwhile
        return False
