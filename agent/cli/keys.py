"""The profile's keys: where they are, another place for them, a new one for the database."""

import asyncio
from typing import TYPE_CHECKING, Annotated

import typer

from agent.cli.options import AsJson, Config, Profile, print_json, settings_for
from agent.errors import BalcaoError

if TYPE_CHECKING:
    from agent.settings import Settings
    from agent.storage.key import Place

app = typer.Typer(help="The keys of the profile's database and of all that is signed.", no_args_is_help=True)


@app.command("show-where")
def show_where(config: Config = None, profile: Profile = None, as_json: AsJson = False) -> None:
    """Where the keys are; never the keys themselves."""
    settings = settings_for(config, log=False, profile=profile)
    found = _where(settings)
    if as_json:
        print_json({"key_store": settings.security.key_store, "keys": found})
        return
    typer.echo(f"security.key_store is {settings.security.key_store}.")
    for one in found:
        typer.echo(f"{'there' if one['there'] else 'not there':<10} {one['where']}{_why(one)}")


@app.command()
def move(
    to: Annotated[str, typer.Option("--to", help="keyring or file.")],
    config: Config = None,
    profile: Profile = None,
) -> None:
    """Move the keys into the operating system's keyring, or back into files, with the agent stopped."""
    from agent.page.profile import locked_profile
    from agent.storage.key import DATABASE_FILE, Keys
    from agent.storage.key_change import move_keys

    settings = settings_for(config, log=False, profile=profile)
    place = _place(to)
    keys = Keys(settings.profile_dir, settings.security.key_store)
    with locked_profile(settings.profile_dir):
        moved = move_keys(keys, place)
        if moved and (settings.profile_dir / DATABASE_FILE).is_file():
            from agent.cli.profile_store import audited

            there = settings.model_copy(update={"security": settings.security.model_copy(update={"key_store": place})})
            asyncio.run(audited(there, "key.moved", {"to": place}))
    if not moved:
        typer.echo(f"Nothing to move: no key lies in the other place. The keys belong to {place} already.")
    else:
        typer.echo(f"Moved to the {place} and read back: {', '.join(moved)}.")
    if settings.security.key_store != place:
        typer.echo(f"Now set `security.key_store: {place}` in config.yaml, or Balcão will not find them.")


@app.command()
def change(config: Config = None, profile: Profile = None) -> None:
    """Give the database a new key, with the agent stopped; backups made before can be restored as before."""
    from agent.cli.profile_store import audited
    from agent.page.profile import locked_profile
    from agent.storage.key import keys_of
    from agent.storage.key_change import change_key

    settings = settings_for(config, log=False, profile=profile)
    with locked_profile(settings.profile_dir):
        change_key(keys_of(settings))
        asyncio.run(audited(settings, "key.changed", {}))
    typer.echo("The database has a new key, and every page of it was written anew.")


def _where(settings: "Settings") -> list[dict[str, object]]:
    from agent.storage.key import KEY_FILE, SECRET_FILE, place_of

    found: list[dict[str, object]] = []
    places: tuple[Place, ...] = ("file", "keyring")
    for place in places:
        at = place_of(settings.profile_dir, place)
        for name in (KEY_FILE, SECRET_FILE):
            try:
                there, problem = at.get(name) is not None, None
            except BalcaoError as error:
                there, problem = False, error.what
            found.append({"name": name, "place": place, "there": there, "where": at.where(name), "problem": problem})
    return found


def _why(one: dict[str, object]) -> str:
    return f" ({one['problem']})" if one["problem"] else ""


def _place(to: str) -> "Place":
    if to == "file":
        return "file"
    if to == "keyring":
        return "keyring"
    raise typer.BadParameter("keyring or file", param_hint="--to")
