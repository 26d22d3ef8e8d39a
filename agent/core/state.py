"""What the core knows of one session."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from agent.contract.analysis import Analysis
from agent.contract.cares import CareCode
from agent.contract.commands import QueueCommand, Suggestion
from agent.contract.frames import PageNotice, PageState
from agent.contract.life import Life
from agent.contract.rows import ChatPreview, OpenChat, Row
from agent.contract.triage import ListedChat
from agent.core.cautions import Cautions
from agent.core.hours import Attendance
from agent.ports import ModelState
from agent.shield import Company


@dataclass(frozen=True, slots=True)
class Seen:
    """One row of the open chat, and when the page first had it."""

    row: Row
    seen_ms: float


@dataclass(frozen=True, slots=True)
class Inserted:
    """A reply that stands in the box and waits for the person."""

    slot: int
    text: str
    """As it was offered: what the person changed in the card counts as what they change in the box."""


@dataclass(frozen=True, slots=True)
class Offer:
    """The card that is shown."""

    offer_id: str
    message_id: int
    wa_id: str
    conversation_id: int
    analysis: Analysis
    suggestions: tuple[Suggestion, ...]
    draft_slot: int | None
    inserted: Inserted | None = None
    attendant: str = ""
    judged: frozenset[int] = frozenset()
    """Slots that the person found no good."""


@dataclass(frozen=True, slots=True)
class Unread:
    """A row that came after the card and may be its answer; what it says is not in the page yet."""

    wa_id: str
    offer: Offer


@dataclass(frozen=True, slots=True)
class Conversation:
    """The open chat as far as the page has shown it."""

    chat: OpenChat
    rows: dict[str, Seen] = field(default_factory=dict)
    order: tuple[str, ...] = ()
    ids: dict[str, int] = field(default_factory=dict)
    """Database ids by message id."""
    conversation_id: int | None = None
    dismissed: str | None = None
    """The person closed the card for this message: it is not offered again."""
    asked: str | None = None
    """An analysis for a card of this message is under way."""
    customer: Literal["", "asked", "stale"] = ""
    """Whether the customer's card is being read, and whether something has changed since that was asked for."""
    cautions: Cautions = field(default_factory=Cautions)
    unread: Unread | None = None


@dataclass(frozen=True, slots=True)
class State:
    """One session."""

    session: str
    run: str
    """Makes offer ids unique over restarts."""
    attendant: str = ""
    """Who sits here; empty when that is not known."""
    limit: int = 3
    drafts: bool = True
    zone: str | None = None
    """Time zone of the page's clock times."""
    page: PageState = PageState.UNKNOWN
    notices: tuple[PageNotice, ...] = ()
    """What lies over the chats."""
    open: Conversation | None = None
    offer: Offer | None = None
    previews: tuple[ChatPreview, ...] = ()
    """What the chat list shows just now."""
    listed: Mapping[tuple[str, int], ListedChat] = field(default_factory=dict)
    """All chats that the list has shown, by title and twin."""
    offers_made: int = 0
    refused: Mapping[int, frozenset[str]] = field(default_factory=dict)
    """By conversation: what the person found no good there, as ``offers.name_of`` calls it. It is not offered again."""
    model: ModelState = "off"
    model_name: str | None = None
    life: Life | None = None
    attendance: Attendance = field(default_factory=Attendance)
    now: datetime | None = None
    """The last moment that is known: of the chat list, or of a look at the clock."""
    queue: QueueCommand | None = None
    """What the page was told last of who waits."""
    writes: bool = False
    """The model was asked to put a text of the open chat otherwise, or to explain the chat."""
    paused: bool = False
    """The person has stopped the capture."""
    connected: bool = False
    """There is another system that knows the customers."""
    company: Company = field(default_factory=Company)
    """What is the company's own: no reason to look twice."""
    raised: frozenset[tuple[int, CareCode]] = frozenset()
    """Cautions that were announced, by message."""
