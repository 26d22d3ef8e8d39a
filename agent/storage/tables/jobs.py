"""What runs by the clock."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from agent.contract.jobs import JobFault
from agent.storage.tables.base import Base


class JobRun(Base):
    """The last run of each job."""

    __tablename__ = "job_runs"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    began_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    """None: it runs, or the agent ended in the middle of it."""
    fault: Mapped[JobFault | None]
    """None: it ended well."""
