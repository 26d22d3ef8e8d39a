"""A report as a PDF on A4: the figures that matter first, then charts, then every table, and how to read them."""

import io
from collections.abc import Callable, Sequence
from functools import partial
from html import escape
from typing import TYPE_CHECKING, Any

from agent.contract.report import Report, ReportLanguage
from agent.reports.pdf_cards import cards
from agent.reports.pdf_charts import ACCENT, BOLD, FONT, INK, INK_2, LINE
from agent.reports.pdf_letters import drawable
from agent.reports.pdf_pictures import pictures
from agent.reports.pdf_tables import table_of
from agent.reports.safe_cells import seen
from agent.reports.tables import Table, tables
from agent.reports.wording import Wording

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

MARGIN = 42.0
_HEAD, _FOOT = 30.0, 34.0


def as_pdf(report: Report, language: ReportLanguage) -> bytes:
    """Letters of the standard fonts: every reader has them, and the file stays small."""
    from reportlab.lib.pagesizes import A4
    from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate

    out, words = io.BytesIO(), Wording(language, report.intent_titles)
    width, height = A4
    paper = BaseDocTemplate(
        out,
        pagesize=A4,
        title=drawable(f"{words('title')} · {words.days(report)}"),
        author="Balcão",
        lang=language,
        invariant=1,
    )
    frame = Frame(
        MARGIN, MARGIN + _FOOT - 12, width - 2 * MARGIN, height - 2 * MARGIN - _HEAD - _FOOT + 24,
        leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0,
    )  # fmt: skip
    paper.addPageTemplates(PageTemplate(frames=[frame]))
    paper.build(_story(report, words, width - 2 * MARGIN), canvasmaker=partial(_numbered(), report, words))
    return out.getvalue()


def _numbered() -> Callable[..., Any]:
    """A canvas that knows at the end how many pages there are, and writes on each what it is a page of."""
    from reportlab.lib.colors import HexColor
    from reportlab.pdfgen.canvas import Canvas

    class Numbered(Canvas):  # type: ignore[misc] # the library has no types
        def __init__(self, report: Report, words: Wording, *args: Any, **more: Any) -> None:  # noqa: ANN401
            super().__init__(*args, **more)
            self._report, self._words, self._kept = report, words, list[dict[str, Any]]()

        def showPage(self) -> None:  # noqa: N802 (the library's name)
            self._kept.append(dict(self.__dict__))
            self._startPage()

        def save(self) -> None:
            for number, page in enumerate(self._kept, 1):
                self.__dict__.update(page)
                _frame(self, self._report, self._words, number, len(self._kept), HexColor)
                super().showPage()
            super().save()

    return Numbered


def _frame(canvas: "Canvas", report: Report, words: Wording, number: int, count: int, colour: Any) -> None:  # noqa: ANN401
    width, height = canvas._pagesize  # noqa: SLF001 (the library's way)
    canvas.setFillColor(colour(ACCENT))
    canvas.rect(0, height - 8, width, 8, stroke=0, fill=1)
    canvas.setFont(FONT, 8)
    canvas.setFillColor(colour(INK_2))
    top = height - MARGIN + 8
    if number > 1:
        from agent.reports.pdf_charts import shortened

        company = shortened(drawable(seen(report.company)), (width - 2 * MARGIN) * 0.55, 8)
        canvas.drawString(MARGIN, top, company)
        canvas.drawRightString(width - MARGIN, top, drawable(words.days(report)))
    canvas.setStrokeColor(colour(LINE))
    canvas.line(MARGIN, MARGIN, width - MARGIN, MARGIN)
    made = f"Balcão · {words('at')} {words.moment(report.at, report.zone)}"
    canvas.drawString(MARGIN, MARGIN - 12, drawable(made))
    canvas.drawRightString(width - MARGIN, MARGIN - 12, words("page", n=number, m=count))


