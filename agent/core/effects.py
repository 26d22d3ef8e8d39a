"""What the core wants done. There is no effect that sends a message or opens a chat."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from agent.contract.analysis import Analysis, Question
from agent.contract.commands import AnyCommand, InsertCommand
from agent.contract.rows import OpenChat
from agent.contract.stored import Edit, MessageState, OfferRecord, Outcome, RowBatch
from agent.contract.triage import ListedChat
from agent.core.errands import Errand


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
    """A line in the event log: states of the page, the verdict on the capture, a caution. No answer."""

    kind: str
    data: Mapping[str, object]
    """Labels and numbers; never what the page says."""
    conversation_id: int | None = None
    message_id: int | None = None
    """Whose it is; None where it is of nobody."""


@dataclass(frozen=True, slots=True)
class Tell:
    """Hand a command to the page."""

    command: AnyCommand


@dataclass(frozen=True, slots=True)
class LookUp:
    """Ask the connected system for the customer of the open chat. Answered by ``LookedUp``, late or never.

    The number is the one that the page shows, else the one that is stored of the conversation. A newer one stops it.
    """

    chat_token: int
    phone: str | None
    conversation_id: int | None


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
class Put:
    """Put a text into the box that is of no card. Answered by ``PutEnded``."""

    purpose: Literal["canned", "task"]
    command: InsertCommand


@dataclass(frozen=True, slots=True)
class Serve:
    """Something that a person asked for, or that the page is to know, beside the conversations. Nothing waits for it.

    Answered by ``Served`` or an event of its own, or by nothing.
    """

    errand: Errand


@dataclass(frozen=True, slots=True)
class Judge:
    """The person says that a suggestion was no good."""

    offer_id: str
    slot: int
    reason: str


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
class Painted:
    """Remember how long it took until a card was painted, in milliseconds from its message on the page."""

    offer_id: str
    ms: float


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
    | LookUp
    | StoreOffer
    | StartDraft
    | StopDraft
    | Insert
    | Put
    | Serve
    | Judge
    | Mark
    | Answered
    | Painted
    | Measure
)
