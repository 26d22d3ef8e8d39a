"""Opening a file: encrypted, checked, and left as it is when something is wrong with it."""

import asyncio
import os
import sqlite3
import stat

import pytest
from sqlalchemy import text

from agent.errors import BalcaoError, CorruptDatabase, WrongKey
from agent.storage.opening import open_store
from tests.storage.chats import kinds_of_events, row, shows

KEY = "ab" * 32
OTHER_KEY = "cd" * 32


@pytest.fixture
async def database(tmp_path):
    """A database with a page or two of messages, closed."""
    path = tmp_path / "data.db"
    store = await open_store(path, KEY)
    await store.save(shows(*[row(f"M{n}", "Quanto custa o tênis? " * 20) for n in range(60)]))
    await store.close()
    return path


def contents(path):
    """What is written on the disk; looking at a database makes an empty WAL and its index beside it."""
    files = path.parent.glob("data.db*")
    return {file.name: held for file in files if not file.name.endswith("-shm") and (held := file.read_bytes())}


async def expect_refused(path, key, error):
    before = contents(path)
    with pytest.raises(error) as caught:
        await open_store(path, key)
    assert contents(path) == before
    assert str(path) in caught.value.what
    assert caught.value.hint.endswith(".")
    return caught.value


async def test_what_was_stored_is_there_at_the_next_start(database):
    store = await open_store(database, KEY)
    assert (await store.counts()).messages_in == 60
    await store.close()


async def test_closing_leaves_one_file(database):
    assert [file.name for file in database.parent.iterdir()] == ["data.db"]


async def test_no_text_is_readable_on_the_disk(tmp_path):
    path = tmp_path / "data.db"
    store = await open_store(path, KEY)
    await store.save(shows(row("A", "segredo do cliente"), title="Maria Aparecida"))
    assert (tmp_path / "data.db-wal").stat().st_size > 0
    for file in tmp_path.iterdir():
        for plain in (b"segredo do cliente", b"Maria Aparecida", b"SQLite format", b"conversations"):
            assert plain not in file.read_bytes(), file
    await store.close()


@pytest.mark.skipif(os.name != "posix", reason="Windows keeps no rights in a file's mode")
async def test_only_the_owner_can_read_the_files(tmp_path):
    store = await open_store(tmp_path / "data.db", KEY)
    await store.save(shows(row("A", "oi")))
    assert {stat.S_IMODE(file.stat().st_mode) for file in tmp_path.iterdir()} == {0o600}
    await store.close()


async def test_it_runs_in_wal_mode_with_links_checked(tmp_path):
    store = await open_store(tmp_path / "data.db", KEY)
    async with store._database.engine.connect() as db:
        found = [await db.scalar(text(f"PRAGMA {name}")) for name in ("journal_mode", "foreign_keys", "synchronous")]
    assert found == ["wal", 1, 1]
    await store.close()


async def test_another_key(database):
    error = await expect_refused(database, OTHER_KEY, WrongKey)
    assert "data.key" in error.hint


async def test_another_key_while_the_last_run_was_killed(database):
    store = await open_store(database, KEY)
    await store.save(shows(row("Z", "antes da queda")))
    await expect_refused(database, OTHER_KEY, WrongKey)
    await store.close()


async def test_a_database_that_is_not_encrypted(tmp_path):
    path = tmp_path / "data.db"
    with sqlite3.connect(path) as plain:
        plain.execute("CREATE TABLE messages (id INTEGER)")
    plain.close()
    await expect_refused(path, KEY, WrongKey)


@pytest.mark.parametrize(
    ("offset", "damage"),
    [(30, b"\0" * 200), (4096 * 3 + 50, b"\0" * 64), (4096 * 5 - 40, b"?" * 40)],
    ids=["head", "inside", "signature"],
)
async def test_a_damaged_page(database, offset, damage):
    with database.open("r+b") as file:
        file.seek(offset)
        file.write(damage)
    await expect_refused(database, KEY, CorruptDatabase)


async def test_a_file_that_was_cut_off(database):
    with database.open("r+b") as file:
        file.truncate(4096 * 4 + 100)
    await expect_refused(database, KEY, CorruptDatabase)


async def test_a_file_of_something_else(tmp_path):
    path = tmp_path / "data.db"
    path.write_bytes(b"not a database")
    await expect_refused(path, KEY, CorruptDatabase)


async def test_damage_that_shows_only_later(database):
    store = await open_store(database, KEY)
    with database.open("r+b") as file:
        for page in range(3, database.stat().st_size // 4096):
            file.seek(page * 4096 + 9)
            file.write(b"\0" * 90)
    outcomes = await asyncio.gather(
        store.recent(1, limit=60), store.events_after(0), store.save(shows(row("N", "oi"))), return_exceptions=True
    )
    assert CorruptDatabase in map(type, outcomes)
    assert all(isinstance(outcome, CorruptDatabase) for outcome in outcomes if isinstance(outcome, Exception))
    await store.close()


async def test_a_database_of_a_newer_balcao(database):
    store = await open_store(database, KEY)
    async with store._database.engine.begin() as db:
        await db.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    await store.close()
    with pytest.raises(BalcaoError, match="newer"):
        await open_store(database, KEY)


async def test_a_folder_in_its_place(tmp_path):
    (tmp_path / "data.db").mkdir()
    with pytest.raises(BalcaoError, match="cannot be opened"):
        await open_store(tmp_path / "data.db", KEY)


async def test_a_file_needs_a_key(tmp_path):
    with pytest.raises(ValueError, match="key"):
        await open_store(tmp_path / "data.db")


async def test_many_callers_at_once_take_turns(tmp_path):
    store = await open_store(tmp_path / "data.db", KEY)
    batches = [shows(row(f"{chat}{n}", "oi"), title=chat) for n in range(10) for chat in "ABCD"]
    reads = [store.counts() for _ in range(10)]
    await asyncio.gather(*[store.save(batch) for batch in [*batches, *batches]], *reads)
    assert (await store.counts()).messages_in == 40
    assert (await kinds_of_events(store)).count("message.captured") == 40
    assert [event.number for event in await store.events_after(0)] == list(range(1, 41))
    await store.close()


async def test_a_cancelled_call_leaves_nothing_half_done(tmp_path):
    store = await open_store(tmp_path / "data.db", KEY)
    for n in range(25):
        task = asyncio.create_task(store.save(shows(row(f"M{n}", "oi"))))
        await asyncio.sleep(n * 0.0004)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
    counts = await store.counts()
    assert counts.messages_in == counts.last_event
    await store.save(shows(*[row(f"M{n}", "oi") for n in range(25)]))
    assert (await store.counts()).messages_in == 25
    await store.close()
