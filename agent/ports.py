"""The edges as the core sees them. Adapters live in their own rooms; ``compose`` alone names them."""

from collections.abc import AsyncGenerator, Collection, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Literal, Protocol

from agent.contract.analysis import Analysis, Question
from agent.contract.commands import AnyCommand, InsertCommand, InsertResult
from agent.contract.connector import CustomerRecord
from agent.contract.frames import AnyFrame
from agent.contract.stored import (
    AnalysedMessage,
    Counts,
    Edit,
    MessageState,
    OfferRecord,
    Outcome,
    RowBatch,
    SavedBatch,
    StoredEvent,
    StoredMessage,
)
from agent.contract.triage import ListedChat
from agent.contract.workplace import Language, Task

ModelState = Literal["off", "loading", "ready", "failed"]


class Page(Protocol):
    """One open WhatsApp Web page. It has no method that sends."""

    def frames(self) -> AsyncGenerator[AnyFrame | None]:
        """Frames in the order in which the page sent them; None where some were lost; ends when it was closed.

        Raises:
            ConnectionError: the page crashed.
        """
        ...

    async def tell(self, command: AnyCommand) -> None:
        """Hand a command to the script in the page. Raises ``ConnectionError`` when the page is gone."""
        ...

    async def insert(self, command: InsertCommand) -> InsertResult:
        """Put a text into the box and read it back."""
        ...

    def end(self) -> None:
        """Read nothing more: ``frames`` ends behind what was read until now."""
        ...


class Analyst(Protocol):
    """Understands messages and finds replies. Never blocks the event loop."""

    @property
    def model_state(self) -> ModelState:
        """State of the draft model."""
        ...

    @property
    def model_name(self) -> str | None:
        """Name of the draft model as shown to a person; None when drafts are off."""
        ...

    @property
    def first_token_ms(self) -> Sequence[float]:
        """For each draft so far, milliseconds from the request to the model's first token."""
        ...

    async def analyse(self, question: Question, limit: int = 3) -> Analysis:
        """Sentiment, intent and up to ``limit`` retrieved replies (tier 0, milliseconds)."""
        ...

    def draft(
        self, turns: Sequence[StoredMessage], analysis: Analysis, *, patient: bool = False
    ) -> AsyncGenerator[str]:
        """The model's reply to the last of ``turns`` (oldest first): the whole text so far, each time it grows.

        ``patient``: nobody sits before the open chat and waits for it; whatever the page wants goes first, and ends it.

        Ends without an item when there is no model or the guard refused the text; an empty text as the last item takes
        back what was given before. Closing the iterator stops the model.
        """
        ...

    def rewrite(
        self, task: Task, text: str | None, turns: Sequence[StoredMessage], language: Language | None
    ) -> AsyncGenerator[str]:
        """What becomes of a text that a person wants otherwise, or of a conversation that is to be explained.

        ``text``: None where the task is about ``turns`` (oldest first). It goes before a draft. Gives the whole text so
        far, each time it grows, and ends as ``draft`` does.
        """
        ...

    def prefetch(self, turns: Sequence[StoredMessage]) -> None:
        """A reply to these turns may be asked for soon: let the model read them, while it has nothing better to do.

        Returns at once; a ``draft`` or another ``prefetch`` ends it.
        """
        ...

    def forget(self, conversations: Collection[int]) -> None:
        """Keep nothing of these conversations: they were erased. Returns at once."""
        ...

    async def close(self) -> None:
        """Stop the model's thread and free it."""
        ...


class Connector(Protocol):
    """Another system that knows the customers. docs/connectors.md says how to write one."""

    @property
    def source(self) -> str:
        """Which system it is, as people read it."""
        ...

    async def look_up(self, phone: str) -> CustomerRecord | None:
        """What it says of a number, in E.164; None where it knows nobody, or it is not sure who is meant.

        Raises:
            ConnectionError: it does not answer. Nothing is shown then.
        """
        ...

    def forget(self) -> None:
        """Keep no answer of anybody: somebody was erased."""
        ...

    async def close(self) -> None:
        """Close its connections."""
        ...


class Erased(Protocol):
    """Who must not be known any more, though the page still shows them."""

    def is_message(self, session: str, wa_id: str) -> bool:
        """Whether a message of the page was erased."""
        ...

    def is_row(self, session: str, title: str, last_text: str | None) -> bool:
        """Whether a row of the chat list shows what it showed when its person was erased."""
        ...


