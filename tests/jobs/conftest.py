"""What tests of webhooks share: a clock of their own, a real store, a real receiver."""

from collections.abc import AsyncIterator

import pytest

from agent.contract.webhooks import Webhook
from agent.jobs.webhooks import Webhooks
from agent.net.client import Outside
from agent.storage.store import SqlStore
from tests.clock import Clock
from tests.net.receiver import Receiver, Request, receiver
from tests.storage.chats import row, shows
from tests.storage.fresh import fresh_store


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def store(clock: Clock) -> AsyncIterator[SqlStore]:
    opened = await fresh_store(now=clock)
    yield opened
    await opened.close()


@pytest.fixture
async def there() -> AsyncIterator[Receiver]:
    async with receiver() as made:
        yield made


def webhooks(clock: Clock, attempts: int = 20, chance: float = 0.5) -> Webhooks:
    return Webhooks(Outside(private=True, timeout_s=5), attempts=attempts, now=clock, chance=lambda: chance)


async def added(store: SqlStore, there: Receiver, *kinds: str) -> Webhook:
    made = await store.webhooks.add(there.url(), "whsec_test", kinds)
    assert made is not None
    return made


async def writes(store: SqlStore, name: str, *texts: str) -> None:
    """A customer writes; each message is an event."""
    for text in texts:
        await store.save(shows(row(f"{name}-{text}", f"{name} diz {text}"), title=name))


def numbers(requests: list[Request]) -> list[int]:
    return [request.json["number"] for request in requests]


async def states(store: SqlStore, webhook: Webhook) -> list[tuple[str, int, str | None]]:
    found = await store.webhooks.deliveries(webhook.id, limit=1000)
    return [(one.state.value, one.attempts, one.last_error) for one in reversed(found)]
