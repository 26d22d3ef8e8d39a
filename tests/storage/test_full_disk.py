"""No room: said in one sentence, nothing lost, and everything works again when there is room."""

import pytest
from sqlalchemy import event

from agent.errors import DiskFull
from agent.storage import sqlcipher
from agent.storage.opening import open_store
from tests.storage.chats import row, shows

KEY = "ab" * 32


def limit_pages(store, pages):
    """SQLite's own limit gives the very error of a full disk."""

    def on_checkout(connection, *_):
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA max_page_count = {pages}")
        cursor.close()

    event.listen(store._database.engine.sync_engine, "checkout", on_checkout)


async def test_a_store_without_room_says_so_and_loses_nothing(tmp_path):
    store = await open_store(tmp_path / "data.db", KEY)
    await store.save(shows(row("first", "oi")))
    limit_pages(store, 1)
    big = [shows(row(f"M{n}", "Quanto custa? " * 300)) for n in range(50)]
    acknowledged: list[str] = []

    async def save_all() -> None:
        for batch in big:
            acknowledged.extend((await store.save(batch)).ids)

    with pytest.raises(DiskFull, match="room") as caught:
        await save_all()
    assert str(tmp_path) in caught.value.what
    counts = await store.counts()
    assert counts.messages_in == counts.last_event == len(acknowledged) + 1
    limit_pages(store, 2**31)
    await save_all()
    assert (await store.counts()).messages_in == 51
    await store.close()


async def test_no_room_for_the_first_tables(tmp_path, monkeypatch):
    connect = sqlcipher._connect

    def in_a_small_place(name, key):
        db = connect(name, key)
        db.execute("PRAGMA max_page_count = 8")
        return db

    monkeypatch.setattr(sqlcipher, "_connect", in_a_small_place)
    with pytest.raises(DiskFull):
        await open_store(tmp_path / "data.db", KEY)
    monkeypatch.undo()
    store = await open_store(tmp_path / "data.db", KEY)
    assert (await store.counts()).messages_in == 0
    await store.close()
