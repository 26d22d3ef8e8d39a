"""A copy of the encrypted database is one moment of it, can be proven, and is never half there."""

import asyncio
import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from agent.errors import BalcaoError, CorruptDatabase, DiskFull, ProfileLocked, WrongKey
from agent.storage import backup, copying, manifest
from agent.storage.backup import BackupFolder
from agent.storage.copying import Facts, check_database, facts_of
from agent.storage.key import DATABASE_FILE, Derived, Keys
from agent.storage.opening import open_store
from agent.storage.sqlcipher import connected
from agent.storage.store import SqlStore
from tests.storage.chats import kinds_of_events, row, shows
from tests.storage.killing import killer

pytestmark = pytest.mark.slow

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
MARK = "frase-que-so-existe-aqui"
posix_only = pytest.mark.skipif(os.name != "posix", reason="Windows keeps no rights in a file's mode")


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    return tmp_path / "loja"


@pytest.fixture
async def store(profile: Path):
    opened = await open_store(profile / DATABASE_FILE, Keys(profile).database())
    await opened.save(shows(row("A", MARK), row("B", "oi"), title="Maria"))
    yield opened
    await opened.close()


def folder_of(profile: Path, now: datetime = NOW, **more) -> BackupFolder:
    return BackupFolder(profile, Keys(profile).database(), Keys(profile).derived(), lambda: now, **more)


async def test_a_copy_holds_the_moment_with_its_wal_and_says_what_it_holds(store: SqlStore, profile: Path):
    assert (profile / "data.db-wal").stat().st_size > 0  # nothing has been moved into the file yet
    made = await folder_of(profile).make(store)
    await store.save(shows(row("C", "depois"), title="Maria", window="A B C"))
    assert (made.name, made.messages, made.customers, made.tables) == ("20261122T030000Z", 2, 1, backup.NEWEST)
    assert made.proven_at is None
    path = folder_of(profile).file(made.name)
    assert check_database(path, Keys(profile).database()) == Facts(
        made.tables, made.messages, made.customers, made.events, made.last_event
    )
    assert folder_of(profile).listed() == [made]
    assert (await kinds_of_events(store))[-2:] == ["backup.made", "message.captured"]
    assert sorted(file.name for file in path.parent.iterdir()) == [".lock", f"{made.name}.db", f"{made.name}.json"]


async def test_the_copy_is_encrypted_and_its_key_stands_nowhere(store: SqlStore, profile: Path):
    made = await folder_of(profile).make(store)
    path = folder_of(profile).file(made.name)
    key = Keys(profile).database()
    for file in (path, manifest.manifest_of(path)):
        data = file.read_bytes()
        assert MARK.encode() not in data
        assert key.encode() not in data
        assert bytes.fromhex(key) not in data
    assert not path.read_bytes().startswith(b"SQLite format")
    with pytest.raises(dbapi2.DatabaseError):
        connected(path, "0" * 64, looking=True).execute("SELECT * FROM messages")


async def test_a_proof_restores_and_notes_it(store: SqlStore, profile: Path):
    folder = folder_of(profile)
    made = await folder.make(store)
    assert await folder.last_proven_at(store) is None
    proven = await folder_of(profile, NOW + timedelta(hours=1)).prove(store, made.name)
    assert proven.proven_at == NOW + timedelta(hours=1)
    assert folder.listed() == [proven]
    assert await folder.last_proven_at(store) is not None
    assert (await kinds_of_events(store))[-1] == "backup.proven"
    assert not list(folder.folder.glob(".trial-*"))
    folder.checked(folder.file(made.name))  # the trial has not changed a byte of it


