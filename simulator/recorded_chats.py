"""What the frame layer of a recording tells of its chats: each message once, in its chat's order, and its changes.

The agent sees a chat's rows only while the chat is open. A row that was there already when it was opened gets the
moment at which the chat list showed its text in that minute, or else the minute that stands beside it, and a place
among its neighbours.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from agent.contract.frames import AnyFrame, ChatFrame, ChatsFrame, HelloFrame, RowsFrame
from agent.contract.rows import Change, Delivery, Kind, Row
from agent.recordings.lines import FrameLine, Line, StartLine

_MINUTE_S = 60.0
_BEFORE = frozenset({Change.BASELINE, Change.HISTORY})
Becomes = Literal["edit", "delete", "decrypt", "react", "status", "other"]
"""``other``: something of it changed that is none of the rest."""


@dataclass(slots=True)
class Later:
    """What became of a message, ``at`` so many seconds after the beginning."""

    at: float
    what: Becomes
    row: Row


@dataclass(slots=True)
class Told:
    """One message. ``at``: seconds after the beginning, below 0 before it; None: nothing tells."""

    row: Row
    at: float | None
    sure: bool
    """Somebody saw it then; else ``at`` is its minute's beginning."""
    live: bool
    """It appeared while its chat was open."""
    last: Row
    later: list[Later] = field(default_factory=list)


@dataclass(slots=True)
class ToldChat:
    """One chat. Its messages by id, and their ids in the chat's order."""

    title: str
    group: bool = False
    phone: bool = False
    """Its title is a telephone number."""
    messages: dict[str, Told] = field(default_factory=dict)
    order: list[str] = field(default_factory=list)
    opened: list[float] = field(default_factory=list)
    """When it was opened, in seconds after the beginning."""

    _placed: set[str] = field(default_factory=set)

    def put(self, window: Iterable[str]) -> None:
        """Learn where new messages stand from the rows that were in the page together."""
        rows = [one for one in window if one in self.messages]
        if all(one in self._placed for one in rows):
            return
        for number, message_id in enumerate(rows):
            if message_id not in self._placed:
                self.order.insert(self._place(rows[:number], rows[number + 1 :]), message_id)
                self._placed.add(message_id)

    def _place(self, above: list[str], below: list[str]) -> int:
        if above:
            return len(self.order) if self.order[-1] == above[-1] else self.order.index(above[-1]) + 1
        return next((self.order.index(one) for one in below if one in self._placed), len(self.order))


