"""SQLCipher's driver as SQLAlchemy's asyncio extension wants it: each connection in a thread of its own (aiosqlite).

``sqlcipher3`` has no types; its connections and cursors have the shape of the standard library's ``sqlite3``.
"""

import sqlite3
from collections.abc import Callable, Generator, Sequence
from typing import Any, Self

import aiosqlite
from sqlalchemy.dialects.sqlite.aiosqlite import AsyncAdapt_aiosqlite_dbapi
from sqlcipher3 import dbapi2


class Sqlcipher(AsyncAdapt_aiosqlite_dbapi):
    """aiosqlite names the errors of the standard library's sqlite3; SQLCipher's driver raises its own."""

    def __init__(self) -> None:
        super().__init__(aiosqlite, dbapi2)

    def _init_dbapi_attributes(self) -> None:
        super()._init_dbapi_attributes()
        for name in (
            "DatabaseError",
            "Error",
            "IntegrityError",
            "NotSupportedError",
            "OperationalError",
            "ProgrammingError",
            "sqlite_version",
            "sqlite_version_info",
        ):
            setattr(self, name, getattr(dbapi2, name))


class ThreadConnection(aiosqlite.Connection):
    """A connection whose cursors make one trip a statement."""

    def __init__(self, connect: Callable[[], sqlite3.Connection]) -> None:
        """``connect`` runs in the connection's own thread and gives a DBAPI connection."""
        super().__init__(connect, iter_chunk_size=1)
        self._thread.daemon = True  # as SQLAlchemy does: a forgotten connection must not keep the program alive
        self._first: str | None = None

    def begin(self, sql: str) -> None:
        """Begin a transaction with the next statement: it goes along on the same trip."""
        self._first = sql

    def cursor(self) -> "OneTripCursor":  # type: ignore[override]
        """A cursor that can be used at once: nothing is asked of the thread yet."""
        return OneTripCursor(self)

    async def trip(self, work: Callable[[sqlite3.Cursor], object]) -> None:
        """Run ``work`` with a new DBAPI cursor, in the connection's thread."""
        first, self._first = self._first, None
        await self._execute(self._run, work, first)  # type: ignore[no-untyped-call]

    async def commit(self) -> None:
        """Nothing to do when no statement was made."""
        if self._first is None:
            await super().commit()
        self._first = None

    async def rollback(self) -> None:
        """Nothing to do when no statement was made."""
        if self._first is None:
            await super().rollback()
        self._first = None

    def _run(self, work: Callable[[sqlite3.Cursor], object], first: str | None) -> None:
        cursor = self._conn.cursor()
        try:
            if first is not None:
                cursor.execute(first)
            work(cursor)
        finally:
            cursor.close()


class NearConnection(ThreadConnection):
    """A connection in the caller's own thread: in a database in memory a statement takes less time than a trip.

    Whoever uses it a lot has to let others have their turn in the loop.
    """

    def __await__(self) -> Generator[Any, None, Self]:
        if self._connection is None:
            self._connection = self._connector()
        return self
        yield  # Nothing is waited for, but it has to be a generator.

    async def _execute(self, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401
        return fn(*args, **kwargs)

    def stop(self) -> None:
        """Close it."""
        if self._connection is not None:
            self._connection.close()
        self._connection, self._running = None, False

    async def close(self) -> None:
        """Close it; for the second time, too."""
        self.stop()


class OneTripCursor:
    """Hands a statement over and takes back all its rows in one trip to the connection's thread.

    aiosqlite's own makes a trip to create the cursor, to execute, to fetch and to close: four times the waiting for a
    thread to be woken, which is most of the time of a small statement on a busy machine.
    """

    def __init__(self, db: ThreadConnection) -> None:
        """Belongs to one connection."""
        self._db = db
        self._rows: list[Any] = []
        self.description: Any = None
        self.rowcount = -1
        self.lastrowid: int | None = None
        self.arraysize = 1

    async def __aenter__(self) -> Self:
        return self

    async def execute(self, sql: str, parameters: Sequence[Any] = ()) -> None:
        """One statement; its rows are fetched with it."""
        await self._db.trip(lambda cursor: self._take(cursor.execute(sql, parameters)))

    async def executemany(self, sql: str, parameters: Sequence[Sequence[Any]]) -> None:
        """One statement with many sets of parameters."""
        await self._db.trip(lambda cursor: self._take(cursor.executemany(sql, parameters)))

    async def fetchall(self) -> list[Any]:
        """The rows of the last statement, once."""
        rows, self._rows = self._rows, []
        return rows

    async def close(self) -> None:
        """Nothing is open between trips."""
        self._rows = []

    def _take(self, cursor: sqlite3.Cursor) -> None:
        self.description, self.rowcount, self.lastrowid = cursor.description, cursor.rowcount, cursor.lastrowid
        self._rows = cursor.fetchall() if cursor.description else []
