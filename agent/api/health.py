"""What ``GET /api/health`` answers."""

from typing import Literal

from agent.contract.base import Value
from agent.contract.frames import PageState


class SessionHealth(Value):
    """One session."""

    name: str
    state: Literal["starting", "running", "pausing", "stopped", "given_up"]
    page: PageState
    restarts: int
    last_frame_age_s: float | None
    """Seconds since the page last said something; None before the first frame."""


class Health(Value):
    """The agent as a whole."""

    status: Literal["ok", "starting", "degraded"]
    version: str
    uptime_s: float
    session: SessionHealth
    model: Literal["off", "loading", "ready", "failed"]
    model_name: str | None
    messages: int
    unfinished: int
    last_event: int
