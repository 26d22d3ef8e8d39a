"""Compares what the chat list says of the open chat with what was read of it: two readings of one truth. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from agent.contract.frames import AnyFrame, ChatFrame, ChatsFrame, HelloFrame, RowsFrame
from agent.contract.rows import Change, ChatPreview, Direction, Kind, Row

LAST_ROWS = 8
"""So many rows at the end are compared: a reaction or a notice may stand in the list for an older one."""

_OLDER = frozenset({Change.BASELINE, Change.HISTORY})
"""Rows that were there before; of all others our side may just have written one, whose signs came late."""

_WORDED = frozenset({Kind.TEXT, Kind.SYSTEM})
"""Kinds whose words the list repeats. Of others it shows a word of its own ("Foto")."""


@dataclass(frozen=True, slots=True)
class Canary:
    """The open chat as the list has it, and the end of what was read of it."""

    listed: ChatPreview | None = None
    token: int | None = None
    rows: Mapping[str, Row] = field(default_factory=dict)
    """Rows of the open chat that were read, by id."""
    order: tuple[str, ...] = ()
    read: frozenset[str] = frozenset()
    """What was read of this opening, also of rows that have left the window since."""
    unread: int = 0
    """How many messages the list counted as unread when the chat was opened; 0 once our side has written."""
    previews: tuple[ChatPreview, ...] = ()

    @property
    def is_behind(self) -> bool:
        """The list tells of messages of the open chat that were not read, or that were read as somebody else's."""
        return self._lacks_unread() or self._lacks_last()

    def _lacks_unread(self) -> bool:
        """What was unread stands at the end of the chat, and none of it is ours; calls and notices may count or not."""
        read = [row for wa_id in self.order if (row := self.rows.get(wa_id)) is not None]
        return self.unread > 0 and any(row.direction is Direction.OUT for row in read[-self.unread :])

    def _lacks_last(self) -> bool:
        """The list shows last words that no row at the end of the chat has.

        False wherever that cannot be told: no chat open, no words, a picture, rows that say nothing yet.
        """
        listed = self.listed
        if listed is None or listed.last_media or not (said := _letters(listed.last_text)) or not self.order:
            return False
        if said in self.read:  # Whoever scrolls far up has its row no more.
            return False
        end = [row for wa_id in self.order[-LAST_ROWS:] if (row := self.rows.get(wa_id)) is not None]
        if not end or end[-1].kind not in _WORDED:
            return False
        read = [_letters(row.text) for row in end]
        # The list shortens and wraps: "You: ...", "Reacted with 👍 to: ...".
        return not any(text and (text in said or said in text) for text in read)


def heard(canary: Canary, frame: AnyFrame) -> Canary:
    """The page said something."""
    match frame:
        case HelloFrame():
            return Canary()
        case ChatFrame(chat=None):
            return Canary(previews=canary.previews)
        case ChatFrame(chat=chat) if chat is not None and chat.token != canary.token:
            counted = [one.unread or 0 for one in canary.previews if one.title == chat.title]
            unread = counted[0] if len(counted) == 1 else 0
            return Canary(token=chat.token, unread=unread, previews=canary.previews)
        case ChatsFrame(chats=chats):
            return replace(canary, listed=next((chat for chat in chats if chat.is_open), None), previews=chats)
        case RowsFrame(chat=chat) if chat.token == canary.token:
            rows = dict(canary.rows)
            rows.update((change.row.id, change.row) for change in frame.changes)
            shown = set(frame.window)
            kept = {wa_id: row for wa_id, row in rows.items() if wa_id in shown}
            wrote = any(c.change not in _OLDER and c.row.direction is Direction.OUT for c in frame.changes)
            read = canary.read | {_letters(change.row.text) for change in frame.changes}
            return replace(canary, rows=kept, order=frame.window, read=read, unread=0 if wrote else canary.unread)
        case _:
            return canary


def _letters(text: str | None) -> str:
    """What of a text both places show alike: the list drops formatting, line breaks and pictures."""
    return "".join(c for c in (text or "").casefold() if c.isalnum())
