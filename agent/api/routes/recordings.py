"""Recording a session, so that QA can replay it: start, stop, and what there is."""

from fastapi import APIRouter

from agent.api.guard import GuardedRoute, Reaching
from agent.api.paging import Page
from agent.api.problems import Code, Refused
from agent.api.reach import Reach
from agent.api.routes.sessions import Known
from agent.contract.recordings import RecordingFile, RecordingState, RecordingWanted
from agent.errors import BadInput
from agent.recordings.desk import RecordingDesk

router = APIRouter(route_class=GuardedRoute, tags=["sessions"])


@router.get("/api/sessions/{name}/recording", summary="Whether the session is being recorded")
async def recording(_name: Known, reach: Reaching) -> RecordingState:
    """How long already, and how many messages."""
    return _desk(reach).state


@router.post("/api/sessions/{name}/recording", status_code=202, summary="Record the session")
async def record(_name: Known, wanted: RecordingWanted, reach: Reaching) -> RecordingState:
    """Names, numbers and texts are replaced before anything is written. 409: it is being recorded already."""
    try:
        state = _desk(reach).start(wanted)
    except (BadInput, OSError):
        raise Refused(Code.CONFLICT) from None
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
    return Page(items=tuple(_desk(reach).files()))


def _desk(reach: Reach) -> RecordingDesk:
    if reach.recordings is None:
        raise Refused(Code.UNAVAILABLE)
    return reach.recordings
