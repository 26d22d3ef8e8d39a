"""A report as CSV, read back by the standard library."""

import csv
import io

import pytest

from agent.contract.report import Report, ReportLanguage
from agent.reports.csv_file import as_csv
from tests.reports.made import COMPANY, month, nothing, unknown

Rows = dict[tuple[str, str, str], tuple[str, str]]


def rows(report: Report, language: ReportLanguage = "en") -> Rows:
    """Value and unit by section, item and measure."""
    text = as_csv(report, language).decode("utf-8")
    assert text.startswith("\ufeff")
    delimiter = "," if language == "en" else ";"
    found = list(csv.reader(io.StringIO(text[1:], newline=""), delimiter=delimiter))
    assert {len(one) for one in found} == {5}
    assert len({tuple(one[:3]) for one in found}) == len(found)
    return {(one[0], one[1], one[2]): (one[3], one[4]) for one in found[1:]}


def test_every_figure_stands_there_once() -> None:
    report, found = month(), rows(month())
    assert found["Report", "", "Company"] == (COMPANY, "")
    assert found["Volume", "", "Messages received"] == ("4231", "")
    assert found["Answer times", "", "First answer (median)"] == ("143.5", "s")
    assert found["Answer times", "", "Within the target"] == ("87.07", "%")
    assert found["Outcomes", "", "Conversion rate"] == ("35.34", "%")
    assert found["What customers want", "Price", "Messages"] == ("900", "")
    assert found["What customers want", "garantia extra", "Messages"] == ("124", "")
    assert found["Customers' mood", "Negative", "Messages"] == ("401", "")
    assert found["Use of the suggestions", "", "Sent as they were"] == ("700", "")
    for one in report.days:
        assert found["By day", one.day.isoformat(), "Messages received"] == (str(one.messages_in), "")
    assert found["By day", "2026-10-04", "First answer (median)"] == ("not known", "s")
    assert found["By day", "2026-10-04", "Messages sent"] == ("0", "")


@pytest.mark.parametrize("language", ["pt-BR", "es"])
def test_where_a_comma_stands_in_numbers_cells_are_told_apart_by_semicolons(language: ReportLanguage) -> None:
    found = rows(month(), language)
    assert ("143,5", "s") in found.values()
    assert ("Padaria São João & Filhos", "") in found.values()


@pytest.mark.parametrize("name", ["=1+1", "+55", "-2", "@SUM(A1)", "\t=1", "＝1", " =1"])
def test_no_name_is_a_formula(name: str) -> None:
    attendants = (month().attendants[0].model_copy(update={"attendant": name}),)
    for report in (month(attendants=attendants), month(company=name), month(attendant=name)):
        text = as_csv(report, "en").decode("utf-8-sig")
        cells = [cell for line in csv.reader(io.StringIO(text, newline="")) for cell in line]
        assert not [cell for cell in cells if cell.lstrip().startswith(("=", "+", "-", "@", "＝"))]


def test_what_nobody_knows_is_said() -> None:
    found = rows(unknown())
    assert found["Volume", "", "Messages received"] == ("not known", "")
    assert found["What customers want", "", ""] == ("not known", "")
    assert found["Use of the suggestions", "", "Cards shown"] == ("2100", "")
    assert rows(nothing())["What customers want", "", ""] == ("Nothing in this period.", "")
    assert rows(nothing())["Answer times", "", "First answer (median)"] == ("not known", "s")
