"""Finds the benchmarks: every module of ``tests/bench`` with a function ``main(arguments) -> exit code``."""

import importlib
import sys
from collections.abc import Sequence
from pathlib import Path

from agent.telemetry import logs

PACKAGE = "tests.bench"
BENCHES = Path(__file__).resolve().parent.parent / "tests" / "bench"


def benches() -> dict[str, str]:
    """Name of each benchmark -> the first line of its docstring. Names on the command line have ``-`` for ``_``."""
    found = {}
    for file in sorted(BENCHES.glob("[!_]*.py")):
        text = file.read_text("utf-8")
        if "\ndef main(" in text:
            found[file.stem.replace("_", "-")] = text.partition('"""')[2].partition("\n")[0].rstrip('"').strip()
    return found


def main(arguments: Sequence[str]) -> int:
    """Run one benchmark with the rest of the arguments, or list them. Returns the exit code."""
    known = benches()
    if arguments and arguments[0] in known:
        logs.configure("error")  # Unless told, log lines go where the figures go, and a program reads those.
        module = importlib.import_module(f"{PACKAGE}.{arguments[0].replace('-', '_')}")
        return int(module.main(list(arguments[1:])))
    for name, about in known.items():
        print(f"{name:12} {about}")
    if not arguments or arguments[0] in ("-h", "--help"):
        return 0
    print(f"There is no benchmark {arguments[0]}: choose one of the above.", file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
