"""Copies an encrypted database, page by page, into another one with a key of its own; nothing is ever written plain.

SQLite's backup interface reads one moment of the database (with its WAL) while others go on writing, and SQLCipher
encrypts each page anew with the key of the copy. One way for backups, for restoring and for a new key.
"""

import hashlib
import os
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from shutil import disk_usage
from typing import NamedTuple

from sqlcipher3 import dbapi2

from agent.errors import CorruptDatabase, DiskFull, ProfileLocked
from agent.settings.program import CALLED
from agent.storage.sqlcipher import connected, told

PAGES = 512
"""Pages copied in one go (2 MB, 10 to 30 ms): after each it is asked whether to stop."""

SPARE = 20 * 1024 * 1024
"""Bytes that stay free beside a copy: the WAL grows while one is made."""


_CODES = {
    "database or disk is full": dbapi2.SQLITE_FULL,
    "database disk image is malformed": dbapi2.SQLITE_CORRUPT,
    "file is not a database": dbapi2.SQLITE_NOTADB,
    "disk I/O error": dbapi2.SQLITE_IOERR,
}


class Facts(NamedTuple):
    """What is counted in a database, to be compared with its copy."""

    tables: str
    messages: int
    customers: int
    events: int
    last_event: int


def facts_of(db: sqlite3.Connection) -> Facts:
    """Count, in the transaction that is open."""

    def one(sql: str) -> int:
        return int(db.execute(sql).fetchone()[0])

    found = db.execute("SELECT version_num FROM alembic_version").fetchone()
    return Facts(
        tables=str(found[0]) if found else "",
        messages=one("SELECT count(*) FROM messages"),
        customers=one("SELECT count(*) FROM customers"),
        events=one("SELECT count(*) FROM events"),
        last_event=one("SELECT coalesce(max(number), 0) FROM events"),
    )


def copy_database(
    source: Path,
    key: str,
    to: Path,
    new_key: str,
    *,
    looking: bool = False,
    stopping: Callable[[], bool] = lambda: False,
) -> Facts:
    """Copy a database that others may be writing to; what was counted in the moment that was copied.

    ``looking``: the source lies still, and not a byte of it may change (opened as ever it would get its WAL again).

    Raises:
        DiskFull: there is no room; said before anything is written where it can be seen before.
        CorruptDatabase, WrongKey: the source is damaged, or has another key.
        InterruptedError: ``stopping`` said so. No file is left.
    """
    with explained(source), closed(connected(source, key, looking=looking)) as db:
        return copy_from(db, source, to, new_key, stopping=stopping)


