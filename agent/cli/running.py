"""Running the agent, and looking at what it needs: run, demo, doctor, inspect, version."""

import asyncio
import gc
import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from agent import __version__
from agent.cli.consent import ask_consent
from agent.cli.options import AsJson, Config, Headless, Profile, print_json, settings_for
from agent.contract.recordings import RecordingWanted
from agent.errors import BadInput
from agent.settings import Settings

if TYPE_CHECKING:
    from agent.runtime import Agent

app = typer.Typer()

LONGEST_DEMO_S = 3600
CHAT_S = 60
"""How long a person gets to open a chat in the window."""


@app.command()
def run(
    config: Config = None,
    profile: Profile = None,
    headless: Headless = None,
    record: Annotated[bool, typer.Option("--record", help="Record from the start, with pseudonyms.")] = False,
    keep_text: Annotated[
        bool, typer.Option("--keep-text", help="With --record: keep names and texts. Asks for a consent.")
    ] = False,
) -> None:
    """Start the agent on WhatsApp Web."""
    from agent.compose import build

    if keep_text and not record:
        raise BadInput("--keep-text is said of a recording.", "Add --record.")
    if keep_text:
        ask_consent("The recording")
    settings = settings_for(config, profile=profile, browser__headless=headless)
    arguments = {"profile": profile, "browser.headless": headless}

    def built() -> "Agent":
        agent = build(settings, config=config, arguments=arguments, starts_again=True)
        if record and agent.recordings is not None:
            agent.recordings.start(RecordingWanted(), keep_text=keep_text)
        return agent

    run_again_and_again(built)


def run_again_and_again(build: "Callable[[], Agent]") -> None:
    """Run an agent until it ends for good: one that restores a backup ends, and another one takes its place."""
    while True:
        agent = build()
        asyncio.run(agent.run())
        if not agent.again:
            return
        del agent  # Two models at once are more than many machines hold.
        gc.collect()


@app.command()
def demo(
    config: Config = None,
    headless: Headless = None,
    seconds: Annotated[
        int | None, typer.Option(min=5, max=LONGEST_DEMO_S, help="How long the afternoon lasts; 120 by default.")
    ] = None,
    business: Annotated[
        str | None,
        typer.Option(help="Which business: a file of simulator/scenarios, or all; loja-de-roupas by default."),
    ] = None,
    scenario: Annotated[
        Path | None, typer.Option(help="Another scenario, as `recording-to-scenario` makes one of a recording.")
    ] = None,
    speed: Annotated[
        float | None, typer.Option(min=0.01, max=1_000_000, help="So many times as fast as the scenario's own time.")
    ] = None,
    model: Annotated[str | None, typer.Option(help="Draft model; 'none' for retrieval only.")] = None,
    json_file: Annotated[Path | None, typer.Option("--json", help="Write the figures to this file.")] = None,
    yourself: Annotated[
        bool, typer.Option("--yourself", help="You attend: only the customers are played, until you close the window.")
    ] = False,
    resume: Annotated[bool, typer.Option("--resume", help="Go on with the last demo's database.")] = False,
    record: Annotated[Path | None, typer.Option("--record", help="Record the afternoon to this .balcao file.")] = None,
) -> None:
    """Show the main job on a stand-in page: customers write, suggestions appear, a scripted attendant sends."""
    from agent.cli.dashboard import beside
    from simulator.demo import Demo, show
    from simulator.scenario_file import read_scenario

    if scenario is not None and business is not None:
        raise BadInput("A business and a scenario were named.", "Leave one of them out: a scenario names its business.")
    if speed is not None and seconds is not None:
        raise BadInput("--speed and --seconds were given.", "Leave one of them out: each says how long it lasts.")
    if yourself and headless:
        raise BadInput("Nobody can attend in a window that is not shown.", "Leave out --headless, or --yourself.")
    played = business or "loja-de-roupas" if scenario is None else read_scenario(scenario)
    drafts = False if model == "none" else None
    settings = settings_for(
        config,
        profile="demo",
        browser__headless=headless,
        model__drafts=drafts,
        model__name=None if model == "none" else model,
    )
    afternoon = Demo(settings, played, seconds, speed=speed, resume=resume, record=record, yourself=yourself)
    with beside(settings):
        report = asyncio.run(afternoon.run())
    if report is None:
        return
    show(report)
    if json_file is not None:
        json_file.write_text(json.dumps(report, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


@app.command()
def doctor(
    config: Config = None,
    profile: Profile = None,
    as_json: AsJson = False,
    page: Annotated[bool, typer.Option("--page", help="Look at the live page, and write a file for support.")] = False,
    headless: Headless = None,
    wait: Annotated[int, typer.Option(min=5, max=600, help="With --page: seconds for the chats to appear.")] = 120,
) -> None:
    """Check everything that the agent needs, and say what to do about what is missing."""
    from agent.diagnosis import diagnose, show

    settings = settings_for(config, log=False, profile=profile, browser__headless=headless)
    if page:
        _look_at_page(settings, wait, as_json=as_json)
        return
    findings = diagnose(settings)
    if as_json:
        print_json([finding.model_dump() for finding in findings])
    else:
        show(findings)
    if any(not finding.ok and finding.needed for finding in findings):
        raise typer.Exit(1)


def _look_at_page(settings: Settings, wait_s: int, *, as_json: bool) -> None:
    from agent.page_diagnosis import TEXTS, diagnose_page, show_page

    def say(text: str) -> None:
        typer.echo(text, err=True)

    chat_s = 0 if settings.browser.headless else CHAT_S
    try:
        found = asyncio.run(diagnose_page(settings, say, wait_s=wait_s, chat_s=chat_s))
    except ConnectionError as error:
        say(f"{TEXTS[settings.language]['gone']} ({error})")
        raise typer.Exit(1) from None
    if as_json:
        print_json(found.as_json())
    else:
        show_page(found, settings.language, wait_s)
    if not found.ready or found.missing:
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
        print_json(read)
    else:
        show(read)


@app.command()
def version() -> None:
    """Print the version."""
    typer.echo(__version__)
