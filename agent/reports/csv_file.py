"""A report as CSV: one line for each figure, so that a spreadsheet can filter it and a program can read it."""

import csv
import io
from datetime import date

from agent.contract.report import Report, ReportLanguage
from agent.reports.safe_cells import harmless, seen
from agent.reports.tables import Cell, Kind, Table, tables
from agent.reports.wording import Wording

_UNITS = {Kind.SECONDS: "s", Kind.SHARE: "%"}


def as_csv(report: Report, language: ReportLanguage) -> bytes:
    """Where a comma stands in numbers, spreadsheets want semicolons between cells. UTF-8 with its mark, for Excel."""
    words = Wording(language, report.intent_titles)
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";" if words.has_comma else ",", lineterminator="\r\n")
    writer.writerow(map(words, ("section", "item", "measure", "value", "unit")))
    about = (
        ("company", seen(report.company)),
        ("attendant", words("whole_company") if report.attendant is None else seen(report.attendant)),
        ("first", report.first.isoformat()),
        ("last", report.last.isoformat()),
        ("zone", report.zone),
        ("at", words.moment(report.at, report.zone)),
    )
    for key, value in about:
        writer.writerow((words("report"), "", words(key), harmless(value), ""))
    for table in tables(report, words).values():
        if not table.rows:
            writer.writerow((words(table.key), "", "", table.none, ""))
        for item, measure, cell in _figures(table):
            row = (words(table.key), harmless(item), measure, _written(cell, words), _UNITS.get(cell.kind, ""))
            writer.writerow(row)
    return out.getvalue().encode("utf-8-sig")


def _figures(table: Table) -> list[tuple[str, str, Cell]]:
    """Item, measure and figure. A table of two columns has its measures in the first."""
    wide = len(table.heads) > 2 or table.key in ("intents", "moods")
    found = []
    for first, *others in table.rows:
        name = first.value.isoformat() if isinstance(first.value, date) else str(first.value)
        for head, cell in zip(table.heads[1:], others, strict=True):
            found.append((name, head, cell) if wide else ("", name, cell))
    return found


def _written(cell: Cell, words: Wording) -> str:
    if cell.value is None:
        return words("not_known")
    if not isinstance(cell.value, int | float):
        return harmless(str(cell.value))
    value = round(cell.value * 100, 2) if cell.kind is Kind.SHARE else cell.value
    written = f"{value:.3f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
    return written.replace(".", ",") if words.has_comma else written
