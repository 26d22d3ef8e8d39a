"""What the LGPD asks for: give a person their data, erase them, make them anonymous, and keep nobody too long."""

import asyncio
import os
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from agent.cli.customers import Who, Yes, app, one_customer, opened_alone, told_of
from agent.cli.options import AsJson, Config, Profile, nothing_changed, print_json, settings_for

if TYPE_CHECKING:
    from agent.contract.privacy import Expired, SignedReport
    from agent.settings import Settings
    from agent.storage.forgetting import Forgetting
    from agent.storage.store import SqlStore


@app.command()
def export(
    who: Who,
    out: Annotated[
        Path | None, typer.Option("--out", help="Folder for the files; the profile's exports/ by default.")
    ] = None,
    mask: Annotated[
        bool | None, typer.Option("--mask/--no-mask", help="Mask numbers of documents and the like; as set by default.")
    ] = None,
    config: Config = None,
    profile: Profile = None,
    as_json: AsJson = False,
) -> None:
    """Write everything that is stored about a customer: JSON, a readable page, and a table of the messages."""
    settings = settings_for(config, log=False, profile=profile)
    masked = settings.privacy.mask_exports if mask is None else mask
    files = asyncio.run(_export(settings, who, out, mask=masked))
    if as_json:
        print_json([str(file) for file in files])
        return
    for file in files:
        typer.echo(file)
    typer.echo("These files hold a person's data in plain text: hand them over, then delete them.")


@app.command()
def erase(who: Who, yes: Yes = False, config: Config = None, profile: Profile = None, as_json: AsJson = False) -> None:
    """Remove everything of one customer, and what was learned from them; a signed report says what was done."""
    settings = settings_for(config, log=False, profile=profile)
    done = asyncio.run(_take_out(settings, who, yes=yes, anonymise=False))
    if done is None:
        typer.echo("Nothing was removed.")
        raise typer.Exit(1)
    if as_json:
        print_json(done.model_dump(mode="json"))
        return
    gone = done.report.tables
    typer.echo(
        f"Removed: {gone.get('messages', 0)} messages, {gone.get('ai_analysis', 0)} analyses, {gone.get('offers', 0)} "
        f"cards with {gone.get('suggestions', 0)} suggestions, {gone.get('corrections', 0)} corrections, "
        f"{gone.get('proposals', 0)} proposed or learned replies, {gone.get('events', 0)} lines of the event log. What "
        "was learned from them is computed anew without them."
    )
    _tell(done)


@app.command()
def anonymise(
    who: Who, yes: Yes = False, config: Config = None, profile: Profile = None, as_json: AsJson = False
) -> None:
    """Keep a customer's counts, times, intents and moods; names, numbers and texts go for good."""
    settings = settings_for(config, log=False, profile=profile)
    done = asyncio.run(_take_out(settings, who, yes=yes, anonymise=True))
    if done is None:
        nothing_changed()
    if as_json:
        print_json(done.model_dump(mode="json"))
        return
    typer.echo(f"Made anonymous: {done.report.tables.get('messages', 0)} messages. Nobody can undo it.")
    _tell(done)


@app.command()
def erasures(
    phone: Annotated[str | None, typer.Option("--phone", help="Only of the person with this number.")] = None,
    config: Config = None,
    profile: Profile = None,
    as_json: AsJson = False,
) -> None:
    """The signed reports of what was erased and made anonymous, and the key to verify them."""
    settings = settings_for(config, log=False, profile=profile)
    from agent.storage.key import keys_of
    from agent.storage.reports import Reports

    reports = Reports(settings.profile_dir, keys_of(settings).derived())
    found = reports.all(phone)
    if as_json:
        print_json([one.model_dump(mode="json") for one in found])
        return
    for one in found:
        report = one.report
        fits = "" if reports.is_ours(one) else "  NOT AS IT WAS SIGNED"
        lines = report.tables.get("messages", 0)
        typer.echo(f"{report.id}  {report.kind.value:<10}  {report.reason.value:<9}  {report.actor:<10}  {lines}{fits}")
    typer.echo(f"{len(found)} reports. Public key (Ed25519): {reports.key.public_key}")


