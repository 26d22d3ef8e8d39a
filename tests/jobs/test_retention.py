"""Customers are kept as long as the settings say, by the age of their last message and by their tags."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import event

from agent.contract.privacy import ErasureReason
from agent.jobs.retention import Retention
from agent.storage.forgetting import Forgetting, NoMemory
from agent.storage.key import Derived
from agent.storage.ledger import Ledger
from agent.storage.privacy import PrivacyStore
from agent.storage.store import SqlStore
from tests.storage.chats import row, shows, table
from tests.storage.fresh import fresh_store

SECRETS = Derived(b"s" * 32)
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
ZONE = "America/Sao_Paulo"


def written(wa_id: str, days_ago: int) -> object:
    at = NOW - timedelta(days=days_ago)
    return row(wa_id, "oi", date=f"{at:%Y-%m-%d}", time="09:00")


@pytest.fixture
async def store():
    opened = await fresh_store(now=lambda: NOW)
    await opened.save(shows(written("A", 100), written("B", 20), title="Ana", zone=ZONE))
    await opened.save(shows(written("C", 100), title="Bia", zone=ZONE))
    await opened.save(shows(written("D", 100), title="Caio", zone=ZONE))
    await opened.save(shows(written("E", 400), title="Davi", zone=ZONE))
    for customer, tags in ((2, ["vip", "candidato"]), (3, ["vip"]), (4, ["vip"])):
        for one in tags:
            await opened.desk.tag(customer, one)
    yield opened
    await opened.close()


@pytest.mark.parametrize(
    ("keep_days", "by_tag", "due"),
    [
        (None, {}, {}),
        (90, {}, {2: 90, 3: 90, 4: 90}),
        (15, {}, {1: 15, 2: 15, 3: 15, 4: 15}),
        (None, {"candidato": 30}, {2: 30}),
        (90, {"vip": 365}, {4: 365}),
        (None, {"vip": 365, "candidato": 90}, {2: 90, 4: 365}),
        (1000, {"none of theirs": 1}, {}),
    ],
)
async def test_the_last_message_counts_and_the_shortest_time_of_the_tags(store, tmp_path, keep_days, by_tag, due):
    job = Retention(keep_days, by_tag)
    found = await job.due(Forgetting(store, tmp_path, SECRETS, now=lambda: NOW))
    assert {one.customer_id: one.days for one in found} == due


async def test_each_is_erased_with_a_report_and_a_line_in_the_audit_log(store: SqlStore, tmp_path: Path) -> None:
    forgetting = Forgetting(store, tmp_path, SECRETS, now=lambda: NOW)
    reports = await Retention(None, {"vip": 50}).once(forgetting, "retention")
    assert [one["name"] for one in await table(store, "customers")] == ["Ana"]
    assert {(one.report.reason, one.report.actor) for one in reports} == {(ErasureReason.RETENTION, "retention")}
    assert {one.report.id for one in forgetting.reports.all()} == {one.report.id for one in reports}
    audit = store.audit(SECRETS.key("audit"))
    lines = await audit.page(action="customer.erased")
    assert sorted(line.customers for line in lines) == [(2,), (3,), (4,)]
    assert {line.actor for line in lines} == {"retention"}
    assert await Retention(None, {"vip": 50}).once(forgetting, "retention") == []


async def test_the_index_is_written_anew_once_for_all_and_while_the_page_is_taken_in(
    store: SqlStore, tmp_path: Path
) -> None:
    told: list[str] = []

    class Watched(NoMemory):
        @asynccontextmanager
        async def still(self) -> AsyncIterator[None]:
            told.append("still")
            yield
            told.append("moves")

    def asked(_conn: object, _cursor: object, statement: str, *_: object) -> None:
        if "'optimize'" in statement:
            told.append("optimize")

    event.listen(store._database.engine.sync_engine, "before_cursor_execute", asked)
    forgetting = Forgetting(store, tmp_path, SECRETS, memory=Watched(), now=lambda: NOW)
    assert len(await Retention(None, {"vip": 50}).once(forgetting, "retention")) == 3
    assert told == ["still", "moves"] * 3 + ["optimize"]
    assert not Ledger(tmp_path, SECRETS).pending


async def test_what_a_crash_leaves_before_the_index_is_written_is_done_at_the_next_opening(
    store: SqlStore, tmp_path: Path
) -> None:
    forgetting = Forgetting(store, tmp_path, SECRETS, now=lambda: NOW)

    async def cut() -> None:
        raise KeyboardInterrupt

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(PrivacyStore, "scrub", lambda _: cut())
        with pytest.raises(KeyboardInterrupt):
            await Retention(None, {"vip": 50}).once(forgetting, "retention")
    assert len(Ledger(tmp_path, SECRETS).unfinished) == 3
    assert await Forgetting(store, tmp_path, SECRETS).again() == 0
    assert not Ledger(tmp_path, SECRETS).pending
    assert [one["name"] for one in await table(store, "customers")] == ["Ana"]


async def test_people_who_were_merged_count_together_and_anonymous_ones_stay(store, tmp_path):
    forgetting = Forgetting(store, tmp_path, SECRETS, now=lambda: NOW)
    await store.people.merge(1, 2)
    await forgetting.anonymise(4, "command")
    found = await Retention(60, {}).due(forgetting)
    assert [one.customer_id for one in found] == [3]
    found = await Retention(None, {"candidato": 10}).due(forgetting)
    assert [one.customer_id for one in found] == [1]


async def test_it_looks_again_and_again_until_it_is_stopped(store, tmp_path):
    forgetting = Forgetting(store, tmp_path, SECRETS, now=lambda: NOW)
    running = asyncio.create_task(Retention(200, {}).run(forgetting, first_s=0, every_s=0.01))
    async with asyncio.timeout(10):
        while len(await table(store, "customers")) == 4:
            await asyncio.sleep(0.01)
    await store.save(shows(written("F", 300), title="Eva", zone=ZONE))
    async with asyncio.timeout(10):
        while len(await table(store, "customers")) == 4:
            await asyncio.sleep(0.01)
    running.cancel()
    assert [one["name"] for one in await table(store, "customers")] == ["Ana", "Bia", "Caio"]
    assert await Retention(None, {}).run(forgetting) is None
