"""A process that sends a profile's webhooks once, to be killed in the middle of it."""

import asyncio
import sys
from pathlib import Path

from agent.jobs.webhooks import Webhooks
from agent.net.client import Outside
from agent.storage.opening import open_store


async def send(path: Path, key: str) -> None:
    store = await open_store(path, key)
    await Webhooks(Outside(private=True, timeout_s=30), attempts=3).turn(store)
    await store.close()


if __name__ == "__main__":
    asyncio.run(send(Path(sys.argv[1]), sys.argv[2]))
