"""SQLite encrypted by SQLCipher: the one file that knows SQLite.

Everything is written to the WAL and survives a kill of the process at any moment, since what a process has written is
the operating system's. ``synchronous = NORMAL`` leaves out the wait for the disk at each commit: only a power failure
can take the last commits (never the database), and those rows are still on WhatsApp's page, which is read again.
"""

import errno
import hashlib
import os
import sqlite3
from collections.abc import Callable
from functools import partial
from pathlib import Path
from shutil import disk_usage

from sqlalchemy import AsyncAdaptedQueuePool, Connection, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlcipher3 import dbapi2

from agent.errors import BalcaoError, CorruptDatabase, DiskFull, WrongKey
from agent.storage.driver import NearConnection, Sqlcipher, ThreadConnection

MEMORY = ":memory:"
PAGE = 4096
"""Bytes; SQLCipher's default, kept."""

BUSY_S = 5.0
"""How long to wait for another process (a backup) that holds the write lock."""

CHECKED_WHOLE = 256 * 1024 * 1024
"""Bytes up to which the whole file is checked at every start (150 MB/s on two cores). Damage in a larger one shows when
its page is read: SQLCipher signs every page."""

_READERS = 4
_WAL_INDEX = 32 * 1024
"""Bytes by which the WAL's index grows."""


class SqlcipherDatabase:
    """A pool of connections to one encrypted file, or one connection to a database in memory."""

    def __init__(self, path: Path | None, key: str, *, near: bool = False) -> None:
        """``path`` None: in memory. ``key``: 64 hex digits. ``near``: in the caller's thread (``NearConnection``)."""
        self._path = path
        connect = partial(_connect, str(path) if path else MEMORY, key)
        self.engine: AsyncEngine = create_async_engine(
            "sqlite+aiosqlite://",
            async_creator=partial(_opened, connect, NearConnection if near else ThreadConnection),
            module=Sqlcipher(),
            poolclass=AsyncAdaptedQueuePool,
            pool_size=_READERS if path else 1,
            max_overflow=0,
            pool_timeout=60,
            pool_use_lifo=True,  # the connection that wrote last has the pages in its cache
            hide_parameters=True,  # they hold what customers wrote, and errors are logged
        )
        event.listen(self.engine.sync_engine, "begin", _begin)

    def error(self, error: Exception) -> Exception:
        """What a person can do something about: ``DiskFull``, ``CorruptDatabase``, or that the file is closed to us."""
        cause = error.orig if isinstance(error, DBAPIError) else error
        return told(cause or error, self._path) or error

    async def scrub(self) -> None:
        """Move the WAL into the file and empty it: it still holds the pages as they were before something was deleted.

        A reader of this moment may hold it up; then the next checkpoint does it, at the latest when the database is
        closed.
        """
        async with self.engine.connect() as db:
            raw = await db.get_raw_connection()
            if isinstance(driver := raw.driver_connection, ThreadConnection):
                await driver.trip(lambda cursor: cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall())

    async def close(self) -> None:
        """Close every connection. The last one moves the WAL into the file, and removes it."""
        await self.engine.dispose()


def told(cause: BaseException, path: Path | None) -> BalcaoError | None:
    """The error for a person behind an error of SQLite or of the operating system; None when there is none."""
    code = getattr(cause, "sqlite_errorcode", 0) & 0xFF
    number = cause.errno if isinstance(cause, OSError) else None
    # The index of the WAL is mapped memory: there, no room shows as a failed write.
    no_room = code == dbapi2.SQLITE_IOERR and path is not None and disk_usage(path.parent).free < _WAL_INDEX
    if no_room or code == dbapi2.SQLITE_FULL or number in (errno.ENOSPC, errno.EDQUOT):
        what = f"There is no room left on the disk that holds {path}."
        return DiskFull(what, "Free some space and start again: nothing that was stored is lost.")
    if code in (dbapi2.SQLITE_CORRUPT, dbapi2.SQLITE_NOTADB):
        return _damaged(path)
    if number is not None or code in (dbapi2.SQLITE_CANTOPEN, dbapi2.SQLITE_READONLY, dbapi2.SQLITE_PERM):
        why = cause.strerror if isinstance(cause, OSError) else str(cause)
        what = f"The database {path} cannot be opened: {why}."
        return BalcaoError(what, "Give yourself the right to read and write it and its folder, or use another profile.")
    return None


