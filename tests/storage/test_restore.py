"""A copy takes the database's place whole or not at all, under the key of today, and what has to stay known stays."""

import asyncio
import json
import os
import shutil
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert

from agent.contract.access import Role
from agent.contract.audit import AuditEntry
from agent.errors import BalcaoError, CorruptDatabase, DiskFull, ProfileLocked, WrongKey
from agent.storage import copying, manifest
from agent.storage.audit import AUDIT_HEAD
from agent.storage.backup import REPLACED, BackupFolder
from agent.storage.key import DATABASE_FILE, KEY_FILE, SECRET_FILE, Keys
from agent.storage.key_change import change_key
from agent.storage.opening import open_store
from agent.storage.restoring import restore
from agent.storage.store import SqlStore
from agent.storage.tables import TokenFamily
from tests.storage.chats import kinds_of_events, row, shows, table
from tests.storage.killing import killer

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
LATER = NOW + timedelta(days=1)


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    return tmp_path / "loja"


async def opened(profile: Path) -> SqlStore:
    return await open_store(profile / DATABASE_FILE, Keys(profile).database())


def folder_of(profile: Path, at: datetime = NOW) -> BackupFolder:
    return BackupFolder(profile, Keys(profile).database(), Keys(profile).derived(), lambda: at)


@pytest.fixture
async def copy(profile: Path) -> Path:
    """A copy with the messages A and B; the database beside it has C too."""
    store = await opened(profile)
    await store.save(shows(row("A", "oi"), row("B", "tudo bem?"), title="Maria"))
    folder = folder_of(profile)
    made = await folder.make(store)
    await store.save(shows(row("C", "depois"), title="Bia"))
    await store.close()
    return folder.file(made.name)


async def nobody(_store: SqlStore, _profile: Path) -> int:
    return 0


async def restored(profile: Path, copy: Path, forget=nobody):
    return await restore(Keys(profile), copy, forget, lambda: LATER)


async def messages(profile: Path) -> list[str]:
    store = await opened(profile)
    try:
        return [line["wa_id"] for line in await table(store, "messages")]
    finally:
        await store.close()


def everything(folder: Path) -> dict[str, bytes]:
    """All files of a profile; the locks are no data."""
    files = [file for file in folder.rglob("*") if file.is_file() and not file.name.endswith(".lock")]
    return {str(file.relative_to(folder)): file.read_bytes() for file in files}


async def test_the_copy_takes_the_place_and_the_present_one_stays_as_a_backup(profile: Path, copy: Path):
    done = await restored(profile, copy)
    assert (done.messages, done.customers, done.forgotten, done.at) == (2, 1, 0, NOW)
    assert await messages(profile) == ["A", "B"]
    assert done.replaced == "20261123T030000Z"
    assert [one.messages for one in folder_of(profile).listed()] == [3, 2]
    assert not [name for name in everything(profile) if "restoring" in name or name.startswith(REPLACED)]
    back = await restored(profile, folder_of(profile).file(done.replaced))
    assert back.messages == 3
    assert await messages(profile) == ["A", "B", "C"]


async def test_events_go_on_after_the_last_number_that_was_told(profile: Path, copy: Path):
    store = await opened(profile)
    last = (await store.counts()).last_event
    await store.close()
    await restored(profile, copy)
    store = await opened(profile)
    await store.save(shows(row("D", "nova"), title="Maria", window="A B D"))
    told = await store.events_after(last)
    assert [event.kind for event in told] == ["backup.restored", "message.captured"]
    assert [event.number for event in told] == [last + 1, last + 2]
    assert (await kinds_of_events(store)).count("message.captured") == 3
    await store.close()


