"""What one session costs the computer: memory and processor time of the agent and of its own browser."""

import sys
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

import psutil

_MODEL_FILES = (".gguf",)


@dataclass(frozen=True, slots=True)
class Weight:
    """Resident memory in megabytes (10^6 bytes); what several processes share is counted in each of them."""

    agent_mb: float
    """The agent's own process, without the model's weights where they are mapped from their file."""
    browser_mb: float
    """All processes of this profile's browser."""
    page_mb: float
    """Its largest renderer, which is the tab's: the others are spare ones. 0 while there is none."""
    browser_cpu_percent: float
    """Of one core, since the weighing before; 200 is two cores at full load."""


class Scales:
    """Weighs one profile's session. It looks through the process table: call ``weigh`` in a thread."""

    def __init__(self, user_data: Path) -> None:
        """``user_data``: the folder of the browser's profile."""
        self._user_data = user_data
        self._own = psutil.Process()
        self._spent: dict[tuple[int, float], float] = {}
        self._weighed_at = monotonic()

    def weigh(self) -> Weight:
        """The session as it is now."""
        memory = page = 0
        spent: dict[tuple[int, float], float] = {}
        for process in browser_processes(self._user_data, self._own.children(recursive=True)):
            with suppress(psutil.Error), process.oneshot():
                resident = process.memory_info().rss
                memory += resident
                if "--type=renderer" in process.cmdline():
                    page = max(page, resident)
                times = process.cpu_times()
                spent[process.pid, process.create_time()] = times.user + times.system
        now = monotonic()
        # A process that is new since then has spent all of its time since then.
        busy = sum(seconds - self._spent.get(which, 0.0) for which, seconds in spent.items()) if self._spent else 0.0
        elapsed, self._weighed_at, self._spent = max(now - self._weighed_at, 0.001), now, spent
        return Weight(
            agent_mb=_megabytes(self._own.memory_info().rss - _mapped_models(self._own)),
            browser_mb=_megabytes(memory),
            page_mb=_megabytes(page),
            browser_cpu_percent=round(100 * busy / elapsed, 1),
        )


def browser_processes(user_data: Path, among: Iterable[psutil.Process]) -> list[psutil.Process]:
    """Those that run on the browser profile ``user_data``, helpers for crash reports included."""
    return [process for process in among if uses(process, user_data)]


def uses(process: psutil.Process, user_data: Path) -> bool:
    """Whether its command line names the profile: its main process and, on every system, each of its children does."""
    try:
        line = process.cmdline()
    except psutil.Error:
        return False
    return any(_names(part, user_data) for part in line)


def _names(part: str, user_data: Path) -> bool:
    option, _, value = part.partition("=")
    if not value:
        return False
    if option == "--user-data-dir":
        return Path(value) == user_data or Path(value).resolve() == user_data.resolve()
    # The helper for crash reports (chrome_crashpad_handler) is told its own folder inside the profile only.
    return option == "--database" and user_data in Path(value).parents


def _mapped_models(process: psutil.Process) -> int:
    """Bytes of model files that lie in memory. macOS does not tell."""
    if sys.platform == "darwin":
        return 0
    with suppress(psutil.Error, OSError):
        return sum(one.rss for one in process.memory_maps() if one.path.endswith(_MODEL_FILES))
    return 0


def _megabytes(size: int) -> float:
    return round(size / 1e6, 1)
