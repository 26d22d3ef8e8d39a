"""The audit log: who read or changed what."""

from datetime import datetime

from pydantic import Field

from agent.contract.base import Value


class AuditEntry(Value):
    """What somebody did. It holds ids, labels and numbers; never a text or a name."""

    actor: str
    """``Actor.label``; of the person at the page ``attendant:Ana``, or ``counter`` where nobody is named."""
    action: str
    """``customer.read``, ``customer.erased``, ``auth.login`` ..."""
    customers: tuple[int, ...] = ()
    """Whose data it is about."""
    request: str | None = None
    """Id of the request."""
    address: str | None = None
    data: dict[str, object] = Field(default_factory=dict)


class AuditRecord(AuditEntry):
    """An entry as it stands in the log."""

    number: int
    at: datetime
    """UTC."""
    hash: str
    """HMAC-SHA256 over the hash before it and everything of this one, in hex."""


class AuditVerdict(Value):
    """Whether the log is as it was written."""

    intact: bool
    lines: int
    broken_at: int | None = None
    """The first number that does not fit."""
    reason: str | None = None
    """``altered``, ``missing`` (a number in between), ``cut`` (lines at the end are gone), ``head`` (the file
    ``audit.head``, which tells whether lines at the end are gone, cannot be read)."""
