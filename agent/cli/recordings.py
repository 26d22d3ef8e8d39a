"""Recordings: make one, replay it, look into it, bring an exported chat in."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from agent.cli.consent import ask_consent
from agent.cli.options import AsJson, Config, Profile, print_json, settings_for
from agent.errors import BadInput
from agent.telemetry import logs

if TYPE_CHECKING:
    from rich.progress import Progress

    from agent.analysis.analyst import LocalAnalyst
    from agent.recordings.chat_export import ExportedChat
    from agent.recordings.file import Recording
    from agent.recordings.replaying import Replayed
    from agent.settings import Settings

app = typer.Typer()

_FILE = typer.Argument(help="A recording, .balcao.", metavar="FILE")
Replies = Annotated[Path | None, typer.Option("--replies", help="Canned replies; the profile's by default.")]


@app.command()
def record(
    minutes: Annotated[
        int | None, typer.Option(min=1, max=240, help="Rolling: keep so many minutes before the end.")
    ] = None,
    seconds: Annotated[int | None, typer.Option(min=1, help="Stop after so long; with Ctrl+C by default.")] = None,
    page: Annotated[bool, typer.Option(help="Record the page, too.")] = True,
    config: Config = None,
    profile: Profile = None,
) -> None:
    """Record the agent that is running, with pseudonyms in place of names, numbers and texts."""
    from agent.cli.recording_over_api import record_running

    settings = settings_for(config, log=False, profile=profile)
    made = record_running(settings, minutes, seconds, page=page)
    typer.echo(f"Recorded: {settings.profile_dir / 'recordings' / made}")


@app.command()
def replay(
    files: Annotated[list[Path], typer.Argument(help="Recordings, .balcao.", metavar="FILE...")],
    layer: Annotated[Literal["all", "frames", "page"], typer.Option(help="Which layer.")] = "all",
    analyst: Annotated[
        Literal["recorded", "real"], typer.Option(help="Who understands: the recorded answers, or today's analysis.")
    ] = "recorded",
    speed: Annotated[float | None, typer.Option(min=0.1, help="So many times as fast; as fast as it goes.")] = None,
    junit: Annotated[Path | None, typer.Option("--junit", help="Write JUnit XML to this file.")] = None,
    html: Annotated[Path | None, typer.Option("--html", help="Write a page with all differences.")] = None,
    accept: Annotated[bool, typer.Option("--accept", help="What happens now is right from now on.")] = False,
    reason: Annotated[str, typer.Option(help="With --accept: why.")] = "",
    replies: Replies = None,
    config: Config = None,
    profile: Profile = None,
    as_json: AsJson = False,
) -> None:
    """Replay recordings and compare with what came of them; exit code 1 when something is otherwise."""
    from rich.console import Console

    from agent.recordings.reports import check_reports, show, write_reports

    if reason and not accept:
        raise BadInput("A reason was given, but nothing is to be accepted.", "Add --accept.")
    if accept and not reason.strip():
        raise BadInput("What happens now is accepted for a reason only.", 'Say it: --reason "..."')
    check_reports(junit, html)
    settings = quietly(config, profile, replies)
    if accept:
        asyncio.run(_accepted(settings, files, layer, reason))
        return
    done = asyncio.run(
        _replayed(settings, files, layer, speed, real=analyst == "real", quiet=as_json, pictures=html is not None)
    )
    write_reports(done, junit, html)
    if as_json:
        print_json([{**one.model_dump(mode="json"), "speed_x": round(one.speed_x, 1)} for one in done])
    else:
        for one in done:
            show(one, Console())
    if not all(one.passed for one in done):
        raise typer.Exit(1)


@app.command("inspect-recording")
def inspect_recording(file: Annotated[Path, _FILE], as_json: AsJson = False) -> None:
    """Read every byte of a recording and say what it holds."""
    from agent.recordings.file import open_recording

    with open_recording(file) as recording:
        recording.verify()
        about = recording.manifest.model_dump(mode="json")
    if as_json:
        print_json(about)
        return
    typer.echo(f"{file.name}: whole and unchanged, {file.stat().st_size / 1024:,.0f} kB.")
    for name in ("created", "program", "origin", "duration_s", "zone", "page_generation", "keeps_text"):
        if about[name] is not None:
            typer.echo(f"  {name.replace('_', ' ')}: {about[name]}")
    for name, number in sorted({**about["counts"], **{f"live {k}": v for k, v in about["live"].items()}}.items()):
        typer.echo(f"  {name.replace('_', ' ')}: {number}")
    for name, member in about["members"].items():
        typer.echo(f"  {name}: {member['lines']} lines, {member['bytes'] / 1024:,.0f} kB")
    for renewal in about["history"]:
        layers = f" ({' and '.join(renewal['layers'])})" if renewal["layers"] else ""
        what = "renewed" if renewal["layers"] else "changed"
        typer.echo(f"  {what} on {renewal['day']} with {renewal['program']}{layers}: {renewal['reason']}")


@app.command("import-chat")
def import_chat(
    file: Annotated[Path, typer.Argument(help="_chat.txt, a chat's .txt, or the ZIP.", metavar="FILE")],
    out: Annotated[Path, typer.Option("--out", help="The recording to be made, .balcao.")],
    me: Annotated[str | None, typer.Option("--me", help="The name under which your business writes there.")] = None,
    date_order: Annotated[
        Literal["dmy", "mdy", "ymd"] | None, typer.Option(help="How dates are written, where the file does not tell.")
    ] = None,
    zone: Annotated[str, typer.Option(help="Time zone of the phone.")] = "America/Sao_Paulo",
    keep_text: Annotated[bool, typer.Option("--keep-text", help="Keep names and texts. Asks for a consent.")] = False,
    replies: Replies = None,
    config: Config = None,
    profile: Profile = None,
) -> None:
    """Make a recording of a chat that WhatsApp exported, to try Balcão on your own history."""
    from agent.recordings.chat_export import read_export
    from agent.recordings.chat_frames import check_sender
    from agent.recordings.writing import check_name

    settings = quietly(config, profile, replies)
    chat = read_export(file, date_order)
    if me is None and len(chat.senders) > 1:
        me = _who(chat)
    check_name(out)
    check_sender(chat, me)
    if keep_text:
        ask_consent(str(out))
    made = asyncio.run(_imported(settings, chat, out, me, zone, keep_text=keep_text))
    typer.echo(f"Made {made}: {len(chat.messages)} messages, {len(chat.senders)} people. `replay {made}` replays it.")


def _who(chat: "ExportedChat") -> str | None:
    for number, name in enumerate(chat.senders, 1):
        typer.echo(f"{number}: {name}")
    picked: int = typer.prompt("Which of them is your business? 0: none", type=int, default=0)
    if not 0 <= picked <= len(chat.senders):
        raise BadInput(f"There is no {picked}.", "Take a number of the list, or say it with --me NAME.")
    return chat.senders[picked - 1] if picked else None


def quietly(config: Path | None, profile: str | None, replies: Path | None = None) -> "Settings":
    """The settings of a command that replays: no draft model, no log on the console."""
    chosen = None if replies is None else replies.resolve()
    settings = settings_for(config, log=False, profile=profile, model__drafts=False, suggestions__replies=chosen)
    logs.configure("critical")
    return settings


@asynccontextmanager
async def analysis(settings: "Settings") -> "AsyncIterator[LocalAnalyst]":
    """Today's analysis, with its models loaded."""
    from agent.compose import analyst

    opened = analyst(settings)
    try:
        await opened.settled()
        yield opened
    finally:
        await opened.close()


