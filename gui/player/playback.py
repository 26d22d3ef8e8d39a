"""Where a recording stands while it is played. Pure: no window, no clock of its own."""

from bisect import bisect_right
from collections.abc import Sequence

SPEEDS = (1.0, 2.0, 5.0, 10.0)
_NEAR_S = 1.0
"""Before an event, where silence is skipped: of a recording without a page, three times this is waited for at most."""


class Playback:
    """A moment that moves, and the event that happened last."""

    def __init__(self, seconds: float, moments: Sequence[float], *, skips: bool = False) -> None:
        """Stands at the beginning.

        Args:
            seconds: how long the recording is.
            moments: when each event happened, in order.
            skips: nothing can be seen between two events, so silence is not waited for.
        """
        self._moments, self._skips = moments, skips
        self.seconds = max(seconds, moments[-1] if moments else 0.0)
        self.at_s = 0.0
        self.speed = SPEEDS[0]
        self.playing = False
        self.last = self._before(0.0)
        """Index of the event that happened last; -1: none yet."""

    @property
    def is_over(self) -> bool:
        """It stands at the end."""
        return self.at_s >= self.seconds

    def play(self) -> None:
        """Go on; from the beginning where it is over."""
        if self.is_over:
            self.go(0.0)
        self.playing = self.seconds > 0

    def pause(self) -> None:
        """Stand still."""
        self.playing = False

    def go(self, at_s: float) -> None:
        """To a moment."""
        self.at_s = min(max(at_s, 0.0), self.seconds)
        self.last = self._before(self.at_s)

    def choose(self, index: int) -> None:
        """To an event: of several at one moment this one counts as the last."""
        if 0 <= index < len(self._moments):
            self.at_s, self.last = self._moments[index], index

    def step(self, by: int) -> None:
        """To the next event (1) or the one before (-1); before the first one is the beginning."""
        if self.last + by < 0:
            self.at_s, self.last = 0.0, -1
        else:
            self.choose(self.last + by)

    def advance(self, elapsed_s: float) -> None:
        """So much time has passed in the world."""
        if not self.playing:
            return
        at_s, following = self.at_s + elapsed_s * self.speed, self.last + 1
        if self._skips:
            wait = _NEAR_S * self.speed
            ahead = self._moments[following] if following < len(self._moments) else self.seconds
            if ahead - at_s > 3 * wait:
                at_s = ahead - wait
        self.at_s = min(at_s, self.seconds)
        self.last = max(self.last, self._before(self.at_s))
        if self.is_over:
            self.playing = False

    def _before(self, at_s: float) -> int:
        return bisect_right(self._moments, at_s) - 1


def moment(seconds: float) -> str:
    """A moment as short as it can be read: ``02:31``, ``1:02:31``; of exported chats, which hold days: ``3d 14:05``."""
    whole = int(seconds)
    minutes, hours = whole // 60 % 60, whole // 3600
    if hours >= 24:
        return f"{hours // 24}d {hours % 24:02}:{minutes:02}"
    return f"{hours}:{minutes:02}:{whole % 60:02}" if hours else f"{minutes:02}:{whole % 60:02}"
