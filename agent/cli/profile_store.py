"""Opens a profile's database for a command, beside an agent that may be running."""

from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager

from agent.contract.audit import AuditEntry
from agent.errors import BadInput
from agent.settings import Settings
from agent.storage.audit import AUDIT_HEAD
from agent.storage.key import DATABASE_FILE, keys_of
from agent.storage.opening import open_store
from agent.storage.store import SqlStore


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[SqlStore]:
    """The profile's store.

    Raises:
        BadInput: nothing was stored in this profile yet; none is made.
    """
    file = settings.profile_dir / DATABASE_FILE
    if not file.is_file():
        raise BadInput(
            f"Nothing has been stored in the profile '{settings.profile}' yet.",
            "Run Balcão with it first, or name another one with --profile.",
        )
    store = await open_store(file, keys_of(settings).database())
    try:
        yield store
    finally:
        await store.close()


async def audited(settings: Settings, action: str, data: dict[str, object]) -> None:
    """Write into the audit log that somebody did something by the command line. ``data``: ids, labels and numbers."""
    async with opened(settings) as store:
        await noted(store, settings, action, data=data)


async def noted(
    store: SqlStore,
    settings: Settings,
    action: str,
    customers: Iterable[int] = (),
    data: Mapping[str, object] | None = None,
) -> None:
    """The same, in a store that is open; ``customers``: whose data were read or changed, for their access log."""
    log = store.audit(keys_of(settings).derived().key("audit"), settings.profile_dir / AUDIT_HEAD)
    about = tuple(sorted(set(customers)))
    await log.append(AuditEntry(actor="command", action=action, customers=about, data=dict(data or {})))
