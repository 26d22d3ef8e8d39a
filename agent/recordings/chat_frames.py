"""Makes the frame layer of an exported chat: as if the agent had been there when it was written."""

import hashlib
from collections import deque
from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from agent.contract.frames import AnyFrame, ChatFrame, HelloFrame, PageState, RowsFrame, StateFrame
from agent.contract.rows import Change, Direction, Kind, OpenChat, Row, RowChange
from agent.errors import BadInput
from agent.recordings.chat_export import ExportedChat, ExportedMessage

_WINDOW = 60
"""Rows that are in the page at a time."""


def frames_of(chat: ExportedChat, me: str | None, zone: str) -> Iterator[tuple[float, AnyFrame]]:
    """Frames in the clear, each with its moment in milliseconds since the Unix epoch.

    Args:
        chat: the file.
        me: the name under which the business writes; None: nobody of the file does.
        zone: of the phone's clock, by its IANA name.

    Raises:
        BadInput: nobody in the chat has that name, or there is no such zone.
    """
    check_sender(chat, me)
    try:
        clock = ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise BadInput(f"There is no time zone '{zone}'.", "Take a name such as America/Sao_Paulo.") from error
    others = [name for name in chat.senders if name != me]
    is_group = len(others) > 1
    title = chat.title or (others[0] if len(others) == 1 else "Grupo")
    opened = OpenChat(token=1, title=title, is_group=is_group)
    first = _ms(chat.messages[0].at, clock)
    yield first, HelloFrame(kind="hello", seq=1, at_ms=first, script="", lang="pt-BR", zone=zone)
    yield first, StateFrame(kind="state", seq=2, at_ms=first, state=PageState.READY)
    yield first, ChatFrame(kind="chat", seq=3, at_ms=first, chat=opened)
    window, last = deque[str](maxlen=_WINDOW), first
    for number, message in enumerate(chat.messages):
        at = last = max(_ms(message.at, clock), last)
        row = _row(number, message, me, is_group=is_group)
        window.append(row.id)
        change = RowChange(change=Change.NEW, row=row, seen_ms=at)
        yield at, RowsFrame(kind="rows", seq=number + 4, at_ms=at, chat=opened, changes=(change,), window=tuple(window))


def check_sender(chat: ExportedChat, me: str | None) -> None:
    """Whether somebody in the chat has that name. ``BadInput``: nobody has."""
    if me is not None and me not in chat.senders:
        raise BadInput(f"Nobody called '{me}' writes in this chat.", f"Choose one of: {', '.join(chat.senders)}.")


def _ms(at: datetime, zone: ZoneInfo) -> float:
    return at.replace(tzinfo=zone).timestamp() * 1000


def _row(number: int, message: ExportedMessage, me: str | None, *, is_group: bool) -> Row:
    direction = Direction.UNKNOWN if message.sender is None else Direction.OUT if message.sender == me else Direction.IN
    return Row(
        id=f"3EB0{hashlib.sha256(str(number).encode()).hexdigest()[:18].upper()}",
        kind=message.kind,
        direction=direction,
        author=message.sender if is_group and direction is Direction.IN else None,
        text=None if message.kind is Kind.DELETED else message.text,
        time=f"{message.at:%H:%M}",
        date=f"{message.at:%Y-%m-%d}",
        edited=message.edited,
        file_name=message.file_name,
    )
