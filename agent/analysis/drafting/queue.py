"""The one queue of the draft model: what is more urgent goes first, and what became stale stops at once."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import IntEnum


class Priority(IntEnum):
    """Smaller is more urgent. Reading the fixed part comes after all of them: it is what the thread does when idle."""

    FORGET = -1
    """Conversations that must be known no more."""
    REWRITE = 0
    """A text that a person wants in other words: they asked for it, and look at it."""
    DRAFT = 1
    """A reply for the open chat."""
    PREFETCH = 2
    """A conversation of which a reply may soon be asked for."""
    OUTSIDE = 3
    """A reply that another program asks for, and nobody at the page."""


@dataclass(eq=False)
class Job:
    """A piece of work for the model's thread."""

    priority: Priority
    work: Callable[["Job"], None]
    """Called in the thread; looks at ``stopped`` between its steps."""
    given_up: Callable[[], None] = lambda: None
    """Called, from any thread, when it will never be begun."""
    event: threading.Event = field(default_factory=threading.Event)
    put_off: bool = False
    """A rewriting goes first: it stopped, and is to be begun anew."""
    dropped: bool = False

    def stopped(self) -> bool:
        """Whether nobody wants it any more."""
        return self.event.is_set()

    def stop(self) -> None:
        """Nobody wants it any more."""
        self.dropped = True
        self.event.set()


class DraftQueue:
    """At most one waiting job of each priority: the newest. Filled from anywhere, emptied by one thread."""

    def __init__(self) -> None:
        self._wake = threading.Condition()
        self._waiting: dict[Priority, Job] = {}
        self._running: Job | None = None
        self._closed = False

    def put(self, job: Job) -> None:
        """Add a job. It ends an older one of its priority, and one that runs and is less urgent.

        A new draft also ends a prefetch that waits: the draft's own chat is the one that counts now.
        """
        with self._wake:
            stale = [one for one in self._waiting.values() if one.priority == job.priority]
            if job.priority is Priority.DRAFT and Priority.PREFETCH in self._waiting:
                stale.append(self._waiting[Priority.PREFETCH])
            for one in stale:
                del self._waiting[one.priority]
                one.stop()
            running = self._running
            if running is not None and running.priority >= job.priority:
                if job.priority is Priority.REWRITE and running.priority is Priority.DRAFT and not running.dropped:
                    running.put_off = True
                    running.event.set()
                else:
                    running.stop()
            if not self._closed:
                self._waiting[job.priority] = job
            self._wake.notify_all()
        for one in stale:
            one.given_up()
        if self._closed:
            job.stop()
            job.given_up()

    def put_again(self, job: Job) -> bool:
        """Put back a job that was put off; False where nobody wants it any more, or a newer one is there."""
        with self._wake:
            job.put_off = False
            if self._closed or job.dropped or job.priority in self._waiting:
                return False
            job.event.clear()
            if job.dropped:  # Since it was looked at.
                job.event.set()
            self._waiting[job.priority] = job
            self._wake.notify_all()
            return True

    def next(self, timeout: float | None) -> Job | None:
        """The most urgent job, when there is one; None after ``timeout`` seconds without one, or when closed."""
        with self._wake:
            self._running = None
            self._wake.wait_for(self.wanted, timeout)
            if self._closed or not self._waiting:
                return None
            self._running = self._waiting.pop(min(self._waiting))
            return self._running

    def wanted(self) -> bool:
        """Whether a job waits, or the end: what the thread does when idle stops then."""
        return bool(self._waiting) or self._closed

    @property
    def closed(self) -> bool:
        """Whether ``close`` was called."""
        return self._closed

    def close(self) -> None:
        """End everything; a later job is given up at once."""
        with self._wake:
            self._closed = True
            left = list(self._waiting.values())
            self._waiting.clear()
            if self._running is not None:
                self._running.stop()
            for one in left:
                one.stop()
            self._wake.notify_all()
        for one in left:
            one.given_up()