def _damaged(path: Path | None) -> CorruptDatabase:
    what = f"The database {path} is damaged; it was left as it is."
    return CorruptDatabase(what, "Restore a backup, or move the file away to begin with an empty database.")


def make_or_check(path: Path, key: str) -> None:
    """Make an empty file for its owner only (its WAL gets the same rights), or check the one that is there.

    A database that is there is not written to.

    Raises:
        WrongKey: the key belongs to another database.
        CorruptDatabase: the file is damaged.
        DiskFull: there is no room for a new file.
        BalcaoError: the file cannot be read and written.
    """
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        size = path.stat().st_size
        if size:
            _check(path, key, size)
    except (OSError, dbapi2.Error) as error:
        if (explained := told(error, path)) is None:
            raise
        raise explained from error


def _check(path: Path, key: str, size: int) -> None:
    db = connected(path, key, looking=True)
    try:
        db.execute("SELECT count(*) FROM sqlite_master").fetchall()
        if size <= CHECKED_WHOLE and db.execute("PRAGMA quick_check(1)").fetchall() != [("ok",)]:
            raise _damaged(path)
    except dbapi2.DatabaseError as error:
        if error.sqlite_errorcode == dbapi2.SQLITE_NOTADB and size % PAGE == 0 and _fits_no_page(db, size):
            raise WrongKey(
                f"The database {path} cannot be opened with this key.",
                "Put back the data.key that was made with it, or restore a backup that holds both.",
            ) from error
        raise
    finally:
        db.close()


def _fits_no_page(db: sqlite3.Connection, size: int) -> bool:
    """Whether the key verifies no page at all: a wrong key and a damaged first page look alike to SQLite itself."""
    return len(db.execute("PRAGMA cipher_integrity_check").fetchall()) * PAGE >= size


def connected(path: Path, key: str, *, looking: bool = False) -> sqlite3.Connection:
    """A connection of one's own, to be closed. ``looking``: nothing is written, and nothing is made beside the file."""
    return _connect(f"{path.absolute().as_uri()}?mode={_mode(path)}" if looking else str(path), key)


def _mode(path: Path) -> str:
    """Read only; but what was cut short while the database left its WAL (``copying.alone``) has to be undone first."""
    journal = path.with_name(f"{path.name}-journal")
    return "rw" if journal.exists() and journal.stat().st_size else "ro"


def _connect(name: str, key: str) -> sqlite3.Connection:
    looking = name.startswith("file:")
    db: sqlite3.Connection = dbapi2.connect(
        name, timeout=BUSY_S, isolation_level=None, check_same_thread=False, uri=looking
    )
    db.execute("PRAGMA cipher_log_level = NONE")  # it writes to stderr; the errors say enough
    # The salt is given with the key, so that damage to the file's first bytes (where it lies) can be told from a wrong
    # key. A raw key is not stretched: opening takes a millisecond, not a quarter of a second.
    salt = hashlib.sha256(b"balcao database salt " + bytes.fromhex(key)).hexdigest()[:32]
    db.execute(f"PRAGMA key = \"x'{key}{salt}'\"")
    db.execute("PRAGMA foreign_keys = ON")
    if not looking:
        db.execute("PRAGMA secure_delete = ON")  # what is erased is overwritten, not only forgotten
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = NORMAL")
    return db


async def _opened(connect: Callable[[], sqlite3.Connection], kind: type[ThreadConnection]) -> ThreadConnection:
    db = kind(connect)
    await db
    return db


def _begin(db: Connection) -> None:
    """Transactions begin here, not at the driver's discretion. A writer takes its lock first: it cannot fail later."""
    writes = db.get_execution_options().get("writes", False)
    driver = db.connection.driver_connection
    if isinstance(driver, ThreadConnection):
        driver.begin("BEGIN IMMEDIATE" if writes else "BEGIN")
