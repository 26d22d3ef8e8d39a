"""What the core knows of one session."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from agent.contract.analysis import Analysis
from agent.contract.commands import Suggestion
from agent.contract.frames import PageNotice, PageState
from agent.contract.life import Life
from agent.contract.rows import ChatPreview, OpenChat, Row
from agent.contract.triage import ListedChat
from agent.ports import ModelState


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
    model: ModelState = "off"
    model_name: str | None = None
    life: Life | None = None
