"""The agent's own log: what happened, without what people wrote."""

import asyncio
import json
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import StringConstraints

from agent.api.guard import GuardedRoute, Reaching
from agent.api.paging import Limit
from agent.contract.base import Value
from agent.contract.logs import LogLevel, LogLine, LogPage
from agent.contract.written import AnyMoment, Written
from agent.telemetry.log_file import Line, LogFile, Place
from agent.telemetry.logs import OLD_FILES

router = APIRouter(route_class=GuardedRoute, tags=["logs"])

_RANKS = ("debug", "info", "warning", "error", "critical")
_CLOCK = timedelta(hours=1)
"""A computer's clock is set back at times: only what is older by more than this ends the search."""
_OWN = ("timestamp", "level", "logger", "event")


PlaceText = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{16}\.[0-9]{1,15}$")] | None


class _Wanted(Value):
    level: LogLevel | None
    since: datetime | None
    logger: str | None
    event: str | None

    def has(self, line: LogLine) -> bool:
        """Whether the line is one of those."""
        if line.at is None:
            return self == _Wanted(level=None, since=None, logger=None, event=None)
        return (
            (self.level is None or _rank(line.level) >= _rank(self.level))
            and (self.since is None or line.at >= self.since)
            and (self.logger is None or f"{line.logger}.".startswith(f"{self.logger}."))
            and (self.event is None or self.event.casefold() in line.event.casefold())
        )

    def is_past(self, line: LogLine) -> bool:
        """Whether nothing older can be one of them."""
        return self.since is not None and line.at is not None and line.at + _CLOCK < self.since


@router.get("/api/logs", summary="Read the log")
async def logs(
    reach: Reaching,
    limit: Limit = 100,
    cursor: Annotated[PlaceText, Query(description="Of an earlier page: what is older.")] = None,
    after: Annotated[
        PlaceText, Query(description="The 'newest' of an earlier page: what was written since, the oldest first.")
    ] = None,
    level: Annotated[LogLevel | None, Query(description="Nothing less than this.")] = None,
    since: Annotated[AnyMoment | None, Query(description="Nothing older, with its time zone.")] = None,
    logger: Annotated[
        str | None,
        Query(min_length=1, max_length=100, pattern=r"^[A-Za-z0-9_.-]+$", description="A part of the program."),
    ] = None,
    event: Annotated[
        Written | None, Query(min_length=1, max_length=100, description="Words of the event's name.")
    ] = None,
) -> LogPage:
    """The newest lines first, over the rotated files too; at most 4 MB of them are looked through for one page."""
    wanted = _Wanted(level=level, since=since, logger=logger, event=event)
    places = [None if one is None else Place.parse(one) for one in (cursor, after)]
    return await asyncio.to_thread(_page, reach.settings.log_file, wanted, limit, *places)


def _page(path: Path, wanted: _Wanted, limit: int, before: Place | None, after: Place | None) -> LogPage:
    with LogFile(path, OLD_FILES) as file:
        lines = file.before(before) if after is None else file.after(after)
        found, last, ended = _found(lines, wanted, limit, forwards=after is not None)
        ended = ended and file.left > 0
        if after is None:
            cursor = None if ended or last is None else str(last.begin)
            return LogPage(items=found, cursor=cursor, newest=None if file.end is None else str(file.end))
        newest = file.end if ended or last is None else last.end
        return LogPage(items=found, cursor=None, newest=str(newest or after))


def _found(
    lines: Iterator[Line], wanted: _Wanted, limit: int, *, forwards: bool
) -> tuple[tuple[LogLine, ...], Line | None, bool]:
    """The wanted lines, the last one that was looked at, and whether there is nothing behind it."""
    found, last = list[LogLine](), None
    for last in lines:
        line = _read(last)
        if wanted.has(line):
            found.append(line)
            if len(found) == limit:
                return tuple(found), last, False
        if not forwards and wanted.is_past(line):
            break
    return tuple(found), last, True


def _read(line: Line) -> LogLine:
    with suppress(ValueError, KeyError):
        values = dict(line.values or {})
        json.dumps(values, ensure_ascii=False).encode()  # Half a character cannot be told.
        return LogLine(
            at=datetime.fromisoformat(str(values["timestamp"])),
            level=str(values["level"]),
            logger=str(values["logger"]),
            event=str(values["event"]),
            data={name: value for name, value in values.items() if name not in _OWN},
        )
    return LogLine(at=None, level="", logger="", event="", data={})


def _rank(level: str) -> int:
    return _RANKS.index(level) if level in _RANKS else len(_RANKS)