def _story(report: Report, words: Wording, width: float) -> list[Any]:
    from reportlab.platypus import CondPageBreak, KeepTogether, Paragraph, Spacer

    styles, found = _styles(), tables(report, words)
    story: list[Any] = [
        Paragraph(escape(drawable(words("title"))), styles["title"]),
        Paragraph(escape(drawable(seen(report.company))), styles["company"]),
        Paragraph(escape(drawable(f"{words.days(report)}  ·  {words.whose(report)}")), styles["quiet"]),
        Spacer(1, 14),
        cards(report, words, width, styles),
        Spacer(1, 16),
        *pictures(report, words, width, styles["heading"]),
    ]
    half = (width - 20) / 2

    def titled(key: str) -> list[Any]:
        heading = Paragraph(escape(words(key)), styles["heading"])
        return [heading, table_of(found[key], words, half, styles), Spacer(1, 12)]

    left = [one for key in ("volume", "results", "moods") for one in titled(key)]
    right = [one for key in ("times", "copilot") for one in titled(key)]
    story += [_beside((left, right), width)]
    story += _intents(found["intents"], words, width, styles)
    for key in ("days", "attendants"):
        if len(found[key].rows) > (key == "days"):  # One day's line would say what the first page says.
            story += [CondPageBreak(150), Paragraph(escape(words(key)), styles["heading"])]
            story += [table_of(found[key], words, width, styles), Spacer(1, 12)]
    notes = [Paragraph(escape(drawable(note)), styles["note"]) for note in words.notes(report, "dash")]
    story.append(KeepTogether([Paragraph(escape(words("notes")), styles["heading"]), *notes]))
    return story


def _styles() -> dict[str, Any]:
    from reportlab.lib.colors import HexColor
    from reportlab.lib.styles import ParagraphStyle

    def made(name: str, size: float, colour: str, font: str = FONT, **more: Any) -> ParagraphStyle:  # noqa: ANN401
        return ParagraphStyle(
            name, fontName=font, fontSize=size, leading=size * 1.25, textColor=HexColor(colour), **more
        )

    return {
        "title": made("title", 22, INK, BOLD, spaceAfter=3),
        "company": made("company", 13, ACCENT, BOLD, spaceAfter=2),
        "quiet": made("quiet", 9.5, INK_2),
        "heading": made("heading", 11, INK, BOLD, spaceAfter=5),
        "note": made("note", 8, INK_2, spaceAfter=3),
        "cell": made("cell", 8, INK),
        "head": made("head", 7.5, INK_2, BOLD),
        "head_right": made("head_right", 7.5, INK_2, BOLD, alignment=2),
        "card_name": made("card_name", 7.5, INK_2),
        "card_value": made("card_value", 16, INK, BOLD),
        "card_more": made("card_more", 7.5, INK_2),
    }


def _beside(columns: Sequence[list[Any]], width: float) -> Any:  # noqa: ANN401
    from reportlab.platypus import Table, TableStyle

    half = (width - 20) / 2
    made = Table([[columns[0], "", columns[1]]], colWidths=[half, 20, half])
    made.setStyle(TableStyle([("VALIGN", (0, 0), (-1, -1), "TOP"), *_no_padding()]))
    return made


def _no_padding() -> list[tuple[Any, ...]]:
    return [(f"{side}PADDING", (0, 0), (-1, -1), 0) for side in ("LEFT", "RIGHT", "TOP", "BOTTOM")]


def _intents(table: Table, words: Wording, width: float, styles: dict[str, Any]) -> list[Any]:
    """In two columns, for a list that can be long."""
    from reportlab.platypus import KeepTogether, Paragraph, Spacer

    heading, half = Paragraph(escape(words("intents")), styles["heading"]), (width - 20) / 2
    middle = -(-len(table.rows) // 2)
    parts = [table._replace(rows=rows) for rows in (table.rows[:middle], table.rows[middle:])]
    columns = [[table_of(part, words, half, styles)] if part.rows else [] for part in parts]
    shown = _beside(columns, width) if table.rows else table_of(table, words, half, styles)
    return [KeepTogether([heading, shown]), Spacer(1, 12)]