class Chats:
    """Reads the lines of a frame layer; ``told`` are its chats by title: a recording knows them by nothing else."""

    def __init__(self, zone: str | None) -> None:
        """``zone``: of the page's clock, where the page does not say it."""
        self.told = dict[str, ToldChat]()
        self.lang: str | None = None
        self.kinds_of_frames = dict[str, int]()
        self._zone, self._at_ms = _zone(zone), 0.0
        self._began: float | None = None
        self._listed = dict[tuple[str, str], list[float]]()
        self._shown = dict[str, str]()
        self._open: str | None = None

    def read(self, lines: Iterable[Line]) -> None:
        """Take in the whole layer."""
        for line in lines:
            if isinstance(line, StartLine):
                self._at_ms = self._at_ms or line.at_ms
                self._zone = _zone(line.zone) or self._zone
            elif isinstance(line, FrameLine):
                self._frame(line.t, line.v)
            else:
                self._count(line.k)
        for chat in self.told.values():
            _in_order(chat)

    def _count(self, what: str) -> None:
        self.kinds_of_frames[what] = self.kinds_of_frames.get(what, 0) + 1

    def _frame(self, t: float, frame: AnyFrame) -> None:
        if isinstance(frame, HelloFrame):
            self.lang = frame.lang or self.lang
            self._zone = _zone(frame.zone) or self._zone
        elif isinstance(frame, ChatsFrame):
            self._list(t, frame)
        elif isinstance(frame, ChatFrame):
            self._opens(t, frame)
        elif isinstance(frame, RowsFrame):
            self._rows(t, frame)
        else:
            self._count(frame.kind)

    def _since(self, t: float) -> float:
        """Seconds after the beginning: the first sight of a chat. A page that is still starting tells of none."""
        if self._began is None:
            self._began = t
        return t - self._began

    def _list(self, t: float, frame: ChatsFrame) -> None:
        if not frame.chats:
            return
        at = self._since(t)
        for preview in frame.chats:
            self.told.setdefault(preview.title, ToldChat(preview.title))
            text = _flat(preview.last_text or "")
            if text and self._shown.get(preview.title) != text:
                self._listed.setdefault((preview.title, text), []).append(at)
            self._shown[preview.title] = text

    def _opens(self, t: float, frame: ChatFrame) -> None:
        self._open = frame.chat.title if frame.chat else None
        if frame.chat is not None:
            self._chat(frame.chat.title, group=frame.chat.is_group, phone=frame.chat.phone is not None)
            self.told[frame.chat.title].opened.append(self._since(t))

    def _chat(self, title: str, *, group: bool, phone: bool) -> ToldChat:
        chat = self.told.setdefault(title, ToldChat(title))
        chat.group, chat.phone = chat.group or group, chat.phone or phone
        return chat

    def _rows(self, t: float, frame: RowsFrame) -> None:
        at = self._since(t)
        chat = self._chat(frame.chat.title, group=frame.chat.is_group, phone=frame.chat.phone is not None)
        for change in frame.changes:
            row = change.row
            known = chat.messages.get(row.id)
            if known is not None:
                _became(known, row, at)
                continue
            live = change.change not in _BEFORE
            when, sure = (at, True) if live else self._moment(chat.title, row, at)
            chat.messages[row.id] = Told(row=row, at=when, sure=sure, live=live, last=row)
        chat.put((*frame.window, *(one.row.id for one in frame.changes)))

    def _moment(self, title: str, row: Row, seen: float) -> tuple[float | None, bool]:
        """When a row was written that was there already, at the latest when it was seen; and whether that is sure."""
        if row.date is None or row.time is None:
            return None, False
        try:
            moment = datetime.fromisoformat(f"{row.date}T{row.time}").replace(tzinfo=self._zone).timestamp()
        except (ValueError, OverflowError, OSError):
            return None, False
        after = moment - self._at_ms / 1000 - (self._began or 0.0)
        listed = self._listed.get((title, _flat(row.text or "")), [])
        there = [at for at in listed if after <= at < after + 2 * _MINUTE_S]
        if there and there[0] > 0:
            return min(there[0], seen), True
        if there or after + _MINUTE_S <= 0:  # The list showed it from the beginning, or its minute was over.
            return min(after, -1.0), False
        return min(max(after, 0.0), seen), False


def _became(known: Told, row: Row, at: float) -> None:
    """Note what is otherwise about a message that was read before."""
    was, known.last = known.last, row
    if row.kind is Kind.DELETED and was.kind is not Kind.DELETED:
        known.later.append(Later(at, "delete", row))
    elif was.kind is Kind.WAITING and row.kind is Kind.TEXT:
        known.later.append(Later(at, "decrypt", row))
    elif was.kind is Kind.UNKNOWN or (was.truncated and not row.truncated):
        # It was not read whole before: this is how it was from the beginning.
        known.row = row
    elif was.text != row.text and row.text and row.edited:
        known.later.append(Later(at, "edit", row))
    elif (was.kind, was.text) != (row.kind, row.text) and not (row.truncated and not was.truncated):
        known.later.append(Later(at, "other", row))
    if was.reactions != row.reactions and row.kind is not Kind.DELETED:
        known.later.append(Later(at, "react", row))
    if was.status is not row.status and row.status not in (None, Delivery.PENDING):
        known.later.append(Later(at, "status", row))


def _in_order(chat: ToldChat) -> None:
    """No message is later than one below it that somebody saw come, and none earlier than the one above it."""
    told = [chat.messages[one] for one in chat.order]
    latest, most = None, list[float | None]()
    for one in reversed(told):
        if one.sure and one.at is not None:
            latest = one.at = one.at if latest is None else min(one.at, latest)
        most.append(latest)
    before: float | None = None
    for one, cap in zip(told, reversed(most), strict=True):
        known = [at for at in (one.at, before) if at is not None]
        at = max(known, default=None)
        before = one.at = at if cap is None or at is None else min(at, cap)
    for one, below in zip(reversed(told[:-1]), reversed(told[1:]), strict=True):
        one.at = below.at if one.at is None else one.at


def _flat(text: str) -> str:
    return " ".join(text.split())


def _zone(name: str | None) -> ZoneInfo | None:
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None
