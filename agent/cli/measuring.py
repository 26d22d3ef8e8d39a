"""Intents of one's own, and how good sentiment and intents are: intents fit, score, versions, use; sentiment score."""

from pathlib import Path
from typing import Annotated, Any

import typer

from agent.cli.options import AsJson, Config, Profile, print_json, settings_for
from agent.errors import BadInput

intents = typer.Typer(help="A company's own intents.", no_args_is_help=True)
sentiment = typer.Typer(help="How customers feel.", no_args_is_help=True)
evaluation = typer.Typer()

Encoder = Annotated[
    bool, typer.Option("--encoder/--no-encoder", help="Use the sentence encoder where it is installed.")
]


@intents.command()
def fit(
    examples: Annotated[Path | None, typer.Option(help="CSV with the columns text and label.")] = None,
    out: Annotated[Path | None, typer.Option(help="Folder for the fitted intents.")] = None,
    config: Config = None,
    profile: Profile = None,
    as_json: AsJson = False,
) -> None:
    """Learn intents: those of the profile's intents.yaml beside the built-in ones, or those of a CSV file alone."""
    from datetime import datetime

    from agent.analysis.reading.classify import Classifier
    from agent.analysis.reading.encoder import load_encoder
    from agent.analysis.reading.fitting import fit_intents
    from agent.analysis.reading.intent_scoring import read_labelled
    from agent.analysis.reading.intents_file import read_own_intents
    from agent.analysis.reading.own_intents import Versions, fit_own

    settings = settings_for(config, log=False, profile=profile)
    encoder = load_encoder()
    if examples is not None:
        if out is None:
            raise BadInput("There is no folder for the fitted intents.", "Name one with --out.")
        fitted = fit_intents(read_labelled(examples), encoder)
    else:
        file = settings.profile_dir / "intents.yaml"
        own = read_own_intents(file).examples()
        if not own:
            raise BadInput(f"{file} has no intents.", "Write some there, or give a CSV file with --examples.")
        fitted = fit_own(own, Classifier.shipped(encoder), encoder)
    target = out or settings.profile_dir / "intents"
    try:
        kept = Versions(target).keep(fitted, datetime.now().astimezone())
    except OSError as error:
        raise BadInput(f"{target} cannot be written ({error.strerror}).", "Choose another folder for --out.") from error
    _print({**kept.model_dump(mode="json"), "labels": list(fitted.labels), "folder": str(target)}, as_json=as_json)


@intents.command()
def score(
    examples: Annotated[Path, typer.Option(help="CSV to learn from: columns text and label.")],
    test: Annotated[Path, typer.Option(help="CSV to score on: columns text and label.")],
    encoder: Encoder = True,
    as_json: AsJson = False,
) -> None:
    """Learn intents from one CSV file alone and score them on another."""
    from agent.analysis.reading.intent_scoring import read_labelled, score_fitted

    _print(score_fitted(read_labelled(examples), read_labelled(test), encoder=encoder), as_json=as_json)


@intents.command()
def versions(config: Config = None, profile: Profile = None, as_json: AsJson = False) -> None:
    """The versions of the profile's intents, and which one is in use."""
    from agent.analysis.reading.own_intents import Versions

    kept = Versions(settings_for(config, log=False, profile=profile).profile_dir / "intents")
    found = {"in_use": kept.number(), "versions": [version.model_dump(mode="json") for version in kept.all()]}
    _print(found, as_json=as_json)


@intents.command()
def use(
    number: Annotated[int, typer.Argument(min=0, help="Number of a version; 0: the built-in intents alone.")],
    config: Config = None,
    profile: Profile = None,
) -> None:
    """Go back to an earlier version of the profile's intents, or forth."""
    from agent.analysis.reading.own_intents import Versions

    Versions(settings_for(config, log=False, profile=profile).profile_dir / "intents").use(number or None)


@sentiment.command("score")
def score_sentiment(
    test: Annotated[Path, typer.Option(help="CSV: columns text and label (negative, neutral, positive) or stars.")],
    encoder: Encoder = True,
    as_json: AsJson = False,
) -> None:
    """Score the sentiment on labelled messages."""
    from agent.analysis.reading.intent_scoring import read_moods, score_moods

    _print(score_moods(read_moods(test), encoder=encoder), as_json=as_json)


@evaluation.command("eval")
def evaluate_all(
    shared: Annotated[Path | None, typer.Option(help="Folder of the public sets; ../shared/data by default.")] = None,
    as_json: AsJson = False,
) -> None:
    """Measure sentiment, intents, retrieval and times on the project's own held part, and on public sets if there."""
    from agent.analysis.evaluation import SHARED, evaluate

    _print(evaluate(shared or SHARED, lambda text: typer.echo(text, err=True)), as_json=as_json)


def _print(figures: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        print_json(figures)
        return
    for name, value in _lines(figures, ""):
        typer.echo(f"{name:<40} {value}")


def _lines(figures: dict[str, Any], before: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for name, value in figures.items():
        path = f"{before}{name}"
        found += (
            _lines(value, f"{path}.") if isinstance(value, dict) else [(path, "-" if value is None else str(value))]
        )
    return found
