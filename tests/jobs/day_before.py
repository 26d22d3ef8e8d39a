"""Nine in the morning, and a customer wrote the day before: there is a day to report on."""

from collections.abc import AsyncIterator
from datetime import UTC

import pytest

from agent.storage.store import SqlStore
from tests.clock import Clock
from tests.storage.fresh import fresh_store
from tests.storage.reported_days import at, says


@pytest.fixture
def clock() -> Clock:
    return Clock(at("18", "09:00:00").astimezone(UTC))


@pytest.fixture
async def store(clock: Clock) -> AsyncIterator[SqlStore]:
    store = await fresh_store()
    await says(store, 1, "Ana", at("17", "12:00:00"), "in")
    store._now = clock
    yield store
    await store.close()
