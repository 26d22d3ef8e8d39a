"""What the core wants done. There is no effect that sends a message or opens a chat."""

from collections.abc import Mapping
from dataclasses import dataclass

from agent.contract.analysis import Analysis, Question
from agent.contract.commands import AnyCommand, InsertCommand
from agent.contract.rows import OpenChat
from agent.contract.stored import Edit, MessageState, OfferRecord, Outcome, RowBatch
from agent.contract.triage import ListedChat


@dataclass(frozen=True, slots=True)
class Save:
    """Store rows. Answered by ``Saved``."""

    chat: OpenChat
    batch: RowBatch


@dataclass(frozen=True, slots=True)
class Analyse:
    """Understand one message. Answered by ``Analysed`` or ``AnalysisFailed``."""

    message_id: int
    wa_id: str
    conversation_id: int
    question: Question
    urgent: bool
    """The person is waiting for a card: before all others."""


@dataclass(frozen=True, slots=True)
class SaveListed:
    """Keep what the chat list shows of some chats. No answer."""

    session: str
    chats: tuple[ListedChat, ...]
    zone: str | None
    """Of the list's clock times."""


@dataclass(frozen=True, slots=True)
class Glance:
    """Understand the last words of a chat that is not open, when nothing else is to do. Answered by ``Glanced``."""

    title: str
    twin: int
    question: Question
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class ThinkAhead:
    """Begin to understand the text that an urgent ``Analyse`` will ask for once its row is stored. No answer."""

    question: Question


@dataclass(frozen=True, slots=True)
class Prefetch:
    """Let the model read a conversation before it is asked to answer. No answer. A draft ends it."""

    conversation_id: int


@dataclass(frozen=True, slots=True)
class Correct:
    """The person says what a message really wanted."""

    message_id: int
    intent: str


@dataclass(frozen=True, slots=True)
class StoreAnalysis:
    """Keep what was understood."""

    message_id: int
    analysis: Analysis


@dataclass(frozen=True, slots=True)
class SetState:
    """Move messages on."""

    message_ids: tuple[int, ...]
    state: MessageState


@dataclass(frozen=True, slots=True)
class Announce:
    """A line in the event log that is of no message: states of the page, the verdict on the capture. No answer."""

    kind: str
    data: Mapping[str, object]
    """Labels and numbers; never what the page says."""


@dataclass(frozen=True, slots=True)
class Tell:
    """Hand a command to the page."""

    command: AnyCommand


@dataclass(frozen=True, slots=True)
class StoreOffer:
    """Keep what was shown."""

    offer: OfferRecord


@dataclass(frozen=True, slots=True)
class StartDraft:
    """Let the model write. Answered by ``DraftGrew`` and ``DraftEnded``. Stops the draft before it."""

    offer_id: str
    conversation_id: int
    analysis: Analysis


@dataclass(frozen=True, slots=True)
class StopDraft:
    """The draft is stale."""


@dataclass(frozen=True, slots=True)
class Insert:
    """Put a text into the box. Answered by ``InsertEnded``."""

    offer_id: str
    slot: int
    command: InsertCommand


@dataclass(frozen=True, slots=True)
class Mark:
    """Remember what became of a suggestion."""

    offer_id: str
    slot: int
    outcome: Outcome
    distance: int | None = None
    code: str | None = None
    edit: Edit | None = None
    """How the person changed it."""


@dataclass(frozen=True, slots=True)
class Answered:
    """Remember which of our messages answered a card's. Comes after its marks: then the card can be learned from."""

    offer_id: str
    wa_id: str


@dataclass(frozen=True, slots=True)
class Measure:
    """A time that the page measured, in milliseconds."""

    name: str
    ms: float


Effect = (
    Save
    | SaveListed
    | Glance
    | ThinkAhead
    | Prefetch
    | Analyse
    | Correct
    | StoreAnalysis
    | SetState
    | Announce
    | Tell
    | StoreOffer
    | StartDraft
    | StopDraft
    | Insert
    | Mark
    | Answered
    | Measure
)
