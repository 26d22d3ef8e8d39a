"""An empty store, made by copying one: the migrations (a quarter of a second) run once a process, not once a test."""

import asyncio
import os
from pathlib import Path

from agent.storage.fresh import KEY, empty_database, fresh_store
from agent.storage.sqlcipher import connected

__all__ = ["KEY", "fresh_file", "fresh_store"]


async def fresh_file(path: Path) -> None:
    """An empty database in a file, under ``KEY``."""

    def copy() -> None:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
        out = connected(path, KEY)
        made.backup(out)
        out.close()

    made = await empty_database()
    await asyncio.to_thread(copy)
