"""The charts of a PDF, as vectors: sharp on paper and on a screen."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from reportlab.graphics.shapes import Drawing

ACCENT, SECOND, WARM = "#0B7A4B", "#8CCBAA", "#D98E04"
INK, INK_2, LINE, SOFT = "#1C1C1C", "#5B6360", "#D9D5CF", "#EFEDE9"
MOODS = {"positive": "#0B7A4B", "neutral": "#B9C2BE", "negative": "#C4473A"}
FONT, BOLD = "Helvetica", "Helvetica-Bold"

_SMALL = 7.5
_LABEL_GAP = 9.0
"""Between two names under an axis, at least."""

Written = Callable[[float], str]


def columns(
    size: tuple[float, float],
    names: Sequence[str],
    series: Sequence[tuple[str, str, Sequence[float]]],
    written: Written,
) -> "Drawing":
    """Groups of columns, each series with its name and its colour."""
    from reportlab.graphics.charts.barcharts import VerticalBarChart

    drawing, chart = _drawn(size, VerticalBarChart(), series)
    chart.data = [list(values) for _, _, values in series]
    chart.groupSpacing, chart.barSpacing = 6, 0.5
    for at, (_, colour, _) in enumerate(series):
        chart.bars[at].fillColor, chart.bars[at].strokeColor = _colour(colour), None
    _name_axis(chart.categoryAxis, names, chart.width)
    _value_axis(chart.valueAxis, max((max(values, default=0) for _, _, values in series), default=0), written)
    drawing.add(chart)
    return drawing


def lines(
    size: tuple[float, float],
    names: Sequence[str],
    series: Sequence[tuple[str, str, Sequence[float | None]]],
    written: Written,
) -> "Drawing":
    """Lines with a dot for each value; where nothing is known there is a gap."""
    from reportlab.graphics.charts.linecharts import HorizontalLineChart
    from reportlab.graphics.widgets.markers import makeMarker

    drawing, chart = _drawn(size, HorizontalLineChart(), series)
    # The library draws over what is not known: each stretch without a gap is a line of its own.
    runs = [(colour, run) for _, colour, values in series for run in _runs(values)]
    chart.data = [run for _, run in runs]
    chart.joinedLines = 1
    for at, (colour, _) in enumerate(runs):
        line = chart.lines[at]
        line.strokeColor, line.strokeWidth = _colour(colour), 1.6
        line.symbol = makeMarker("FilledCircle", size=4, fillColor=_colour(colour), strokeColor=_colour(colour))
    _name_axis(chart.categoryAxis, names, chart.width)
    known = [one for _, _, values in series for one in values if one is not None]
    _value_axis(chart.valueAxis, max(known, default=0), written)
    drawing.add(chart)
    return drawing


def bars(
    size: tuple[float, float], rows: Sequence[tuple[str, float]], written: Written, colour: str = ACCENT
) -> "Drawing":
    """Lying bars with their names at the left and their values at the right."""
    from reportlab.graphics.shapes import Drawing, Rect, String

    width, height = size
    drawing = Drawing(width, height)
    each = min(height / max(len(rows), 1), 22)
    most = max((value for _, value in rows), default=0) or 1
    left = min(max((_width(name, _SMALL + 0.5) for name, _ in rows), default=0) + 8, width * 0.46)
    room = width - left - 38
    for at, (name, value) in enumerate(rows):
        y = height - (at + 1) * each
        text = shortened(name, left - 6, _SMALL + 0.5)
        drawing.add(String(left - 6, y + each / 2 - 2.6, text, textAnchor="end", **_font(_SMALL + 0.5, INK)))
        drawing.add(Rect(left, y + each * 0.2, room, each * 0.6, fillColor=_colour(SOFT), strokeColor=None))
        drawing.add(
            Rect(left, y + each * 0.2, room * value / most, each * 0.6, fillColor=_colour(colour), strokeColor=None)
        )
        drawing.add(String(left + room + 5, y + each / 2 - 2.6, written(value), **_font(_SMALL + 0.5, INK_2)))
    return drawing


def ring(size: tuple[float, float], parts: Sequence[tuple[str, str, float]], written: Written) -> "Drawing":
    """Parts of a whole, each with its name, its colour and its value beside it."""
    from reportlab.graphics.charts.doughnut import Doughnut
    from reportlab.graphics.shapes import Drawing, Rect, String

    width, height = size
    drawing, across = Drawing(width, height), min(height - 8, width * 0.45)
    shown = [one for one in parts if one[2]]
    chart = Doughnut()
    chart.x, chart.y, chart.width, chart.height = 4, (height - across) / 2, across, across
    chart.data, chart.labels = [value for _, _, value in shown], None
    chart.innerRadiusFraction = 0.6
    chart.slices.strokeColor, chart.slices.strokeWidth = _colour("#FFFFFF"), 1.2
    for at, (_, colour, _) in enumerate(shown):
        chart.slices[at].fillColor = _colour(colour)
    drawing.add(chart)
    for at, (name, colour, value) in enumerate(parts):
        y = height / 2 + (len(parts) / 2 - at - 0.5) * 20
        drawing.add(Rect(across + 22, y - 1, 8, 8, fillColor=_colour(colour), strokeColor=None))
        drawing.add(String(across + 36, y, name, **_font(8.5, INK)))
        drawing.add(String(width - 4, y, written(value), textAnchor="end", **_font(8.5, INK_2)))
    return drawing


def shortened(text: str, width: float, size: float) -> str:
    """As much of it as has room."""
    if _width(text, size) <= width:
        return text
    while text and _width(f"{text}…", size) > width:
        text = text[:-1]
    return f"{text.rstrip()}…"


def _drawn(
    size: tuple[float, float],
    chart: Any,  # noqa: ANN401 (the library has no types)
    series: Sequence[tuple[str, str, object]],
) -> tuple["Drawing", Any]:
    """A drawing with the names of its series above, and the room for a chart below them."""
    from reportlab.graphics.shapes import Drawing, Rect, String

    width, height = size
    drawing, x = Drawing(width, height), 30.0
    for name, colour, _ in series:
        drawing.add(Rect(x, height - 9, 8, 8, fillColor=_colour(colour), strokeColor=None))
        drawing.add(String(x + 12, height - 8, name, **_font(8, INK_2)))
        x += _width(name, 8) + 30
    chart.x, chart.y, chart.width, chart.height = 30, 18, width - 36, height - 36
    return drawing, chart


def _runs(values: Sequence[float | None]) -> list[list[float | None]]:
    found: list[list[float | None]] = []
    for at, value in enumerate(values):
        if value is None:
            continue
        if not at or values[at - 1] is None:
            found.append([None] * len(values))
        found[-1][at] = value
    return found


def _name_axis(axis: Any, names: Sequence[str], width: float) -> None:  # noqa: ANN401
    room = max((_width(name, _SMALL) for name in names), default=0) + _LABEL_GAP
    step = max(-(-len(names) * room // width), 1)
    axis.categoryNames = [name if at % step == 0 else "" for at, name in enumerate(names)]
    axis.strokeColor, axis.visibleTicks = _colour(LINE), False
    axis.labels.fontName, axis.labels.fontSize, axis.labels.fillColor = FONT, _SMALL, _colour(INK_2)
    axis.labels.dy = -2


def _value_axis(axis: Any, most: float, written: Written) -> None:  # noqa: ANN401
    step = _step(most)
    axis.valueMin, axis.valueMax, axis.valueStep = 0, max(step * -(-most // step), step), step
    axis.visibleAxis = axis.visibleTicks = False
    axis.visibleGrid, axis.gridStrokeColor, axis.gridStrokeWidth = True, _colour(SOFT), 0.6
    axis.labels.fontName, axis.labels.fontSize, axis.labels.fillColor = FONT, _SMALL, _colour(INK_2)
    axis.labelTextFormat = written


def _step(most: float) -> float:
    """A round number that makes about four of the largest value; never less than one."""
    wanted, scale = max(most / 4, 1.0), 1.0
    while scale * 10 <= wanted:
        scale *= 10
    return next(scale * one for one in (1, 2, 5, 10) if scale * one >= wanted)


def _font(size: float, colour: str) -> dict[str, Any]:
    return {"fontName": FONT, "fontSize": size, "fillColor": _colour(colour)}


def _colour(written: str) -> Any:  # noqa: ANN401
    from reportlab.lib.colors import HexColor

    return HexColor(written)


def _width(text: str, size: float) -> float:
    from reportlab.pdfbase.pdfmetrics import stringWidth

    width: float = stringWidth(text, FONT, size)
    return width