async def _imported(
    settings: "Settings", chat: "ExportedChat", out: Path, me: str | None, zone: str, *, keep_text: bool
) -> Path:
    from agent.recordings.empty import empty_store
    from agent.recordings.making import imported
    from agent.recordings.pseudonyms import KeptText, Pseudonyms

    names = KeptText() if keep_text else Pseudonyms.fresh()
    async with analysis(settings) as understands:
        return await imported(
            chat, out, names, understands, empty_store, me=me, zone=zone, today=today(), keeps_text=keep_text
        )


async def _accepted(
    settings: "Settings", files: list[Path], layer: Literal["all", "frames", "page"], reason: str
) -> None:
    from agent import __version__
    from agent.recordings.empty import empty_store
    from agent.recordings.renewing import BOTH, renewed

    async with analysis(settings) as understands:
        for file in files:
            manifest = await renewed(
                file,
                reason,
                __version__,
                understands,
                empty_store,
                today(),
                layers=BOTH if layer == "all" else (layer,),
                executable=settings.browser.executable,
            )
            renewed_layers = " and ".join(manifest.history[-1].layers)
            typer.echo(f"{file}: what happens now is its golden result ({renewed_layers}).")


async def _replayed(
    settings: "Settings",
    files: list[Path],
    layer: str,
    speed: float | None,
    *,
    real: bool,
    quiet: bool,
    pictures: bool,
) -> "list[Replayed]":
    """One after another; of one that cannot be replayed the fault is noted, unless it is the only one."""
    from agent.recordings.replaying import Replayed

    done = list[Replayed]()
    async with AsyncExitStack() as stack:
        understands = await stack.enter_async_context(analysis(settings)) if real else None
        bars = stack.enter_context(progress(quiet=quiet))
        for file in files:
            try:
                async for one in _layers(settings, file, layer, speed, understands, bars, pictures=pictures):
                    done.append(one)
            except BadInput as error:
                if len(files) == 1:
                    raise
                done.append(Replayed(name=file.name, differences=(), duration_s=0, took_s=0, facts=0, fault=str(error)))
    return done