async def test_what_was_done_since_stays_in_the_audit_log(profile: Path):
    keys = Keys(profile)
    audit_key = keys.derived().key("audit")
    store = await opened(profile)
    log = store.audit(audit_key, profile / AUDIT_HEAD)
    await log.append(AuditEntry(actor="user:1", action="customer.read", customers=(7,)))
    folder = folder_of(profile)
    path = folder.file((await folder.make(store)).name)
    await log.append(AuditEntry(actor="user:1", action="customer.erased", customers=(7,)))
    await store.close()
    await restored(profile, path)
    store = await opened(profile)
    log = store.audit(audit_key, profile / AUDIT_HEAD)
    assert [line.action for line in await log.page()] == ["customer.erased", "customer.read"]
    assert [line.action for line in await log.page(customer_ids=[7])] == ["customer.erased", "customer.read"]
    assert (await log.verify()).intact
    await log.append(AuditEntry(actor="command", action="backup.restored"))
    assert (await log.verify()).lines == 3
    await store.close()


async def test_who_was_erased_since_is_erased_again_before_it_opens(profile: Path, copy: Path):
    seen: list[Path] = []

    async def forget(store: SqlStore, folder: Path) -> int:
        seen.append(folder)
        (maria,) = await store.people.find("Maria")
        await store.people.erase(maria.id)
        return 1

    assert (await restored(profile, copy, forget)).forgotten == 1
    assert seen == [profile]
    assert await messages(profile) == []


async def test_nothing_takes_the_place_when_the_ledger_fails(profile: Path, copy: Path):
    before = everything(profile)

    async def broken(_store: SqlStore, _folder: Path) -> int:
        raise BalcaoError("The ledger was altered.", "Look at it.")

    with pytest.raises(BalcaoError, match="ledger"):
        await restored(profile, copy, broken)
    assert await messages(profile) == ["A", "B", "C"]
    assert set(everything(profile)) == set(before)


async def test_signed_in_people_are_signed_out(profile: Path):
    store = await opened(profile)
    user = await store.accounts.add("ana", Role.ADMIN, None)
    async with store._database.engine.begin() as db:
        family = {"id": "f", "user_id": user.id, "made_at": NOW, "expires_at": LATER + timedelta(days=9)}
        await db.execute(insert(TokenFamily), family)
    folder = folder_of(profile)
    path = folder.file((await folder.make(store)).name)
    await store.close()
    await restored(profile, path)
    store = await opened(profile)
    (family,) = await table(store, "token_families")
    await store.close()
    assert (family["revoked_at"], family["reason"]) == (LATER, "restored")


async def test_a_copy_made_before_the_key_was_changed(profile: Path, copy: Path):
    old = Keys(profile).database()
    change_key(Keys(profile))
    new = Keys(profile).database()
    assert new != old
    await restored(profile, copy)
    assert Keys(profile).database() == new
    assert await messages(profile) == ["A", "B"]
    assert not copying.opens(profile / DATABASE_FILE, old)


async def test_on_another_machine_the_secret_and_the_copy_are_enough(profile: Path, copy: Path, tmp_path: Path):
    other = tmp_path / "outra"
    with pytest.raises(WrongKey, match="secret"):
        await restored(other, copy)
    assert everything(other) == {}
    shutil.copy(profile / SECRET_FILE, other / SECRET_FILE)
    (other / SECRET_FILE).chmod(0o600)
    done = await restored(other, copy)
    assert done.replaced is None
    assert await messages(other) == ["A", "B"]
    assert Keys(other).database() == Keys(profile).database()


async def test_a_damaged_database_is_put_aside_as_it_is(profile: Path, copy: Path):
    database = profile / DATABASE_FILE
    database.write_bytes(b"\x07" * database.stat().st_size)
    (profile / "data.db-wal").write_bytes(b"left over")
    broken = database.read_bytes()
    done = await restored(profile, copy)
    assert await messages(profile) == ["A", "B"]
    assert done.replaced == str(profile / REPLACED / "20261123T030000Z")
    aside = Path(done.replaced)
    assert (aside / DATABASE_FILE).read_bytes() == broken
    assert (aside / "data.db-wal").read_bytes() == b"left over"
    store = await opened(profile)
    there = []
    for day in (1, 2):
        folder = folder_of(profile, LATER + timedelta(days=day))
        await folder.make(store)
        await folder.keep(store, 2)
        there.append(any(name.startswith(REPLACED) for name in everything(profile)))
    assert there == [True, False]  # as long as a copy is kept that is older
    await store.close()


