"""The customers whose messages are stored: erase one."""

import asyncio
from typing import TYPE_CHECKING, Annotated

import typer

from agent.cli.options import AsJson, Config, Profile, print_json, settings_for
from agent.errors import BadInput

if TYPE_CHECKING:
    from agent.contract.learning import Erased, Person
    from agent.settings import Settings

app = typer.Typer(help="The customers whose messages are stored.", no_args_is_help=True)


@app.callback()
def customers() -> None:
    """Keep ``erase`` a command of its own, though it is the only one."""


@app.command()
def erase(
    who: Annotated[str, typer.Argument(help="Name, phone number, or the customer's number.")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    config: Config = None,
    profile: Profile = None,
    as_json: AsJson = False,
) -> None:
    """Remove everything of one customer, and what was learned from them."""
    settings = settings_for(config, log=False, profile=profile)
    erased = asyncio.run(_erase(settings, who, yes=yes))
    if erased is None:
        typer.echo("Nothing was removed.")
        raise typer.Exit(1)
    if as_json:
        print_json(erased.model_dump())
        return
    typer.echo(
        f"Removed: {erased.messages} messages, {erased.analyses} analyses, {erased.cards} cards with "
        f"{erased.suggestions} suggestions, {erased.corrections} corrections, {erased.proposals} proposed or learned "
        f"replies, {erased.events} lines of the event log. What was learned from them is computed anew without them."
    )
    typer.echo("The chat itself is still in WhatsApp: what is there is read again when the chat is opened.")


async def _erase(settings: "Settings", who: str, *, yes: bool) -> "Erased | None":
    from agent.analysis.reading.own_intents import Versions
    from agent.cli.profile_store import opened
    from agent.page.profile import locked_profile

    async with opened(settings) as store:
        found = await store.people.find(who)
        if not found:
            raise BadInput(
                f"No customer '{who}' is stored in the profile '{settings.profile}'.",
                "Write the name as the chat's title shows it, or the phone number with its area code.",
            )
        if len(found) > 1:
            listed = "; ".join(f"{person.id}: {_told(person)}" for person in found)
            raise BadInput(f"There are {len(found)} customers '{who}' ({listed}).", "Name one by the number before it.")
        if not yes and not typer.confirm(f"Remove {_told(found[0])} for good?"):
            return None
        # A running agent would go on with cards of conversations that are not there any more.
        with locked_profile(settings.profile_dir):
            if found[0].corrections:
                # Fitted from their messages too. First, so that nothing of it is left if the rest is cut short.
                Versions(settings.profile_dir / "intents").forget()
            return await store.people.erase(found[0].id)


def _told(person: "Person") -> str:
    seen = f", last seen {person.last_seen:%d/%m/%Y}" if person.last_seen else ""
    phone = f", {person.phone}" if person.phone else ""
    return f"{person.customer}{phone}, {person.messages} messages{seen}"
