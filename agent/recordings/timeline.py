"""What happened in a recording, moment by moment: for whoever looks at it, and not for a comparison."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from agent.contract.recordings import MarkKind, RecordingMark
from agent.contract.stored import Outcome
from agent.recordings.facts import Answer, Fact
from agent.recordings.facts import from_json as fact_of
from agent.recordings.file import Recording
from agent.recordings.lines import MOST_S, FrameLine, LostLine, StartLine
from agent.recordings.lines import from_json as line_of
from agent.recordings.page_events import FULL

MOST_MARKS = 10_000
MOST_MS = 8.64e15
"""The last moment that a page can tell of, in milliseconds since the epoch."""
MOST_TEXT = 600
"""Characters of one message or suggestion."""
_NEWS = frozenset({Outcome.PICKED, Outcome.FAILED, Outcome.DISMISSED, Outcome.SENT, Outcome.EDITED, Outcome.IGNORED})
_CHANGES = frozenset({"message.edited", "message.deleted", "capture.paused", "capture.resumed"})


@dataclass(frozen=True, slots=True)
class Clock:
    """How a recording's own seconds and the world's belong together. Moment 0 is when the first thing happened."""

    starts: tuple[tuple[float, float], ...]
    """From which second on which moment counts as second 0, in milliseconds since the epoch."""
    from_s: float
    to_s: float

    @property
    def seconds(self) -> float:
        """How long it is."""
        return max(self.to_s - self.from_s, 0.0)

    def epoch_ms(self, at_s: float) -> float:
        """A moment, in milliseconds since the epoch."""
        second = at_s + self.from_s
        began = next((ms for start, ms in reversed(self.starts) if start <= second), self.starts[0][1])
        return began + second * 1000

    def at_s(self, epoch_ms: float) -> float:
        """The moment of a time in milliseconds since the epoch."""
        return (epoch_ms - self.starts[0][1]) / 1000 - self.from_s


@dataclass(frozen=True, slots=True)
class Timeline:
    """Everything that a player shows but the page."""

    seconds: float
    page_from_s: float | None
    marks: tuple[RecordingMark, ...]
    left_out: int


def length_s(recording: Recording) -> float:
    """Seconds that its manifest tells; not more than a recording can have, whatever it says."""
    return min(recording.manifest.duration_s, MOST_S)


def clock_of(recording: Recording) -> Clock:
    """Its clock.

    Raises:
        BadInput: a line is none of ours.
    """
    starts, first, last = list[tuple[float, float]](), None, 0.0
    length = length_s(recording)
    for raw in recording.frames():
        line = line_of(raw)
        last = line.t
        if isinstance(line, StartLine):
            starts.append((line.t, line.at_ms))
        elif first is None:
            first = line.t
    if not starts:  # Of a page alone.
        begin = _page_begin(recording) or 0.0
        return Clock(((0.0, begin),), 0.0, length)
    return Clock(tuple(starts), first or 0.0, max(last, length))


def timeline(recording: Recording) -> Timeline:
    """What happened in it.

    Raises:
        BadInput: a line is none of ours.
    """
    clock, page = clock_of(recording), _page_begin(recording)
    found = [*_facts(recording), *_faults(recording)]
    found.sort(key=lambda one: one[0])
    made = tuple(
        RecordingMark(at_s=round(max(at - clock.from_s, 0.0), 3), **what) for at, what in islice(found, MOST_MARKS)
    )
    return Timeline(
        seconds=round(clock.seconds, 3),
        page_from_s=None if page is None else round(min(max(clock.at_s(page), 0.0), MOST_S), 3),
        marks=made,
        left_out=len(found) - len(made),
    )


def _page_begin(recording: Recording) -> float | None:
    """When the page was told as a whole first, in milliseconds since the epoch."""
    for line in recording.page():
        event = line.get("event")
        if isinstance(event, Mapping) and event.get("type") == FULL:
            at = event.get("timestamp")
            if isinstance(at, int | float) and 0 <= at <= MOST_MS:
                return float(at)
    return None


_Found = tuple[float, dict[str, Any]]


def _facts(recording: Recording) -> list[_Found]:
    found, messages = list[_Found](), dict[str, dict[str, Any]]()
    for raw in recording.golden():
        fact = fact_of(raw)
        if isinstance(fact, Answer) or not 0 <= fact.t <= MOST_S:
            continue
        if fact.k == "understood" and (known := messages.get(fact.key)) is not None:
            known |= {name: _word(fact.what.get(name)) for name in ("intent", "sentiment")}
        elif (what := _of(fact)) is not None:
            found.append((fact.t, what))
            if fact.k == "row":
                messages[fact.key] = what
    return found


def _of(fact: Fact) -> dict[str, Any] | None:
    what = fact.what
    match fact.k:
        case "row" if what.get("change") == "inserted":
            return _message(what)
        case "event" if fact.key in _CHANGES:
            return {"kind": MarkKind.CHANGED, "code": fact.key}
        case "suggestions":
            shown = what.get("suggestions")
            told = (one.get("text") for one in shown if isinstance(one, Mapping)) if isinstance(shown, list) else ()
            replies = tuple(text for one in told if (text := _cut(one)) is not None)
            intent, sentiment = _word(what.get("intent")), _word(what.get("sentiment"))
            return {"kind": MarkKind.CARD, "replies": replies, "intent": intent, "sentiment": sentiment}
        case "mark" if (outcome := str(what.get("outcome"))) in _NEWS:
            return {"kind": MarkKind.OUTCOME, "code": outcome}
        case "state" if fact.key == "page":
            return {"kind": MarkKind.SCREEN, "code": _word(what.get("page"))}
        case "state" if fact.key == "chat" and what.get("open") is not None:
            return {"kind": MarkKind.CHAT, "title": _cut(what["open"])}
        case "life":
            return {"kind": MarkKind.LIFE, "code": _word(what.get("level"))}
        case _:
            return None


_SIDES = {"in": MarkKind.IN, "out": MarkKind.OUT}


def _message(what: Mapping[str, Any]) -> dict[str, Any]:
    kind = _word(what.get("kind"))
    return {
        "kind": _SIDES.get(str(what.get("direction")), MarkKind.NOTE),
        "title": _cut(what.get("chat")),
        "text": _cut(what.get("text")),
        "message_kind": None if kind == "text" else kind,
        "before": what.get("origin") == "baseline",
    }


def _faults(recording: Recording) -> Iterator[_Found]:
    for raw in recording.frames():
        match line_of(raw):
            case FrameLine(t=at, v=frame) if frame.kind == "fault":
                yield at, {"kind": MarkKind.FAULT, "code": _word(frame.where)}
            case LostLine(t=at):
                yield at, {"kind": MarkKind.FAULT, "code": "lost"}
            case _:
                pass


def _cut(text: object) -> str | None:
    if not isinstance(text, str):
        return None
    return text if len(text) <= MOST_TEXT else text[: MOST_TEXT - 1] + "…"


def _word(value: object) -> str | None:
    return value[:80] if isinstance(value, str) else None
