"""The triage list in the database."""

from datetime import UTC, datetime, timedelta

from agent.contract.analysis import Sentiment
from agent.contract.rows import ChatPreview, Direction
from agent.contract.triage import ListedChat, Mood
from tests.storage.chats import kinds_of_events

AT = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
MOOD = Mood(sentiment=Sentiment.NEGATIVE, sentiment_score=-0.8, intent="complaint")


def chat(title: str = "Ana", *, waits: bool = True, since: datetime | None = None, **shown: object) -> ListedChat:
    text = {"title": title, "unread": int(waits), "last_text": "Cadê?", "last_direction": Direction.IN} | shown
    return ListedChat(preview=ChatPreview(**text), waits=waits, waits_since=since)


async def keep(store, *chats: ListedChat, zone: str | None = "America/Sao_Paulo") -> None:
    await store.save_listed("loja", chats, zone)


async def test_a_chat_is_kept_once_and_read_back_whole(store):
    said = chat(since=AT, last_time="10:32", last_clock="10:32", last_date="2026-11-22")
    said = said.model_copy(update={"mood": MOOD})
    await keep(store, said)
    await keep(store, said)
    assert await store.listed("loja") == [said]
    assert await store.listed("outra") == []


async def test_the_longest_wait_comes_first_and_those_who_do_not_wait_last(store):
    await keep(store, chat("Calma", waits=False), chat("Nova", since=AT), chat("Sem hora"))
    await keep(store, chat("Velha", since=AT - timedelta(hours=1)))
    assert [c.preview.title for c in await store.listed("loja")] == ["Velha", "Nova", "Sem hora", "Calma"]


async def test_a_wait_that_nobody_saw_begin_counts_from_the_clock_of_the_list(store):
    await keep(store, chat(last_clock="09:30", last_date="2026-11-22"))
    await keep(store, chat("Ontem", last_date="2026-11-21"))
    since = {c.preview.title: c.waits_since for c in await store.listed("loja")}
    assert since == {"Ana": datetime(2026, 11, 22, 12, 30, tzinfo=UTC), "Ontem": None}


async def test_an_earlier_run_knew_it_better_unless_more_was_said(store):
    await keep(store, chat(since=AT))
    await keep(store, chat(last_clock="09:30", last_date="2026-11-22"))
    assert (await store.listed("loja"))[0].waits_since == AT
    await keep(store, chat(last_text="Alô?", last_clock="09:30", last_date="2026-11-22"))
    assert (await store.listed("loja"))[0].waits_since == AT + timedelta(minutes=30)


async def test_beginning_and_ending_to_wait_are_events(store):
    await keep(store, chat(), chat("Bia", waits=False))
    await keep(store, chat(unread=2))
    await keep(store, chat(waits=False))
    assert await kinds_of_events(store) == ["chat.waits", "chat.rests"]
