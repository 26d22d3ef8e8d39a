"""The part of the store that keeps when each job last ran. ``SqlStore`` makes it."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

from sqlalchemy.ext.asyncio import AsyncConnection

from agent.contract.jobs import JobName
from agent.storage.repositories import jobs
from agent.storage.repositories.jobs import Run

Begin = Callable[[], AbstractAsyncContextManager[AsyncConnection]]


class JobStore:
    """The last run of each job."""

    def __init__(self, write: Begin, read: Begin) -> None:
        """``write`` and ``read`` begin transactions."""
        self._write, self._read = write, read

    async def keep(self, name: JobName, run: Run) -> None:
        """In the place of the run before."""
        async with self._write() as db:
            await jobs.keep(db, name.value, run)

    async def runs(self) -> dict[str, Run]:
        """The last run of each job that ever ran, by its name."""
        async with self._read() as db:
            return await jobs.runs(db)
