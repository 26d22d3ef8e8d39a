"""The part of the store that finds messages and customers by what a person types. ``SqlStore`` makes it."""

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from itertools import pairwise
from typing import NamedTuple

from sqlalchemy.ext.asyncio import AsyncConnection

from agent.contract.search import FoundCustomer, FoundMessage, FoundPage, MessageSearch, Order
from agent.errors import BadInput
from agent.storage.folding import asked_for, holds, marks
from agent.storage.repositories import naming, search

BEST_OF = 1000
"""So many of the newest found are put in order by how well they fit."""

_SHOWN = tuple(FoundMessage.model_fields.keys() - {"marks"})


class _Fit(NamedTuple):
    """How well a message fits; the larger the better, and the newer of two that fit as well."""

    score: int
    place: int


class _Cursor(NamedTuple):
    """Where a page ended: ``top`` is the newest place that counts for an order by fit, which must not move."""

    top: int
    last: _Fit


class SearchStore:
    """Full text over messages and customers: what was typed is text, never an expression."""

    def __init__(self, read: Callable[[], AbstractAsyncContextManager[AsyncConnection]]) -> None:
        """``read`` begins a transaction."""
        self._read = read

    async def messages(self, query: MessageSearch) -> FoundPage:
        """A page of the messages with all these words; an empty one where no word was typed.

        Raises:
            BadInput: the cursor is none that a page has given.
        """
        words, cursor = asked_for(query.words), _cursor(query)
        if not words:
            return FoundPage(messages=(), cursor=None)
        async with self._read() as db:
            chats = None if query.in_chat is None else tuple(sorted(await naming.chats(db, query.in_chat)))
            if chats == ():
                return FoundPage(messages=(), cursor=None)
            asked = search.Asked(query, words, chats)
            page = _best if query.order is Order.BEST else _newest
            return await page(db, asked, cursor)

    async def customers(self, typed: str, limit: int = 20) -> list[FoundCustomer]:
        """Customers by words of their name or their chats' titles, or by a phone number or a part of one, by name."""
        async with self._read() as db:
            return await naming.customers(db, typed, limit)


async def _newest(db: AsyncConnection, asked: search.Asked, cursor: _Cursor | None) -> FoundPage:
    limit = asked.query.limit
    found = await search.places(db, asked, cursor.last.place if cursor else None, limit + 1)
    page = found[:limit]
    more = f"{page[-1]:x}" if len(found) > limit else None
    return FoundPage(messages=await _shown(db, page, asked), cursor=more)


async def _best(db: AsyncConnection, asked: search.Asked, cursor: _Cursor | None) -> FoundPage:
    limit = asked.query.limit
    found = await search.places(db, asked, cursor.top + 1 if cursor else None, BEST_OF)
    words = await search.words(db, found)
    fits = sorted((_fit(held, asked.words, place) for place, held in words.items()), reverse=True)
    if cursor is not None:
        fits = [fit for fit in fits if fit < cursor.last]
    page = fits[:limit]
    top = cursor.top if cursor else max(found, default=0)
    more = f"{top:x}.{page[-1].score:x}.{page[-1].place:x}" if len(fits) > limit else None
    return FoundPage(messages=await _shown(db, [fit.place for fit in page], asked), cursor=more)


def _fit(folded: str, words: Sequence[str], place: int) -> _Fit:
    there = f" {folded} "
    whole = sum(f" {word} " in there for word in words)
    following = sum(holds(folded, (f"{one} {other}",)) for one, other in pairwise(words))
    return _Fit(whole + following, place)


async def _shown(db: AsyncConnection, page: Sequence[int], asked: search.Asked) -> tuple[FoundMessage, ...]:
    lines = await search.lines(db, page)
    found = [lines[place] for place in page]
    return tuple(
        FoundMessage(**{name: getattr(line, name) for name in _SHOWN}, marks=marks(line.text, asked.words))
        for line in found
    )


def _cursor(query: MessageSearch) -> _Cursor | None:
    if query.cursor is None:
        return None
    parts = query.cursor.split(".")
    try:
        numbers = [int(part, 16) for part in parts]
    except ValueError:
        numbers = []
    if query.order is Order.NEWEST and len(numbers) == 1:
        return _Cursor(numbers[0], _Fit(0, numbers[0]))
    if query.order is Order.BEST and len(numbers) == 3:
        return _Cursor(numbers[0], _Fit(numbers[1], numbers[2]))
    raise BadInput("This is no place in the results of such a search.", "Begin again without a cursor.")
