"""Finds chats and customers by name and phone number. All titles are read: 2,000 of them take a few milliseconds."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.engine import Row as Line
from sqlalchemy.ext.asyncio import AsyncConnection

from agent.contract.search import FoundCustomer
from agent.storage.folding import asked_for, folded, holds
from agent.storage.phone import canonical
from agent.storage.repositories import people
from agent.storage.tables import Conversation, Customer, JoinedConversation

_PHONE = re.compile(r"[\d\s()+./-]+")
_DIGITS = 3
"""Fewer are found in almost every number."""


class Wanted:
    """What a person typed to find somebody: a number in any form, or words of a name and pieces of a number."""

    def __init__(self, typed: str) -> None:
        """Any text."""
        self.words = asked_for(typed)
        digits = _digits(typed) if _PHONE.fullmatch(typed.strip()) else ""
        self._digits = digits if len(digits) >= _DIGITS else ""
        self._phone = canonical(typed) if digits else None

    def is_in(self, names: Iterable[str | None], phones: Iterable[str | None]) -> bool:
        """Whether these names and numbers, all of one person or chat, are meant."""
        numbers = [phone for phone in phones if phone]
        if self._phone in numbers or (self._digits and any(self._digits in _digits(one) for one in numbers)):
            return True
        named = " ".join(filter(None, map(folded, names)))
        return bool(self.words) and all(
            holds(named, (word,)) or (len(word) >= _DIGITS and word.isdecimal() and any(word in n for n in numbers))
            for word in self.words
        )


async def chats(db: AsyncConnection, typed: str) -> set[int]:
    """The conversations that are called so, groups too; for one that was joined to another one, that one."""
    wanted = Wanted(typed)
    titles = await db.execute(select(Conversation.id, Conversation.title, Conversation.phone))
    found = {line.id for line in titles if wanted.is_in((line.title,), (line.phone,))}
    joined = await db.execute(select(JoinedConversation.conversation_id, JoinedConversation.into_id))
    into = {line.conversation_id: line.into_id for line in joined}
    return {_followed(one, into) for one in found}


async def customers(db: AsyncConnection, typed: str, limit: int) -> list[FoundCustomer]:
    """The customers of this name, number or chat, by name; a person who was merged is found by any of their names."""
    wanted, merged = Wanted(typed), await people.merges(db)
    query = select(Customer.id, Customer.name, Customer.phone, Conversation.title, Conversation.phone.label("number"))
    known: dict[int, list[Line[*tuple[Any, ...]]]] = {}
    for line in await db.execute(query.outerjoin(Conversation).order_by(Customer.id, Conversation.id)):
        known.setdefault(people.person_of(line.id, merged), []).append(line)
    found = []
    for customer_id, theirs in known.items():
        phones = [phone for _, _, own, _, number in theirs for phone in (own, number) if phone]
        titles = tuple(dict.fromkeys(title for *_, title, _ in theirs if title))
        if wanted.is_in([*(name for _, name, *_ in theirs), *titles], phones):
            name = next((name for own, name, *_ in theirs if own == customer_id), theirs[0][1])
            phone = phones[0] if phones else None
            found.append(FoundCustomer(customer_id=customer_id, customer=name, phone=phone, titles=titles))
    return sorted(found, key=lambda one: (folded(one.customer) or "", one.customer_id))[:limit]


def _followed(conversation_id: int, into: Mapping[int, int]) -> int:
    while conversation_id in into:
        conversation_id = into[conversation_id]
    return conversation_id


def _digits(written: str) -> str:
    return "".join(char for char in written if char in "0123456789")
