"""Finds messages by their words.

On SQLite in the full-text index; elsewhere, and where few messages come into question, by reading their words.

A message's *place* orders all there is: the minute in which it was written, or seen where that is not known, and its id
in the lower 31 bits. The index is numbered by it (migration 0006), so that it gives the newest first without sorting,
begins where a page ended, and leaves out what lies outside the dates. All words found are listed instead of asking for
"begins with", because FTS5 joins whatever begins so before it gives the first line: 300 ms for a third of a million
messages, against 1 ms.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Select,
    and_,
    bindparam,
    column,
    func,
    literal,
    literal_column,
    select,
    table,
    text,
    union_all,
)
from sqlalchemy.engine import Row as Line
from sqlalchemy.ext.asyncio import AsyncConnection

from agent.contract.search import MessageSearch
from agent.storage.tables import AiAnalysis, Conversation, CorrectedIntent, Message

ID_BITS = 31
_ID = (1 << ID_BITS) - 1
NARROW = 500
"""So many messages of some chats, or of an intent, are read through rather than looked up in the index."""

WIDE = 20_000
"""Of so many, the ids are gathered first; where there are more, soon enough is found by looking at each match."""

_PREFIXES = 3
"""Beginnings of so many letters have an index of their own."""

_ENDINGS = 64
_LISTED = 8
"""Of so many words the possible endings are listed; a longer question is narrow enough without."""

_END = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Asked:
    """What is looked for."""

    query: MessageSearch
    words: tuple[str, ...]
    """Folded; at least one."""
    chats: tuple[int, ...] | None
    """The conversations that come into question; None for all."""

    def filters(self) -> dict[str, ColumnElement[bool]]:
        """All but words and dates, by name."""
        query, found = self.query, dict[str, ColumnElement[bool]]()
        if self.chats is not None:
            found["chats"] = Message.conversation_id.in_(self.chats)
        if query.direction is not None:
            found["direction"] = Message.direction == query.direction
        if query.sentiment is not None:
            found["sentiment"] = AiAnalysis.sentiment == query.sentiment
        if query.intent is not None:
            found["intent"] = _intent == literal(query.intent)
        return found

    def sets(self) -> dict[str, Select[Any]]:
        """The ids of all messages that such a filter lets through, where an index alone can tell them."""
        found: dict[str, Select[Any]] = {}
        if self.chats is not None:
            found["chats"] = select(Message.id).where(Message.conversation_id.in_(self.chats))
        if (intent := self.query.intent) is not None:
            corrected = select(CorrectedIntent.message_id)
            said = select(AiAnalysis.message_id).where(AiAnalysis.intent == intent)
            said = said.where(AiAnalysis.message_id.not_in(corrected))
            both = union_all(said, corrected.where(CorrectedIntent.intent == intent))
            found["intent"] = select(both.subquery().c.message_id)
        return found

    def places(self, column: ColumnElement[int], end: int | None) -> list[ColumnElement[bool]]:
        """Places between the dates, and before ``end``."""
        since, before = self.query.since, self.query.before
        last = min(_END if before is None else _minute(before), _END if end is None else end)
        return [column >= (0 if since is None else _minute(since)), column < last]

    def of_messages(self, what: ColumnElement[Any]) -> Select[Any]:
        """A query with the tables that the filters ask for: each costs a page of the file for each message."""
        statement = select(what).select_from(Message)
        if self.query.sentiment is not None or self.query.intent is not None:
            statement = statement.outerjoin(AiAnalysis, AiAnalysis.message_id == Message.id)
        if self.query.intent is not None:
            statement = statement.outerjoin(CorrectedIntent, CorrectedIntent.message_id == Message.id)
        return statement


async def places(db: AsyncConnection, asked: Asked, end: int | None, limit: int) -> list[int]:
    """The places of what was found, the newest first; only those before ``end``."""
    if db.dialect.name != "sqlite":
        return await _by_reading(db, asked, end, limit, [])
    gathered = dict[str, Select[Any]]()
    for name, ids in asked.sets().items():
        counted = select(func.count()).select_from(ids.limit(WIDE + 1).subquery())
        count = await db.scalar(counted) or 0
        if count <= NARROW:
            return await _by_reading(db, asked, end, limit, [Message.id.in_(ids)])
        if count <= WIDE:
            gathered[name] = ids
    not_in_it_yet = Message.id > literal_column("(SELECT id FROM searched_upto)", BigInteger)
    found = await _by_reading(db, asked, end, limit, [not_in_it_yet])
    if (match := await _match(db, asked.words)) is not None:
        found += await _by_index(db, asked, match, end, limit, gathered)
    return sorted(found, reverse=True)[:limit]


async def words(db: AsyncConnection, found: Sequence[int]) -> dict[int, str]:
    """The folded words of the messages at these places."""
    by_id = {place & _ID: place for place in found}
    query = select(Message.id, Message.folded).where(Message.id.in_(by_id))
    return {by_id[line.id]: line.folded for line in await db.execute(query)}


async def lines(db: AsyncConnection, found: Sequence[int]) -> dict[int, Line[*tuple[Any, ...]]]:
    """All that is shown of the messages at these places, by place."""
    by_id = {place & _ID: place for place in found}
    return {by_id[line.message_id]: line for line in await db.execute(_FOUND, {"ids": list(by_id)})}


async def forget(db: AsyncConnection) -> None:
    """Leave nothing of the words of removed messages in the index: it only marks them as gone until it is rewritten.

    Takes about 1.5 s for each 100,000 messages that stay.
    """
    if db.dialect.name == "sqlite":
        await db.execute(text("INSERT INTO searched (searched) VALUES ('optimize')"))


def _minute(moment: datetime) -> int:
    return max(0, int(moment.timestamp() // 60)) << ID_BITS


def _place(dialect: str) -> ColumnElement[int]:
    moment = "coalesce(messages.sent_at, messages.first_seen)"
    minutes = {
        "sqlite": f"max(0, unixepoch({moment}) / 60)",
        "postgresql": f"CAST(greatest(0, floor(extract(epoch FROM {moment}) / 60)) AS BIGINT)",
    }[dialect]
    return literal_column(f"(({minutes} << {ID_BITS}) | messages.id)", BigInteger)


async def _by_reading(
    db: AsyncConnection, asked: Asked, end: int | None, limit: int, where: Sequence[ColumnElement[bool]]
) -> list[int]:
    place, held = _place(db.dialect.name), literal(" ") + Message.folded
    query = asked.of_messages(place.label("place")).where(*where, *asked.filters().values(), *asked.places(place, end))
    # No wildcard can be in a word: % and _ are punctuation.
    query = query.where(*(held.like(f"% {word}%") for word in asked.words))
    return list(await db.scalars(query.order_by(text("place DESC")).limit(limit)))


async def _by_index(
    db: AsyncConnection, asked: Asked, match: str, end: int | None, limit: int, gathered: Mapping[str, Select[Any]]
) -> list[int]:
    """``gathered``: filters for which the ids of the messages are looked at, not the messages."""
    rowid = _SEARCHED.c.rowid
    message_id = rowid.op("&")(literal_column(str(_ID)))
    matches = text("searched MATCH :match").bindparams(match=match)
    query = select(rowid).where(matches, *asked.places(rowid, end), *map(message_id.in_, gathered.values()))
    if rest := [one for name, one in asked.filters().items() if name not in gathered]:
        # Not a join: SQLite might turn it round, and would then have to sort.
        fits = asked.of_messages(and_(*rest)).where(Message.id == message_id)
        query = query.where(fits.correlate(_SEARCHED).scalar_subquery())
    return list(await db.scalars(query.order_by(rowid.desc()).limit(limit)))


async def _match(db: AsyncConnection, words: Sequence[str]) -> str | None:
    """FTS5's expression for all words; None where a word is in no message of the index."""
    parts = []
    for n, word in enumerate(sorted(words, key=len, reverse=True)):
        endings = await _endings(db, word) if n < _LISTED and len(word) > _PREFIXES else None
        if endings is not None and not endings:
            return None
        if endings is None or len(endings) > _ENDINGS:
            parts.append(f'"{word}"*')
        else:
            parts.append("(" + " OR ".join(f'"{one}"' for one in endings) + ")")
    return " AND ".join(parts)


