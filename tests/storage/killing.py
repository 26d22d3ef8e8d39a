"""Does some work in a process of its own, and kills that (SIGKILL) in the middle, again and again."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

ROOT = Path(__file__).parents[2]

_FORKS = """
import os, signal, sys, time, traceback
for line in sys.stdin:
    began, child = time.monotonic(), os.fork()
    if not child:
        try:
            work()
        except BaseException:
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    if line.strip():
        time.sleep(float(line))
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    print(time.monotonic() - began, os.waitstatus_to_exitcode(status), flush=True)
"""


class Killer:
    """A program with everything loaded, which does the work in a fork of its own each time."""

    def __init__(self, orders: IO[str], answers: IO[str]) -> None:
        self._orders, self._answers = orders, answers

    def work(self, kill_after_s: float | None = None) -> float:
        """Seconds that it took. Only a kill ends the work early: any other failure is one of the test."""
        self._orders.write(f"{'' if kill_after_s is None else kill_after_s}\n")
        self._orders.flush()
        seconds, code = self._answers.readline().split()
        assert int(code) in ((0,) if kill_after_s is None else (0, -9))
        return float(seconds)


@contextmanager
def killer(code: str, *arguments: object) -> Iterator[Killer]:
    """``code`` defines ``work()``; it finds ``arguments`` in ``sys.argv``."""
    command = [sys.executable, "-c", f"{code}\n{_FORKS}", *map(str, arguments)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        yield Killer(process.stdin, process.stdout)
        process.stdin.close()
