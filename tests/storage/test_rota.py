"""The rota: what runs by the clock, when it last ran and how it ended, also after a restart."""

import asyncio
import errno
from datetime import timedelta
from pathlib import Path

import pytest

from agent.contract.jobs import Job, JobFault, JobName, JobOutcome, JobState
from agent.errors import BadInput, CorruptDatabase, DiskFull, ProfileLocked, WrongKey
from agent.storage.rota import Rota, fault_of
from agent.storage.store import SqlStore
from tests.clock import NOON, Clock
from tests.storage.fresh import fresh_store


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def store():
    opened = await fresh_store(now=lambda: NOON)
    yield opened
    await opened.close()


async def told(rota: Rota, store: SqlStore, name: JobName = JobName.BACKUPS) -> Job:
    [found] = [one for one in (await rota.told(store)).jobs if one.name is name]
    return found


async def test_nobody_has_run_yet(store):
    jobs = (await Rota().told(store)).jobs
    assert [one.name for one in jobs] == list(JobName)
    assert {one.state for one in jobs} == {JobState.OFF}
    assert {(one.began_at, one.outcome, one.next_at) for one in jobs} == {(None, None, None)}


async def test_a_run_from_its_plan_to_its_end_and_over_a_restart(store, clock):
    rota = Rota(clock)
    due = NOON + timedelta(hours=1)
    with rota.planned(JobName.BACKUPS, lambda: due):
        assert await told(rota, store) == Job(name=JobName.BACKUPS, state=JobState.WAITING, next_at=due)
        async with rota.running(store, JobName.BACKUPS):
            running = await told(rota, store)
            assert (running.state, running.began_at, running.outcome) == (JobState.RUNNING, NOON, None)
            clock.at += timedelta(seconds=9)
        ended = await told(rota, store)
    assert (ended.state, ended.outcome, ended.fault) == (JobState.WAITING, JobOutcome.WELL, None)
    assert (ended.began_at, ended.ended_at) == (NOON, clock.at)
    again = await told(Rota(clock), store)
    assert again == ended.model_copy(update={"state": JobState.OFF, "next_at": None})


async def test_one_that_is_overdue_is_due_now(store, clock):
    rota = Rota(clock)
    with rota.planned(JobName.REPORTS, lambda: NOON - timedelta(days=3)):
        assert (await told(rota, store, JobName.REPORTS)).next_at == NOON


async def test_a_failure_says_its_kind_and_none_of_its_words(store, clock):
    rota = Rota(clock)
    with rota.planned(JobName.BACKUPS, lambda: NOON), pytest.raises(DiskFull):
        async with rota.running(store, JobName.BACKUPS):
            raise DiskFull("No room for Maria Souza.", "Make some.")
    failed = await told(Rota(clock), store)
    assert (failed.outcome, failed.fault, failed.ended_at) == (JobOutcome.FAILED, JobFault.DISK_FULL, NOON)
    assert "Maria" not in failed.model_dump_json()
    stopped = await told(rota, store)
    assert (stopped.state, stopped.next_at) == (JobState.STOPPED, None), "it has left its plan"


@pytest.mark.parametrize(
    ("error", "fault"),
    [
        (CorruptDatabase("a", "b"), JobFault.DATABASE),
        (WrongKey("a", "b"), JobFault.DATABASE),
        (ProfileLocked("a", "b"), JobFault.BUSY),
        (OSError(errno.ENOSPC, "full"), JobFault.DISK_FULL),
        (PermissionError(errno.EACCES, "no"), JobFault.FILES),
        (ExceptionGroup("several", [ValueError("x"), DiskFull("a", "b")]), JobFault.DISK_FULL),
        (BadInput("a", "b"), JobFault.UNEXPECTED),
        (ValueError("x"), JobFault.UNEXPECTED),
    ],
)
def test_each_kind_of_failure(error: Exception, fault: JobFault) -> None:
    assert fault_of(error) is fault


async def test_one_that_was_cut_off_is_told_as_interrupted(store, clock):
    rota, begun = Rota(clock), asyncio.Event()

    async def long() -> None:
        async with rota.running(store, JobName.RETENTION):
            begun.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(long())
    await begun.wait()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    for one in (rota, Rota(clock)):
        found = await told(one, store, JobName.RETENTION)
        assert (found.began_at, found.ended_at, found.outcome) == (NOON, None, JobOutcome.INTERRUPTED)


async def test_one_within_another_is_part_of_it(store, clock):
    rota = Rota(clock)
    async with rota.running(store, JobName.BACKUPS):
        with pytest.raises(ProfileLocked):
            async with rota.running(store, JobName.BACKUPS):
                raise ProfileLocked("a", "b")
        assert (await told(rota, store)).state is JobState.RUNNING
    assert (await told(rota, store)).outcome is JobOutcome.WELL


async def test_what_runs_every_few_seconds_is_not_written_down(store, clock):
    rota = Rota(clock)
    async with rota.running(store, JobName.MONITOR, kept=False):
        pass
    assert (await told(rota, store, JobName.MONITOR)).outcome is JobOutcome.WELL
    assert await store.jobs.runs() == {}


async def test_a_disk_that_keeps_nothing_stops_no_job(store, clock, monkeypatch: pytest.MonkeyPatch):
    async def full(*_: object) -> None:
        raise DiskFull("a", "b")

    monkeypatch.setattr("agent.storage.jobs.jobs.keep", full)
    rota = Rota(clock)
    async with rota.running(store, JobName.BACKUPS):
        pass
    assert (await told(rota, store)).outcome is JobOutcome.WELL


async def test_a_job_of_another_version_is_left_out(store, tmp_path: Path, clock):
    async with store._database.engine.execution_options(writes=True).begin() as db:
        await db.exec_driver_sql("INSERT INTO job_runs (name, began_at) VALUES ('of tomorrow', '2026-11-22 12:00:00')")
    assert [one.name for one in (await Rota(clock).told(store)).jobs] == list(JobName)
