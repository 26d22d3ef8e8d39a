"""What the machine is doing, for the last minutes, and which alerts are open. Touches no conversation."""

from collections import deque
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path

import psutil

from agent.contract.monitor import AlertCode, AlertRecord, Figures, Monitor, OpenAlert
from agent.telemetry.alerts import Turn, Watched, look, rules

EVERY_S = 5.0
KEPT = 120
"""Readings: ten minutes."""

_MB = 1e6


class Watch:
    """The monitor of one profile. For the event loop's thread, but for ``read``."""

    def __init__(self, folder: Path, every_hours: int = 0) -> None:
        """``folder``: on the disk that counts; ``every_hours``: between two copies of the database, 0: none is made."""
        self._folder = folder
        self._rules = rules(every_hours)
        self._watched = {code: Watched() for code in self._rules}
        self._figures: deque[Figures] = deque(maxlen=KEPT)
        self._own = psutil.Process()
        psutil.cpu_percent()  # The first reading tells what was since now.

    def read(self, now: datetime) -> Figures:
        """The machine. It asks the disk: call it in a thread. Raises ``OSError`` where that does not answer."""
        disk = psutil.disk_usage(str(self._folder))
        return Figures(
            at=now,
            cpu_percent=psutil.cpu_percent(),
            memory_percent=psutil.virtual_memory().percent,
            disk_percent=disk.percent,
            disk_free_mb=round(disk.free / _MB),
            agent_mb=round(self._own.memory_info().rss / _MB, 1),
        )

    def take(self, figures: Figures, more: Mapping[AlertCode, float | None] | None = None) -> list[Turn]:
        """One more reading, ``more`` than the machine tells: the alerts that it raised and cleared."""
        self._figures.append(figures)
        readings: dict[AlertCode, float | None] = {
            AlertCode.CPU: figures.cpu_percent,
            AlertCode.MEMORY: figures.memory_percent,
            AlertCode.DISK: figures.disk_percent,
            AlertCode.MODEL_SLOW: figures.first_token_ms,
            AlertCode.BACKUP_OLD: figures.backup_age_h,
            **(more or {}),
        }
        turns = list[Turn]()
        for code, rule in self._rules.items():
            self._watched[code], turn = look(code, rule, self._watched[code], readings.get(code), figures.at)
            if turn is not None:
                turns.append(turn)
        return turns

    def resume(self, records: Iterable[AlertRecord]) -> list[AlertRecord]:
        """Take up what was open when the agent last ended; ``records`` with the newest first.

        Gives those that nobody watches any more, for example of copies that are not made any more: to be cleared.
        """
        unwatched, known = list[AlertRecord](), set[AlertCode]()
        for one in records:
            if one.code in known:
                continue
            known.add(one.code)
            if one.raised and one.code in self._watched:
                open_ = OpenAlert(code=one.code, since=one.at, value=one.value, limit=one.limit)
                self._watched[one.code] = Watched(open_)
            elif one.raised:
                unwatched.append(one)
        return unwatched

    def told(self) -> Monitor:
        """As the API tells it."""
        alerts = [one.open for one in self._watched.values() if one.open is not None]
        return Monitor(
            every_s=EVERY_S, figures=tuple(self._figures), alerts=tuple(sorted(alerts, key=lambda one: one.since))
        )
