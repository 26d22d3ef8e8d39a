"""A restore that somebody asked for while the agent runs: written down, and carried out at the next start.

The agent ends in order, is started anew, and carries it out before anything opens the database. So no part that runs
ever has its database taken away. A crash in between leaves the order, which is then carried out or cleared; either
way it is said, and the database is the one or the other, whole (``restoring.py``).
"""

import hmac
import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import structlog

from agent.contract.audit import AuditEntry
from agent.contract.backups import BackupName
from agent.contract.base import Value
from agent.errors import actionable
from agent.storage.audit import AuditStore
from agent.storage.backup import BackupFolder
from agent.storage.copying import own, to_disk
from agent.storage.key import Derived, Keys
from agent.storage.restoring import Now, forget_again_by_ledger, restore
from agent.storage.store import SqlStore, utc_now

log = structlog.get_logger(__name__)

FILE = "restore.order"
GOOD_FOR = timedelta(hours=1)
"""Whoever asked for it expects it at once; what lay here for longer would come as a surprise."""

TRIES = 2
"""A restore that was cut short is begun anew once: what ends the process each time must not do so for ever."""

_LARGEST = 4096


class RestoreOrder(Value):
    """Which copy is to take the database's place, and who wanted it."""

    name: BackupName
    actor: str
    """As the audit log names them."""
    asked_at: datetime
    last_event: int
    """The largest number of the event log then: an event ``backup.restored`` above it says that it was done."""
    tries: int = 0
    seal: str = ""


@dataclass(frozen=True, slots=True)
class CarriedOut:
    """What came of an order, to be told in the database that is there now."""

    order: RestoreOrder
    fault: str | None
    """The kind of fault; None where it was restored."""


class RestoreOrders:
    """The file in which one order may lie. It is sealed: nobody but this profile's agent can give one."""

    def __init__(self, profile: Path, secrets: Callable[[], Derived], now: Now = utc_now) -> None:
        """``secrets`` is asked for only where there is something to seal or to look at."""
        self._path, self._secrets, self._now = profile / FILE, secrets, now

    def give(self, name: str, actor: str, last_event: int) -> None:
        """Write an order down, in place of one that may be there. Raises ``OSError``: nothing was written."""
        self._write(RestoreOrder(name=name, actor=actor, asked_at=self._now(), last_event=last_event))

    def clear(self) -> None:
        """Nothing is to be restored."""
        self._path.unlink(missing_ok=True)
        to_disk(self._path.parent)

    async def carry_out(self, keys: Keys) -> CarriedOut | None:
        """Restore what was ordered; None where nothing was. The caller holds the profile and has settled its key.

        Whatever goes wrong is an answer and no error: the agent then starts with the database that is there.
        """
        if not self._path.exists():
            return None
        order = self._read()
        if order is None:
            log.warning("an order to restore was not given by this agent, and is cleared")
            self.clear()
            return None
        fault: str | None = None
        if abs(self._now() - order.asked_at) > GOOD_FOR:
            fault = "TooLate"
        elif order.tries >= TRIES:
            fault = "Interrupted"
        else:
            fault = await self._restore(keys, order)
        if fault is not None:
            log.error("not restored", name=order.name, fault=fault)
        return CarriedOut(order, fault)

    async def tell(self, done: CarriedOut, store: SqlStore, audit: AuditStore) -> None:
        """Say in the database and in its audit log what came of it; then the order is cleared."""
        order, fault = done.order, done.fault
        # A restore that failed in its very last step has changed the database all the same.
        if fault is None or await store.events_of(("backup.restored",), above=order.last_event, limit=1):
            action, data = "backup.restored", {"backup": order.name}
        else:
            action, data = "backup.restore_failed", {"backup": order.name, "fault": fault}
            await store.announce("backup.failed", {"what": "restored", "name": order.name, "fault": fault})
        await audit.append(AuditEntry(actor=order.actor, action=action, data=data))
        self.clear()

    async def _restore(self, keys: Keys, order: RestoreOrder) -> str | None:
        secrets = self._secrets()
        try:
            self._write(order.model_copy(update={"tries": order.tries + 1}))
            source = BackupFolder(keys.profile, "", secrets, self._now).file(order.name)
            await restore(keys, source, forget_again_by_ledger(keys), self._now)
        except LookupError:
            return "Missing"
        except Exception as error:
            # One that nobody foresaw must not keep the agent from starting either.
            known = actionable(error)
            if known is None:
                log.exception("the restore failed")
            return type(known or error).__name__
        return None

    def _read(self) -> RestoreOrder | None:
        """The order that is there; None where it cannot be read, or somebody else wrote it."""
        try:
            with self._path.open("rb") as file:
                order = RestoreOrder.model_validate_json(file.read(_LARGEST))
        except (OSError, ValueError):
            return None
        return order if hmac.compare_digest(self._seal(order), order.seal) else None

    def _write(self, order: RestoreOrder) -> None:
        text = order.model_copy(update={"seal": self._seal(order)}).model_dump_json()
        draft = self._path.with_name(f".{FILE}.part")
        draft.unlink(missing_ok=True)
        try:
            with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
                file.write(f"{text}\n")
                file.flush()
                os.fsync(file.fileno())
            own(draft)
            draft.replace(self._path)
            to_disk(self._path.parent)
        finally:
            draft.unlink(missing_ok=True)

    def _seal(self, order: RestoreOrder) -> str:
        said = order.model_dump_json(exclude={"seal"}).encode()
        return hmac.digest(self._secrets().key("restore order"), said, "sha256").hex()
