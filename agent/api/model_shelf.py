"""The model files of this machine for the API: which are here, and one that is being fetched."""

import shutil
import threading
from collections.abc import Callable
from pathlib import Path

import psutil

from agent.analysis.drafting.catalogue import AUTO, BY_NAME, auto_candidates
from agent.analysis.drafting.downloads import Progress
from agent.analysis.drafting.models import ensure_model, listed, models_dir
from agent.contract.models import Download, ModelEntry
from agent.errors import BalcaoError

_AT_WORK = 1.25
"""Memory at work for each byte of the file: 1.4 GB for the 1.1 GB of a 1.5B model with its context."""

Fetch = Callable[[str, Progress], Path]


class ModelShelf:
    """One for the application. A download goes on beside everything else, and ends with the program; it is resumed."""

    def __init__(self, folder: Path | None = None, fetch: Fetch = ensure_model) -> None:
        """``folder``: instead of the usual one. ``fetch``: brings a file and checks it."""
        self._folder, self._fetch = folder, fetch
        self._lock = threading.Lock()
        self._downloads: dict[str, Download] = {}

    def entries(self, chosen: str) -> tuple[ModelEntry, ...]:
        """Every model; takes seconds where a file was not looked at before. ``chosen``: the setting ``model.name``."""
        here = {line.model.name: line.path for line in listed(self._folder)}
        if chosen == AUTO:
            candidates = auto_candidates()
            chosen = next((one.name for one in candidates if here[one.name]), candidates[0].name)
        with self._lock:
            return tuple(
                ModelEntry(
                    name=name,
                    title=model.title,
                    licence=model.licence,
                    size=model.size,
                    memory=round(model.size * _AT_WORK),
                    present=here[name] is not None,
                    chosen=name == chosen,
                    download=self._downloads.get(name),
                )
                for name, model in BY_NAME.items()
            )

    def begin(self, name: str) -> None:
        """Fetch a model. Nothing happens where it is on its way already. ``LookupError``: there is no such model."""
        total = BY_NAME[name].size
        with self._lock:
            known = self._downloads.get(name)
            if known is not None and known.state in ("running", "checking"):
                return
            self._downloads[name] = Download(state="running", done=0, total=total)
        # A daemon: the program ends while a gigabyte is on its way, and the next start goes on where it stopped.
        threading.Thread(target=self._work, args=(name,), name=f"fetch {name}", daemon=True).start()

    @staticmethod
    def free_memory() -> int:
        """Bytes."""
        return int(psutil.virtual_memory().available)

    def free_disk(self) -> int:
        """Bytes where the files lie, or would."""
        folder = self._folder or models_dir()
        while not folder.exists():
            folder = folder.parent
        return shutil.disk_usage(folder).free

    def _work(self, name: str) -> None:
        total = BY_NAME[name].size

        def told(done: int, _total: int) -> None:
            self._say(name, Download(state="checking" if done >= total else "running", done=done, total=total))

        try:
            self._fetch(name, told)
        except BalcaoError as error:
            self._say(name, Download(state="failed", done=0, total=total, reason=str(error)))
        except Exception as error:  # noqa: BLE001 (a thread's end: whoever asks next is told)
            self._say(name, Download(state="failed", done=0, total=total, reason=type(error).__name__))
        else:
            self._say(name, Download(state="done", done=total, total=total))

    def _say(self, name: str, download: Download) -> None:
        with self._lock:
            self._downloads[name] = download
