"""The store on each database that it runs on: encrypted SQLite in memory, and a real PostgreSQL where there is one."""

from collections.abc import AsyncIterator, Iterator

import pytest

from agent.storage.migrations.running import up_to_date
from agent.storage.store import SqlStore
from tests.storage import postgres
from tests.storage.fresh import fresh_store


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    if reason := postgres.missing():
        pytest.skip(reason)
    with postgres.server() as url:
        yield url


@pytest.fixture(params=["sqlcipher", "postgresql"])
async def store(request: pytest.FixtureRequest) -> AsyncIterator[SqlStore]:
    if request.param == "sqlcipher":
        store = await fresh_store()
    else:
        database = postgres.PostgresDatabase(request.getfixturevalue("postgres_url"))
        await up_to_date(database.engine)
        await database.empty()
        store = SqlStore(database)
    yield store
    await store.close()


@pytest.fixture
async def sqlite() -> AsyncIterator[SqlStore]:
    """A store in memory, for what does not depend on the database."""
    store = await fresh_store()
    yield store
    await store.close()
