"""Finds what was said, and who said it."""

import asyncio
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from agent.cli.options import AsJson, Config, Profile, print_json, settings_for
from agent.contract.analysis import Sentiment
from agent.contract.rows import Direction
from agent.contract.search import MessageSearch, Order
from agent.errors import BadInput

if TYPE_CHECKING:
    from rich.text import Text

    from agent.contract.search import FoundCustomer, FoundMessage, FoundPage
    from agent.settings import Settings

app = typer.Typer()

_BEFORE = 16
"""Letters of a passage that stand before the first word found, at most."""

_CUSTOMERS = 5
_LONGEST = 400


@app.command()
def search(
    words: Annotated[str, typer.Argument(help="Words, or their beginnings; accents and case make no difference.")],
    first: Annotated[str | None, typer.Option("--from", help="First day: 2026-11-30 or 30/11/2026.")] = None,
    last: Annotated[str | None, typer.Option("--to", help="Last day.")] = None,
    chat: Annotated[str | None, typer.Option(help="Only chats with this in their title, or of this number.")] = None,
    sentiment: Annotated[Sentiment | None, typer.Option(help="Only messages of this mood.")] = None,
    intent: Annotated[str | None, typer.Option(help="Only messages that want this, such as order_status.")] = None,
    direction: Annotated[Direction | None, typer.Option(help="in: the customers'; out: ours.")] = None,
    best: Annotated[bool, typer.Option("--best", help="What fits best first; else the newest.")] = False,
    limit: Annotated[int, typer.Option(min=1, max=500, help="So many messages.")] = 20,
    cursor: Annotated[str | None, typer.Option(help="The next page: what the end of this one says.")] = None,
    config: Config = None,
    profile: Profile = None,
    as_json: AsJson = False,
) -> None:
    """Messages with all these words, and customers of this name or number."""
    if max(len(words), len(chat or "")) > _LONGEST:
        raise BadInput(f"Nobody needs more than {_LONGEST} letters to find something.", "Leave some words out.")
    since, until = _day(first), _day(last)
    if since is not None and until is not None and until < since:
        raise BadInput(f"--to {last} is before --from {first}.", "Change them round.")
    query = MessageSearch(
        words=words,
        since=_midnight(since),
        before=None if until is None else _midnight(until + timedelta(days=1)),
        in_chat=chat,
        sentiment=sentiment,
        intent=intent,
        direction=direction,
        order=Order.BEST if best else Order.NEWEST,
        limit=limit,
        cursor=cursor,
    )
    settings = settings_for(config, log=False, profile=profile)
    page, customers = asyncio.run(_found(settings, query))
    if as_json:
        print_json({**page.model_dump(mode="json"), "customers": [one.model_dump(mode="json") for one in customers]})
        return
    _tell_customers(customers)
    if page.messages:
        _show(page.messages)
    elif cursor is None:
        narrowed = since or until or chat or sentiment or intent or direction
        hint = "Leave a filter out, or write fewer letters." if narrowed else "Write fewer words, or fewer letters."
        typer.echo(f"No stored message has {'these words' if len(words.split()) > 1 else 'this word'}. {hint}")
    if page.cursor is not None:
        typer.echo(f"There are more: the same with --cursor {page.cursor}")


async def _found(settings: "Settings", query: MessageSearch) -> "tuple[FoundPage, list[FoundCustomer]]":
    from agent.cli.profile_store import noted, opened

    async with opened(settings) as store:
        customers = [] if query.cursor else await store.search.customers(query.words, _CUSTOMERS)
        page = await store.search.messages(query)
        theirs = await store.desk.customers_of({one.conversation_id for one in page.messages})
        seen = theirs.union(one.customer_id for one in customers)
        await noted(store, settings, "message.searched", seen, {"found": len(page.messages)})
        return page, customers


def _day(written: str | None) -> date | None:
    if written is None:
        return None
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.strptime(written.strip(), form).date()  # noqa: DTZ007 (a day has no zone)
        except ValueError:
            continue
    raise BadInput(f"'{written}' is no day.", "Write it as 2026-11-30 or 30/11/2026.")


def _midnight(day: date | None) -> datetime | None:
    """Where a day begins, by this computer's clock."""
    try:
        return None if day is None else datetime(day.year, day.month, day.day).astimezone()
    except (OverflowError, ValueError, OSError) as error:
        raise BadInput(f"{day} is too far away.", "Name a day of this century.") from error


def _tell_customers(customers: "list[FoundCustomer]") -> None:
    for one in customers:
        told = ", ".join(filter(None, (_short(one.customer, 40), one.phone)))
        typer.echo(f"Customer {one.customer_id}: {told}")


def _show(messages: "tuple[FoundMessage, ...]") -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console()
    table = Table(box=None, pad_edge=False, expand=True)
    shares = {"when": None, "chat": 1, "": None, "message": 4}
    for name, share in shares.items():
        table.add_column(name, ratio=share, no_wrap=True, overflow="ellipsis")
    for one in messages:
        when = (one.sent_at or one.first_seen).astimezone()
        seen = "" if one.sent_at else "seen "
        arrow = {Direction.IN: "in", Direction.OUT: "out"}.get(one.direction, "?")
        table.add_row(
            f"{seen}{when:%d/%m/%Y %H:%M}", Text(one.chat_title), arrow, _passage(one, marked=not console.is_terminal)
        )
    console.print(table)


def _passage(message: "FoundMessage", *, marked: bool) -> "Text":
    """On one line, from a little before the first word found; the words in bold, or in «» where that is lost."""
    from rich.text import Text

    begin = _begin(message.text, message.marks[0][0] if message.marks else 0)
    passage = Text("…" if begin else "")
    if message.kind.value == "deleted":
        passage.append("[deleted] ")
    at = begin
    for first, end in message.marks:
        passage.append(_one_line(message.text[at:first]))
        word = message.text[first:end]
        passage.append(f"«{word}»" if marked else word, style="bold")
        at = end
    passage.append(_one_line(message.text[at:]))
    return passage


def _begin(text: str, first: int) -> int:
    if first <= _BEFORE:
        return 0
    space = text.find(" ", first - _BEFORE, first)
    return first - _BEFORE if space < 0 else space + 1


def _one_line(text: str) -> str:
    return "".join(" " if char.isspace() else char for char in text)


def _short(name: str, most: int) -> str:
    return name if len(name) <= most else f"{name[: most - 1]}…"
