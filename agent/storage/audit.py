"""The part of the store that keeps the audit log. ``SqlStore`` makes it.

A chain of hashes shows a line that was altered or taken out; that the last lines were cut off shows the file beside the
database, which keeps how far the chain had come.
"""

import os
from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncConnection

from agent.contract.audit import AuditEntry, AuditRecord, AuditVerdict
from agent.storage.repositories import audit
from agent.storage.repositories.audit import Head

Begin = Callable[[], AbstractAsyncContextManager[AsyncConnection]]

AUDIT_HEAD = "audit.head"
"""File of a profile that keeps how far the chain has come."""

_AT_ONCE = 1000


class AuditStore:
    """Who read or changed what; a chain of hashes shows whether a line was altered or is missing."""

    def __init__(
        self, write: Begin, read: Begin, now: Callable[[], datetime], key: bytes, head: Path | None = None
    ) -> None:
        """``key``: 32 bytes that only this profile has. ``head``: file that keeps the last line's number and hash."""
        self._write, self._read, self._now, self._key, self._head = write, read, now, key, head

    async def append(self, entry: AuditEntry) -> AuditRecord:
        """Add a line."""
        head = _kept(self._head)
        async with self._write() as db:
            # Behind what the file knows, also where the database has lost it: a gap shows that something was there.
            line = await audit.append(db, entry, self._now(), self._key, head)
        if self._head is not None:
            _keep(self._head, line)
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
        if (head := _kept(self._head)) is not None and head.number > number:
            return AuditVerdict(intact=False, lines=lines, broken_at=number + 1, reason="cut")
        if head is not None and head.number == number and head.hash != before:
            return AuditVerdict(intact=False, lines=lines, broken_at=number, reason="altered")
        return AuditVerdict(intact=True, lines=lines)


def _keep(path: Path, line: AuditRecord) -> None:
    if (known := _kept(path)) is not None and known.number > line.number:  # Another process was quicker.
        return
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="ascii") as out:
        out.write(f"{line.number} {line.hash}\n")
    draft.replace(path)


def _kept(path: Path | None) -> Head | None:
    if path is None or not path.is_file():
        return None
    number, _, digest = path.read_text("ascii").strip().partition(" ")
    return Head(int(number), digest)
