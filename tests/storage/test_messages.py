"""A message is stored once, in the best state in which it was ever read."""

import asyncio
import contextvars
from datetime import UTC, datetime

import pytest

from agent.contract.rows import Change, Delivery, Direction, Kind, Quote
from agent.contract.stored import MessageState
from agent.storage.repositories import events
from agent.storage.tables import Message
from tests.storage.chats import SEEN_MS, kinds_of_events, row, shows, table


async def test_a_new_message_is_stored_with_its_event(store):
    saved = await store.save(shows(row("A", "Quanto custa?", time="10:30", date="2026-11-02", author="Maria")))
    (message,) = saved.inserted
    assert (message.text, message.state, message.origin) == ("Quanto custa?", MessageState.RECEIVED, Change.NEW)
    assert message.chat_title == "Maria"
    assert message.first_seen.timestamp() * 1000 == SEEN_MS
    assert message.first_seen.utcoffset().total_seconds() == 0
    assert saved.ids == {"A": message.id}
    (event,) = await store.events_after(0)
    assert (event.kind, event.message_id) == ("message.captured", message.id)
    assert event.conversation_id == saved.conversation_id
    assert "Quanto custa?" not in event.model_dump_json()
    (line,) = await table(store, "messages")
    assert (line["page_time"], line["page_date"]) == ("10:30", "2026-11-02")


async def test_all_that_the_page_showed_is_kept(store):
    full = row(
        "A",
        "Sim\n👍",
        me=True,
        author="Loja",
        status=Delivery.SENT,
        quoted=Quote(author="Maria", text="Tem?"),
        edited=True,
        forwarded=True,
        truncated=True,
    )
    await store.save(shows(full))
    (line,) = await table(store, "messages")
    assert line["text"] == "Sim\n👍"
    assert (line["quoted_author"], line["quoted_text"]) == ("Maria", "Tem?")
    assert (line["edited"], line["forwarded"], line["truncated"]) == (True, True, True)
    assert (line["status"], line["author"]) == (Delivery.SENT, "Loja")


async def test_what_was_not_seen_stays_unknown(store):
    saved = await store.save(shows(row("A", kind=Kind.UNKNOWN, direction=Direction.UNKNOWN)))
    (line,) = await table(store, "messages")
    empty = ("text", "author", "page_time", "page_date", "status", "quoted_author", "quoted_text")
    assert {name: line[name] for name in empty} == dict.fromkeys(empty)
    assert saved.inserted[0].direction is Direction.UNKNOWN


async def test_the_same_batch_again_changes_nothing(store):
    batch = shows(row("A", "Oi"), row("B", "Tudo bem?"), row("C", "Tudo!", me=True, status=Delivery.SENT))
    first = await store.save(batch)
    before = [await table(store, name) for name in ("messages", "conversations", "customers", "events")]
    second = await store.save(batch)
    assert not second.inserted
    assert not second.updated
    assert second.ids == first.ids
    assert before == [await table(store, name) for name in ("messages", "conversations", "customers", "events")]


async def test_a_message_twice_in_one_batch_is_stored_once(store):
    saved = await store.save(shows(row("A", "Qanto?"), row("A", "Quanto?", edited=True), window="A"))
    assert [message.text for message in saved.inserted] == ["Quanto?"]
    assert await kinds_of_events(store) == ["message.captured"]


async def test_two_profiles_may_have_read_the_same_message(store):
    await store.save(shows(row("A", "Oi")))
    await store.save(shows(row("A", "Oi"), session="filial"))
    assert [(line["session"], line["wa_id"]) for line in await table(store, "messages")] == [
        ("loja", "A"),
        ("filial", "A"),
    ]


