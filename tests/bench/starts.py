"""Starts the agent again and again with kill -9 in between: are processes left over, does its memory grow.

Every start is the whole program on the stand-in page, without a model, with one profile. Memory is the resident memory
of the agent's own process (no browser, no driver), always the same time after it was ready.
"""

import argparse
import json
import os
import random
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import httpx
import psutil

ROOT = Path(__file__).resolve().parents[2]
READY_S = 120.0
IDLE_S = 10.0
"""From ready to the weighing: by then everything that is loaded in the background is there."""

LATEST_S = 4.0
"""A kill comes at some moment of the first seconds after it was ready."""

ORPHANED_S = 20.0


class Started:
    """One run of the program."""

    def __init__(self, folder: Path, seconds: int, *extra: str) -> None:
        with closing(socket.socket()) as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        environment = {
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "BALCAO_PROFILES_DIR": str(folder),
            "BALCAO_API__PORT": str(port),
            "BALCAO_WEBSOCKET__PORT": "0",
        }
        command = [sys.executable, "-m", "agent", "demo", "--headless", "--resume", "--model", "none"]
        self._log = folder / "demo.log"
        with self._log.open("ab") as log:
            self.process = subprocess.Popen(
                [*command, "--seconds", str(seconds), *extra], env=environment, stdout=log, stderr=log
            )
        self._seen = psutil.Process(self.process.pid)
        self._health = f"http://127.0.0.1:{port}/api/health"

    def ready(self) -> float:
        """Wait until it says that messages are captured; the seconds until then. Raises ``RuntimeError``."""
        started = time.monotonic()
        with httpx.Client(trust_env=False, timeout=5) as client:
            while time.monotonic() - started < READY_S:
                if self.process.poll() is not None:
                    break
                with suppress(httpx.HTTPError):
                    if client.get(self._health).json()["status"] == "ok":
                        return time.monotonic() - started
                time.sleep(0.1)
        raise RuntimeError(f"it did not become ready: {self._log.read_text('utf-8')[-2000:]}")

    def memory_mb(self) -> float:
        """Resident memory of the agent's own process."""
        return round(self._seen.memory_info().rss / 1e6, 1)

    def family(self) -> list[psutil.Process]:
        """The driver and the browser's processes."""
        return self._seen.children(recursive=True)

    def kill(self) -> None:
        """No chance to clear up."""
        self.process.kill()
        self.process.wait()


def _left(folder: Path, families: Sequence[psutil.Process]) -> int:
    """Processes of any run that are still there, and others that name the folder."""
    left = {p.pid for p in families if p.is_running() and _status(p) != psutil.STATUS_ZOMBIE}
    for process in psutil.process_iter(["cmdline"]):
        if any(str(folder) in part for part in process.info["cmdline"] or ()):
            left.add(process.pid)
    return len(left)


def _status(process: psutil.Process) -> str:
    with suppress(psutil.Error):
        return process.status()
    return psutil.STATUS_ZOMBIE


def starts(rounds: int, seed: int, seconds: int) -> dict[str, Any]:
    """``rounds`` starts that end with a kill, then one that may end by itself."""
    dice = random.Random(seed)  # noqa: S311 (moments, not secrets)
    families: list[psutil.Process] = []
    ready_s: list[float] = []
    first = 0.0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for number in range(rounds):
            running = Started(folder, seconds)
            try:
                ready_s.append(running.ready())
                time.sleep(dice.uniform(0, LATEST_S) if number else IDLE_S)
                first = first or running.memory_mb()
                families += running.family()
            finally:
                running.kill()
            families = [p for p in families if p.is_running()]
            print(f"start {number + 1}: ready after {ready_s[-1]:.1f} s", file=sys.stderr, flush=True)
        report, last, end = _clean_start(folder, seconds, families)
        until = time.monotonic() + ORPHANED_S
        while _left(folder, families) and time.monotonic() < until:
            time.sleep(0.5)
        orphans = _left(folder, families)
    written, captured = report.get("messages_written_by_customers"), report.get("messages_captured")
    return {
        "starts": len(ready_s) + 1,
        "orphans": orphans,
        "profile_usable": bool(report) and written == captured and report["messages_unfinished"] == 0,
        "messages_written_by_customers": written,
        "messages_captured": captured,
        "memory_mb_first": first,
        "memory_mb_last": last,
        "memory_ratio": round(last / first, 3) if first else None,
        "memory_mb_at_the_end": end,
        "memory_growth": round(end / last, 3) if last else None,
        "memory_growth_over_s": seconds,
        "ready_s": {"first": round(ready_s[0], 1), "longest": round(max(ready_s), 1)},
        "sends_by_agent": report.get("sends_by_agent"),
    }


def _clean_start(folder: Path, seconds: int, families: list[psutil.Process]) -> tuple[dict[str, Any], float, float]:
    """The demo's report (empty when it did not end well), and the memory when idle and at the end."""
    out = folder / "demo.json"
    running = Started(folder, seconds, "--json", str(out))
    last = end = 0.0
    try:
        running.ready()
        time.sleep(IDLE_S)
        last = end = running.memory_mb()
        until = time.monotonic() + seconds + 120
        while running.process.poll() is None and time.monotonic() < until:
            with suppress(psutil.Error):
                end = running.memory_mb() if not out.exists() else end
                families += [p for p in running.family() if p not in families]
            time.sleep(0.5)
    except RuntimeError as error:
        print(error, file=sys.stderr)
    finally:
        if running.process.poll() is None:
            running.kill()
    ended_well = running.process.returncode == 0 and out.exists()
    return (json.loads(out.read_text("utf-8")) if ended_well else {}), last, end


def main(arguments: Sequence[str]) -> int:
    """Print the figures as JSON; exit 1 when a process was left, the profile is of no use, or anything was sent."""
    parser = argparse.ArgumentParser(prog="scripts/bench starts", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--json", nargs="?", type=Path, help="write the figures to this file, too")
    parser.add_argument("--rounds", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=int, default=90, help="length of the demo's afternoon")
    given = parser.parse_args(arguments)
    figures = starts(given.rounds, given.seed, given.seconds)
    text = json.dumps(figures, indent=2)
    print(text)
    if given.json is not None:
        given.json.write_text(text + "\n", "utf-8")
    return int(bool(figures["orphans"] or not figures["profile_usable"] or figures["sends_by_agent"]))
