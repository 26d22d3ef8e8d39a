"""What the commands share: their options, the settings, JSON on standard output."""

import json
import sys
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from agent.settings import Settings, load
from agent.telemetry import logs

Config = Annotated[Path | None, typer.Option("--config", help="Settings file; config.yaml by default.")]
Profile = Annotated[str | None, typer.Option("--profile", help="Which profile (WhatsApp account) to use.")]
Headless = Annotated[bool | None, typer.Option("--headless", help="No browser window.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def settings_for(config: Path | None, log: bool = True, **overrides: object) -> Settings:
    """The settings of one command; ``group__name`` overrides a setting unless it is None. ``log`` opens the log."""
    settings = load(config, {name.replace("__", "."): value for name, value in overrides.items()})
    if log:
        logs.configure(settings.logs.level, settings.log_file)
    return settings


def nothing_changed() -> NoReturn:
    """The person said no: end with exit code 1."""
    typer.echo("Nothing was changed.")
    raise typer.Exit(1)


def print_json(value: object) -> None:
    """Print a value as JSON in UTF-8, whatever the console's encoding."""
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2))
