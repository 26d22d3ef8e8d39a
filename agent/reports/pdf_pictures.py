"""Which charts a PDF shows, and where: what has nothing to show is left out."""

from html import escape
from typing import Any

from agent.contract.report import Report
from agent.reports.pdf_charts import ACCENT, MOODS, SECOND, WARM, bars, columns, lines, ring
from agent.reports.wording import Wording

_MOST_INTENTS = 8
_GAP = 20.0


def pictures(report: Report, words: Wording, width: float, heading: Any) -> list[Any]:  # noqa: ANN401 (no types)
    """The messages over the whole width, the others two in a row."""
    from reportlab.platypus import KeepTogether, Paragraph, Spacer, Table, TableStyle

    def titled(key: str, picture: Any) -> list[Any]:  # noqa: ANN401
        return [Paragraph(escape(words(key)), heading), picture]

    story: list[Any] = []
    if (found := _messages(report, words, width)) is not None:
        story += [KeepTogether(titled(*found)), Spacer(1, 14)]
    half = (width - _GAP) / 2
    small = [titled(key, picture) for key, picture in _small(report, words, (half, 118.0))]
    for at in range(0, len(small), 2):
        pair = [small[at], "", small[at + 1] if at + 1 < len(small) else ""]
        table = Table([pair], colWidths=[half, _GAP, half])
        sides = [(f"{side}PADDING", (0, 0), (-1, -1), 0) for side in ("LEFT", "RIGHT", "TOP", "BOTTOM")]
        table.setStyle(TableStyle([("VALIGN", (0, 0), (-1, -1), "TOP"), *sides]))
        story += [table, Spacer(1, 14)]
    return story


def _messages(report: Report, words: Wording, width: float) -> tuple[str, Any] | None:
    if report.volume is None or not report.volume.messages_in + report.volume.messages_out:
        return None
    by_day = len(report.days) > 1
    if by_day:
        names = [words.short_day(one.day) for one in report.days]
        told = [(one.messages_in or 0, one.messages_out or 0) for one in report.days]
    else:
        names = [f"{one.hour} h" for one in report.hours or ()]
        told = [(one.messages_in, one.messages_out) for one in report.hours or ()]
    series = [
        (words("in_short"), ACCENT, [one for one, _ in told]),
        (words("out_short"), SECOND, [one for _, one in told]),
    ]
    return "chart_days" if by_day else "chart_hours", columns((width, 150), names, series, words.number)


def _small(report: Report, words: Wording, size: tuple[float, float]) -> list[tuple[str, Any]]:
    found: list[tuple[str, Any]] = []
    if len(report.days) > 1 and any(one.first is not None and one.first.count for one in report.days):
        names = [words.short_day(one.day) for one in report.days]
        series = [
            (
                words("median_short"),
                ACCENT,
                [_minutes(one.first.median_s if one.first else None) for one in report.days],
            ),
            (words("p90_short"), WARM, [_minutes(one.first.p90_s if one.first else None) for one in report.days]),
        ]
        found.append(("chart_first", lines(size, names, series, words.number)))
    if report.sentiments:
        names = sorted((one.value for one in report.sentiments), reverse=True)
        counts = {one.value: count for one, count in report.sentiments.items()}
        parts = [(words(name), MOODS[name], float(counts[name])) for name in names]
        found.append(("moods", ring(size, parts, words.number)))
    if report.intents:
        rows = [(words.intent(name), float(count)) for name, count in report.intents.items()][:_MOST_INTENTS]
        found.append(("intents", bars(size, rows, words.number)))
    if report.copilot is not None and report.copilot.cards:
        rows = [
            (words(name), float(getattr(report.copilot, name)))
            for name in ("cards", "picked", "sent", "edited", "ignored")
        ]
        found.append(("copilot", bars(size, rows, words.number)))
    if (results := report.results) is not None:
        counted = [(words(name), float(getattr(results, name))) for name in ("won", "lost", "resolved", "undecided")]
        if any(value for _, value in counted):
            found.append(("results", bars(size, counted, words.number)))
    if len(report.days) > 1 and report.hours and any(one.messages_in or one.messages_out for one in report.hours):
        told = [
            (words("in_short"), ACCENT, [one.messages_in for one in report.hours]),
            (words("out_short"), SECOND, [one.messages_out for one in report.hours]),
        ]
        found.append(("chart_hours", columns(size, [str(one.hour) for one in report.hours], told, words.number)))
    return found


def _minutes(seconds: float | None) -> float | None:
    return None if seconds is None else seconds / 60
