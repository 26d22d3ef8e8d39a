"""The page layer's share of ``scripts/bench replay``: how fast it replays, and whether it gives the same each time."""

import time
from collections.abc import Iterable
from statistics import median
from typing import Any

from agent.page.replaying import replay_browser
from agent.recordings.file import PAGE_GOLDEN, Recording
from agent.recordings.page_differences import page_differences
from agent.recordings.page_output import golden_output
from agent.recordings.page_player import page_player


async def page_figures(recording: Recording, times: int = 20) -> dict[str, Any]:
    """Replay a recording's page layer so many times in a row.

    Returns:
        ``speed_x``: of the middle one of the replays; ``differences``: of all of them together.
    """
    golden, lines = golden_output(recording.lines(PAGE_GOLDEN)), list(recording.page())
    different, length_s, took = 0, 0.0, list[float]()
    async with replay_browser() as browser:
        for _ in range(times):
            async with page_player(browser, lines) as player:
                began = time.perf_counter()
                await player.play()
                took.append(time.perf_counter() - began)
                length_s = player.length_ms / 1000
                different += len(page_differences(golden, player.output.result()))
    return {"speed_x": round(length_s / max(median(took), 1e-9), 1), "differences": different}


def rows_in(lines: Iterable[dict[str, Any]]) -> int:
    """How many messages a golden result of a page layer holds."""
    return sum(what == "row" for what, _ in golden_output(lines))
