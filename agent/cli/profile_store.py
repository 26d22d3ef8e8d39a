"""Opens a profile's database for a command, beside an agent that may be running."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from agent.errors import BadInput
from agent.settings import Settings
from agent.storage.key import DATABASE_FILE, database_key
from agent.storage.opening import open_store
from agent.storage.store import SqlStore


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[SqlStore]:
    """The profile's store.

    Raises:
        BadInput: nothing was stored in this profile yet; none is made.
    """
    file = settings.profile_dir / DATABASE_FILE
    if not file.is_file():
        raise BadInput(
            f"Nothing has been stored in the profile '{settings.profile}' yet.",
            "Run Balcão with it first, or name another one with --profile.",
        )
    store = await open_store(file, database_key(settings.profile_dir))
    try:
        yield store
    finally:
        await store.close()
