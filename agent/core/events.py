"""What the core is told."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from agent.contract.analysis import Analysis
from agent.contract.commands import AnyCommand, InsertCommand, InsertResult
from agent.contract.connector import CustomerRecord
from agent.contract.frames import AnyFrame
from agent.contract.life import Life
from agent.contract.rows import OpenChat
from agent.contract.stored import SavedBatch, StoredMessage
from agent.contract.triage import ListedChat
from agent.ports import ModelState


@dataclass(frozen=True, slots=True)
class FrameArrived:
    """The page said something."""

    frame: AnyFrame


@dataclass(frozen=True, slots=True)
class FramesLost:
    """Frames were dropped on the way (a full queue, or an unreadable one): the page must be read again."""


@dataclass(frozen=True, slots=True)
class Saved:
    """A batch is in the database."""

    chat: OpenChat
    batch: SavedBatch


@dataclass(frozen=True, slots=True)
class Resumed:
    """An earlier run left these unfinished."""

    messages: tuple[StoredMessage, ...]


@dataclass(frozen=True, slots=True)
class Analysed:
    """A message was understood."""

    message_id: int
    wa_id: str
    conversation_id: int
    text: str
    """What was understood: the customer may have edited it since."""
    analysis: Analysis


@dataclass(frozen=True, slots=True)
class Glanced:
    """The last words of a chat that is not open were understood."""

    title: str
    twin: int
    text: str
    analysis: Analysis


@dataclass(frozen=True, slots=True)
class AnalysisFailed:
    """A message could not be understood; the failure has been logged."""

    message_id: int


@dataclass(frozen=True, slots=True)
class DraftGrew:
    """The model wrote more: the whole text so far."""

    offer_id: str
    text: str


@dataclass(frozen=True, slots=True)
class DraftEnded:
    """The model is done, or gave up (no text)."""

    offer_id: str


@dataclass(frozen=True, slots=True)
class InsertEnded:
    """The page answered an insertion."""

    offer_id: str
    slot: int
    result: InsertResult
    text: str | None = None
    """What was to go in, where the person had changed it; None: as it was offered."""


@dataclass(frozen=True, slots=True)
class PutEnded:
    """The page answered a ``Put``."""

    purpose: Literal["canned", "task"]
    command: InsertCommand
    result: InsertResult


@dataclass(frozen=True, slots=True)
class Served:
    """What came of an errand, for the page."""

    command: AnyCommand


@dataclass(frozen=True, slots=True)
class ReplyFilled:
    """A canned reply with what is known of the open chat in it."""

    chat_token: int
    reply_id: str
    text: str
    missing: tuple[str, ...]
    typed: str
    """What it takes the place of."""


@dataclass(frozen=True, slots=True)
class Looked:
    """A while has passed: what depends on the time is to be told anew."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Recalled:
    """What an earlier run knew of the chat list."""

    chats: tuple[ListedChat, ...]


@dataclass(frozen=True, slots=True)
class ModelChanged:
    """The draft model came or went."""

    state: ModelState
    name: str | None


@dataclass(frozen=True, slots=True)
class LifeChanged:
    """Messages are captured, or not any more, or not as well as before."""

    life: Life


@dataclass(frozen=True, slots=True)
class LookingUp:
    """The connected system is asked for the customer of a chat."""

    chat_token: int
    source: str


@dataclass(frozen=True, slots=True)
class LookedUp:
    """It knows exactly one customer of that number."""

    chat_token: int
    record: CustomerRecord


@dataclass(frozen=True, slots=True)
class Forgotten:
    """Conversations are not what they were: nothing that is remembered of them counts any more."""

    conversation_ids: frozenset[int] = frozenset()
    titles: frozenset[str] = frozenset()
    """Whose rows of the chat list are to be forgotten too."""
    message_ids: frozenset[int] = frozenset()
    """Of messages that are gone; those of merged and split conversations are not."""
    offer_ids: frozenset[str] = frozenset()
    """Of cards that are gone."""


Event = (
    FrameArrived
    | FramesLost
    | Saved
    | Resumed
    | Analysed
    | Forgotten
    | Glanced
    | AnalysisFailed
    | DraftGrew
    | DraftEnded
    | InsertEnded
    | PutEnded
    | Served
    | ReplyFilled
    | Looked
    | Recalled
    | ModelChanged
    | LifeChanged
    | LookingUp
    | LookedUp
)
