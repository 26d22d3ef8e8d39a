"""The figures of a day, a week, a month, as a file."""

import asyncio
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from agent.cli.options import AsJson, Config, Profile, print_json, settings_for
from agent.contract.report import ReportFormat, ReportLanguage, ReportPeriod
from agent.errors import BadInput

if TYPE_CHECKING:
    from agent.contract.report import Report
    from agent.settings import Settings
    from agent.storage.reporting import Wanted

app = typer.Typer()


@app.command()
def report(
    period: Annotated[ReportPeriod, typer.Option(help="Which days belong together.")] = ReportPeriod.DAY,
    first: Annotated[str | None, typer.Option("--from", help="Any day of it, such as 2026-11-30; today.")] = None,
    last: Annotated[str | None, typer.Option("--to", help="Of a range alone: its last day; today.")] = None,
    attendant: Annotated[str | None, typer.Option(help="Of one attendant; of the whole company.")] = None,
    form: Annotated[ReportFormat, typer.Option("--format", help="As what file.")] = ReportFormat.PDF,
    language: Annotated[ReportLanguage | None, typer.Option(help="Of its words; the agent's.")] = None,
    out: Annotated[
        Path | None, typer.Option(help="File or folder; profiles/<name>/reports/ when left out. It is replaced.")
    ] = None,
    config: Config = None,
    profile: Profile = None,
    as_json: AsJson = False,
) -> None:
    """Write a report of a day, a week (from Monday), a month or a range, with charts; --json prints its figures."""
    from agent.storage.reporting import Wanted

    settings = settings_for(config, log=False, profile=profile)
    found = asyncio.run(_found(settings, Wanted(period, _day(first), _day(last), attendant)))
    if as_json:
        print_json(found.model_dump(mode="json"))
        return
    path = _written(settings, found, form, language or settings.language, out)
    from agent.cli.profile_store import audited

    data = {"format": form.value, "period": period.value, "first": f"{found.first}", "last": f"{found.last}"}
    asyncio.run(audited(settings, "report.exported", dict[str, object](data)))
    typer.echo(f"{found.first} to {found.last}{'' if found.is_over else ' (not over yet)'}: {path}")


async def _found(settings: "Settings", wanted: "Wanted") -> "Report":
    from agent.cli.profile_store import opened
    from agent.compose import company_name, intent_titles
    from agent.core.hours import attendance_of

    async with opened(settings) as store:
        company, titles = company_name(settings), intent_titles(settings)
        return await store.reporting.report(wanted, attendance_of(settings), company, titles)


def _written(
    settings: "Settings", found: "Report", form: ReportFormat, language: ReportLanguage, out: Path | None
) -> Path:
    from agent.reports.files import FOLDER, file_name, keep, rendered

    content = rendered(found, form, language)
    path = settings.profile_dir / FOLDER if out is None else out
    try:
        if out is None:
            path.mkdir(mode=0o700, exist_ok=True)
        if path.is_dir():
            path /= file_name(found, form, language)
        keep(path, content)
    except OSError as error:
        raise BadInput(f"{path} cannot be written ({error.strerror}).", "Name another file with --out.") from error
    return path


def _day(written: str | None) -> date | None:
    try:
        return None if written is None else date.fromisoformat(written.strip())
    except ValueError as error:
        raise BadInput(f"'{written}' is no day.", "Write it as 2026-11-30.") from error
