"""Who may sign in to this profile's API and dashboard. There is nobody until the first one is added here."""

import asyncio
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from agent.cli.options import AsJson, Config, Profile, print_json, settings_for
from agent.contract.access import Role
from agent.errors import BadInput

if TYPE_CHECKING:
    from agent.contract.access import UserAccount
    from agent.settings import Settings
    from agent.storage.store import SqlStore

app = typer.Typer(help="Who may sign in.", no_args_is_help=True)

Name = Annotated[str, typer.Argument(help="What they sign in with.", metavar="NAME")]
Generate = Annotated[
    bool, typer.Option("--generate", help="Make a password, show it once; it has to be changed at the first sign-in.")
]

_NAME = 28


@app.command()
def add(
    name: Name,
    role: Annotated[Role, typer.Option("--role", help="What they may do.")] = Role.ATTENDANT,
    generate: Generate = False,
    config: Config = None,
    profile: Profile = None,
) -> None:
    """Add a user; asks for the password twice."""
    settings = settings_for(config, log=False, profile=profile)
    name = _checked(name)
    password = _wanted(name, generate=generate)
    user = asyncio.run(_add(settings, name, role, password, once=generate))
    typer.echo(f"{user.name} may sign in, as {user.role.value}.")
    if generate:
        _show(password)
    if settings.security.second_factor and role.covers(Role.SUPERVISOR):
        typer.echo("The window leads through the authenticator app at the first sign-in: have a phone at hand.")


@app.command("list")
def list_them(config: Config = None, profile: Profile = None, as_json: AsJson = False) -> None:
    """All users: role, second factor, last sign-in, locks."""
    settings = settings_for(config, log=False, profile=profile)
    users = asyncio.run(_listed(settings))
    if as_json:
        print_json([user.model_dump(mode="json") for user in users])
        return
    if not users:
        typer.echo("Nobody may sign in yet: `user add NAME --role admin` adds the first one.")
        return
    typer.echo(f"{'No.':>4}  {'name':<{_NAME}}  {'role':<10}  second factor  last sign-in      state")
    for user in users:
        seen = f"{user.last_login_at.astimezone():%d/%m/%Y %H:%M}" if user.last_login_at else ""
        factor = "yes" if user.second_factor else "no"
        name = user.name if len(user.name) <= _NAME else f"{user.name[: _NAME - 1]}…"
        typer.echo(
            f"{user.id:>4}  {name:<{_NAME}}  {user.role.value:<10}  {factor:<13}  {seen:<16}  {_state(user)}".rstrip()
        )


@app.command()
def disable(name: Name, config: Config = None, profile: Profile = None) -> None:
    """Let somebody in no more; where they are signed in, it ends at once."""
    settings = settings_for(config, log=False, profile=profile)
    asyncio.run(_set_disabled(settings, _checked(name), disabled=True))
    typer.echo(f"{name} may not sign in any more.")


@app.command()
def enable(name: Name, config: Config = None, profile: Profile = None) -> None:
    """Let somebody in again; takes a lock away too."""
    settings = settings_for(config, log=False, profile=profile)
    asyncio.run(_set_disabled(settings, _checked(name), disabled=False))
    typer.echo(f"{name} may sign in.")


@app.command()
def password(name: Name, generate: Generate = False, config: Config = None, profile: Profile = None) -> None:
    """Give somebody another password; every sign-in of theirs ends, and so does a lock."""
    settings = settings_for(config, log=False, profile=profile)
    name = _checked(name)
    chosen = _wanted(name, generate=generate)
    asyncio.run(_set_password(settings, name, chosen, once=generate))
    typer.echo(f"{name} has another password.")
    if generate:
        _show(chosen)


@app.command("reset-2fa")
def reset_second_factor(name: Name, config: Config = None, profile: Profile = None) -> None:
    """Forget somebody's authenticator app, for who has lost it; every sign-in of theirs ends."""
    settings = settings_for(config, log=False, profile=profile)
    asyncio.run(_reset(settings, _checked(name)))
    typer.echo(f"{name} has no authenticator app any more, and can set up another one.")


