"""The draft models: fetch, list."""

from typing import Annotated

import typer

app = typer.Typer(help="The language models that draft replies.", no_args_is_help=True)


@app.command("fetch")
def fetch_model(name: Annotated[str, typer.Argument(help="Name of the model, or 'auto'.")] = "auto") -> None:
    """Download a model and check it."""
    from rich.console import Console

    from agent.analysis.drafting.models import fetch

    fetch(name, Console(stderr=True))


@app.command("list")
def list_models() -> None:
    """Which models there are, and which of them are on this machine."""
    from rich.console import Console

    from agent.analysis.drafting.models import show

    show(Console())
