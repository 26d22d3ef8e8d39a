"""What can go wrong on the way to the agent; the window shows each of them in its own words."""

from dataclasses import dataclass, field


@dataclass
class Refused(Exception):
    """The agent answered, and said no."""

    status: int
    code: str
    detail: str
    """In the language that was asked for."""
    faults: tuple[tuple[str, str], ...] = field(default=())
    """Where, and what is wrong there."""


class Unreachable(Exception):
    """Nobody answered."""


class Foreign(Exception):
    """Somebody answered who is no agent of this version."""
