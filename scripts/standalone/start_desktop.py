"""Where the standalone desktop edition begins: what ``python -m agent`` is elsewhere, and the window as well."""

import multiprocessing
import sys

from standalone.start_dashboard import keep_libraries

WINDOW = ["-m", "gui"]
"""With these words the agent opens the window: they mean the same to Python and to this program."""


def begin() -> int:
    """Do what the command line says."""
    if sys.argv[1:3] == WINDOW:
        keep_libraries()
        from gui.__main__ import main as open_window

        return open_window(sys.argv[3:])
    if sys.argv[1:2] == ["dashboard"]:
        keep_libraries()
    from agent.cli import main  # Keeps them: Playwright's driver needs one that not every machine has.

    main()
    return 0


if __name__ == "__main__":
    multiprocessing.freeze_support()
    sys.exit(begin())