async def test_a_lost_key_comes_back_with_the_copy(profile: Path, copy: Path):
    key = Keys(profile).database()
    (profile / KEY_FILE).unlink()
    assert (await restored(profile, copy)).replaced == "20261123T030000Z"
    assert Keys(profile).database() == key


async def test_a_key_that_others_can_read_is_not_replaced(profile: Path, copy: Path):
    (profile / KEY_FILE).chmod(0o644)
    with pytest.raises(WrongKey, match="chmod 600"):
        await restored(profile, copy)


def cut(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[5000] ^= 255
    path.write_bytes(data)


def newer(path: Path) -> None:
    """Whole and rightly sealed, with tables that this Balcão does not know."""
    found = manifest.read(path)
    profile = path.parents[1]
    sealing, key = Keys(profile).derived().key("backups"), Keys(profile).database()
    manifest.write(manifest.sealed(found.backup.model_copy(update={"tables": "9999"}), key, sealing), path)


def stranger(path: Path) -> None:
    side = manifest.manifest_of(path)
    side.write_text(json.dumps(json.loads(side.read_text()) | {"messages": 99}))


def nameless(path: Path) -> None:
    manifest.manifest_of(path).unlink()


@pytest.mark.parametrize(
    ("harm", "error", "says"),
    [
        (cut, CorruptDatabase, "not whole"),
        (flip, CorruptDatabase, "damaged"),
        (newer, BalcaoError, "newer Balcão"),
        (stranger, WrongKey, "another profile"),
        (nameless, CorruptDatabase, "two files"),
    ],
)
async def test_what_cannot_be_restored_is_said_and_nothing_is_changed(profile: Path, copy: Path, harm, error, says):
    harm(copy)
    before = everything(profile)
    with pytest.raises(error, match=says):
        await restored(profile, copy)
    assert everything(profile) == before
    assert await messages(profile) == ["A", "B", "C"]


async def test_no_room_is_said_before_anything_is_written(profile: Path, copy: Path, monkeypatch):
    monkeypatch.setattr(copying, "SPARE", 10**18)
    before = everything(profile)
    with pytest.raises(DiskFull):
        await restored(profile, copy)
    assert everything(profile) == before


async def test_a_database_that_somebody_has_open_is_left_alone(profile: Path, copy: Path):
    store = await opened(profile)
    await store.counts()
    with pytest.raises(ProfileLocked, match="open"):
        await restored(profile, copy)
    assert [line["wa_id"] for line in await table(store, "messages")] == ["A", "B", "C"]
    await store.close()


WORK = """
import asyncio, sys
from pathlib import Path
import structlog
from agent.storage.key import Keys
from agent.storage.restoring import restore
structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))
async def nobody(store, profile):
    return 0
def work():
    asyncio.run(restore(Keys(Path(sys.argv[1])), Path(sys.argv[2]), nobody))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="kills with SIGKILL")
async def test_kill_9_at_any_moment_leaves_the_one_or_the_other(profile: Path, copy: Path):
    ends = set()
    with killer(WORK, profile, copy) as process:
        took = process.work()
        for step in range(20):
            if await messages(profile) == ["A", "B"]:
                store = await opened(profile)
                await store.save(shows(row("C", "depois"), title="Bia"))
                await store.close()
            process.work(kill_after_s=took * step / 16)
            there = await messages(profile)
            assert there in (["A", "B"], ["A", "B", "C"])
            ends.add(len(there))
            if len(there) == 2:  # what was there before is somewhere still
                kept = [one.messages for one in folder_of(profile).listed()]
                assert 3 in kept or list((profile / REPLACED).glob("*/data.db"))
    assert ends == {2, 3}
    await asyncio.to_thread(folder_of(profile).checked, copy)
