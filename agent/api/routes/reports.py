"""Reports of a day, a week, a month: the figures, and files of them. They hold no word of any customer."""

import asyncio
from contextlib import suppress
from typing import Annotated, Any

from fastapi import APIRouter, Query, Response

from agent.api.guard import GuardedRoute, Reaching, Touching
from agent.api.reach import Reach
from agent.contract.report import Report, ReportAttendants, ReportFormat, ReportLanguage, ReportPeriod
from agent.contract.written import Day, OneLine
from agent.core.hours import attendance_of
from agent.errors import BadInput
from agent.reports.files import MEDIA, company_of, file_name, rendered
from agent.storage.reporting import Wanted

router = APIRouter(route_class=GuardedRoute, tags=["reports"])

Period = Annotated[ReportPeriod, Query(description="Which days belong together. A week begins on Monday.")]
First = Annotated[Day | None, Query(alias="from", description="Any day of the period; of a range, the first. Today.")]
Last = Annotated[Day | None, Query(alias="to", description="Of a range alone: its last day. Today.")]
Whose = Annotated[
    OneLine | None, Query(min_length=1, max_length=100, description="Of one attendant; of the whole company.")
]
Language = Annotated[ReportLanguage | None, Query(description="As the agent is set, when left out.")]
_FILE: dict[str, Any] = {"schema": {"type": "string", "format": "binary"}}


@router.get("/api/reports", summary="The figures of a period, as they are reported")
async def report(
    reach: Reaching,
    touched: Touching,
    period: Period = ReportPeriod.DAY,
    first: First = None,
    last: Last = None,
    attendant: Whose = None,
) -> Report:
    """Days are those of the time zone in which the page showed its clock last. A range has 366 days at most.

    What nobody knows is null. An attendant's conversations are those that are assigned to them now.
    """
    return await _report(reach, touched, Wanted(period, first, last, attendant))


@router.get("/api/reports/attendants", summary="Of whom there can be a report, and up to when")
async def attendants(reach: Reaching) -> ReportAttendants:
    """By name: users, and who ever sat where a card was shown; and which day it is there."""
    reporting = reach.store.reporting
    return ReportAttendants(attendants=await reporting.attendants(), today=await reporting.today())


@router.get(
    "/api/reports/file",
    summary="A report as PDF, CSV or XLSX",
    response_class=Response,
    responses={200: {"content": {kind.partition(";")[0]: _FILE for kind in MEDIA.values()}}},
)
async def file(
    reach: Reaching,
    touched: Touching,
    form: Annotated[ReportFormat, Query(alias="format")],
    period: Period = ReportPeriod.DAY,
    first: First = None,
    last: Last = None,
    attendant: Whose = None,
    language: Language = None,
) -> Response:
    """The figures of the route above. ``docs/reports.md`` says what each of them counts."""
    found = await _report(reach, touched, Wanted(period, first, last, attendant))
    spoken: ReportLanguage = language or reach.settings.language
    content = await asyncio.to_thread(rendered, found, form, spoken)
    touched.data["format"] = form.value
    headers = {
        "Content-Disposition": f'attachment; filename="{file_name(found, form, spoken)}"',
        "Cache-Control": "no-store",
    }
    return Response(content, headers=headers, media_type=MEDIA[form])


async def _report(reach: Reach, touched: Touching, wanted: Wanted) -> Report:
    business, titles = dict[str, str](), dict[str, str]()
    # A file that cannot be read is no reason to have no figures.
    with suppress(BadInput):
        business = dict((await reach.replies.read()).book.business)
    with suppress(BadInput):
        titles = (await reach.intents.read())[0].titles()
    company = company_of(business, reach.settings.profile)
    found = await reach.store.reporting.report(wanted, attendance_of(reach.settings), company, titles)
    touched.data.update(period=found.period.value, first=f"{found.first}", last=f"{found.last}")
    if wanted.attendant is not None:
        touched.data["whose"] = "attendant"
    return found
