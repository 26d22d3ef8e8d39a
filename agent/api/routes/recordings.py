"""Recording a session, so that QA can replay it: start, stop, what there is, and what happened in it."""

import asyncio
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Response
from fastapi.responses import FileResponse

from agent.api.guard import GuardedRoute, Reaching, Touching
from agent.api.paging import Page
from agent.api.problems import Code, Refused
from agent.api.reach import Reach
from agent.api.routes.sessions import Known
from agent.contract.recordings import RecordingDetails, RecordingFile, RecordingState, RecordingWanted
from agent.errors import BadInput, BrowserMissing
from agent.recordings.desk import RecordingDesk

NO_STORE = {"Cache-Control": "no-store"}
SHOWS = "Balcao-Shows"
"""Header of a picture: which second it shows."""
MEDIA = "application/zip"

Name = Annotated[
    str,
    Path(
        min_length=8,
        max_length=160,
        pattern=r"^[^/\\\x00-\x1f\x7f]+\.balcao$",
        description="Name of a recording in the list.",
        examples=["20261122-160512.balcao"],
    ),
]
_BINARY: dict[str, Any] = {"schema": {"type": "string", "format": "binary"}}

router = APIRouter(route_class=GuardedRoute, tags=["sessions"])


@router.get("/api/sessions/{name}/recording", summary="Whether the session is being recorded")
async def recording(_name: Known, reach: Reaching) -> RecordingState:
    """How long already, and how many messages."""
    return _desk(reach).state


@router.post("/api/sessions/{name}/recording", status_code=202, summary="Record the session")
async def record(_name: Known, wanted: RecordingWanted, reach: Reaching) -> RecordingState:
    """Names, numbers and texts are replaced before anything is written.

    409: it is being recorded already, or the disk does not take it.
    """
    try:
        state = _desk(reach).start(wanted)
    except BadInput:
        raise Refused(Code.CONFLICT) from None
    except OSError as error:
        raise Refused(Code.UNWRITABLE) from error
    if state is None:
        raise Refused(Code.CONFLICT)
    return state


@router.delete("/api/sessions/{name}/recording", status_code=202, summary="Stop recording")
async def stop(_name: Known, reach: Reaching) -> RecordingState:
    """The answer comes at once; the file is there when the state is ``idle`` again. 409: nothing is being recorded."""
    desk = _desk(reach)
    if not desk.stop():
        raise Refused(Code.CONFLICT)
    return desk.state


@router.get("/api/sessions/{name}/recordings", summary="List the session's recordings")
async def recordings(_name: Known, reach: Reaching) -> Page[RecordingFile]:
    """The newest first. They lie in the profile's folder ``recordings``."""
    return Page(items=tuple(await asyncio.to_thread(_desk(reach).shelf.files)))


@router.get("/api/recordings", summary="List the recordings")
async def all_recordings(reach: Reaching) -> Page[RecordingFile]:
    """The newest first. What cannot be opened is not listed."""
    return Page(items=tuple(await asyncio.to_thread(_desk(reach).shelf.files)))


@router.get("/api/recordings/{name}", summary="What a recording holds, and what happened in it")
async def details(name: Name, reach: Reaching, touched: Touching) -> RecordingDetails:
    """Every byte of it is read. Names and texts are pseudonyms, unless it keeps the texts (`keeps_text`).

    409: it is damaged, or of a newer Balcão.
    """
    touched.data["recording"] = name
    try:
        found = await asyncio.to_thread(_desk(reach).shelf.details, name)
    except LookupError as error:
        raise Refused(Code.NOT_FOUND) from error
    except (BadInput, OSError) as error:
        raise Refused(Code.UNFIT_RECORDING) from error
    touched.data["keeps_text"] = found.file.keeps_text
    return found


@router.get(
    "/api/recordings/{name}/picture",
    summary="The recorded page at a moment",
    response_class=Response,
    responses={200: {"content": {"image/png": _BINARY}, "headers": {SHOWS: {"schema": {"type": "number"}}}}},
)
async def picture(
    name: Name,
    reach: Reaching,
    at: Annotated[float, Query(ge=0, le=1e10, description="Seconds since the first thing happened.")] = 0.0,
    width: Annotated[int, Query(ge=100, le=4000, description="Pixels into which the page is to fit.")] = 1280,
    height: Annotated[int, Query(ge=100, le=4000, description="Likewise.")] = 900,
) -> Response:
    """The page layer is replayed in a browser of the agent's own, which finds no host; it goes after a minute.

    The header `Balcao-Shows` says which second is shown: what is far away is sought for two seconds at most, and
    whoever asks again goes on from there. 409: there is no page in it, or no browser here.
    """
    desk = _desk(reach)
    if desk.screening is None:
        raise Refused(Code.NO_BROWSER)
    try:
        path = await asyncio.to_thread(desk.shelf.path, name)
        shown = await desk.screening.picture(path, at, width, height)
    except LookupError as error:
        raise Refused(Code.NOT_FOUND) from error
    except BrowserMissing as error:
        raise Refused(Code.NO_BROWSER) from error
    except (BadInput, OSError) as error:
        raise Refused(Code.NO_PICTURE) from error
    return Response(shown.png, headers={**NO_STORE, SHOWS: f"{shown.at_s:.3f}"}, media_type="image/png")


@router.get(
    "/api/recordings/{name}/file",
    summary="A recording as a file",
    response_class=FileResponse,
    responses={200: {"content": {MEDIA: _BINARY}}},
)
async def file(name: Name, reach: Reaching, touched: Touching) -> Response:
    """As `replay` takes it."""
    touched.data["recording"] = name
    try:
        path = await asyncio.to_thread(_desk(reach).shelf.path, name)
    except LookupError as error:
        raise Refused(Code.NOT_FOUND) from error
    return FileResponse(path, media_type=MEDIA, filename=name, headers=NO_STORE)


@router.delete("/api/recordings/{name}", status_code=204, summary="Remove a recording")
async def remove(name: Name, reach: Reaching, touched: Touching) -> None:
    """For good. 409: it cannot be removed now."""
    touched.data["recording"] = name
    desk = _desk(reach)
    try:
        path = await asyncio.to_thread(desk.shelf.path, name)
        if desk.screening is not None:
            await desk.screening.leave(path)
        await asyncio.to_thread(desk.shelf.remove, name)
    except LookupError as error:
        raise Refused(Code.NOT_FOUND) from error
    except OSError as error:
        raise Refused(Code.CONFLICT) from error


def _desk(reach: Reach) -> RecordingDesk:
    if reach.recordings is None:
        raise Refused(Code.UNAVAILABLE)
    return reach.recordings
