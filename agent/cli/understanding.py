"""Understanding messages: analyse, and what measures and trains it."""

from pathlib import Path
from typing import Annotated

import typer

from agent.cli.options import AsJson, Config, Profile, print_json, settings_for
from agent.errors import BadInput
from agent.telemetry import logs

app = typer.Typer()


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

    settings = settings_for(config, log=False, profile=profile)
    logs.configure("warning")
    known = replies or settings.replies_file
    if (text is None) == (file is None):
        raise BadInput("Nothing, or too much, was given to analyse.", "Give one text, or --file with a CSV file.")
    if file is not None:
        analyse_file(file, text_column, out, known)
    elif text is not None:
        found = analyse_text(text, known)
        if as_json:
            print_json(found.model_dump(mode="json"))
        else:
            show(found)
