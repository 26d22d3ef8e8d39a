"""A process that stores messages one after the other until it is killed, and says which ones it was told are stored."""

import asyncio
import sys
from pathlib import Path

from agent.storage.opening import open_store
from tests.storage.chats import row, shows


def batch(n: int):
    """The n-th message, with a few before it in the window, as the page would show it."""
    return shows(row(f"M{n}", f"mensagem {n}"), window=[f"M{i}" for i in range(max(0, n - 5), n + 1)])


async def write(path: Path, key: str, first: int) -> None:
    store = await open_store(path, key)
    n = first
    while True:
        await store.save(batch(n))
        sys.stdout.write(f"{n}\n")
        sys.stdout.flush()
        n += 1


if __name__ == "__main__":
    asyncio.run(write(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])))
