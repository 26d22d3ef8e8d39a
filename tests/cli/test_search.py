"""``search`` as a person uses it, on a real encrypted database."""

import json

import pytest

from agent.contract.rows import Kind
from agent.errors import BadInput
from agent.storage.store import SqlStore
from tests.cli.database import with_store
from tests.storage.chats import row, shows

LONG = (
    "Bom dia! " * 12 + "Queria saber se o meu PEDIDO já saiu,\nporque ainda não chegou nada aqui em casa " + "e " * 80
)
ZONE = "America/Sao_Paulo"


async def an_autumn(store: SqlStore) -> None:
    maria = "Maria das Dores de Albuquerque e Silva Neto (cliente antiga)"
    rows = [
        row("A", LONG, date="2026-10-02", time="09:00"),
        row("B", "seu pedido saiu [hoje]", date="2026-10-03", time="10:30", me=True),
        row("C", "pedido errado", date="2026-10-05", time="12:00", kind=Kind.DELETED),
    ]
    await store.save(shows(*rows, title=maria, phone="+5511988887777", zone=ZONE))
    await store.save(shows(row("D", "e o pedido?"), title="Bia"))


@pytest.fixture
def stored(folder) -> None:
    folder.mkdir()
    with_store(folder, an_autumn)


def test_the_list_is_short_and_marks_the_words(command, stored):
    head, *lines = command("search", "pedid saiu").splitlines()
    assert head.split() == ["when", "chat", "message"]
    ours, theirs = lines
    assert "03/10/2026" in ours
    assert " out " in ours
    assert "seu «pedido» «saiu» [hoje]" in ours
    assert "02/10/2026" in theirs
    assert " in " in theirs
    assert "«PEDIDO» já «saiu», p" in theirs
    assert theirs.rstrip().endswith("…")
    assert max(map(len, lines)) <= 80
    told = command("search", "pedido")
    assert "seen 21/09/2026" in told
    assert "[deleted] «pedido» errado" in told


def test_filters_pages_and_json(command, stored):
    def found(*words: str) -> list[str]:
        return [one["text"][:13] for one in json.loads(command("search", "pedido", *words, "--json"))["messages"]]

    assert found("--from", "2026-10-03", "--to", "05/10/2026") == ["pedido errado", "seu pedido sa"]
    assert found("--to", "2026-10-02", "--chat", "maria") == [LONG[:13]]
    assert found("--direction", "out") == ["seu pedido sa"]
    assert found("--sentiment", "negative", "--intent", "complaint") == []
    page = json.loads(command("search", "pedido", "--limit", "3", "--json"))
    assert found("--limit", "3", "--cursor", page["cursor"]) == ["e o pedido?"]
    assert page["messages"][0]["marks"] == [[0, 6]]
    assert f"--cursor {page['cursor']}" in command("search", "pedido", "--limit", "3")


def test_customers_are_told_first(command, stored):
    told = command("search", "(11) 98888-7777").splitlines()
    assert told[0].startswith("Customer 1: Maria das Dores de Albuquerque e Silva …, +5511988887777")
    assert "No stored message has these words. Write fewer" in " ".join(told)


def test_nothing_found_says_what_to_do(command, stored):
    assert "No stored message has this word. Write fewer words" in command("search", "girafa")
    assert "Leave a filter out" in command("search", "pedido", "--chat", "Zacarias")
    assert "No stored message has this word." in command("search", '"*')


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("--from", "ontem"), "'ontem' is no day"),
        (("--to", "2026-02-30"), "'2026-02-30' is no day"),
        (("--from", "2026-10-05", "--to", "2026-10-01"), "is before"),
        (("--from", "0001-01-01"), "too far away"),
        (("--cursor", "x"), "no place"),
    ],
)
def test_nonsense_ends_in_a_sentence(command, stored, words, reason):
    with pytest.raises(BadInput, match=reason):
        command("search", "pedido", *words)


def test_a_question_without_end(command, stored):
    with pytest.raises(BadInput, match="400 letters"):
        command("search", "a" * 401)
