"""The last run of each job that runs by the clock."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from agent.contract.jobs import JobFault
from agent.storage.tables.jobs import JobRun


class Run(NamedTuple):
    """One run."""

    began_at: datetime
    ended_at: datetime | None = None
    fault: JobFault | None = None


async def keep(db: AsyncConnection, name: str, run: Run) -> None:
    """In the place of the run before."""
    kept = await db.execute(update(JobRun).where(JobRun.name == name).values(**run._asdict()))
    if kept.rowcount == 0:
        await db.execute(insert(JobRun).values(name=name, **run._asdict()))


async def runs(db: AsyncConnection) -> dict[str, Run]:
    """The last run of each, by its name."""
    found = await db.execute(select(JobRun.name, JobRun.began_at, JobRun.ended_at, JobRun.fault))
    return {line.name: Run(line.began_at, line.ended_at, line.fault) for line in found}
