"""The triage list as a person reads it."""

import json
from datetime import UTC, datetime, timedelta

from agent.contract.analysis import Sentiment
from agent.storage.store import SqlStore
from tests.cli.database import with_store
from tests.storage.test_listed import MOOD, chat


async def a_queue(store: SqlStore) -> None:
    upset = chat(
        "Maria das Dores de Albuquerque e Silva Neto", since=datetime.now(UTC) - timedelta(minutes=95), unread=3,
        last_text="Já faz três dias que espero a resposta de vocês, um absurdo, quero o meu dinheiro de volta 😡",
    ).model_copy(update={"mood": MOOD})  # fmt: skip
    await store.save_listed("loja", [upset, chat("Zé [red]", last_time="Ontem"), chat("Bia", waits=False)], None)


def test_who_waits_is_listed_with_mood_and_last_words(command, folder):
    folder.mkdir()
    with_store(folder, a_queue)
    shown = command("waiting")
    first, second = shown.splitlines()[1:3]
    assert first.startswith("1 h 35")
    assert all(word in first for word in ("Maria das Dores", "3", "upset", "complaint", "Já faz"))
    assert second.startswith("Ontem")
    assert "Zé [red]" in second
    assert "Bia" not in shown
    assert '"waits": true' in command("waiting", "--json")


def test_an_empty_list_says_so(command, folder):
    folder.mkdir()
    with_store(folder)
    assert "Nobody waits" in command("waiting")


async def a_mixed_queue(store: SqlStore) -> None:
    def since(minutes: float) -> datetime:
        return datetime.now(UTC) - timedelta(minutes=minutes)

    thanks = MOOD.model_copy(update={"sentiment": Sentiment.POSITIVE, "intent": "thanks"})
    await store.save_listed(
        "loja",
        [
            chat("Grata", since=since(600)).model_copy(update={"mood": thanks}),
            chat("Nova", since=since(1)),
            chat("Brava", since=since(2)).model_copy(update={"mood": MOOD}),
            chat("Antiga", since=since(30)),
            chat("Lida e grata", since=since(700), unread=0).model_copy(update={"mood": thanks}),
        ],
        None,
    )


def test_the_order_is_that_of_the_card(command, folder):
    folder.mkdir()
    with_store(folder, a_mixed_queue)
    listed = [line["preview"]["title"] for line in json.loads(command("waiting", "--json"))]
    assert listed == ["Antiga", "Brava", "Nova", "Grata", "Lida e grata"]
