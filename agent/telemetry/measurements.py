"""Times in milliseconds by name, the last few thousand of each, with their quantiles."""

from collections import Counter, defaultdict, deque
from statistics import quantiles

_KEPT = 10_000


class Measurements:
    """Samples and counters of one run. Not for other threads than the event loop's."""

    def __init__(self) -> None:
        self._samples: defaultdict[str, deque[float]] = defaultdict(lambda: deque(maxlen=_KEPT))
        self.counters: Counter[str] = Counter()

    def add(self, name: str, ms: float) -> None:
        """One more sample."""
        self._samples[name].append(ms)

    def samples(self, name: str) -> tuple[float, ...]:
        """All kept samples, oldest first."""
        return tuple(self._samples.get(name, ()))

    def quantile(self, name: str, q: float) -> float | None:
        """The ``q``-quantile (0 to 1) in milliseconds; None without samples."""
        return quantile(self.samples(name), q)


def quantile(samples: tuple[float, ...] | list[float], q: float) -> float | None:
    """The ``q``-quantile of ``samples``, rounded to a tenth; None when there are none."""
    if not samples:
        return None
    if len(samples) == 1:
        return round(samples[0], 1)
    cuts = quantiles(samples, n=100, method="inclusive")
    return round(cuts[min(max(round(q * 100), 1), 99) - 1], 1)
