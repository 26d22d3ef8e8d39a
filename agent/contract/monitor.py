"""How the machine and the agent on it are doing, and what somebody should look at."""

from datetime import datetime
from enum import StrEnum

from pydantic import Field

from agent.contract.base import Value


class AlertCode(StrEnum):
    """What somebody should look at."""

    CPU = "cpu"
    MEMORY = "memory"
    DISK = "disk"
    BLIND = "blind"
    """Messages may be coming in and are not captured."""
    MODEL_FAILED = "model_failed"
    MODEL_SLOW = "model_slow"
    """Drafts begin so late that nobody waits for them."""
    BACKUP_OLD = "backup_old"
    BACKUP_FAILED = "backup_failed"


class Figures(Value):
    """The machine at one moment."""

    at: datetime
    """UTC."""
    cpu_percent: float = Field(examples=[23.5])
    """Of all processors together, since the reading before."""
    memory_percent: float
    disk_percent: float
    """How full the disk with the profile is."""
    disk_free_mb: float
    agent_mb: float
    """Resident memory of the agent's own process, in megabytes."""
    first_token_ms: float | None = None
    """From the request for a draft to its first token: the median of the last drafts; None before the first one."""
    backup_age_h: float | None = None
    """Hours since the last copy of the database; None: there is none, or none is made here."""


class OpenAlert(Value):
    """Something that is so now."""

    code: AlertCode
    since: datetime
    """UTC."""
    value: float
    """As it was when the alert was raised: percent, milliseconds, hours; 1 where there is nothing to measure."""
    limit: float


class Monitor(Value):
    """The last minutes, and what is open."""

    every_s: float
    """Between two readings."""
    figures: tuple[Figures, ...]
    """The oldest first; none in the first seconds of the agent."""
    alerts: tuple[OpenAlert, ...]
    """The oldest first."""


class AlertRecord(Value):
    """An alert that was raised, or cleared, as the event log has it."""

    number: int
    """Of the event."""
    at: datetime
    """UTC."""
    raised: bool
    """false: it was cleared."""
    code: AlertCode
    value: float
    limit: float
