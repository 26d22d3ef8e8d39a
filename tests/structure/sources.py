"""The project's own files, as the rules see them."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CODE = {".py", ".ts", ".tsx", ".js", ".mjs", ".css", ".ps1", ".sh"}
BUILT = ("userscript/dist/", "simulator/dist/")


def files() -> list[str]:
    """Paths of all files that are in git or could be added to it, relative to the root."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        encoding="utf-8",
    )
    return sorted(path for path in listed.stdout.split("\0") if path and (ROOT / path).is_file())


def written_by_hand() -> list[str]:
    """Code that people wrote: not what was built or generated from it."""
    return [path for path in files() if is_code(path) and not path.startswith(BUILT) and ".gen." not in path]


def is_code(path: str) -> bool:
    """Whether it is program text: by its ending, or a script of ``scripts/`` and ``.ci/`` that has none."""
    return Path(path).suffix in CODE or (path.startswith(("scripts/", ".ci/")) and not Path(path).suffix)


def texts(*folders: str, suffixes: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Path and text of the files below ``folders`` that end so."""
    for path in files():
        if path.startswith(folders) and path.endswith(suffixes):
            yield path, (ROOT / path).read_text("utf-8")
