"""What ``GET /api/health`` answers."""

from typing import Literal

from agent.contract.base import Value
from agent.contract.frames import PageState
from agent.contract.life import Life

SessionPhase = Literal["starting", "running", "pausing", "stopping", "stopped", "given_up"]
"""``pausing``: before it is tried again; ``stopped``: a person closed it, and it stays closed until they start it."""


class SessionHealth(Value):
    """One session."""

    name: str
    state: SessionPhase
    page: PageState
    restarts: int
    """How often the session was started again since the agent's start, after a failure or because it grew too large."""
    life: Life | None
    """Whether messages are captured; None while the page is being opened."""
    last_proven_age_s: float | None
    """Seconds since they were last proven to be; None when they never were."""
    reloads: int = 0
    """How often the page was loaded again by itself or by a person, since the agent's start."""
    agent_mb: float | None = None
    """Resident memory in megabytes of the agent's own process, without the model's weights where they are mapped from
    their file. This and the following are None before they were looked at, seconds after the page was opened."""
    browser_mb: float | None = None
    """The same of all processes of this profile's browser; what they share is counted in each."""
    page_mb: float | None = None
    """The same of the tab's own process."""
    browser_cpu_percent: float | None = None
    """Processor time of the browser over the last seconds, in percent of one core."""


class Health(Value):
    """The agent as a whole."""

    status: Literal["ok", "starting", "degraded", "blind"]
    version: str
    uptime_s: float
    session: SessionHealth
    model: Literal["off", "loading", "ready", "failed"]
    model_name: str | None
    messages: int
    unfinished: int
    last_event: int
