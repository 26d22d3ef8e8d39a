"""An empty store, made by copying one: the migrations (a quarter of a second) run once a process, not once a test."""

import asyncio
import os
import sqlite3
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from agent.storage.driver import ThreadConnection
from agent.storage.migrations.running import up_to_date
from agent.storage.opening import open_store
from agent.storage.sqlcipher import MEMORY, SqlcipherDatabase, connected
from agent.storage.store import SqlStore, utc_now

KEY = "0" * 64
"""Of every database of a test that asks for no other."""

_made: list[sqlite3.Connection] = []


async def fresh_store(*, now: Callable[[], datetime] = utc_now) -> SqlStore:
    """A store in memory, as ``open_store(":memory:")`` gives it."""
    made = await _first()
    database = SqlcipherDatabase(None, KEY)
    async with database.engine.connect() as db:
        driver = (await db.get_raw_connection()).driver_connection
        assert isinstance(driver, ThreadConnection)
        await driver.trip(lambda cursor: made.backup(cursor.connection))
    await up_to_date(database.engine)  # Nothing is left to do; if anything were, it would be done.
    return SqlStore(database, now)


async def fresh_file(path: Path) -> None:
    """An empty database in a file, under ``KEY``."""

    def copy() -> None:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
        out = connected(path, KEY)
        made.backup(out)
        out.close()

    made = await _first()
    await asyncio.to_thread(copy)


async def _first() -> sqlite3.Connection:
    if not _made:
        store = await open_store(MEMORY)
        made: sqlite3.Connection = connected(Path(MEMORY), KEY)
        async with store._database.engine.connect() as db:
            driver = (await db.get_raw_connection()).driver_connection
            assert isinstance(driver, ThreadConnection)
            await driver.trip(lambda cursor: cursor.connection.backup(made))
        await store.close()
        _made.append(made)
    return _made[0]
