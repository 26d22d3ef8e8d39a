"""The texts of one column of a CSV file, whoever wrote it."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from agent.errors import BadInput

_ENCODINGS = ("utf-8-sig", "cp1252")
"""UTF-8 with or without a mark; else what Excel writes on Windows in Brazil."""


def read_column(file: Path, column: str, hint: str = "Choose one with --text-column.") -> list[str]:
    """The texts of one column of a CSV file, in order; ``hint`` says what to do where it lacks the column.

    Raises:
        BadInput: the file is missing, empty, no text, or has no such column (the text names those that it has).
    """
    text = _decode(file)
    header = text.split("\n", 1)[0]
    separator = max(",;\t", key=header.count)
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        names = [name.strip() for name in rows.fieldnames or ()]
        if not names:
            raise BadInput(f"{file} is empty.", "Give a CSV file with a header line.")
        if column not in names:
            raise BadInput(f"{file} has no column {column}.", f"Its columns: {', '.join(names)}. {hint}")
        rows.fieldnames = names
        return list(_texts(rows, column))
    except csv.Error as error:
        raise BadInput(f"{file}, line {rows.line_num}: {error}.", "Correct the line, or its quotes.") from error


def _texts(rows: "csv.DictReader[str]", column: str) -> Iterator[str]:
    for row in rows:
        yield row[column] or ""


def _decode(file: Path) -> str:
    try:
        raw = file.read_bytes()
    except OSError as error:
        raise BadInput(f"{file} cannot be read ({error.strerror}).", "Check the path given with --file.") from error
    if b"\0" in raw:
        raise BadInput(f"{file} is not a text file.", "Save it as CSV in UTF-8.")
    for encoding in _ENCODINGS:
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("latin-1")
