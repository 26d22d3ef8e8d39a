"""Erases somebody everywhere in a profile, or makes them anonymous: one way for the commands, the API and retention.

In this order, so that a crash leaves nothing half done: the ledger remembers them, the files and then the database, in
one transaction, forget them, recordings with real texts in which they are go, a signed report says what was done, the
database's own leftovers are overwritten, and the ledger is told that it was carried out. What a crash cut short is
carried out at the next opening.
"""

import asyncio
import secrets as randomness
from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

import structlog

from agent import __version__
from agent.contract.audit import AuditEntry
from agent.contract.backups import Backup
from agent.contract.export import Export, ExportedBackup
from agent.contract.privacy import Access, ErasureKind, ErasureReason, ErasureReport, SignedReport
from agent.core.events import Forgotten
from agent.identifiers import mask_identifiers
from agent.storage import leftovers, recorded
from agent.storage.audit import AUDIT_HEAD
from agent.storage.backup import BackupFolder
from agent.storage.key import Derived
from agent.storage.ledger import Ledger, LedgerLine
from agent.storage.privacy import TakenOut
from agent.storage.rendering import masked
from agent.storage.reports import Reports
from agent.storage.repositories.restoring import Sought
from agent.storage.repositories.subject import Known
from agent.storage.store import SqlStore, utc_now

log = structlog.get_logger(__name__)


class Memory(Protocol):
    """What a running agent keeps in its memory of conversations."""

    def still(self) -> AbstractAsyncContextManager[None]:
        """Nothing of the page is taken in, or stored, meanwhile."""
        ...

    def forget(self, gone: Forgotten) -> None:
        """Keep nothing of these. Call it while it stands still."""
        ...


class NoMemory:
    """No agent runs on the profile."""

    @asynccontextmanager
    async def still(self) -> AsyncIterator[None]:
        """There is nobody to wait for."""
        yield

    def forget(self, gone: Forgotten) -> None:
        """There is nothing to forget."""