@app.command()
def retention(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say who would be erased.")] = False,
    yes: Yes = False,
    config: Config = None,
    profile: Profile = None,
    as_json: AsJson = False,
) -> None:
    """Erase the customers whose data are kept no longer, as privacy.keep_days and keep_days_by_tag say."""
    settings = settings_for(config, log=False, profile=profile)
    if dry_run:
        due = asyncio.run(_due(settings))
        if as_json:
            print_json([one.model_dump(mode="json") for one in due])
            return
        for one in due:
            typer.echo(f"{one.customer_id:>5}  last message {one.last_at:%d/%m/%Y}  kept {one.days} days")
        typer.echo(f"{len(due)} customers would be erased.")
        return
    reports = asyncio.run(_keep_no_longer(settings, yes=yes))
    if as_json:
        print_json([one.model_dump(mode="json") for one in reports])
        return
    typer.echo(f"{len(reports)} customers were erased.")


def _tell(done: "SignedReport") -> None:
    report = done.report
    typer.echo(f"Signed report: {report.id} (`customer erasures` lists them).")
    if report.mentions_left:
        typer.echo(f"{report.mentions_left} messages of other people still hold the number: they are theirs too.")
    if report.backups:
        typer.echo(f"{len(report.backups)} backups still hold the person; restoring one erases them again.")
    if report.recordings:
        names = ", ".join(report.recordings)
        typer.echo(
            "These recordings could not be read or removed, or are still being made, and may hold the person; remove "
            f"them yourself: {names}."
        )
    typer.echo("The chat itself is still in WhatsApp; delete it there. New messages are stored as a new customer's.")


async def _export(settings: "Settings", who: str, out: Path | None, *, mask: bool) -> list[Path]:
    from agent.cli.profile_store import opened
    from agent.storage.leftovers import EXPORTS
    from agent.storage.rendering import as_csv, as_html, as_json

    async with opened(settings) as store:
        _, person = await one_customer(store, who, settings.profile)
        forgetting = _forgetting(settings, store)
        found = await forgetting.export(person.id, mask=mask)
        name = f"customer-{person.id}-{datetime.now().astimezone():%Y%m%d-%H%M%S}"
        folder = (settings.profile_dir / EXPORTS if out is None else out) / name
        folder.mkdir(parents=True, mode=0o700)
        files = [folder / "dados.json", folder / "dados.html", folder / "mensagens.csv"]
        for file, content in zip(files, (as_json(found), as_html(found), as_csv(found)), strict=True):
            with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as written:
                written.write(content)
        ids = [line.customer_id for line in found.lines]
        await forgetting.audited("command", "customer.exported", ids, {"masked": mask})
        return files


async def _take_out(settings: "Settings", who: str, *, yes: bool, anonymise: bool) -> "SignedReport | None":
    async with opened_alone(settings) as store:
        _, person = await one_customer(store, who, settings.profile)
        question = f"Make {told_of(person)} anonymous for good?" if anonymise else f"Remove {told_of(person)} for good?"
        if not yes and not typer.confirm(question):
            return None
        forgetting = _forgetting(settings, store)
        do = forgetting.anonymise if anonymise else forgetting.erase
        done = await do(person.id, "command")
        ids = sorted({person.id, *(chat.customer_id for chat in person.chats)})
        await forgetting.audited("command", f"customer.{done.report.kind.value}", ids, {"report": done.report.id})
        return done


async def _due(settings: "Settings") -> "list[Expired]":
    from agent.cli.profile_store import opened

    async with opened(settings) as store:
        return await store.privacy.expired(settings.privacy.keep_days, settings.privacy.keep_days_by_tag)


async def _keep_no_longer(settings: "Settings", *, yes: bool) -> "list[SignedReport]":
    from agent.jobs.retention import Retention

    job = Retention(settings.privacy.keep_days, settings.privacy.keep_days_by_tag)
    async with opened_alone(settings) as store:
        forgetting = _forgetting(settings, store)
        due = await job.due(forgetting)
        if due and not yes and not typer.confirm(f"Remove {len(due)} customers for good?"):
            return []
        return await job.once(forgetting, "command")


def _forgetting(settings: "Settings", store: "SqlStore") -> "Forgetting":
    from agent.storage.forgetting import Forgetting
    from agent.storage.key import keys_of

    return Forgetting(store, settings.profile_dir, keys_of(settings).derived())
