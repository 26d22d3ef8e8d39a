"""Keys by which other systems may ask this profile's API."""

import asyncio
from typing import TYPE_CHECKING, Annotated

import typer

from agent.cli.options import AsJson, Config, Profile, print_json, settings_for
from agent.contract.access import Scope
from agent.errors import BadInput

if TYPE_CHECKING:
    from agent.contract.signing_in import ApiKeyInfo
    from agent.settings import Settings

app = typer.Typer(help="Keys for other systems that ask the API.", no_args_is_help=True)

_NAME = 24


@app.command()
def add(
    name: Annotated[str, typer.Argument(help="Which system it is for.")],
    scopes: Annotated[list[Scope], typer.Option("--scope", help="What it may do; can be given several times.")],
    days: Annotated[int, typer.Option(min=1, max=3650, help="It is good for so many days.")] = 365,
    config: Config = None,
    profile: Profile = None,
    as_json: AsJson = False,
) -> None:
    """Make a key; it is shown once."""
    settings = settings_for(config, log=False, profile=profile)
    key, info = asyncio.run(_add(settings, name, frozenset(scopes), days))
    if as_json:
        print_json({"key": key, "info": info.model_dump(mode="json")})
        return
    typer.echo(f"Key {info.id}, for {info.name}: {', '.join(info.scopes)}")
    typer.echo(f"Shown this once: {key}")


@app.command("list")
def list_them(config: Config = None, profile: Profile = None, as_json: AsJson = False) -> None:
    """All keys, the newest first, without what they consist of."""
    settings = settings_for(config, log=False, profile=profile)
    keys = asyncio.run(_listed(settings))
    if as_json:
        print_json([key.model_dump(mode="json") for key in keys])
        return
    if not keys:
        typer.echo("There is no key: `apikey add NAME --scope messages:read` makes one.")
        return
    typer.echo(f"{'No.':>4}  {'name':<{_NAME}}  {'begins with':<11}  {'last used':<16}  {'state':<18}  may")
    for key in keys:
        name = key.name if len(key.name) <= _NAME else f"{key.name[: _NAME - 1]}…"
        used = f"{key.used_at.astimezone():%d/%m/%Y %H:%M}" if key.used_at else ""
        typer.echo(
            f"{key.id:>4}  {name:<{_NAME}}  {key.hint:<11}  {used:<16}  {_state(key):<18}  {', '.join(key.scopes)}"
        )


@app.command()
def revoke(
    number: Annotated[int, typer.Argument(help="The key's number.", min=1)],
    config: Config = None,
    profile: Profile = None,
) -> None:
    """A key is good no more, at once."""
    settings = settings_for(config, log=False, profile=profile)
    asyncio.run(_revoke(settings, number))
    typer.echo(f"Key {number} is good no more.")


def _state(key: "ApiKeyInfo") -> str:
    if key.revoked_at is not None:
        return f"revoked {key.revoked_at.astimezone():%d/%m/%Y}"
    return f"until {key.expires_at.astimezone():%d/%m/%Y}" if key.expires_at else ""


async def _add(settings: "Settings", name: str, scopes: frozenset[Scope], days: int) -> "tuple[str, ApiKeyInfo]":
    from pydantic import ValidationError

    from agent.api.tokens import HINT_LENGTH, digest_of, make_key
    from agent.cli.profile_store import audited, opened
    from agent.contract.signing_in import NewKey

    try:
        wish = NewKey(name=name, scopes=tuple(scopes), days=days)
    except ValidationError as error:
        raise BadInput("This cannot be the name of a key.", "Take 1 to 100 characters, without line ends.") from error
    key = make_key()
    async with opened(settings) as store:
        info = await store.api_keys.add(
            wish.name, frozenset(wish.scopes), "command", hint=key[:HINT_LENGTH], digest=digest_of(key), days=wish.days
        )
    await audited(settings, "key.made", {"key_id": info.id, "scopes": [scope.value for scope in info.scopes]})
    return key, info


async def _listed(settings: "Settings") -> "list[ApiKeyInfo]":
    from agent.cli.profile_store import opened

    async with opened(settings) as store:
        return await store.api_keys.listed()


async def _revoke(settings: "Settings", number: int) -> None:
    from agent.cli.profile_store import audited, opened

    async with opened(settings) as store:
        if not await store.api_keys.revoke(number):
            raise BadInput(f"There is no key {number} that is good.", "`apikey list` shows them all.")
    await audited(settings, "key.revoked", {"key_id": number})