def _checked(name: str) -> str:
    from pydantic import TypeAdapter, ValidationError

    from agent.contract.access import SignInName

    try:
        return TypeAdapter[str](SignInName).validate_python(name)
    except ValidationError as error:
        raise BadInput(
            "This cannot be a name to sign in with.", "Take letters, digits, spaces and . _ @ + - (at most 100)."
        ) from error


def _wanted(name: str, *, generate: bool) -> str:
    from agent.api.password_rules import check_password
    from agent.api.passwords import make_password

    if generate:
        return make_password()
    chosen: str = typer.prompt("Password", hide_input=True, confirmation_prompt="The same again")
    check_password(chosen, name)
    return chosen


def _show(password: str) -> None:
    from agent.api.passwords import ONCE_LASTS

    typer.echo(f"Password, shown this once and good for {ONCE_LASTS.days} days: {password}")


def _state(user: "UserAccount") -> str:
    if user.disabled_at is not None:
        return "disabled"
    if user.locked_until is not None:
        return f"locked until {user.locked_until.astimezone():%d/%m/%Y %H:%M}"
    return "has to choose a password" if user.password_once else ""


async def _add(settings: "Settings", name: str, role: Role, password: str, *, once: bool) -> "UserAccount":
    from agent.api.passwords import Passwords
    from agent.cli.profile_store import audited, opened

    async with opened(settings) as store:
        hashed = await Passwords().hash(password)
        try:
            user = await store.accounts.add(name, role, hashed, once_until=_until(once=once))
        except ValueError as error:
            raise BadInput(f"There is a user '{name}' already.", "`user list` shows them all.") from error
    await audited(settings, "user.added", {"user_id": user.id, "role": role.value})
    return user


async def _listed(settings: "Settings") -> "list[UserAccount]":
    from agent.cli.profile_store import opened

    async with opened(settings) as store:
        users = await store.accounts.listed()
        marks = {user.id: _mark(settings, user.name) for user in users}
        locks = await store.accounts.locks(list(marks.values()))
    return [user.model_copy(update={"locked_until": locks.get(marks[user.id])}) for user in users]


async def _set_disabled(settings: "Settings", name: str, *, disabled: bool) -> None:
    from agent.cli.profile_store import audited, opened

    async with opened(settings) as store:
        user_id = await _id(store, name)
        try:
            await store.accounts.change(user_id, disabled=disabled)
        except ValueError as error:
            raise BadInput(f"{name} is the last administrator.", "Make another one first.") from error
        if not disabled:
            await store.accounts.unlock(_mark(settings, name))
    await audited(settings, "user.changed", {"user_id": user_id, "disabled": disabled})


async def _set_password(settings: "Settings", name: str, password: str, *, once: bool) -> None:
    from agent.api.passwords import Passwords
    from agent.cli.profile_store import audited, opened

    async with opened(settings) as store:
        user_id = await _id(store, name)
        await store.accounts.set_password(user_id, await Passwords().hash(password), once_until=_until(once=once))
        await store.accounts.unlock(_mark(settings, name))
    await audited(settings, "user.reset", {"user_id": user_id})


async def _reset(settings: "Settings", name: str) -> None:
    from agent.cli.profile_store import audited, opened

    async with opened(settings) as store:
        user_id = await _id(store, name)
        await store.accounts.remove_second_factor(user_id)
    await audited(settings, "user.second_factor_removed", {"user_id": user_id})


async def _id(store: "SqlStore", name: str) -> int:
    found = await store.accounts.credential(name=name)
    if found is None:
        raise BadInput(f"There is no user '{name}'.", "`user list` shows them all.")
    return found.user_id


def _until(*, once: bool) -> datetime | None:
    from agent.api.passwords import ONCE_LASTS

    return datetime.now(UTC) + ONCE_LASTS if once else None


def _mark(settings: "Settings", name: str) -> str:
    from agent.storage.key import keys_of
    from agent.storage.repositories.attempts import mark_of

    return mark_of(keys_of(settings).derived().key("names"), name)
