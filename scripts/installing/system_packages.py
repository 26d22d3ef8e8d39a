"""Asks the system's own package manager, where that is possible without asking the person for a password."""

import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence

from installing.console import Console, Failed

Names = Mapping[str, Sequence[Sequence[str]]]
"""For each package manager the lists of packages to try; the first list that works is enough."""

INSTALL: Mapping[str, Sequence[str]] = {
    "apt-get": ("install", "-y", "--no-install-recommends"),
    "dnf": ("install", "-y"),
    "pacman": ("-S", "--noconfirm", "--needed"),
    "zypper": ("--non-interactive", "install"),
    "brew": ("install",),
}


def install(console: Console, names: Names) -> None:
    """Install one of the lists of packages.

    Raises:
        Failed: there is no package manager that may be used, or it has none of the lists.
    """
    manager = next((name for name in INSTALL if name in names and shutil.which(name)), None)
    prefix = [] if manager == "brew" else _root_prefix()
    if manager is None or prefix is None:
        raise Failed("no package manager may be used")
    if manager == "apt-get":
        _try(console, [*prefix, manager, "update"])
    if not any(_try(console, [*prefix, manager, *INSTALL[manager], *packages]) for packages in names[manager]):
        raise Failed(f"{manager} could not install it")


def _root_prefix() -> list[str] | None:
    """What stands before a command so that it runs as root; None where that would need a password."""
    if not hasattr(os, "geteuid"):
        return None
    if os.geteuid() == 0:
        return []
    if not shutil.which("sudo"):
        return None
    asked = subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False)
    return ["sudo", "-n"] if asked.returncode == 0 else None


def _try(console: Console, command: Sequence[str]) -> bool:
    try:
        console.run(command, {"DEBIAN_FRONTEND": "noninteractive"})
    except Failed:
        return False
    return True
