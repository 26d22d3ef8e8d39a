"""What every frame carries."""

from typing import Literal

from agent.contract.base import Value

FRAME_FORMAT: Literal[1] = 1


class Frame(Value):
    """One thing that the script inside the page tells the agent."""

    v: Literal[1] = FRAME_FORMAT
    seq: int
    """Counts up by one from 1 for each document: a gap means that a frame was lost."""
    at_ms: float
    """Milliseconds since the Unix epoch."""
