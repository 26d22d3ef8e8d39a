"""What the attendant does to customers, on a real store: what is kept, who is named, what is refused in words."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from agent.contract.analysis import Sentiment
from agent.contract.commands import CustomerCommand, RemindersCommand
from agent.contract.desk import ConversationChange, ConversationOutcome, ConversationStatus
from agent.contract.stored import AnalysedMessage
from agent.contract.workplace import CustomerEdit, CustomerView, DeskEdit, FieldEdit, NameEdit, NoteEdit, TagEdit
from agent.core.errands import EditCustomer, Errand, LookForReminders, RefreshCustomer, ShowCustomer
from agent.core.events import Served
from agent.counter.customers import customer_workers
from agent.storage.audit import AuditStore
from agent.storage.repositories import customers
from agent.storage.store import SqlStore
from tests.core.says import analysis
from tests.storage.chats import kinds_of_events, row, shows
from tests.storage.fresh import fresh_store

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
PHONE = "+5511900000012"


class Counter:
    """The workers, a store and its audit log."""

    def __init__(self, store: SqlStore, audit: AuditStore) -> None:
        self.store, self.audit = store, audit
        self.workers = customer_workers(store, audit, again_s=0.2)
        self._edits = 0

    async def do(self, errand: Errand) -> list[Any]:
        """What comes of an errand, for the page."""
        (worker,) = [worker for worker in self.workers if isinstance(errand, worker.takes)]
        assert not worker.newest_only, "a statement that is broken off costs its connection"
        return [event.command async for event in worker.do(errand) if isinstance(event, Served)]

    async def shows(self, conversation_id: int = 1) -> CustomerView:
        (told,) = await self.do(ShowCustomer(1, conversation_id, "Ana"))
        assert told.customer is not None
        return told.customer  # type: ignore[no-any-return]

    async def edit(
        self, edit: CustomerEdit, conversation_id: int = 1, attendant: str = "Ana", reminder: str | None = None
    ) -> Any:
        self._edits += 1
        (told,) = await self.do(EditCustomer(1, conversation_id, self._edits, edit, attendant, reminder))
        return told

    async def does(self, edit: CustomerEdit, conversation_id: int = 1, attendant: str = "Ana") -> CustomerView:
        command = await self.edit(edit, conversation_id, attendant)
        assert isinstance(command, CustomerCommand)
        assert (command.failed, command.edit_id, command.chat_token) == (None, self._edits, 1)
        assert command.customer is not None
        return command.customer

    async def refuses(self, edit: CustomerEdit, conversation_id: int = 1, attendant: str = "Ana") -> str | None:
        before = [line.number for line in await self.audit.page()]
        command = await self.edit(edit, conversation_id, attendant)
        assert isinstance(command, CustomerCommand)
        assert [line.number for line in await self.audit.page()] == before
        return command.failed

    async def due(self, again: bool = False) -> list[RemindersCommand]:
        return await self.do(LookForReminders("loja", again))


@pytest.fixture
async def counter(tmp_path: Path) -> AsyncIterator[Counter]:
    store = await fresh_store(now=lambda: NOW)
    one = row("A1", "cadê meu pedido?", date="2026-11-20", time="09:00")
    two = row("A2", "olá", me=True, date="2026-11-20", time="09:01")
    await store.save(shows(one, two, title="Maria 🌻", phone=PHONE, zone="UTC"))
    await store.save(shows(row("G1", "oi"), title="Grupo da Praça", group=True))
    yield Counter(store, store.audit(b"k" * 32, tmp_path / "audit.head"))
    await store.close()


async def test_the_card_of_a_customer(counter: Counter) -> None:
    understood = analysis().model_copy(update={"sentiment_score": -0.7, "sentiment": Sentiment.NEGATIVE})
    await counter.store.save_analysis(AnalysedMessage(message_id=1, analysis=understood))
    view = await counter.shows()
    assert (view.customer, view.title, view.phone) == ("Maria 🌻", "Maria 🌻", PHONE)
    assert (view.status, view.outcome, view.follow_up_at, view.messages) == ("open", "open", None, 2)
    assert view.first_contact == datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
    assert [(point.score, point.at) for point in view.mood] == [(-0.7, view.first_contact)]
    assert [one.intent for one in view.intents] == ["price"]
    assert (view.notes, view.tags, view.fields, view.written_by) == ((), (), {}, "attendant:Ana")


async def test_of_a_group_only_where_the_conversation_stands(counter: Counter) -> None:
    view = await counter.shows(2)
    assert (view.customer_id, view.customer, view.phone) == (None, "Grupo da Praça", None)
    won = await counter.does(DeskEdit(changes=("outcome",), outcome=ConversationOutcome.WON), 2)
    assert won.outcome == "won"
    assert await counter.refuses(TagEdit(tag="vip", on=True), 2) == "gone"


async def test_each_edit_is_kept_told_and_noted_without_words(counter: Counter) -> None:
    at = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
    assert (await counter.does(NameEdit(customer=" Maria (oficina) "))).customer == "Maria (oficina)"
    assert (await counter.does(NameEdit(customer=None))).customer == "Maria 🌻"
    assert (await counter.does(TagEdit(tag="cliente fiel 🌟", on=True))).tags == ("cliente fiel 🌟",)
    assert (await counter.does(TagEdit(tag="cliente fiel 🌟", on=False))).tags == ()
    note = (await counter.does(NoteEdit(text="prefere à tarde\n🌻"))).notes[0]
    assert (note.text, note.written_by) == ("prefere à tarde\n🌻", "attendant:Ana")
    assert (await counter.does(NoteEdit(note_id=note.id, text="de manhã"))).notes[0].text == "de manhã"
    assert (await counter.does(NoteEdit(note_id=note.id, text=None))).notes == ()
    assert (await counter.does(FieldEdit(field="número do pé", value="39"))).fields == {"número do pé": "39"}
    assert (await counter.does(FieldEdit(field="número do pé", value=None))).fields == {}
    desk = DeskEdit(changes=("status", "follow_up"), status=ConversationStatus.PENDING, follow_up_at=at)
    view = await counter.does(desk)
    assert (view.status, view.outcome, view.follow_up_at) == ("pending", "open", at)
    assert (await counter.does(DeskEdit(changes=("follow_up",)))).follow_up_at is None
    lines = (await counter.audit.page())[::-1]
    assert [line.action for line in lines] == [
        "customer.renamed", "customer.renamed", "customer.tagged", "customer.untagged", "note.added", "note.changed",
        "note.removed", "field.set", "field.removed", "conversation.changed", "conversation.changed",
    ]  # fmt: skip
    assert {(line.actor, line.customers) for line in lines} == {("attendant:Ana", (1,))}
    assert lines[9].data == {"conversation_id": 1, "fields": ["follow_up_at", "status"]}
    said = " ".join(line.model_dump_json() for line in lines)
    assert not any(word in said for word in ("Maria", "oficina", "cliente", "manhã", "número"))
    assert (await counter.audit.verify()).intact
    kinds = await kinds_of_events(counter.store)
    assert (kinds.count("customer.updated"), kinds.count("conversation.updated")) == (9, 2)


async def test_who_is_not_named_writes_as_the_counter(counter: Counter) -> None:
    view = await counter.does(NoteEdit(text="oi"), attendant="")
    assert (view.notes[0].written_by, view.written_by) == ("counter", "counter")
    assert (await counter.audit.page())[0].actor == "counter"


async def test_notes_of_others_are_theirs(counter: Counter) -> None:
    theirs = await counter.store.desk.add_note(1, "do painel", "user:3")
    for edit in (NoteEdit(note_id=theirs.id, text="x"), NoteEdit(note_id=theirs.id, text=None)):
        assert await counter.refuses(edit) == "not_yours"
    await counter.store.save(shows(row("B1"), title="Bia"))
    own = await counter.does(NoteEdit(text="de Bia"), 3)
    assert await counter.refuses(NoteEdit(note_id=own.notes[0].id, text="x"), 1) == "gone", "of another customer"
    assert (await counter.shows()).notes == (theirs,)


AT = datetime(2026, 11, 23, 9, 0)  # noqa: DTZ001 - without a zone, to be refused


@pytest.mark.parametrize(
    "edit",
    [
        NameEdit(customer=" "), NameEdit(customer="x" * 201), NameEdit(customer="a\nb"),
        TagEdit(tag="a/b", on=True), TagEdit(tag="x" * 61, on=True), TagEdit(tag="", on=True),
        NoteEdit(text=" "), NoteEdit(text=None), NoteEdit(text="x" * 4001), NoteEdit(text="a\x00"),
        FieldEdit(field="", value="1"), FieldEdit(field="a/b", value="1"), FieldEdit(field="x", value="1" * 1001),
        DeskEdit(changes=()), DeskEdit(changes=("status",)), DeskEdit(changes=("follow_up",), follow_up_at=AT),
    ],
)  # fmt: skip
async def test_what_the_store_does_not_take_is_refused_and_nothing_changes(
    counter: Counter, edit: CustomerEdit
) -> None:
    before, events = await counter.shows(), len(await kinds_of_events(counter.store))
    assert await counter.refuses(edit) == "bad"
    assert await counter.shows() == before
    assert len(await kinds_of_events(counter.store)) == events


async def test_too_many_are_refused(counter: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    for what in ("TAGS", "FIELDS", "NOTES"):
        monkeypatch.setattr(customers, f"MOST_{what}", 1)
    firsts = (TagEdit(tag="a", on=True), FieldEdit(field="a", value="1"), NoteEdit(text="a"))
    seconds = (TagEdit(tag="b", on=True), FieldEdit(field="b", value="1"), NoteEdit(text="b"))
    for first in firsts:
        await counter.does(first)
    assert [await counter.refuses(second) for second in seconds] == ["too_many"] * 3


async def test_a_conversation_that_is_gone(counter: Counter) -> None:
    command = await counter.edit(TagEdit(tag="a", on=True), 99)
    assert (command.failed, command.customer) == ("gone", None)
    assert await counter.do(ShowCustomer(1, 99)) == [CustomerCommand(chat_token=1, customer=None)]


async def test_a_fault_is_answered_too(counter: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    async def fails(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("agent.storage.desk.DeskStore.tag", fails)
    assert await counter.refuses(TagEdit(tag="a", on=True)) == "failed"


async def test_a_card_is_read_again_soon_and_never_before_a_change_that_was_told(counter: Counter) -> None:
    order: list[tuple[str, ...]] = [(await counter.shows()).tags]
    began = asyncio.get_running_loop().time()

    async def again() -> None:
        order.extend([told.customer.tags for told in await counter.do(RefreshCustomer(1, 1))])

    waiting = asyncio.create_task(again())
    order.append((await counter.does(TagEdit(tag="vip", on=True))).tags)
    await waiting
    assert order == [(), ("vip",), ("vip",)]
    assert asyncio.get_running_loop().time() - began >= 0.15


async def test_a_card_of_another_chat_is_not_read_again(counter: Counter) -> None:
    assert await counter.do(RefreshCustomer(1, 1)) == [], "nothing is shown yet"
    await counter.shows()
    waiting = asyncio.create_task(counter.do(RefreshCustomer(1, 1)))
    await asyncio.sleep(0)
    assert (await counter.shows(2)).title == "Grupo da Praça"
    assert await waiting == []


async def test_reminders_come_when_their_time_has_come_and_are_told_once(counter: Counter) -> None:
    assert [one.reminders for one in await counter.due()] == [()], "a new page is told that there are none"
    assert await counter.due(again=True) == []
    past, later = NOW - timedelta(minutes=1), NOW + timedelta(minutes=1)
    await counter.does(DeskEdit(changes=("follow_up",), follow_up_at=past))
    await counter.does(DeskEdit(changes=("follow_up",), follow_up_at=later), 2)
    await counter.store.save(shows(row("S1"), title="De outro perfil", session="outra"))
    await counter.store.desk.change(3, ConversationChange(follow_up_at=past))
    told = await counter.due(again=True)
    assert [[(one.conversation_id, one.title, one.at) for one in each.reminders] for each in told] == [
        [(1, "Maria 🌻", past)]
    ]
    assert await counter.due(again=True) == []
    assert len(await counter.due()) == 1, "a new page knows nothing"


async def test_a_reminder_that_is_done_with(counter: Counter) -> None:
    past = NOW - timedelta(minutes=1)
    done = DeskEdit(changes=("follow_up",))
    await counter.does(DeskEdit(changes=("follow_up",), follow_up_at=past))
    left = await counter.edit(done, 2, reminder="loja")
    assert [one.conversation_id for one in left.reminders] == [1], "it was none"
    others = DeskEdit(changes=("follow_up", "outcome"), outcome=ConversationOutcome.WON)
    for edit in (others, TagEdit(tag="x", on=True), DeskEdit(changes=("follow_up",), follow_up_at=NOW)):
        assert len((await counter.edit(edit, 1, reminder="loja")).reminders) == 1
    assert (await counter.shows()).follow_up_at == past
    assert (await counter.edit(done, 1, reminder="outra")).reminders == ()
    assert (await counter.shows()).follow_up_at == past, "of another profile"
    assert (await counter.edit(done, 1, reminder="loja")).reminders == ()
    assert (await counter.shows()).follow_up_at is None
    assert (await counter.audit.page())[0].action == "conversation.changed"
