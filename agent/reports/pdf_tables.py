"""The tables of a PDF: as wide as their words need, the rest of the room for the names."""

from html import escape
from typing import Any

from agent.reports.pdf_cards import written
from agent.reports.pdf_charts import ACCENT, BOLD, FONT, INK, SOFT
from agent.reports.pdf_letters import drawable
from agent.reports.tables import Cell, Kind, Table
from agent.reports.wording import Wording

_WIDE = 5
"""Columns from which on a table has a dash where nothing is known, and from twice as many smaller letters."""
_PAD = 3.0


def table_of(table: Table, words: Wording, width: float, styles: dict[str, Any]) -> Any:  # noqa: ANN401 (no types)
    """One that goes on on the next page with its heads, if it must."""
    from reportlab.lib.colors import HexColor
    from reportlab.platypus import LongTable, Paragraph, TableStyle

    if not table.rows:
        return Paragraph(escape(table.none), styles["note"])
    size = 7.0 if len(table.heads) > 2 * _WIDE else 8.0
    names = [Paragraph(escape(drawable(str(row[0].value))), styles["cell"]) for row in table.rows]
    figures = [[_told(cell, words, table) for cell in row] for row in table.rows]
    if table.rows[0][0].kind is Kind.TEXT:  # Long names wrap; a day does not.
        for row, name in zip(figures, names, strict=True):
            row[0] = name
    heads = [
        Paragraph(f'<font size="{size - 0.5}">{escape(drawable(head))}</font>', styles["head_right" if at else "head"])
        for at, head in enumerate(table.heads)
    ]
    made = LongTable([heads, *figures], colWidths=_widths(table, words, width, size), repeatRows=1)
    cells = [
        ("FONT", (0, 1), (-1, -1), FONT, size),
        ("TEXTCOLOR", (0, 1), (-1, -1), HexColor(INK)),
        ("ALIGN", (1, 0), (-1, -1), "RIGHT"),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ("VALIGN", (0, 0), (-1, 0), "BOTTOM"),
        ("LINEBELOW", (0, 0), (-1, 0), 0.8, HexColor(ACCENT)),
        ("LINEBELOW", (0, 1), (-1, -1), 0.4, HexColor(SOFT)),
        ("LEFTPADDING", (0, 0), (-1, -1), _PAD),
        ("RIGHTPADDING", (0, 0), (-1, -1), _PAD),
        ("TOPPADDING", (0, 0), (-1, -1), 3),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
    ]
    made.setStyle(TableStyle(cells))
    return made


def _widths(table: Table, words: Wording, width: float, size: float) -> list[float]:
    """Each column as its longest word and figure; what is left goes to the names, or in even parts to all."""
    from reportlab.pdfbase.pdfmetrics import stringWidth

    found = []
    for column, head in enumerate(table.heads):
        needs = [stringWidth(word, BOLD, size - 0.5) for word in drawable(head).split()]
        if column or table.rows[0][0].kind is not Kind.TEXT:
            needs += [stringWidth(_told(row[column], words, table), FONT, size) for row in table.rows]
        found.append(max(needs) + 2 * _PAD + 1)
    spare = width - sum(found)
    if table.rows[0][0].kind is Kind.TEXT:
        return [found[0] + spare, *found[1:]]
    return [one + spare / len(found) for one in found]


def _told(cell: Cell, words: Wording, table: Table) -> str:
    if cell.value is None and len(table.heads) > _WIDE:
        return "–"
    return drawable(written(cell, words))
