"""Copies by the clock: in good time, proven, tidied, and a failure harms nobody."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from agent.compose import build
from agent.jobs import backups
from agent.jobs.backups import BackupSchedule
from agent.settings import Settings
from agent.storage import copying
from agent.storage.backup import BackupFolder
from agent.storage.key import DATABASE_FILE, Keys
from agent.storage.opening import open_store
from tests.clock import Clock
from tests.storage.chats import kinds_of_events, row, shows

NIGHT = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)


@pytest.fixture
def clock() -> Clock:
    return Clock(NIGHT)


@pytest.fixture
async def store(tmp_path: Path):
    store = await open_store(tmp_path / DATABASE_FILE, Keys(tmp_path).database())
    await store.save(shows(row("A", "oi"), title="Maria"))
    yield store
    await store.close()


@pytest.fixture
def folder(tmp_path: Path, clock: Clock) -> BackupFolder:
    return BackupFolder(tmp_path, Keys(tmp_path).database(), Keys(tmp_path).derived(), clock)


async def test_the_first_one_at_once_and_the_next_one_when_it_is_due(store, folder, clock):
    schedule = BackupSchedule(folder, 24, 7, clock)
    made = await schedule.look(store)
    assert made.proven_at == clock.at
    assert await schedule.look(store) is None
    clock.at += timedelta(hours=23, minutes=59)
    assert await schedule.look(store) is None
    clock.at += timedelta(minutes=1)
    assert (await schedule.look(store)).name == "20261123T030000Z"
    assert (await kinds_of_events(store)).count("backup.proven") == 2


async def test_a_restart_begins_no_new_count(store, folder, clock):
    await BackupSchedule(folder, 24, 7, clock).look(store)
    clock.at += timedelta(hours=1)
    assert await BackupSchedule(folder, 24, 7, clock).look(store) is None
    clock.at += timedelta(days=3)  # the machine was off
    assert await BackupSchedule(folder, 24, 7, clock).look(store) is not None


async def test_so_many_are_kept(store, folder, clock):
    schedule = BackupSchedule(folder, 24, 2, clock)
    for _ in range(4):
        await schedule.look(store)
        clock.at += timedelta(days=1)
    assert [one.name for one in folder.listed()] == ["20261125T030000Z", "20261124T030000Z"]


async def test_a_failure_is_told_once_an_hour_and_does_not_end_it(store, folder, clock, monkeypatch):
    schedule = BackupSchedule(folder, 24, 7, clock)
    monkeypatch.setattr(copying, "SPARE", 10**18)
    assert await schedule.look(store) is None
    assert await schedule.look(store) is None
    assert (await kinds_of_events(store)).count("backup.failed") == 1
    clock.at += timedelta(hours=1)
    await schedule.look(store)
    assert (await kinds_of_events(store)).count("backup.failed") == 2
    monkeypatch.undo()
    clock.at += timedelta(hours=1)
    assert (await schedule.look(store)).proven_at is not None


async def test_a_copy_of_the_future_puts_off_no_other(store, folder, clock):
    clock.at += timedelta(days=3650)
    await BackupSchedule(folder, 24, 7, clock).look(store)
    clock.at -= timedelta(days=3650)
    assert BackupSchedule(folder, 24, 7, clock).due()


async def test_it_runs_until_it_is_cancelled_and_0_hours_make_none(store, folder, clock, monkeypatch):
    monkeypatch.setattr(backups, "LOOK_S", 0.01)
    await BackupSchedule(folder, 0, 7, clock).run(store)
    assert folder.listed() == []
    running = asyncio.create_task(BackupSchedule(folder, 24, 7, clock).run(store))
    while "backup.proven" not in await kinds_of_events(store):
        await asyncio.sleep(0.01)
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    assert len(folder.listed()) == 1


async def test_the_composed_agent_copies_its_own_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backups, "LOOK_S", 0.01)
    settings = Settings(profiles_dir=tmp_path, profile="loja", model={"drafts": False}, learning={"enabled": False})
    agent = build(settings)
    try:
        async with agent.open_store() as store:
            assert agent.backup is not None
            running = asyncio.create_task(agent.backup(store))
            while "backup.proven" not in await kinds_of_events(store):
                assert not running.done()
                await asyncio.sleep(0.05)
            running.cancel()
            with pytest.raises(asyncio.CancelledError):
                await running
    finally:
        await agent.analyst.close()
    assert len(list((settings.profile_dir / "backups").glob("*.db"))) == 1
