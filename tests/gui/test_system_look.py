"""The system's colours: followed while the window is open, asked beside it, and light where nobody tells them."""

import os
from pathlib import Path
from tkinter import ttk

import pytest

from gui import system_look
from gui.theme import DARK, LIGHT, Palette
from tests.gui.conftest import OpenWindow
from tests.gui.driver import Driver
from tests.gui.test_window import connected


class Settings:
    """What the desktop's own program, ``gsettings``, answers; it is started by the real library."""

    def __init__(self, folder: Path) -> None:
        self._answer, self._asked = folder / "answer", folder / "asked"
        self.becomes("default")
        program = folder / "gsettings"
        program.write_text(f'#!/bin/sh\necho "$*" >> "{self._asked}"\n. "{self._answer}"\n')
        program.chmod(0o755)

    @property
    def asked(self) -> int:
        """How often."""
        return len(self._asked.read_text().splitlines()) if self._asked.exists() else 0

    def becomes(self, scheme: str) -> None:
        """As somebody chooses in the desktop's settings."""
        self._does(f"echo \"'{scheme}'\"")

    def hangs(self, until: Path) -> None:
        """It answers once that file is there, and then that it is dark."""
        self._does(f"while [ ! -e '{until}' ]; do sleep 0.1; done\necho \"'prefer-dark'\"")

    def breaks(self) -> None:
        """It fails, as where the desktop has no such setting."""
        self._does("echo 'No such schema' >&2\nexit 1")

    def _does(self, script: str) -> None:
        draft = self._answer.with_suffix(".draft")
        draft.write_text(f"{script}\n")
        draft.replace(self._answer)


@pytest.fixture
def desktop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    folder = tmp_path / "desktop"
    folder.mkdir()
    settings = Settings(folder)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setattr(system_look, "_EVERY_S", 0.1)
    monkeypatch.setattr(system_look, "_PATIENCE_S", 20)
    return settings


def looks(desk: Driver, palette: Palette) -> bool:
    """Whether everything is drawn so: the window, its widgets, its canvases."""
    name = "dark" if palette is DARK else "light"
    theme = desk.window.theme
    return (
        theme.palette is palette
        and desk.root.cget("background") == palette.ground
        and ttk.Style(desk.root).theme_use() == f"sun-valley-{name}"
        and {str(one.cget("background")) for one in desk.all() if one.winfo_class() == "Canvas"}
        <= {palette.paper, palette.ground}
    )


def test_the_window_turns_dark_with_the_system_and_light_again(open_window: OpenWindow, desktop: Settings) -> None:
    desk = open_window(theme="system")
    connected(desk)
    desk.until(lambda: looks(desk, LIGHT), "light")
    desktop.becomes("prefer-dark")
    desk.until(lambda: looks(desk, DARK), "dark, everywhere")
    desktop.becomes("default")
    desk.until(lambda: looks(desk, LIGHT), "light again")


def test_a_window_begins_as_the_system_is(open_window: OpenWindow, desktop: Settings) -> None:
    desktop.becomes("prefer-dark")
    desk = open_window(theme="system")
    assert looks(desk, DARK)


def test_what_somebody_chose_stays_and_asks_nothing(open_window: OpenWindow, desktop: Settings) -> None:
    desktop.becomes("prefer-dark")
    desk = open_window(theme="light")
    connected(desk)
    desk.turn(0.5)
    assert desktop.asked == 0
    assert looks(desk, LIGHT)
    desk.window.choose_look("system")
    assert looks(desk, DARK), "at once"
    desk.window.choose_look("light")
    assert looks(desk, LIGHT)


def test_colours_are_of_one_look_between_two_answers(
    open_window: OpenWindow, desktop: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(system_look, "_EVERY_S", 3600)
    desk = open_window(theme="system")
    desktop.becomes("prefer-dark")
    before = desktop.asked
    assert [desk.window.theme.palette for _ in range(100)] == [LIGHT] * 100
    assert desktop.asked == before, "a colour asks nobody"


def test_a_system_that_answers_late_keeps_nobody_waiting(
    open_window: OpenWindow, desktop: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(system_look, "_PATIENCE_S", 0.1)
    answers = tmp_path / "answers"
    desktop.hangs(answers)
    desk = open_window(theme="system")
    connected(desk)
    assert looks(desk, LIGHT)
    answers.touch()
    desk.until(lambda: looks(desk, DARK))


def test_a_system_that_tells_nothing_is_light(open_window: OpenWindow, desktop: Settings) -> None:
    desktop.breaks()
    desk = open_window(theme="system")
    connected(desk)
    assert looks(desk, LIGHT)


def test_a_detector_that_fails_is_light(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails() -> bool:
        raise OSError("no registry")

    monkeypatch.setattr("darkdetect.isDark", fails)
    assert not system_look.system_is_dark()