class Forgetting:
    """Of one profile."""

    def __init__(
        self,
        store: SqlStore,
        profile: Path,
        secrets: Derived,
        memory: Memory | None = None,
        ledger: Ledger | None = None,
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        """``memory``: of the agent that runs on the profile. ``ledger``: the one that it asks."""
        self._store, self._profile, self._secrets, self._now = store, profile, secrets, now
        self._memory: Memory = memory or NoMemory()
        self._ledger = ledger or Ledger(profile, secrets)
        self._reports = Reports(profile, secrets)

    @property
    def store(self) -> SqlStore:
        """Where the people are."""
        return self._store

    @property
    def memory(self) -> Memory:
        """What a running agent remembers, to be held still while it is changed who is who."""
        return self._memory

    @property
    def ledger(self) -> Ledger:
        """Whom the profile must not know."""
        return self._ledger

    @property
    def reports(self) -> Reports:
        """What was done so far."""
        return self._reports

    async def erase(self, customer_id: int, actor: str, reason: ErasureReason = ErasureReason.REQUEST) -> SignedReport:
        """Remove everything of a customer. ``actor``: ``Actor.label``, or a job. ``LookupError``: no such customer."""
        return await self._do(customer_id, ErasureKind.ERASED, actor, reason)

    async def erase_all(self, customer_ids: Iterable[int], actor: str, reason: ErasureReason) -> list[SignedReport]:
        """Erase several, each with a report and a line in the audit log; who is not there any more is passed over.

        What deleting leaves behind is removed once, after the last of them.
        """
        reports, lines = list[SignedReport](), list[int]()
        try:
            for customer_id in customer_ids:
                try:
                    done, line = await self._begin(customer_id, ErasureKind.ERASED, actor, reason)
                except LookupError:
                    continue
                lines.append(line)
                await self.audited(actor, "customer.erased", [customer_id], {"report": done.report.id})
                reports.append(done)
        finally:
            if lines:
                await self._end(lines)
        return reports

    async def anonymise(
        self, customer_id: int, actor: str, reason: ErasureReason = ErasureReason.REQUEST
    ) -> SignedReport:
        """Keep counts, intents, moods and times, and nothing by which the customer could be known again."""
        return await self._do(customer_id, ErasureKind.ANONYMISED, actor, reason)

    async def export(self, customer_id: int, *, mask: bool = False) -> Export:
        """Everything about a customer, wherever it lies. ``LookupError``: no such customer."""
        export = await self._store.privacy.export(customer_id, self._profile.name)
        lines = export.lines
        since, ids = min(line.created_at for line in lines), [line.customer_id for line in lines]
        backups = await asyncio.to_thread(self._backups_since, since)
        export = export.model_copy(
            update={
                "accesses": tuple([one async for one in self.accesses(ids)]),
                "backups": tuple(ExportedBackup(file=f"{one.name}.db", made_at=one.at) for one in backups),
                "recordings": await asyncio.to_thread(recorded.with_texts, self._profile),
            }
        )
        return masked(export, mask_identifiers) if mask else export

    async def accesses(
        self, customer_ids: Sequence[int], before: int | None = None, at_once: int = 200
    ) -> AsyncIterator[Access]:
        """Who read or changed a customer's data, the newest first. ``before``: a line's number."""
        since = await self._store.privacy.since(customer_ids)
        audit = self._store.audit(self._secrets.key("audit"), self._profile / AUDIT_HEAD)
        while lines := await audit.page(before, at_once, customer_ids=customer_ids):
            for line in lines:
                if since is not None and line.at < since:
                    return  # Of somebody who had this number before, and was erased.
                yield Access(number=line.number, at=line.at, actor=line.actor, action=line.action, request=line.request)
            before = lines[-1].number

    async def again(self) -> int:
        """Erase whom a restored database has brought back, and carry out what was cut short; how many customers.

        Costs one query where there is nothing to do.
        """
        ledger = self._ledger
        if ledger.empty:
            return 0
        upto = await self._store.privacy.upto()
        if upto > ledger.last:
            log.warning("the ledger of erasures is shorter than it was", lines=ledger.last, known=upto)
        due = ledger.due(upto)
        if not due and not ledger.pending:
            return 0
        gone, files = 0, dict[str, int]()

        async def remember(known: Known) -> int:
            nonlocal files
            files = await self._clear(known)
            return upto

        for kind in ErasureKind if due else ():
            taken = await self._store.privacy.take_out_again(kind, _sought(kind, ledger, due), remember)
            if taken is not None:
                gone += taken.people
                report = (await self._report(taken, files, "restore", ErasureReason.RESTORED)).report
                ids = [one for one, _ in taken.known.customers]
                await self.audited("restore", f"customer.{kind.value}", ids, {"report": report.id})
        if any(number <= upto for number in ledger.unfinished):  # Who they were is not known any more.
            await asyncio.to_thread(recorded.without, self._profile, None)
        await self._end(ledger.unfinished)
        await self._store.privacy.mark(ledger.last)
        return gone

    async def _do(self, customer_id: int, kind: ErasureKind, actor: str, reason: ErasureReason) -> SignedReport:
        report, line = await self._begin(customer_id, kind, actor, reason)
        await self._end([line])
        return report

    async def _begin(
        self, customer_id: int, kind: ErasureKind, actor: str, reason: ErasureReason
    ) -> tuple[SignedReport, int]:
        """All but ``_end``; the report, and the line of the ledger, which is pending until then."""
        line, files = 0, dict[str, int]()

        async def remember(known: Known) -> int:
            nonlocal line, files
            line = self._ledger.add(kind, known, self._now())
            files = await self._clear(known)
            return line

        async with self._memory.still():
            taken = await self._store.privacy.take_out(customer_id, kind, remember)
            self._memory.forget(_forgotten(taken.known))
        return await self._report(taken, files, actor, reason), line

    async def _end(self, lines: Sequence[int]) -> None:
        """Leave no trace of what was removed; reads and rewrites much, so the page is taken in meanwhile."""
        await self._store.privacy.scrub()
        for line in lines:
            self._ledger.finish(line, self._now())

    async def audited(self, actor: str, action: str, customer_ids: Sequence[int], data: dict[str, object]) -> None:
        """Write into the audit log what a command or a job did; the API's guard does so for its routes."""
        entry = AuditEntry(actor=actor, action=action, customers=tuple(customer_ids), data=data)
        await self._store.audit(self._secrets.key("audit"), self._profile / AUDIT_HEAD).append(entry)

    async def _clear(self, known: Known) -> dict[str, int]:
        ids = [one for one, _ in known.customers]
        return await asyncio.to_thread(leftovers.clear, self._profile, known.traces, ids, fitted=known.corrected)

    async def _report(
        self, taken: TakenOut, files: Mapping[str, int], actor: str, reason: ErasureReason
    ) -> SignedReport:
        """Remove the recordings that hold the person, and say what was done; reading them keeps nobody waiting."""
        gone, left = await asyncio.to_thread(recorded.without, self._profile, taken.known)
        at = self._now().astimezone(UTC)
        since = min((made for _, made in taken.known.customers), default=at)
        report = ErasureReport(
            id=f"{at:%Y%m%dT%H%M%SZ}-{randomness.token_hex(4)}",
            kind=taken.kind,
            reason=reason,
            at=at,
            actor=actor,
            fingerprints=self._reports.fingerprints(taken.known.traces.phones, taken.known.customers),
            tables={name: lines for name, lines in sorted(taken.tables.items()) if lines},
            files={**files, "recordings": gone},
            mentions_left=taken.mentions_left,
            backups=tuple(one.name for one in self._backups_since(since)),
            recordings=left,
            version=__version__,
        )
        return self._reports.write(report)

    def _backups_since(self, since: datetime) -> Sequence[Backup]:
        """The copies that hold who was stored then."""
        return [one for one in BackupFolder(self._profile, "", self._secrets).listed() if one.at >= since]


def _forgotten(known: Known) -> Forgotten:
    return Forgotten(
        conversation_ids=frozenset(number for number, _ in known.conversations),
        titles=known.traces.names,
        message_ids=known.message_ids,
        offer_ids=known.offer_ids,
    )


def _sought(kind: ErasureKind, ledger: Ledger, due: Sequence[LedgerLine]) -> Sought:
    lines = [line for line in due if line.kind is kind]
    customers = {one for line in lines for one in line.customers}
    chats = {one for line in lines for one in line.conversations}
    messages = {one for line in lines for one in line.messages}
    anonymous = {one for line in due if line.kind is ErasureKind.ANONYMISED for one in line.messages}
    return Sought(
        is_customer=lambda number, at: ledger.made("customer", number, at) in customers,
        is_conversation=lambda number, at: ledger.made("conversation", number, at) in chats,
        is_message=lambda session, wa_id: bool(messages) and ledger.message(session, wa_id) in messages,
        is_message_here=lambda session, wa_id: ledger.message(session, wa_id) in messages | anonymous,
    )
