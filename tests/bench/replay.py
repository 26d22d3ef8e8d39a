"""How fast recordings replay, whether they give the same each time, and how large they are."""

import argparse
import asyncio
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from agent.recordings.empty import empty_store
from agent.recordings.file import PAGE, Recording, open_recording
from agent.recordings.replaying import replay
from tests.bench.replay_page import page_figures

RECORDED = Path(__file__).resolve().parents[1] / "recordings" / "stored" / "six-businesses.balcao"


async def frame_figures(recording: Recording, times: int = 20) -> dict[str, Any]:
    """Replay the frame layer so many times in a row: the slowest one's speed, all differences together."""
    done = [(await replay(recording, empty_store))[0] for _ in range(times)]
    return {
        "speed_x": round(min(one.speed_x for one in done), 1),
        "differences": sum(len(one.differences) for one in done),
    }


async def figures(path: Path, times: int) -> dict[str, Any]:
    """Of one recording with both layers."""
    with open_recording(path) as recording:
        recording.verify()
        frames = await frame_figures(recording, times)
        page = await page_figures(recording, times) if recording.has(PAGE) else None
        messages = max(recording.manifest.counts.get("messages", 0), 1)
        size = recording.size
    found = {f"frames.{name}": value for name, value in frames.items()}
    found |= {f"page.{name}": value for name, value in (page or {}).items()}
    return {**found, "size_kb_per_message": round(size / 1024 / messages, 2)}


def main(arguments: Sequence[str]) -> int:
    """Print the figures; exit code 1 where a replay was otherwise."""
    asked = argparse.ArgumentParser(prog="scripts/bench replay", description=__doc__)
    asked.add_argument(
        "file", nargs="?", type=Path, default=RECORDED, help="a recording; ten minutes of six businesses by default"
    )
    asked.add_argument("--times", type=int, default=20)
    asked.add_argument("--json", nargs="?", const="-", help="print JSON, or write it to this file")
    given = asked.parse_args(arguments)
    found = asyncio.run(figures(given.file, given.times))
    text = json.dumps(found, indent=2)
    if given.json and given.json != "-":
        Path(given.json).write_text(text + "\n", encoding="utf-8")
    print(text)
    return int(any(value for name, value in found.items() if name.endswith("differences")))
