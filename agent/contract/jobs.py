"""What runs by the clock beside the conversations: when each last ran, how it ended, when it runs next."""

from datetime import datetime
from enum import StrEnum

from agent.contract.base import Value


class JobName(StrEnum):
    """What runs by the clock."""

    BACKUPS = "backups"
    """Makes a copy of the database, proves it, and removes the oldest ones."""
    REPORTS = "reports"
    """Makes the reports of the periods that are over."""
    RETENTION = "retention"
    """Erases those whose data are kept no longer."""
    LEARNING = "learning"
    """Compares the orders of the replies, and looks for replies to propose."""
    WEBHOOKS = "webhooks"
    """Removes old deliveries; those that wait are sent all the time."""
    MONITOR = "monitor"
    """Reads the machine, and raises and clears alerts. It is not kept over a restart of the agent."""


class JobState(StrEnum):
    """How a job stands."""

    OFF = "off"
    """The settings want none, or the agent is only starting."""
    WAITING = "waiting"
    RUNNING = "running"
    STOPPED = "stopped"
    """A failure ended it; it goes on when the agent is started anew."""


class JobOutcome(StrEnum):
    """How a run ended."""

    WELL = "well"
    FAILED = "failed"
    INTERRUPTED = "interrupted"
    """The agent ended in the middle of it."""


class JobFault(StrEnum):
    """Why a run failed."""

    DISK_FULL = "disk_full"
    DATABASE = "database"
    """The database, or a copy of it, is damaged or cannot be opened."""
    BUSY = "busy"
    """Another program was at the same work."""
    FILES = "files"
    """A file could not be read or written."""
    UNEXPECTED = "unexpected"
    """The agent's log says what it was."""


class Job(Value):
    """One of them."""

    name: JobName
    state: JobState
    began_at: datetime | None = None
    """When it last began, UTC; None: never, as far as is known. A look that finds nothing to do is no run."""
    ended_at: datetime | None = None
    """When that ended; None: it did not."""
    outcome: JobOutcome | None = None
    """None: it never ran, or it is running."""
    fault: JobFault | None = None
    next_at: datetime | None = None
    """When it is due, UTC; this moment where that is over. None: it is off, or stopped."""


class Jobs(Value):
    """All of them, also those that are off."""

    jobs: tuple[Job, ...]
