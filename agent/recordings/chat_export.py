"""Reads a chat as WhatsApp exports it: ``_chat.txt`` of an iPhone, the text file of an Android phone, or a ZIP of it.

The file does not say how its dates are written. All of them together tell whether the day or the month comes first;
where they do not, that is an error and not a guess.
"""

import io
import re
import zipfile
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Literal

from agent.contract.base import Value
from agent.contract.rows import Kind
from agent.errors import BadInput
from agent.recordings.chat_marks import MARKS, is_system, marked

Order = Literal["dmy", "mdy", "ymd"]

MOST_BYTES = 200 * 1024**2
_MOST_RATIO = 400
_DATE = r"(?P<date>\d{1,4}[/.\-]\d{1,2}[/.\-]\d{1,4})"
_TIME = (
    r"(?P<time>\d{1,2}[:.]\d{2}(?:[:.]\d{2})?)"
    r"(?:[\s\u202f\u00a0]*(?P<half>[aApP]\.?[\s\u202f\u00a0]?[mM]\.?|da (?:madrugada|manhã|tarde|noite)))?"
)
_ANDROID = re.compile(rf"^{_DATE},?[\s\u202f](?:às\s)?{_TIME}\s[-–]\s(?P<rest>.*)$")
_IOS = re.compile(rf"^\[{_DATE},?[\s\u202f](?:às\s)?{_TIME}\]\s(?P<rest>.*)$")
_SENDER = re.compile(r"^(?P<name>[^\n]{1,120}?):(?: (?P<text>.*))?$", re.DOTALL)
_TITLE = re.compile(r"^(?:WhatsApp Chat (?:with|-) |Conversa do WhatsApp com |WhatsApp - |Chat de WhatsApp con )(.+)$")


class ExportedMessage(Value):
    """One message of the file."""

    at: datetime
    """Wall clock of the phone, without a zone."""
    sender: str | None
    """None: a line of the system."""
    kind: Kind
    text: str | None
    """Its lines, with line breaks; of media, what was written under it."""
    file_name: str | None = None
    edited: bool = False
    line: int
    """Where it begins in the file; the first is 1."""


class ExportedChat(Value):
    """A whole file."""

    title: str | None
    """As the file's name tells it."""
    phone: Literal["android", "ios"]
    order: Order
    messages: tuple[ExportedMessage, ...]

    @property
    def senders(self) -> tuple[str, ...]:
        """Everybody who wrote, in the order of their first message."""
        return tuple(dict.fromkeys(one.sender for one in self.messages if one.sender is not None))


def read_export(path: Path, order: Order | None = None) -> ExportedChat:
    """Read a file that WhatsApp exported.

    Args:
        path: a text file, or a ZIP that holds one.
        order: how dates are written; None: the file as a whole tells it.

    Raises:
        BadInput: it is no such file, or its dates can be read in two ways.
    """
    try:
        name, data = _zipped(path) if zipfile.is_zipfile(path) else (path.name, _plain(path))
    except FileNotFoundError as error:
        raise BadInput(f"There is no file {path}.", "Look at its name and folder.") from error
    except (OSError, zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError) as error:
        raise BadInput(f"{path} cannot be read.", "Export the chat from the phone once more.") from error
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput(f"{path} is no text in UTF-8.", "Take the file as the phone exported it.") from error
    return parse_export(text, title=_title(name), order=order, named=str(path))


def parse_export(
    text: str, *, title: str | None = None, order: Order | None = None, named: str = "The file"
) -> ExportedChat:
    """Read an exported chat's text. See ``read_export``."""
    ends = re.sub(r"\r(?!\n)", "\n", text).split("\n")
    lines = [line.removesuffix("\r") for line in ends]
    head = next((form for line in lines for form in (_IOS, _ANDROID) if form.match(_bare(line))), None)
    if head is None:
        raise BadInput(
            f"{named} is no chat that WhatsApp exported.",
            "On the phone: open the chat, More, Export chat, without media. Take the file that comes of it.",
        )
    parts = list(_parts(lines, head, _inside(ends, head) if head is _IOS else frozenset()))
    order = order or _order([match["date"] for match, _, _ in parts], named)
    messages = tuple(_message(match, more, number, order, named) for match, more, number in parts)
    return ExportedChat(title=title, phone="ios" if head is _IOS else "android", order=order, messages=messages)


def _bare(line: str) -> str:
    """Without the marks of direction at its beginning."""
    return line.lstrip(MARKS)


def _inside(ends: Sequence[str], head: re.Pattern[str]) -> frozenset[int]:
    """Lines that look like a message and are within one: an iPhone ends a message with CR LF, and its lines with LF."""
    heads = [number for number, line in enumerate(ends, 1) if head.match(_bare(line.removesuffix("\r")))]
    soft = [number for number in heads if number > 1 and not ends[number - 2].endswith("\r")]
    # Whoever has saved the file again may have changed its ends: then they say nothing.
    return frozenset(soft) if 2 * len(soft) < len(heads) else frozenset()