async def _layers(
    settings: "Settings",
    file: Path,
    layer: str,
    speed: float | None,
    understands: "LocalAnalyst | None",
    bars: "Progress",
    *,
    pictures: bool,
) -> "AsyncIterator[Replayed]":
    from agent.recordings.file import FRAMES, PAGE, open_recording

    with open_recording(file) as recording:
        recording.verify()
        asked = [one for one in (FRAMES, PAGE) if layer == "all" or one.startswith(layer)]
        if not any(recording.has(one) for one in asked):
            raise BadInput(f"{file} has no such layer.", "`inspect-recording` says what it has.")
        if FRAMES in asked and recording.has(FRAMES):
            yield await _frames(recording, understands, speed, bars)
        if PAGE in asked and recording.has(PAGE):
            yield await _page(settings, recording, speed, pictures=pictures)


async def _frames(
    recording: "Recording", understands: "LocalAnalyst | None", speed: float | None, bars: "Progress"
) -> "Replayed":
    from agent.recordings.empty import empty_store
    from agent.recordings.replaying import paced, replay

    bar = bars.add_task(recording.path.name, total=max(recording.manifest.duration_s, 0.001))
    pace = None if speed is None else paced(speed, asyncio.sleep)
    done, _ = await replay(
        recording, empty_store, understands, pace=pace, moved=lambda at_s: bars.update(bar, completed=at_s)
    )
    return done


async def _page(settings: "Settings", recording: "Recording", speed: float | None, *, pictures: bool) -> "Replayed":
    from agent.recordings.page_replay import replay_page

    return await replay_page(recording, speed=speed, executable=settings.browser.executable, pictures=pictures)


def progress(*, quiet: bool) -> "Progress":
    """A progress bar on standard error; none where ``quiet``."""
    from rich.console import Console
    from rich.progress import Progress

    return Progress(console=Console(stderr=True), transient=True, disable=quiet)


def today() -> date:
    """The day at this machine."""
    return datetime.now().astimezone().date()
