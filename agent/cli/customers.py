"""The customers whose messages are stored: look at them, merge two, split one. ``privacy`` has the rest."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from agent.cli.options import AsJson, Config, Profile, nothing_changed, print_json, settings_for
from agent.errors import BadInput

if TYPE_CHECKING:
    from agent.contract.people import Merged, Person, Said, Split
    from agent.settings import Settings
    from agent.storage.store import SqlStore

app = typer.Typer(help="The customers whose messages are stored.", no_args_is_help=True)

Who = Annotated[str, typer.Argument(help="Name, phone number, or the customer's number.")]
Yes = Annotated[bool, typer.Option("--yes", help="Do not ask.")]

_NAME = 28
"""Letters of a name in the list; longer ones are cut, since the rest of the line tells them apart."""


@app.command("list")
def list_them(config: Config = None, profile: Profile = None, as_json: AsJson = False) -> None:
    """All customers with their numbers, the last one who wrote first."""
    settings = settings_for(config, log=False, profile=profile)
    found = asyncio.run(_listed(settings))
    if as_json:
        print_json([person.model_dump(mode="json") for person in found])
        return
    if not found:
        typer.echo("No customer is stored yet.")
        return
    typer.echo(f"{'No.':>5}  {'name':<{_NAME}}  {'phone':<16}  chats  messages  since       last seen")
    for person in found:
        seen = f"{person.last_seen:%d/%m/%Y}" if person.last_seen else ""
        typer.echo(
            f"{person.id:>5}  {_cut(person.customer):<{_NAME}}  {person.phone or '':<16}  {person.open_chats:>5}  "
            f"{person.messages:>8}  {person.since:%d/%m/%Y}  {seen}".rstrip()
        )
        for chat in person.chats if len(person.chats) > 1 else ():
            what = "joined to another chat" if chat.joined else f"{chat.messages} messages"
            own = f"merged from {chat.customer_id}: " if chat.customer_id != person.id else "own chat: "
            typer.echo(f"{'':>7}{own}{', '.join(filter(None, (_cut(chat.title), chat.phone, what)))}")


@app.command()
def show(
    who: Who,
    last: Annotated[int, typer.Option(min=1, help="So many messages of each chat.")] = 50,
    config: Config = None,
    profile: Profile = None,
    as_json: AsJson = False,
) -> None:
    """The last messages of a customer, each with the number that `customer split --from` takes."""
    settings = settings_for(config, log=False, profile=profile)
    person, messages = asyncio.run(_said(settings, who, last))
    if as_json:
        print_json([one.model_dump(mode="json") for one in messages])
        return
    for chat in person.chats:
        here = [one for one in messages if one.conversation_id == chat.conversation_id]
        if here:
            typer.echo(", ".join(filter(None, (chat.title, chat.phone, f"{chat.messages} messages"))))
        for one in here:
            clock = " ".join(filter(None, (one.date, one.time)))
            what = " ".join((one.text or f"[{one.kind.value}]").split())
            typer.echo(f"{one.id:>8}  {clock:<16}  {one.direction.value:<7}  {what}")


@app.command()
def merge(
    kept: Annotated[str, typer.Argument(help="The customer who stays: number, name or phone number.", metavar="A")],
    other: Annotated[str, typer.Argument(help="Who is the same person.", metavar="B")],
    same_chat: Annotated[
        bool, typer.Option("--same-chat", help="Their two chats are one chat of WhatsApp that was stored as two.")
    ] = False,
    yes: Yes = False,
    config: Config = None,
    profile: Profile = None,
    as_json: AsJson = False,
) -> None:
    """Say that two customers are one person."""
    settings = settings_for(config, log=False, profile=profile)
    done = asyncio.run(_merge(settings, kept, other, same_chat=same_chat, yes=yes))
    if done is None:
        nothing_changed()
    elif as_json:
        print_json(done.model_dump())
    else:
        chats = f"; {done.moved} messages went into one chat, in order" if same_chat else ", with all their chats"
        typer.echo(f"Customer {done.merged_id} is customer {done.customer_id} from now on{chats}.")
        typer.echo(f"`customer split {done.merged_id}` takes it back.")


@app.command()
def split(
    who: Annotated[str, typer.Argument(help="The customer's number, name or phone number.", metavar="ID")],
    message: Annotated[
        int | None, typer.Option("--from", help="Number of the first message that is another person's.")
    ] = None,
    yes: Yes = False,
    config: Config = None,
    profile: Profile = None,
    as_json: AsJson = False,
) -> None:
    """Say that a chat is two people's, from a message on; without --from, take a merge back."""
    settings = settings_for(config, log=False, profile=profile)
    done = asyncio.run(_split(settings, who, message, yes=yes))
    if done is None:
        nothing_changed()
    elif as_json:
        print_json(done.model_dump())
    else:
        typer.echo(
            f"Customer {done.split_id} is a person of their own now, with {done.moved} messages that were customer "
            f"{done.customer_id}'s; {done.left} stayed there."
        )
        if message is not None:
            typer.echo(f"`customer merge {done.customer_id} {done.split_id} --same-chat` makes one of them again.")


