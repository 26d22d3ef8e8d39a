"""Copies of the database, and whether they can be relied on."""

from datetime import datetime
from typing import Annotated

from pydantic import Field

from agent.contract.base import Value

BackupName = Annotated[str, Field(pattern=r"^[0-9]{8}T[0-9]{6}Z(-[0-9]{1,2})?$", examples=["20261122T030000Z"])]
"""The moment at which it was made, in UTC; of several in one second the later ones carry a number."""


class Backup(Value):
    """One encrypted copy."""

    name: BackupName
    at: datetime
    """UTC."""
    tables: str = Field(examples=["0007"])
    """The migration at which its tables stand."""
    messages: int
    customers: int
    events: int
    last_event: int
    """The largest number of the event log."""
    bytes: int
    sha256: str = Field(examples=["9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"])
    """Of the file, in hex."""
    proven_at: datetime | None = None
    """When it was last restored into a folder of its own, opened and counted without a fault; None: never."""


class Backups(Value):
    """All copies, the newest first."""

    backups: tuple[Backup, ...]
    last_proven_at: datetime | None = None
    """When a restore was last proven to work, be its copy still there or not; None: never."""
    every_hours: int
    """Hours between two copies; 0: none is made by itself."""
    keep: int
    """So many are kept."""


class BackupVerdict(Value):
    """What came of looking at a copy and restoring it for trial."""

    name: BackupName
    proven: bool
    fault: str | None = Field(default=None, examples=["CorruptDatabase"])
    """The kind of fault; None where it was proven."""
    seconds: float


class RestoreRequest(Value):
    """A restore is asked for twice over: by its path, and by writing the copy's name again."""

    confirm: BackupName
    """The name of the copy that is to take the database's place."""


class Restored(Value):
    """What a restore did."""

    name: BackupName
    at: datetime
    """The moment of the copy, UTC."""
    messages: int
    customers: int
    forgotten: int
    """Customers who were erased after the copy was made, and were erased from it again."""
    replaced: str | None
    """What became of the database that was there: the name of the copy that it is now, or the folder where it lies."""
