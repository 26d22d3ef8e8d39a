"""What people note of customers, and what is known of one."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from agent.contract.analysis import Sentiment
from agent.contract.desk import ConversationChange, ConversationOutcome
from agent.contract.stored import AnalysedMessage
from agent.errors import BadInput
from agent.storage.store import SqlStore
from agent.storage.tables import Customer
from tests.core.says import analysis
from tests.storage.chats import row, shows
from tests.storage.test_desk import at


async def test_customers_are_listed_each_once_and_found_by_any_name(store: SqlStore) -> None:
    for n in range(5):
        await at(store, f"Cliente {n}", n, f"{n}-1")
    (kept,) = await store.people.find("Cliente 1")
    (other,) = await store.people.find("Cliente 3")
    await store.people.merge(kept.id, other.id)
    seen, before = [], None
    for turn in range(9):
        page, before = await store.desk.customers(limit=2, before=before)
        seen += [one.customer for one in page]
        await at(store, f"Nova {turn}", turn, f"n-{turn}")
        if before is None:
            break
    assert seen == ["Cliente 4", "Cliente 2", "Cliente 1", "Cliente 0"]
    assert [one.customer for one in (await store.desk.customers("cliente 3"))[0]] == ["Cliente 1"]


async def test_notes_of_a_merged_customer_go_along_and_come_back(store: SqlStore) -> None:
    await at(store, "Ana", 1, "A1")
    await at(store, "Bia", 2, "B1")
    (ana,), (bia,) = await store.people.find("Ana"), await store.people.find("Bia")
    await store.desk.tag(ana.id, "atacado")
    await store.desk.tag(bia.id, "vip")
    await store.desk.add_note(bia.id, "prefere à tarde", "user:1")
    await store.desk.set_field(ana.id, "plano", "A")
    await store.desk.set_field(bia.id, "plano", "B")
    await store.people.merge(ana.id, bia.id)
    (one,) = await store.people.find("Bia")
    place = await store.dashboard.place()
    card = await store.desk.card(one, place)
    assert (card.id, card.tags, card.fields, len(card.notes)) == (ana.id, ("atacado", "vip"), {"plano": "A"}, 1)
    assert [line.tags for line in (await store.desk.customers(tag="vip"))[0]] == [("atacado", "vip")]
    await store.people.part(bia.id)
    (back,) = await store.people.find("Bia")
    card = await store.desk.card(back, place)
    assert (card.tags, card.fields, len(card.notes)) == (("vip",), {"plano": "B"}, 1)


async def test_tags_fields_and_notes_are_told_without_their_words(store: SqlStore) -> None:
    await at(store, "Ana", 1, "A1")
    (ana,) = await store.people.find("Ana")
    await store.desk.tag(ana.id, "vip")
    await store.desk.tag(ana.id, "vip")
    await store.desk.untag(ana.id, "none")
    await store.desk.untag(ana.id, "vip")
    note = await store.desk.add_note(ana.id, "segredo", "user:1")
    await store.desk.write_note(ana.id, note.id, "segredo 2")
    await store.desk.remove_note(ana.id, note.id)
    await store.desk.remove_note(ana.id, note.id)
    await store.desk.set_field(ana.id, "plano", "segredo")
    await store.desk.drop_field(ana.id, "plano")
    told = [one for one in await store.events_after(0) if one.kind == "customer.updated"]
    assert [one.data["what"] for one in told] == ["tags", "tags", "notes", "notes", "notes", "fields", "fields"]
    assert "segredo" not in repr(told)
    assert await store.desk.write_note(ana.id, note.id, "x") is None


async def test_a_customer_has_so_many_tags_and_no_more(sqlite: SqlStore) -> None:
    await at(sqlite, "Ana", 1, "A1")
    (ana,) = await sqlite.people.find("Ana")
    for n in range(50):
        await sqlite.desk.tag(ana.id, f"t{n}")
    await sqlite.desk.tag(ana.id, "t7")
    with pytest.raises(BadInput):
        await sqlite.desk.tag(ana.id, "one more")


async def test_a_name_that_a_person_gave_stays_when_the_chat_is_renamed(store: SqlStore) -> None:
    await at(store, "Ana", 1, "A1")
    await at(store, "Bia", 2, "B1")
    (ana,), (bia,) = await store.people.find("Ana"), await store.people.find("Bia")
    await store.desk.rename(ana.id, "Ana (oficina)")
    await store.save(shows(row("A1"), row("A2"), title="Ana 2"))
    await store.save(shows(row("B1"), row("B2"), title="Bia 2"))
    names = {one.id: one.customer for one in await store.people.listed()}
    assert names == {ana.id: "Ana (oficina)", bia.id: "Bia 2"}
    await store.desk.rename(ana.id, None)
    assert {one.customer for one in await store.people.listed()} == {"Ana 2", "Bia 2"}


async def test_what_was_noted_is_kept_when_the_chat_turns_out_to_be_a_group(store: SqlStore) -> None:
    await at(store, "Time", 1, "A1")
    await at(store, "Outro", 1, "O1")
    (team,), (other,) = await store.people.find("Time"), await store.people.find("Outro")
    await store.desk.add_note(team.id, "pagam dia 10", "user:1")
    await store.save(shows(row("A1"), title="Time", group=True))
    await store.save(shows(row("O1"), title="Outro", group=True))
    async with store._read() as db:
        assert list(await db.scalars(select(Customer.id))) == [team.id]
    assert (await store.desk.notes(team.id))[0][0].text == "pagam dia 10"
    assert other.id not in {one.id for one in await store.people.listed()}


async def test_the_card_of_a_customer(store: SqlStore) -> None:
    ana = await at(store, "Ana", 1, "A1", "péssimo")
    await at(store, "Ana", 2, "A2", "agora sim")
    scored = {"A1": -0.8, "A2": 0.4}
    for message in await store.recent(ana):
        values = {"sentiment_score": scored[message.wa_id], "sentiment": Sentiment.NEUTRAL, "intent": "complaint"}
        understood = analysis("x").model_copy(update=values)
        await store.save_analysis(AnalysedMessage(message_id=message.id, analysis=understood))
    await store.desk.change(ana, ConversationChange(outcome=ConversationOutcome.RESOLVED))
    (person,) = await store.people.find("Ana")
    card = await store.desk.card(person, await store.dashboard.place())
    assert [(mood.day.isoformat(), mood.score, mood.messages) for mood in card.mood] == [("2026-11-22", -0.2, 2)]
    assert [one.intent for one in card.intents] == ["complaint", "complaint"]
    assert (card.first_contact, card.last_contact) == (
        datetime(2026, 11, 22, 10, 1, tzinfo=UTC),
        datetime(2026, 11, 22, 10, 2, tzinfo=UTC),
    )
    assert card.outcomes == {ConversationOutcome.RESOLVED: 1, ConversationOutcome.OPEN: 0}
