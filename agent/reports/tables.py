"""What a report says, as tables that every kind of file shows: the same rows, in the same order."""

from collections.abc import Iterable, Sequence
from datetime import date
from enum import Enum, auto
from typing import NamedTuple

from agent.contract.metrics import Times
from agent.contract.report import Report, ReportedAttendant, ReportedDay
from agent.reports.safe_cells import seen
from agent.reports.wording import Wording


class Kind(Enum):
    """How a cell is to be written."""

    TEXT = auto()
    COUNT = auto()
    SHARE = auto()
    """Of one."""
    SECONDS = auto()
    DAY = auto()


class Cell(NamedTuple):
    """One of them; None is what nobody knows."""

    value: str | float | date | None
    kind: Kind


class Table(NamedTuple):
    """One of them. The first cell of a row says what the others are about."""

    key: str
    """Of the words."""
    heads: tuple[str, ...]
    """As they are read."""
    rows: tuple[tuple[Cell, ...], ...]
    none: str
    """What stands there where it has no rows: nothing of the kind, or nobody knows."""


def tables(report: Report, words: Wording) -> dict[str, Table]:
    """All of them, by key. A part of which nothing is known has its rows, with nothing in them."""
    made = (
        _measures("volume", words, _volume(report)),
        _measures("times", words, _times(report)),
        _measures("results", words, _results(report)),
        _measures("copilot", words, _copilot(report)),
        _counts("intents", ("intent", "messages"), words, _intents(report, words), known=report.intents is not None),
        _counts("moods", ("mood", "messages"), words, _moods(report, words), known=report.sentiments is not None),
        _hours(report, words),
        _days(report, words),
        _attendants(report, words),
    )
    return {one.key: one for one in made}


def _volume(report: Report) -> Iterable[tuple[str, Cell]]:
    names = ("messages_in", "messages_out", "messages_unknown", "conversations", "customers", "new_customers")
    for name in (*names, "unanswered"):
        yield name, Cell(None if report.volume is None else getattr(report.volume, name), Kind.COUNT)


def _times(report: Report) -> Iterable[tuple[str, Cell]]:
    answers, target = report.answers, report.on_time
    for name, times in (("first", answers and answers.first), ("all", answers and answers.all)):
        yield f"{name}_count", Cell(times.count if times else None, Kind.COUNT)
        yield f"{name}_median", Cell(times.median_s if times else None, Kind.SECONDS)
        yield f"{name}_p90", Cell(times.p90_s if times else None, Kind.SECONDS)
        yield f"{name}_average", Cell(times.average_s if times else None, Kind.SECONDS)
    yield "unknown_answers", Cell(answers.unknown if answers else None, Kind.COUNT)
    yield "target", Cell(target.target_s if target else None, Kind.SECONDS)
    yield "within", Cell(target.within if target else None, Kind.COUNT)
    yield "on_time", Cell(target.share if target else None, Kind.SHARE)


def _results(report: Report) -> Iterable[tuple[str, Cell]]:
    found = report.results
    for name in ("won", "lost", "resolved", "undecided"):
        yield name, Cell(None if found is None else getattr(found, name), Kind.COUNT)
    yield "rate", Cell(found.rate if found else None, Kind.SHARE)


def _copilot(report: Report) -> Iterable[tuple[str, Cell]]:
    found = report.copilot
    for name in ("cards", "picked", "sent", "edited", "ignored"):
        yield name, Cell(None if found is None else getattr(found, name), Kind.COUNT)
    yield "used_rate", Cell(found.rates.get("used") if found else None, Kind.SHARE)


def _measures(key: str, words: Wording, rows: Iterable[tuple[str, Cell]]) -> Table:
    lines = tuple((Cell(words(name), Kind.TEXT), cell) for name, cell in rows)
    return Table(key, (words("measure"), words("value")), lines, words("not_known"))


def _intents(report: Report, words: Wording) -> Iterable[tuple[str, int]]:
    return [(words.intent(name), count) for name, count in (report.intents or {}).items()]


def _moods(report: Report, words: Wording) -> Iterable[tuple[str, int]]:
    found = report.sentiments or {}
    return [(words(name.value), found[name]) for name in sorted(found, key=lambda one: one.value, reverse=True)]


def _counts(key: str, heads: Sequence[str], words: Wording, rows: Iterable[tuple[str, int]], *, known: bool) -> Table:
    lines = tuple((Cell(name, Kind.TEXT), Cell(count, Kind.COUNT)) for name, count in rows)
    return Table(key, tuple(map(words, heads)), lines, words("nothing" if known else "not_known"))


def _hours(report: Report, words: Wording) -> Table:
    rows = tuple(
        (Cell(f"{one.hour:02d}:00", Kind.TEXT), Cell(one.messages_in, Kind.COUNT), Cell(one.messages_out, Kind.COUNT))
        for one in report.hours or ()
    )
    return Table("hours", tuple(map(words, ("hour", "messages_in", "messages_out"))), rows, words("not_known"))


def _days(report: Report, words: Wording) -> Table:
    heads = ("day", "messages_in", "messages_out", "conversations", "first_median", "first_p90", "on_time")
    named = tuple(map(words, (*heads, "cards", "used")))
    return Table("days", named, tuple(map(_day, report.days)), words("nothing"))


def _day(one: ReportedDay) -> tuple[Cell, ...]:
    first = one.first
    return (
        Cell(one.day, Kind.DAY),
        Cell(one.messages_in, Kind.COUNT),
        Cell(one.messages_out, Kind.COUNT),
        Cell(one.conversations, Kind.COUNT),
        *_of(first),
        Cell(one.on_time, Kind.SHARE),
        Cell(one.cards, Kind.COUNT),
        Cell(one.used, Kind.COUNT),
    )


def _attendants(report: Report, words: Wording) -> Table:
    heads = ("attendant", "messages_in", "messages_out", "conversations", "first_median", "first_p90", "on_time")
    more = ("won", "lost", "resolved", "cards", "used")
    rows = tuple(_attendant(one, words) for one in report.attendants)
    return Table("attendants", tuple(map(words, (*heads, *more))), rows, words("nothing"))


def _attendant(one: ReportedAttendant, words: Wording) -> tuple[Cell, ...]:
    volume, results = one.volume, one.results
    return (
        Cell(words("nobody") if one.attendant is None else seen(one.attendant), Kind.TEXT),
        Cell(volume.messages_in if volume else None, Kind.COUNT),
        Cell(volume.messages_out if volume else None, Kind.COUNT),
        Cell(volume.conversations if volume else None, Kind.COUNT),
        *_of(one.first),
        Cell(one.on_time.share if one.on_time else None, Kind.SHARE),
        Cell(results.won if results else None, Kind.COUNT),
        Cell(results.lost if results else None, Kind.COUNT),
        Cell(results.resolved if results else None, Kind.COUNT),
        Cell(one.cards, Kind.COUNT),
        Cell(one.used, Kind.COUNT),
    )


def _of(times: Times | None) -> tuple[Cell, Cell]:
    return Cell(times.median_s if times else None, Kind.SECONDS), Cell(times.p90_s if times else None, Kind.SECONDS)
