"""What was read from the page: message rows, the chat list, the open chat.

Everything that the markup did not show is ``None`` (or ``"unknown"`` where the type has that word): nothing is guessed.
"""

from enum import StrEnum

from agent.contract.base import Value


class Kind(StrEnum):
    """What a row of the conversation is."""

    TEXT = "text"
    IMAGE = "image"
    ALBUM = "album"
    VIDEO = "video"
    GIF = "gif"
    VOICE = "voice"
    AUDIO = "audio"
    STICKER = "sticker"
    DOCUMENT = "document"
    CONTACT = "contact"
    LOCATION = "location"
    POLL = "poll"
    EVENT = "event"
    DELETED = "deleted"
    WAITING = "waiting"
    VIEW_ONCE = "view_once"
    SYSTEM = "system"
    CALL = "call"
    UNKNOWN = "unknown"


class Direction(StrEnum):
    """Who wrote the row: the customer (in), our side (out), or the signals disagree (unknown)."""

    IN = "in"
    OUT = "out"
    UNKNOWN = "unknown"


class Delivery(StrEnum):
    """How far one of our own messages has come."""

    PENDING = "pending"
    SENT = "sent"
    DELIVERED = "delivered"
    READ = "read"


class Quote(Value):
    """The message that a row answers, as far as the row shows it."""

    author: str | None
    text: str | None


class Row(Value):
    """One message row. ``id`` is the bare message id in every DOM generation."""

    id: str
    kind: Kind
    direction: Direction
    author: str | None = None
    text: str | None = None
    time: str | None = None
    """Local wall clock of the page, 24 hours, ``HH:MM``."""
    date: str | None = None
    """ISO date, from the row or from the nearest date divider above it."""
    status: Delivery | None = None
    """Own messages only."""
    quoted: Quote | None = None
    edited: bool = False
    forwarded: bool = False
    truncated: bool = False
    """The page shows "Read more": ``text`` holds only the part that is shown."""
    reactions: tuple[str, ...] = ()
    """Emoji that the page shows under the message, in its order; empty also where it shows none of them yet."""
    file_name: str | None = None
    """Of a document, as the page shows it, with the marks of direction that are in it. It is not stored."""


class Change(StrEnum):
    """How a row differs from the last time that this opening of the chat was read."""

    BASELINE = "baseline"
    """On the page when the chat was opened."""
    NEW = "new"
    """Appeared below the last known row while the chat was open."""
    HISTORY = "history"
    """Appeared above a known row: older messages were loaded or scrolled to."""
    EDITED = "edited"
    """A known id whose kind, text or edited mark changed (edits, waiting -> text)."""
    DELETED = "deleted"
    """A known id that now says that its message was deleted."""
    REACTION = "reaction"
    """A known id of which only the reactions changed."""
    STATUS = "status"
    """A known id of which only the delivery status changed (and reactions, at most)."""
    SETTLED = "settled"
    """A known id that was incomplete when first read (late children) and can now be read further."""


class RowChange(Value):
    """One changed row and when the page first had it."""

    change: Change
    row: Row
    seen_ms: float
    """When the observer first saw the row: ms since the Unix epoch (``performance.timeOrigin`` + ``now()``)."""


class OpenChat(Value):
    """The conversation that is open in the page."""

    token: int
    """Counts every opening of a chat in this page: answers for another token are stale."""
    title: str
    is_group: bool
    phone: str | None = None
    """E.164, only when the page shows it (an unsaved contact's title)."""


class ChatPreview(Value):
    """One row of the chat list: all that may be known of a chat without opening it."""

    title: str
    unread: int | None = None
    """0 when there is no badge; None when the badge has no number (marked unread by hand)."""
    last_text: str | None = None
    """The whole last message (the list's title attribute); None when the list shows none."""
    last_author: str | None = None
    """Groups only."""
    last_direction: Direction = Direction.UNKNOWN
    last_time: str | None = None
    """As the list shows it: ``10:32``, ``Ontem``, ``12/07/2026``."""
    last_clock: str | None = None
    """``HH:MM`` of the page's wall clock; the list tells it of today's messages only."""
    last_date: str | None = None
    """ISO date, where the list's words tell it."""
    last_media: bool = False
    """The last message is a picture, a reaction or the like: ``last_text`` is what the page says of it."""
    is_open: bool = False


class Anchor(Value):
    """How one selector of the registry did on this page."""

    rank: int | None
    """Index of the first alternative that matched (0 is the best); None when none did."""
    matches: int
