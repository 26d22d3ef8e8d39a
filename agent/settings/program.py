"""This program itself: run from the project's folder, or a standalone build that has no Python beside it."""

import os
import sys
from pathlib import Path

import platformdirs

STANDALONE: bool = getattr(sys, "frozen", False)
"""Made by ``scripts/package``: ``sys.executable`` is Balcão and no Python, and nothing can be installed into it."""

SHIPPED = Path(__file__).resolve().parents[2]
"""Where the files that come with the program lie. They are only read: an administrator may have put them there."""

ROOT = platformdirs.user_data_path("balcao", appauthor=False) if STANDALONE else SHIPPED
"""Where relative paths in the settings start, whatever the working folder is: the project's folder, or in a standalone
build the person's own data folder, because the program's own is often not theirs to write."""

SHIPPED_CONFIG = SHIPPED / "config.yaml"
"""Every setting with its default and its comment. From the project's folder it is also the file that counts."""

CALLED = "balcao" if STANDALONE else "python -m agent"
"""How the program is called on a command line."""


def surroundings() -> dict[str, str]:
    """The environment for a program of the machine, such as the browser.

    A standalone build tells its own libraries to whatever it starts. Another program would take them for its own ones.
    """
    environment = dict(os.environ)
    if STANDALONE:
        before = environment.pop("LD_LIBRARY_PATH_ORIG", None)
        environment.pop("LD_LIBRARY_PATH", None)
        environment |= {"LD_LIBRARY_PATH": before} if before else {}
    return environment
