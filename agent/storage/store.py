"""The ``Store`` port on a SQL database."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
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
from agent.storage.learning import LearningStore
from agent.storage.people import PeopleStore
from agent.storage.repositories import analyses, corrections, events, listed, messages, suggestions, totals
from agent.storage.search import SearchStore


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

    async def announce(self, kind: str, data: Mapping[str, object]) -> None:
        """Append an event that is of no message: ids, labels and numbers."""
        async with self._write() as db:
            await events.append(db, [events.Told(kind, None, None, dict(data))], self._now())

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

    async def save_offer(self, offer: OfferRecord) -> None:
        """Store a card and its suggestions; known slots are replaced (a draft that has grown)."""
        async with self._write() as db:
            now = self._now()
            await events.append(db, await suggestions.keep(db, offer, now), now)

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
    def people(self) -> PeopleStore:
        """The customers: who there is, and what a person decides of them."""
        return PeopleStore(self._write, self._read, self._now, self._database.scrub)

    @property
    def search(self) -> SearchStore:
        """Full text over messages and customers."""
        return SearchStore(self._read)

    async def events_after(self, number: int, limit: int = 500) -> list[StoredEvent]:
        """Events with a larger number, in order."""
        async with self._read() as db:
            return await events.after(db, number, limit)

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
            yield db

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
