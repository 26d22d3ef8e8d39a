"""``customer``: who is stored, who is one person and who is two, on a real encrypted database."""

import json
from functools import partial
from pathlib import Path

import pytest

from agent.errors import BadInput, ProfileLocked
from agent.page.profile import locked_profile
from agent.storage.store import SqlStore
from tests.cli.conftest import Command
from tests.cli.database import with_store
from tests.storage.chats import order, row, shows

LONG = "Maria Aparecida dos Santos Oliveira (cliente antiga)"


@pytest.fixture
def customer(command: Command) -> Command:
    """``customer("list")``: one of the ``customer`` commands."""
    return partial(command, "customer")


@pytest.fixture(autouse=True)
def stored(folder: Path) -> None:
    async def three(store: SqlStore) -> None:
        await store.save(shows(row("A", "oi"), row("B", "tudo\nbem?", date="2026-11-02", time="10:30"), title=LONG))
        await store.save(shows(row("C", "olá"), title="Bia", phone="+5511988887777"))
        await store.save(shows(row("D", "oi, gente"), title="Família", group=True))

    with_store(folder, three)


def test_the_list_stays_readable_with_long_names(customer):
    told = customer("list").splitlines()
    assert max(map(len, told)) <= 100
    assert any("Maria Aparecida dos Santos …" in line for line in told)
    head, *lines = told
    assert all(line.index("/2026") for line in lines)
    assert {line.split()[0] for line in lines} == {"1", "2"}
    assert "+5511988887777" in next(line for line in lines if "Bia" in line)
    (column,) = {line.index("21/09/2026") for line in lines}
    assert head[column:].startswith("since")
    assert {one["customer"]: one["messages"] for one in json.loads(customer("list", "--json"))} == {LONG: 2, "Bia": 1}


def test_an_empty_profile_has_no_customers(customer, folder):
    with_store(folder, lambda store: store.people.erase(1))
    with_store(folder, lambda store: store.people.erase(2))
    assert "No customer is stored yet" in customer("list")


def test_two_customers_become_one_after_a_question_and_two_again(customer, folder):
    assert "Nothing was changed" in customer("merge", "1", "2", answer="n\n", code=1)
    told = customer("merge", "1", "2", answer="y\n")
    assert f"Are {LONG}, 2 messages, last seen" in told
    assert "Customer 2 is customer 1 from now on, with all their chats." in told
    told = customer("list")
    assert "merged from 2: Bia, +5511988887777, 1 messages" in told
    assert told.splitlines()[1].split()[0] == "1"
    assert "Nothing was changed" in customer("split", "2", answer="n\n", code=1)
    assert "Customer 2 is a person of their own now" in customer("split", "2", "--yes")
    assert "merged from" not in customer("list")


def test_a_chat_stored_as_two_is_joined_and_split_at_a_message(customer, folder):
    told = customer("merge", LONG, "(11) 98888-7777", "--same-chat", "--yes")
    assert "1 messages went into one chat, in order" in told
    assert with_store(folder, lambda store: order(store, 1)) == "A B C"
    shown = customer("show", "Bia")
    assert "2026-11-02 10:30" in shown
    assert "tudo bem?" in shown
    number = next(line.split()[0] for line in shown.splitlines() if "olá" in line)
    told = json.loads(customer("split", "1", "--from", number, "--yes", "--json"))
    assert told == {"customer_id": 1, "split_id": 3, "moved": 1, "left": 2}
    assert [one["text"] for one in json.loads(customer("show", "3", "--json"))] == ["olá"]


def test_a_split_says_how_to_take_it_back(customer):
    told = customer("split", "1", "--from", "2", "--yes")
    assert "with 1 messages that were customer 1's; 1 stayed there" in told
    assert "`customer merge 1 3 --same-chat`" in told
    assert json.loads(customer("merge", "1", "3", "--same-chat", "--yes", "--json"))["moved"] == 1


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
def test_nonsense_gets_one_sentence_and_what_to_do(customer, words, reason):
    yes = () if words[0] == "show" else ("--yes",)
    with pytest.raises(BadInput, match=reason):
        customer(*words, *yes)


def test_whoever_looks_or_changes_stands_in_the_customers_access_log(command, customer, folder):
    customer("list")
    customer("show", "Bia")
    command("search", "olá")
    command("search", "tudo")
    command("waiting")
    customer("merge", "1", "2", "--yes")
    customer("split", "2", "--yes")
    customer("merge", "1", "2", answer="n\n", code=1)

    async def lines(store: SqlStore, who: int | None = None) -> list[tuple[str, str, tuple[int, ...]]]:
        found = await store.audit(b"").page(customer_ids=None if who is None else [who])
        return [(one.actor, one.action, one.customers) for one in reversed(found)]

    assert with_store(folder, lines) == [
        ("command", "customer.listed", (1, 2)),
        ("command", "message.listed", (2,)),
        ("command", "message.searched", (2,)),
        ("command", "message.searched", (1,)),
        ("command", "waiting.listed", ()),
        ("command", "customer.merged", (1, 2)),
        ("command", "customer.split", (1, 2)),
    ]
    (export,) = (Path(one) for one in json.loads(customer("export", "Bia", "--json")) if one.endswith("json"))
    told = [one["action"] for one in json.loads(export.read_text("utf-8"))["accesses"]]
    assert told == ["customer.split", "customer.merged", "message.searched", "message.listed", "customer.listed"]


@pytest.mark.parametrize("words", [("merge", "1", "2"), ("split", "1", "--from", "2")])
def test_nothing_is_decided_under_a_running_agent(customer, folder, words):
    with locked_profile(folder):
        with pytest.raises(ProfileLocked):
            customer(*words, "--yes")
        assert "Bia" in customer("list")
        assert "olá" in customer("show", "Bia")
