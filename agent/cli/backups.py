"""Copies of the database: make one, list them, prove one by a restore for trial; restore one."""

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from agent.cli.options import AsJson, Config, Profile, nothing_changed, print_json, settings_for
from agent.errors import BadInput
from agent.settings.program import CALLED
from agent.telemetry import logs

if TYPE_CHECKING:
    from agent.contract.backups import Backup, Restored
    from agent.settings import Settings
    from agent.storage.backup import BackupFolder

app = typer.Typer(invoke_without_command=True)
restoring = typer.Typer()


@app.callback()
def backup(
    context: typer.Context,
    out: Annotated[
        Path | None, typer.Option("--out", help="Another folder for the copy, for example on another disk.")
    ] = None,
    config: Config = None,
    profile: Profile = None,
    as_json: AsJson = False,
) -> None:
    """Copy the database now, while the agent runs or not, and prove the copy by restoring it for trial."""
    if context.invoked_subcommand is not None:
        return
    settings = _quietly(config, profile)
    made = asyncio.run(_made(settings, out))
    if as_json:
        print_json(made.model_dump(mode="json"))
    else:
        where = (out or settings.profile_dir / "backups") / f"{made.name}.db"
        typer.echo(f"Made and proven: {where} ({_size(made)}, {made.messages} messages, {made.customers} customers).")


@app.command("list")
def list_them(config: Config = None, profile: Profile = None, as_json: AsJson = False) -> None:
    """All copies, the newest first, and whether each was proven."""
    settings = _quietly(config, profile)
    found = _folder(settings).listed()
    if as_json:
        print_json([one.model_dump(mode="json") for one in found])
        return
    if not found:
        typer.echo(f"There is no backup yet. `{CALLED} backup` makes one.")
        return
    typer.echo(f"{'name':<19}  {'size':>10}  messages  customers  proven")
    for one in found:
        proven = f"{one.proven_at:%d/%m/%Y %H:%M} UTC" if one.proven_at else "never"
        typer.echo(f"{one.name:<19}  {_size(one):>10}  {one.messages:>8}  {one.customers:>9}  {proven}")


@app.command()
def verify(
    name: Annotated[str | None, typer.Argument(help="Name of a copy; the newest one by default.")] = None,
    config: Config = None,
    profile: Profile = None,
    as_json: AsJson = False,
) -> None:
    """Look at every byte of a copy, restore it into a folder of its own, and open it there."""
    settings = _quietly(config, profile)
    found = asyncio.run(_verified(settings, name))
    if as_json:
        print_json(found.model_dump(mode="json"))
    else:
        typer.echo(f"The backup {found.name} can be restored: {found.messages} messages, {found.customers} customers.")


@restoring.command()
def restore(
    which: Annotated[str, typer.Argument(help="Name of a copy, or its .db file.", metavar="NAME_OR_FILE")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    config: Config = None,
    profile: Profile = None,
    as_json: AsJson = False,
) -> None:
    """Put a copy in the place of the database, with the agent stopped; the present one is kept as a backup."""
    settings = _quietly(config, profile)
    done = asyncio.run(_restored(settings, which, yes=yes))
    if done is None:
        nothing_changed()
    elif as_json:
        print_json(done.model_dump(mode="json"))
    else:
        _tell(done)


def _tell(done: "Restored") -> None:
    again = f" {done.forgotten} who were erased since were erased again." if done.forgotten else ""
    typer.echo(f"Restored {done.name}: {done.messages} messages, {done.customers} customers.{again}")
    if done.replaced is not None:
        typer.echo(f"What was there before is kept: {done.replaced}")
    typer.echo("Everybody has to sign in again. Look through the users and API keys: they are those of that day.")


def _quietly(config: Path | None, profile: str | None) -> "Settings":
    """The settings; what goes wrong is said in one sentence, and in the event log, not on the console too."""
    settings = settings_for(config, log=False, profile=profile)
    logs.configure("critical")
    return settings


async def _made(settings: "Settings", out: Path | None) -> "Backup":
    from agent.cli.profile_store import opened

    async with opened(settings) as store:
        folder = _folder(settings, out)
        made = await folder.prove(store, (await folder.make(store)).name)
        if out is None:
            await folder.keep(store, settings.backup.keep)
        return made


async def _verified(settings: "Settings", name: str | None) -> "Backup":
    from agent.cli.profile_store import opened

    folder = _folder(settings)
    if name is None:
        if not (made := folder.listed()):
            raise BadInput("There is no backup yet.", f"`{CALLED} backup` makes one.")
        name = made[0].name
    _file(folder, name)
    async with opened(settings) as store:
        return await folder.prove(store, name)


async def _restored(settings: "Settings", which: str, *, yes: bool) -> "Restored | None":
    from agent.cli.profile_store import audited
    from agent.page.profile import locked_profile
    from agent.storage.key import keys_of
    from agent.storage.restoring import forget_again_by_ledger, restore

    profile = settings.profile_dir
    keys = keys_of(settings)
    with locked_profile(profile):
        source = _source(settings, which)
        question = f"Put {source} in the place of the database of the profile '{settings.profile}'?"
        if not yes and not typer.confirm(question):
            return None
        done = await restore(keys, source, forget_again_by_ledger(keys))
        await audited(settings, "backup.restored", {"backup": done.name, "forgotten": done.forgotten})
        return done


def _source(settings: "Settings", which: str) -> Path:
    from agent.storage.backup import FOLDER, NAME

    if NAME.fullmatch(which):
        named = settings.profile_dir / FOLDER / f"{which}.db"
        if named.is_file():
            return named
    path = Path(which).expanduser()
    if not path.is_file():
        raise BadInput(f"There is no backup '{which}'.", f"`{CALLED} backup list` shows them.")
    return path.resolve()


def _folder(settings: "Settings", out: Path | None = None) -> "BackupFolder":
    from agent.storage.backup import BackupFolder
    from agent.storage.key import DATABASE_FILE, keys_of

    keys = keys_of(settings)
    if not (settings.profile_dir / DATABASE_FILE).is_file():
        raise BadInput(
            f"Nothing has been stored in the profile '{settings.profile}' yet.",
            "Run Balcão with it first, or name another one with --profile.",
        )
    return BackupFolder(settings.profile_dir, keys.database(), keys.derived(), out=out and out.expanduser().resolve())


def _file(folder: "BackupFolder", name: str) -> Path:
    try:
        return folder.file(name)
    except LookupError:
        raise BadInput(f"There is no backup '{name}'.", f"`{CALLED} backup list` shows them.") from None


def _size(one: "Backup") -> str:
    return f"{one.bytes / 1e6:.1f} MB"
