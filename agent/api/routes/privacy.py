"""What the LGPD asks for: a person's data given to them, erased or made anonymous, and who looked at them."""

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request, Response

from agent.api.guard import Asking, GuardedRoute, Reaching, Touching
from agent.api.paging import Cursor, Limit, NumberCursor, Page, number_of
from agent.api.problems import Code, Refused
from agent.api.whose import Whose
from agent.contract.access import Role
from agent.contract.desk import MOST_ID
from agent.contract.export import Export
from agent.contract.people import Person
from agent.contract.privacy import Access, Consent, ConsentChange, NewConsent, ReportKey, SignedReport
from agent.storage.rendering import as_csv, as_html, as_json

router = APIRouter(route_class=GuardedRoute, tags=["privacy"])

ConsentId = Annotated[int, Path(ge=1, le=MOST_ID, examples=[1])]

_FORMS = {"text/html": (as_html, "html"), "text/csv": (as_csv, "csv"), "application/json": (as_json, "json")}
_TEXT: dict[str, Any] = {"schema": {"type": "string"}}
_EXPORTED: dict[int | str, dict[str, Any]] = {
    200: {"model": Export, "content": {"text/html": _TEXT, "text/csv": _TEXT}}
}


@router.post(
    "/api/customers/{phone}/export",
    summary="Everything that is stored about a customer",
    response_class=Response,
    responses=_EXPORTED,
)
async def export(whose: Whose, request: Request, reach: Reaching, touched: Touching) -> Response:
    """As JSON, as a readable page (``Accept: text/html``), or the messages as a table (``text/csv``).

    Numbers of documents and the like are masked where privacy.mask_exports says so.
    """
    accepted = [part.partition(";")[0].strip() for part in request.headers.get("accept", "")[:500].lower().split(",")]
    media = next((one for one in accepted if one in _FORMS), "application/json")
    render, ending = _FORMS[media]
    try:
        found = await reach.forgetting.export(whose.id, mask=reach.settings.privacy.mask_exports)
    except LookupError as error:
        raise Refused(Code.NOT_FOUND) from error
    touched.data["form"] = ending
    headers = {
        "Content-Disposition": f'attachment; filename="customer-{whose.id}.{ending}"',
        "Cache-Control": "no-store",
    }
    kind = media if media == "application/json" else f"{media}; charset=utf-8"
    return Response(render(found), headers=headers, media_type=kind)


@router.post("/api/customers/{phone}/erase", summary="Remove everything of a customer")
async def erase(whose: Whose, reach: Reaching, actor: Asking, touched: Touching) -> SignedReport:
    """For good, with what was learned from them; answered by the signed report.

    What stands in WhatsApp itself stays there, and so does what was copied elsewhere.
    """
    try:
        done = await reach.forgetting.erase(whose.id, actor.label)
    except LookupError as error:
        raise Refused(Code.NOT_FOUND) from error
    touched.data["report"] = done.report.id
    return done


@router.post("/api/customers/{phone}/anonymise", summary="Make a customer nobody")
async def anonymise(whose: Whose, reach: Reaching, actor: Asking, touched: Touching) -> SignedReport:
    """Counts, times, intents and moods stay; names, numbers and texts go for good. Answered by the signed report."""
    try:
        done = await reach.forgetting.anonymise(whose.id, actor.label)
    except LookupError as error:
        raise Refused(Code.NOT_FOUND) from error
    touched.data["report"] = done.report.id
    return done


@router.get("/api/customers/{phone}/access-log", summary="Who read or changed a customer's data")
async def access_log(whose: Whose, reach: Reaching, limit: Limit = 50, cursor: NumberCursor = None) -> Page[Access]:
    """From the audit log, the newest first."""
    found = list[Access]()
    async for one in reach.forgetting.accesses(_lines(whose), number_of(cursor), limit + 1):
        found.append(one)
        if len(found) > limit:
            break
    more = len(found) > limit
    return Page(items=tuple(found[:limit]), cursor=str(found[limit - 1].number) if more else None)


@router.get("/api/customers/{phone}/consents", summary="On which legal basis a customer's data are kept")
async def consents(whose: Whose, reach: Reaching) -> tuple[Consent, ...]:
    """Oldest first, with those that were withdrawn."""
    return tuple(await reach.store.privacy.consents(_lines(whose)))


@router.post("/api/customers/{phone}/consents", status_code=201, summary="Note a consent or another legal basis")
async def add_consent(whose: Whose, new: NewConsent, reach: Reaching, actor: Asking, touched: Touching) -> Consent:
    """Kept with who noted it and when."""
    made = await reach.store.privacy.add_consent(whose.id, new.basis, new.text, actor.label)
    touched.data["consent_id"] = made.id
    return made


@router.patch("/api/customers/{phone}/consents/{consent_id}", summary="Withdraw a consent, or put its text right")
async def change_consent(
    whose: Whose, consent_id: ConsentId, change: ConsentChange, reach: Reaching, actor: Asking, touched: Touching
) -> Consent:
    """A text is put right by who wrote it, or by a supervisor; a withdrawal is noted by anybody."""
    touched.data["consent_id"] = consent_id
    known = [one for one in await reach.store.privacy.consents(_lines(whose)) if one.id == consent_id]
    if not known:
        raise Refused(Code.NOT_FOUND)
    over = actor.role is not None and actor.role.covers(Role.SUPERVISOR)
    if change.text is not None and not over and known[0].written_by != actor.label:
        raise Refused(Code.FORBIDDEN)
    changed = await reach.store.privacy.change_consent(
        _lines(whose), consent_id, text=change.text, withdrawn=change.withdrawn
    )
    if changed is None:
        raise Refused(Code.NOT_FOUND)
    return changed


@router.delete(
    "/api/customers/{phone}/consents/{consent_id}", status_code=204, summary="Remove a consent noted by mistake"
)
async def remove_consent(whose: Whose, consent_id: ConsentId, reach: Reaching, touched: Touching) -> None:
    """One that was withdrawn is to be kept: it proves until when data were used rightly."""
    touched.data["consent_id"] = consent_id
    if not await reach.store.privacy.remove_consent(_lines(whose), consent_id):
        raise Refused(Code.NOT_FOUND)


@router.get("/api/erasures", summary="Signed reports of what was erased and made anonymous")
async def erasures(
    reach: Reaching,
    phone: Annotated[
        str | None,
        Query(max_length=30, pattern=r"^\+?[0-9 ().-]+$", description="Only of the person with this number."),
    ] = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Page[SignedReport]:
    """The newest first. They hold no name, number or word of anybody."""
    found = [one for one in reach.forgetting.reports.all(phone) if cursor is None or one.report.id < cursor]
    more = len(found) > limit
    return Page(items=tuple(found[:limit]), cursor=found[limit - 1].report.id if more else None)


@router.get("/api/erasures/key", summary="The key with which reports are verified")
async def key(reach: Reaching) -> ReportKey:
    """``docs/privacy.md`` has a script of a few lines that does it."""
    return reach.forgetting.reports.key


def _lines(whose: Person) -> list[int]:
    """All lines of a customer: their own, and those that were merged into it."""
    return sorted({whose.id, *(chat.customer_id for chat in whose.chats)})
