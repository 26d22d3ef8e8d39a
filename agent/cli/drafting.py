"""Drafts: measure them."""

from pathlib import Path
from typing import Annotated

import typer

from agent.cli.options import AsJson, Config, print_json, settings_for
from agent.telemetry import logs

app = typer.Typer(help="The language model's drafts.", no_args_is_help=True)


@app.callback()
def drafts() -> None:
    """The language model's drafts."""


@app.command("score")
def score(
    limit: Annotated[int | None, typer.Option(min=1, help="So many turns, at random.")] = None,
    seed: Annotated[int, typer.Option(help="Which turns, which examples, and the model's choices.")] = 20,
    model: Annotated[str | None, typer.Option(help="Name of the model, or a GGUF file.")] = None,
    examples: Annotated[Path | None, typer.Option(help="Write 30 drafts at random to this Markdown file.")] = None,
    resume: Annotated[Path | None, typer.Option(help="Keep each draft in this file, and go on with it.")] = None,
    business: Annotated[str | None, typer.Option(help="Only the dialogues of this business.")] = None,
    training: Annotated[bool, typer.Option("--training", help="On the training part instead of the held one.")] = False,
    config: Config = None,
    as_json: AsJson = False,
) -> None:
    """Draft replies for the dialogues' evaluation part, and judge them."""
    from rich.console import Console
    from rich.progress import Progress
    from rich.table import Table

    from agent.analysis.analyst import default_threads
    from agent.analysis.dialogues import HELD, TRAINING
    from agent.analysis.drafting import report as draft_report
    from agent.analysis.drafting import scoring as draft_scoring
    from agent.analysis.drafting.writer import DraftOptions

    settings = settings_for(config, log=False).model
    logs.configure("warning")
    options = DraftOptions(
        threads=settings.threads or default_threads(),
        gpu_layers=settings.gpu_layers,
        context_tokens=settings.context_tokens,
        max_tokens=settings.max_tokens,
        temperature=settings.temperature,
        seed=seed,
        chat_memory_mb=settings.chat_memory_mb,
    )
    scorer = draft_scoring.Scorer(model or settings.name, options, TRAINING if training else HELD)
    chosen = scorer.chosen(limit, seed, business)
    with Progress(console=Console(stderr=True)) as bar:
        task = bar.add_task("Drafting", total=len(chosen))
        scored = draft_scoring.run(scorer, chosen, resume, lambda: bar.update(task, advance=1))
    found = draft_report.summary(scored, scorer.model_name)
    if examples is not None:
        examples.write_text(draft_report.examples(scored, 30, seed) + "\n", encoding="utf-8")
    if as_json:
        print_json(found)
        return
    table = Table(box=None, show_header=False, pad_edge=False)
    for name, value in found.items():
        table.add_row(name, str(value))
    Console().print(table)
