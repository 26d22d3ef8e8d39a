"""What the page is given and what it reports: messages, chats, counters. Mirrors ``web/src/types.ts``."""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

Language = Literal["pt-BR", "en", "es"]
Generation = Literal["2026", "2025", "2023", "mixed"]
"""``mixed``: a page in the middle of a roll-out, of which parts and rows have different markup."""
Style = Literal["2026", "2025", "2023", "between"]
"""How one row is marked up. ``between``: the older markup with the first test ids back, as in April 2026."""
Clock = Literal["12h", "24h"]
Csp = Literal["nonce", "unsafe-inline", "trusted-types"]
Screen = Literal[
    "bootstrap",
    "qr",
    "qr_expired",
    "pairing_entry",
    "pairing",
    "syncing",
    "ready",
    "conflict",
    "temp_ban",
    "screen_lock",
    "logging_out",
    "unsupported",
]
Start = Screen | Literal["login"]
Bar = Literal["offline", "connecting", "update"]
"""The strip above the chat list."""
Theme = Literal["light", "dark"]
Direction = Literal["in", "out", "none"]
Status = Literal["pending", "sent", "delivered", "read"]
Kind = Literal[
    "text",
    "image",
    "album",
    "video",
    "gif",
    "voice",
    "audio",
    "sticker",
    "document",
    "contact",
    "location",
    "poll",
    "event",
    "call",
    "view_once",
    "system",
    "deleted",
    "waiting",
]

Writing = Literal["typing", "recording"]
"""What a customer does before a message comes."""

Op = dict[str, Any]
"""One change of the page's world as JSON (``Op`` in ``web/src/types.ts``)."""


class Fact(BaseModel):
    """A frozen value; unknown keys are errors."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Quote(Fact):
    """The message that another one answers."""

    author: str
    text: str
    kind: Kind | None = None
    """Of the quoted message where it is no text: its picture stands beside ``text``, which is then its word."""


class Message(Fact):
    """One row of a chat. ``at`` is in milliseconds since the Unix epoch."""

    id: str
    chat: str
    direction: Direction
    kind: Kind = "text"
    text: str = ""
    at: float
    author: str | None = None
    """Groups, incoming only."""
    status: Status | None = None
    """Own messages only."""
    quote: Quote | None = None
    seconds: int | None = None
    """How long a recording, video or answered call is."""
    name: str | None = None
    """Of a file or card; of an event: where it takes place."""
    choices: tuple[str, ...] | None = None
    """What a poll asks between; its question is ``text``."""
    tiles: int | None = None
    """Pictures of an album."""
    preview: str | None = None
    """Title of the card of the first link in ``text``."""
    edited: bool | None = None
    forwarded: bool | None = None
    reactions: tuple[str, ...] | None = None


class ChatSeed(Fact):
    """A chat as the page starts with it. An unsaved contact has its number as the title and a ``push_name``."""

    id: str
    title: str
    group: bool = False
    members: tuple[str, ...] = ()
    phone: str = "+55 11 90000-0000"
    push_name: str | None = None
    unread: int = 0
    blocked: bool = False
    messages: tuple[Message, ...] = ()


class Send(Fact):
    """One push of Enter or of the send button that had text to send."""

    chat: str
    title: str
    text: str
    at: float
    trusted: bool
    via: Literal["enter", "button"]
    by: Literal["attendant", "agent"]


class Receipt(Fact):
    """The page told a customer that these messages were read."""

    chat: str
    title: str
    ids: tuple[str, ...]
    at: float
    by_trusted_open: bool


class Counters(Fact):
    """What must be zero for the agent, and what the attendant did."""

    sends: int
    sends_trusted: int
    sends_by_attendant: int
    sends_by_agent: int
    send_log: tuple[Send, ...]
    read_receipts: tuple[Receipt, ...]
    read_receipts_by_agent: int


class ShownMessage(Fact):
    """A message as the page's own model has it: the truth that a reader of the page is compared with."""

    id: str
    direction: Direction
    kind: Kind
    text: str
    author: str | None
    at: float
    status: Status | None


class ShownChat(Fact):
    """A chat as the page's own model has it."""

    id: str
    title: str
    group: bool
    unread: int
    messages: tuple[ShownMessage, ...]


class Snapshot(Fact):
    """Every chat with every message."""

    open: str | None
    chats: tuple[ShownChat, ...]

    def chat(self, key: str) -> ShownChat:
        """Find a chat by id or title. Raises ``KeyError``."""
        for chat in self.chats:
            if key in (chat.id, chat.title):
                return chat
        raise KeyError(key)
