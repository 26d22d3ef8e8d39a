"""Every job says when it begins and ends, how that went, and when it is due."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from agent.analysis.learning.ranking import Ranking
from agent.compose import build
from agent.contract.jobs import Job, JobFault, JobName, JobOutcome, Jobs, JobState
from agent.core.hours import Attendance
from agent.jobs import backups, learner, monitor, reports
from agent.jobs.learner import Learner
from agent.jobs.reports import Plan, ReportSchedule
from agent.jobs.retention import Retention
from agent.jobs.webhooks import Webhooks
from agent.net.client import Outside
from agent.runtime import Agent
from agent.settings import Settings
from agent.storage.forgetting import Forgetting
from agent.storage.key import Derived
from agent.storage.rota import Rota
from agent.storage.store import SqlStore, utc_now
from tests.clock import Clock
from tests.jobs.day_before import clock, store
from tests.patience import PATIENCE_S
from tests.storage.reported_days import at

__all__ = ["clock", "store"]


async def job(rota: Rota, store: SqlStore, name: JobName) -> Job:
    [found] = [one for one in (await rota.told(store)).jobs if one.name is name]
    return found


async def until(asked: Callable[[], Awaitable[bool]], *works: "asyncio.Task[None]") -> None:
    """Wait until it is so; a job that has ended before says why."""
    async with asyncio.timeout(PATIENCE_S):
        while not await asked():
            for work in works:
                if work.done():
                    work.result()
            await asyncio.sleep(0.02)


async def ended(*works: "asyncio.Task[None]") -> None:
    for work in works:
        work.cancel()
    await asyncio.gather(*works, return_exceptions=True)


async def test_reports_count_as_a_run_only_where_some_were_missing(
    store: SqlStore, tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reports, "LOOK_S", 0.01)
    rota, audit = Rota(clock), store.audit(b"k" * 32, tmp_path / "audit.head")
    plan = Plan(("day", "month"), ("csv",), 60)
    schedule = ReportSchedule(tmp_path, plan, Attendance(), lambda: "Loja", "en", clock, rota)
    begun = clock.at
    work = asyncio.create_task(schedule.run(store, audit))

    async def is_told() -> bool:
        return (await job(rota, store, JobName.REPORTS)).next_at == at("19", "00:00:00")

    await until(is_told, work)
    one = await job(rota, store, JobName.REPORTS)
    assert (one.state, one.outcome, one.began_at) == (JobState.WAITING, JobOutcome.WELL, begun)
    clock.at += timedelta(hours=2)
    assert await schedule.look(store, audit) == []
    assert (await job(rota, store, JobName.REPORTS)).began_at == begun, "it only looked"
    await ended(work)


async def test_reports_that_fail_are_due_in_an_hour(
    store: SqlStore, tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("agent.reports.files.os.open", refused)
    rota, audit = Rota(clock), store.audit(b"k" * 32, tmp_path / "audit.head")
    schedule = ReportSchedule(tmp_path, Plan(("day",), ("csv",), 60), Attendance(), lambda: "Loja", "en", clock, rota)
    assert await schedule.look(store, audit) == []
    one = await job(rota, store, JobName.REPORTS)
    assert (one.outcome, one.fault) == (JobOutcome.FAILED, JobFault.FILES)
    with rota.planned(JobName.REPORTS, lambda: schedule.next_at):
        assert (await job(rota, store, JobName.REPORTS)).next_at == clock.at + reports.AGAIN


async def test_retention_looks_once_a_day_and_stops_at_what_nobody_foresaw(
    store: SqlStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rota, forgetting = Rota(), Forgetting(store, tmp_path, Derived(b"s" * 32))
    before = utc_now()
    work = asyncio.create_task(Retention(100_000, {}, rota).run(forgetting, first_s=0))

    async def has_run() -> bool:
        one = await job(rota, store, JobName.RETENTION)
        return one.outcome is JobOutcome.WELL and one.next_at is not None and one.next_at > before + timedelta(hours=23)

    await until(has_run, work)
    await ended(work)

    async def broken(*_: object) -> None:
        raise ValueError("Ana")

    monkeypatch.setattr(Retention, "once", broken)
    with pytest.raises(ValueError, match="Ana"):
        await Retention(100_000, {}, rota).run(forgetting, first_s=0)
    one = await job(rota, store, JobName.RETENTION)
    assert (one.state, one.fault, one.next_at) == (JobState.STOPPED, JobFault.UNEXPECTED, None)


async def test_learning_goes_on_after_a_failure(store: SqlStore, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    async def broken(*_: object) -> None:
        raise LookupError("Ana")

    monkeypatch.setattr(learner, "propose", broken)
    rota = Rota(clock)
    work = asyncio.create_task(Learner(Ranking(), {}, now=clock, rota=rota).run(store))

    async def is_due() -> bool:
        return (await job(rota, store, JobName.LEARNING)).next_at == clock.at + timedelta(hours=1)

    await until(is_due, work)
    one = await job(rota, store, JobName.LEARNING)
    assert (one.state, one.outcome, one.fault) == (JobState.WAITING, JobOutcome.FAILED, JobFault.UNEXPECTED)
    await ended(work)


async def test_old_deliveries_go_once_an_hour(store: SqlStore, clock: Clock) -> None:
    rota = Rota(clock)
    outside = Outside(private=True, timeout_s=5)
    work = asyncio.create_task(Webhooks(outside, attempts=1, now=clock, rota=rota).run(store))

    async def is_due() -> bool:
        return (await job(rota, store, JobName.WEBHOOKS)).next_at == clock.at + timedelta(hours=1)

    await until(is_due, work)
    assert (await job(rota, store, JobName.WEBHOOKS)).outcome is JobOutcome.WELL
    await ended(work)


async def test_the_composed_agent_tells_of_all_of_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every job and the API share one rota."""
    monkeypatch.setattr(backups, "LOOK_S", 0.01)
    monkeypatch.setattr(reports, "LOOK_S", 0.01)
    monkeypatch.setattr(monitor, "EVERY_S", 0.01)
    settings = Settings(
        profiles_dir=tmp_path,
        profile="loja",
        model={"drafts": False},
        reports={"every": ["month"], "formats": ["csv"]},
        privacy={"keep_days": 1000},
        security={"requests_a_minute": 1_000_000},
    )
    agent = build(settings)
    async with agent.open_store() as opened:
        assert isinstance(opened, SqlStore)
        works = [asyncio.ensure_future(one) for one in await jobs_of(agent, opened)]
        site = agent.site(agent, opened) if agent.site else None
        assert site is not None
        token = (settings.profile_dir / "api.token").read_text().strip()
        transport = httpx.ASGITransport(app=site.app, client=("127.0.0.1", 50_000))
        headers = {"Authorization": f"Bearer {token}"}
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8080", headers=headers) as client:

            async def told() -> dict[JobName, Job]:
                jobs = Jobs.model_validate_json((await client.get("/api/jobs")).content).jobs
                return {one.name: one for one in jobs}

            async def have_run() -> bool:
                found = (await told()).values()
                return all(one.outcome is JobOutcome.WELL for one in found if one.name is not JobName.RETENTION)

            await until(have_run, *works)
            assert {one.state for one in (await told()).values()} <= {JobState.WAITING, JobState.RUNNING}
            assert (await told())[JobName.RETENTION].next_at is not None
        await ended(*works)
    await agent.analyst.close()


async def jobs_of(agent: Agent, store: SqlStore) -> list[Awaitable[None]]:
    """What the running agent would do beside the conversations."""
    assert agent.forgets is not None
    agent.store, agent.forgetting = store, await agent.forgets(agent, store)
    return [work for _, work in agent._works()]
