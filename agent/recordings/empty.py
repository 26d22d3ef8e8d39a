"""An empty store for a replay: in memory, gone afterwards."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime

from agent.ports import Store
from agent.storage.fresh import fresh_store


@asynccontextmanager
async def empty_store(now: Callable[[], datetime]) -> AsyncIterator[Store]:
    """The store; ``now`` is the clock of its events."""
    opened = await fresh_store(now=now, near=True)
    try:
        yield opened
    finally:
        await opened.close()
