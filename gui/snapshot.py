"""What the window knows of the office, and what an event does to it. Pure: no window, no network, no clock."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum

from agent.contract.life import LifeReason
from agent.contract.sessions import SessionState
from agent.contract.stored import StoredEvent
from gui.parts import Part, changed_by

RECENT = 200
"""Events that are kept to be shown."""


class Connection(StrEnum):
    """How the window stands with the agent."""

    CONNECTING = "connecting"
    LIVE = "live"
    LOST = "lost"
    SIGNED_OUT = "signed_out"
    """The agent is there, and wants to know who this is."""


class Outages:
    """When the agent could not be reached, as long as somebody is signed in."""

    def __init__(self) -> None:
        self.moments: list[tuple[datetime, bool]] = []
        """When it was lost (True) and when it was there again, in turn."""
        self._failed_at: datetime | None = None

    @property
    def since(self) -> datetime | None:
        """When it was lost; None: it is there."""
        return self.moments[-1][0] if self.moments and self.moments[-1][1] else None

    def failed(self, at: datetime) -> bool:
        """Nobody answered. True: so it was the time before, and from now on the agent counts as lost.

        One time alone is a blink: a break-off after which the first new try succeeds.
        """
        if self.since is not None:
            return False
        if self._failed_at is None:
            self._failed_at = at
            return False
        self.moments.append((self._failed_at, True))
        return True

    def answered(self, at: datetime) -> timedelta | None:
        """It is there. How long it was lost; None: it was not."""
        since, self._failed_at = self.since, None
        if since is None:
            return None
        self.moments.append((at, False))
        return at - since


def level_of(session: SessionState) -> str:
    """How a session stands, in a word that ``words/life.yaml`` has a text for."""
    if session.state in ("stopping", "stopped"):
        return session.state
    if session.life is None:
        return "starting"
    return "paused" if session.life.reason is LifeReason.PAUSED else session.life.level.value


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Everything up to one event."""

    number: int
    """Of the last event that is in it."""
    recent: tuple[StoredEvent, ...] = ()
    """The newest first."""
    stale: frozenset[Part] = field(default=frozenset(Part))
    """What may have changed since it was asked for."""

    def after(self, event: StoredEvent) -> "Snapshot":
        """With one more event. One that is already in it changes nothing, so a resumed stream may repeat itself."""
        if event.number <= self.number:
            return self
        return replace(
            self,
            number=event.number,
            recent=(event, *self.recent)[:RECENT],
            stale=self.stale | changed_by(event.kind),
        )

    def after_all(self, events: Iterable[StoredEvent]) -> "Snapshot":
        """With several, in their order."""
        state = self
        for event in events:
            state = state.after(event)
        return state

    def fetched(self, *parts: Part) -> "Snapshot":
        """These are being asked for now: what comes after this counts again."""
        return replace(self, stale=self.stale - frozenset(parts))

    def begun_anew(self, number: int) -> "Snapshot":
        """The stream begins at this number: another database, or a gap that nobody can fill."""
        return Snapshot(number)
