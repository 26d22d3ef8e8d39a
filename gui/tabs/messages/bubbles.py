"""A message with all that is known of it, in a bubble's words."""

from collections.abc import Sequence
from datetime import date, datetime

from agent.contract.analysis import Sentiment
from agent.contract.history import MessageCard, ShownCard, ShownSuggestion
from agent.contract.rows import Delivery, Direction, Kind
from agent.contract.stored import Outcome
from gui.kit.bubble_drawing import Bubble, Detail, Note, Side
from gui.kit.shown_text import harmless, one_line
from gui.theme import Tone
from gui.words import Words

_MOOD: dict[Sentiment, Tone] = {
    Sentiment.NEGATIVE: "bad", Sentiment.NEUTRAL: "calm", Sentiment.POSITIVE: "good",
}  # fmt: skip
_BECAME: dict[Outcome, Tone] = {
    Outcome.SENT: "good", Outcome.EDITED: "good", Outcome.FAILED: "bad",
    Outcome.INSERTED: "warn", Outcome.PICKED: "warn",
}  # fmt: skip
_TICKS = {Delivery.PENDING: "…", Delivery.SENT: "✓", Delivery.DELIVERED: "✓✓", Delivery.READ: "✓✓"}
_TELLING = (Outcome.SENT, Outcome.EDITED, Outcome.INSERTED, Outcome.PICKED, Outcome.FAILED, Outcome.DISMISSED)
"""Of several suggestions of a card, the one that tells most, first."""


def bubbles(cards: Sequence[MessageCard], words: Words, before: MessageCard | None, *, group: bool) -> list[Bubble]:
    """Bubbles for messages in their order; ``before``: the one above the first of them."""
    found = []
    for card in cards:
        day = _day(card)
        is_first = before is None or _day(before) != day
        found.append(bubble(card, words, _written(day, words) if is_first else "", group=group))
        before = card
    return found


def bubble(card: MessageCard, words: Words, day: str = "", *, group: bool = False) -> Bubble:
    """One message; ``day``: what stands above it."""
    side: Side = "ours" if card.direction is Direction.OUT else "theirs"
    if card.kind in (Kind.SYSTEM, Kind.CALL):
        side = "middle"
    gone = card.kind is Kind.DELETED
    kind = "" if card.kind is Kind.TEXT else words.label("messages", f"kind_{card.kind.value}")
    if card.direction is Direction.UNKNOWN and side != "middle":
        kind = " · ".join(filter(None, (kind, words("messages.nobody_knows_whose"))))
    cards = [one for one in card.cards if one.suggestions]
    return Bubble(
        id=card.id,
        side=side,
        text=harmless(card.text or ""),
        day=day,
        author=one_line(card.author or "", 80) if group and side == "theirs" else "",
        quoted=_quoted(card),
        kind=kind,
        taken_back=gone,
        foot=_foot(card, words),
        reactions=" ".join(harmless(one) for one in card.reactions),
        notes=_notes(card, words),
        more=_more(cards, words),
        details=tuple(_detail(one, words) for shown in cards for one in shown.suggestions),
    )


def became(suggestion: ShownSuggestion, words: Words) -> str:
    """What became of a suggestion."""
    said = words(f"messages.became_{suggestion.outcome.value}")
    if suggestion.outcome is Outcome.EDITED and suggestion.distance:
        said += f" ({words('messages.edits', n=suggestion.distance)})"
    return said


def _quoted(card: MessageCard) -> tuple[str, str] | None:
    quoted = card.quoted
    if quoted is None or not (quoted.author or quoted.text):
        return None
    return one_line(quoted.author or "", 80), one_line(quoted.text or "", 200)


def _foot(card: MessageCard, words: Words) -> str:
    said = []
    if card.forwarded:
        said.append(words("messages.forwarded"))
    if card.edited:
        said.append(words("messages.edited"))
    if card.truncated:
        said.append(words("messages.truncated"))
    said.append(_clock(card, words))
    if card.direction is Direction.OUT and card.status is not None:
        said.append(_TICKS[card.status] + (f" {words('messages.read')}" if card.status is Delivery.READ else ""))
    return " · ".join(said)


def _clock(card: MessageCard, words: Words) -> str:
    if card.sent_at is None:
        return words("messages.read_at", at=card.first_seen.astimezone().strftime("%H:%M"))
    return card.sent_at.astimezone().strftime("%H:%M")


def _notes(card: MessageCard, words: Words) -> tuple[Note, ...]:
    understood = card.analysis
    if understood is None or card.direction is not Direction.IN:
        return ()
    intent = words.intent(understood.intent)
    if understood.corrected:
        wants = Note(words("messages.corrected", intent=intent), "good")
    elif understood.unsure:
        wants = Note(words("messages.unsure", intent=intent), "warn")
    else:
        wants = Note(intent)
    mood = understood.sentiment
    return Note(f"● {words(f'sentiment.{mood.value}')}", _MOOD[mood]), wants


def _more(cards: Sequence[ShownCard], words: Words) -> str:
    shown = [one for card in cards for one in card.suggestions]
    if not shown:
        return ""
    said = words("messages.suggested", n=len(shown))
    best = next((one for outcome in _TELLING for one in shown if one.outcome is outcome), None)
    if best is not None:
        return f"{said} · {became(best, words)}"
    ignored = all(one.outcome is Outcome.IGNORED for one in shown)
    return f"{said} · {words('messages.all_ignored')}" if ignored else said


def _detail(one: ShownSuggestion, words: Words) -> Detail:
    source = one_line(one.source or "", 80)
    origin = words.label("messages", f"source_{one.kind.value}") if one.kind else words("messages.source_draft")
    hint = " · ".join(filter(None, (became(one, words), origin, source if one.kind else "")))
    return Detail(harmless(one.text or "…"), hint, _BECAME.get(one.outcome, "calm"))


def _day(card: MessageCard) -> date:
    return (card.sent_at or card.first_seen).astimezone().date()


def _written(day: date, words: Words) -> str:
    ago = (datetime.now().astimezone().date() - day).days
    if ago in (0, 1):
        return words("messages.today" if ago == 0 else "messages.yesterday")
    return words.day(day)
