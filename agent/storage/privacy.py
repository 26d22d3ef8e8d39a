"""The part of the store that knows what is stored of a person, and takes it out. ``SqlStore`` makes it.

``forgetting.Forgetting`` is what erases somebody everywhere; this is the database's share of it.
"""

from collections.abc import Awaitable, Callable, Collection, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from agent.contract.desk import LegalBasis
from agent.contract.export import Export
from agent.contract.privacy import Consent, ErasureKind, Expired
from agent.storage.repositories import (
    anonymising,
    consents,
    erasing,
    events,
    exporting,
    people,
    restoring,
    search,
    subject,
)
from agent.storage.repositories.events import Told
from agent.storage.repositories.restoring import Sought
from agent.storage.repositories.subject import Known
from agent.storage.tables import Conversation, Customer, CustomerTag, Message

Begin = Callable[[], AbstractAsyncContextManager[AsyncConnection]]
Remember = Callable[[Known], Awaitable[int]]
"""Keeps by what somebody would be known again, before anything is removed; the number of the ledger's line."""


@dataclass(frozen=True, slots=True)
class TakenOut:
    """What was done in the database."""

    kind: ErasureKind
    known: Known
    tables: Mapping[str, int]
    mentions_left: int = 0
    people: int = 1
    """Lines of customers that were brought back."""


