"""``python -m gui``: the supervisor's window."""

import argparse
import logging
import sys
from collections.abc import Sequence
from pathlib import Path

from agent import __version__
from gui.words import LANGUAGES, Language

_HERE = "http://127.0.0.1:8080"


def main(arguments: Sequence[str] | None = None) -> int:
    """Open the window; 0 when it was closed, 1 where there is no display."""
    called = None if getattr(sys, "frozen", False) else "python -m gui"
    parser = argparse.ArgumentParser(prog=called, description="Balcão: the supervisor's window.")
    parser.add_argument("--version", action="version", version=f"Balcão {__version__}")
    parser.add_argument("--server", help="address of the agent (http://127.0.0.1:8080)")
    parser.add_argument("--token-file", type=Path, help="the profile's api.token: no sign-in on this machine")
    parser.add_argument("--language", choices=LANGUAGES, help="where the person has not chosen one in the window")
    asked = parser.parse_args(arguments)
    logging.basicConfig(level=logging.WARNING, format="%(message)s")
    try:
        import tkinter as tk
    except ImportError:
        print("This Python has no Tk. On Debian and Ubuntu: sudo apt install python3-tk", file=sys.stderr)
        return 1

    from gui.link.api import Api
    from gui.link.credentials import TokenFile
    from gui.memory import Memory
    from gui.window import Window

    memory = Memory()
    language: Language = memory.now.language or asked.language or "pt-BR"
    server = asked.server or memory.now.server or _HERE
    credentials = TokenFile(asked.token_file) if asked.token_file else None
    try:
        Window(Api(server, credentials, language), memory, language).run()
    except tk.TclError as error:
        print(f"There is no display to open a window on ({error}).", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
