"""The canned replies at the counter: the list behind ``/``, a reply filled for a chat, and a new one."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from datetime import datetime
from typing import Protocol

import structlog
from pydantic import ValidationError

from agent.analysis.guarding.visible import without_hidden
from agent.analysis.retrieval.orders import order_number
from agent.analysis.retrieval.replies import ReplyBook, left_open
from agent.contract.commands import NoticeCommand, RepliesCommand
from agent.contract.replies import NewReply
from agent.contract.workplace import ShelfReply
from agent.core.errands import AddReply, CountReply, FillReply, ListReplies
from agent.core.events import Event, ReplyFilled, Served
from agent.errors import BadInput
from agent.storage.habits import HabitStore

log = structlog.get_logger(__name__)

LOOK_S = 15.0
"""How often the file is looked at: people edit it by hand, too."""

LONGEST_ID = 64
"""Longer ones stand in no file that the API has written; they are not counted."""


class Shelf(Protocol):
    """The file of the canned replies."""

    async def read(self) -> ReplyBook:
        """What it holds now; the same object while nothing has changed. ``BadInput``: it was broken by hand."""
        ...

    async def add(self, new: NewReply) -> str | None:
        """Put a reply behind all others. None: it is there; else why it is not, in a word. ``BadInput`` as above."""
        ...


class Changes:
    """Says that the replies were changed."""

    def __init__(self) -> None:
        """Nothing has happened yet."""
        self._happened = asyncio.Event()

    def tell(self) -> None:
        """They were, just now."""
        self._happened.set()

    async def wait(self, at_most_s: float) -> None:
        """Until they were changed since the last ``wait``, or for a while."""
        try:
            async with asyncio.timeout(at_most_s):
                await self._happened.wait()
        except TimeoutError:
            return
        self._happened.clear()


class ReplyTeller:
    """Tells the page the replies, and goes on telling it when they have changed."""

    takes = (ListReplies,)
    newest_only = True

    def __init__(self, shelf: Shelf, habits: HabitStore, changes: Changes, look_s: float = LOOK_S) -> None:
        """``changes``: told of those that were made in this process; others are found by looking."""
        self._shelf, self._habits, self._changes, self._look_s = shelf, habits, changes, look_s

    async def do(self, _errand: ListReplies) -> AsyncGenerator[Event]:
        """All replies; then, until nobody wants to know any more, each time the file holds others."""
        told: ReplyBook | None = None
        broken = False
        while True:
            try:
                book = await self._shelf.read()
                broken = False
            except BadInput as error:
                if not broken:
                    log.warning("the replies cannot be listed", reason=str(error))
                broken, book = True, told or ReplyBook(replies=())
            if told is None or (book is not told and book.replies != told.replies):
                yield Served(RepliesCommand(replies=shown(book, await self._habits.reply_uses())))
            told = book
            await self._changes.wait(self._look_s)


def shown(book: ReplyBook, uses: dict[str, int]) -> tuple[ShelfReply, ...]:
    """The replies in the file's order, each with how often it was taken."""
    return tuple(
        ShelfReply(
            id=reply.id,
            title=reply.title,
            shortcut=reply.shortcut,
            text=without_hidden(reply.text),
            intents=reply.intents,
            uses=uses.get(reply.id, 0),
        )
        for reply in book.replies
    )


class ReplyClerk:
    """Fills, counts and adds replies."""

    takes = (FillReply, AddReply, CountReply)
    newest_only = False

    def __init__(self, shelf: Shelf, habits: HabitStore, now: Callable[[], datetime]) -> None:
        """``now``: local time, for the greeting."""
        self._shelf, self._habits, self._now = shelf, habits, now

    async def do(self, errand: FillReply | AddReply | CountReply) -> AsyncGenerator[Event]:
        """The filled reply, or a word on how it ended; nothing for a count."""
        try:
            match errand:
                case FillReply():
                    yield await self._fill(errand)
                case AddReply():
                    yield Served(NoticeCommand(code=await self._add(errand)))
                case CountReply(reply_id):
                    if len(reply_id) <= LONGEST_ID:
                        await self._habits.count_reply(reply_id)
        except BadInput as error:
            log.warning("the replies file cannot be used", reason=str(error))
            yield Served(NoticeCommand(code="reply_file_broken"))

    async def _fill(self, fill: FillReply) -> Event:
        book = await self._shelf.read()
        reply = next((one for one in book.replies if one.id == fill.reply_id), None)
        if reply is None:
            return Served(NoticeCommand(code="reply_gone"))
        text = book.fill(reply, self._now(), fill.customer, order_number(fill.context))
        return ReplyFilled(fill.chat_token, reply.id, without_hidden(text), left_open(text), fill.typed)

    async def _add(self, wanted: AddReply) -> str:
        try:
            new = NewReply(
                title=wanted.title, shortcut=wanted.shortcut or None, text=wanted.text, intents=wanted.intents
            )
        except ValidationError as error:
            return f"reply_{error.errors()[0]['loc'][0]}_wrong"
        known = {reply.title.casefold() for reply in (await self._shelf.read()).replies}
        if new.title.casefold() in known:
            return "reply_title_taken"
        refused = await self._shelf.add(new)
        return "reply_saved" if refused is None else f"reply_{refused}"