class Store(Protocol):
    """Messages and the numbered event log. Every method is one transaction; repeating one changes nothing."""

    def together(self) -> AbstractAsyncContextManager[None]:
        """Everything that this task stores inside is one transaction."""
        ...

    async def save(self, batch: RowBatch) -> SavedBatch:
        """Store changed rows; a message is stored once for its (session, wa_id). Appends one event a change."""
        ...

    async def save_listed(self, session: str, chats: Sequence[ListedChat], zone: str | None) -> None:
        """What the chat list shows of some chats, whose clock times are in ``zone``."""
        ...

    async def announce(
        self,
        kind: str,
        data: Mapping[str, object],
        *,
        conversation_id: int | None = None,
        message_id: int | None = None,
    ) -> None:
        """Append an event; one that is of no message has no ids."""
        ...

    async def save_analysis(self, analysed: AnalysedMessage) -> None:
        """Store or replace a message's analysis."""
        ...

    async def set_state(self, message_ids: Sequence[int], state: MessageState) -> None:
        """Move messages to a state."""
        ...

    async def unfinished(self, session: str, limit: int = 1000) -> list[StoredMessage]:
        """Messages that an earlier run left unfinished, oldest first."""
        ...

    async def recent(self, conversation_id: int, limit: int = 12) -> list[StoredMessage]:
        """The last messages of a conversation in the order of the chat, oldest first; system rows left out."""
        ...

    async def phone_of(self, conversation_id: int) -> str | None:
        """The number of a conversation's customer, in E.164; None for a group, or where none or several are known."""
        ...

    async def save_offer(self, offer: OfferRecord) -> None:
        """Store a card and its suggestions; known slots are replaced (a draft that has grown)."""
        ...

    async def painted(self, offer_id: str, ms: float) -> None:
        """How long it took from the message on the page to the painted card, in milliseconds. The first time counts."""
        ...

    async def set_outcome(
        self,
        offer_id: str,
        slot: int,
        outcome: Outcome,
        *,
        distance: int | None = None,
        code: str | None = None,
        edit: Edit | None = None,
    ) -> None:
        """What became of a suggestion. ``distance``: edits in characters; ``code``: why it failed; ``edit``: how."""
        ...

    async def answered(self, offer_id: str, wa_id: str) -> None:
        """Which of our messages answered the message of a card."""
        ...

    async def judge(self, offer_id: str, slot: int, reason: str) -> None:
        """A person says that a suggestion was no good, and why."""
        ...

    async def correct(self, message_id: int, intent: str) -> None:
        """A person says what a message really wanted: kept beside the analysis, and an example to learn from."""
        ...

    async def events_after(self, number: int, limit: int = 500) -> list[StoredEvent]:
        """Events with a larger number, in order."""
        ...

    async def counts(self) -> Counts:
        """Totals over the whole database."""
        ...

    async def close(self) -> None:
        """Close every connection, with a WAL checkpoint."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class EventBatch:
    """Some events that follow each other. One object for all listeners: what is made of it, is made once."""

    numbers: tuple[int, ...]
    """Of its events, in order; never empty. Numbers may be missing, where events were erased."""
    lines: tuple[bytes, ...]
    """Each event as JSON."""


class EventStream(Protocol):
    """The numbered events as they are appended. The store's event log is the truth; the stream passes it on."""

    @property
    def last(self) -> int:
        """Number of the last event that the stream knows of."""
        ...

    async def is_ahead(self, number: int) -> bool:
        """Whether no event has this number yet."""
        ...

    async def start(self) -> None:
        """Find the end of the log: what is appended from now on is passed on."""
        ...

    async def run(self) -> None:
        """Pass on what is appended, until cancelled; then every listener comes to its end."""
        ...

    def follow(self, after: int) -> AsyncGenerator[EventBatch]:
        """Every event with a larger number, once and in order; it waits for those to come. Ends with the stream.

        Raises:
            BufferError: the listener was up to date and then fell too far behind. It may begin anew where it stopped.
        """
        ...


class EventLog(Protocol):
    """What a stream reads."""

    async def events_after(self, number: int, limit: int = 500) -> list[StoredEvent]:
        """Events with a larger number, in order."""
        ...

    async def last_event(self) -> int:
        """The largest number of an event; 0 when there is none."""
        ...
