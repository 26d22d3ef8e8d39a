"""Reports by the clock: of each period that is over, in the wanted formats, tidied, and a failure harms nobody."""

import asyncio
import csv
from datetime import UTC, timedelta
from pathlib import Path

import pytest

from agent.compose import build, company_name
from agent.core.hours import Attendance
from agent.jobs import reports
from agent.jobs.reports import Plan, ReportSchedule
from agent.settings import Settings
from agent.storage.audit import AuditStore
from agent.storage.key import Keys
from agent.storage.store import SqlStore
from tests.clock import Clock
from tests.jobs.day_before import clock, store
from tests.storage.reported_days import at

__all__ = ["clock", "store"]


@pytest.fixture
def audit(store: SqlStore, tmp_path: Path) -> AuditStore:
    return store.audit(b"k" * 32, tmp_path / "audit.head")


def schedule(
    folder: Path, clock: Clock, *every: str, formats: tuple[str, ...] = ("csv",), keep: int = 60
) -> ReportSchedule:
    return ReportSchedule(folder, Plan(every, formats, keep), Attendance(), lambda: "Loja", "en", clock)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / "reports").iterdir())


async def test_each_period_that_is_over_has_its_files_once(
    store: SqlStore, audit: AuditStore, tmp_path: Path, clock: Clock
) -> None:
    job = schedule(tmp_path, clock, "day", "week", "month", formats=("csv", "pdf", "xlsx"))
    made = await job.look(store, audit)
    assert names(tmp_path) == sorted(
        f"{name}.{form}"
        for name in ("day-2026-11-17", "week-2026-11-09", "month-2026-10-01")
        for form in ("csv", "pdf", "xlsx")
    )
    assert len(made) == 9
    assert {path.stat().st_mode & 0o777 for path in made} == {0o600}
    assert (tmp_path / "reports").stat().st_mode & 0o777 == 0o700
    text = (tmp_path / "reports" / "day-2026-11-17.csv").read_text("utf-8-sig")
    assert ["Volume", "", "Messages received", "1", ""] in list(csv.reader(text.splitlines()))
    assert (tmp_path / "reports" / "day-2026-11-17.pdf").read_bytes().startswith(b"%PDF")
    told = await audit.page(None, 20)
    assert [(one.actor, one.action) for one in told] == [("schedule", "report.exported")] * 9
    assert await job.look(store, audit) == []


async def test_the_next_one_is_due_when_the_companys_day_is_over(
    store: SqlStore, audit: AuditStore, tmp_path: Path, clock: Clock
) -> None:
    job = schedule(tmp_path, clock, "day")
    await job.look(store, audit)
    clock.at = at("18", "23:59:00").astimezone(UTC)  # in São Paulo; in UTC it is the next day
    assert await job.look(store, audit) == []
    clock.at += timedelta(minutes=2)
    assert [path.name for path in await job.look(store, audit)] == ["day-2026-11-18.csv"]


async def test_the_oldest_go_and_nothing_else(store: SqlStore, audit: AuditStore, tmp_path: Path, clock: Clock) -> None:
    job = schedule(tmp_path, clock, "day", keep=2)
    for _ in range(4):
        await job.look(store, audit)
        (tmp_path / "reports" / "my notes.csv").write_text("mine")
        clock.at += timedelta(days=1)
    assert names(tmp_path) == ["day-2026-11-19.csv", "day-2026-11-20.csv", "my notes.csv"]


async def test_a_failure_is_tried_again_after_an_hour_and_leaves_no_half_file(
    store: SqlStore, audit: AuditStore, tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    job = schedule(tmp_path, clock, "day")
    with monkeypatch.context() as patch:
        patch.setattr("agent.reports.files.os.open", full)
        assert await job.look(store, audit) == []
    assert names(tmp_path) == []
    clock.at += timedelta(minutes=59)
    assert await job.look(store, audit) == []
    clock.at += timedelta(minutes=2)
    assert len(await job.look(store, audit)) == 1


async def test_nothing_wanted_makes_nothing_and_ends(
    store: SqlStore, audit: AuditStore, tmp_path: Path, clock: Clock
) -> None:
    await schedule(tmp_path, clock).run(store, audit)
    await schedule(tmp_path, clock, "day", formats=()).run(store, audit)
    assert not (tmp_path / "reports").exists()


async def test_the_agent_makes_them_beside_its_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, store: SqlStore
) -> None:
    """As composed: by the settings, in the profile's folder, with the business's name."""
    monkeypatch.setattr(reports, "LOOK_S", 0.0)
    settings = Settings(
        profiles_dir=tmp_path, profile="loja", reports={"every": ["month"], "formats": ["csv"]}, model={"drafts": False}
    )
    settings.profile_dir.mkdir()
    Keys(settings.profile_dir).database()
    settings.replies_file.write_text("business:\n  name: Padaria São João\nreplies: []\n", "utf-8")
    made = asyncio.Event()
    monkeypatch.setattr(
        reports, "keep", lambda path, content: (path.write_bytes(content), loop.call_soon_threadsafe(made.set))
    )
    loop = asyncio.get_running_loop()
    agent = build(settings)
    assert agent.reports is not None
    task = asyncio.ensure_future(agent.reports(store))
    await asyncio.wait_for(made.wait(), 60)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    [path] = (settings.profile_dir / "reports").iterdir()
    assert path.name.startswith("month-")
    assert "Padaria São João" in path.read_text("utf-8-sig")


def test_a_replies_file_that_cannot_be_read_leaves_the_profiles_name(tmp_path: Path) -> None:
    settings = Settings(profiles_dir=tmp_path, profile="loja")
    settings.profile_dir.mkdir()
    settings.replies_file.write_text("business: [broken", "utf-8")
    assert company_name(settings) == "loja"
