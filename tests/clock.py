"""A clock that stands still until a test moves it, so that a day takes no time."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
"""Of a Sunday, where a test needs no other moment."""


@dataclass
class Clock:
    """What time it is in a test."""

    at: datetime = NOON

    def __call__(self) -> datetime:
        return self.at

    def passes(self, **time: float) -> None:
        self.at += timedelta(**time)
