"""What each markup shows of a message: the rules that a reading is held to, in one place.

They follow the stand-in's own markup (``markup.ts``, ``bubble.tsx``, ``text.tsx``, ``cards.tsx`` and ``row.tsx`` in
``simulator/web/src``), not the reader. What a markup does not show is ``None``, and the reader must say so.
"""

from collections.abc import Iterable
from datetime import date, datetime

from agent.contract.rows import Delivery, Direction, Kind, Quote, Row
from simulator.world import Message, Style
from tests.browser.made_chats import NOW, ZONE, Line, Made, Setting

LONGEST = {"2026": 3072, "2025": 768, "2023": 768, "between": 768}
"""Code points that are shown before "Read more"."""

COPYABLE = ("text", "poll")
"""Kinds that carry their own date; those with a caption too."""

CALLS = {
    "pt-BR": ("Ligação de voz perdida", "Ligação de voz", "Não atendida", "às"),
    "en": ("Missed voice call", "Voice call", "No answer", "at"),
    "es": ("Llamada de voz perdida", "Llamada de voz", "Sin respuesta", "a las"),
}


def expected_rows(made: Made, styles: dict[str, Style], setting: Setting) -> list[Row]:
    """What must be read of each row of the chat, in its order."""
    undated = _undated_days(line.message for line in made.lines)
    return [
        _expected(line, styles[line.message.id], setting, made.seed.group, when_of(line.message).date() in undated)
        for line in made.lines
    ]


def when_of(message: Message) -> datetime:
    """The moment of a message on the page's clock."""
    return datetime.fromtimestamp(message.at / 1000, ZONE)


def _expected(line: Line, style: Style, setting: Setting, group: bool, undated: bool) -> Row:
    message = line.message
    when = when_of(message)
    is_notice = _is_notice(message, style)
    text, truncated = _text(line, style, setting)
    ours = message.direction == "out"
    return Row(
        id=message.id,
        kind=_kind(message, style),
        direction=Direction.UNKNOWN if message.direction == "none" else Direction(message.direction),
        author=message.author if group and not is_notice else None,
        text=text,
        # A notice shows no time, or shows it among its words.
        time=None if is_notice else f"{when:%H:%M}",
        date=None if undated else when.date().isoformat(),
        status=Delivery(message.status) if ours and message.status else None,
        quoted=Quote(author=message.quote.author, text=message.quote.text) if message.quote else None,
        edited=bool(message.edited),
        forwarded=bool(message.forwarded),
        truncated=truncated,
        reactions=message.reactions or (),
        file_name=(message.name or "arquivo.pdf") if message.kind == "document" else None,
    )


def _is_notice(message: Message, style: Style) -> bool:
    """A line between the bubbles. In 2023 a call was one."""
    return message.kind == "system" or (message.kind == "call" and style == "2023")


def _kind(message: Message, style: Style) -> Kind:
    # Only a test id marks an event.
    if message.kind == "event" and style != "2026":
        return Kind.UNKNOWN
    return Kind(message.kind)


def _text(line: Line, style: Style, setting: Setting) -> tuple[str | None, bool]:
    """The shown text, and whether it is cut."""
    message = line.message
    if message.kind == "call":
        return _call(message, style, setting), False
    if message.kind == "event" and style != "2026":
        return None, False
    if not line.shown:
        return None, False
    cut = message.kind not in ("system", "event") and len(message.text) > LONGEST[style]
    # Long texts are plain words: the page cuts what was written, and the end of the rest has no space.
    return (line.shown[: LONGEST[style]].rstrip(), True) if cut else (line.shown, False)


def _call(message: Message, style: Style, setting: Setting) -> str:
    missed, call, unanswered, at = CALLS[setting.language]
    was_missed = message.seconds is None and message.direction == "in"
    words = missed if was_missed else call
    if style == "2023":
        return f"{words} {at} {_clock(when_of(message), setting)}"
    if was_missed:
        return words
    if message.seconds is None:
        return f"{words}\n{unanswered}"
    return f"{words}\n{max(1, int(message.seconds / 60 + 0.5))} min"


def _clock(when: datetime, setting: Setting) -> str:
    if setting.clock == "24h":
        return f"{when:%H:%M}"
    half = "AM" if when.hour < 12 else "PM"
    written = {"es": f"{half[0].lower()}. m."}.get(setting.language, half)
    return f"{when.hour % 12 or 12}:{when:%M} {written}"


def _undated_days(messages: Iterable[Message]) -> set[date]:
    """Days of which the page shows no date: none, as the reader knows the page's clock and every line names a day."""
    return {day for day in (when_of(message).date() for message in messages) if day > NOW.date()}


def differences(read: Row, expected: Row, group: bool) -> list[str]:
    """What was read wrong, as ``field: read, not expected``."""
    fields = set(Row.model_fields)
    if not group or expected.direction is not Direction.IN:
        # Outside groups the page names the customer by title, number or push name, and us by our own: not compared.
        fields.discard("author")
    return [
        f"{name}: {getattr(read, name)!r}, not {getattr(expected, name)!r}"
        for name in sorted(fields)
        if getattr(read, name) != getattr(expected, name)
    ]
