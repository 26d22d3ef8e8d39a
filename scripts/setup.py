"""Prepares this folder: environment, packages, browser, model. Quick when all is there. Standard library only."""

import argparse
import sys
from pathlib import Path

from installing.console import Console, Failed
from installing.outside import (
    provide_browser,
    provide_display,
    provide_model,
    provide_office,
    provide_shell,
    provide_window,
)
from installing.python_packages import (
    VERSION,
    Environment,
    install_encoder,
    install_llama,
    install_packages,
    make_environment,
)
from installing.words import words

ROOT = Path(__file__).resolve().parent.parent
SUPPORTED = ((3, 11), (3, 13))


def parse(arguments: list[str] | None) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dev", action="store_true", help="also what tests and checks need")
    model = parser.add_mutually_exclusive_group()
    model.add_argument("--no-model", action="store_true", help="no language model: replies come from replies.yaml only")
    model.add_argument("--model", metavar="NAME", help="the model to fetch instead of the one in the settings")
    parser.add_argument("--model-in-background", action="store_true", help="do not wait for the model's download")
    parser.add_argument("--retry", action="store_true", help="build llama-cpp-python again although it failed before")
    parser.add_argument("--quiet", action="store_true", help="print only what does not work")
    return parser.parse_args(arguments)


def main(arguments: list[str] | None = None, root: Path = ROOT) -> int:
    """Do all steps. Returns the exit code: 0 when the agent can run, 1 when its packages could not be installed."""
    chosen = parse(arguments)
    environment = Environment(root)
    console = Console(words(root), root, root / ".cache" / "setup.log", quiet=chosen.quiet)
    if not SUPPORTED[0] <= sys.version_info[:2] <= SUPPORTED[1]:
        console.limit("wrong_python", found=VERSION)
        return 1
    try:
        return prepare(console, environment, chosen)
    except OSError as error:  # A full disk, a folder that is not ours: the system's own words say it best.
        console.limit("stopped", why=error)
        return 1
    except KeyboardInterrupt:
        return 130


def prepare(console: Console, environment: Environment, chosen: argparse.Namespace) -> int:
    """All steps in order. Returns the exit code."""
    console.log.parent.mkdir(exist_ok=True)
    console.log.write_bytes(b"")
    try:
        make_environment(console, environment)
    except Failed as failed:
        console.limit("no_venv", why=failed)
        return 1
    try:
        install_packages(console, environment, development=chosen.dev)
    except Failed as failed:
        console.limit("no_packages", why=failed)
        return 1
    install_encoder(console, environment)
    provide_browser(console, environment)
    provide_window(console, environment)
    if chosen.dev:
        provide_display(console)
        provide_shell(console)
        provide_office(console)
    if not chosen.no_model:
        install_llama(console, environment, retry=chosen.retry)
        provide_model(console, environment, chosen.model, background=chosen.model_in_background)
    console.finish()
    return 0


if __name__ == "__main__":
    sys.exit(main())
