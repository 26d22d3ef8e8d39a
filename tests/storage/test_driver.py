"""Each connection in its thread; a transaction begins on the way of its first statement."""

import sqlite3
from functools import partial

import pytest
from sqlcipher3 import dbapi2

from agent.storage.driver import ThreadConnection


@pytest.fixture
async def connection():
    db = ThreadConnection(partial(dbapi2.connect, ":memory:", isolation_level=None, check_same_thread=False))
    await db
    yield db
    await db.close()


async def run(db: ThreadConnection, sql: str, *parameters: object) -> list[tuple[object, ...]]:
    cursor = db.cursor()
    await cursor.execute(sql, parameters)
    return await cursor.fetchall()


async def test_rows_are_given_once(connection):
    cursor = connection.cursor()
    await cursor.execute("SELECT ? AS n UNION SELECT 2", (1,))
    assert cursor.description[0][0] == "n"
    assert await cursor.fetchall() == [(1,), (2,)]
    assert await cursor.fetchall() == []


async def test_a_transaction_begins_with_its_first_statement(connection):
    connection.begin("BEGIN IMMEDIATE")
    assert not connection.in_transaction
    await run(connection, "CREATE TABLE t (a)")
    assert connection.in_transaction
    await connection.rollback()
    assert await run(connection, "SELECT count(*) FROM sqlite_master") == [(0,)]


@pytest.mark.parametrize("end", ["commit", "rollback"])
async def test_a_transaction_without_a_statement_never_began(connection, end):
    connection.begin("BEGIN IMMEDIATE")
    await getattr(connection, end)()
    await run(connection, "CREATE TABLE t (a)")
    assert not connection.in_transaction


async def test_errors_are_those_of_the_driver(connection):
    with pytest.raises(dbapi2.OperationalError):
        await run(connection, "SELECT nothing")
    assert not issubclass(dbapi2.OperationalError, sqlite3.Error)
