"""A real window on a real (virtual) screen, as a client of a real API."""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.gui.driver import Driver
from tests.gui.served import ServedOffice

if TYPE_CHECKING:
    import tkinter as tk

OpenWindow = Callable[..., Driver]

_KEPT: list[object] = []
"""Interpreters of closed windows: one that Python's collector takes apart in another thread ends the process."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever needs the screen opens a window."""
    for item in items:
        if "screen" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.window)


@pytest.fixture(scope="session")
def screen() -> Iterator[str]:
    """A virtual screen of this process's own."""
    program = shutil.which("Xvfb")
    if program is None:
        pytest.skip("there is no Xvfb, and so no screen that a test may use")
    readable, writable = os.pipe()
    before = os.environ.get("DISPLAY")
    arguments = [program, "-displayfd", str(writable), "-screen", "0", "1920x1080x24", "-nolisten", "tcp"]
    with subprocess.Popen(arguments, pass_fds=(writable,), stderr=subprocess.DEVNULL) as server:
        os.close(writable)
        with os.fdopen(readable) as told:
            number = told.readline().strip()
        os.environ["DISPLAY"] = f":{number}"
        yield os.environ["DISPLAY"]
        server.terminate()
    if before is None:
        del os.environ["DISPLAY"]
    else:
        os.environ["DISPLAY"] = before


@pytest.fixture
def served(tmp_path: Path) -> Iterator[ServedOffice]:
    """The API, with nobody and nothing in it."""
    office = ServedOffice(tmp_path)
    yield office
    office.close()


@pytest.fixture
def open_window(screen: str, served: ServedOffice, tmp_path: Path) -> Iterator[OpenWindow]:
    """``open_window(language="en")``: the window of this machine's owner; ``local=False``: nobody is signed in."""
    from gui.link.api import Api
    from gui.link.credentials import TokenFile
    from gui.memory import Memory
    from gui.window import Window

    del screen
    opened: list[Window] = []

    def open_it(*, local: bool = True, **remembered: object) -> Driver:
        memory = Memory(tmp_path / "window.json")
        memory.keep(language="pt-BR", **remembered)
        language = memory.now.language or "pt-BR"
        window = Window(
            Api(served.address, TokenFile(served.token_file) if local else None, language), memory, language
        )
        opened.append(window)
        return Driver(window)

    yield open_it
    for window in opened:
        window.close()
        _KEPT.append(window.root.tk)


@pytest.fixture
def root(screen: str) -> Iterator["tk.Tk"]:
    """A window with nothing in it."""
    import tkinter as tk

    del screen
    made = tk.Tk()
    yield made
    made.destroy()
    _KEPT.append(made.tk)
