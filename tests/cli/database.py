"""A profile's encrypted database, filled or looked into between two commands."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from agent.storage.key import DATABASE_FILE, database_key
from agent.storage.opening import open_store
from agent.storage.store import SqlStore


def with_store(folder: Path, *works: Callable[[SqlStore], Awaitable[Any]]) -> Any:
    """Do some work in the profile's database, which is made where there is none; what the last of it returned."""

    async def run() -> Any:
        store = await open_store(folder / DATABASE_FILE, database_key(folder))
        result = None
        try:
            for work in works:
                result = await work(store)
        finally:
            await store.close()
        return result

    return asyncio.run(run())
