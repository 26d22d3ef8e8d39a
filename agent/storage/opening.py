"""Opens a database: looks at it first, then brings its tables up to date."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Literal

from sqlalchemy.exc import SQLAlchemyError

from agent.storage.migrations.running import up_to_date
from agent.storage.sqlcipher import MEMORY, SqlcipherDatabase, make_or_check
from agent.storage.store import SqlStore, utc_now

_NO_SECRET = "0" * 64
"""A database in memory is never written anywhere, so that its key guards nothing."""


async def open_store(
    path: Path | Literal[":memory:"], key: str | None = None, *, now: Callable[[], datetime] = utc_now
) -> SqlStore:
    """Open the encrypted database at ``path``, or make it. ``close`` the store when done.

    Args:
        path: the file, or ":memory:" for one that is gone when it is closed.
        key: 64 hex digits (``database_key``); needed for a file.
        now: the clock of events, in UTC.

    Raises:
        WrongKey: the key belongs to another database.
        CorruptDatabase: the file is damaged; it was not written to.
        DiskFull: there is no room for the tables.
        BalcaoError: the file cannot be read and written, or a newer Balcão has written it.
    """
    if path == MEMORY:
        file = None
    elif key is None:
        raise ValueError("a database in a file needs a key")
    else:
        file = Path(path)
        await asyncio.to_thread(make_or_check, file, key)
    database = SqlcipherDatabase(file, key or _NO_SECRET)
    try:
        await up_to_date(database.engine)
    except (SQLAlchemyError, OSError) as error:
        await database.close()
        if (told := database.error(error)) is error:
            raise
        raise told from error
    except BaseException:
        await database.close()
        raise
    return SqlStore(database, now)