async def _endings(db: AsyncConnection, word: str) -> list[str]:
    """The words of the index that begin with this one, and no more than ``_ENDINGS`` and one."""
    found = await db.execute(_TERMS, {"word": word, "limit": _ENDINGS + 1})
    return [term for (term,) in found if term is not None and term.startswith(word)]


# One jump for each word: a plain list would walk through all messages of each. A control character is in no word, so
# that a word followed by one lies just behind it.
_TERMS = text(
    """
    WITH RECURSIVE found (term) AS (
        SELECT (SELECT term FROM searched_terms WHERE term >= :word LIMIT 1)
        UNION ALL
        SELECT (SELECT term FROM searched_terms WHERE term >= found.term || char(1) LIMIT 1)
        FROM found WHERE substr(found.term, 1, length(:word)) = :word
    ) SELECT term FROM found LIMIT :limit
    """
)

_intent = func.coalesce(CorrectedIntent.intent, AiAnalysis.intent)
_SEARCHED = table("searched", column("rowid", BigInteger))

_FOUND = (
    select(
        Message.id.label("message_id"),
        Message.conversation_id,
        Message.sent_at,
        Message.first_seen,
        Message.text,
        Message.author,
        Message.kind,
        Message.direction,
        Conversation.title.label("chat_title"),
        AiAnalysis.sentiment,
        _intent.label("intent"),
    )
    .join(Conversation, Conversation.id == Message.conversation_id)
    .outerjoin(AiAnalysis, AiAnalysis.message_id == Message.id)
    .outerjoin(CorrectedIntent, CorrectedIntent.message_id == Message.id)
    .where(Message.id.in_(bindparam("ids", expanding=True)))
)
