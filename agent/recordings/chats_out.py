"""Takes whole chats out of a frame layer: their lines of the list, their rows, cards, and what was done in them."""

from collections.abc import Iterable, Sequence

from agent.contract.frames import AnyFrame, ChatFrame, ChatsFrame, RowsFrame
from agent.errors import BadInput
from agent.recordings.audit import LEAST_DIGITS, WORD, audit_text, plain
from agent.recordings.lines import FrameLine, InsertedLine, Line, OfferedLine

_OF_NO_CHAT = frozenset({"hello", "state", "chats", "pulse", "anchors", "selectors", "echo", "fault", "pause"})
"""Frames that say nothing of the open chat."""


class ChatsOut:
    """For one walk over the lines of one recording."""

    def __init__(self, titles: Sequence[str]) -> None:
        """``titles``: in any case, with or without accents; a number in any spelling."""
        self._titles = titles
        self._found = set[str]()
        self._hidden = False
        self._tokens, self._messages, self._offers = set[int](), set[str](), set[str]()
        self.gone = 0
        """Lines that were left out or shortened."""

    def left(self, lines: Iterable[Line]) -> list[Line]:
        """The lines without those chats.

        Raises:
            BadInput: there is no such chat.
        """
        kept = list[Line]()
        for line in lines:
            left = self._line(line)
            self.gone += left is not line
            kept += [] if left is None else [left]
        for number, title in enumerate(self._titles, 1):
            if title not in self._found:
                raise BadInput(
                    f"The recording has no chat with the title that --chat names (the {number}. of them).",
                    "Take the title as the recording shows it: `replay --html` and the dashboard's player tell it.",
                )
        return kept

    def _line(self, line: Line) -> Line | None:
        match line:
            case FrameLine(v=frame):
                left = self._frame(frame)
                return line if left is frame else None if left is None else line.model_copy(update={"v": left})
            case OfferedLine() if line.of in self._messages:
                self._offers.add(line.offer)
                return None
            case InsertedLine() if self._hidden:
                return None
            case _:
                return line

    def _frame(self, frame: AnyFrame) -> AnyFrame | None:
        if frame.kind == "hello":  # Of a new document, which counts its openings anew.
            self._hidden = False
            self._tokens.clear()
        elif isinstance(frame, ChatFrame | RowsFrame):
            self._open(frame)
        elif isinstance(frame, ChatsFrame):
            chats = tuple(chat for chat in frame.chats if not self._is_gone(chat.title))
            return frame if len(chats) == len(frame.chats) else frame.model_copy(update={"chats": chats})
        if frame.kind in _OF_NO_CHAT or not (self._hidden or self._speaks_of(frame)):
            return frame
        return frame.model_copy(update={"chat": None}) if isinstance(frame, ChatFrame) else None

    def _open(self, frame: ChatFrame | RowsFrame) -> None:
        chat = frame.chat
        self._hidden = chat is not None and self._is_gone(chat.title)
        if self._hidden and chat is not None:
            self._tokens.add(chat.token)
        if self._hidden and isinstance(frame, RowsFrame):
            self._messages |= {*frame.window, *(change.row.id for change in frame.changes)}

    def _speaks_of(self, frame: AnyFrame) -> bool:
        """It comes late: another chat is open already."""
        return (
            getattr(frame, "chat_token", None) in self._tokens
            or getattr(frame, "offer_id", None) in self._offers
            or getattr(frame, "message_id", None) in self._messages
        )

    def _is_gone(self, title: str) -> bool:
        named = [one for one in self._titles if _is_title(title, one)]
        self._found.update(named)
        return bool(named)


def _is_title(title: str, named: str) -> bool:
    here, wanted = plain(title), plain(named)
    if sum(c.isdigit() for c in wanted) >= LEAST_DIGITS and not any(c.isalpha() for c in wanted):
        return bool(audit_text(title, [named]))
    words = WORD.findall(wanted)
    return WORD.findall(here) == words if words else here.strip() == wanted.strip()
