"""The triage list: who waits, since when, and how they feel, without opening a chat."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import typer

from agent.cli.options import AsJson, Config, Profile, print_json, settings_for

if TYPE_CHECKING:
    from agent.contract.triage import ListedChat
    from agent.settings import Settings

app = typer.Typer()

_MOODS = {"positive": "content", "neutral": "calm", "negative": "upset"}


@app.command()
def waiting(config: Config = None, profile: Profile = None, as_json: AsJson = False) -> None:
    """Who waits for an answer, the most pressing first: from the chat list as it was last seen; no chat is opened."""
    settings = settings_for(config, log=False, profile=profile)
    chats = asyncio.run(_listed(settings))
    if as_json:
        print_json([chat.model_dump(mode="json") for chat in chats])
    elif not chats:
        typer.echo("Nobody waits, as far as the chat list was seen.")
    else:
        _show(chats, datetime.now(UTC))


async def _listed(settings: "Settings") -> "list[ListedChat]":
    from agent.cli.profile_store import noted, opened
    from agent.core.hours import attendance_of
    from agent.core.pressing import in_order

    async with opened(settings) as store:
        listed = await store.listed(settings.profile)
        await noted(store, settings, "waiting.listed")
    return [one.chat for one in in_order(listed, datetime.now(UTC), attendance_of(settings), zone=None)]


def _show(chats: "list[ListedChat]", now: datetime) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, expand=True)
    for name, share in {"waits": None, "chat": 2, "unread": None, "mood": None, "wants": None, "last words": 3}.items():
        table.add_column(name, ratio=share, no_wrap=True, overflow="ellipsis")
    for chat in chats:
        seen, mood = chat.preview, chat.mood
        table.add_row(
            _ago(now - chat.waits_since) if chat.waits_since else seen.last_time or "?",
            Text(seen.title),
            "marked" if seen.unread is None else str(seen.unread or ""),
            _MOODS[mood.sentiment.value] if mood else "",
            mood.intent.replace("_", " ") if mood else "",
            Text((seen.last_text or "").replace("\n", " ")),
        )
    Console().print(table)
    plural = "" if len(chats) == 1 else "s"
    typer.echo(f"{len(chats)} chat{plural}, as the list was last seen; rows that were never scrolled to are not known.")


def _ago(waited: timedelta) -> str:
    minutes = max(0, int(waited.total_seconds() // 60))
    if minutes < 60:
        return f"{minutes} min"
    return f"{minutes // 60} h {minutes % 60:02d}" if minutes < 24 * 60 else f"{minutes // 1440} d"
