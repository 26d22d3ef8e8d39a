"""``customer``: who is stored, who is one person and who is two, on a real encrypted database."""

import asyncio
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from agent.cli import app
from agent.errors import BadInput, ProfileLocked
from agent.page.profile import locked_profile
from agent.storage.key import DATABASE_FILE, database_key
from agent.storage.opening import open_store
from agent.storage.store import SqlStore
from tests.storage.chats import order, row, shows

Command = Callable[..., str]
LONG = "Maria Aparecida dos Santos Oliveira (cliente antiga)"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "loja"


@pytest.fixture
def command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Command:
    monkeypatch.setenv("BALCAO_PROFILES_DIR", str(tmp_path))
    monkeypatch.setenv("BALCAO_PROFILE", "loja")

    def run(*words: str, answer: str = "", code: int = 0) -> str:
        result = CliRunner().invoke(app, ["customer", *words], input=answer)
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        assert result.exit_code == code
        return result.output

    return run


def with_store(folder: Path, work: Callable[[SqlStore], Any]) -> Any:
    async def run() -> Any:
        store = await open_store(folder / DATABASE_FILE, database_key(folder))
        try:
            return await work(store)
        finally:
            await store.close()

    return asyncio.run(run())


@pytest.fixture(autouse=True)
def stored(folder: Path) -> None:
    async def three(store: SqlStore) -> None:
        await store.save(shows(row("A", "oi"), row("B", "tudo\nbem?", date="2026-11-02", time="10:30"), title=LONG))
        await store.save(shows(row("C", "olá"), title="Bia", phone="+5511988887777"))
        await store.save(shows(row("D", "oi, gente"), title="Família", group=True))

    with_store(folder, three)


def test_the_list_stays_readable_with_long_names(command):
    told = command("list").splitlines()
    assert max(map(len, told)) <= 100
    assert any("Maria Aparecida dos Santos …" in line for line in told)
    head, *lines = told
    assert all(line.index("/2026") for line in lines)
    assert {line.split()[0] for line in lines} == {"1", "2"}
    assert "+5511988887777" in next(line for line in lines if "Bia" in line)
    (column,) = {line.index("21/09/2026") for line in lines}
    assert head[column:].startswith("since")
    assert {one["customer"]: one["messages"] for one in json.loads(command("list", "--json"))} == {LONG: 2, "Bia": 1}


def test_an_empty_profile_has_no_customers(command, folder):
    with_store(folder, lambda store: store.people.erase(1))
    with_store(folder, lambda store: store.people.erase(2))
    assert "No customer is stored yet" in command("list")


def test_two_customers_become_one_after_a_question_and_two_again(command, folder):
    assert "Nothing was changed" in command("merge", "1", "2", answer="n\n", code=1)
    told = command("merge", "1", "2", answer="y\n")
    assert f"Are {LONG}, 2 messages, last seen" in told
    assert "Customer 2 is customer 1 from now on, with all their chats." in told
    told = command("list")
    assert "merged from 2: Bia, +5511988887777, 1 messages" in told
    assert told.splitlines()[1].split()[0] == "1"
    assert "Nothing was changed" in command("split", "2", answer="n\n", code=1)
    assert "Customer 2 is a person of their own now" in command("split", "2", "--yes")
    assert "merged from" not in command("list")


def test_a_chat_stored_as_two_is_joined_and_split_at_a_message(command, folder):
    told = command("merge", LONG, "(11) 98888-7777", "--same-chat", "--yes")
    assert "1 messages went into one chat, in order" in told
    assert with_store(folder, lambda store: order(store, 1)) == "A B C"
    shown = command("show", "Bia")
    assert "2026-11-02 10:30" in shown
    assert "tudo bem?" in shown
    number = next(line.split()[0] for line in shown.splitlines() if "olá" in line)
    told = json.loads(command("split", "1", "--from", number, "--yes", "--json"))
    assert told == {"customer_id": 1, "split_id": 3, "moved": 1, "left": 2}
    assert [one["text"] for one in json.loads(command("show", "3", "--json"))] == ["olá"]


def test_a_split_says_how_to_take_it_back(command):
    told = command("split", "1", "--from", "2", "--yes")
    assert "with 1 messages that were customer 1's; 1 stayed there" in told
    assert "`customer merge 1 3 --same-chat`" in told
    assert json.loads(command("merge", "1", "3", "--same-chat", "--yes", "--json"))["moved"] == 1


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("merge", "1", "Família"), "is a group"),
        (("merge", "1", "9"), "No customer '9'.*chat's title"),
        (("merge", "1", "1"), "same customer.*customer list"),
        (("split", "1"), "was not merged with anybody.*--from"),
        (("split", "1", "--from", "1"), "nothing would be left"),
        (("split", "1", "--from", "3"), "not one of customer 1's.*customer show 1"),
        (("show", "Carlos"), "No customer 'Carlos'"),
    ],
)
def test_nonsense_gets_one_sentence_and_what_to_do(command, words, reason):
    yes = () if words[0] == "show" else ("--yes",)
    with pytest.raises(BadInput, match=reason):
        command(*words, *yes)


@pytest.mark.parametrize("words", [("merge", "1", "2"), ("split", "1", "--from", "2")])
def test_nothing_is_decided_under_a_running_agent(command, folder, words):
    with locked_profile(folder):
        with pytest.raises(ProfileLocked):
            command(*words, "--yes")
        assert "Bia" in command("list")
        assert "olá" in command("show", "Bia")
