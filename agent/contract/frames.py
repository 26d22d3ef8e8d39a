"""Frames: what the script inside the page tells the agent, one JSON object a frame."""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from agent.contract.framing import Frame
from agent.contract.rows import Anchor, ChatPreview, OpenChat, RowChange
from agent.contract.wishes import Wish

PULSE_S = 5.0
"""Seconds between two pulses; ``userscript/src/pulse.ts`` has the same number."""


class PageState(StrEnum):
    """Which screen WhatsApp Web shows."""

    BOOTSTRAP = "bootstrap"
    QR = "qr"
    QR_EXPIRED = "qr_expired"
    """The code is no longer valid until somebody clicks on it."""
    PAIRING = "pairing"
    """Linking by phone number: a code to type on the phone."""
    SYNCING = "syncing"
    READY = "ready"
    CONFLICT = "conflict"
    """WhatsApp is used in another window."""
    SCREEN_LOCK = "screen_lock"
    TEMP_BAN = "temp_ban"
    LOGGING_OUT = "logging_out"
    UNSUPPORTED = "unsupported"
    """WhatsApp wants another browser."""
    UNKNOWN = "unknown"


class PageNotice(StrEnum):
    """What lies over the chats, or beside them. Several may be there at once."""

    OFFLINE = "offline"
    CONNECTING = "connecting"
    UPDATE = "update"
    """A new version is offered."""
    RELOAD = "reload"
    """The page wants to be loaded anew, and covers everything until then."""
    RESTRICTED = "restricted"
    """No new chats may be started."""
    BLOCKED = "blocked"
    """The open chat cannot be written to."""
    DIALOG = "dialog"
    """A window lies over the page."""


class HelloFrame(Frame):
    """The script has started in a new document."""

    kind: Literal["hello"]
    script: str
    """Version of the built script."""
    lang: str | None
    zone: str | None = None
    """The browser's time zone by its IANA name: the one that the page's clock times are in."""


class StateFrame(Frame):
    """The screen changed, or something on it did: its code, its progress, what lies over it."""

    kind: Literal["state"]
    state: PageState
    notices: tuple[PageNotice, ...] = ()
    qr: str | None = None
    link_code: str | None = None
    """Eight characters to type on the phone, while pairing by number."""
    progress: int | None = None
    """Percent, while syncing."""


class ChatsFrame(Frame):
    """The visible part of the chat list, top to bottom, after a change."""

    kind: Literal["chats"]
    chats: tuple[ChatPreview, ...]


class ChatFrame(Frame):
    """Another chat was opened, or none is open now."""

    kind: Literal["chat"]
    chat: OpenChat | None


class RowsFrame(Frame):
    """Rows of the open chat that changed since the last frame."""

    kind: Literal["rows"]
    chat: OpenChat
    changes: tuple[RowChange, ...]
    window: tuple[str, ...]
    """Ids of all rows now in the document, in document order."""


class TypingFrame(Frame):
    """The customer of the open chat has begun to type."""

    kind: Literal["typing"]
    chat_token: int


class PaintedFrame(Frame):
    """A card was painted for the first time, or a draft's first words were."""

    kind: Literal["painted"]
    offer_id: str
    message_id: str
    tier: Literal[0, 1]
    """0: retrieved replies; 1: the model's draft."""
    elapsed_ms: float
    """From the row's insertion into the page to the painted card."""


class AnchorsFrame(Frame):
    """How every selector of the registry did."""

    kind: Literal["anchors"]
    anchors: dict[str, Anchor]


class PulseFrame(Frame):
    """Sent every ``PULSE_S`` seconds by the script's own timer, whatever happens on the page."""

    kind: Literal["pulse"]
    late_ms: float
    """How much later than planned: the page was frozen, or the computer asleep."""
    missed: int
    """Changes of rows that no observer announced and this look found; they were sent before this frame."""
    broken: tuple[str, ...]
    """Anchors without a match although this screen must have them."""
    worn: tuple[str, ...]
    """Anchors that match by an older sign than the best one seen in this document."""
    online: bool
    """What the browser says of the network."""
    paused: bool = False
    """The person has stopped the capture: no row and no chat is read."""


class SelectorsFrame(Frame):
    """What became of the selectors that were to be tried."""

    kind: Literal["selectors"]
    used: tuple[str, ...]
    """Anchors that are found by them now."""
    refused: dict[str, str]
    """Anchors that stay as they were, and why."""


class EchoFrame(Frame):
    """The answer to an ``EchoCommand``: measures the bare channel."""

    kind: Literal["echo"]
    nonce: int


class FaultFrame(Frame):
    """The script caught an error of its own. Holds no text of the page."""

    kind: Literal["fault"]
    where: str
    error: str


AnyFrame = Annotated[
    HelloFrame
    | StateFrame
    | ChatsFrame
    | ChatFrame
    | RowsFrame
    | Wish
    | TypingFrame
    | PaintedFrame
    | AnchorsFrame
    | PulseFrame
    | SelectorsFrame
    | EchoFrame
    | FaultFrame,
    Field(discriminator="kind"),
]

FRAME: TypeAdapter[AnyFrame] = TypeAdapter(AnyFrame)
