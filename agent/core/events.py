"""What the core is told."""

from dataclasses import dataclass

from agent.contract.analysis import Analysis
from agent.contract.commands import InsertResult
from agent.contract.frames import AnyFrame
from agent.contract.life import Life
from agent.contract.rows import OpenChat
from agent.contract.stored import SavedBatch, StoredMessage
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


@dataclass(frozen=True, slots=True)
class ModelChanged:
    """The draft model came or went."""

    state: ModelState
    name: str | None


@dataclass(frozen=True, slots=True)
class LifeChanged:
    """Messages are captured, or not any more, or not as well as before."""

    life: Life


Event = (
    FrameArrived
    | FramesLost
    | Saved
    | Resumed
    | Analysed
    | Glanced
    | AnalysisFailed
    | DraftGrew
    | DraftEnded
    | InsertEnded
    | ModelChanged
    | LifeChanged
)
