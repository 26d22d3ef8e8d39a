"""The search for replies: score."""

from pathlib import Path
from typing import Annotated

import typer

from agent.cli.options import AsJson, print_json

app = typer.Typer(help="The search for fitting replies.", no_args_is_help=True)


@app.callback()
def _group() -> None:
    """Keeps ``score`` a command of its own while it is the only one."""


@app.command()
def score(
    train: Annotated[Path, typer.Option(help="CSV file, columns text and label (the reply): what is learned from.")],
    test: Annotated[Path, typer.Option(help="CSV file, the same columns: what is asked.")],
    as_json: AsJson = False,
) -> None:
    """Measure on a company's own messages how often the right reply is found, with and without the encoder."""
    from agent.analysis.reading.encoder import load_encoder
    from agent.analysis.retrieval.scoring import score_files
    from agent.analysis.retrieval.table import show

    plain = score_files(train, test, encoder=False)
    found = score_files(train, test) if load_encoder() is not None else plain
    if as_json:
        print_json({**found, "without_encoder": plain})
    else:
        show(found, plain)
