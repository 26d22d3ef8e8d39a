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
ROWS = 1_000_000
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
    """Both kinds of lists over a million rows: the table of customers, and the cards of conversations and messages.

    The figures are those of the slower one.
    """
    import tkinter as tk

    from gui.kit.virtual_cards import Card, VirtualCards
    from gui.kit.virtual_list import Column, VirtualList
    from gui.kit.virtual_rows import VirtualRows
    from gui.link.api import Listed

    window = _window()
    _until_usable(window)
    page = 200

    def fetch(_api: Any, cursor: str | None) -> Listed[int]:
        begin = int(cursor or 0)
        end = min(begin + page, ROWS)
        return Listed[int](items=tuple(range(begin, end)), cursor=str(end) if end < ROWS else None)

    def text(one: int) -> str:
        return f"Olá! Quanto custa o frete para o pedido {one}? 🚚"

    def frames(listed: VirtualRows[int]) -> dict[str, Any]:
        listed.pack(fill="both", expand=True)
        listed.reload()
        while not listed.items_loaded:
            window.root.update()
            sleep(0.002)
        took: list[float] = []
        chance = random.Random(2)  # noqa: S311 (no secret)
        for _ in range(1500):
            begun = perf_counter()
            listed.scroll_to(listed.first + chance.choice((3, 3, 3, -3, 40)))
            window.root.update_idletasks()
            took.append((perf_counter() - begun) * 1000)
            window.root.update()
            sleep(0.004)
        figures = {**_figures(took), "loaded": listed.items_loaded, "list": type(listed).__name__}
        listed.destroy()
        return figures

    top = tk.Toplevel(window.root)
    top.geometry("1200x900+0+0")
    columns = [Column("at", "Hora", 90), Column("who", "Cliente", 200), Column("text", "Mensagem", 600, stretch=True)]
    table = VirtualList(
        top, window.office, columns, fetch, lambda one: ("12:04", f"Cliente {one}", text(one)), lambda _: None
    )
    measured = [frames(table)]
    top.geometry("420x900+0+0")
    cards = VirtualCards(
        top, window.office, fetch,
        lambda one: Card(f"Cliente {one}", "12:04", [(text(one)[:5], True), (text(one)[5:], False)], one % 3 == 0, "2"),
        lambda _: None,
    )  # fmt: skip
    measured.append(frames(cards))
    window.close()
    return max(measured, key=lambda one: one["p95"])


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
