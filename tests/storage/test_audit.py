"""The audit log cannot be altered unnoticed, not even by somebody who can write the database."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import delete, text, update

from agent.contract.audit import AuditEntry
from agent.storage.audit import AUDIT_HEAD, AuditStore
from agent.storage.repositories import audit
from agent.storage.store import SqlStore
from agent.storage.tables import AuditedCustomer, AuditLine

KEY = b"k" * 32
ENTRY = AuditEntry(actor="user:1", action="customer.read", customers=(7,), data={"route": "GET /x"})


@pytest.fixture
async def log(store: SqlStore, tmp_path: Path) -> AuditStore:
    log = store.audit(KEY, tmp_path / AUDIT_HEAD)
    for customer in range(1, 6):
        await log.append(ENTRY.model_copy(update={"customers": (customer, 7)}))
    return log


async def test_lines_are_found_by_customer_and_by_who(log: AuditStore) -> None:
    await log.append(AuditEntry(actor="local", action="audit.read"))
    assert [line.number for line in await log.page()] == [6, 5, 4, 3, 2, 1]
    assert [line.number for line in await log.page(4, 2)] == [3, 2]
    assert [line.number for line in await log.page(customer_ids=[3])] == [3]
    assert [line.number for line in await log.page(customer_ids=[7, 3])] == [5, 4, 3, 2, 1]
    assert [line.number for line in await log.page(actor="local")] == [6]
    assert (await log.page(customer_ids=[2]))[0].customers == (2, 7)


async def test_an_untouched_log_is_intact(log: AuditStore, tmp_path: Path) -> None:
    verdict = await log.verify()
    assert (verdict.intact, verdict.lines) == (True, 5)
    assert (tmp_path / AUDIT_HEAD).stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    "values",
    [
        {"actor": "user:2"},
        {"action": "customer.list"},
        {"data": {"customers": [3]}},
        {"at": datetime(2020, 1, 1, tzinfo=UTC)},
        {"address": "10.0.0.1"},
        {"request": "x"},
        {"hash": "0" * 64},
    ],
)
async def test_an_altered_line_is_noticed(log: AuditStore, store: SqlStore, values: dict[str, object]) -> None:
    async with store._database.engine.begin() as db:
        await db.execute(update(AuditLine).where(AuditLine.number == 3).values(values))
    verdict = await log.verify()
    assert (verdict.intact, verdict.broken_at, verdict.reason) == (False, 3, "altered")


@pytest.mark.parametrize("number", [1, 3, 5])
async def test_a_line_that_was_taken_out_is_noticed(log: AuditStore, store: SqlStore, number: int) -> None:
    async with store._database.engine.begin() as db:
        await db.execute(delete(AuditedCustomer).where(AuditedCustomer.number == number))
        await db.execute(delete(AuditLine).where(AuditLine.number == number))
    await log.append(ENTRY)  # Nor is it when the log has gone on.
    verdict = await log.verify()
    assert (verdict.intact, verdict.broken_at, verdict.reason) == (False, number, "missing")


async def test_a_line_put_in_the_place_of_the_last_one_is_noticed(log: AuditStore, store: SqlStore) -> None:
    async with store._database.engine.begin() as db:
        await db.execute(text("DELETE FROM audited_customers WHERE number = 5"))
        await db.execute(text("DELETE FROM audit WHERE number = 5"))
    assert (await store.audit(KEY).append(ENTRY)).number == 5
    verdict = await log.verify()
    assert (verdict.intact, verdict.broken_at, verdict.reason) == (False, 5, "altered")


async def test_cutting_off_the_end_is_noticed(log: AuditStore, store: SqlStore) -> None:
    async with store._database.engine.begin() as db:
        await db.execute(text("DELETE FROM audited_customers WHERE number > 2"))
        await db.execute(text("DELETE FROM audit WHERE number > 2"))
    assert (await store.audit(KEY).verify()).intact
    verdict = await log.verify()
    assert (verdict.intact, verdict.broken_at, verdict.reason) == (False, 3, "cut")


@pytest.mark.parametrize("content", [b"", b"\0" * 66, b"5", b"five " + b"0" * 64, b"\xff\xfe"])
async def test_with_an_unreadable_head_the_log_goes_on_and_is_not_called_intact(
    log: AuditStore, tmp_path: Path, content: bytes
) -> None:
    head = tmp_path / AUDIT_HEAD
    head.write_bytes(content)
    assert (await log.append(ENTRY)).number == 6
    verdict = await log.verify()
    assert (verdict.intact, verdict.lines, verdict.reason) == (False, 6, "head")
    assert head.read_bytes() == content, "what was found stays for whoever looks into it"
    head.unlink()
    await log.append(ENTRY)
    assert (await log.verify()).intact
    assert head.read_text("ascii").startswith("7 ")


async def test_lines_of_several_at_once_leave_the_last_one_in_the_head(log: AuditStore, tmp_path: Path) -> None:
    await asyncio.gather(*(log.append(ENTRY) for _ in range(20)))
    assert (tmp_path / AUDIT_HEAD).read_text("ascii").startswith("25 ")
    assert (await log.verify()).intact


async def test_a_chain_made_anew_without_the_key_is_noticed(log: AuditStore, store: SqlStore) -> None:
    forged = store.audit(b"another key of 32 bytes, guessed!")
    lines = await log.page()
    async with store._database.engine.begin() as db:
        before = audit.FIRST
        for line in reversed(lines):
            values = {**audit.values_of(line), "actor": "user:9"}
            before = audit.proof(values, before, forged._key)
            await db.execute(
                update(AuditLine).where(AuditLine.number == line.number).values(actor="user:9", hash=before)
            )
    assert (await forged.verify()).intact
    assert not (await log.verify()).intact
