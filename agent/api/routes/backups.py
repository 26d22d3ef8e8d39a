"""Copies of the database: made, proven, removed, and restored by an agent that starts anew for it."""

import asyncio
from typing import Annotated

from fastapi import APIRouter, Path

from agent.api.guard import Asking, GuardedRoute, Reaching, Touching
from agent.api.problems import Code, Refused
from agent.api.reach import Reach
from agent.contract.backups import Backup, Backups, BackupVerdict, RestoreRequest
from agent.contract.jobs import JobName
from agent.errors import BalcaoError, CorruptDatabase, DiskFull, ProfileLocked
from agent.storage.backup import BackupFolder

router = APIRouter(route_class=GuardedRoute, tags=["backups"])

Name = Annotated[
    str,
    Path(
        pattern=r"^[0-9]{8}T[0-9]{6}Z(-[0-9]{1,2})?$",
        max_length=19,
        description="Name of a copy in the list.",
        examples=["20261122T030000Z"],
    ),
]


@router.get("/api/backups")
async def backups(reach: Reaching) -> Backups:
    """All copies, the newest first, and when a restore was last proven to work."""
    folder = _folder(reach)
    return Backups(
        backups=tuple(await asyncio.to_thread(folder.listed)),
        last_proven_at=await folder.last_proven_at(reach.store),
        every_hours=reach.settings.backup.every_hours,
        keep=reach.settings.backup.keep,
    )


@router.post("/api/backups", status_code=201)
async def make_backup(reach: Reaching, touched: Touching) -> Backup:
    """Make a copy now. It counts among those that are kept; it is proven by the route below."""
    folder = _folder(reach)
    try:
        async with reach.rota.running(reach.store, JobName.BACKUPS):
            made = await folder.make(reach.store)
            await folder.keep(reach.store, max(reach.settings.backup.keep, 1))
    except ProfileLocked as error:
        raise Refused(Code.CONFLICT) from error
    except (DiskFull, CorruptDatabase) as error:
        raise Refused(Code.UNAVAILABLE) from error
    touched.data["backup"] = made.name
    return made


@router.post("/api/backups/{name}/verify")
async def verify_backup(name: Name, reach: Reaching, touched: Touching) -> BackupVerdict:
    """Look at every byte of a copy, restore it into a folder of its own and open it there."""
    touched.data["backup"] = name
    try:
        return await _folder(reach).judge(reach.store, name)
    except LookupError as error:
        raise Refused(Code.NOT_FOUND) from error
    except ProfileLocked as error:
        raise Refused(Code.CONFLICT) from error
    except DiskFull as error:
        raise Refused(Code.UNAVAILABLE) from error


@router.post("/api/backups/{name}/restore", status_code=202)
async def restore_backup(name: Name, asked: RestoreRequest, reach: Reaching, asking: Asking, touched: Touching) -> None:
    """Put a copy in the database's place. The agent ends in order, restores it and starts anew: it is gone meanwhile.

    Afterwards the event ``backup.restored`` tells of it, or ``backup.failed``: then the database is as it was.
    Everybody has to sign in again. The database that was there is kept as a backup. 409: the name was not repeated,
    the copy cannot be restored, or nobody would start this agent again. 503: there is no room.
    """
    touched.data["backup"] = name
    folder = _folder(reach)
    try:
        await asyncio.to_thread(folder.fit, name)
    except LookupError as error:
        raise Refused(Code.NOT_FOUND) from error
    except DiskFull as error:
        raise Refused(Code.UNAVAILABLE) from error
    except BalcaoError as error:
        raise Refused(Code.UNFIT_BACKUP) from error
    if asked.confirm != name:
        raise Refused(Code.NOT_CONFIRMED)
    if reach.restores is None:
        raise Refused(Code.NO_RESTART)
    last_event = await reach.store.last_event()
    try:
        await asyncio.to_thread(reach.restores.give, name, asking.label, last_event)
    except OSError as error:
        raise Refused(Code.UNAVAILABLE) from error
    reach.start_again()


@router.delete("/api/backups/{name}", status_code=204)
async def remove_backup(name: Name, reach: Reaching, touched: Touching) -> None:
    """Remove a copy for good."""
    touched.data["backup"] = name
    try:
        await _folder(reach).remove(reach.store, name)
    except LookupError as error:
        raise Refused(Code.NOT_FOUND) from error


def _folder(reach: Reach) -> BackupFolder:
    if reach.backups is None:
        raise Refused(Code.UNAVAILABLE)
    return reach.backups
