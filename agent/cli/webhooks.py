"""Other systems that are told of events: add an address, see what is on its way."""

import asyncio
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from agent.cli.options import AsJson, Config, Profile, print_json, settings_for
from agent.errors import BadInput

if TYPE_CHECKING:
    from agent.contract.webhooks import Delivery, Webhook
    from agent.settings import Settings

app = typer.Typer(help="Other systems that are told of events (webhooks).", no_args_is_help=True)

Number = Annotated[int, typer.Argument(help="The webhook's number, as `webhook list` shows it.", min=1)]


@app.command()
def add(
    url: Annotated[str, typer.Argument(help="Where events are sent to, for example https://erp.example/balcao.")],
    kind: Annotated[
        list[str] | None, typer.Option("--kind", help="Only events of this kind (message.captured, message.*); repeat.")
    ] = None,
    config: Config = None,
    profile: Profile = None,
    as_json: AsJson = False,
) -> None:
    """Tell an address of every event from now on. Prints the secret that deliveries are signed with, this once."""
    settings = settings_for(config, log=False, profile=profile)
    made, secret = asyncio.run(_add(settings, url, tuple(kind or ())))
    if as_json:
        print_json({**made.model_dump(mode="json"), "secret": secret})
        return
    typer.echo(f"Webhook {made.id} is told of {', '.join(made.kinds) or 'all events'} from now on.")
    typer.echo(f"Its secret, which is not shown again: {secret}")


@app.command("list")
def list_them(config: Config = None, profile: Profile = None, as_json: AsJson = False) -> None:
    """All addresses, with what waits for them and what was given up."""
    settings = settings_for(config, log=False, profile=profile)
    found = asyncio.run(_listed(settings))
    if as_json:
        print_json([one.model_dump(mode="json") for one in found])
        return
    if not found:
        typer.echo("No webhook yet; `webhook add` makes one.")
        return
    now = datetime.now(UTC)
    typer.echo(f"{'No.':>4}  {'waiting':>7}  {'dead':>5}  {'state':<5}  kinds and address")
    for one in found:
        held = one.held_until is not None and one.held_until > now
        state = "off" if one.disabled_at else "held" if held else "on"
        kinds = ", ".join(one.kinds) or "all"
        typer.echo(f"{one.id:>4}  {one.waiting:>7}  {one.dead:>5}  {state:<5}  {kinds}: {one.url}")


@app.command()
def remove(number: Number, config: Config = None, profile: Profile = None) -> None:
    """Remove an address; what waits for it is dropped."""
    settings = settings_for(config, log=False, profile=profile)
    if not asyncio.run(_remove(settings, number)):
        raise _unknown(number)
    typer.echo(f"Webhook {number} is removed.")


@app.command()
def deliveries(
    number: Number,
    state: Annotated[
        str | None, typer.Option("--state", help="Only those that are waiting, delivered, dead or dropped.")
    ] = None,
    last: Annotated[int, typer.Option(min=1, max=1000, help="So many.")] = 50,
    config: Config = None,
    profile: Profile = None,
    as_json: AsJson = False,
) -> None:
    """What was sent to an address, waits, or was given up; the newest first."""
    settings = settings_for(config, log=False, profile=profile)
    found = asyncio.run(_deliveries(settings, number, state, last))
    if as_json:
        print_json([one.model_dump(mode="json") for one in found])
        return
    typer.echo(f"{'No.':>7}  {'event':>8}  {'state':<9}  {'tries':>5}  {'answer':>6}  {'since':<16}  why")
    for one in found:
        answer, why = one.last_status or "", one.last_error or ""
        typer.echo(
            f"{one.id:>7}  {one.event_number:>8}  {one.state.value:<9}  {one.attempts:>5}  {answer:>6}  "
            f"{one.updated_at:%d/%m/%Y %H:%M}  {why}".rstrip()
        )


@app.command()
def retry(
    delivery: Annotated[int, typer.Argument(help="The delivery's number, as `webhook deliveries` shows it.", min=1)],
    config: Config = None,
    profile: Profile = None,
) -> None:
    """Start a delivery anew that was given up, or one that waits for its next attempt."""
    settings = settings_for(config, log=False, profile=profile)
    started = asyncio.run(_retry(settings, delivery))
    if started is None:
        raise BadInput(f"There is no delivery {delivery}.", "`webhook deliveries` lists them.")
    if not started:
        raise BadInput(f"Delivery {delivery} is done: there is nothing left to send.", "Name one that is dead.")
    typer.echo(f"Delivery {delivery} is on its way again.")


async def _add(settings: "Settings", url: str, kinds: tuple[str, ...]) -> "tuple[Webhook, str]":
    from pydantic import ValidationError

    from agent.cli.profile_store import opened
    from agent.contract.webhooks import NewWebhook
    from agent.net.addresses import Unreachable, check_url
    from agent.net.signing import new_secret

    try:
        wanted = NewWebhook(url=url, kinds=kinds)
        check_url(wanted.url, private=settings.webhooks.private_addresses)
    except ValidationError as error:
        wrong = ", ".join(sorted({str(one["loc"][0]) for one in error.errors()}))
        raise BadInput(f"This cannot be used: {wrong}.", "See docs/webhooks.md for addresses and kinds.") from error
    except Unreachable as error:
        raise BadInput(
            f"This address may not be told of events ({error.reason}).",
            "Name an https address outside; addresses inside need webhooks.private_addresses in config.yaml.",
        ) from error
    secret = new_secret()
    async with opened(settings) as store:
        made = await store.webhooks.add(wanted.url, secret, wanted.kinds)
    if made is None:
        raise BadInput("There are as many webhooks as there may be.", "Remove one first.")
    return made, secret


async def _listed(settings: "Settings") -> "list[Webhook]":
    from agent.cli.profile_store import opened

    async with opened(settings) as store:
        return await store.webhooks.all()


async def _remove(settings: "Settings", number: int) -> bool:
    from agent.cli.profile_store import opened

    async with opened(settings) as store:
        return await store.webhooks.remove(number)


async def _deliveries(settings: "Settings", number: int, state: str | None, last: int) -> "list[Delivery]":
    from agent.cli.profile_store import opened
    from agent.contract.webhooks import DeliveryState

    if state is not None and state not in set(DeliveryState):
        raise BadInput(f"There is no state '{state}'.", f"Name one of {', '.join(DeliveryState)}.")
    async with opened(settings) as store:
        if await store.webhooks.get(number) is None:
            raise _unknown(number)
        return await store.webhooks.deliveries(number, DeliveryState(state) if state else None, None, last)


async def _retry(settings: "Settings", delivery: int) -> bool | None:
    from agent.cli.profile_store import opened

    async with opened(settings) as store:
        return await store.webhooks.retry(delivery)


def _unknown(number: int) -> BadInput:
    return BadInput(f"There is no webhook {number}.", "`webhook list` shows them.")
