"""The part of the store that says who the customers are, and what a person decided of them. ``SqlStore`` makes it."""

from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from agent.contract.people import Erased, Merged, Person, Said, Split
from agent.storage.repositories import erasing, events, joining, people, splitting
from agent.storage.repositories.events import Told

Begin = Callable[[], AbstractAsyncContextManager[AsyncConnection]]


class PeopleStore:
    """The customers. What a person says of them (merge, split) outranks how a chat is known again by itself."""

    def __init__(
        self, write: Begin, read: Begin, now: Callable[[], datetime], scrub: Callable[[], Awaitable[None]]
    ) -> None:
        """``write`` and ``read`` begin transactions; ``scrub`` removes what deleting leaves behind."""
        self._write, self._read, self._now, self._scrub = write, read, now, scrub

    async def listed(self) -> list[Person]:
        """Every customer, the last one who wrote first."""
        async with self._read() as db:
            return await people.listed(db)

    async def find(self, wanted: str) -> list[Person]:
        """Customers of this name, phone number or number."""
        async with self._read() as db:
            return await people.find(db, wanted)

    async def is_group(self, title: str) -> bool:
        """Whether a group is called so."""
        async with self._read() as db:
            return await people.is_group(db, title)

    async def said(self, customer_id: int, last: int = 50) -> list[Said]:
        """The ``last`` messages of each of a customer's chats, in the order of the chats."""
        async with self._read() as db:
            return await people.said(db, customer_id, last)

    async def merge(self, kept_id: int, other_id: int, *, same_chat: bool = False) -> Merged:
        """Two customers are one. ``same_chat``: their chats too, in order. ``BadInput``: it makes no sense."""
        async with self._write() as db:
            now = self._now()
            done, told = await joining.merge(db, kept_id, other_id, same_chat, now)
            await events.append(db, told, now)
            return done

    async def part(self, customer_id: int) -> Split:
        """Take back that a customer was merged into another one. ``BadInput``: they were not."""
        async with self._write() as db:
            done, told = await joining.part(db, customer_id)
            await events.append(db, told, self._now())
            return done

    async def split(self, customer_id: int, message_id: int) -> Split:
        """From a message on, a chat is another customer's. ``BadInput``: nothing would be left, or move."""
        async with self._write() as db:
            now = self._now()
            done, told = await splitting.split(db, customer_id, message_id, now)
            await events.append(db, told, now)
            return done

    async def erase(self, customer_id: int) -> Erased:
        """Remove a customer and what rests on them alone, from the file and its WAL. ``LookupError``: no such one."""
        async with self._write() as db:
            erased = await erasing.erase(db, customer_id)
            await events.append(db, [Told("customer.erased", None, None, {"messages": erased.messages})], self._now())
        await self._scrub()
        return erased
