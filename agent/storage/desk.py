"""The part of the store that people work with: conversations, what was said, customers. ``SqlStore`` makes it."""

from collections.abc import Callable, Collection, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from agent.contract.customers import CustomerCard, CustomerLine, Note
from agent.contract.desk import ConversationChange, ConversationLine, ConversationPage, ConversationQuery
from agent.contract.history import CardPage, CardQuery, MessageCard, MessagePage
from agent.contract.people import Person
from agent.contract.stages import Stage, StageChange, StageRemoved
from agent.contract.stored import StoredMessage
from agent.contract.workplace import MoodPoint, Reminder
from agent.storage.days import Place
from agent.storage.repositories import counter, customers, desk, events, messages, stages, thread
from agent.storage.repositories.events import Told

Begin = Callable[[], AbstractAsyncContextManager[AsyncConnection]]


class DeskStore:
    """Conversations, messages and customers as people see them, and what people write about them."""

    def __init__(self, write: Begin, read: Begin, now: Callable[[], datetime]) -> None:
        """``write`` and ``read`` begin transactions."""
        self._write, self._read, self._now = write, read, now

    async def conversations(self, query: ConversationQuery) -> ConversationPage:
        """A page of the conversations, the one with the newest message first. ``BadInput``: no such cursor."""
        async with self._read() as db:
            return await desk.page(db, query)

    async def conversation(self, conversation_id: int) -> ConversationLine | None:
        """A conversation, or the one to which a person has joined it; None where there is none."""
        async with self._read() as db:
            return await desk.one(db, conversation_id)

    async def change(self, conversation_id: int, wanted: ConversationChange) -> ConversationLine | None:
        """Write what a person says of a conversation; None where there is none. ``BadInput``: no such user."""
        async with self._write() as db:
            now = self._now()
            live, told = await desk.change(db, conversation_id, wanted, now)
            await events.append(db, told, now)
            return None if live is None else await desk.one(db, live)

    async def stages(self) -> list[Stage]:
        """The company's own stages, in their order."""
        async with self._read() as db:
            return await stages.listed(db)

    async def add_stage(self, name: str) -> Stage:
        """One more stage, behind the others. ``BadInput``: the name is taken, or there are too many."""
        async with self._write() as db:
            made, told = await stages.add(db, name)
            await self._tell(db, told)
            return made

    async def change_stage(self, stage_id: int, wanted: StageChange) -> Stage | None:
        """Rename a stage or put it elsewhere; None where there is none. ``BadInput``: the name is taken."""
        async with self._write() as db:
            changed, told = await stages.change(db, stage_id, wanted)
            await self._tell(db, told)
            return changed

    async def remove_stage(self, stage_id: int, to: int | None) -> StageRemoved | None:
        """Remove a stage; what stands in it goes ``to`` another one or to none. None where there is none."""
        async with self._write() as db:
            removed, told = await stages.remove(db, stage_id, to, self._now())
            await self._tell(db, told)
            return removed

    async def messages(self, conversation_id: int, limit: int = 50, before: int | None = None) -> MessagePage | None:
        """Messages of a conversation, the newest first; None where there is no such one. ``BadInput``: no cursor."""
        async with self._read() as db:
            return await thread.page(db, conversation_id, limit, before)

    async def message(self, message_id: int) -> MessageCard | None:
        """One message with all that is known of it; None where there is none."""
        async with self._read() as db:
            return next(iter(await thread.messages(db, [message_id])), None)

    async def customers_of(self, conversation_ids: Collection[int]) -> set[int]:
        """Who these conversations are with."""
        async with self._read() as db:
            return await thread.customers_of(db, conversation_ids)

    async def chats_of(self, customer_ids: Collection[int]) -> frozenset[int]:
        """All conversations of these customers, and of whoever is one person with them."""
        async with self._read() as db:
            return await thread.chats_of(db, customer_ids)

    async def cards(self, query: CardQuery) -> CardPage:
        """Cards that were shown, the last one first. ``BadInput``: no such cursor."""
        async with self._read() as db:
            return await thread.cards(db, query)

    async def customers(
        self, typed: str | None = None, tag: str | None = None, limit: int = 50, before: int | None = None
    ) -> tuple[list[CustomerLine], int | None]:
        """Customers, the one stored last first; and the number to go on with, None at the end."""
        async with self._read() as db:
            return await customers.page(db, typed, tag, before, limit)

    async def card(self, person: Person, place: Place) -> CustomerCard:
        """All that is known of a customer, but for their messages."""
        async with self._read() as db:
            return await customers.card(db, person, place, self._now())

    async def rename(self, customer_id: int, name: str | None) -> None:
        """Give a customer a name; None: the title of their chat."""
        async with self._write() as db:
            await self._tell(db, await customers.rename(db, customer_id, name))

    async def tag(self, customer_id: int, tag: str) -> None:
        """Tag a customer. ``BadInput``: they have too many."""
        async with self._write() as db:
            await self._tell(db, await customers.tag(db, customer_id, tag))

    async def untag(self, customer_id: int, tag: str) -> None:
        """Take a tag from a customer."""
        async with self._write() as db:
            await self._tell(db, await customers.untag(db, customer_id, tag))

    async def notes(
        self, customer_id: int, limit: int = 50, before: int | None = None
    ) -> tuple[tuple[Note, ...], int | None]:
        """Notes about a customer, the newest first; and the number to go on with, None at the end."""
        async with self._read() as db:
            return await customers.notes(db, customer_id, before, limit)

    async def note(self, customer_id: int, note_id: int) -> Note | None:
        """One note about a customer; None where there is none."""
        async with self._read() as db:
            return await customers.note(db, customer_id, note_id)

    async def add_note(self, customer_id: int, text: str, by: str) -> Note:
        """Write a note. ``BadInput``: there are too many."""
        async with self._write() as db:
            note, told = await customers.add_note(db, customer_id, text, by, self._now())
            await self._tell(db, told)
            return note

    async def write_note(self, customer_id: int, note_id: int, text: str) -> Note | None:
        """Write a note anew; None where there is none."""
        async with self._write() as db:
            if await customers.note(db, customer_id, note_id) is None:
                return None
            await self._tell(db, await customers.write_note(db, customer_id, note_id, text, self._now()))
            return await customers.note(db, customer_id, note_id)

    async def remove_note(self, customer_id: int, note_id: int) -> None:
        """Throw a note away."""
        async with self._write() as db:
            if await customers.note(db, customer_id, note_id) is not None:
                await self._tell(db, await customers.remove_note(db, customer_id, note_id))

    async def set_field(self, customer_id: int, name: str, value: str) -> None:
        """Write a field of a customer. ``BadInput``: there are too many."""
        async with self._write() as db:
            await self._tell(db, await customers.set_field(db, customer_id, name, value))

    async def drop_field(self, customer_id: int, name: str) -> None:
        """Take a field from a customer."""
        async with self._write() as db:
            await self._tell(db, await customers.drop_field(db, customer_id, name))

    async def course(self, conversation_ids: Collection[int], last: int = 40) -> tuple[MoodPoint, ...]:
        """How a customer sounded in their last messages that were understood, oldest first."""
        async with self._read() as db:
            return await counter.course(db, conversation_ids, last)

    async def due(self, session: str) -> tuple[Reminder, ...]:
        """Conversations that somebody wanted to come back to by now, the longest due first."""
        async with self._read() as db:
            return await counter.due(db, session, self._now())

    async def handed_over(self, limit: int = 100) -> list[StoredMessage]:
        """Messages that other systems handed over and that are not understood yet, oldest first."""
        async with self._read() as db:
            return await messages.handed_over(db, limit)

    async def _tell(self, db: AsyncConnection, told: Sequence[Told]) -> None:
        await events.append(db, told, self._now())