def _parts(
    lines: Iterable[str], head: re.Pattern[str], inside: Collection[int]
) -> Iterator[tuple[re.Match[str], list[str], int]]:
    """Each message's first line, its further lines, and where it begins. ``inside``: lines that begin none."""
    match: re.Match[str] | None = None
    more, began = list[str](), 0
    for number, line in enumerate(lines, 1):
        if number not in inside and (found := head.match(_bare(line))) is not None:
            if match is not None:
                yield match, more, began
            match, more, began = found, [], number
        elif match is not None:
            more.append(line)
    if match is not None:
        while more and not more[-1]:
            more.pop()
        yield match, more, began


def _message(match: re.Match[str], more: list[str], number: int, order: Order, named: str) -> ExportedMessage:
    at = _moment(match, order, number, named)
    rest = match["rest"]
    found = None if is_system(rest) else _SENDER.match(rest)
    if found is None:
        text = "\n".join([rest, *more]).strip(MARKS)
        return ExportedMessage(at=at, sender=None, kind=Kind.SYSTEM, text=text, line=number)
    sender = found["name"].strip(MARKS).removeprefix("~").strip("\u202f\u00a0 ")
    body = "\n".join([found["text"] or "", *more])
    read = marked(body)
    if body.startswith(MARKS[0]) and read.kind is Kind.TEXT and is_system(body.strip(MARKS)):
        return ExportedMessage(at=at, sender=None, kind=Kind.SYSTEM, text=body.strip(MARKS), line=number)
    return ExportedMessage(
        at=at, sender=sender, kind=read.kind, text=read.text, file_name=read.file_name, edited=read.edited, line=number
    )


def _moment(match: re.Match[str], order: Order, number: int, named: str) -> datetime:
    one, two, three = (int(part) for part in re.split(r"[/.\-]", match["date"]))
    day, month, year = {"dmy": (one, two, three), "mdy": (two, one, three), "ymd": (three, two, one)}[order]
    hour, minute, second, *_ = (*(int(part) for part in re.split(r"[:.]", match["time"])), 0)
    if half := match["half"]:
        hour = hour % 12 + (12 if half[0] in "pP" or half in ("da tarde", "da noite") else 0)
    try:
        return datetime(year + 2000 if year < 100 else year, month, day, hour, minute, second)  # noqa: DTZ001
    except ValueError as error:
        raise BadInput(
            f"{named}, line {number}: the date {match['date']} {match['time']} does not exist.",
            "Say how its dates are written: --date-order dmy, mdy or ymd.",
        ) from error


def _order(dates: list[str], named: str) -> Order:
    """How all the dates are written."""
    split = [tuple(int(part) for part in re.split(r"[/.\-]", date)) for date in dates]
    if all(first > 31 for first, _, _ in split):
        return "ymd"
    day_first, month_first = any(a > 12 for a, _, _ in split), any(b > 12 for _, b, _ in split)
    if day_first and month_first:
        raise BadInput(
            f"{named} writes its dates in two ways.", "Export the chat once more, and do not put two files together."
        )
    if day_first or month_first:
        return "dmy" if day_first else "mdy"
    # Nothing above 12: a chat goes forward in time, so perhaps only one way of reading does.
    by_day = [(c, b, a) for a, b, c in split]
    by_month = [(c, a, b) for a, b, c in split]
    forward = by_day == sorted(by_day), by_month == sorted(by_month)
    if forward == (True, False):
        return "dmy"
    if forward == (False, True):
        return "mdy"
    if all(a == b for a, b, _ in split):
        return "dmy"
    raise BadInput(
        f"{named} does not tell whether its dates begin with the day or the month ({dates[0]}).",
        "Say it: --date-order dmy (day first) or --date-order mdy (month first).",
    )


def _title(name: str) -> str | None:
    found = _TITLE.match(Path(name).stem)
    return found[1].strip() if found else None


def _plain(path: Path) -> bytes:
    if path.stat().st_size > MOST_BYTES:
        raise BadInput(f"{path} is too large.", "Export the chat without media.")
    return path.read_bytes()


def _zipped(path: Path) -> tuple[str, bytes]:
    """The text in a ZIP; nothing is unpacked to the disk."""
    with zipfile.ZipFile(path) as archive:
        texts = [one for one in archive.infolist() if one.filename.lower().endswith(".txt") and not one.is_dir()]
        chats = [one for one in texts if one.filename == "_chat.txt"] or texts
        if len(chats) != 1:
            raise BadInput(f"{path} holds {len(chats) or 'no'} chats.", "Take the ZIP as the phone exported it.")
        one = chats[0]
        if one.file_size > MOST_BYTES or one.file_size > max(1024**2, _MOST_RATIO * one.compress_size):
            raise BadInput(f"{path} would unpack to {one.file_size:,} bytes.", "Take the ZIP as the phone exported it.")
        with archive.open(one) as file:
            data = io.BytesIO(file.read(one.file_size + 1)).getvalue()
    return (path.name if one.filename == "_chat.txt" else Path(one.filename).name), data
