"""Each connection in its thread, or in the caller's; a transaction begins on the way of its first statement."""

import sqlite3
from functools import partial

import pytest
from sqlcipher3 import dbapi2

from agent.storage.driver import NearConnection, ThreadConnection
from agent.storage.fresh import fresh_store
from agent.storage.opening import open_store


@pytest.fixture(params=[ThreadConnection, NearConnection])
async def connection(request):
    db = request.param(partial(dbapi2.connect, ":memory:", isolation_level=None, check_same_thread=False))
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


@pytest.mark.parametrize("near", [False, True])
async def test_a_copied_store_is_as_one_that_was_migrated(near):
    made, copied = await open_store(":memory:"), await fresh_store(near=near)
    tables = "SELECT type, name, tbl_name FROM sqlite_master ORDER BY 1, 2"
    found = []
    for store in (made, copied):
        async with store._database.engine.connect() as db:
            found.append((await db.exec_driver_sql(tables)).all())
            assert (await db.exec_driver_sql("SELECT version_num FROM alembic_version")).all()
        await store.close()
    assert found[0] == found[1]
    assert len(found[0]) > 30


async def test_a_near_store_keeps_and_forgets_like_another():
    store = await fresh_store(near=True)
    await store.announce("x.happened", {"n": 1})

    async def half() -> None:
        async with store.together():
            await store.announce("x.happened", {"n": 2})
            raise LookupError

    with pytest.raises(LookupError):
        await half()
    assert [event.data for event in await store.events_after(0, 9)] == [{"n": 1}]
    await store.close()
    other = await fresh_store(near=True)
    assert await other.events_after(0, 9) == []
    await other.close()
