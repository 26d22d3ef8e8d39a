"""Scrolling, for the benchmark ``gui``: both kinds of the window's lists, and a bare table beside them."""

import random
import tkinter as tk
from collections.abc import Callable
from time import perf_counter, sleep
from tkinter import ttk
from typing import Any, NamedTuple

from gui.kit.virtual_cards import Card, VirtualCards
from gui.kit.virtual_list import Column, VirtualList
from gui.kit.virtual_rows import VirtualRows
from gui.link.api import Listed
from gui.window import Window

ROWS = 1_000_000
_PAGE = 200
_ROUNDS, _FRAMES = 10, 150
_COLUMNS = (Column("at", "Hora", 90), Column("who", "Cliente", 200), Column("text", "Mensagem", 600, stretch=True))


class _Scrolled(NamedTuple):
    top: tk.Toplevel
    move: Callable[[int], None]


def scrolled(window: Window) -> dict[str, list[float]]:
    """Milliseconds of each frame, from the wish to move until it is drawn.

    ``messages``: cards, as messages and conversations are shown; ``table``: as customers are; ``bare``: a
    ``ttk.Treeview`` of Tk's own theme with as many lines, filled with the same words, which is what a screen drawn in
    software costs at that moment. They take turns, so that a busy moment of the machine meets them all.
    """
    bare_root = tk.Tk()
    table_top, table = _table(window)
    shown = {
        "messages": _cards(window),
        "table": _Scrolled(table_top, lambda by: table.scroll_to(table.first + by)),
        "bare": _bare(bare_root, table.fit() + 1),
    }
    took: dict[str, list[float]] = {name: [] for name in shown}
    chance = random.Random(2)  # noqa: S311 (no secret)
    for _ in range(_ROUNDS):
        for name, (top, move) in shown.items():
            top.lift()
            top.update()
            for _ in range(_FRAMES):
                by = chance.choice((3, 3, 3, -3, 40))
                begun = perf_counter()
                move(by)
                top.update_idletasks()
                took[name].append((perf_counter() - begun) * 1000)
                top.update()
                sleep(0.004)
    bare_root.destroy()
    return took


def _toplevel(root: tk.Misc, width: int) -> tk.Toplevel:
    top = tk.Toplevel(root)
    top.geometry(f"{width}x900+0+0")
    return top


def _text(row: int) -> str:
    return f"Olá! Quanto custa o frete para o pedido {row}? 🚚"


def _cells(row: int) -> tuple[str, str, str]:
    return "12:04", f"Cliente {row}", _text(row)


def _card(row: int) -> Card:
    text = _text(row)
    return Card(f"Cliente {row}", "12:04", [(text[:5], True), (text[5:], False)], row % 3 == 0, "2")


def _page(_api: Any, cursor: str | None) -> Listed[int]:
    begin = int(cursor or 0)
    end = min(begin + _PAGE, ROWS)
    return Listed[int](items=tuple(range(begin, end)), cursor=str(end) if end < ROWS else None)


def _read(window: Window, listed: VirtualRows[int]) -> None:
    listed.pack(fill="both", expand=True)
    listed.reload()
    while not listed.items_loaded:
        window.root.update()
        sleep(0.002)


def _cards(window: Window) -> _Scrolled:
    top = _toplevel(window.root, 420)
    cards = VirtualCards(top, window.office, _page, _card, lambda _: None)
    _read(window, cards)
    return _Scrolled(top, lambda by: cards.scroll_to(cards.first + by))


def _table(window: Window) -> tuple[tk.Toplevel, VirtualList[int]]:
    top = _toplevel(window.root, 1200)
    table = VirtualList(top, window.office, _COLUMNS, _page, _cells, lambda _: None)
    _read(window, table)
    return top, table


def _bare(root: tk.Tk, count: int) -> _Scrolled:
    top = _toplevel(root, 1200)
    tree = ttk.Treeview(top, columns=[one.name for one in _COLUMNS], show="headings")
    for one in _COLUMNS:
        tree.column(one.name, width=one.width, stretch=one.stretch)
    ttk.Style(root).configure("Treeview", rowheight=30)
    tree.pack(fill="both", expand=True)
    lines = [tree.insert("", "end") for _ in range(count)]
    first = 0

    def move(by: int) -> None:
        nonlocal first
        first += by
        for at, line in enumerate(lines):
            tree.item(line, values=_cells(first + at))

    return _Scrolled(top, move)