@pytest.mark.parametrize(
    ("read", "state"),
    [
        (row("A", "Quanto custa?"), MessageState.RECEIVED),
        (row("A", "olha essa foto", kind=Kind.IMAGE), MessageState.RECEIVED),
        (row("A", "Custa 10", me=True), MessageState.COMPLETE),
        (row("A", kind=Kind.VOICE), MessageState.COMPLETE),
        (row("A", "  ", kind=Kind.IMAGE), MessageState.COMPLETE),
        (row("A", "As mensagens são protegidas", kind=Kind.SYSTEM), MessageState.COMPLETE),
        (row("A", "Ligação de voz perdida", kind=Kind.CALL), MessageState.COMPLETE),
        (row("A", "Mensagem apagada", kind=Kind.DELETED), MessageState.COMPLETE),
        (row("A", "Aguardando mensagem", kind=Kind.WAITING), MessageState.COMPLETE),
        (row("A", "de quem?", direction=Direction.UNKNOWN), MessageState.COMPLETE),
    ],
)
async def test_only_what_a_customer_says_waits_for_analysis(sqlite, read, state):
    assert (await sqlite.save(shows(read))).inserted[0].state is state


@pytest.mark.parametrize("change", [Change.BASELINE, Change.HISTORY])
async def test_older_messages_are_analysed_too(sqlite, change):
    (message,) = (await sqlite.save(shows(row("A", "Quanto custa?"), change=change))).inserted
    assert (message.state, message.origin) == (MessageState.RECEIVED, change)


async def test_an_edit_replaces_the_text_and_is_analysed_again(store):
    (message,) = (await store.save(shows(row("A", "Qanto custa?")))).inserted
    await store.set_state([message.id], MessageState.COMPLETE)
    saved = await store.save(shows(row("A", "Quanto custa?", edited=True), change=Change.EDITED))
    (edited,) = saved.updated
    assert (edited.id, edited.text, edited.state) == (message.id, "Quanto custa?", MessageState.RECEIVED)
    assert await kinds_of_events(store) == ["message.captured", "message.edited"]
    told = (await store.events_after(1))[0].data
    assert told["fields"] == ["edited", "text"]


async def test_an_edit_made_while_the_chat_was_closed_is_seen_on_opening(store):
    await store.save(shows(row("A", "dez")))
    saved = await store.save(shows(row("A", "doze", edited=True), change=Change.BASELINE))
    assert saved.updated[0].text == "doze"


async def test_ticks_are_told_as_a_status_and_never_go_back(store):
    await store.save(shows(row("A", "Oi", me=True, status=Delivery.SENT)))
    for status in (Delivery.READ, Delivery.DELIVERED, None):
        await store.save(shows(row("A", "Oi", me=True, status=status), change=Change.STATUS))
    assert [line["status"] for line in await table(store, "messages")] == [Delivery.READ]
    assert await kinds_of_events(store) == ["message.captured", "message.status"]
    assert (await store.events_after(1))[0].data == {"status": "read"}


@pytest.mark.parametrize(
    "poorer",
    [
        row("A", None),
        row("A", ""),
        row("A", None, kind=Kind.UNKNOWN, direction=Direction.UNKNOWN),
        row("A", "Aguardando mensagem", kind=Kind.WAITING),
        row("A", "Queria saber…", truncated=True),
    ],
)
async def test_what_was_read_is_never_replaced_by_less(sqlite, poorer):
    await sqlite.save(shows(row("A", "Queria saber o preço do tênis")))
    before = await table(sqlite, "messages")
    assert not (await sqlite.save(shows(poorer, change=Change.SETTLED))).updated
    assert await table(sqlite, "messages") == before


async def test_a_cut_text_is_completed(store):
    await store.save(shows(row("A", "Queria saber", truncated=True)))
    (whole,) = (await store.save(shows(row("A", "Queria saber o preço"), change=Change.SETTLED))).updated
    assert whole.text == "Queria saber o preço"
    assert not (await table(store, "messages"))[0]["truncated"]


