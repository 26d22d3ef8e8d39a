"""Shows the steps with their time, and runs programs while the time ticks."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

TICK_SECONDS = 1.0
QUIET_TICK_SECONDS = 30.0
"""Where the output is no terminal, a long step says so only now and then."""


class Failed(Exception):
    """A step could not be done. The text is the reason in a few words."""


class Console:
    """Prints one line a step: its name, what became of it, and how long it took."""

    def __init__(
        self, texts: Mapping[str, str], folder: Path, log: Path, *, quiet: bool = False, stream: TextIO | None = None
    ) -> None:
        """Tell people ``texts`` on ``stream`` (standard error); programs run in ``folder`` and write to ``log``."""
        self.texts = texts
        self._folder = folder
        self.log = log
        self.limits = 0
        """How many steps ended with something that does not work."""
        self._quiet = quiet
        self._stream = stream or sys.stderr
        self._terminal = self._stream.isatty()
        self._started = time.monotonic()
        self._step = ""
        self._step_started = self._started

    @contextmanager
    def step(self, key: str, note: str | None = None) -> Iterator[list[str]]:
        """A step. Its body may append what to say at the end instead of "done"."""
        self._step = self.texts[key] + (f" ({self.texts[note]})" if note else "")
        self._step_started = time.monotonic()
        said: list[str] = []
        if self._terminal:
            self._draw(f"• {self._step} ...")
        try:
            yield said
        except BaseException:
            self._close("failed", [])
            raise
        self._close("done", said)

    def ready(self, key: str) -> None:
        """A step that had nothing to do."""
        if not self._quiet:
            self._line(f"✓ {self.texts[key]}: {self.texts['ready']}")

    def limit(self, key: str, **values: object) -> None:
        """Say what does not work, and what works all the same."""
        self.limits += 1
        self._line("! " + self.texts[key].format(log=self.log, **values))

    def finish(self) -> None:
        """The last line."""
        if not self._quiet:
            key = "finished_without" if self.limits else "finished"
            self._line(self.texts[key].format(seconds=time.monotonic() - self._started))

    def run(self, command: Sequence[str | Path], environment: Mapping[str, str] | None = None) -> None:
        """Run a program; its output goes to the log.

        Raises:
            Failed: it cannot be started, or ends with an exit code; the text is its last line that speaks of an error.
        """
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as log:
            start = log.tell()
            log.write(("$ " + " ".join(str(part) for part in command) + "\n").encode())
            log.flush()
            try:
                process = subprocess.Popen(
                    [str(part) for part in command],
                    cwd=self._folder,
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=subprocess.STDOUT,
                    env={**os.environ, **(environment or {})},
                )
            except OSError as error:
                raise Failed(f"{command[0]}: {error.strerror}") from error
            code = self._wait(process)
        if code:
            raise Failed(_last_error(self.log, start) or f"{Path(command[0]).name}: {code}")

    def _wait(self, process: subprocess.Popen[bytes]) -> int:
        try:
            while True:
                try:
                    return process.wait(TICK_SECONDS if self._terminal else QUIET_TICK_SECONDS)
                except subprocess.TimeoutExpired:
                    line = f"• {self._step} ... {self._elapsed()}"
                    if self._terminal:
                        self._draw(line)
                    elif not self._quiet:
                        self._line(line)
        finally:
            if process.poll() is None:  # Interrupted: no build goes on behind the person's back.
                process.terminate()
                process.wait()

    def _elapsed(self) -> str:
        seconds = int(time.monotonic() - self._step_started)
        return f"{seconds // 60}:{seconds % 60:02}"

    def _close(self, key: str, said: list[str]) -> None:
        seconds = time.monotonic() - self._step_started
        outcome = "; ".join(said) or self.texts[key]
        if not self._quiet or key == "failed":
            self._line(f"{'✓' if key == 'done' else '✗'} {self._step}: {outcome} ({seconds:.1f} s)")
        elif self._terminal:
            self._draw("")

    def _draw(self, line: str) -> None:
        self._stream.write(f"\r\x1b[2K{line}")
        self._stream.flush()

    def _line(self, line: str) -> None:
        self._stream.write(f"\r\x1b[2K{line}\n" if self._terminal else f"{line}\n")
        self._stream.flush()


def _last_error(log: Path, start: int) -> str:
    with log.open("rb") as source:
        source.seek(start)
        lines = [line.strip() for line in source.read().decode("utf-8", "replace").splitlines() if line.strip()]
    telling = [line for line in lines[1:] if "error" in line.lower()] or lines[1:]
    return telling[-1][:200] if telling else ""
