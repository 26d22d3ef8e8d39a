"""Kills the agent in the middle of the demo, again and again, and counts what is stored afterwards."""

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
EARLIEST_S, LATEST_S = 2.0, 14.0
"""A kill falls somewhere between the browser's start and the middle of the afternoon."""


def _demo(folder: Path, model: str, seconds: int, *extra: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "agent", "demo", "--headless", "--resume", "--model", model]
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "BALCAO_PROFILES_DIR": str(folder),
        "BALCAO_API__ENABLED": "false",
    }
    log = (folder / "demo.log").open("ab")
    return subprocess.Popen([*command, "--seconds", str(seconds), *extra], env=environment, stdout=log, stderr=log)


def crash(rounds: int, seed: int, model: str, seconds: int) -> dict[str, Any]:
    """Kill ``rounds`` runs at random moments, let one more end. The figures are that last run's."""
    dice = random.Random(seed)  # noqa: S311 (moments, not secrets)
    moments: list[float] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for _ in range(rounds):
            running = _demo(folder, model, seconds)
            moments.append(round(dice.uniform(EARLIEST_S, LATEST_S), 1))
            time.sleep(moments[-1])
            ended_early = running.poll()
            assert ended_early is None, f"the demo ended by itself: {(folder / 'demo.log').read_text('utf-8')[-2000:]}"
            running.send_signal(signal.SIGKILL)
            running.wait()
        out = folder / "demo.json"
        last = _demo(folder, model, seconds, "--json", str(out))
        assert last.wait(seconds + 120) == 0, (folder / "demo.log").read_text("utf-8")[-4000:]
        report = json.loads(out.read_text("utf-8"))
    written, stored = report["messages_written_by_customers"], report["messages_captured"]
    return {
        "kills": rounds,
        "killed_after_s": moments,
        "messages_written_by_customers": written,
        "messages_captured": stored,
        "lost_or_doubled": abs(written - stored),
        "messages_unfinished": report["messages_unfinished"],
        "sends_by_agent": report["sends_by_agent"],
        "read_receipts_by_agent": report["read_receipts_by_agent"],
    }


def main(arguments: Sequence[str]) -> int:
    """Print the figures as JSON; exit 1 when a message was lost, stored twice or left unfinished."""
    parser = argparse.ArgumentParser(prog="scripts/bench crash", description=__doc__)
    parser.add_argument("--json", nargs="?", type=Path, help="write the figures to this file, too")
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=int, default=30)
    parser.add_argument("--model", default="none", help="draft model; 'none' for retrieval only")
    given = parser.parse_args(arguments)
    figures = crash(given.rounds, given.seed, given.model, given.seconds)
    text = json.dumps(figures, indent=2)
    print(text)
    if given.json is not None:
        given.json.write_text(text + "\n", "utf-8")
    return int(bool(figures["lost_or_doubled"] or figures["messages_unfinished"] or figures["sends_by_agent"]))
