"""The part of the store that keeps the audit log. ``SqlStore`` makes it.

A chain of hashes shows a line that was altered or taken out; that the last lines were cut off shows the file beside the
database, which keeps how far the chain had come.
"""

import asyncio
import os
import re
import threading
from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from pathlib import Path

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from agent.contract.audit import AuditEntry, AuditRecord, AuditVerdict
from agent.storage.copying import to_disk
from agent.storage.repositories import audit
from agent.storage.repositories.audit import Head

log = structlog.get_logger(__name__)

Begin = Callable[[], AbstractAsyncContextManager[AsyncConnection]]

AUDIT_HEAD = "audit.head"
"""File of a profile that keeps how far the chain has come."""

_AT_ONCE = 1000
_LINE = re.compile(r"([0-9]{1,18}) ([0-9a-f]{64})\s*")
_UNREADABLE = Head(-1, "")
"""The file is there and tells nothing; it stays as it is, for whoever looks into it."""

_KEEPING = threading.Lock()
"""One thread looks into the file and replaces it; other processes are seen by the number that they left there."""


class AuditStore:
    """Who read or changed what; a chain of hashes shows whether a line was altered or is missing."""

    def __init__(
        self, write: Begin, read: Begin, now: Callable[[], datetime], key: bytes, head: Path | None = None
    ) -> None:
        """``key``: 32 bytes that only this profile has. ``head``: file that keeps the last line's number and hash."""
        self._write, self._read, self._now, self._key, self._head = write, read, now, key, head

    async def append(self, entry: AuditEntry) -> AuditRecord:
        """Add a line. A file that cannot be read is left as it is, and said in the log: ``verify`` will say it, too."""
        head = _kept(self._head)
        if head == _UNREADABLE:
            log.error("audit.head cannot be read: lines that are cut off would not be noticed")
        async with self._write() as db:
            # Behind what the file knows, also where the database has lost it: a gap shows that something was there.
            line = await audit.append(db, entry, self._now(), self._key, head)
        if self._head is not None:
            await asyncio.to_thread(_keep, self._head, line)
        return line

    async def page(
        self,
        before: int | None = None,
        limit: int = 50,
        *,
        customer_ids: Sequence[int] | None = None,
        actor: str | None = None,
        action: str | None = None,
    ) -> list[AuditRecord]:
        """The newest lines, or those before a number, the newest first."""
        async with self._read() as db:
            return await audit.before(db, before, limit, customer_ids=customer_ids, actor=actor, action=action)

    async def verify(self) -> AuditVerdict:
        """Walk through the whole chain."""
        number, before, lines = 0, audit.FIRST, 0
        while True:
            async with self._read() as db:
                found = await audit.after(db, number, _AT_ONCE)
            for line in found:
                if line.number != number + 1:
                    return AuditVerdict(intact=False, lines=lines, broken_at=number + 1, reason="missing")
                if audit.proof(audit.values_of(line), before, self._key) != line.hash:
                    return AuditVerdict(intact=False, lines=lines, broken_at=line.number, reason="altered")
                number, before, lines = line.number, line.hash, lines + 1
            if len(found) < _AT_ONCE:
                break
        head = _kept(self._head)
        if head == _UNREADABLE:
            return AuditVerdict(intact=False, lines=lines, broken_at=number + 1, reason="head")
        if head is not None and head.number > number:
            return AuditVerdict(intact=False, lines=lines, broken_at=number + 1, reason="cut")
        if head is not None and head.number == number and head.hash != before:
            return AuditVerdict(intact=False, lines=lines, broken_at=number, reason="altered")
        return AuditVerdict(intact=True, lines=lines)


def _keep(path: Path, line: AuditRecord) -> None:
    with _KEEPING:
        known = _kept(path)
        if known == _UNREADABLE or (known is not None and known.number > line.number):  # Another process was quicker.
            return
        draft = path.with_name(f"{path.name}.{os.getpid()}")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="ascii") as out:
            out.write(f"{line.number} {line.hash}\n")
            out.flush()
            os.fsync(out.fileno())
        draft.replace(path)
        to_disk(path.parent)


def _kept(path: Path | None) -> Head | None:
    if path is None:
        return None
    try:
        said = _LINE.fullmatch(path.read_text("ascii"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError):
        said = None
    return _UNREADABLE if said is None else Head(int(said[1]), said[2])
