"""The settings: all of them to be read, the harmless ones to be changed."""

from typing import Any

from fastapi import APIRouter, Response

from agent.api.changeable import SettingsChange, changes
from agent.api.guard import GuardedRoute, Reaching, Touching
from agent.api.problems import Code, Fault, Refused
from agent.api.versions import ETAG, SeenOrNot, etag
from agent.contract.settings import SettingList

router = APIRouter(route_class=GuardedRoute, tags=["settings"])

_BROKEN: dict[int | str, dict[str, Any]] = {409: {"description": "The file was broken by hand."}}


@router.get("/api/settings", summary="List settings", responses={200: ETAG, **_BROKEN})
async def settings(reach: Reaching, response: Response) -> SettingList:
    """Every setting: what it is, what it is set to and from where, and whether it may be changed here."""
    entries, version = await reach.settings_file.read()
    response.headers.update(etag(version))
    return SettingList(items=entries)


@router.patch("/api/settings", summary="Change settings", responses={200: ETAG})
async def change(
    asked: SettingsChange,  # type: ignore[valid-type]
    reach: Reaching,
    touched: Touching,
    response: Response,
    seen: SeenOrNot = None,
) -> SettingList:
    """Writes them into the settings' file and answers with what they are now; most count from the next start on.

    A setting that an environment variable or an argument gives keeps that value: ``overridden`` says so. What names a
    program, a file or an address, or opens the machine, is changed in the file only.
    """
    wanted = changes(asked)
    if not wanted:
        raise Refused(Code.INVALID, faults=[Fault(where="body", what="empty")])
    entries, version = await reach.settings_file.change(wanted, seen)
    touched.data["settings"] = sorted(wanted)
    response.headers.update(etag(version))
    return SettingList(items=entries)
