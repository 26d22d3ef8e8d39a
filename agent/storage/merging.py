"""What a message is after it was read once more: pure, and the same however often it is read.

The page shows a row many times: on every opening of the chat, while its children mount, after an edit. A newer reading
is the truth, but for what it does not show: nothing that was read is ever replaced by "not seen".
"""

from agent.contract.rows import Change, Delivery, Direction, Kind, Quote, Row
from agent.contract.stored import UNFINISHED, MessageState

SILENT = frozenset({Kind.SYSTEM, Kind.CALL, Kind.WAITING, Kind.DELETED})
"""Kinds whose text, if there is any, is not something that a customer says now."""

TELLING = ("kind", "direction", "text", "status", "edited", "reactions")
"""Columns whose change is told to others. The rest (author, time, quote ...) is only completed in silence."""

_TICKS = {status: rank for rank, status in enumerate(Delivery)}


def needs_analysis(row: Row) -> bool:
    """Whether the row is something readable from a customer."""
    return row.direction is Direction.IN and row.kind not in SILENT and bool(row.text and row.text.strip())


def first_state(row: Row) -> MessageState:
    """Where a message starts: all that need no analysis are complete at once."""
    return MessageState.RECEIVED if needs_analysis(row) else MessageState.COMPLETE


def next_state(state: MessageState, known: Row, merged: Row) -> MessageState:
    """The state after ``known`` became ``merged``: what the customer now says differently is analysed again."""
    if needs_analysis(merged):
        said_anew = not needs_analysis(known) or merged.text != known.text
        return MessageState.RECEIVED if said_anew else state
    return MessageState.COMPLETE if state in UNFINISHED else state


def merge(known: Row, read: Row, by: Change | None = None) -> Row:
    """``known`` as it stands after ``read``, another reading of the same message.

    ``by`` is how the page came to it: that reactions are gone is believed only of one that watched them go.
    """
    if read.kind is Kind.WAITING and known.kind not in (Kind.WAITING, Kind.UNKNOWN):
        return known
    text, truncated = _text(known, read)
    return Row(
        id=known.id,
        kind=known.kind if read.kind is Kind.UNKNOWN else read.kind,
        direction=known.direction if known.direction is not Direction.UNKNOWN else read.direction,
        author=read.author or known.author,
        text=text,
        time=known.time or read.time,
        date=known.date or read.date,
        status=_further(known.status, read.status),
        quoted=_quote(known.quoted, read.quoted),
        edited=known.edited or read.edited,
        forwarded=known.forwarded or read.forwarded,
        truncated=truncated,
        reactions=read.reactions if read.reactions or by is Change.REACTION else known.reactions,
    )


def changed(known: Row, merged: Row) -> list[str]:
    """Names of the telling fields in which the two differ."""
    return [name for name in TELLING if getattr(known, name) != getattr(merged, name)]


def _text(known: Row, read: Row) -> tuple[str | None, bool]:
    if not (read.text and read.text.strip()):
        return known.text, known.truncated
    if not (known.text and known.text.strip()):
        return read.text, read.truncated
    if read.kind is Kind.DELETED:
        return known.text, known.truncated  # the page now says "this message was deleted" in its place
    if read.text == known.text:
        return known.text, known.truncated and read.truncated
    now_edited = read.edited and not known.edited
    if read.truncated and not now_edited and known.text.startswith(read.text.rstrip("… .")):
        return known.text, known.truncated
    return read.text, read.truncated


def _further(known: Delivery | None, read: Delivery | None) -> Delivery | None:
    """Ticks only advance: a lesser one comes from a row that the page has mounted again and not brought up to date."""
    if known is None or read is None:
        return read or known
    return max(known, read, key=_TICKS.__getitem__)


def _quote(known: Quote | None, read: Quote | None) -> Quote | None:
    if known is None or read is None:
        return read or known
    return Quote(author=read.author or known.author, text=read.text or known.text)
