"""The full-text index says what is stored, whatever happens to it, and keeps nothing of what was erased."""

import random
import string
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlcipher3 import dbapi2

from agent.contract.rows import Change, Kind
from agent.contract.search import MessageSearch, Order
from agent.storage import sqlcipher
from agent.storage.folding import asked_for, folded, holds
from agent.storage.migrations.running import NEWEST, migrate
from agent.storage.opening import open_store
from agent.storage.repositories import search
from agent.storage.store import SqlStore
from tests.storage.chats import row, shows, table
from tests.storage.test_identity_world import on_store  # noqa: F401 (fixture)
from tests.storage.test_search import fill, texts

pytestmark = pytest.mark.slow

PIECES = [
    "não",
    "NAO",
    "pedido",
    "pedidos",
    "ped",
    "é",
    "1.250",
    "R$",
    "👍🏽",
    "❤️",
    "🇧🇷",
    '"',
    "*",
    "-",
    "OR",
    "NEAR(",
    "^",
    "ß",
]
odd = st.lists(st.sampled_from(PIECES) | st.text(max_size=6), min_size=1, max_size=5).map(" ".join)
typed = odd | st.text(max_size=40)


async def found(store: SqlStore, words: str, **asked: object) -> set[str]:
    pages, cursor = set[str](), None
    while True:
        query = MessageSearch(words=words, limit=7, cursor=cursor, **asked)
        page = await store.search.messages(query)
        pages |= {one.text for one in page.messages}
        if (cursor := page.cursor) is None:
            return pages


def test_what_is_found_is_what_holds_all_words_whatever_is_typed(on_store, monkeypatch):  # noqa: F811
    numbers = iter(range(10**6))

    @settings(
        deadline=None, max_examples=60, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
    )
    @given(st.lists(odd, min_size=1, max_size=40), st.lists(typed, min_size=1, max_size=6), st.data())
    def look(said: list[str], asked: list[str], data: st.DataObject) -> None:
        async def check(store: SqlStore) -> None:
            session = f"s{next(numbers)}"
            ids = [f"m{n}" for n in range(len(said))]
            await store.save(shows(*map(row, ids, said), session=session, title=session))
            edited = data.draw(st.lists(st.sampled_from(ids), unique=True, max_size=3))
            if edited:
                new = [row(one, data.draw(odd), edited=True) for one in edited]
                await store.save(shows(*new, change=Change.EDITED, window=ids, session=session, title=session))
            lines = [line["text"] for line in await table(store, "messages") if line["text"]]
            for words in asked:
                wanted = asked_for(words)
                expected = {line for line in lines if wanted and holds(folded(line), wanted)}
                assert await found(store, words) == expected
                in_chat = []
                for narrow, wide in ((10**6, 10**6), (-1, 10**6), (-1, -1)):  # read, gathered, looked up
                    monkeypatch.setattr(search, "NARROW", narrow)
                    monkeypatch.setattr(search, "WIDE", wide)
                    in_chat.append(await found(store, words, in_chat=session))
                assert in_chat[0] == in_chat[1] == in_chat[2] <= expected
                best = await store.search.messages(MessageSearch(words=words, order=Order.BEST, limit=500))
                assert {one.text for one in best.messages} <= expected
            await check_index(store)

        on_store(check)

    look()


async def check_index(store: SqlStore) -> None:
    async with store._database.engine.begin() as db:
        await db.execute(text("INSERT INTO searched (searched) VALUES ('integrity-check')"))
        indexed = set(await db.scalars(text("SELECT DISTINCT doc & 0x7fffffff FROM searched_terms")))
        upto = await db.scalar(text("SELECT id FROM searched_upto"))
    lines = await table(store, "messages")
    assert indexed == {line["id"] for line in lines if line["id"] <= upto and line["folded"]}
    assert all(line["folded"] == folded(line["text"]) for line in lines if line["kind"] is not Kind.SYSTEM)


async def test_long_and_manifold_questions_are_answered(sqlite):
    long = " ".join(f"palavra{n}" for n in range(36))
    await sqlite.save(shows(row("A", long), *[row(f"{n}", f"comeco{n}") for n in range(200)]))
    await fill(sqlite)
    assert await texts(sqlite, long) == [long]
    assert await texts(sqlite, " ".join("abcdefghijklmnopqrstuvwxyz" * 7)) == []
    assert len(await texts(sqlite, "come", limit=500)) == 200  # more endings than are listed


async def test_a_database_from_before_is_searched_too(sqlite):
    rows = [row(f"{n}", f"Até amanhã {n}", date=f"2026-{n % 9 + 1:02}-05", time="10:00") for n in range(300)]
    await sqlite.save(shows(*rows, row("S", "amanhã", kind=Kind.SYSTEM), zone="America/Sao_Paulo"))
    before = await texts(sqlite, "ate amanh", limit=500)
    assert len(before) == 300
    async with sqlite._database.engine.begin() as db:
        await db.run_sync(migrate, "0005")
        await db.run_sync(migrate, NEWEST)
    assert await texts(sqlite, "ate amanh", limit=500) == before
    await check_index(sqlite)


@pytest.fixture
def unencrypted(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same database without its key, so that its pages can be looked at."""

    def connect(name: str, _key: str) -> object:
        db = dbapi2.connect(name, isolation_level=None, check_same_thread=False, uri=name.startswith("file:"))
        for pragma in ("foreign_keys = ON", "secure_delete = ON", "journal_mode = WAL", "synchronous = NORMAL"):
            db.execute(f"PRAGMA {pragma}")
        return db

    monkeypatch.setattr(sqlcipher, "_connect", connect)


def traces(folder: Path, words: list[str]) -> int:
    """How many of these words, but for the letters that FTS5 may share with the word before, are in the files."""
    held = b"".join(file.read_bytes() for file in folder.iterdir())
    return sum(word[2:].encode() in held for word in words)


async def test_nothing_is_left_of_an_erased_customers_words(tmp_path, unencrypted):
    chance = random.Random(7)  # noqa: S311
    words = ["".join(chance.choices(string.ascii_lowercase, k=10)) for _ in range(600)]
    store = await open_store(tmp_path / "data.db", "ab" * 32)
    for n in range(0, 600, 20):
        rows = [row(f"{i}", f"{words[i]} {words[i + 1]}") for i in range(n, n + 20, 2)]
        await store.save(shows(*rows, title="Ana"))
        await store.save(shows(*[row(f"o{n}-{i}", f"isto fica {i}") for i in range(20)], title="Bia"))
    changed = [row(f"{i}", "agora outra coisa", edited=True) for i in range(0, 100, 2)]
    await store.save(shows(*changed, change=Change.EDITED, title="Ana"))
    assert traces(tmp_path, words) > 550
    assert len(await texts(store, words[300])) == 1
    await store.people.erase(1)
    assert traces(tmp_path, words) == 0
    assert len(await texts(store, "fica", limit=500)) == 500
    await check_index(store)
    await store.close()
    assert traces(tmp_path, words) == 0
