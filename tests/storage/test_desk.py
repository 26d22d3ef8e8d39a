"""Conversations, what was said, and customers, as people work with them."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event, text

from agent.contract.access import Role
from agent.contract.desk import (
    ConversationChange,
    ConversationLine,
    ConversationOutcome,
    ConversationQuery,
    ConversationStatus,
)
from agent.contract.history import CardQuery
from agent.contract.rows import Change, Direction, Kind
from agent.contract.stored import AnalysedMessage, OfferRecord, Outcome, SuggestionRecord
from agent.errors import BadInput
from agent.storage.repositories import desk
from agent.storage.store import SqlStore
from tests.core.says import analysis
from tests.storage.chats import row, shows, table

INJECTIONS = (
    "'; DROP TABLE messages; --",
    '" OR "1"="1',
    "100% _ [a-z] \\",
    "Set-Cookie: a=b\r\nX-Injected: 1",
    "${jndi:ldap://x}",
    "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16"),
    "x" * 400,
)


async def titles(store: SqlStore, **wanted: Any) -> list[str]:
    return [one.title for one in (await store.desk.conversations(ConversationQuery(**wanted))).items]


async def of(store: SqlStore, title: str) -> ConversationLine:
    (found,) = [
        one for one in (await store.desk.conversations(ConversationQuery(limit=200))).items if one.title == title
    ]
    return found


async def at(store: SqlStore, title: str, minute: int, wa_id: str, said: str = "oi", **seen: Any) -> int:
    """Something is said in a chat, so many minutes after ten; which conversation that is."""
    one = row(wa_id, said, date="2026-11-22", time=f"{10 + minute // 60}:{minute % 60:02}", **seen)
    saved = await store.save(shows(one, title=title, zone="UTC"))
    return saved.conversation_id


async def test_the_conversation_with_the_newest_message_comes_first(store: SqlStore) -> None:
    await at(store, "Ana", 1, "A1")
    await at(store, "Bia", 2, "B1")
    await at(store, "Caio", 3, "C1")
    assert await titles(store) == ["Caio", "Bia", "Ana"]
    await at(store, "Ana", 4, "A2")
    assert await titles(store) == ["Ana", "Caio", "Bia"]
    # Older history is read late; the last thing that was said is still the same.
    history = row("B0", "antes", date="2026-11-21", time="09:00")
    await store.save(shows(history, title="Bia", window="B0 B1", change=Change.HISTORY, zone="UTC"))
    assert await titles(store) == ["Ana", "Caio", "Bia"]


async def test_pages_have_each_conversation_once_while_new_ones_come_in(store: SqlStore) -> None:
    store._now = lambda: datetime(2026, 11, 22, 9, tzinfo=UTC)  # what is new would count as the oldest
    for n in range(9):
        await at(store, f"Chat {n}", n, f"{n}-1")
    seen, cursor = [], None
    for turn in range(9):
        page = await store.desk.conversations(ConversationQuery(limit=2, cursor=cursor))
        seen += [one.title for one in page.items]
        await at(store, f"Chat {turn}", 30 + turn, f"{turn}-2")  # some shown already, some not yet
        await at(store, f"New {turn}", turn, f"n-{turn}")
        if (cursor := page.cursor) is None:
            break
    assert seen == [f"Chat {n}" for n in reversed(range(9))]


async def test_two_conversations_of_one_minute_are_each_shown_once(store: SqlStore) -> None:
    for n in range(5):
        await at(store, f"Chat {n}", 7, f"{n}-1")
    first = await store.desk.conversations(ConversationQuery(limit=2))
    second = await store.desk.conversations(ConversationQuery(limit=2, cursor=first.cursor))
    third = await store.desk.conversations(ConversationQuery(limit=2, cursor=second.cursor))
    shown = [one.title for page in (first, second, third) for one in page.items]
    assert shown == [f"Chat {n}" for n in reversed(range(5))]
    assert third.cursor is None


@pytest.mark.parametrize("cursor", ["x", "1", "1.2.3", "1.2.3.4.5", "f" * 40 + ".1.1.1", "1.1." + "f" * 30 + ".1"])
async def test_a_cursor_of_no_page_is_refused(sqlite: SqlStore, cursor: str) -> None:
    await at(sqlite, "Ana", 1, "A1")
    with pytest.raises(BadInput):
        await sqlite.desk.conversations(ConversationQuery(cursor=cursor))


async def test_who_waits_and_since_when(store: SqlStore) -> None:
    await at(store, "Ana", 1, "A1")
    await at(store, "Ana", 2, "A2", me=True)
    ana = await of(store, "Ana")
    assert (ana.waits, ana.waits_since) == (False, None)
    await at(store, "Ana", 5, "A3")
    await at(store, "Ana", 9, "A4", kind=Kind.CALL)
    await at(store, "Ana", 10, "A5")
    ana = await of(store, "Ana")
    assert ana.last is not None
    assert (ana.waits, ana.last.text) == (True, "oi")
    assert ana.waits_since == datetime(2026, 11, 22, 10, 5, tzinfo=UTC)
    assert await titles(store, waiting=True) == ["Ana"]

    await store.save(shows(row("G1", "oi"), title="Grupo", group=True))
    await at(store, "Bia", 3, "B1", direction=Direction.UNKNOWN)
    assert (await titles(store, waiting=True), await titles(store, waiting=False)) == (["Ana"], ["Bia", "Grupo"])


async def test_what_was_taken_back_does_not_wait(store: SqlStore) -> None:
    await at(store, "Ana", 1, "A1", me=True)
    await at(store, "Ana", 2, "A2", "engano", kind=Kind.DELETED)
    assert (await of(store, "Ana")).waits is False


async def test_a_closed_conversation_waits_again_when_the_customer_writes(store: SqlStore) -> None:
    clock = datetime(2026, 9, 22, 14, tzinfo=UTC)  # after the tests' rows were seen
    store._now = lambda: clock
    number = await at(store, "Ana", 1, "A1")
    closed = await store.desk.change(number, ConversationChange(status=ConversationStatus.CLOSED))
    assert closed is not None
    assert (closed.status, closed.waits) == (ConversationStatus.CLOSED, False)
    late = shows(row("A2", "oi?"), title="Ana")
    later = late.changes[0].model_copy(update={"seen_ms": (clock + timedelta(minutes=1)).timestamp() * 1000})
    await store.save(late.model_copy(update={"changes": (later,), "window": ("A1", "A2")}))
    assert (await of(store, "Ana")).waits is True


async def test_filters(store: SqlStore) -> None:
    user = await store.accounts.add("paula", Role.ATTENDANT, None)
    ana = await at(store, "Ana Conceição", 1, "A1")
    bia = await at(store, "Bia 🌻", 2, "B1")
    await store.save(shows(row("Z1", "oi"), title="Zé", session="outra"))
    await store.desk.change(ana, ConversationChange(assigned_to=user.id, status=ConversationStatus.PENDING))
    await store.desk.change(bia, ConversationChange(outcome=ConversationOutcome.WON))
    assert await titles(store, assigned_to=user.id) == ["Ana Conceição"]
    assert await titles(store, assigned_to=0) == ["Bia 🌻", "Zé"]
    assert await titles(store, status=ConversationStatus.PENDING) == ["Ana Conceição"]
    assert await titles(store, status=ConversationStatus.OPEN) == ["Bia 🌻", "Zé"]
    assert await titles(store, outcome=ConversationOutcome.WON) == ["Bia 🌻"]
    assert await titles(store, session="outra") == ["Zé"]
    assert await titles(store, title="conceicao") == ["Ana Conceição"]
    assert await titles(store, title="🌻") == ["Bia 🌻"]
    assert await titles(store, title="a") == ["Ana Conceição"]
    assert (await of(store, "Ana Conceição")).attendant == "paula"


@pytest.mark.parametrize("typed", INJECTIONS)
async def test_what_is_typed_is_text(store: SqlStore, typed: str) -> None:
    await at(store, "Ana", 1, "A1")
    assert await titles(store, title=typed) == []
    assert await titles(store, session=typed) == []
    assert (await store.desk.customers(typed))[0] == []
    assert (await store.desk.customers(None, tag=typed))[0] == []
    assert (await store.desk.cards(CardQuery(attendant=typed))).items == ()
    await store.save(shows(row("T1", typed, author=typed), title=typed))
    assert (await of(store, typed)).title == typed
    (customer,) = [one for one in (await store.desk.customers())[0] if one.customer == typed]
    await store.desk.add_note(customer.id, typed, "user:1")
    await store.desk.set_field(customer.id, "campo", typed)
    (person,) = await store.people.find(str(customer.id))
    card = await store.desk.card(person, await store.dashboard.place())
    assert (card.customer, card.notes[0].text, card.fields) == (typed, typed, {"campo": typed})


async def test_what_a_person_says_of_a_conversation_is_kept_and_told(store: SqlStore) -> None:
    number = await at(store, "Ana", 1, "A1")
    when = datetime(2026, 11, 25, 9, tzinfo=UTC)
    await store.desk.change(number, ConversationChange(outcome=ConversationOutcome.LOST, follow_up_at=when))
    line = await store.desk.change(number, ConversationChange(status=None, follow_up_at=None))
    assert line is not None
    assert (line.outcome, line.follow_up_at) == (ConversationOutcome.LOST, None)
    assert line.decided_at is not None
    told = [one.data for one in await store.events_after(0) if one.kind == "conversation.updated"]
    assert told == [{"outcome": "lost", "follow_up_at": when.isoformat()}, {"follow_up_at": None}]
    again = await store.desk.change(number, ConversationChange(outcome=ConversationOutcome.OPEN))
    assert again is not None
    assert again.decided_at is None
    await store.desk.change(number, ConversationChange(outcome=ConversationOutcome.OPEN))  # nothing new: not told
    assert [one.kind for one in await store.events_after(0)].count("conversation.updated") == 3
    assert await store.desk.change(999, ConversationChange()) is None
    with pytest.raises(BadInput):
        await store.desk.change(number, ConversationChange(assigned_to=999))


async def test_a_conversation_that_was_joined_leads_to_the_other_one(store: SqlStore) -> None:
    ana = await at(store, "Ana", 1, "A1")
    again = await at(store, "Ana B.", 2, "A2")
    (one,) = await store.people.find("Ana")
    (other,) = await store.people.find("Ana B.")
    await store.people.merge(one.id, other.id, same_chat=True)
    assert await titles(store) == ["Ana"]
    led = await store.desk.conversation(again)
    assert led is not None
    assert (led.id, led.customer_id) == (ana, one.id)
    page = await store.desk.messages(again)
    assert page is not None
    assert [message.wa_id for message in page.items] == ["A2", "A1"]


async def test_messages_of_a_conversation_have_each_once_while_the_chat_grows_at_both_ends(store: SqlStore) -> None:
    window = [f"m{n}" for n in range(9)]
    saved = await store.save(shows(*(row(one, one) for one in window)))
    seen, cursor, grown = [], None, list(window)
    for turn in range(20):
        page = await store.desk.messages(saved.conversation_id, limit=2, before=cursor)
        assert page is not None
        seen += [message.wa_id for message in page.items]
        new, old, between = f"n{turn}", f"o{turn}", f"b{turn}"
        grown = [old, grown[0], between, *grown[1:], new]
        await store.save(shows(row(new), row(old), row(between), window=list(grown)))
        if page.cursor is None:
            break
        cursor = int(page.cursor)
    assert [one for one in seen if one.startswith("m")] == window[::-1]
    assert len(seen) == len(set(seen))


async def test_a_place_in_another_conversation_is_none(store: SqlStore) -> None:
    ana, bia = await store.save(shows(row("A1"))), await store.save(shows(row("B1"), title="Bia"))
    with pytest.raises(BadInput):
        await store.desk.messages(ana.conversation_id, before=bia.ids["B1"])
    assert await store.desk.messages(99) is None


async def test_a_message_has_what_was_understood_and_suggested(store: SqlStore) -> None:
    saved = await store.save(shows(row("A1", "quanto custa?"), row("A2", "custa 90", me=True)))
    message = saved.ids["A1"]
    await store.save_analysis(AnalysedMessage(message_id=message, analysis=analysis("Custa 90.")))
    await store.correct(message, "price")
    suggestion = SuggestionRecord(slot=1, text="Custa 90.", source="preço", tier=0, score=0.9)
    offer = OfferRecord(
        offer_id="o1",
        message_id=message,
        conversation_id=saved.conversation_id,
        suggestions=(suggestion,),
        attendant="Paula",
    )
    await store.save_offer(offer)
    await store.set_outcome("o1", 1, Outcome.SENT, distance=0)
    await store.answered("o1", "A2")
    card = await store.desk.message(message)
    assert card is not None
    assert card.analysis is not None
    assert (card.analysis.intent, card.analysis.corrected) == ("price", True)
    (shown,) = card.cards
    assert (shown.suggestions[0].outcome, shown.answer_id) == (Outcome.SENT, saved.ids["A2"])
    assert await store.desk.message(999) is None
    for query, count in (
        (CardQuery(), 1),
        (CardQuery(outcome=Outcome.SENT, attendant="Paula", conversation_id=saved.conversation_id), 1),
        (CardQuery(outcome=Outcome.EDITED), 0),
        (CardQuery(attendant="paula"), 0),
        (CardQuery(conversation_id=99), 0),
        (CardQuery(since=datetime.now(UTC) + timedelta(hours=1)), 0),
    ):
        assert len((await store.desk.cards(query)).items) == count


async def test_cards_are_each_shown_once_while_new_ones_come_in(store: SqlStore) -> None:
    saved = await store.save(shows(row("A1")))

    async def card(offer_id: str) -> None:
        ids = {"message_id": saved.ids["A1"], "conversation_id": saved.conversation_id}
        await store.save_offer(OfferRecord(offer_id=offer_id, suggestions=(), **ids))

    for n in range(5):
        await card(f"run é-{n}")
    seen, cursor = [], None
    for turn in range(9):
        page = await store.desk.cards(CardQuery(limit=2, cursor=cursor))
        seen += [one.offer_id for one in page.items]
        await card(f"new-{turn}")
        if (cursor := page.cursor) is None:
            break
    assert seen == [f"run é-{n}" for n in reversed(range(5))]


async def test_a_long_list_is_read_with_an_index_and_a_fixed_number_of_queries(sqlite: SqlStore) -> None:
    """1,000 conversations of 30 messages: no clock, but what the database does for a page of 100."""
    async with sqlite.together():
        for n in range(1000):
            await sqlite.save(
                shows(
                    *(
                        row(f"{n}-{m}", me=m % 2 == 1, date="2026-11-22", time=f"{m % 24:02}:{n % 60:02}")
                        for m in range(30)
                    ),
                    title=f"C{n}",
                )
            )
    asked: list[str] = []
    engine = sqlite._database.engine.sync_engine
    event.listen(engine, "before_cursor_execute", lambda *about: asked.append(about[2]))
    page = await sqlite.desk.conversations(ConversationQuery(limit=100))
    assert len(page.items) == 100
    assert len([one for one in asked if one.startswith("SELECT")]) <= 4
    wanted = desk.listing(10**9, 10**9).limit(101).compile(engine, compile_kwargs={"literal_binds": True})
    async with sqlite._read() as db:
        plan = [line[3] for line in await db.execute(text(f"EXPLAIN QUERY PLAN {wanted}"))]
    said = [step for step in plan if "messages_" in step or "messages" in step]
    assert any("USING INDEX ix_messages_conversation_id_position (conversation_id=?)" in step for step in said), plan
    assert not any("SCAN messages" in step for step in plan), plan


async def test_no_message_names_a_conversation_that_is_not_there(store: SqlStore) -> None:
    """What people write of a conversation hangs on it."""
    number = await at(store, "Ana", 1, "A1")
    await store.desk.change(number, ConversationChange(status=ConversationStatus.PENDING))
    (line,) = await table(store, "conversation_desks", "updated_at")
    assert (line["conversation_id"], line["outcome"]) == (number, ConversationOutcome.OPEN)
