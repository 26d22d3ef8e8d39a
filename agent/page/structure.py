"""The structure dump: how the page is built, for support, without a word of what it says.

The script in the page makes it (``userscript/src/structure.ts``). Nothing of the page is trusted: every line is read
here once more, against the same list of words, before it is written to a file.
"""

import json
import os
import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import NamedTuple

from agent.contract.checkup import PageCheck
from agent.page.selectors import names

_WORDS = Path(__file__).parents[2] / "userscript" / "markup-words.json"

MOST_LINES = 8_000
DEEPEST = 60
LONGEST_LINE = 600
HIGHEST_TAB = 20

_LINE = re.compile(
    r'(?P<tag>[a-z0-9*]+)(?P<attributes>(?: [^\s="]+(?:="[^"\n]*")?)*?)'
    r"(?P<text> \(text\))?(?P<count> x \d{1,6}(?: more)?)?"
)
_ATTRIBUTE = re.compile(r' (?P<name>[^\s="]+)(?:="(?P<value>[^"\n]*)")?')
_SHOWN = frozenset(
    {"role", "id", "data-testid", "data-icon", "data-tab", "aria-selected", "contenteditable", "type", "dir"}
)
_LANGUAGE = re.compile(r"[a-z]{2}(?:-[A-Z]{2})?")
_MASK = "*"


class Checked(NamedTuple):
    """Lines that may be shown to anybody, and how many pieces of what came had to be masked for it."""

    lines: tuple[str, ...]
    masked: int


@cache
def _listed() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """The words of tags, of names of attributes and of values."""
    table = json.loads(_WORDS.read_text("utf-8"))
    tags, of_names, of_values = (frozenset(" ".join(table[part]).split()) for part in ("tags", "names", "values"))
    return tags, of_names | of_values, of_values


def checked(lines: Iterable[str]) -> Checked:
    """Every line in its form and with listed words alone; what is otherwise stands as ``*``, or as a line of it."""
    safe: list[str] = []
    masked = 0
    for line in lines:
        if len(safe) == MOST_LINES:
            masked += 1
            break
        shown, wrong = _line(line)
        safe.append(shown)
        masked += wrong
    return Checked(tuple(safe), masked)


def _line(line: str) -> tuple[str, int]:
    body = line.lstrip(" ")
    depth = min(len(line) - len(body), DEEPEST)
    parts = _LINE.fullmatch(body) if len(line) <= LONGEST_LINE else None
    if parts is None:
        return " " * depth + _MASK, 1
    tags, of_names, of_values = _listed()
    tag = parts["tag"] if parts["tag"] in tags or parts["tag"] == _MASK else _MASK
    wrong = int(tag != parts["tag"])
    shown = [" " * depth + tag]
    for name, value in _ATTRIBUTE.findall(parts["attributes"]):
        safe_name = _words(name, of_names)
        shown.append(f" {safe_name}")
        wrong += safe_name != name
        if value and name in _SHOWN:
            safe = _tab(value) if name == "data-tab" else _words(value, of_values)
            shown.append(f'="{safe}"')
            wrong += safe != value
        elif value:
            wrong += 1
    return "".join([*shown, parts["text"] or "", parts["count"] or ""]), wrong


def _tab(value: str) -> str:
    return value if re.fullmatch(r"[0-9]{1,2}", value) and int(value) <= HIGHEST_TAB else _MASK


def _words(text: str, known: frozenset[str]) -> str:
    """The text with every word that is not known masked; only ``-_:. *`` may stand between words."""
    pieces = re.split(r"([-_:. *]+)", text)
    return "".join(piece if n % 2 else _piece(piece, known) for n, piece in enumerate(pieces))


def _piece(piece: str, known: frozenset[str]) -> str:
    if not piece:
        return ""
    if not re.fullmatch(r"[A-Za-z]+", piece):
        return _MASK
    return "".join(word if word.lower() in known else _MASK for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+", piece))


def dump(check: PageCheck, about: Mapping[str, str]) -> str:
    """The whole text of the file: what was looked at, which signs were found, the structure."""
    structure = checked(check.structure)
    head = {
        **about,
        "screen": check.screen.value,
        "chat open": "yes" if check.chat_open else "no",
        "language": check.lang if check.lang and _LANGUAGE.fullmatch(check.lang) else "unknown",
        "masked": f"{check.masked} in the page, {structure.masked} afterwards",
        "whole page": "no, it was too large" if check.cut else "yes",
    }
    anchors = [
        f"{name}: " + ("none" if found.rank is None else f"sign {found.rank + 1}, {found.matches} found")
        for name, found in check.anchors.items()
        if name in names()
    ]
    told = [f"{name}: {value}" for name, value in head.items()]
    return "\n".join([*told, "", "# parts", *anchors, "", "# structure", *structure.lines, ""])


def write_dump(folder: Path, check: PageCheck, about: Mapping[str, str], now: datetime) -> Path:
    """Write the dump into the profile's folder, for its owner's eyes only; one a day, the newest.

    Raises:
        OSError: the folder cannot be written.
    """
    path = folder / f"structure-{now:%Y-%m-%d}.txt"
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(dump(check, about))
    return path
