"""Whether the system is dark. It is asked beside the window: on Linux that starts ``gsettings``, which may hang."""

import logging
import queue
import threading
from collections.abc import Callable

_EVERY_S = 5.0
_PATIENCE_S = 0.5
"""For the first answer: a window that waits for its colours is better than one that changes them."""
_log = logging.getLogger(__name__)


def system_is_dark() -> bool:
    """What the system says now; light where it says nothing."""
    try:
        import darkdetect

        return bool(darkdetect.isDark())
    except Exception:  # noqa: BLE001 (each system has its own errors, and colours are no reason to end)
        _log.debug("the system does not tell its colours", exc_info=True)
        return False


def soon_told() -> bool:
    """The same, waited for half a second at most; light where the answer is not there by then."""
    answers: queue.SimpleQueue[bool] = queue.SimpleQueue()
    threading.Thread(target=lambda: answers.put(system_is_dark()), name="look", daemon=True).start()
    try:
        return answers.get(timeout=_PATIENCE_S)
    except queue.Empty:
        return False


class SystemLook:
    """Looks again every few seconds, until it is closed."""

    def __init__(self, wanted: Callable[[], bool], tell: Callable[[bool], None]) -> None:
        """Begin.

        Args:
            wanted: Whether anybody wants to know; else nothing is asked.
            tell: Called with each answer, in this object's own thread.
        """
        self._wanted, self._tell = wanted, tell
        self._closed = threading.Event()
        threading.Thread(target=self._run, name="looks", daemon=True).start()

    def close(self) -> None:
        """Ask no more; returns at once."""
        self._closed.set()

    def _run(self) -> None:
        while not self._closed.wait(_EVERY_S):
            if self._wanted():
                self._tell(system_is_dark())
