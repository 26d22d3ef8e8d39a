"""The monitor beside the conversations: what it reads, what it tells, and what it remembers over a restart."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psutil
import pytest

from agent.compose import build
from agent.contract.life import Life, LifeLevel, LifeReason
from agent.contract.monitor import AlertCode
from agent.jobs import monitor
from agent.jobs.monitor import Facts, Watching
from agent.settings import Settings
from agent.storage.backup import BackupFolder
from agent.storage.key import DATABASE_FILE, Keys
from agent.storage.opening import open_store
from agent.storage.store import SqlStore
from agent.telemetry.monitor import EVERY_S, KEPT, Watch
from tests.clock import Clock

LIVE = Life(level=LifeLevel.LIVE)
BLIND = Life(level=LifeLevel.BLIND, reason=LifeReason.ANCHORS)
NIGHT = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)


class Desk:
    """A monitor on a real store, and an agent that says what a test wants."""

    def __init__(self, folder: Path, store: SqlStore, every_hours: int = 24) -> None:
        self.clock, self.store, self.folder = Clock(NIGHT), store, folder
        self.facts = Facts("running", LIVE, "off")
        self.watch = Watch(folder, every_hours)
        keys = Keys(folder)
        self.copies = BackupFolder(folder, keys.database(), keys.derived(), self.clock)
        self.watching = Watching(self.watch, lambda: self.facts, self.copies, self.clock)

    async def looks(self, times: int = 1, every: timedelta = timedelta(seconds=EVERY_S)) -> None:
        for _ in range(times):
            await self.watching.look(self.store)
            self.clock.at += every

    async def told(self) -> list[str]:
        found = await self.store.events_after(0)
        return [f"{one.kind} {one.data['code']}" for one in found if one.kind.startswith("alert.")]

    def open(self) -> set[AlertCode]:
        return {one.code for one in self.watch.told().alerts}


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[SqlStore]:
    store = await open_store(tmp_path / DATABASE_FILE, Keys(tmp_path).database())
    yield store
    await store.close()


@pytest.fixture
def desk(tmp_path: Path, store: SqlStore, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setattr(psutil, "cpu_percent", lambda: 10.0)
    monkeypatch.setattr(psutil, "virtual_memory", lambda: type("Memory", (), {"percent": 50.0}))
    monkeypatch.setattr(psutil, "disk_usage", lambda _: type("Disk", (), {"percent": 40.0, "free": 5e9}))
    return Desk(tmp_path, store)


async def test_a_full_processor_is_an_event_and_so_is_its_end(desk: Desk, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(psutil, "cpu_percent", lambda: 97.5)
    await desk.looks(7)
    assert await desk.told() == ["alert.raised cpu"]
    [alert] = desk.watch.told().alerts
    assert (alert.value, alert.limit) == (97.5, 80)
    monkeypatch.setattr(psutil, "cpu_percent", lambda: 5.0)
    await desk.looks(7)
    assert await desk.told() == ["alert.raised cpu", "alert.cleared cpu"]
    assert desk.open() == set()


async def test_blind_is_an_alert_but_not_a_pause_and_not_a_start(desk: Desk):
    for reason in (LifeReason.PAUSED, LifeReason.STARTING):
        desk.facts = Facts("running", Life(level=LifeLevel.BLIND, reason=reason), "off")
        await desk.looks(5)
    assert await desk.told() == []
    desk.facts = Facts("running", BLIND, "off")
    await desk.looks(4)
    assert await desk.told() == ["alert.raised blind"]
    desk.facts = Facts("running", None, "off")
    await desk.looks(4)
    assert desk.open() == {AlertCode.BLIND}, "a page that is being opened is no proof of anything"
    desk.facts = Facts("running", LIVE, "off")
    await desk.looks(2)
    assert await desk.told() == ["alert.raised blind", "alert.cleared blind"]
    desk.facts = Facts("stopped", None, "off")
    await desk.looks(4)
    assert desk.open() == set(), "a person wanted it so"
    desk.facts = Facts("given_up", None, "off")
    await desk.looks(4)
    assert desk.open() == {AlertCode.BLIND}


async def test_what_goes_on_in_threads_is_told_once(desk: Desk):
    turns = (("off", None), ("loading", None), ("loading", None), ("ready", None), ("ready", 3), ("ready", 3))
    for model, intents in turns:
        desk.facts = Facts("running", LIVE, model, (), intents)
        await desk.looks()
    found = [(one.kind, one.data) for one in await desk.store.events_after(0) if not one.kind.startswith("alert.")]
    assert found == [
        ("model.state", {"state": "loading"}),
        ("model.state", {"state": "ready"}),
        ("intents.changed", {"change": "learned", "number": 3}),
    ]


async def test_a_model_that_fails_or_is_slow(desk: Desk):
    desk.facts = Facts("running", LIVE, "failed")
    await desk.looks()
    assert desk.open() == {AlertCode.MODEL_FAILED}
    desk.facts = Facts("running", LIVE, "ready", (100.0, 20_000.0, 21_000.0, 22_000.0, 900.0, 30_000.0))
    await desk.looks()
    assert desk.open() == {AlertCode.MODEL_SLOW}
    assert desk.watch.told().figures[-1].first_token_ms == 21_000, "the median of the last five"
    desk.facts = Facts("running", LIVE, "off", (20_000.0,))
    await desk.looks()
    assert desk.open() == set()


async def test_a_copy_that_fails_and_one_that_is_old(desk: Desk):
    await desk.store.announce("backup.failed", {"what": "make", "name": None, "fault": "DiskFull"})
    await desk.looks()
    assert desk.open() == {AlertCode.BACKUP_FAILED}
    await desk.copies.make(desk.store)
    await desk.looks()
    assert desk.open() == set()
    desk.clock.at += timedelta(hours=49)
    await desk.looks()
    assert desk.open() == {AlertCode.BACKUP_OLD}
    assert desk.watch.told().alerts[0].limit == 48
    await desk.copies.make(desk.store)
    await desk.looks()
    assert desk.open() == set()


async def test_a_restart_goes_on_with_what_was_open(desk: Desk):
    desk.facts = Facts("running", LIVE, "failed")
    await desk.looks()
    again = Desk(desk.folder, desk.store)
    await again.watching.resume(again.store)
    again.facts = desk.facts
    await again.looks(3)
    assert again.open() == {AlertCode.MODEL_FAILED}
    assert await again.told() == ["alert.raised model_failed"], "it was told before"
    again.facts = Facts("running", LIVE, "off")
    await again.looks()
    assert (await again.told())[1:] == ["alert.cleared model_failed"]


async def test_what_nobody_watches_any_more_is_cleared(desk: Desk):
    await desk.looks()
    await desk.looks(every=timedelta(hours=49))
    await desk.looks()
    assert await desk.told() == ["alert.raised backup_old"]
    without = Desk(desk.folder, desk.store, every_hours=0)
    await without.watching.resume(without.store)
    assert without.open() == set()
    assert (await without.told())[1:] == ["alert.cleared backup_old"]


async def test_only_the_last_minutes_are_kept(desk: Desk):
    await desk.looks(3)
    figures = desk.watch.told().figures
    assert [one.cpu_percent for one in figures] == [10, 10, 10]
    for _ in range(KEPT + 5):
        desk.watch.take(figures[0])
    assert len(desk.watch.told().figures) == KEPT


async def test_a_disk_that_does_not_answer_ends_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(monitor, "EVERY_S", 0)
    broken, answered = asyncio.Event(), asyncio.Event()

    def usage(_: str) -> object:
        if not broken.is_set():
            broken.set()
            raise OSError("the disk is gone")
        answered.set()
        return type("Disk", (), {"percent": 40.0, "free": 5e9})

    monkeypatch.setattr(psutil, "disk_usage", usage)
    running = asyncio.create_task(desk.watching.run(desk.store))
    await answered.wait()
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


async def test_the_agent_brings_one_of_its_own(tmp_path: Path):
    agent = build(Settings(profiles_dir=tmp_path, profile="loja", model={"drafts": False}))
    assert agent.watches is not None


def test_a_reading_of_this_machine_is_possible(tmp_path: Path):
    figures = Watch(tmp_path).read(NIGHT)
    assert 0 <= figures.cpu_percent <= 100
    assert 0 < figures.memory_percent <= 100
    assert figures.disk_free_mb > 0
    assert 1 < figures.agent_mb < 1e6
