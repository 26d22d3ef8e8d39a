"""A conversation as a file: CSV for a spreadsheet, or a text to be read."""

import csv
import io
from collections.abc import Callable, Sequence
from datetime import datetime

from agent.contract.desk import ConversationLine
from agent.contract.history import ConversationFormat, MessageCard
from agent.contract.rows import Direction, Kind
from agent.reports.safe_cells import harmless, readable, seen
from agent.reports.wording import Wording

MEDIA = {ConversationFormat.CSV: "text/csv; charset=utf-8", ConversationFormat.TXT: "text/plain; charset=utf-8"}
_COLUMNS = ("when", "who", "direction", "kind", "text", "sentiment", "intent", "edited", "reactions", "quoted")


class ConversationFile:
    """A conversation, as it is written down."""

    def __init__(
        self,
        line: ConversationLine,
        words: Wording,
        local: Callable[[datetime], datetime],
        mask: Callable[[str], str] | None = None,
    ) -> None:
        """``local``: a moment as the clock at the company shows it. ``mask``: hides identifiers; None: as written."""
        self._line, self._words, self._local = line, words, local
        self._mask = mask or (lambda text: text)

    def rendered(self, cards: Sequence[MessageCard], form: ConversationFormat) -> bytes:
        """All of it. ``cards``: the oldest first."""
        # With a mark at its beginning, or spreadsheets read accents as something else.
        return self._table(cards).encode("utf-8-sig") if form is ConversationFormat.CSV else self._text(cards).encode()

    def _table(self, cards: Sequence[MessageCard]) -> str:
        words, out = self._words, io.StringIO(newline="")
        writer = csv.writer(out, delimiter=";" if words.has_comma else ",", lineterminator="\r\n")
        writer.writerow([words(f"column.{name}") for name in _COLUMNS])
        for card in cards:
            understood = card.analysis
            row = (
                self._when(card),
                self._who(card),
                words(f"direction.{card.direction.value}"),
                words(f"kind.{card.kind.value}"),
                self._said(card.text),
                words(understood.sentiment.value) if understood else "",
                words.intent(understood.intent) if understood else "",
                words("yes") if card.edited else "",
                self._said(" ".join(card.reactions)),
                self._said(card.quoted.text if card.quoted else None),
            )
            writer.writerow(map(harmless, row))
        return out.getvalue()

    def _text(self, cards: Sequence[MessageCard]) -> str:
        """Lines as a chat is read; further lines of a message stand under its first."""
        words, lines = self._words, [seen(self._said(self._line.title)), ""]
        for card in cards:
            kind = "" if card.kind is Kind.TEXT else f"[{words(f'kind.{card.kind.value}')}] "
            text = self._said(card.text).replace("\n", "\n    ")
            edited = f" ({words('was_edited')})" if card.edited else ""
            lines.append(f"[{self._when(card)}] {seen(self._who(card))}: {kind}{text}{edited}")
        return "\n".join(lines) + "\n"

    def _said(self, text: str | None) -> str:
        # In this order: a character that nobody sees would part a number, and hide it from the mask.
        return self._mask(readable(text or ""))

    def _when(self, card: MessageCard) -> str:
        return self._local(card.sent_at or card.first_seen).strftime("%Y-%m-%d %H:%M")

    def _who(self, card: MessageCard) -> str:
        if card.direction is Direction.OUT:
            return self._words("us")
        return self._said(card.author or ("" if self._line.is_group else self._line.title))
