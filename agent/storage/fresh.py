"""An empty store in memory, made by copying one: the migrations (a quarter of a second) run once a process."""

import sqlite3
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from agent.storage.driver import ThreadConnection
from agent.storage.migrations.running import up_to_date
from agent.storage.sqlcipher import MEMORY, SqlcipherDatabase, connected
from agent.storage.store import SqlStore, utc_now

KEY = "0" * 64
"""A database in memory is never written anywhere, so that its key guards nothing."""

_made: list[sqlite3.Connection] = []


async def fresh_store(*, now: Callable[[], datetime] = utc_now, near: bool = False) -> SqlStore:
    """A store in memory, as ``open_store(":memory:")`` gives it; ``close`` it when done.

    Args:
        now: the clock of events, in UTC.
        near: its statements run in the caller's thread, which is quicker, and others of the loop wait meanwhile.
    """
    made = await empty_database()
    database = SqlcipherDatabase(None, KEY, near=near)
    try:
        async with database.engine.connect() as db:
            driver = (await db.get_raw_connection()).driver_connection
            assert isinstance(driver, ThreadConnection)  # noqa: S101 (the engine's own)
            await driver.trip(lambda cursor: made.backup(cursor.connection))
    except BaseException:
        await database.close()
        raise
    return SqlStore(database, now)


async def empty_database() -> sqlite3.Connection:
    """A database with today's tables and nothing in them, to be copied. It stays open as long as the process runs."""
    if not _made:
        database = SqlcipherDatabase(None, KEY)
        made: sqlite3.Connection = connected(Path(MEMORY), KEY)
        try:
            await up_to_date(database.engine)
            async with database.engine.connect() as db:
                driver = (await db.get_raw_connection()).driver_connection
                assert isinstance(driver, ThreadConnection)  # noqa: S101 (the engine's own)
                await driver.trip(lambda cursor: cursor.connection.backup(made))
        finally:
            await database.close()
        _made.append(made)
    return _made[0]