def broken_byte(path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(path.stat().st_size // 2)
        byte = file.read(1)
        file.seek(-1, os.SEEK_CUR)
        file.write(bytes([byte[0] ^ 1]))


def truncated(path: Path) -> None:
    os.truncate(path, path.stat().st_size - 4096)


@pytest.mark.parametrize("harm", [broken_byte, truncated])
async def test_a_damaged_copy_is_not_proven(store: SqlStore, profile: Path, harm):
    folder = folder_of(profile)
    made = await folder.make(store)
    path = folder.file(made.name)
    harm(path)
    with pytest.raises(CorruptDatabase):
        await asyncio.to_thread(folder.checked, path)
    if harm is broken_byte:  # the length alone keeps the other one out of the list
        with pytest.raises(CorruptDatabase):
            await folder.prove(store, made.name)
        assert (await kinds_of_events(store))[-1] == "backup.failed"
        verdict = await folder.judge(store, made.name)
        assert (verdict.proven, verdict.fault) == (False, "CorruptDatabase")
        assert folder.listed()[0].proven_at is None
    else:
        assert folder.listed() == []


async def test_pages_are_looked_at_even_where_the_sum_was_made_to_fit(store: SqlStore, profile: Path):
    """The manifest is sealed; so whoever alters the file and the sum is found out, and the pages sign themselves."""
    folder = folder_of(profile)
    made = await folder.make(store)
    path = folder.file(made.name)
    broken_byte(path)
    found = manifest.read(path)
    manifest.write(found.model_copy(update={"sha256": copying.sha256_of(path)}), path)
    with pytest.raises(WrongKey, match="altered"):
        folder.checked(path)
    sealing = Keys(profile).derived().key("backups")
    whole = made.model_copy(update={"sha256": copying.sha256_of(path)})
    manifest.write(manifest.sealed(whole, Keys(profile).database(), sealing), path)
    with pytest.raises(CorruptDatabase):
        folder.checked(path)


@pytest.mark.parametrize("change", [{"messages": 3}, {"at": "2026-11-23T03:00:00Z"}, {"tables": "0006"}])
async def test_no_fact_of_a_manifest_can_be_altered_unnoticed(store: SqlStore, profile: Path, change):
    folder = folder_of(profile)
    path = folder.file((await folder.make(store)).name)
    side = manifest.manifest_of(path)
    side.write_text(json.dumps(json.loads(side.read_text()) | change))
    with pytest.raises(WrongKey, match="altered"):
        folder.checked(path)


async def test_a_copy_of_another_profile_or_a_newer_balcao_is_refused(store: SqlStore, profile: Path):
    folder = folder_of(profile)
    path = folder.file((await folder.make(store)).name)
    other = BackupFolder(profile, "1" * 64, Derived(b"x" * 32))
    with pytest.raises(WrongKey, match="another profile"):
        other.checked(path)
    side = manifest.manifest_of(path)
    side.write_text(json.dumps(json.loads(side.read_text()) | {"format": 2, "new": 1}))
    with pytest.raises(BalcaoError, match="newer Balcão"):
        folder.checked(path)
    side.unlink()
    with pytest.raises(CorruptDatabase, match="manifest"):
        folder.checked(path)


async def test_two_at_once_are_refused_and_two_in_a_second_have_two_names(store: SqlStore, profile: Path):
    folder = folder_of(profile)
    results = await asyncio.gather(folder.make(store), folder_of(profile).make(store), return_exceptions=True)
    assert sum(isinstance(one, ProfileLocked) for one in results) <= 1
    again = await folder.make(store)
    assert again.name in ("20261122T030000Z-2", "20261122T030000Z-3")
    assert "backup.failed" not in await kinds_of_events(store)


async def test_the_oldest_go_but_the_newest_proven_one_stays(store: SqlStore, profile: Path):
    made = [await folder_of(profile, NOW + timedelta(days=day)).make(store) for day in range(4)]
    folder = folder_of(profile)
    await folder.prove(store, made[0].name)
    await folder.keep(store, 2)
    assert [one.name for one in folder.listed()] == [made[3].name, made[2].name, made[0].name]
    await folder.prove(store, made[3].name)
    await folder.keep(store, 2)
    assert [one.name for one in folder.listed()] == [made[3].name, made[2].name]
    assert len(list(folder.folder.iterdir())) == 5  # two pairs and the lock
    with pytest.raises(LookupError):
        await folder.remove(store, made[0].name)


async def test_no_room_is_said_before_anything_is_written(store: SqlStore, profile: Path, monkeypatch):
    folder = folder_of(profile)
    monkeypatch.setattr(copying, "SPARE", 10**18)
    with pytest.raises(DiskFull, match="are free"):
        await folder.make(store)
    assert [file.name for file in folder.folder.iterdir()] == [".lock"]
    assert (await kinds_of_events(store))[-1] == "backup.failed"


async def test_a_disk_that_fills_in_the_middle_leaves_nothing(store: SqlStore, profile: Path, monkeypatch):
    connect = copying.connected

    def small(path, key, *, looking=False):
        db = connect(path, key, looking=looking)
        if path.name.endswith(".part"):
            db.execute("PRAGMA max_page_count = 8")
        return db

    monkeypatch.setattr(copying, "connected", small)
    folder = folder_of(profile)
    with pytest.raises(DiskFull):
        await folder.make(store)
    assert [file.name for file in folder.folder.iterdir()] == [".lock"]
    monkeypatch.undo()
    assert (await folder.make(store)).messages == 2


async def test_a_stopped_copy_leaves_nothing(store: SqlStore, profile: Path):
    folder = folder_of(profile)
    with pytest.raises(InterruptedError):
        copying.copy_database(
            profile / DATABASE_FILE,
            Keys(profile).database(),
            profile / "copy.db",
            Keys(profile).database(),
            stopping=lambda: True,
        )
    assert not (profile / "copy.db").exists()
    assert folder.listed() == []


async def test_the_search_still_finds_in_the_copy(store: SqlStore, profile: Path):
    await store.save(shows(*(row(f"M{n}", f"pedido número {n}") for n in range(200)), title="Bia"))
    folder = folder_of(profile)
    path = folder.file((await folder.make(store)).name)
    key = Keys(profile).database()
    with copying.closed(connected(path, key, looking=True)) as db:
        assert db.execute("SELECT count(*) FROM searched WHERE searched MATCH 'pedid*'").fetchone()[0] > 100
        assert facts_of(db).messages == 202
    with copying.closed(connected(path, key)) as db:  # what the trial of a proof does find
        db.execute("DELETE FROM searched_data WHERE id > 10")
        with pytest.raises(dbapi2.DatabaseError):
            db.execute("INSERT INTO searched (searched) VALUES ('integrity-check')")


async def test_a_writer_goes_on_and_nothing_is_lost(store: SqlStore, profile: Path):
    """The copy is one moment: it holds every message up to one, and none after it."""
    await store.save(shows(*(row(f"P{n}", "Quanto custa? " * 60) for n in range(3000)), title="Bia"))
    folder, stop, saved = folder_of(profile), asyncio.Event(), 0

    async def write() -> None:
        nonlocal saved
        while not stop.is_set():
            await store.save(shows(row(f"W{saved}", "oi"), title="Caio"))
            saved += 1

    writing = asyncio.create_task(write())
    while saved < 3:
        await asyncio.sleep(0)
    made = await folder.make(store)
    after = saved
    while saved < after + 3:
        await asyncio.sleep(0)
    stop.set()
    await writing
    with copying.closed(connected(folder.file(made.name), Keys(profile).database(), looking=True)) as db:
        written = [line[0] for line in db.execute("SELECT wa_id FROM messages WHERE wa_id LIKE 'W%' ORDER BY id")]
    assert written == [f"W{n}" for n in range(len(written))]
    assert 3 <= len(written) <= after
    assert (await store.counts()).messages_in == 3002 + saved


WORK = """
import asyncio, sys
from pathlib import Path
import structlog
from agent.storage.backup import BackupFolder
from agent.storage.key import DATABASE_FILE, Keys
from agent.storage.opening import open_store
structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))
async def make(profile):
    keys = Keys(profile)
    store = await open_store(profile / DATABASE_FILE, keys.database())
    folder = BackupFolder(profile, keys.database(), keys.derived())
    await folder.prove(store, (await folder.make(store)).name)
    await store.close()
def work():
    asyncio.run(make(Path(sys.argv[1])))
"""


@posix_only
async def test_kill_9_leaves_no_half_copy_that_is_listed(store: SqlStore, profile: Path):
    await store.save(shows(*(row(f"P{n}", "Quanto custa? " * 40) for n in range(300)), title="Bia"))
    folder, leftovers = folder_of(profile), 0
    with killer(WORK, profile) as process:
        took = process.work()
        for step in range(16):
            process.work(kill_after_s=took * (step + 1) / 17)
            names = {one.name for one in folder.listed()}
            for name in names:
                await asyncio.to_thread(folder.checked, folder.file(name))
            leftovers += sum(file.stem not in names and file.name != ".lock" for file in folder.folder.iterdir())
    assert leftovers, "no kill came in the middle: the test looks at nothing"
    made = await folder.make(store)
    assert not [file for file in folder.folder.glob(".*") if file.name != ".lock"]
    assert (await folder.prove(store, made.name)).proven_at
