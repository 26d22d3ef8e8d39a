"""The state of the session, and what links it with the phone."""

from typing import Annotated, Literal

import segno
from fastapi import APIRouter, Depends, Path, Query, Response

from agent.api.guard import GuardedRoute, Reaching
from agent.api.paging import Page
from agent.api.problems import Code, Refused
from agent.api.reach import Reach
from agent.contract.frames import StateFrame
from agent.contract.sessions import PAIRING_KINDS, Pairing, PairingKind, SessionState
from agent.page.pairing_code import qr_png, qr_svg

router = APIRouter(route_class=GuardedRoute, tags=["sessions"])

_NO_STORE = {"Cache-Control": "no-store"}

Name = Annotated[
    str,
    Path(
        min_length=1,
        max_length=64,
        pattern=r"^[A-Za-z0-9_][A-Za-z0-9_.-]*$",
        description="The session's name, which is its profile's.",
        examples=["default"],
    ),
]


def _known(name: Name, reach: Reaching) -> str:
    """The name is compared and never made a path of. ``Refused``: there is no such session."""
    if name != reach.settings.profile:
        raise Refused(Code.NOT_FOUND)
    return name


Known = Annotated[str, Depends(_known)]


@router.get("/api/sessions", summary="List sessions")
async def sessions(reach: Reaching) -> Page[SessionState]:
    """Every session of this agent; today that is one."""
    return Page(items=(reach.session(),))


@router.get("/api/sessions/{name}", summary="State of a session")
async def session(_name: Known, reach: Reaching) -> SessionState:
    """The page, whether messages are captured and if not why, restarts, weight, model, and what lies over the chats."""
    return reach.session()


@router.get(
    "/api/sessions/{name}/qr",
    summary="QR code that links the phone",
    response_class=Response,
    responses={200: {"content": {"image/svg+xml": {}, "image/png": {}}, "description": "The code as a picture."}},
)
async def qr(
    _name: Known,
    reach: Reaching,
    form: Annotated[Literal["svg", "png"], Query(alias="format", description="Kind of picture.")] = "svg",
) -> Response:
    """The code of now. 404 while the page shows none. It lets whoever scans it into the account: keep it nowhere."""
    screen = _shown(reach, PairingKind.QR)
    if not screen.qr:
        raise Refused(Code.NOT_FOUND)
    try:
        if form == "png":
            return Response(qr_png(screen.qr), media_type="image/png", headers=_NO_STORE)
        return Response(qr_svg(screen.qr, alone=True), media_type="image/svg+xml", headers=_NO_STORE)
    except segno.DataOverflowError:  # Whatever the page has there, it is no code to link with.
        raise Refused(Code.NOT_FOUND) from None


@router.get("/api/sessions/{name}/pairing", summary="What links the phone")
async def pairing(_name: Known, reach: Reaching, response: Response) -> Pairing:
    """Which kind of code the page shows, and the one to be typed on the phone. 404 while it shows none."""
    screen = _shown(reach)
    response.headers.update(_NO_STORE)
    kind = PAIRING_KINDS[screen.state]
    return Pairing(
        kind=kind,
        link_code=screen.link_code if kind is PairingKind.LINK_CODE else None,
        seen_ms=screen.at_ms,
    )


@router.post("/api/sessions/{name}/pause", status_code=204, summary="Stop the capture")
async def pause(_name: Known, reach: Reaching) -> None:
    """As the switch on the card: nothing is read or suggested until somebody lets it go on. 409: no page is open."""
    _set_pause(reach, on=True)


@router.post("/api/sessions/{name}/resume", status_code=204, summary="Let the capture go on")
async def resume(_name: Known, reach: Reaching) -> None:
    """The page reads everything again. 409: no page is open."""
    _set_pause(reach, on=False)


@router.post("/api/sessions/{name}/stop", status_code=204, summary="Close the session's browser")
async def stop(_name: Known, reach: Reaching) -> None:
    """In order: what was read is stored first. It stays closed until it is started, or the agent is started anew.

    The answer comes at once, and the event ``session.stopped`` when the browser is closed.
    """
    _turn(reach, on=False)


@router.post("/api/sessions/{name}/start", status_code=204, summary="Open the session's browser")
async def start(_name: Known, reach: Reaching) -> None:
    """As at the agent's start. One that is open stays as it is."""
    _turn(reach, on=True)


@router.post("/api/sessions/{name}/show", status_code=204, summary="Bring WhatsApp's window to the front")
async def show(_name: Known, reach: Reaching) -> None:
    """At the agent's own screen; nothing in the page is touched. 409: no page is open, or the browser has no window."""
    if reach.settings.browser.headless:
        raise Refused(Code.HEADLESS)
    if reach.show is None or not await reach.show():
        raise Refused(Code.NO_PAGE)


def _turn(reach: Reach, *, on: bool) -> None:
    if reach.switch is None:
        raise Refused(Code.UNAVAILABLE)
    reach.switch(on)


def _set_pause(reach: Reach, *, on: bool) -> None:
    if not reach.pause(on):
        raise Refused(Code.NO_PAGE)


def _shown(reach: Reach, wanted: PairingKind | None = None) -> StateFrame:
    screen = reach.screen()
    kind = None if screen is None else PAIRING_KINDS.get(screen.state)
    if screen is None or kind is None or wanted not in (None, kind):
        raise Refused(Code.NOT_FOUND)
    return screen
