"""Puts a copy of the database in the place of the one that is there; until the last step nothing of that is changed.

The caller holds the profile: the agent is stopped.
"""

import asyncio
import sqlite3
import sys
from collections.abc import Awaitable, Callable
from contextlib import ExitStack, suppress
from datetime import UTC, datetime
from pathlib import Path

import structlog
from sqlcipher3 import dbapi2

from agent.contract.backups import Restored
from agent.errors import CorruptDatabase, WrongKey
from agent.storage.backup import REPLACED, BackupFolder
from agent.storage.copying import (
    Facts,
    alone,
    closed,
    copy_database,
    facts_of,
    need_room,
    opens,
    remove_database,
    size_of,
    to_disk,
)
from agent.storage.key import DATABASE_FILE, KEY_FILE, RESTORING, SECRET_FILE, Keys, own_folder
from agent.storage.key_change import settle_key, swap
from agent.storage.ledger import forget_again
from agent.storage.opening import open_store
from agent.storage.sqlcipher import connected
from agent.storage.store import SqlStore, utc_now

log = structlog.get_logger(__name__)

Now = Callable[[], datetime]
Forget = Callable[[SqlStore, Path], Awaitable[int]]
"""Erases again who was erased after the copy was made; how many customers that were."""


async def restore(keys: Keys, source: Path, forget: Forget, now: Now = utc_now) -> Restored:
    """Restore the copy ``source`` (its ``.db``, with its manifest beside it).

    It is written anew under the database's key of today. Everybody has to sign in again, and the event log goes on
    after the largest number that was ever told, so that whoever follows it misses nothing.

    Raises:
        CorruptDatabase: the copy is damaged, not whole, or has no manifest.
        WrongKey: another profile made the copy, or its manifest was altered.
        DiskFull: there is no room for it.
        ProfileLocked: another process has the database open.
        BalcaoError: a newer Balcão made the copy.
    """
    profile = keys.profile
    database, draft = profile / DATABASE_FILE, profile / RESTORING
    own_folder(profile)
    if keys.place.get(SECRET_FILE) is None:
        raise WrongKey(
            f"The secret {keys.place.where(SECRET_FILE)} is missing, and no backup can be read without it.",
            "Put back the secrets.key of the profile that made the backup.",
        )
    secrets = keys.derived()
    found, key = await asyncio.to_thread(BackupFolder(profile, "", secrets, now).checked, source)
    need_room(profile, size_of(source))
    settle_key(keys)
    there = database.is_file() and database.stat().st_size > 0
    today = key if keys.lost() else keys.database()
    try:
        with ExitStack() as stack:
            present = _alone(database, today, stack) if there else None
            facts = None if present is None else _facts(present)
            await asyncio.to_thread(copy_database, source, key, draft, today, looking=True)
            forgotten, left = await _renewed(draft, today, found.name, present, forget, keys, now)
            aside = _put_aside(database, now()) if there else None
            if keys.lost():
                keys.place.add(KEY_FILE, today)
            if present is not None and sys.platform == "win32":
                present.close()  # there, no open file can be replaced
            swap(draft, database)
    except BaseException:
        remove_database(draft)
        raise
    replaced = None if aside is None else str(aside)
    if aside is not None and facts is not None:
        replaced = BackupFolder(profile, today, secrets, now).adopt(aside / DATABASE_FILE, _second(now()), facts).name
        aside.rmdir()
    log.info("restored", name=found.name, messages=left.messages, forgotten=forgotten)
    return Restored(
        name=found.name,
        at=found.at,
        messages=left.messages,
        customers=left.customers,
        forgotten=forgotten,
        replaced=replaced,
    )


def _alone(database: Path, key: str, stack: ExitStack) -> sqlite3.Connection | None:
    """A connection beside which there is none; None where the database that is to go cannot be opened."""
    try:
        return stack.enter_context(alone(database, key)) if opens(database, key) else None
    except CorruptDatabase:
        return None


