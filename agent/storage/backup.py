"""The copies of one profile's database: made while the agent writes, listed, proven by a restore for trial, removed."""

import asyncio
import re
import shutil
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

import structlog
from filelock import FileLock, Timeout

from agent.contract.backups import Backup, BackupVerdict
from agent.errors import BadInput, BalcaoError, DiskFull, ProfileLocked, actionable
from agent.storage import manifest
from agent.storage.copying import (
    Facts,
    check_database,
    closed,
    copy_database,
    damaged,
    explained,
    need_room,
    own,
    remove_database,
    sha256_of,
    size_of,
    to_disk,
)
from agent.storage.key import DATABASE_FILE, Derived, own_folder
from agent.storage.migrations.running import NEWEST
from agent.storage.opening import open_store
from agent.storage.sqlcipher import connected
from agent.storage.store import SqlStore, utc_now

log = structlog.get_logger(__name__)

FOLDER = "backups"
REPLACED = "replaced"
"""Folder of databases that did not open when another one took their place: they are put aside, and in no list."""

NAME = re.compile(r"[0-9]{8}T[0-9]{6}Z(-[0-9]{1,2})?")

T = TypeVar("T")
Stopping = Callable[[], bool]


class BackupFolder:
    """``profiles/<name>/backups/``, one program at a time."""

    def __init__(
        self, profile: Path, key: str, secrets: Derived, now: Callable[[], datetime] = utc_now, out: Path | None = None
    ) -> None:
        """Prepare; nothing is made yet.

        Args:
            profile: its folder, with the database.
            key: the database's key of today.
            secrets: what the copies' own keys are sealed with.
            now: the clock, in UTC.
            out: another folder for the copies.
        """
        self.profile, self._key, self._now = profile, key, now
        self._sealing = secrets.key("backups")
        self.folder = out or profile / FOLDER

    def listed(self) -> list[Backup]:
        """Every whole copy, the newest first."""
        found = []
        for path in self.folder.glob("*.db"):
            if NAME.fullmatch(path.stem) is None:
                continue
            try:
                one = manifest.read(path)
                if one.name == path.stem and path.stat().st_size == one.bytes:
                    found.append(one.backup)
            except (BalcaoError, OSError):
                continue  # not whole, or being made
        return sorted(found, key=lambda one: (one.at, one.name), reverse=True)

    def file(self, name: str) -> Path:
        """The file of a copy in the list. Raises ``LookupError`` for any other name."""
        if name not in [one.name for one in self.listed()]:
            raise LookupError(f"no backup {name!r}")
        return self.folder / f"{name}.db"

    def fit(self, name: str) -> Backup:
        """A copy of which nothing speaks against a restore that can be seen without reading all of it.

        Raises:
            LookupError: there is no such copy.
            WrongKey, CorruptDatabase, BalcaoError: another profile or a newer Balcão made it, or it was altered.
            DiskFull: there is no room for it.
        """
        path = self.file(name)
        found = manifest.read(path)
        manifest.key_in(found, self._sealing, path)
        _check_age(found, path)
        need_room(self.profile, size_of(path))
        return found.backup

    async def make(self, store: SqlStore) -> Backup:
        """Copy the database as it is in this moment; an event tells of it, and of a failure.

        Raises:
            DiskFull: there is no room; nothing was written.
            ProfileLocked: another copy is being made at this moment.
            CorruptDatabase: the database is damaged.
        """
        began = time.monotonic()
        try:
            made = await self._beside(self._make)
        except Exception as error:
            await self._failed(store, "made", None, error)
            raise
        data = {"name": made.name, "bytes": made.bytes, "messages": made.messages, "last_event": made.last_event}
        log.info("backup made", **data, seconds=round(time.monotonic() - began, 1))
        await store.announce("backup.made", data)
        return made

    async def prove(self, store: SqlStore, name: str) -> Backup:
        """Restore a copy into a folder of its own, look at all of it, and note that it can be relied on.

        Raises:
            LookupError: there is no such copy.
            CorruptDatabase, WrongKey, BalcaoError: it cannot be relied on, and why.
            DiskFull: there is no room for the trial.
        """
        path, began = self.file(name), time.monotonic()
        try:
            proven = await self._beside(lambda stopping: self._prove(path, stopping))
        except Exception as error:
            await self._failed(store, "proven", name, error)
            raise
        seconds = round(time.monotonic() - began, 1)
        log.info("backup proven", name=name, seconds=seconds)
        await store.announce("backup.proven", {"name": name, "seconds": seconds, "messages": proven.messages})
        return proven

    async def judge(self, store: SqlStore, name: str) -> BackupVerdict:
        """Like ``prove``, with a fault of the copy as an answer; other errors as there."""
        began = time.monotonic()
        fault = None
        try:
            await self.prove(store, name)
        except (DiskFull, ProfileLocked):
            raise
        except BalcaoError as error:
            fault = type(error).__name__
        seconds = round(time.monotonic() - began, 2)
        return BackupVerdict(name=name, proven=fault is None, fault=fault, seconds=seconds)

    async def remove(self, store: SqlStore, *names: str) -> None:
        """Remove copies. ``LookupError`` for one that is not there."""
        files = [self.file(name) for name in names]
        for path in files:
            # The manifest first: what is half removed is not listed.
            manifest.manifest_of(path).unlink(missing_ok=True)
            remove_database(path)
            log.info("backup removed", name=path.stem)
            await store.announce("backup.removed", {"name": path.stem})

    async def keep(self, store: SqlStore, number: int) -> None:
        """Remove all but the newest ones; the newest one that was proven stays in any case.

        A database that a restore has put aside goes when all copies that are left are newer.
        """
        found = self.listed()
        proven = next((one.name for one in found if one.proven_at), None)
        await self.remove(store, *(one.name for one in found[number:] if one.name != proven))
        if left := self.listed():
            oldest = f"{left[-1].at:%Y%m%dT%H%M%SZ}"
            for aside in (self.profile / REPLACED).glob("[0-9]*"):
                if aside.name < oldest:
                    await asyncio.to_thread(shutil.rmtree, aside, ignore_errors=True)

    async def last_proven_at(self, store: SqlStore) -> datetime | None:
        """When a restore was last proven to work."""
        return await store.last_event_at("backup.proven")

    def adopt(self, file: Path, at: datetime, facts: Facts) -> Backup:
        """Take a database that lies still, and is nobody's any more, into the list."""
        own_folder(self.folder)
        name = self.free_name(at)
        made, path = self.described(file, name, at, facts), self.folder / f"{name}.db"
        manifest.write(manifest.sealed(made, self._key, self._sealing), path)
        file.replace(path)
        to_disk(self.folder)
        return made

    async def _failed(self, store: SqlStore, what: str, name: str | None, error: Exception) -> None:
        if isinstance(error, ProfileLocked):
            return  # nothing failed: another one is at work
        known = actionable(error)
        log.error("backup failed", what=what, name=name, error=error)
        try:
            data = {"what": what, "name": name, "fault": type(known or error).__name__}
            await store.announce("backup.failed", data)
        except BalcaoError:
            pass  # the disk is full, or the database damaged: it was said in the log

    async def _beside(self, work: Callable[[Stopping], T]) -> T:
        """In a thread; a cancelled one stops at the next piece and removes what it wrote."""
        stop = threading.Event()

        def alone() -> T:
            with self._held():
                return work(stop.is_set)

        try:
            return await asyncio.to_thread(alone)
        except asyncio.CancelledError:
            stop.set()
            raise

    @contextmanager
    def _held(self) -> Iterator[None]:
        own_folder(self.profile / FOLDER)
        own_folder_if_new(self.folder)
        lock = FileLock(self.profile / FOLDER / ".lock", mode=0o600)
        try:
            lock.acquire(timeout=0)
        except Timeout as error:
            raise ProfileLocked("Another backup is being made or proven.", "Wait for its end and try again.") from error
        try:
            self._clear()
            yield
        finally:
            lock.release()

    def _clear(self) -> None:
        """Remove what a killed one left."""
        for left in self.folder.glob(".*.part*"):
            left.unlink(missing_ok=True)
        for left in (self.profile / FOLDER).glob(".trial-*"):
            shutil.rmtree(left, ignore_errors=True)

    def _make(self, stopping: Stopping) -> Backup:
        at = self._now().astimezone(UTC).replace(microsecond=0)
        name = self.free_name(at)
        path, draft = self.folder / f"{name}.db", self.folder / f".{name}.db.part"
        source = self.profile / DATABASE_FILE
        try:
            facts = copy_database(source, self._key, draft, self._key, stopping=stopping)
            made = self.described(draft, name, at, facts, stopping)
            # What is listed has both, so that the order of the two does not matter to anybody.
            manifest.write(manifest.sealed(made, self._key, self._sealing), path)
            draft.replace(path)
            to_disk(self.folder)
        except BaseException:
            remove_database(draft)
            if not path.exists():
                manifest.manifest_of(path).unlink(missing_ok=True)
            raise
        return made

    def described(
        self, file: Path, name: str, at: datetime, facts: Facts, stopping: Stopping = lambda: False
    ) -> Backup:
        """A copy's facts."""
        return Backup(name=name, at=at, bytes=file.stat().st_size, sha256=sha256_of(file, stopping), **facts._asdict())

    def free_name(self, at: datetime) -> str:
        """The name of a copy made now."""
        name = f"{at:%Y%m%dT%H%M%SZ}"
        names = [name, *(f"{name}-{number}" for number in range(2, 100))]
        for one in names:
            if not (self.folder / f"{one}.db").exists() and not (self.folder / f"{one}.json").exists():
                return one
        raise BadInput(f"There are too many backups of the second {name}.", "Wait a second.")

    def _prove(self, path: Path, stopping: Stopping) -> Backup:
        found, key = self.checked(path, stopping)
        need_room(self.profile / FOLDER, size_of(path))
        trial = Path(tempfile.mkdtemp(prefix=".trial-", dir=self.profile / FOLDER))
        try:
            restored = trial / DATABASE_FILE
            copy_database(path, key, restored, key, looking=True, stopping=stopping)
            asyncio.run(_try(restored, key, found))
        finally:
            shutil.rmtree(trial, ignore_errors=True)
        proven = found.model_copy(update={"proven_at": self._now()})
        manifest.write(proven, path)
        return proven.backup

    def checked(self, path: Path, stopping: Stopping = lambda: False) -> tuple[manifest.Manifest, str]:
        """A copy's manifest and key, after a look at every byte of it.

        Raises:
            CorruptDatabase: it is damaged or not whole, or holds something else than the manifest says.
            WrongKey: another profile made it, or the manifest was altered.
            BalcaoError: a newer Balcão made it.
        """
        found = manifest.read(path)
        key = manifest.key_in(found, self._sealing, path)
        _check_age(found, path)
        with explained(path):
            whole = path.stat().st_size == found.bytes and sha256_of(path, stopping) == found.sha256
        if not whole or check_database(path, key) != _facts(found):
            raise damaged(path)
        return found, key


def own_folder_if_new(folder: Path) -> None:
    """Make a folder for its owner only; one that is there is the person's own business."""
    if not folder.exists():
        own_folder(folder)


def _check_age(found: manifest.Manifest, path: Path) -> None:
    if found.tables > NEWEST:
        raise BalcaoError(
            f"The backup {path} was made by a newer Balcão (tables {found.tables}, this one knows {NEWEST}).",
            "Update Balcão.",
        )


def _facts(backup: Backup) -> Facts:
    return Facts(**{name: getattr(backup, name) for name in Facts._fields})


async def _try(path: Path, key: str, found: Backup) -> None:
    """Open a restored copy as a start would, and look at what a start does not look at."""
    own(path)
    store = await open_store(path, key)
    try:
        last_event = (await store.counts()).last_event
    finally:
        await store.close()
    with explained(path), closed(connected(path, key)) as db:
        for (table,) in db.execute("SELECT name FROM sqlite_master WHERE sql LIKE '%USING fts5(%'").fetchall():
            db.execute(f'INSERT INTO "{table}" ("{table}") VALUES (\'integrity-check\')')  # noqa: S608 (a table's name)
    if last_event != found.last_event:
        raise damaged(path)
