"""A conversation as a file: CSV for a spreadsheet, or a text to be read."""

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from agent.contract.desk import ConversationLine
from agent.contract.history import MessageCard, MessagePage
from agent.contract.rows import Direction, Kind
from gui.kit.shown_text import harmless, one_line
from gui.link.api import Api
from gui.words import Words

_PAGE = 200
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_COLUMNS = ("when", "who", "direction", "kind", "text", "sentiment", "intent", "edited", "reactions", "quoted")


def cell(value: str) -> str:
    """A cell that no spreadsheet takes for a formula, whoever wrote it."""
    text = harmless(value)
    return f"'{text}" if text.startswith(_FORMULA) or text.lstrip().startswith(_FORMULA[:4]) else text


def read_all(api: Api, conversation: int) -> list[MessageCard]:
    """Every message, the oldest first."""
    found: list[MessageCard] = []
    cursor: str | None = None
    while True:
        page = api.get(f"/api/conversations/{conversation}/messages", MessagePage, limit=_PAGE, cursor=cursor)
        found += page.items
        cursor = page.cursor
        if cursor is None:
            return found[::-1]


def as_csv(line: ConversationLine, cards: Sequence[MessageCard], words: Words) -> str:
    """A row for each message. Where a comma stands in numbers, spreadsheets want semicolons between cells."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter="," if words.language == "en" else ";", lineterminator="\r\n")
    writer.writerow([words(f"messages.column_{name}") for name in _COLUMNS])
    for card in cards:
        understood = card.analysis
        quoted = card.quoted.text if card.quoted else None
        row = (
            _when(card),
            _who(line, card, words),
            words(f"messages.direction_{card.direction.value}"),
            words.label("messages", f"kind_{card.kind.value}"),
            card.text or "",
            words(f"sentiment.{understood.sentiment.value}") if understood else "",
            words.label("intent", understood.intent) if understood else "",
            words("messages.yes") if card.edited else "",
            " ".join(card.reactions),
            quoted or "",
        )
        writer.writerow([cell(value) for value in row])
    return out.getvalue()


def as_text(line: ConversationLine, cards: Sequence[MessageCard], words: Words) -> str:
    """Lines as a chat is read; further lines of a message stand under its first."""
    said = [one_line(line.title), ""]
    for card in cards:
        kind = "" if card.kind is Kind.TEXT else f"[{words.label('messages', f'kind_{card.kind.value}')}] "
        text = harmless(card.text or "").replace("\n", "\n    ")
        edited = f" ({words('messages.edited')})" if card.edited else ""
        said.append(f"[{_when(card)}] {one_line(_who(line, card, words))}: {kind}{text}{edited}")
    return "\n".join(said) + "\n"


def save(path: Path, line: ConversationLine, cards: Sequence[MessageCard], words: Words) -> None:
    """Write the file; its name says which kind. ``OSError``: it cannot be written."""
    is_text = path.suffix.lower() == ".txt"
    written = as_text(line, cards, words) if is_text else as_csv(line, cards, words)
    # With a mark at its beginning, or spreadsheets read accents as something else.
    path.write_text(written, "utf-8" if is_text else "utf-8-sig", newline="")


def _when(card: MessageCard) -> str:
    return (card.sent_at or card.first_seen).astimezone().strftime("%Y-%m-%d %H:%M")


def _who(line: ConversationLine, card: MessageCard, words: Words) -> str:
    if card.direction is Direction.OUT:
        return words("messages.us")
    return card.author or ("" if line.is_group else line.title)
