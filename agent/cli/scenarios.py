"""A recording as a scenario: what happened on the real page, played again on the stand-in."""

from pathlib import Path
from typing import Annotated

import typer

from agent.cli.options import AsJson, print_json

app = typer.Typer()


@app.command("recording-to-scenario")
def recording_to_scenario(
    file: Annotated[Path, typer.Argument(help="A recording, .balcao.", metavar="FILE")],
    out: Annotated[Path, typer.Option("--out", help="The scenario to be made, .yaml.")],
    business: Annotated[
        str, typer.Option(help="Whose replies the agent suggests then: a name as `demo --business` takes it.")
    ] = "loja-de-roupas",
    as_json: AsJson = False,
) -> None:
    """Make a scenario of a recording's messages; `demo --scenario` plays it on the stand-in page."""
    from agent.recordings.file import open_recording
    from simulator.from_recording import scenario_of
    from simulator.scenario_file import check_replies, write_scenario

    check_replies(business)
    with open_recording(file) as recording:
        recording.verify()
        made = scenario_of(recording, f"{file.stem}, played again", business)
        keeps_text = recording.manifest.keeps_text
    otherwise = [f"{number} {what}" for what, number in made.otherwise.items()]
    held = "real names and texts" if keeps_text else "pseudonyms in place of names, numbers and texts"
    about = [f"Made of the recording {file.name!a}; it holds {held}.", "Otherwise than in the recording:", *otherwise]
    write_scenario(made.scenario, out, about if otherwise else about[:1])
    if as_json:
        print_json({"file": str(out), "keeps_text": keeps_text, **made.counts, "otherwise": made.otherwise})
        return
    counts = made.counts
    typer.echo(
        f"Made {out}: {counts['chats']} chats, {counts['messages_before']} messages from before, "
        f"{counts['messages']} that are played ({counts['typed_by_the_attendant']} of them typed by the attendant), "
        f"{counts['changes']} changes. It holds {held}."
    )
    if otherwise:
        typer.echo("Otherwise than in the recording:")
    for line in otherwise:
        typer.echo(f"  {line}")
    typer.echo(f"`demo --scenario {out}` plays it.")
