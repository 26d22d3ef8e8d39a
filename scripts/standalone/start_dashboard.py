"""Where the standalone dashboard begins."""

import io
import os
import sys


def begin() -> int:
    """Open the window."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # A program of Windows without a console has neither.
            setattr(sys, name, io.StringIO())
    keep_libraries()
    from gui.__main__ import main

    return main()


def keep_libraries() -> None:
    """What the window starts is the machine's own, the web browser for one: it gets none of our libraries.

    Like ``agent.settings.program.surroundings``, which is not in this build: the window knows no settings.
    """
    before = os.environ.pop("LD_LIBRARY_PATH_ORIG", None)
    os.environ.pop("LD_LIBRARY_PATH", None)
    if before:
        os.environ["LD_LIBRARY_PATH"] = before


if __name__ == "__main__":
    sys.exit(begin())
