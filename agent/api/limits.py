"""How often somebody may ask: at most so many times in any minute, counted in memory."""

import time

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from agent.api.problems import Code, Refused


class RateLimit:
    """One limit; who asks is counted by any word: an address, an actor."""

    def __init__(self, a_minute: int) -> None:
        """``a_minute``: so many times in any 60 seconds."""
        self._window = MovingWindowRateLimiter(MemoryStorage())
        self._limit = RateLimitItemPerMinute(a_minute)

    def count(self, who: str) -> None:
        """Count one request. ``Refused``: it is one too many; the answer says when there is room again."""
        if not self._window.hit(self._limit, who):
            free_at = self._window.get_window_stats(self._limit, who).reset_time
            wait_s = max(1, round(free_at - time.time()))
            raise Refused(Code.TOO_MANY, headers={"Retry-After": str(wait_s)})
