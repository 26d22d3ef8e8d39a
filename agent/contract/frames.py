"""Frames: what the script inside the page tells the agent, one JSON object a frame."""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from agent.contract.base import Value
from agent.contract.rows import Anchor, ChatPreview, OpenChat, RowChange

FRAME_FORMAT: Literal[1] = 1


class PageState(StrEnum):
    """Which screen WhatsApp Web shows."""

    BOOTSTRAP = "bootstrap"
    QR = "qr"
    SYNCING = "syncing"
    READY = "ready"
    UNKNOWN = "unknown"


class Frame(Value):
    """What every frame carries."""

    v: Literal[1] = FRAME_FORMAT
    seq: int
    """Counts up by one from 1 for each document: a gap means that a frame was lost."""
    at_ms: float
    """Milliseconds since the Unix epoch."""


class HelloFrame(Frame):
    """The script has started in a new document."""

    kind: Literal["hello"]
    script: str
    """Version of the built script."""
    lang: str | None


class StateFrame(Frame):
    """The screen changed, or its QR code or progress did."""

    kind: Literal["state"]
    state: PageState
    qr: str | None = None
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


class PickedFrame(Frame):
    """The person chose a suggestion (trusted input only)."""

    kind: Literal["picked"]
    offer_id: str
    slot: int
    via: Literal["click", "shortcut"]


class DismissedFrame(Frame):
    """The person closed the card (trusted input only)."""

    kind: Literal["dismissed"]
    offer_id: str


class CorrectedFrame(Frame):
    """The person says that the card's message wanted something else (trusted input only)."""

    kind: Literal["corrected"]
    offer_id: str
    intent: str


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
    | PickedFrame
    | DismissedFrame
    | CorrectedFrame
    | TypingFrame
    | PaintedFrame
    | AnchorsFrame
    | EchoFrame
    | FaultFrame,
    Field(discriminator="kind"),
]

FRAME: TypeAdapter[AnyFrame] = TypeAdapter(AnyFrame)
