"""Builds Balcão for machines without Python, and tries the builds where that is possible. See docs/packaging.md."""

import argparse
import sys
import tomllib
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table
from standalone.bare_root import Impossible
from standalone.building import Built, NotBuilt, build
from standalone.editions import EDITIONS, ROOT
from standalone.trying import NotProven, check


def version(root: Path = ROOT) -> str:
    """Of the project."""
    return str(tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]["version"])


def main(arguments: Sequence[str] | None = None) -> int:
    """Returns the exit code: 0 when everything that was asked for was built, and stood the check."""
    parser = argparse.ArgumentParser(prog="scripts/package", description=__doc__)
    parser.add_argument("editions", nargs="*", metavar="EDITION", help="dashboard, desktop; both when none is named")
    parser.add_argument("--check", action="store_true", help="try them in a bare Debian without Python")
    parser.add_argument("--root", type=Path, help="with --check: folder of that Debian, kept for the next time")
    parser.add_argument("--no-build", action="store_true", help="with --check: what was built before")
    parser.add_argument("--without-llama", action="store_true", help="leave llama.cpp out, so that nothing is drafted")
    asked = parser.parse_args(arguments)
    if unknown := [name for name in asked.editions if name not in EDITIONS]:
        parser.error(f"there is no edition {unknown[0]}: choose from {', '.join(EDITIONS)}")
    chosen = [name for name in EDITIONS if name in asked.editions or not asked.editions]
    out = Console(highlight=False, soft_wrap=True, markup=False)
    try:
        built = [] if asked.no_build else [build(name, out.print, llama=not asked.without_llama) for name in chosen]
        if built:
            out.print(table(built))
        if asked.check:
            check(chosen, out.print, asked.root)
    except (NotBuilt, NotProven) as failed:
        out.print(str(failed), style="red")
        return 1
    except Impossible as impossible:
        out.print(f"Not tried: {impossible}")
        return 2
    return 0


def table(built: Sequence[Built]) -> Table:
    """What there is now."""
    shown = Table(box=None, pad_edge=False)
    for title in ("Name", "Version", "Icon", "Size", "Built in", "Path"):
        shown.add_column(title, justify="right" if title in ("Size", "Built in") else "left", overflow="fold")
    for one in built:
        shown.add_row(
            one.name, one.version, one.icon, f"{one.size / 1e6:.0f} MB", f"{one.seconds:.0f} s", str(one.program)
        )
    return shown


if __name__ == "__main__":
    sys.exit(main())
