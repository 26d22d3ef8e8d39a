"""The supervisor's window: how soon it is there, whether it ever holds still, how it scrolls, what it takes.

The agent's API is served by this process; the window is a process of its own on a virtual screen, as in use. Beside its
figures stand those of a bare Tk window in the same run: a screen in software on a busy machine has a floor of its own.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter, sleep, time
from typing import Any

from tests.bench.gui_scroll import ROWS
from tests.bench.gui_window import KINDS
from tests.gui.served import ServedOffice

EVENTS_PER_S = 200


def main(arguments: Sequence[str]) -> int:
    """Measure, and print the figures as JSON."""
    parser = argparse.ArgumentParser(prog="scripts/bench gui", description=__doc__)
    parser.add_argument("--seconds", type=int, default=60, help="of a steady stream of events")
    parser.add_argument("--starts", type=int, default=5)
    parser.add_argument("--json", nargs="?", type=Path, help="write the figures to this file, too")
    given = parser.parse_args(arguments)
    figures = measure(given.seconds, given.starts)
    text = json.dumps(figures, indent=2)
    print(text)
    if given.json is not None:
        given.json.write_text(text + "\n", "utf-8")
    return 0


def measure(seconds: int, starts: int) -> dict[str, Any]:
    """All figures."""
    with tempfile.TemporaryDirectory() as folder, screen() as display:
        office = ServedOffice(Path(folder))
        environment = {
            **os.environ, "DISPLAY": display, "HOME": folder, "XDG_CONFIG_HOME": folder, "PYTHONPATH": ".",
            "BALCAO_BENCH_SERVER": office.address, "BALCAO_BENCH_TOKEN": str(office.token_file),
        }  # fmt: skip

        def part(name: str) -> Any:
            command = [sys.executable, "-m", "tests.bench.gui_window", name, str(seconds)]
            begun = time()
            done = subprocess.run(
                command, env={**environment, "BALCAO_BENCH_BEGUN": repr(begun)}, check=True, stdout=subprocess.PIPE
            )
            return json.loads(done.stdout.decode().splitlines()[-1])

        opened = sorted(part("start") for _ in range(starts))
        bare = sorted(part("bare_start") for _ in range(starts))
        with happening(office, EVENTS_PER_S):
            blocks = part("events")
        quiet = part("quiet")
        scrolling = part("scroll")
        day = part("hour")
        office.close()
    return {
        "start_s": opened[len(opened) // 2],
        "start_bare_s": bare[len(bare) // 2],
        "events_per_s": EVENTS_PER_S,
        "event_loop_block_ms": blocks,
        "event_loop_block_bare_ms": quiet,
        "rows": ROWS,
        "scroll_frame_ms": scrolling["messages"],
        "scroll_frame_table_ms": scrolling["table"],
        "scroll_frame_bare_ms": scrolling["bare"],
        "rss_mb": day["rss_mb"],
        "rss_growth_mb": day["growth_mb"],
        "rss_quarters_mb": day["quarters_mb"],
        "hour_events": day["events"],
    }


@contextmanager
def screen() -> Iterator[str]:
    """A virtual screen."""
    readable, writable = os.pipe()
    arguments = ["Xvfb", "-displayfd", str(writable), "-screen", "0", "1920x1080x24", "-nolisten", "tcp"]
    with subprocess.Popen(arguments, pass_fds=(writable,), stderr=subprocess.DEVNULL) as server:
        os.close(writable)
        with os.fdopen(readable) as told:
            number = told.readline().strip()
        try:
            yield f":{number}"
        finally:
            server.terminate()


@contextmanager
def happening(office: ServedOffice, per_s: float) -> Iterator[None]:
    """So many events a second, in the office's own process, until the end."""
    over = threading.Event()
    chance = random.Random(1)  # noqa: S311 (no secret)

    async def some(count: int) -> None:
        async with office.office.store.together():
            for _ in range(count):
                await office.office.store.announce(chance.choice(KINDS), {"level": "live"})

    def run() -> None:
        begun, told = perf_counter(), 0
        while not over.is_set():
            due = int((perf_counter() - begun) * per_s) - told
            if due > 0:
                office.do(some(due))
                told += due
            sleep(0.02)

    teller = threading.Thread(target=run)
    teller.start()
    try:
        yield
    finally:
        over.set()
        teller.join()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