class PrivacyStore:
    """What is stored of a person."""

    def __init__(
        self, write: Begin, read: Begin, now: Callable[[], datetime], scrub: Callable[[], Awaitable[None]]
    ) -> None:
        """Use ``SqlStore.privacy``."""
        self._write, self._read, self._now, self._scrub = write, read, now, scrub

    async def export(self, customer_id: int, profile: str) -> Export:
        """Everything about a person, but for what lies outside the database. ``LookupError``: no such customer."""
        async with self._read() as db:
            return await exporting.everything(db, await subject.lines_of(db, customer_id), profile, self._now())

    async def take_out(self, customer_id: int, kind: ErasureKind, remember: Remember) -> TakenOut:
        """Erase a person, or make them anonymous. ``LookupError``: no such customer."""
        async with self._write() as db:
            lines = await subject.lines_of(db, customer_id)
            taken = await self._take_out(db, lines, kind, remember)
        return await self._with_mentions(taken)

    async def take_out_again(self, kind: ErasureKind, sought: Sought, remember: Remember) -> TakenOut | None:
        """The same for all who are sought in a restored database; None where nobody of them is there."""
        async with self._write() as db:
            lines, rest = await restoring.found(db, sought, self._now())
            if not lines and not rest:
                return None
            taken = await self._take_out(db, lines | rest, kind, remember)
        return replace(await self._with_mentions(taken), people=len(lines) or 1)

    async def _with_mentions(self, taken: TakenOut) -> TakenOut:
        """Reads every message: not while others wait to write."""
        async with self._read() as db:
            return replace(taken, mentions_left=await erasing.mentions(db, taken.known.traces))

    async def _take_out(
        self, db: AsyncConnection, lines: Collection[int], kind: ErasureKind, remember: Remember
    ) -> TakenOut:
        who, known = await erasing.gathered(db, lines)
        number = await remember(known)
        now = self._now()
        if kind is ErasureKind.ERASED:
            tables = await erasing.remove(db, who)
        else:
            tables = await anonymising.anonymise(db, who, now)
        await restoring.mark(db, number)
        data: dict[str, object] = {
            "messages": tables.get("messages", 0),
            "customers": sorted(who.customers),
            "conversations": list(who.chats),
        }
        await events.append(db, [Told(f"customer.{kind.value}", None, None, data)], now)
        return TakenOut(kind, known, tables)

    async def scrub(self) -> None:
        """Leave no trace of what was removed in the index of words and in the database's files."""
        async with self._write() as db:
            await search.forget(db)
        await self._scrub()

    async def upto(self) -> int:
        """The last line of the ledger that was carried out here."""
        async with self._read() as db:
            return await restoring.upto(db)

    async def mark(self, number: int) -> None:
        """The ledger up to this line is carried out here."""
        async with self._write() as db:
            await restoring.mark(db, number)

    async def since(self, customer_ids: Collection[int]) -> datetime | None:
        """When the first of these lines was made: what is older is about somebody who had its number before."""
        async with self._read() as db:
            return await db.scalar(select(func.min(Customer.created_at)).where(Customer.id.in_(customer_ids)))

    async def expired(self, keep_days: int | None, by_tag: Mapping[str, int]) -> list[Expired]:
        """Who is kept no longer: the shortest time of their tags, or the general one; their last message counts."""
        if keep_days is None and not by_tag:
            return []
        async with self._read() as db:
            merged = await people.merges(db)
            tagged = (await db.execute(select(CustomerTag.customer_id, CustomerTag.tag))).all()
            last = func.max(func.coalesce(Message.sent_at, Message.first_seen)).label("last")
            query = select(Customer.id, Customer.created_at, Customer.anonymised_at, last)
            query = query.outerjoin(Conversation, Conversation.customer_id == Customer.id)
            query = query.outerjoin(Message, Message.conversation_id == Conversation.id)
            lines = (await db.execute(query.group_by(Customer.id, Customer.created_at, Customer.anonymised_at))).all()
        tags: dict[int, set[str]] = {}
        for customer_id, tag in tagged:
            tags.setdefault(people.person_of(customer_id, merged), set()).add(tag)
        seen: dict[int, datetime] = {}
        for line in lines:
            person = people.person_of(line.id, merged)
            at = line.last or line.created_at
            seen[person] = max(seen.get(person, at), at)
        gone = {people.person_of(line.id, merged) for line in lines if line.anonymised_at is not None}
        found = []
        for person, at in sorted(seen.items()):
            times = [by_tag[tag] for tag in tags.get(person, ()) if tag in by_tag]
            days = min(times) if times else keep_days
            if days is not None and person not in gone and at < self._now() - timedelta(days=days):
                found.append(Expired(customer_id=person, last_at=at, days=days))
        return found

    async def consents(self, customer_ids: Collection[int]) -> list[Consent]:
        """On which bases data of a customer are kept, oldest first."""
        async with self._read() as db:
            return await consents.listed(db, customer_ids)

    async def add_consent(self, customer_id: int, basis: LegalBasis, text: str, written_by: str) -> Consent:
        """Note a basis."""
        async with self._write() as db:
            now = self._now()
            made = await consents.add(db, customer_id, basis, text, written_by, now)
            await self._told(db, "consent.added", made)
            return made

    async def change_consent(
        self, customer_ids: Collection[int], consent_id: int, *, text: str | None, withdrawn: bool | None
    ) -> Consent | None:
        """Put a text right, or note that it was withdrawn, or was not; None: there is no such one."""
        values: dict[str, object] = {} if text is None else {"text": text}
        if withdrawn is not None:
            values["withdrawn_at"] = self._now() if withdrawn else None
        async with self._write() as db:
            changed = await consents.change(db, customer_ids, consent_id, values)
            if changed is not None:
                await self._told(db, "consent.withdrawn" if withdrawn else "consent.changed", changed)
            return changed

    async def remove_consent(self, customer_ids: Collection[int], consent_id: int) -> bool:
        """Remove one that was noted by mistake; whether there was one."""
        async with self._write() as db:
            found = [one for one in await consents.listed(db, customer_ids) if one.id == consent_id]
            for one in found:
                await consents.remove(db, customer_ids, consent_id)
                await self._told(db, "consent.removed", one)
            return bool(found)

    async def _told(self, db: AsyncConnection, kind: str, consent: Consent) -> None:
        data: dict[str, object] = {"consent_id": consent.id, "customer_id": consent.customer_id}
        await events.append(db, [Told(kind, None, None, data)], self._now())
