"""A report as a workbook: real numbers in real formats, native charts, a sheet for each kind of table.

Cells of the tables by day are left empty where nothing is known: a chart would draw a text as zero.
"""

import io
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING

from agent.contract.report import Report, ReportLanguage
from agent.reports.safe_cells import seen
from agent.reports.sheet_charts import Charts, Place
from agent.reports.tables import Cell, Kind, Table, tables
from agent.reports.wording import Wording

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

ACCENT = "#0B7A4B"
INK_2 = "#5B6360"
LINE = "#D9D5CF"

_OVERVIEW = ("volume", "times", "results", "copilot")
_DAY_S = 24 * 3600
_MOST_NAME = 42
_FORMATS = {Kind.COUNT: "#,##0", Kind.SHARE: "0.0%", Kind.SECONDS: "[h]:mm:ss", Kind.TEXT: "@"}


def as_xlsx(report: Report, language: ReportLanguage) -> bytes:
    """Excel 2007 and later, LibreOffice."""
    import xlsxwriter

    out, words = io.BytesIO(), Wording(language, report.intent_titles)
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, options) as book:
        # The moment of making it, so that the same report is the same file.
        book.set_properties({"title": words("title"), "author": "Balcão", "created": report.at.astimezone(UTC)})
        _Book(book, report, words).write()
    return out.getvalue()


class _Book:
    """Its sheets."""

    def __init__(self, book: "Workbook", report: Report, words: Wording) -> None:
        self._book, self._report, self._words = book, report, words
        self._tables = tables(report, words)
        self._places: dict[str, Place] = {}
        base = {"font_name": "Calibri", "font_size": 11, "valign": "vcenter"}
        self._title = book.add_format({**base, "bold": True, "font_size": 18, "font_color": ACCENT})
        self._quiet = book.add_format({**base, "font_color": INK_2})
        self._note = book.add_format({**base, "font_color": INK_2, "text_wrap": True, "valign": "top", "font_size": 10})
        self._group = book.add_format({**base, "bold": True, "font_color": ACCENT, "bottom": 2, "bottom_color": ACCENT})
        head = {"bold": True, "font_color": "#FFFFFF", "bg_color": ACCENT, "text_wrap": True, "valign": "vcenter"}
        self._head = book.add_format({**base, **head, "align": "left", "indent": 1})
        self._head_right = book.add_format({**base, **head, "align": "right", "indent": 1})
        line = {**base, "bottom": 1, "bottom_color": LINE}
        day = "yyyy-mm-dd" if words.language == "en" else "dd/mm/yyyy"
        formats = {**_FORMATS, Kind.DAY: day}
        side = {kind: "left" if kind in (Kind.TEXT, Kind.DAY) else "right" for kind in formats}
        self._cells = {
            kind: book.add_format({**line, "num_format": form, "align": side[kind], "indent": 1})
            for kind, form in formats.items()
        }
        self._not_known = book.add_format({**line, "align": "right", "indent": 1, "italic": True, "font_color": INK_2})

    def write(self) -> None:
        """All of them, the overview first; its charts are drawn from the others."""
        words = self._words
        overview = self._sheet("overview", landscape=True)
        row = self._overview(overview)
        days = self._sheet("days", landscape=True)
        self._wide(days, "days", 0, 0)
        hours = self._sheet("hours")
        self._wide(hours, "hours", 0, 0)
        subjects = self._sheet("subjects")
        self._wide(subjects, "intents", 0, 0)
        self._wide(subjects, "moods", 0, 3)
        if self._tables["attendants"].rows:
            self._wide(self._sheet("attendants", landscape=True), "attendants", 0, 0)
        charts = Charts(self._book, words, self._places)
        charts.put(overview, self._report, first_row=3)
        last = max(row + 1, charts.rows)
        overview.write(last, 0, words("notes"), self._group)
        overview.write_blank(last, 1, None, self._group)
        for at, note in enumerate(words.notes(self._report, "blank"), last + 1):
            overview.merge_range(at, 0, at, 13, note, self._note)
            overview.set_row(at, 30 if len(note) > 130 else 16)
        overview.activate()

    def _sheet(self, key: str, *, landscape: bool = False) -> "Worksheet":
        sheet = self._book.add_worksheet(self._words(key))
        sheet.hide_gridlines(2)
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
        sheet.set_footer(f"&L&9Balcão · {self._words.days(self._report)}&R&9&P / &N")
        if landscape:
            sheet.set_landscape()
        return sheet

    def _overview(self, sheet: "Worksheet") -> int:
        """Its measures; the row after them."""
        words, report = self._words, self._report
        sheet.set_column(0, 0, 46)
        sheet.set_column(1, 1, 14)
        sheet.set_column(2, 2, 3)
        sheet.set_row(0, 28)
        sheet.write_string(0, 0, f"{words('title')} · {seen(report.company)}", self._title)
        about = (words.days(report), words.whose(report), report.zone)
        sheet.write_string(1, 0, "   ·   ".join(about), self._quiet)
        sheet.freeze_panes(2, 0)
        row = 3
        for key in _OVERVIEW:
            table = self._tables[key]
            sheet.write_string(row, 0, words(key), self._group)
            sheet.write_blank(row, 1, None, self._group)
            self._places[key] = Place(self._words("overview"), row + 1, 0, len(table.rows))
            for at, (name, cell) in enumerate(table.rows, row + 1):
                sheet.write_string(at, 0, str(name.value), self._cells[Kind.TEXT])
                self._write(sheet, at, 1, cell, empty=False)
            row += len(table.rows) + 2
        return row

    def _wide(self, sheet: "Worksheet", key: str, row: int, column: int) -> None:
        table = self._tables[key]
        self._places[key] = Place(sheet.get_name(), row + 1, column, len(table.rows))
        sheet.set_row(row, 48 if len(table.heads) > 4 else 22)
        for at, head in enumerate(table.heads):
            sheet.write_string(row, column + at, head, self._head_right if at else self._head)
            sheet.set_column(column + at, column + at, 15 if at else self._width(table))
        if not table.rows:
            sheet.write_string(row + 1, column, table.none, self._quiet)
        for down, cells in enumerate(table.rows, row + 1):
            for across, cell in enumerate(cells, column):
                self._write(sheet, down, across, cell, empty=True)
        sheet.freeze_panes(1, 1)
        sheet.repeat_rows(0)

    def _width(self, table: Table) -> int:
        longest = max((len(str(row[0].value)) for row in table.rows if row[0].kind is Kind.TEXT), default=0)
        return min(max(longest + 2, 13), _MOST_NAME)

    def _write(self, sheet: "Worksheet", row: int, column: int, cell: Cell, *, empty: bool) -> None:
        value, kind = cell
        form: Format = self._cells[kind]
        if value is None and empty:
            sheet.write_blank(row, column, None, form)
        elif value is None:
            sheet.write_string(row, column, self._words("not_known"), self._not_known)
        elif isinstance(value, str):
            sheet.write_string(row, column, value, form)
        elif isinstance(value, date):
            sheet.write_datetime(row, column, datetime.combine(value, time()), form)
        else:
            sheet.write_number(row, column, value / _DAY_S if kind is Kind.SECONDS else value, form)