async def test_a_deleted_message_keeps_what_was_read(store):
    await store.save(shows(row("A", "me manda o pix")))
    (deleted,) = (
        await store.save(shows(row("A", "Mensagem apagada", kind=Kind.DELETED), change=Change.EDITED))
    ).updated
    assert (deleted.kind, deleted.text, deleted.state) == (Kind.DELETED, "me manda o pix", MessageState.COMPLETE)
    assert await kinds_of_events(store) == ["message.captured", "message.deleted"]


async def test_a_reaction_is_an_event_and_no_news_from_the_customer(store):
    (message,) = (await store.save(shows(row("A", "Chegou!")))).inserted
    await store.set_state([message.id], MessageState.COMPLETE)
    saved = await store.save(shows(row("A", "Chegou!", reactions=("❤️",)), change=Change.REACTION))
    assert not saved.updated
    assert (await store.recent(message.conversation_id))[0].state is MessageState.COMPLETE
    assert [event.kind for event in await store.events_after(1)] == ["message.reacted"]


async def test_a_reaction_goes_only_when_it_was_seen_going(store):
    await store.save(shows(row("A", "Chegou!", reactions=("❤️",))))
    await store.save(shows(row("A", "Chegou!"), change=Change.BASELINE))
    assert [line["reactions"] for line in await table(store, "messages")] == [["❤️"]]
    await store.save(shows(row("A", "Chegou!"), change=Change.REACTION))
    assert [line["reactions"] for line in await table(store, "messages")] == [[]]
    assert await kinds_of_events(store) == ["message.captured", "message.reacted"]


async def test_one_reading_can_tell_two_things(store):
    await store.save(shows(row("A", "Oi", me=True, status=Delivery.SENT)))
    now = row("A", "Olá", me=True, status=Delivery.READ, edited=True, reactions=("👍",))
    await store.save(shows(now, change=Change.EDITED))
    told = ["message.captured", "message.edited", "message.status", "message.reacted"]
    assert await kinds_of_events(store) == told


async def test_a_message_has_its_moment_and_the_zone_of_its_clock(store):
    seen = row("A", "Oi", time="09:30", date="2026-11-02")
    (message,) = (await store.save(shows(seen, zone="America/Sao_Paulo"))).inserted
    assert message.sent_at == datetime(2026, 11, 2, 12, 30, tzinfo=UTC)
    (line,) = await table(store, "messages")
    assert (line["zone"], line["page_time"]) == ("America/Sao_Paulo", "09:30")


async def test_a_moment_is_completed_when_the_same_clock_is_read_with_its_zone(store):
    seen = row("A", "Oi", time="09:30", date="2026-11-02")
    await store.save(shows(seen))
    await store.save(shows(row("A", "Oi", time="08:30", date="2026-11-02"), zone="America/Manaus"))
    assert [line["sent_at"] for line in await table(store, "messages")] == [None]
    await store.save(shows(seen, zone="America/Sao_Paulo", change=Change.BASELINE))
    assert [line["sent_at"] for line in await table(store, "messages")] == [datetime(2026, 11, 2, 12, 30, tzinfo=UTC)]


async def test_a_message_that_was_waited_for_is_analysed_when_it_comes(store):
    await store.save(shows(row("A", kind=Kind.WAITING)))
    (came,) = (await store.save(shows(row("A", "Quanto custa?"), change=Change.SETTLED))).updated
    assert (came.kind, came.text, came.state) == (Kind.TEXT, "Quanto custa?", MessageState.RECEIVED)


async def test_a_direction_found_later_is_taken_over_and_a_known_one_stays(store):
    await store.save(shows(row("A", "Oi", direction=Direction.UNKNOWN)))
    (found,) = (await store.save(shows(row("A", "Oi"), change=Change.SETTLED))).updated
    assert (found.direction, found.state) == (Direction.IN, MessageState.RECEIVED)
    assert not (await store.save(shows(row("A", "Oi", me=True), change=Change.SETTLED))).updated


