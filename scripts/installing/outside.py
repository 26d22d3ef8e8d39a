"""What lies outside the environment: the browser, the tests' display and spreadsheets, the model's file."""

import shutil
import subprocess
import sys
from pathlib import Path

from installing import system_packages
from installing.console import Console, Failed
from installing.python_packages import Environment

FIND_BROWSER = """
from agent.page.browser import find_browser
from agent.settings import load
print(find_browser(load().browser.executable))
"""
MODEL_IN_SETTINGS = """
from agent.settings import load
model = load().model
print(model.name if model.drafts and model.path is None else "")
"""
"""Asked of the agent's own code, so that the set-up and the agent never differ."""

CHROMIUM: system_packages.Names = {
    "apt-get": [("chromium",), ("chromium-browser",)],
    "dnf": [("chromium",)],
    "pacman": [("chromium",)],
    "zypper": [("chromium",)],
    "brew": [("--cask", "google-chrome")],
}
SHELL: system_packages.Names = {"apt-get": [("chromium-headless-shell",)]}
XVFB: system_packages.Names = {
    "apt-get": [("xvfb",)],
    "dnf": [("xorg-x11-server-Xvfb",)],
    "pacman": [("xorg-server-xvfb",)],
    "zypper": [("xorg-x11-server-Xvfb",)],
}
CALC: system_packages.Names = {
    "apt-get": [("libreoffice-calc",)],
    "dnf": [("libreoffice-calc",)],
    "pacman": [("libreoffice-fresh",), ("libreoffice-still",)],
    "zypper": [("libreoffice-calc",)],
}
TK: system_packages.Names = {
    "apt-get": [("python3-tk",)],
    "dnf": [("python3-tkinter",)],
    "pacman": [("tk",)],
    "zypper": [("python3-tk",)],
    "brew": [("python-tk",)],
}


def provide_browser(console: Console, environment: Environment) -> None:
    """Find a Chrome or Chromium, else install one. Its absence is said, and is no error here."""
    known = environment.stamp.get("browser")
    if known and Path(known).is_file():
        console.ready("browser")
        return
    try:
        with console.step("browser") as said:
            found = _browser(environment) or _install_browser(console, environment)
            environment.stamp.put("browser", found)
            said.append(found)
    except Failed:
        console.limit("no_browser")


def provide_display(console: Console) -> None:
    """On Linux the tests of the visible browser need a display of their own."""
    _provide_on_linux(console, "display", "Xvfb", XVFB)


def provide_shell(console: Console) -> None:
    """Chromium without its own windows, for the tests: the same engine in a third of the time. They pass without it."""
    _provide_on_linux(console, "shell", "chromium-headless-shell", SHELL)


def provide_office(console: Console) -> None:
    """LibreOffice's spreadsheets, in which the tests open the reports; without it they leave that out and say so."""
    _provide_on_linux(console, "office", "soffice", CALC)


def provide_window(console: Console, environment: Environment) -> None:
    """The supervisor's window needs Tk, which some systems pack apart. Its absence is said, and is no error here."""
    if _has_tk(environment):
        console.ready("window")
        return
    try:
        with console.step("window"):
            _install_tk(console, environment)
    except Failed:
        console.limit("no_window")


def provide_model(console: Console, environment: Environment, name: str | None, *, background: bool) -> None:
    """Fetch the model's file if it is not there. The agent works without it, so its absence is no error.

    Args:
        console: where progress is shown.
        environment: the agent's environment; ``python -m agent model fetch`` does the work.
        name: name of the model; None takes the one in the settings.
        background: leave the download to a process of its own, which outlives this one.
    """
    name = name or _ask(environment, MODEL_IN_SETTINGS)
    if not name:  # Drafts are off, or the file is the person's own; wrong settings are the agent's to report.
        return
    fetch = [str(environment.python), "-m", "agent", "model", "fetch", name]
    try:
        with console.step("model") as said:
            if background:
                log = environment.root / ".cache" / "model-download.log"
                _detached(fetch, environment.root, log)
                said.append(console.texts["in_background"].format(log=log))
            else:
                console.run(fetch)
    except Failed as failed:
        console.limit("no_model", why=failed)


def _provide_on_linux(console: Console, name: str, program: str, packages: system_packages.Names) -> None:
    """A program that tests use. Its absence is said, and is no error here."""
    if not sys.platform.startswith("linux"):
        return
    if shutil.which(program):
        console.ready(name)
        return
    try:
        with console.step(name):
            system_packages.install(console, packages)
    except Failed:
        console.limit(f"no_{name}")


def _install_tk(console: Console, environment: Environment) -> None:
    system_packages.install(console, TK)
    if not _has_tk(environment):
        raise Failed(console.texts["failed"])


def _has_tk(environment: Environment) -> bool:
    return _ask(environment, "import tkinter; print(tkinter.TkVersion)") is not None


def _browser(environment: Environment) -> str | None:
    """The browser that the agent itself would take."""
    return _ask(environment, FIND_BROWSER)


def _install_browser(console: Console, environment: Environment) -> str:
    try:
        console.run([environment.python, "-m", "playwright", "install", "--no-shell", "chromium"])
    except Failed:
        system_packages.install(console, CHROMIUM)
    found = _browser(environment)
    if found is None:
        raise Failed(console.texts["failed"])
    return found


def _ask(environment: Environment, code: str) -> str | None:
    """What a line of the agent's own code prints; None when it fails."""
    asked = subprocess.run(
        [str(environment.python), "-c", code], cwd=environment.root, capture_output=True, encoding="utf-8", check=False
    )
    return asked.stdout.strip() or None if asked.returncode == 0 else None


def _detached(command: list[str], root: Path, log: Path) -> None:
    log.parent.mkdir(parents=True, exist_ok=True)
    flags = getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0) | getattr(subprocess, "CREATE_NO_WINDOW", 0)
    with log.open("wb") as out:
        subprocess.Popen(
            command,
            cwd=root,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            creationflags=flags,
        )
