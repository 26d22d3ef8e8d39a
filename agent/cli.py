"""The commands of ``python -m agent``. Errors end in one sentence that says what to do, never in a stack trace."""

import asyncio
import errno
import json
import sys
from pathlib import Path
from typing import Annotated

import structlog
import typer

from agent import __version__
from agent.errors import BadInput, DiskFull, actionable
from agent.settings import Settings, load
from agent.telemetry import logs

app = typer.Typer(
    name="balcao",
    help="Balcão: a copilot beside the attendants of WhatsApp Web. It suggests; a person sends.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
model_app = typer.Typer(help="The language models that draft replies.", no_args_is_help=True)
app.add_typer(model_app, name="model")

Config = Annotated[Path | None, typer.Option("--config", help="Settings file; config.yaml by default.")]
Profile = Annotated[str | None, typer.Option("--profile", help="Which profile (WhatsApp account) to use.")]
Headless = Annotated[bool | None, typer.Option("--headless", help="No browser window.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]

UNEXPECTED = 70
"""Exit code of an error that nobody foresaw (EX_SOFTWARE)."""


def main() -> None:
    """Run a command; turn every error into a sentence and an exit code."""
    try:
        app()
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception as error:  # noqa: BLE001 (the last stop: whatever it is, a person gets a sentence)
        sys.exit(_explain(error))


def _explain(error: Exception) -> int:
    found = actionable(error)
    if found is None and isinstance(error, OSError) and error.errno == errno.ENOSPC:
        found = DiskFull("The disk is full.", "Free some space and start again: what was stored is kept.")
    if found is not None:
        typer.echo(str(found), err=True)
        return found.code
    structlog.get_logger(__name__).critical("unexpected error", exc_info=error)
    typer.echo(
        f"Something unexpected happened ({type(error).__name__}). "
        "The log in the profile's logs folder has the details; nothing that was stored is lost.",
        err=True,
    )
    return UNEXPECTED


def _settings(config: Path | None, log: bool = True, **overrides: object) -> Settings:
    settings = load(config, {name.replace("__", "."): value for name, value in overrides.items()})
    if log:
        logs.configure(settings.logs.level, settings.log_file)
    return settings


def _print_json(value: object) -> None:
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2))


@app.command()
def run(config: Config = None, profile: Profile = None, headless: Headless = None) -> None:
    """Start the agent on WhatsApp Web."""
    from agent.compose import build

    settings = _settings(config, profile=profile, browser__headless=headless)
    asyncio.run(build(settings).run())


@app.command()
def demo(
    config: Config = None,
    headless: Headless = None,
    seconds: Annotated[int, typer.Option(min=5, max=3600, help="How long the afternoon lasts.")] = 120,
    business: Annotated[str, typer.Option(help="Which business: a file of simulator/scenarios.")] = "loja-de-roupas",
    model: Annotated[str | None, typer.Option(help="Draft model; 'none' for retrieval only.")] = None,
    json_file: Annotated[Path | None, typer.Option("--json", help="Write the figures to this file.")] = None,
    resume: Annotated[bool, typer.Option("--resume", help="Go on with the last demo's database.")] = False,
) -> None:
    """Show the main job on a stand-in page: customers write, suggestions appear, a scripted attendant sends."""
    from simulator.demo import Demo, show

    drafts = False if model == "none" else None
    settings = _settings(
        config,
        profile="demo",
        browser__headless=headless,
        model__drafts=drafts,
        model__name=None if model == "none" else model,
    )
    report = asyncio.run(Demo(settings, business, seconds, resume=resume).run())
    show(report)
    if json_file is not None:
        json_file.write_text(json.dumps(report, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


@app.command()
def doctor(config: Config = None, profile: Profile = None, as_json: AsJson = False) -> None:
    """Check everything that the agent needs, and say what to do about what is missing."""
    from agent.diagnosis import diagnose, show

    settings = _settings(config, log=False, profile=profile)
    findings = diagnose(settings)
    if as_json:
        _print_json([finding.model_dump() for finding in findings])
    else:
        show(findings)
    if any(not finding.ok and finding.needed for finding in findings):
        raise typer.Exit(1)


@app.command()
def inspect(
    file: Annotated[Path, typer.Argument(help="A saved page, or one row of it.")],
    lang: Annotated[str, typer.Option(help="Language of the page where the file does not say it.")] = "pt-BR",
    as_json: AsJson = False,
) -> None:
    """Read a saved HTML file with the reader that runs inside the page, and print what it saw."""
    from agent.page.inspect import inspect_file, show

    read = asyncio.run(inspect_file(file, lang))
    if as_json:
        _print_json(read)
    else:
        show(read)


@app.command()
def analyse(
    text: Annotated[str | None, typer.Argument(help="One message.")] = None,
    file: Annotated[Path | None, typer.Option(help="A CSV file with many messages.")] = None,
    text_column: Annotated[str, typer.Option("--text-column", help="Column of the CSV file.")] = "text",
    out: Annotated[Path | None, typer.Option(help="Write one JSON object a line to this file.")] = None,
    replies: Annotated[Path | None, typer.Option(help="Canned replies; the profile's own by default.")] = None,
    config: Config = None,
    profile: Profile = None,
    as_json: AsJson = False,
) -> None:
    """Sentiment, intent and suggested replies of a message or of a CSV file."""
    from agent.analysis.batch import analyse_file, analyse_text, show

    settings = _settings(config, log=False, profile=profile)
    logs.configure("warning")
    known = replies or settings.replies_file
    if (text is None) == (file is None):
        raise BadInput("Nothing, or too much, was given to analyse.", "Give one text, or --file with a CSV file.")
    if file is not None:
        analyse_file(file, text_column, out, known)
    elif text is not None:
        found = analyse_text(text, known)
        if as_json:
            _print_json(found.model_dump(mode="json"))
        else:
            show(found)


@model_app.command("fetch")
def fetch_model(name: Annotated[str, typer.Argument(help="Name of the model, or 'auto'.")] = "auto") -> None:
    """Download a model and check it."""
    from rich.console import Console

    from agent.analysis.models import fetch

    fetch(name, Console(stderr=True))


@model_app.command("list")
def list_models() -> None:
    """Which models there are, and which of them are on this machine."""
    from rich.console import Console

    from agent.analysis.models import show

    show(Console())


@app.command()
def version() -> None:
    """Print the version."""
    typer.echo(__version__)
