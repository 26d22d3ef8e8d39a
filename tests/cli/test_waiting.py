"""The triage list as a person reads it."""

from datetime import UTC, datetime, timedelta

from agent.storage.store import SqlStore
from tests.cli.test_learning_commands import command, folder, with_store  # noqa: F401 (fixtures)
from tests.storage.test_listed import MOOD, chat


async def a_queue(store: SqlStore) -> None:
    upset = chat(
        "Maria das Dores de Albuquerque e Silva Neto", since=datetime.now(UTC) - timedelta(minutes=95), unread=3,
        last_text="Já faz três dias que espero a resposta de vocês, um absurdo, quero o meu dinheiro de volta 😡",
    ).model_copy(update={"mood": MOOD})  # fmt: skip
    await store.save_listed("loja", [upset, chat("Zé [red]", last_time="Ontem"), chat("Bia", waits=False)], None)


def test_who_waits_is_listed_with_mood_and_last_words(command, folder):  # noqa: F811
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


def test_an_empty_list_says_so(command, folder):  # noqa: F811
    folder.mkdir()
    with_store(folder)
    assert "Nobody waits" in command("waiting")
