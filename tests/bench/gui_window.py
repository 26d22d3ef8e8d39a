"""The window's side of the benchmark ``gui``: a process of its own, which imports nothing of the agent's."""

import json
import os
import random
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter, sleep, time
from typing import Any

KINDS = ("message.captured", "analysis.stored", "offer.shown", "suggestion.picked", "chat.waits", "session.life")
_STEP_MS = 5


def _window() -> Any:
    from gui.link.api import Api
    from gui.link.credentials import TokenFile
    from gui.memory import Memory
    from gui.window import Window

    credentials = TokenFile(Path(os.environ["BALCAO_BENCH_TOKEN"]))
    return Window(Api(os.environ["BALCAO_BENCH_SERVER"], credentials, "pt-BR"), Memory(), "pt-BR")


def _usable(window: Any) -> bool:
    tab = window.tabs.get("dashboard")
    return window.office.connection.value == "live" and tab is not None and tab.figures["messages"].value != "–"


def _until_usable(window: Any) -> None:
    while not _usable(window):
        window.root.update()
        sleep(0.002)


def _start(_seconds: int) -> float:
    window = _window()
    _until_usable(window)
    window.root.update()
    took = time() - float(os.environ["BALCAO_BENCH_BEGUN"])
    window.close()
    return round(took, 2)


def _bare_start(_seconds: int) -> float:
    import tkinter as tk

    root = tk.Tk()
    root.update()
    took = time() - float(os.environ["BALCAO_BENCH_BEGUN"])
    root.destroy()
    return round(took, 2)


def _lateness(root: Any, seconds: float) -> dict[str, float]:
    late: list[float] = []
    last = perf_counter()

    def tick() -> None:
        nonlocal last
        now = perf_counter()
        late.append((now - last) * 1000 - _STEP_MS)
        last = now
        root.after(_STEP_MS, tick)

    root.after(_STEP_MS, tick)
    root.after(int(seconds * 1000), root.quit)
    root.mainloop()
    return _figures(late)


def _events(seconds: int) -> dict[str, float]:
    window = _window()
    _until_usable(window)
    before = window.office.snapshot.number
    figures = _lateness(window.root, seconds)
    figures["events"] = window.office.snapshot.number - before
    window.close()
    return figures


def _quiet(seconds: int) -> dict[str, float]:
    import tkinter as tk

    root = tk.Tk()
    figures = _lateness(root, min(seconds, 10))
    root.destroy()
    return figures


def _scroll(_seconds: int) -> dict[str, Any]:
    from tests.bench.gui_scroll import scrolled

    window = _window()
    _until_usable(window)
    took = scrolled(window)
    window.close()
    return {name: _figures(values) for name, values in took.items()}


def _hour(_seconds: int) -> dict[str, Any]:
    """An hour of a busy office, 5 events a second, as fast as they can be shown; another tab now and then."""
    import psutil

    from agent.contract.stored import StoredEvent
    from gui.link.live import Arrived
    from gui.tabs import TABS

    window = _window()
    _until_usable(window)
    chance, process, names = random.Random(3), psutil.Process(), list(TABS)  # noqa: S311 (no secret)
    number, count = window.office.snapshot.number, 5 * 3600
    quarters: list[float] = []
    for name in names:  # What a tab takes once is no growth.
        window.go(name)
        for _ in range(40):
            window.root.update()
            sleep(0.01)
    for told in range(count):
        number += 1
        event = StoredEvent(
            number=number,
            at=datetime.now(UTC),
            kind=chance.choice(KINDS),
            conversation_id=None,
            message_id=None,
            data={},
        )
        window._heard(Arrived((event,)))
        if told % 10 == 0:
            window.root.update()
        if told % 900 == 0:
            window.go(chance.choice(names))
        if (told + 1) % (count // 4) == 0:
            window.root.update()
            quarters.append(round(process.memory_info().rss / 2**20, 1))
    window.close()
    growth = round(quarters[-1] - quarters[0], 1)
    return {"rss_mb": quarters[-1], "growth_mb": growth, "quarters_mb": quarters, "events": count}


def _figures(values: Sequence[float]) -> dict[str, float]:
    ordered = sorted(max(value, 0.0) for value in values)

    def at(share: float) -> float:
        return round(ordered[min(int(len(ordered) * share), len(ordered) - 1)], 1)

    return {"p50": at(0.5), "p95": at(0.95), "p99": at(0.99), "max": at(1.0), "samples": len(ordered)}


_PARTS = {
    "start": _start, "bare_start": _bare_start, "events": _events, "quiet": _quiet, "scroll": _scroll, "hour": _hour,
}  # fmt: skip

if __name__ == "__main__":
    print(json.dumps(_PARTS[sys.argv[1]](int(sys.argv[2]))))
