"""The ``Store`` port on a SQL database."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

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
from agent.storage import capture
from agent.storage.accounts import AccountStore
from agent.storage.api_keys import ApiKeyStore
from agent.storage.audit import AuditStore
from agent.storage.dashboard import DashboardStore
from agent.storage.desk import DeskStore
from agent.storage.families import FamilyStore
from agent.storage.habits import HabitStore
from agent.storage.idempotency import IdempotencyStore
from agent.storage.jobs import JobStore
from agent.storage.learning import LearningStore
from agent.storage.people import PeopleStore
from agent.storage.privacy import PrivacyStore
from agent.storage.reporting import ReportingStore
from agent.storage.repositories import analyses, corrections, events, listed, messages, numbers, suggestions, totals
from agent.storage.search import SearchStore
from agent.storage.webhooks import WebhookStore


class Database(Protocol):
    """What is particular to one kind of database."""

    @property
    def engine(self) -> AsyncEngine:
        """Begins a writing transaction at once for connections with the execution option ``writes``."""
        ...

    def error(self, error: Exception) -> Exception:
        """The error for a person that stands for ``error``; ``error`` itself where a person can do nothing."""
        ...

    async def scrub(self) -> None:
        """Leave no trace of what was deleted in files beside the database."""
        ...

    async def close(self) -> None:
        """Give everything back; nothing is left to be written later."""
        ...


def utc_now() -> datetime:
    """The time of events, unless a test brings its own."""
    return datetime.now(UTC)


class SqlStore:
    """Messages and the numbered event log.

    Every method is one transaction: after it has returned, a kill of the process loses nothing of it, and before, it
    has changed nothing. Raises ``DiskFull`` and ``CorruptDatabase``; the store works again when the cause is gone.
    """

    def __init__(self, database: Database, now: Callable[[], datetime] = utc_now) -> None:
        """Use ``open_store``, which brings the tables up to date first."""
        self._database = database
        self._writing = database.engine.execution_options(writes=True)
        self._turn = asyncio.Lock()
        self._shared: ContextVar[AsyncConnection | None] = ContextVar("shared", default=None)
        self._now = now
        self._on_events: list[Callable[[], None]] = []

    def on_events(self, told: Callable[[], None]) -> None:
        """Have ``told`` called after each commit that appended events, and never for one that was taken back."""
        self._on_events.append(told)

    @asynccontextmanager
    async def together(self) -> AsyncIterator[None]:
        """Everything that this task stores inside is one transaction: all of it is kept, or nothing."""
        async with self._write() as db:
            shared = self._shared.set(db)
            try:
                yield
            finally:
                self._shared.reset(shared)

    async def save(self, batch: RowBatch) -> SavedBatch:
        """Store changed rows; a message is stored once for its (session, wa_id). Appends one event a change."""
        async with self._write() as db:
            return await capture.save(db, batch, self._now())

    async def save_listed(self, session: str, chats: Sequence[ListedChat], zone: str | None) -> None:
        """Store or replace what the chat list shows of some chats; an event for each that begins or ends to wait."""
        async with self._write() as db:
            now = self._now()
            await events.append(db, await listed.keep(db, session, chats, zone, now), now)

    async def listed(self, session: str) -> list[ListedChat]:
        """Every chat that the list has shown: those that wait first, the longest wait first."""
        async with self._read() as db:
            return await listed.all_of(db, session)

    async def announce(
        self,
        kind: str,
        data: Mapping[str, object],
        *,
        conversation_id: int | None = None,
        message_id: int | None = None,
    ) -> None:
        """Append an event: ids, labels and numbers. One that is of no message has no ids."""
        async with self._write() as db:
            await events.append(db, [events.Told(kind, conversation_id, message_id, dict(data))], self._now())

    async def save_analysis(self, analysed: AnalysedMessage) -> None:
        """Store or replace a message's analysis. Raises ``LookupError`` for an unknown message."""
        async with self._write() as db:
            now = self._now()
            await events.append(db, await analyses.keep(db, analysed.message_id, analysed.analysis, now), now)

    async def set_state(self, message_ids: Sequence[int], state: MessageState) -> None:
        """Move messages to a state."""
        async with self._write() as db:
            await messages.set_state(db, message_ids, state)

    async def unfinished(self, session: str, limit: int = 1000) -> list[StoredMessage]:
        """Messages that an earlier run left unfinished, oldest first."""
        async with self._read() as db:
            return await messages.unfinished(db, session, limit)

    async def recent(self, conversation_id: int, limit: int = 12) -> list[StoredMessage]:
        """The last messages of a conversation in the order of the chat, oldest first; system rows left out."""
        async with self._read() as db:
            return await messages.recent(db, conversation_id, limit)

    async def phone_of(self, conversation_id: int) -> str | None:
        """The number of a conversation's customer, in E.164; None for a group, or where none or several are known."""
        async with self._read() as db:
            return await numbers.phone_of(db, conversation_id)

    async def save_offer(self, offer: OfferRecord) -> None:
        """Store a card and its suggestions; known slots are replaced (a draft that has grown)."""
        async with self._write() as db:
            now = self._now()
            await events.append(db, await suggestions.keep(db, offer, now), now)

    async def painted(self, offer_id: str, ms: float) -> None:
        """How long it took from the message on the page to the painted card, in milliseconds. The first time counts."""
        async with self._write() as db:
            await events.append(db, await suggestions.painted(db, offer_id, ms), self._now())

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
        """What became of a suggestion. ``distance``: edits in characters; ``code``: why it failed.

        Raises ``LookupError`` for an unknown card; a slot that is not stored yet is made.
        """
        async with self._write() as db:
            now = self._now()
            await events.append(db, await suggestions.mark(db, offer_id, slot, outcome, distance, code, edit, now), now)

    async def answered(self, offer_id: str, wa_id: str) -> None:
        """Which of our messages answered the message of a card."""
        async with self._write() as db:
            now = self._now()
            await events.append(db, await suggestions.answered(db, offer_id, wa_id, now), now)

    async def judge(self, offer_id: str, slot: int, reason: str) -> None:
        """A person says that a suggestion was no good. Raises ``LookupError`` for an unknown one."""
        async with self._write() as db:
            now = self._now()
            await events.append(db, await suggestions.judge(db, offer_id, slot, reason, now), now)

    async def correct(self, message_id: int, intent: str) -> None:
        """A person says what a message really wanted. Raises ``LookupError`` for an unknown message."""
        async with self._write() as db:
            now = self._now()
            await events.append(db, await corrections.keep(db, message_id, intent, now), now)

    @property
    def learning(self) -> LearningStore:
        """What is learned from, and what came of it."""
        return LearningStore(self._write, self._read, self._now)

    @property
    def habits(self) -> HabitStore:
        """How people like their work."""
        return HabitStore(self._write, self._read, self._now)

    @property
    def people(self) -> PeopleStore:
        """The customers: who there is, and what a person decides of them."""
        return PeopleStore(self._write, self._read, self._now, self._database.scrub)

    @property
    def desk(self) -> DeskStore:
        """Conversations, messages and customers as people see them."""
        return DeskStore(self._write, self._read, self._now)

    @property
    def dashboard(self) -> DashboardStore:
        """Figures over what was stored."""
        return DashboardStore(self._read, self._now)

    @property
    def reporting(self) -> ReportingStore:
        """The figures of a day, a week, a month, as they are reported."""
        return ReportingStore(self._read, self._now)

    @property
    def privacy(self) -> PrivacyStore:
        """What is stored of a person, and how it is taken out."""
        return PrivacyStore(self._write, self._read, self._now, self._database.scrub)

    @property
    def search(self) -> SearchStore:
        """Full text over messages and customers."""
        return SearchStore(self._read)

    @property
    def jobs(self) -> JobStore:
        """When each job that runs by the clock last ran."""
        return JobStore(self._write, self._read)

    @property
    def webhooks(self) -> WebhookStore:
        """Other systems that are told of events."""
        return WebhookStore(self._write, self._read, self._now)

    @property
    def accounts(self) -> AccountStore:
        """Who may sign in, and with what."""
        return AccountStore(self._write, self._read, self._now)

    @property
    def families(self) -> FamilyStore:
        """Who has signed in, and their refresh tokens."""
        return FamilyStore(self._write, self._read, self._now)

    @property
    def api_keys(self) -> ApiKeyStore:
        """Keys of other systems."""
        return ApiKeyStore(self._write, self._read, self._now)

    @property
    def idempotency(self) -> IdempotencyStore:
        """Which writes were asked for before."""
        return IdempotencyStore(self._write, self._now)

    def audit(self, key: bytes, head: Path | None = None) -> AuditStore:
        """The audit log, proven by a key, and its length by a file, that are not in the database."""
        return AuditStore(self._write, self._read, self._now, key, head)

    async def events_after(self, number: int, limit: int = 500) -> list[StoredEvent]:
        """Events with a larger number, in order."""
        async with self._read() as db:
            return await events.after(db, number, limit)

    async def events_of(
        self, kinds: Sequence[str], *, above: int, before: int | None = None, limit: int
    ) -> list[StoredEvent]:
        """Events of these kinds with a number between two others, the newest first. All in between are looked at."""
        async with self._read() as db:
            return await events.of_kinds(db, kinds, above, before, limit)

    async def last_event(self) -> int:
        """The largest number of an event; 0 when there is none."""
        async with self._read() as db:
            return await events.last(db)

    async def last_event_at(self, kind: str) -> datetime | None:
        """When there was last an event of this kind; None: never."""
        async with self._read() as db:
            return await events.last_of(db, kind)

    async def counts(self) -> Counts:
        """Totals over the whole database."""
        async with self._read() as db:
            return await totals.counts(db)

    async def close(self) -> None:
        """Close every connection, with a WAL checkpoint."""
        async with self._turn, self._errors():
            await self._database.close()

    @asynccontextmanager
    async def _write(self) -> AsyncIterator[AsyncConnection]:
        """One writer at a time: waiting here is cheaper than inside the database, and fair."""
        if (shared := self._shared.get()) is not None:
            yield shared
            return
        async with self._turn, self._errors(), self._writing.begin() as db:
            db.info.pop(events.APPENDED, None)
            yield db
            appended = db.info.pop(events.APPENDED, False)
        if appended:
            for told in self._on_events:
                told()

    @asynccontextmanager
    async def _read(self) -> AsyncIterator[AsyncConnection]:
        async with self._errors(), self._database.engine.begin() as db:
            yield db

    @asynccontextmanager
    async def _errors(self) -> AsyncIterator[None]:
        try:
            yield
        except (SQLAlchemyError, OSError) as error:
            if (told := self._database.error(error)) is error:
                raise
            raise told from error
