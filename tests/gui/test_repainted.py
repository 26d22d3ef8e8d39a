"""What is painted over the look before is what would have been painted on an empty canvas."""

import random
import tkinter as tk
from tkinter import font

import pytest

from gui.kit.repainted import Repainted

COLOURS = ("#ffffff", "#0b7a4b", "#b3261e")


def paint(canvas: Repainted, letters: list[font.Font], seed: int) -> None:
    """Some boxes and words, in some order."""
    chance = random.Random(seed)  # noqa: S311 (no secret)
    canvas.begin()
    for _ in range(chance.randrange(12)):
        left, top = chance.randrange(100), chance.randrange(100)
        if chance.random() < 0.5:
            canvas.box(left, top, left + 40, top + 10, chance.choice(COLOURS))
        else:
            anchor = chance.choice(("w", "e"))
            canvas.words(left, top, f"olá {top} 🚚", chance.choice(letters), chance.choice(COLOURS), anchor)
    canvas.end()


def seen(canvas: tk.Canvas) -> list[tuple[object, ...]]:
    """From the lowest to the highest."""
    named = {"rectangle": ("fill",), "text": ("text", "font", "fill", "anchor")}
    return [
        (canvas.type(item), canvas.coords(item), *(canvas.itemcget(item, name) for name in named[canvas.type(item)]))
        for item in canvas.find_all()
    ]


@pytest.fixture
def letters(root: tk.Tk) -> list[font.Font]:
    """Two fonts."""
    return [font.Font(root, ("Inter", -size)) for size in (12, 14)]


def test_over_a_look_it_is_as_on_an_empty_canvas(root: tk.Tk, letters: list[font.Font]) -> None:
    used = tk.Canvas(root)
    again = Repainted(used)
    for seed in range(200):
        paint(again, letters, seed)
        fresh = tk.Canvas(root)
        paint(Repainted(fresh), letters, seed)
        assert seen(used) == seen(fresh), f"seed {seed}"
        fresh.destroy()


def test_words_are_above_boxes(root: tk.Tk, letters: list[font.Font]) -> None:
    canvas = tk.Canvas(root)
    paint(Repainted(canvas), letters, 3)
    kinds = [str(canvas.type(item)) for item in canvas.find_all()]
    assert set(kinds) == {"rectangle", "text"}
    assert kinds == sorted(kinds)


def test_what_stays_is_not_made_again(root: tk.Tk, letters: list[font.Font]) -> None:
    canvas = tk.Canvas(root)
    again = Repainted(canvas)
    paint(again, letters, 3)
    items = canvas.find_all()
    paint(again, letters, 3)
    assert canvas.find_all() == items
