"""Tells the page who the open chat's customer is, and changes what is noted of them as the attendant says.

Both stand in one queue, so that no card read before a change is told after it.
"""

import asyncio
from collections.abc import AsyncGenerator

import structlog

from agent.contract.commands import CustomerCommand
from agent.contract.desk import ConversationLine
from agent.contract.people import Person
from agent.contract.workplace import CustomerView, DeskEdit
from agent.core.errands import EditCustomer, RefreshCustomer, ShowCustomer
from agent.core.events import Event, Served
from agent.counter.customer_edits import Pen, Refused, label_of
from agent.counter.reminders import Reminders
from agent.errands import Worker
from agent.errors import BalcaoError
from agent.storage.audit import AuditStore
from agent.storage.store import SqlStore

log = structlog.get_logger(__name__)

AGAIN_S = 2.0
"""A card that is shown is read again at most so often."""

SETTLE_S = 0.3
"""What a card is read again for is stored a moment after it was said."""


class Cards:
    """Reads customers as the card shows them."""

    def __init__(self, store: SqlStore) -> None:
        """``store``: where they are kept."""
        self._store = store
        self.turn = asyncio.Lock()
        """Held from reading or writing until the page has been told."""
        self.told_at = 0.0
        """When the last card was read, by the loop's clock."""
        self._last: tuple[int, int] | None = None

    async def whose(self, conversation_id: int) -> tuple[ConversationLine, Person | None] | None:
        """A conversation and whom it is with (None for a group); None where there is no such conversation."""
        line = await self._store.desk.conversation(conversation_id)
        if line is None:
            return None
        if line.customer_id is None:
            return line, None
        found = await self._store.people.find(str(line.customer_id))
        return line, next((one for one in found if one.id == line.customer_id), None)

    def is_shown(self, errand: RefreshCustomer) -> bool:
        """Whether the page was told of this chat last."""
        return self._last == (errand.chat_token, errand.conversation_id)

    async def told(self, errand: ShowCustomer | RefreshCustomer) -> CustomerCommand:
        """The card, to be told now."""
        began = asyncio.get_running_loop().time()
        view = await self.view(errand.conversation_id, errand.attendant)
        self._last, self.told_at = (errand.chat_token, errand.conversation_id), began
        return CustomerCommand(chat_token=errand.chat_token, customer=view)

    async def view(self, conversation_id: int, attendant: str) -> CustomerView | None:
        """The customer of a conversation; None where there is no such one any more."""
        found = await self.whose(conversation_id)
        if found is None:
            return None
        line, person = found
        stands = {
            "conversation_id": conversation_id,
            "title": line.title,
            "status": line.status,
            "outcome": line.outcome,
            "follow_up_at": line.follow_up_at,
            "written_by": label_of(attendant),
        }
        if person is None:
            return CustomerView(customer_id=None, customer=line.title, **stands)
        card = await self._store.desk.card(person, await self._store.dashboard.place())
        return CustomerView(
            customer_id=card.id,
            customer=card.customer,
            phone=card.phone,
            tags=card.tags,
            fields=card.fields,
            notes=card.notes,
            first_contact=card.first_contact,
            last_contact=card.last_contact,
            mood=await self._store.desk.course([chat.conversation_id for chat in card.chats]),
            intents=card.intents,
            messages=card.messages,
            **stands,
        )


class Showing:
    """Tells the page the customer of a chat that was just opened."""

    takes = (ShowCustomer,)
    newest_only = False

    def __init__(self, cards: Cards) -> None:
        """``cards`` reads."""
        self._cards = cards

    async def do(self, errand: ShowCustomer) -> AsyncGenerator[Event]:
        """At once."""
        async with self._cards.turn:
            yield Served(await self._cards.told(errand))


class Refreshing:
    """Tells the page the open chat's customer again, but not too often.

    It is a worker of its own, so that the card of the next chat does not wait for it; and it is never ended while it
    reads: a statement that is broken off costs its connection.
    """

    takes = (RefreshCustomer,)
    newest_only = False

    def __init__(self, cards: Cards, again_s: float = AGAIN_S) -> None:
        """``again_s``: seconds between two readings of the same card."""
        self._cards, self._again_s = cards, again_s

    async def do(self, errand: RefreshCustomer) -> AsyncGenerator[Event]:
        """In a while; not at all once another chat's customer was told."""
        clock = asyncio.get_running_loop().time
        if not self._cards.is_shown(errand):
            return
        due = max(clock() + min(SETTLE_S, self._again_s), self._cards.told_at + self._again_s)
        await asyncio.sleep(due - clock())
        async with self._cards.turn:
            if self._cards.is_shown(errand):
                yield Served(await self._cards.told(errand))


class Editing:
    """Changes what is noted of the open chat's customer, and what became of a reminder."""

    takes = (EditCustomer,)
    newest_only = False

    def __init__(self, cards: Cards, pen: Pen, reminders: Reminders) -> None:
        """``pen`` writes, ``cards`` reads what came of it."""
        self._cards, self._pen, self._reminders = cards, pen, reminders

    async def do(self, errand: EditCustomer) -> AsyncGenerator[Event]:
        """Answered by the card as it is then; by the reminders that are left, where it was one."""
        async with self._cards.turn:
            failed = await self._write(errand)
            if errand.reminder is not None:
                yield Served(await self._reminders.look(errand.reminder))
                return
            view = await self._cards.view(errand.conversation_id, errand.attendant)
            yield Served(
                CustomerCommand(chat_token=errand.chat_token, customer=view, edit_id=errand.edit_id, failed=failed)
            )

    async def _write(self, errand: EditCustomer) -> str | None:
        """Why it was not done; None: it was."""
        try:
            if errand.reminder is not None:
                await self._check(errand, errand.reminder)
            found = await self._cards.whose(errand.conversation_id)
            if found is None:
                return "gone"
            await self._pen.write(errand.conversation_id, found[1], errand.edit, label_of(errand.attendant))
        except Refused as refused:
            return refused.code
        except BalcaoError:
            raise
        except Exception:
            log.exception("a customer could not be changed")
            return "failed"
        return None

    async def _check(self, errand: EditCustomer, session: str) -> None:
        """Of a conversation that is not open only this may be said: that its reminder is done with."""
        edit = errand.edit
        done = isinstance(edit, DeskEdit) and edit.changes == ("follow_up",) and edit.follow_up_at is None
        if not done or errand.conversation_id not in await self._reminders.numbers(session):
            raise Refused("gone")


def customer_workers(store: SqlStore, audit: AuditStore, again_s: float = AGAIN_S) -> list[Worker]:
    """All who work on customers at the counter. ``audit``: where each change is noted."""
    cards, reminders = Cards(store), Reminders(store.desk)
    return [
        Showing(cards),
        Refreshing(cards, again_s),
        Editing(cards, Pen(store.desk, audit), reminders),
        reminders,
    ]
