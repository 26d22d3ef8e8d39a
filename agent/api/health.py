"""What ``GET /api/health`` answers."""

from typing import Literal

from agent.contract.base import Value
from agent.contract.frames import PageState
from agent.contract.life import Life


class SessionHealth(Value):
    """One session."""

    name: str
    state: Literal["starting", "running", "pausing", "stopped", "given_up"]
    page: PageState
    restarts: int
    life: Life | None
    """Whether messages are captured; None while the page is being opened."""
    last_proven_age_s: float | None
    """Seconds since they were last proven to be; None when they never were."""


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
