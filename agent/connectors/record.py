"""Makes a record of whatever another system answers. What is not sure is left out: nothing is guessed."""

import unicodedata
from collections.abc import Mapping

from agent.contract.connector import CustomerRecord, RecordField

MOST_FIELDS, LONGEST_LABEL, LONGEST_VALUE = 12, 40, 160
_MOST_PARTS = 5

YES_NO = {"pt-BR": ("sim", "não"), "en": ("yes", "no")}


def record_from(
    answer: object, fields: Mapping[str, str], source: str, yes_no: tuple[str, str] = YES_NO["pt-BR"]
) -> CustomerRecord | None:
    """The record in a parsed JSON answer; None where it is of nobody, or might be of more than one.

    ``fields``: label -> where its value stands, as names and places in lists with dots between: ``plan.name``,
    ``results.0.email``. A list is taken for a search's answer: it must hold exactly one entry.
    """
    if isinstance(answer, list):
        if len(answer) != 1:
            return None
        (answer,) = answer
    if not isinstance(answer, dict):
        return None
    found: list[RecordField] = []
    for label, path in list(fields.items())[:MOST_FIELDS]:
        value = _text(_at(answer, path), yes_no)
        if value:
            found.append(RecordField(label=cleaned(label, LONGEST_LABEL), value=value))
    return CustomerRecord(source=source, fields=tuple(found)) if found else None


def cleaned(text: str, longest: int) -> str:
    """One line without what nobody sees (control and direction marks, zero widths), cut where it is long."""
    seen = "".join(" " if unicodedata.category(char) in _SPACES else char for char in text if not _is_hidden(char))
    line = " ".join(seen.split())
    return line if len(line) <= longest else f"{line[: longest - 1].rstrip()}…"


_SPACES = {"Zs", "Zl", "Zp", "Cc"}


def _is_hidden(char: str) -> bool:
    return unicodedata.category(char) in {"Cf", "Cs", "Co", "Cn"}


def _at(answer: object, path: str) -> object:
    """What stands at a path; None where it leads nowhere, and where its place in a list of a search is not sure."""
    here = answer
    for part in path.split("."):
        if isinstance(here, dict):
            here = here.get(part)
        elif isinstance(here, list) and part.isascii() and part.isdecimal() and int(part) < len(here):
            here = here[int(part)]
        else:
            return None
    return here


def _text(value: object, yes_no: tuple[str, str]) -> str:
    if isinstance(value, bool):
        return yes_no[0 if value else 1]
    if isinstance(value, str):
        return cleaned(value[: LONGEST_VALUE * 8], LONGEST_VALUE)
    if isinstance(value, int | float):
        return cleaned(str(value), LONGEST_VALUE)
    if isinstance(value, list) and value and all(isinstance(one, str | int | float) for one in value):
        parts = [_text(one, yes_no) for one in value[:_MOST_PARTS]]
        return cleaned(", ".join(part for part in parts if part), LONGEST_VALUE)
    return ""
