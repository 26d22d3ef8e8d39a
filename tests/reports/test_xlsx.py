"""A report as a workbook, read back by openpyxl."""

import io
from datetime import datetime, timedelta
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from agent.contract.report import Report, ReportLanguage
from agent.reports.xlsx_file import as_xlsx
from tests.reports.made import COMPANY, LONG, month, nothing, unknown


def book(report: Report, language: ReportLanguage = "en") -> Any:
    return load_workbook(io.BytesIO(as_xlsx(report, language)))


def measures(sheet: Worksheet) -> dict[str, Any]:
    return {str(one[0].value): one[1].value for one in sheet.iter_rows(min_row=4, max_col=2) if one[0].value}


def seconds(value: object) -> float:
    """A time of day, or more than a day, as openpyxl reads a cell of the format [h]:mm:ss."""
    if isinstance(value, timedelta):
        return value.total_seconds()
    assert isinstance(value, datetime) or hasattr(value, "hour")
    return value.hour * 3600 + value.minute * 60 + value.second + value.microsecond / 1e6  # type: ignore[attr-defined]


def test_the_overview_holds_the_figures_as_numbers() -> None:
    sheet = book(month())["Overview"]
    assert COMPANY in sheet["A1"].value
    found = measures(sheet)
    assert found["Messages received"] == 4231
    assert found["Conversion rate"] == 0.3534
    assert found["Within the target"] == 0.8707
    assert seconds(found["First answer (median)"]) == pytest.approx(143.5, abs=0.01)
    assert found["Cards shown"] == 2100
    formats = {str(one[0].value): one[1].number_format for one in sheet.iter_rows(min_row=4, max_col=2)}
    assert (formats["Messages received"], formats["Conversion rate"]) == ("#,##0", "0.0%")
    assert formats["First answer (median)"] == "[h]:mm:ss"
    assert sheet.freeze_panes == "A3"


def test_every_day_hour_and_subject_has_its_line() -> None:
    report = month()
    made = book(report)
    days = made["By day"]
    assert [one[0].value.date() for one in days.iter_rows(min_row=2)] == [one.day for one in report.days]
    for line, one in zip(days.iter_rows(min_row=2, values_only=True), report.days, strict=True):
        assert line[1:4] == (one.messages_in, one.messages_out, one.conversations)
        assert line[6:] == (one.on_time, one.cards, one.used)
        median = one.first and one.first.median_s
        assert (line[4] is None) == (median is None)
        if median is not None:
            assert seconds(line[4]) == pytest.approx(median, abs=0.01)
    assert days.freeze_panes == "B2"
    hours = list(made["By hour"].iter_rows(min_row=2, values_only=True))
    assert [(one[1], one[2]) for one in hours] == [(one.messages_in, one.messages_out) for one in report.hours or ()]
    subjects = made["Subjects and mood"]
    assert [one.value for one in subjects["B"][1:10]] == list((report.intents or {}).values())
    people = list(made["By attendant"].iter_rows(min_row=2, values_only=True))
    assert [one[0] for one in people] == ["ana", "=HYPERLINK(0)", LONG, "Nobody's"]
    assert people[1][1] is None


def test_charts_are_native_and_drawn_from_the_cells() -> None:
    charts = book(month())["Overview"]._charts
    assert sorted(type(one).__name__ for one in charts) == [
        "BarChart", "BarChart", "BarChart", "BarChart", "DoughnutChart", "LineChart",
    ]  # fmt: skip
    sources = {series.val.numRef.f for chart in charts for series in chart.series}
    assert "'By day'!$B$2:$B$32" in sources
    assert "'Subjects and mood'!$B$2:$B$10" in sources


def test_nothing_is_a_formula_or_a_link() -> None:
    names = ("=1+1", "http://example.com", "+5", "12")
    people = tuple(month().attendants[0].model_copy(update={"attendant": name}) for name in names)
    made = book(month(attendants=people, company="=cmd|' /C calc'!A0"))
    cells = [cell for sheet in made for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f" or cell.hyperlink]
    assert [made["By attendant"].cell(row, 1).value for row in range(2, 6)] == list(names)


@pytest.mark.parametrize("language", ["pt-BR", "en", "es"])
def test_empty_and_unknown_reports_open_too(language: ReportLanguage) -> None:
    empty = book(nothing(), language)
    assert [type(one).__name__ for one in empty.worksheets[0]._charts] == ["BarChart"]  # by the hour, all of them 0
    told = book(unknown(), language)
    assert {"pt-BR": "sem dados", "en": "not known", "es": "sin datos"}[language] in measures(
        told.worksheets[0]
    ).values()
    assert len(told.worksheets) == 4
    assert all(len(sheet.title) <= 31 for sheet in told)
