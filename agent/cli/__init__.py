"""The commands of ``python -m agent``. Errors end in one sentence that says what to do, never in a stack trace."""

import errno
import sys

import structlog
import typer

from agent.cli import (
    apikeys,
    backups,
    customers,
    dashboard,
    drafting,
    keys,
    learning,
    measuring,
    models,
    privacy,  # noqa: F401 - its commands are `customer` ones
    recording_edits,
    recordings,
    reporting,
    retrieval,
    running,
    scenarios,
    searching,
    understanding,
    users,
    waiting,
    webhooks,
)
from agent.errors import DiskFull, actionable

app = typer.Typer(
    name="balcao",
    help="Balcão: a copilot beside the attendants of WhatsApp Web. It suggests; a person sends.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.add_typer(running.app)
app.add_typer(dashboard.app)
app.add_typer(understanding.app)
app.add_typer(recordings.app)
app.add_typer(recording_edits.app)
app.add_typer(scenarios.app)
app.add_typer(waiting.app)
app.add_typer(searching.app)
app.add_typer(reporting.app)
app.add_typer(models.app, name="model")
app.add_typer(measuring.evaluation)
app.add_typer(measuring.intents, name="intents")
app.add_typer(measuring.sentiment, name="sentiment")
app.add_typer(retrieval.app, name="retrieval")
app.add_typer(drafting.app, name="draft")
app.add_typer(learning.app, name="learning")
app.add_typer(customers.app, name="customer")
app.add_typer(users.app, name="user")
app.add_typer(apikeys.app, name="apikey")
app.add_typer(webhooks.app, name="webhook")
app.add_typer(backups.app, name="backup")
app.add_typer(backups.restoring)
app.add_typer(keys.app, name="key")

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