def copy_from(
    db: sqlite3.Connection, source: Path, to: Path, new_key: str, *, stopping: Callable[[], bool] = lambda: False
) -> Facts:
    """Like ``copy_database``, from a connection to ``source`` that is open."""
    need_room(to.parent, size_of(source))

    def look(_state: int, _left: int, _pages: int) -> None:
        if stopping():
            raise InterruptedError("the copy was stopped")

    to.unlink(missing_ok=True)
    os.close(os.open(to, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    own(to)
    try:
        with explained(to), closed(connected(to, new_key)) as out:
            # Until it is whole nobody reads it, and what is half there is thrown away: it needs no journal.
            out.execute("PRAGMA journal_mode = OFF")
            db.execute("BEGIN")
            try:
                facts = facts_of(db)  # holds the moment that is copied
                db.backup(out, pages=PAGES, progress=look)
            finally:
                db.execute("COMMIT")
            # A copy that lies still is one file; it gets its WAL again when it is opened.
            out.execute("PRAGMA journal_mode = DELETE")
        to_disk(to)
    except BaseException:
        remove_database(to)
        raise
    return facts


def check_database(path: Path, key: str) -> Facts:
    """Look at every page, every line and every reference of a database that nobody uses.

    Raises:
        CorruptDatabase: something does not fit.
    """
    with explained(path), closed(connected(path, key, looking=True)) as db:
        faults = db.execute("PRAGMA cipher_integrity_check").fetchall()  # each page against its signature
        faults += [line for line in db.execute("PRAGMA integrity_check(3)").fetchall() if line != ("ok",)]
        faults += db.execute("PRAGMA foreign_key_check").fetchall()
        if faults:
            raise damaged(path)
        return facts_of(db)


def opens(path: Path, key: str) -> bool:
    """Whether the key opens the database."""
    try:
        with closed(connected(path, key, looking=True)) as db:
            db.execute("SELECT count(*) FROM sqlite_master").fetchall()
    except dbapi2.DatabaseError:
        return False
    return True


@contextmanager
def alone(path: Path, key: str) -> Iterator[sqlite3.Connection]:
    """A connection beside which there is none, to a database that has no WAL any more.

    Raises:
        ProfileLocked: another process has the database open.
        CorruptDatabase: the key does not open it, or it is damaged.
    """
    with explained(path), closed(connected(path, key)) as db:
        try:
            db.execute("PRAGMA locking_mode = EXCLUSIVE")
            # Leaving the WAL takes that nobody else has the file open; it is moved into the file and removed.
            (mode,) = db.execute("PRAGMA journal_mode = DELETE").fetchone()
            db.execute("BEGIN EXCLUSIVE")
            db.execute("COMMIT")  # the lock stays
        except dbapi2.OperationalError as error:
            if error.sqlite_errorcode & 0xFF not in (dbapi2.SQLITE_BUSY, dbapi2.SQLITE_LOCKED):
                raise
            mode = "wal"
        if mode != "delete":
            raise ProfileLocked(f"Another command has the database {path} open.", "Wait for its end and try again.")
        yield db


def need_room(folder: Path, bytes_: int) -> None:
    """Raises ``DiskFull`` unless so many bytes fit into the folder, and some to spare."""
    free = disk_usage(folder).free
    if free < bytes_ + SPARE:
        raise DiskFull(
            f"A copy needs {(bytes_ + SPARE) / 1e6:.0f} MB in {folder}, and {free / 1e6:.0f} MB are free.",
            "Free some space, keep fewer backups (backup.keep), or name another disk with --out.",
        )


def size_of(path: Path) -> int:
    """Bytes of a database with what its WAL may add."""
    wal = path.with_name(f"{path.name}-wal")
    return path.stat().st_size + (wal.stat().st_size if wal.exists() else 0)


def sha256_of(path: Path, stopping: Callable[[], bool] = lambda: False) -> str:
    """Of the file's bytes, in hex."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while part := file.read(1 << 20):
            if stopping():
                raise InterruptedError("the copy was stopped")
            digest.update(part)
    return digest.hexdigest()


def remove_database(path: Path) -> None:
    """Remove a database with the files beside it, those that belong to it first."""
    for tail in ("-wal", "-shm", "-journal", ""):
        path.with_name(f"{path.name}{tail}").unlink(missing_ok=True)


def damaged(path: Path) -> CorruptDatabase:
    """The error for a database or copy that is not whole."""
    return CorruptDatabase(f"{path} is damaged or not whole.", f"Take another backup: `{CALLED} backup list`.")


def own(path: Path, mode: int = 0o600) -> None:
    """For its owner only, whatever the umask; where the disk knows no rights (FAT) they stay as they are."""
    if sys.platform != "win32":
        with suppress(PermissionError):
            path.chmod(mode)


def to_disk(path: Path) -> None:
    """Wait until a file or folder is on the disk: not even a power failure may undo a step that others rely on."""
    if sys.platform == "win32" and path.is_dir():
        return
    file = os.open(path, os.O_RDONLY if sys.platform != "win32" else os.O_RDWR)
    try:
        os.fsync(file)
    finally:
        os.close(file)


@contextmanager
def closed(db: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """Close a connection at the end, whatever happens."""
    try:
        yield db
    finally:
        db.close()


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Errors of SQLite and of the operating system as those that a person can act on."""
    try:
        yield
    except InterruptedError:
        raise
    except (dbapi2.Error, OSError) as error:
        if isinstance(error, dbapi2.Error) and not hasattr(error, "sqlite_errorcode"):
            error.sqlite_errorcode = _CODES.get(str(error), 0)  # the driver's backup leaves it out
        if (explained_ := told(error, path)) is None:
            raise
        raise explained_ from error