async def _listed(settings: "Settings") -> "list[Person]":
    from agent.cli.profile_store import noted, opened

    async with opened(settings) as store:
        found = await store.people.listed()
        await noted(store, settings, "customer.listed", (person.id for person in found))
        return found


async def _said(settings: "Settings", who: str, last: int) -> "tuple[Person, list[Said]]":
    from agent.cli.profile_store import noted, opened

    async with opened(settings) as store:
        _, person = await one_customer(store, who, settings.profile)
        said = await store.people.said(person.id, last)
        await noted(store, settings, "message.listed", [person.id])
        return person, said


async def _merge(settings: "Settings", kept: str, other: str, *, same_chat: bool, yes: bool) -> "Merged | None":
    from agent.cli.profile_store import noted

    async with opened_alone(settings) as store:
        (kept_id, first), (other_id, second) = [
            await one_customer(store, who, settings.profile) for who in (kept, other)
        ]
        what = "one person, with one chat" if same_chat else "one person"
        if (
            first.id != second.id
            and not yes
            and not typer.confirm(f"Are {told_of(first)} and {told_of(second)} {what}?")
        ):
            return None
        done = await store.people.merge(kept_id, other_id, same_chat=same_chat)
        await noted(store, settings, "customer.merged", [first.id, second.id, kept_id, other_id])
        return done


async def _split(settings: "Settings", who: str, message: int | None, *, yes: bool) -> "Split | None":
    from agent.cli.profile_store import noted

    async with opened_alone(settings) as store:
        customer_id, person = await one_customer(store, who, settings.profile)
        what = f"Take customer {customer_id} out of" if message is None else f"Split from message {message} on"
        if not yes and not typer.confirm(f"{what} {told_of(person)}?"):
            return None
        people = store.people
        done = await (people.part(customer_id) if message is None else people.split(customer_id, message))
        await noted(store, settings, "customer.split", [person.id, customer_id, done.split_id])
        return done


@asynccontextmanager
async def opened_alone(settings: "Settings") -> "AsyncIterator[SqlStore]":
    """The store, with the agent stopped: a running one would go on with conversations as they were."""
    from agent.cli.profile_store import opened
    from agent.page.profile import locked_profile

    async with opened(settings) as store:
        with locked_profile(settings.profile_dir):
            yield store


async def one_customer(store: "SqlStore", who: str, profile: str) -> "tuple[int, Person]":
    """The customer meant: their own number before any merge where it was given, and who that is today."""
    found = await store.people.find(who)
    if not found:
        if await store.people.is_group(who):
            raise BadInput(f"'{who}' is a group, and a group is no customer.", "Name a person; see `customer list`.")
        raise BadInput(
            f"No customer '{who}' is stored in the profile '{profile}'.",
            "Write the name as the chat's title shows it, or the phone number with its area code.",
        )
    if len(found) > 1:
        listed = "; ".join(f"{person.id}: {told_of(person)}" for person in found)
        raise BadInput(f"There are {len(found)} customers '{who}' ({listed}).", "Name one by the number before it.")
    (person,) = found
    numbers = {person.id, *(chat.customer_id for chat in person.chats)}
    own = int(who) if who.strip().isdecimal() and int(who) in numbers else person.id
    return own, person


def _cut(name: str) -> str:
    return name if len(name) <= _NAME else f"{name[: _NAME - 1]}…"


def told_of(person: "Person") -> str:
    """Who it is, in a question."""
    seen = f", last seen {person.last_seen:%d/%m/%Y}" if person.last_seen else ""
    phone = f", {person.phone}" if person.phone else ""
    chats = f" in {person.open_chats} chats" if person.open_chats > 1 else ""
    return f"{person.customer}{phone}, {person.messages} messages{chats}{seen}"
