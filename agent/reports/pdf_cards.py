"""The figures that matter, on the first page of a PDF."""

from datetime import date
from html import escape
from typing import Any

from agent.contract.base import Value
from agent.contract.report import Report
from agent.reports.pdf_letters import drawable
from agent.reports.tables import Cell, Kind
from agent.reports.wording import Wording


def cards(report: Report, words: Wording, width: float, styles: dict[str, Any]) -> Any:  # noqa: ANN401
    """The figures that matter, four in a row."""
    from reportlab.lib.colors import HexColor
    from reportlab.platypus import Paragraph, Table, TableStyle

    rows: list[list[Any]] = []
    for at, (name, value, more) in enumerate(_figures(report, words)):
        if at % 4 == 0:
            rows.append([])
        rows[-1].append(
            [Paragraph(escape(drawable(text)), styles[style]) for text, style in
             ((name, "card_name"), (value, "card_value"), (more, "card_more"))]
        )  # fmt: skip
    table = Table(rows, colWidths=[width / 4] * 4)
    cells = [
        ("BACKGROUND", (0, 0), (-1, -1), HexColor("#F6F5F2")),
        ("INNERGRID", (0, 0), (-1, -1), 4, HexColor("#FFFFFF")),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 10),
        ("RIGHTPADDING", (0, 0), (-1, -1), 6),
        ("TOPPADDING", (0, 0), (-1, -1), 8),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 8),
    ]
    table.setStyle(TableStyle(cells))
    return table


def _figures(report: Report, words: Wording) -> list[tuple[str, str, str]]:
    """Name, value, and a second value below."""

    def told(part: Value | None, name: str, kind: Kind) -> str:
        return written(Cell(None if part is None else getattr(part, name), kind), words)

    def below(key: str, part: Value | None, name: str, kind: Kind) -> str:
        return f"{words(key)}: {told(part, name, kind)}"

    volume, results, target, copilot = report.volume, report.results, report.on_time, report.copilot
    first, every = (report.answers.first, report.answers.all) if report.answers else (None, None)
    used = Cell(copilot.rates.get("used") if copilot else None, Kind.SHARE)
    count, seconds, share = Kind.COUNT, Kind.SECONDS, Kind.SHARE
    return [
        (
            words("messages_in"),
            told(volume, "messages_in", count),
            below("messages_out", volume, "messages_out", count),
        ),
        (
            words("conversations"),
            told(volume, "conversations", count),
            below("undecided", results, "undecided", count),
        ),
        (words("customers"), told(volume, "customers", count), below("new_customers", volume, "new_customers", count)),
        (words("rate"), told(results, "rate", share), below("won", results, "won", count)),
        (words("first_median"), told(first, "median_s", seconds), below("p90_short", first, "p90_s", seconds)),
        (words("all_median"), told(every, "median_s", seconds), below("p90_short", every, "p90_s", seconds)),
        (words("on_time"), told(target, "share", share), below("target_short", target, "target_s", seconds)),
        (words("used_rate"), written(used, words), below("cards", copilot, "cards", count)),
    ]


def written(cell: Cell, words: Wording) -> str:
    """A figure as people read it."""
    value, kind = cell
    if value is None:
        return words("not_known")
    if isinstance(value, date):
        return words.day(value)
    if isinstance(value, str):
        return value
    if kind is Kind.SECONDS:
        return words.duration(value)
    return words.share(value) if kind is Kind.SHARE else words.number(value)
