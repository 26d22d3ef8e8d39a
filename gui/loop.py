"""Tk's own thread, and the threads beside it.

Tk may be touched by one thread only. Whatever another thread found out is put into one queue, and taken from it in
Tk's loop, at most ``_AT_ONCE`` a turn: a flood of events delays the next one, and never a click.
"""

import logging
import queue
import sys
import tkinter as tk
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from time import perf_counter
from typing import TypeVar

from gui.garbage import Garbage

_AT_ONCE = 20
_EVERY_MS = 15
_LONGEST_TURN_S = 0.012
_THREADS = 4
_TURN_S = 0.0005

Result = TypeVar("Result")
_log = logging.getLogger(__name__)


class Loop:
    """Hands work to threads and its results to the window."""

    def __init__(self, root: tk.Tk) -> None:
        self._root = root
        self._queue: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        self._threads = ThreadPoolExecutor(_THREADS, thread_name_prefix="request")
        self._newest: dict[str, int] = {}
        self._closed = False
        self._garbage = Garbage()
        # Each call of Tk lets other threads run. One that reads a page would keep the window waiting 5 ms each time.
        self._turns_s = sys.getswitchinterval()
        sys.setswitchinterval(_TURN_S)
        root.after(_EVERY_MS, self._turn)

    def post(self, do: Callable[[], None]) -> None:
        """Do something in the window's thread, soon; may be called in any thread."""
        self._queue.put(do)

    def later(self, after_ms: int, do: Callable[[], None], owner: tk.Misc) -> None:
        """Do something after a while, unless this widget is gone by then: its own ``after`` would complain."""

        def still_there() -> None:
            if not self._closed and owner.winfo_exists():
                do()

        if not self._closed:
            self._root.after(after_ms, still_there)

    def run(
        self,
        job: Callable[[], Result],
        then: Callable[[Result], None],
        failed: Callable[[Exception], None],
        *,
        owner: tk.Misc | None = None,
        key: str | None = None,
    ) -> None:
        """Do something beside the window, and then something in it.

        Args:
            job: Runs in another thread, and must not touch the window.
            then: What to do with its result, in the window's thread.
            failed: What to do with its error there.
            owner: Nothing is done any more once this widget is gone.
            key: Of two jobs with one key, only the result of the newer one counts.
        """
        if self._closed:
            return
        mine = 0
        if key is not None:
            mine = self._newest[key] = self._newest.get(key, 0) + 1

        def wanted() -> bool:
            superseded = key is not None and self._newest.get(key) != mine
            return not superseded and (owner is None or bool(owner.winfo_exists()))

        def work() -> None:
            try:
                result = job()
            except Exception as error:  # noqa: BLE001 (told to the person by ``failed``)
                problem = error
                self.post(lambda: failed(problem) if wanted() else None)
            else:
                self.post(lambda: then(result) if wanted() else None)

        self._threads.submit(work)

    def close(self) -> None:
        """Take nothing more; threads that wait for the network are not waited for."""
        self._closed = True
        for waiting in self._root.tk.splitlist(self._root.tk.call("after", "info")):
            self._root.after_cancel(waiting)
        self._threads.shutdown(wait=False, cancel_futures=True)
        self._garbage.close()
        sys.setswitchinterval(self._turns_s)

    def _turn(self) -> None:
        until = perf_counter() + _LONGEST_TURN_S
        for _ in range(_AT_ONCE):
            try:
                do = self._queue.get_nowait()
            except queue.Empty:
                break
            try:
                do()
            except tk.TclError:
                _log.debug("a widget was gone", exc_info=True)
            except Exception as error:  # noqa: BLE001 (told to the person; what waits behind it goes on)
                self._root.report_callback_exception(type(error), error, error.__traceback__)
            if perf_counter() > until:
                break
        if not self._closed:
            self._garbage.turn()
            self._root.after(_EVERY_MS, self._turn)


class Debounced:
    """Something that many causes ask for and that is done once for all of them, after a while."""

    def __init__(self, loop: Loop, owner: tk.Misc, after_ms: int, do: Callable[[], None]) -> None:
        self._loop, self._owner, self._after_ms, self._do = loop, owner, after_ms, do
        self._waits = False

    def __call__(self, *_: object) -> None:
        """Ask for it. What already waits is not put off: under a steady flood it is still done."""
        if not self._waits:
            self._waits = True
            self._loop.later(self._after_ms, self._run, self._owner)

    def _run(self) -> None:
        self._waits = False
        self._do()