async def test_author_and_time_are_completed_in_silence(store):
    await store.save(shows(row("A", "Oi")))
    saved = await store.save(
        shows(row("A", "Oi", author="Ana", time="09:00", date="2026-11-02"), change=Change.SETTLED)
    )
    assert not saved.updated
    (line,) = await table(store, "messages")
    assert (line["author"], line["page_time"], line["page_date"]) == ("Ana", "09:00", "2026-11-02")
    assert await kinds_of_events(store) == ["message.captured"]


async def test_messages_and_events_are_one_transaction(store, monkeypatch):
    async def fail(*_: object) -> None:
        raise RuntimeError("between the message and its event")

    with monkeypatch.context() as patch:
        patch.setattr(events, "append", fail)
        with pytest.raises(RuntimeError):
            await store.save(shows(row("A", "Oi")))
    assert await table(store, "messages") == []
    assert await table(store, "conversations") == []
    assert len((await store.save(shows(row("A", "Oi")))).inserted) == 1


async def test_a_clock_that_says_nonsense_loses_no_message(sqlite):
    batch = shows(row("A", "Oi"))
    odd = batch.changes[0].model_copy(update={"seen_ms": 1e300})
    assert len((await sqlite.save(batch.model_copy(update={"changes": (odd,)}))).inserted) == 1


async def test_unfinished_messages_of_a_profile_oldest_first(store):
    await store.save(shows(row("A", "um"), row("B", "resposta", me=True), row("C", "dois"), row("D", "três")))
    await store.save(shows(row("E", "outro"), session="filial"))
    first, second, third = await store.unfinished("loja")
    assert [m.wa_id for m in (first, second, third)] == ["A", "C", "D"]
    assert [m.wa_id for m in await store.unfinished("loja", limit=2)] == ["A", "C"]
    await store.set_state([first.id], MessageState.COMPLETE)
    await store.set_state([second.id], MessageState.ERROR)
    await store.set_state([third.id], MessageState.AI_ANALYSIS)
    assert [m.wa_id for m in await store.unfinished("loja")] == ["D"]


async def test_an_empty_window_makes_only_the_conversation(store):
    saved = await store.save(shows())
    assert (saved.inserted, saved.updated, saved.ids) == ((), (), {})
    assert (await store.counts()).conversations == 1


def test_every_column_of_a_message_is_read_back_or_has_a_reason_not_to():
    read_by_name = {"page_time", "page_date", "quoted_author", "quoted_text"}
    rest = {
        "id",
        "session",
        "wa_id",
        "conversation_id",
        "position",
        "origin",
        "state",
        "first_seen",
        "updated_at",
        "zone",
    }
    rest |= {"sent_at", "folded"}
    from agent.contract.rows import Row

    assert set(Message.__table__.columns.keys()) == (
        set(Row.model_fields) - {"id", "time", "date", "quoted", "file_name"} | read_by_name | rest
    )


async def test_what_is_stored_together_is_kept_together_or_not_at_all(store):
    async def fails() -> None:
        async with store.together():
            await store.save(shows(row("A", "Oi")))
            await store.correct(99, "price")

    with pytest.raises(LookupError):
        await fails()
    assert (await store.counts()).last_event == 0
    async with store.together():
        saved = await store.save(shows(row("A", "Oi")))
        await store.set_state([saved.inserted[0].id], MessageState.COMPLETE)
    assert (await store.recent(saved.conversation_id))[0].state is MessageState.COMPLETE
    assert (await store.save(shows(row("B", "Olá")))).inserted


async def test_others_wait_for_what_is_stored_together(store):
    async with store.together():
        await store.save(shows(row("A", "Oi")))
        other = asyncio.create_task(store.save(shows(row("B", "Olá"))), context=contextvars.Context())
        done, _ = await asyncio.wait({other}, timeout=0.1)
        assert not done
    assert (await other).inserted
