"""The notices in the window's corner: what stays, what goes first, what takes the place of what."""

import tkinter as tk
from collections.abc import Iterator

import pytest

from gui.loop import Loop
from gui.theme import Theme
from gui.toasts import Toasts


@pytest.fixture
def toasts(root: tk.Tk) -> Iterator[Toasts]:
    loop = Loop(root)
    yield Toasts(root, Theme(root, "light", 100), loop)
    loop.close()


def test_what_stays_is_not_pushed_out_by_what_goes_by_itself(toasts: Toasts) -> None:
    toasts.say("alert", "bad", stays=True)
    for n in range(6):
        toasts.say(f"done {n}")
    assert toasts.texts == ["alert", "done 3", "done 4", "done 5"]
    for n in range(3):
        toasts.say(f"another alert {n}", "bad", stays=True)
    assert toasts.texts == ["alert", "another alert 0", "another alert 1", "another alert 2"]
    for n in range(2):
        toasts.say(f"done {n}")
    assert toasts.texts[:4] == ["alert", "another alert 0", "another alert 1", "another alert 2"]
    assert toasts.texts[4:] == ["done 1"], "one is told above them, and no more than one"
    toasts.say("the newest alert", "bad", stays=True)
    assert toasts.texts == ["another alert 0", "another alert 1", "another alert 2", "the newest alert"]


def test_one_thing_is_told_in_one_place(toasts: Toasts) -> None:
    toasts.say("disk 91 %", "bad", stays=True, key="disk")
    toasts.say("memory 95 %", "bad", stays=True, key="memory")
    toasts.say("disk 97 %", "bad", stays=True, key="disk")
    assert toasts.texts == ["memory 95 %", "disk 97 %"]
    toasts.close("memory")
    toasts.close("nothing that was told")
    assert toasts.texts == ["disk 97 %"]
