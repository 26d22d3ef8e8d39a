"""The charts of a workbook: Excel's own, drawn from the cells of its tables."""

from typing import TYPE_CHECKING, Any, NamedTuple

from agent.contract.report import Report
from agent.reports.wording import Wording

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.chart import Chart
    from xlsxwriter.worksheet import Worksheet

ACCENT, SECOND, WARM = "#0B7A4B", "#8CCBAA", "#D98E04"
MOODS = {"positive": "#0B7A4B", "neutral": "#B9C2BE", "negative": "#C4473A"}
_WIDTH, _HEIGHT = 440, 288
_FIRST_COLUMN = 3
_ROWS_EACH, _COLUMNS_EACH = 15, 7
_MOST_INTENTS = 10
_STEPS_S = (60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 28_800)
_DAY_S = 24 * 3600
_FONT = {"name": "Calibri", "size": 9, "color": "#5B6360"}


class Place(NamedTuple):
    """Where the rows of a table stand."""

    sheet: str
    row: int
    column: int
    length: int

    def cells(self, column: int, count: int | None = None, skip: int = 0) -> list[object]:
        """Of one column, the first ``count``, as the library names them."""
        first = self.row + skip
        last = first + (self.length - skip if count is None else count) - 1
        return [self.sheet, first, self.column + column, last, self.column + column]


class Charts:
    """Those of the overview."""

    def __init__(self, book: "Workbook", words: Wording, places: dict[str, Place]) -> None:
        self._book, self._words, self._places = book, words, places
        self.rows = 0
        """The first row under them."""

    def put(self, sheet: "Worksheet", report: Report, first_row: int) -> None:
        """Beside the measures, two in a row; what has nothing to show is left out."""
        made = [self._messages(report)]
        if any(day.first is not None and day.first.count for day in report.days) and len(report.days) > 1:
            made.append(self._first_answers(report))
        if report.intents:
            made.append(self._bars("intents", min(len(report.intents), _MOST_INTENTS)))
        if report.sentiments:
            made.append(self._moods(report))
        if report.results is not None and any(
            (report.results.won, report.results.lost, report.results.resolved, report.results.undecided)
        ):
            made.append(self._bars("results", 4))
        if report.copilot is not None and report.copilot.cards:
            made.append(self._bars("copilot", 5))
        shown = [one for one in made if one is not None]
        for at, chart in enumerate(shown):
            row, column = first_row + at // 2 * _ROWS_EACH, _FIRST_COLUMN + at % 2 * _COLUMNS_EACH
            sheet.insert_chart(row, column, chart, {"object_position": 3})
        self.rows = first_row + (len(shown) + 1) // 2 * _ROWS_EACH

    def _messages(self, report: Report) -> "Chart | None":
        key = "days" if len(report.days) > 1 else "hours"
        place = self._places[key]
        if report.volume is None or not place.length:
            return None
        chart = self._made("column", f"chart_{key}")
        for column, name, colour in ((1, "in_short", ACCENT), (2, "out_short", SECOND)):
            chart.add_series(
                {
                    "name": self._words(name),
                    "categories": place.cells(0),
                    "values": place.cells(column),
                    "fill": {"color": colour},
                    "gap": 60,
                    "overlap": 0,
                }
            )
        chart.set_x_axis(self._days_axis() if key == "days" else self._axis(text_axis=True))
        return chart

    def _first_answers(self, report: Report) -> "Chart":
        place, chart = self._places["days"], self._made("line", "first_time")
        for column, name, colour in ((4, "median_short", ACCENT), (5, "p90_short", WARM)):
            chart.add_series(
                {
                    "name": self._words(name),
                    "categories": place.cells(0),
                    "values": place.cells(column),
                    "line": {"color": colour, "width": 2.25},
                    "marker": {"type": "circle", "size": 5, "fill": {"color": colour}, "border": {"color": colour}},
                }
            )
        chart.show_blanks_as("gap")
        chart.set_x_axis(self._days_axis())
        chart.set_y_axis(self._axis(num_format="[h]:mm", min=0, grid=True, major_unit=_step(report)))
        return chart

    def _bars(self, key: str, count: int) -> "Chart":
        place, chart = self._places[key], self._made("bar", key)
        chart.add_series(
            {
                "name": self._words(key),
                "categories": place.cells(0, count),
                "values": place.cells(1, count),
                "fill": {"color": ACCENT},
                "gap": 45,
                "data_labels": {"value": True, "font": _FONT},
            }
        )
        chart.set_legend({"none": True})
        chart.set_y_axis(self._axis(reverse=True, line={"none": True}))
        chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}})
        return chart

    def _moods(self, report: Report) -> "Chart":
        place, chart = self._places["moods"], self._made("doughnut", "moods")
        names = sorted((one.value for one in report.sentiments or {}), reverse=True)
        chart.add_series(
            {
                "name": self._words("moods"),
                "categories": place.cells(0),
                "values": place.cells(1),
                "points": [{"fill": {"color": MOODS[name]}} for name in names],
                "data_labels": {"percentage": True, "font": {"name": "Calibri", "size": 10, "color": "#1C1C1C"}},
            }
        )
        chart.set_hole_size(58)
        return chart

    def _made(self, kind: str, title: str) -> "Chart":
        chart = self._book.add_chart({"type": kind})
        font = {"name": "Calibri", "size": 12, "bold": True, "color": "#1C1C1C"}
        chart.set_title({"name": self._words(title), "name_font": font, "overlay": False})
        chart.set_size({"width": _WIDTH, "height": _HEIGHT})
        chart.set_legend({"position": "bottom", "font": _FONT})
        chart.set_chartarea({"border": {"color": "#E4E0DA"}})
        if kind in ("column", "line"):
            chart.set_y_axis(self._axis(grid=True, min=0))
        return chart

    def _days_axis(self) -> dict[str, Any]:
        return self._axis(text_axis=True, num_format="mm-dd" if self._words.language == "en" else "dd/mm")

    @staticmethod
    def _axis(*, grid: bool = False, **more: object) -> dict[str, Any]:
        shown = {"visible": grid, "line": {"color": "#ECE9E4", "width": 0.75}}
        return {"num_font": _FONT, "major_gridlines": shown, "line": {"color": "#D9D5CF"}, **more}


def _step(report: Report) -> float:
    """Between two lines of an axis of times, in days: whole minutes, that a person can read."""
    most = max((day.first.p90_s or 0 for day in report.days if day.first is not None), default=0)
    return next((one for one in _STEPS_S if one * 6 >= most), _DAY_S) / _DAY_S