def _facts(db: sqlite3.Connection) -> Facts | None:
    try:
        return facts_of(db)
    except dbapi2.Error:
        return None  # damaged, or not ours


async def _renewed(
    path: Path, key: str, name: str, present: sqlite3.Connection | None, forget: Forget, keys: Keys, now: Now
) -> tuple[int, Facts]:
    """Bring the copy up to date; how many were erased again, and what is left."""
    before = None if present is None else _facts(present)
    _go_on(path, key, before.last_event if before else 0, now())
    await (await open_store(path, key, now=now)).close()  # the tables of today
    if present is not None:
        _keep_audit(present, path, key)
    store = await open_store(path, key, now=now)
    try:
        forgotten = await forget(store, keys.profile)
        await store.announce("backup.restored", {"name": name, "forgotten": forgotten})
    finally:
        await store.close()
    with closed(connected(path, key)) as db:
        db.execute("PRAGMA journal_mode = DELETE")  # one file, which takes the other's place in one step
        return forgotten, facts_of(db)


def _keep_audit(present: sqlite3.Connection, path: Path, key: str) -> None:
    """Take over the lines of the audit log since the copy was made: what was done stays known."""
    with suppress(dbapi2.Error), closed(connected(path, key)) as db:
        # A log that did not go on from the copy's last line is another one: the gap shows, as it should.
        last = db.execute("SELECT number, hash FROM audit ORDER BY number DESC LIMIT 1").fetchone() or (0, None)
        same = last[1] is None or present.execute("SELECT 1 FROM audit WHERE number = ? AND hash = ?", last).fetchall()
        if not same:
            return
        db.execute("BEGIN IMMEDIATE")
        for table in ("audit", "audited_customers"):
            columns = [line[1] for line in db.execute(f"PRAGMA table_info({table})")]
            names, marks = ", ".join(columns), ", ".join("?" * len(columns))
            lines = present.execute(f"SELECT {names} FROM {table} WHERE number > ?", last[:1])  # noqa: S608 (our names)
            db.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", lines)  # noqa: S608
        db.execute("COMMIT")


def _go_on(path: Path, key: str, number: int, at: datetime) -> None:
    """Let the event log's numbers go on after ``number``, and end what was signed in at the time of the copy."""
    with closed(connected(path, key)) as db:
        db.execute("BEGIN IMMEDIATE")
        db.execute("UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = 'events'", (number,))
        if not db.execute("SELECT 1 FROM sqlite_sequence WHERE name = 'events'").fetchall():
            db.execute("INSERT INTO sqlite_sequence (name, seq) VALUES ('events', ?)", (number,))
        if db.execute("SELECT 1 FROM sqlite_master WHERE name = 'token_families'").fetchall():
            moment = at.astimezone(UTC).replace(tzinfo=None).isoformat(" ", timespec="microseconds")
            db.execute(
                "UPDATE token_families SET revoked_at = ?, reason = 'restored' WHERE revoked_at IS NULL", (moment,)
            )
        db.execute("COMMIT")


def _put_aside(database: Path, at: datetime) -> Path:
    """Give the present database a second name, under which it stays; the folder of that."""
    aside = database.parent / REPLACED / f"{_second(at):%Y%m%dT%H%M%SZ}"
    own_folder(database.parent / REPLACED)
    own_folder(aside)
    for tail in ("-wal", "-shm"):
        beside = database.with_name(f"{database.name}{tail}")
        if beside.exists():  # only of one that could not be opened; another database must not find them
            beside.replace(aside / beside.name)
    (aside / DATABASE_FILE).unlink(missing_ok=True)
    (aside / DATABASE_FILE).hardlink_to(database)
    to_disk(aside)
    return aside


def _second(at: datetime) -> datetime:
    return at.astimezone(UTC).replace(microsecond=0)


def forget_again_by_ledger(keys: Keys) -> Forget:
    """What erases again who was erased."""
    return lambda store, profile: forget_again(store, profile, keys.derived())
