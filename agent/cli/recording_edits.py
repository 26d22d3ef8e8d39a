"""Recordings that are changed: cut, cleaned of words and chats, put together, brought back after a crash."""

import asyncio
import re
from collections.abc import Awaitable, Callable, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from agent.cli.options import AsJson, Config, Profile, print_json
from agent.cli.recordings import Replies, analysis, progress, quietly, today
from agent.errors import BadInput

if TYPE_CHECKING:
    from agent.recordings.editing import Bench, Edited
    from agent.recordings.file import Recording
    from agent.settings import Settings

app = typer.Typer()

_FILE = typer.Argument(help="A recording, .balcao.", metavar="FILE")
Force = Annotated[bool, typer.Option("--force", help="Replace a file that is there already.")]
_MOMENT = re.compile(r"(?:(?:(\d{1,5}):)?(\d{1,5}):)?(\d{1,9}(?:\.\d{1,3})?)")


@app.command()
def trim(
    file: Annotated[Path, _FILE],
    from_: Annotated[str, typer.Option("--from", help="First moment, as `replay` tells it: 2:00.")] = "0:00",
    to: Annotated[str | None, typer.Option("--to", help="Last moment; the end by default.")] = None,
    out: Annotated[Path | None, typer.Option("--out", help="The new file; FILE-trimmed.balcao by default.")] = None,
    force: Force = False,
    config: Config = None,
    profile: Profile = None,
    as_json: AsJson = False,
) -> None:
    """Keep a stretch of a recording; it begins with where the session stood, and replays without a difference."""
    from agent.recordings.editing import check_target
    from agent.recordings.trimming import trimmed

    began, ended = _moment(from_), None if to is None else _moment(to)
    target = out or _beside(file, "trimmed")
    check_target(target, replace=force)
    _edit(
        [file],
        lambda opened, bench: trimmed(opened[0], target, began, ended, bench),
        quietly(config, profile),
        as_json=as_json,
    )


@app.command()
def redact(
    file: Annotated[Path, _FILE],
    words: Annotated[
        list[str] | None, typer.Argument(help="Words, names, numbers; in quotes where there are blanks.")
    ] = None,
    chat: Annotated[list[str] | None, typer.Option("--chat", help="Take out a whole chat, by its title.")] = None,
    out: Annotated[Path | None, typer.Option("--out", help="The new file; FILE-redacted.balcao by default.")] = None,
    force: Force = False,
    config: Config = None,
    profile: Profile = None,
    as_json: AsJson = False,
) -> None:
    """Replace words that are readable after all, in both layers and in any spelling; the new file is searched first."""
    from agent.recordings.editing import check_target
    from agent.recordings.redacting import redacted

    target = out or _beside(file, "redacted")
    check_target(target, replace=force)
    _edit(
        [file],
        lambda opened, bench: redacted(opened[0], target, words or [], chat or [], bench),
        quietly(config, profile),
        as_json=as_json,
    )


@app.command()
def merge(
    files: Annotated[list[Path], typer.Argument(help="Recordings, .balcao: two or more.", metavar="FILE...")],
    out: Annotated[Path | None, typer.Option("--out", help="The new file; FILE-merged.balcao by default.")] = None,
    force: Force = False,
    config: Config = None,
    profile: Profile = None,
    as_json: AsJson = False,
) -> None:
    """Make one recording of several, in the order of their time."""
    from agent.recordings.editing import check_target
    from agent.recordings.merging import merged

    target = out or _beside(files[0], "merged")
    check_target(target, replace=force)
    _edit(files, lambda opened, bench: merged(opened, target, bench), quietly(config, profile), as_json=as_json)


@app.command()
def recover(
    folder: Annotated[Path, typer.Argument(help="What a crash has left, .balcao.part.", metavar="FOLDER")],
    out: Annotated[Path | None, typer.Option("--out", help="The new file; the folder's name by default.")] = None,
    force: Force = False,
    replies: Replies = None,
    config: Config = None,
    profile: Profile = None,
    as_json: AsJson = False,
) -> None:
    """Make a recording of what a crash has left of one, up to its last whole line."""
    from agent.recordings.recovering import check_recovered, recovered

    target = out or folder.with_name(folder.name.removesuffix(".part"))
    check_recovered(folder, target, replace=force)
    settings = quietly(config, profile, replies)

    async def made(_: "Sequence[Recording]", bench: "Bench") -> "Edited":
        async with analysis(settings) as understands:
            return await recovered(folder, target, understands, bench)

    _edit([], made, settings, as_json=as_json)


def _edit(
    files: Sequence[Path],
    work: "Callable[[Sequence[Recording], Bench], Awaitable[Edited]]",
    settings: "Settings",
    *,
    as_json: bool,
) -> None:
    made = asyncio.run(_edited(files, work, settings, quiet=as_json))
    if as_json:
        print_json({**made.model_dump(mode="json"), "path": str(made.path)})
        return
    minutes, seconds = divmod(round(made.duration_s), 60)
    typer.echo(f"Made {made.path}: {made.messages} messages, {minutes}:{seconds:02d}. `replay` finds no difference.")
    for note in made.notes:
        typer.echo(f"  {note}")


async def _edited(
    files: Sequence[Path],
    work: "Callable[[Sequence[Recording], Bench], Awaitable[Edited]]",
    settings: "Settings",
    *,
    quiet: bool,
) -> "Edited":
    from agent.recordings.editing import Bench
    from agent.recordings.empty import empty_store
    from agent.recordings.file import open_recording
    from agent.recordings.page_replay import page_golden

    with ExitStack() as stack:
        opened = [stack.enter_context(open_recording(file)) for file in files]
        bars = stack.enter_context(progress(quiet=quiet))
        total = sum(one.manifest.duration_s for one in opened)
        bar = bars.add_task("frames", total=max(total, 0.001) if opened else None)

        async def seen(lines: "Sequence[Any]") -> list[dict[str, Any]]:
            bars.update(bar, description="page", total=None)
            return await page_golden(lines, executable=settings.browser.executable)

        bench = Bench(empty_store, seen, today(), lambda at_s: bars.update(bar, completed=at_s))
        return await work(opened, bench)


def _beside(file: Path, what: str) -> Path:
    return file.with_name(f"{file.stem}-{what}.balcao")


def _moment(text: str) -> float:
    """Seconds of ``2:00``, ``1:02:03.5`` or ``90``.

    Raises:
        BadInput: it is none of these.
    """
    found = _MOMENT.fullmatch(text.strip())
    if found is None:
        raise BadInput(f"{text[:20]} is no moment of a recording.", "Write minutes and seconds, like 2:00 or 1:02:30.")
    hours, minutes, seconds = (float(part or 0) for part in found.groups())
    return hours * 3600 + minutes * 60 + seconds
